#!/usr/bin/env bash
# Prints the rows of the table in src/performance.md: for each set of features of gatespec-clients, the crates of others
# in the tree of a program with one call, the CPU time of its release build from nothing, and the size of its binary.
#
#     bash docs/costs.sh                           # all sets: an hour
#     bash docs/costs.sh shopex,blocking,rustls_ring …
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

shopex=(shopex)
for transport in blocking reqwest; do
  for tls in rustls_ring rustls_aws_lc native_tls; do shopex+=("shopex,$transport,$tls"); done
done
for more in serde1 metrics024 jiff1 chrono04 time03 futures03 tower05; do shopex+=("shopex,$more"); done
[ $# -eq 0 ] || shopex=("$@")

# One call: over the default transport if there is one, or else over a transport that has no answer.
mkdir -p "$work/src"
call='client.matrix_authstatus(&MatrixAuthstatus::new("1"))'
program() {
  echo 'use gatespec_clients::shopex::{self, Credentials, MatrixAuthstatus};'
  case ",$1," in
    *,blocking,*) echo "fn main() {
      let client = shopex::blocking::Client::new(Credentials::new(\"a\", \"b\")).unwrap();
      println!(\"{:?}\", $call);
    }" ;;
    *,reqwest,*) echo "fn main() {
      let client = shopex::Client::new(Credentials::new(\"a\", \"b\")).unwrap();
      let request = MatrixAuthstatus::new(\"1\");
      let mut call = std::pin::pin!(client.matrix_authstatus(&request));
      let mut context = std::task::Context::from_waker(std::task::Waker::noop());
      while call.as_mut().poll(&mut context).is_pending() {}
    }" ;;
    *) echo "struct Silent;
    impl gatespec_clients::runtime::client::BlockingTransport for Silent {
      fn send(&self, _: http::Request<bytes::Bytes>) -> Result<http::Response<bytes::Bytes>, gatespec_clients::runtime::client::TransportError> {
        Err(gatespec_clients::runtime::client::TransportError::new(\"silent\"))
      }
    }
    fn main() {
      let client = shopex::blocking::Client::builder(Credentials::new(\"a\", \"b\")).transport(std::sync::Arc::new(Silent)).build().unwrap();
      println!(\"{:?}\", $call);
    }" ;;
  esac
}

for features in "${shopex[@]}"; do
  rm -rf "$work/target"
  cat > "$work/Cargo.toml" <<TOML
[package]
name = "one-call"
edition = "2024"
[dependencies]
bytes = "1"
http = "1"
gatespec-clients = { path = "$root/generated", default-features = false, features = [$(printf '"%s",' ${features//,/ })] }
[workspace]
TOML
  program "$features" > "$work/src/main.rs"
  cp "$root/Cargo.lock" "$work/"
  cd "$work"
  crates="$(cargo tree -q -e normal,build --prefix none --no-dedupe -f '{p}' | sort -u | grep -vcE '^(gatespec-|one-call )')"
  TIMEFORMAT=%U
  seconds="$({ time cargo build -q --release --target-dir target 2> log; } 2>&1)" || { cat log; exit 1; }
  strip target/release/one-call
  size="$(stat -c %s target/release/one-call)"
  awk -v features="$features" -v crates="$crates" -v seconds="$seconds" -v size="$size" \
    'BEGIN { printf "| `%s` | %d | %.0f s | %.1f MB |\n", features, crates, seconds, size / 1e6 }'
done
