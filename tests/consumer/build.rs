//! Generates the client of the platforms in `specs/`.

fn main() -> Result<(), gatespec_codegen::BuildError> {
    gatespec_codegen::Config::new("specs").build()
}
