//! Mistakes with the clock: another time zone, unit or format, or a clock that was read twice.

use crate::diagnose::mistake::Mistakes;
use crate::model;
use gatespec_protocol as rt;
use rt::{DateTime, Source, TimeFormat};
use std::time::Duration;

const GROUP: &str = "clock";
const EAST: i32 = 8 * 3600;

/// Common time formats of clients.
const USUAL: [&str; 6] = [
    "yyyy-MM-dd HH:mm:ss",
    "yyyyMMddHHmmss",
    "yyyy-MM-dd'T'HH:mm:ssXXX",
    "yyyy-MM-dd'T'HH:mm:ss",
    "yyyyMMddHHmmssSSS",
    "yyyy/MM/dd HH:mm:ss",
];

/// A parameter of the request that holds the clock.
struct Clock<'a> {
    name: &'a str,
    format: TimeFormat<'a>,
    time: DateTime,
}

pub(super) fn add(mistakes: &mut Mistakes<'_>) {
    let base = mistakes.base.clone();
    for param in base.gateway.public {
        let Source::Clock(format) = param.source else { continue };
        let text = base.param(param.name).map_or(base.clock, |sent| sent.value);
        if let Ok(time) = format.parse(text) {
            let clock = Clock { name: param.name, format, time };
            clock.zones(mistakes);
            clock.units(mistakes);
            clock.read_twice(mistakes);
            clock.twelve_hours(mistakes);
            clock.formats(mistakes);
        }
    }
}

fn of(offset: i32) -> String {
    match offset {
        0 => "UTC".to_owned(),
        EAST => "UTC+8".to_owned(),
        other => format!("UTC{}", model::offset(other)),
    }
}

impl Clock<'_> {
    /// Adds the mistake that the clock was signed as this text.
    fn was(
        &self,
        mistakes: &mut Mistakes<'_>,
        (id, what, fix): (&'static str, &str, &str),
        text: String,
    ) {
        let name = self.name.to_owned();
        mistakes.add(GROUP, (id, format!("`{name}` {what}"), fix), move |signing| {
            signing.set(&name, &text);
            signing.clock = signing.keep(&text);
        });
    }

    /// Adds the mistakes that the clock was off by this duration, in both directions.
    fn shifted(
        &self,
        mistakes: &mut Mistakes<'_>,
        (id, what, fix): (&'static str, impl Fn(&str) -> String, &str),
        by: Duration,
    ) {
        let times = [self.time.checked_add(by), self.time.checked_sub(by)];
        for (way, time) in ["later", "earlier"].into_iter().zip(times) {
            if let Some(time) = time {
                self.was(mistakes, (id, &what(way), fix), self.format.format(time));
            }
        }
    }

    fn zones(&self, mistakes: &mut Mistakes<'_>) {
        let fix = match self.format {
            TimeFormat::Pattern { offset, .. } => {
                format!("write the time in {}, whatever the machine's time zone is", of(offset))
            }
            _ => {
                "count from 1970-01-01 00:00:00 UTC, whatever the machine's time zone is".to_owned()
            }
        };
        if let TimeFormat::Pattern { pattern, offset } = self.format {
            for other in [0, EAST].into_iter().filter(|other| *other != offset) {
                let text = TimeFormat::Pattern { pattern, offset: other }.format(self.time);
                let what = format!("was the time in {}", of(other));
                self.was(mistakes, ("clock_zone", &what, &fix), text);
            }
        }
        let what = |way: &str| {
            format!("was 8 hours {way}: a time zone was added or subtracted once too often")
        };
        self.shifted(mistakes, ("clock_zone", what, &fix), Duration::from_secs(8 * 3600));
    }

    fn units(&self, mistakes: &mut Mistakes<'_>) {
        let (other, what, fix) = match self.format {
            TimeFormat::UnixSeconds => (TimeFormat::UnixMillis, "milliseconds", "seconds, ten"),
            TimeFormat::UnixMillis => {
                (TimeFormat::UnixSeconds, "seconds", "milliseconds, thirteen")
            }
            TimeFormat::Pattern { .. } => return,
        };
        let (what, fix) = (format!("was in {what}"), format!("write it in {fix} digits"));
        self.was(mistakes, ("clock_unit", &what, &fix), other.format(self.time));
    }

    fn read_twice(&self, mistakes: &mut Mistakes<'_>) {
        let fix = "read the clock once per request";
        for seconds in 1..=3 {
            let what = |way: &str| {
                format!(
                    "was {seconds} s {way} in the signed text: the clock was read twice, once for the \
                     signature and once for sending"
                )
            };
            let cause = ("clock_read_twice", what, fix);
            self.shifted(mistakes, cause, Duration::from_secs(seconds));
        }
    }

    /// Adds the mistake of `hh` in place of `HH`.
    fn twelve_hours(&self, mistakes: &mut Mistakes<'_>) {
        let TimeFormat::Pattern { pattern, offset } = self.format else { return };
        let hour = TimeFormat::Pattern { pattern: "HH", offset }.format(self.time);
        let Ok(hour) = hour.parse::<u8>() else { return };
        let short = (hour + 11) % 12 + 1;
        let pattern = pattern.replace("HH", &format!("{short:02}"));
        let what = "was written in 12-hour format (`hh` instead of `HH`)";
        let fix = "write hours from 0 to 23: `HH` in Java and .NET, `H` in PHP, `%H` in Python";
        let text = TimeFormat::Pattern { pattern: &pattern, offset }.format(self.time);
        self.was(mistakes, ("clock_hours", what, fix), text);
    }

    fn formats(&self, mistakes: &mut Mistakes<'_>) {
        let (wanted, offset) = match self.format {
            TimeFormat::UnixSeconds => ("in Unix seconds, ten digits".to_owned(), EAST),
            TimeFormat::UnixMillis => ("in Unix milliseconds, thirteen digits".to_owned(), EAST),
            TimeFormat::Pattern { pattern, offset } => (format!("as `{pattern}`"), offset),
        };
        let fix = format!("write `{}` {wanted}", self.name);
        let mut add = |how: &str, format: TimeFormat<'_>| {
            let cause = ("clock_format", &*format!("was written as {how}"), &*fix);
            self.was(mistakes, cause, format.format(self.time));
        };
        for pattern in USUAL {
            add(&format!("`{pattern}`"), TimeFormat::Pattern { pattern, offset });
            add(&format!("`{pattern}` in UTC"), TimeFormat::Pattern { pattern, offset: 0 });
        }
        let pattern = "yyyy-MM-dd'T'HH:mm:ss'Z'";
        add(&format!("`{pattern}`"), TimeFormat::Pattern { pattern, offset: 0 });
        if let TimeFormat::Pattern { .. } = self.format {
            add("Unix seconds", TimeFormat::UnixSeconds);
            add("Unix milliseconds", TimeFormat::UnixMillis);
        }
    }
}
