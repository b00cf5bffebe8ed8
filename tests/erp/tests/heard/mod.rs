//! Records what the client reports through `tracing` and `metrics`.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use metrics::{
    Counter, Gauge, Histogram, Key, KeyName, Metadata, Recorder, SharedString, Unit,
    with_local_recorder,
};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Subscriber, subscriber::with_default};

/// The fields of an event.
pub type Fields = BTreeMap<String, String>;

/// A recorder of warnings and counters.
#[derive(Default, Clone)]
pub struct Heard {
    warnings: Arc<Mutex<Vec<Fields>>>,
    counts: Arc<Mutex<BTreeMap<String, Arc<AtomicU64>>>>,
}

impl Heard {
    /// Records what this thread reports while `f` runs.
    pub fn during<T>(&self, f: impl FnOnce() -> T) -> T {
        with_default(self.clone(), || with_local_recorder(self, f))
    }

    /// The warnings that gatespec emitted.
    pub fn warnings(&self) -> Vec<Fields> {
        self.warnings.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The sum of all counters whose name and labels contain each of these texts.
    pub fn count(&self, texts: &[&str]) -> u64 {
        let counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let found = counts.iter().filter(|(key, _)| texts.iter().all(|text| key.contains(text)));
        found.map(|(_, count)| count.load(Ordering::Relaxed)).sum()
    }
}

impl Subscriber for Heard {
    fn enabled(&self, of: &tracing::Metadata<'_>) -> bool {
        of.is_event() && of.target() == "gatespec" && *of.level() == Level::WARN
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Told::default();
        event.record(&mut fields);
        self.warnings.lock().unwrap_or_else(PoisonError::into_inner).push(fields.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[derive(Default)]
struct Told(Fields);

impl Visit for Told {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}"));
    }
}

impl Recorder for Heard {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        let labels = key.labels().map(|label| format!(" {}={}", label.key(), label.value()));
        let name = format!("{}{}", key.name(), labels.collect::<String>());
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        Counter::from_arc(counts.entry(name).or_default().clone())
    }

    fn register_gauge(&self, _: &Key, _: &Metadata<'_>) -> Gauge {
        Gauge::noop()
    }

    fn register_histogram(&self, _: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::noop()
    }
}
