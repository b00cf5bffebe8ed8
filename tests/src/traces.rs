//! Records everything that the process sends to `tracing` and `log`, at every level.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Mutex, Once};
use std::thread::{self, ThreadId};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// A span with its fields, an event, or a record of `log`.
#[derive(Debug, Clone)]
pub struct Told {
    /// Whether this is a span.
    pub is_span: bool,
    /// The module that emitted it.
    pub target: String,
    /// The name of the span or event; `log` for a record of `log`.
    pub name: String,
    /// All recorded fields as text.
    pub fields: BTreeMap<String, String>,
    /// The position among everything recorded.
    pub index: usize,
    /// The index of the enclosing span, if there is one.
    pub within: Option<usize>,
    thread: ThreadId,
}

impl Told {
    /// All parts as one text.
    pub fn text(&self) -> String {
        format!("{} {} {:?}", self.target, self.name, self.fields)
    }
}

static TOLD: Mutex<Vec<Told>> = Mutex::new(Vec::new());

thread_local! {
    /// The indexes of the spans that this thread has entered and not left.
    static INSIDE: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
}

/// Starts recording what all threads send.
pub fn listen() {
    static BEGIN: Once = Once::new();
    BEGIN.call_once(|| {
        tracing::subscriber::set_global_default(Listener).unwrap();
        log::set_logger(&Listener).unwrap();
        log::set_max_level(log::LevelFilter::Trace);
    });
}

/// Everything recorded so far.
pub fn told() -> Vec<Told> {
    TOLD.lock().unwrap().clone()
}

/// The gatespec spans with this name that this thread has opened, in order.
pub fn spans_of_this_thread(name: &str) -> Vec<Told> {
    let ours = |told: &Told| {
        told.is_span
            && told.target == "gatespec"
            && told.name == name
            && told.thread == thread::current().id()
    };
    told().into_iter().filter(ours).collect()
}

struct Listener;

fn tell(metadata: &Metadata<'_>, fields: BTreeMap<String, String>) -> usize {
    add(Told {
        is_span: metadata.is_span(),
        target: metadata.target().to_owned(),
        name: metadata.name().to_owned(),
        fields,
        index: 0,
        within: INSIDE.with_borrow(|inside| inside.last().copied()),
        thread: thread::current().id(),
    })
}

fn add(told: Told) -> usize {
    let mut all = TOLD.lock().unwrap();
    let index = all.len();
    all.push(Told { index, ..told });
    index
}

/// The index of a span from its id. Ids begin at 1, indexes at 0.
fn index(id: &Id) -> usize {
    usize::try_from(id.into_u64()).unwrap() - 1
}

impl Subscriber for Listener {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut fields = Fields::default();
        span.record(&mut fields);
        Id::from_u64(tell(span.metadata(), fields.0) as u64 + 1)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let mut fields = Fields::default();
        values.record(&mut fields);
        TOLD.lock().unwrap()[index(span)].fields.extend(fields.0);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        tell(event.metadata(), fields.0);
    }

    fn enter(&self, span: &Id) {
        INSIDE.with_borrow_mut(|inside| inside.push(index(span)));
    }

    fn exit(&self, _: &Id) {
        INSIDE.with_borrow_mut(Vec::pop);
    }
}

impl log::Log for Listener {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        let text = record.args().to_string();
        add(Told {
            is_span: false,
            target: record.target().to_owned(),
            name: "log".to_owned(),
            fields: BTreeMap::from([("message".to_owned(), text)]),
            index: 0,
            within: None,
            thread: thread::current().id(),
        });
    }

    fn flush(&self) {}
}

#[derive(Default)]
struct Fields(BTreeMap<String, String>);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.to_owned());
    }
}
