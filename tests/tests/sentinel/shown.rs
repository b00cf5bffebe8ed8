//! The secrets that must not be shown, functions that show a value, and a record of the types that
//! were shown.

use std::any::type_name;
use std::collections::BTreeSet;
use std::error::Error as StdError;
use std::fmt::{Debug, Display};
use std::marker::PhantomData;
use std::sync::Mutex;

use gatespec_runtime::{Answer, Error, Explanation, Prepared};

/// The secret of an app, with characters that URLs, JSON and HTML escape.
pub(crate) const SECRET: &str = "SENTINEL-s3cret/+=&\"<'> 16 and more";
/// The token of a shop.
pub(crate) const TOKEN: &str = "SENTINEL-t0ken/+=&%\"<'>";
/// A sensitive text.
pub(crate) const PERSON: &str = "SENTINEL-person";
/// A sensitive number.
pub(crate) const NUMBER: i64 = 735_560_873_556_087;

/// Describes how a text shows one of the secrets. `None` if it shows no secret.
pub(crate) fn leak(text: &str) -> Option<String> {
    let dense: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    // A secret can be shown as text, as a list of bytes, or as a number.
    for part in ["SENTINEL", "83,69,78,84,73,78", "735560873556087"] {
        if dense.contains(part) {
            return Some(format!("{part} in {text}"));
        }
    }
    None
}

pub(crate) fn clean(text: impl Display) {
    assert_eq!(leak(&text.to_string()), None);
}

/// The names of the types whose values were shown.
static SHOWN: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

pub(crate) fn types() -> BTreeSet<String> {
    SHOWN.lock().unwrap().clone()
}

fn note<T: ?Sized>() {
    let name = type_name::<T>().trim_start_matches('&');
    SHOWN.lock().unwrap().insert(name.split('<').next().unwrap_or(name).to_owned());
}

pub(crate) fn debug<T: Debug + ?Sized>(value: &T) {
    note::<T>();
    clean(format!("{value:?}"));
    clean(format!("{value:#?}"));
}

pub(crate) fn both<T: Debug + Display + ?Sized>(value: &T) {
    debug(value);
    clean(value);
}

/// Records a type, and asserts that its values cannot be printed.
pub(crate) fn mute<T: ?Sized>(is_silent: bool) {
    note::<T>();
    assert!(is_silent, "{} can be printed now: show one", type_name::<T>());
}

/// Shows an error and its causes.
pub(crate) fn cause<E: StdError + 'static>(error: &E) {
    both(error);
    let mut source = error.source();
    while let Some(cause) = source {
        clean(format!("{cause} {cause:?} {cause:#?}"));
        source = cause.source();
    }
}

/// Shows all texts of an error.
pub(crate) fn error(error: &Error) {
    cause(error);
    let texts = [
        error.code(),
        error.sub_code(),
        error.message(),
        error.request_id(),
        error.body_excerpt(),
        error.field_path(),
        error.signed_text().as_deref(),
    ]
    .map(|text| text.unwrap_or_default().to_owned());
    clean(texts.join("\n"));
    error.violations().iter().for_each(both);
}

/// Shows all texts of an answer, except its data and its body.
pub(crate) fn answer<T: Debug>(answer: &Answer<T>) {
    debug(answer);
    let texts = [answer.code(), answer.message(), answer.request_id()];
    clean(texts.map(Option::unwrap_or_default).join("\n"));
    clean(answer.signed_text());
    answer.bends().iter().for_each(both);
}

/// Shows all texts of a signed request, except those that are sent.
pub(crate) fn prepared(prepared: &Prepared<'_>) {
    debug(prepared);
    debug(prepared.params());
    prepared.params().iter().for_each(|param| debug(&param));
    explanation(&prepared.explain());
}

pub(crate) fn explanation(explanation: &Explanation) {
    both(explanation);
    explanation.steps.iter().for_each(debug);
    explanation.selections.iter().for_each(debug);
}

/// Determines at compile time whether a type can be printed.
pub(crate) struct Probe<T: ?Sized>(pub(crate) PhantomData<T>);

pub(crate) trait Silent {
    fn is_silent(&self) -> bool {
        true
    }
}

/// The compiler chooses this implementation only if the inherent function does not apply.
impl<T: ?Sized> Silent for &Probe<T> {}

impl<T: Debug + ?Sized> Probe<T> {
    pub(crate) fn is_silent(&self) -> bool {
        false
    }
}

/// Whether a type cannot be printed.
macro_rules! is_silent {
    ($type:ty) => {{
        #[allow(unused_imports, reason = "a type that can be printed does not need it")]
        use $crate::shown::Silent as _;
        let probe = &$crate::shown::Probe::<$type>(::std::marker::PhantomData);
        probe.is_silent()
    }};
}
pub(crate) use is_silent;

#[test]
fn what_can_be_printed_is_told_from_what_cannot() {
    struct Mute;
    assert!(is_silent!(Mute) && !is_silent!(String));
}

/// Records types, and asserts that they cannot be printed.
macro_rules! silent {
    ($($type:ty),+ $(,)?) => {
        $( $crate::shown::mute::<$type>($crate::shown::is_silent!($type)); )+
    };
}
pub(crate) use silent;
