//! The clock: another zone, another unit, another format, read twice.

use super::super::mistake::Mistakes;
use super::super::signing::Signing;
use gatespec_protocol as rt;
use rt::{DateTime, Source, TimeFormat};
use std::time::Duration;

const GROUP: &str = "clock";
const EAST: i32 = 8 * 3600;

/// Formats that clients take by habit.
const USUAL: [&str; 6] = [
    "yyyy-MM-dd HH:mm:ss",
    "yyyyMMddHHmmss",
    "yyyy-MM-dd'T'HH:mm:ssXXX",
    "yyyy-MM-dd'T'HH:mm:ss",
    "yyyyMMddHHmmssSSS",
    "yyyy/MM/dd HH:mm:ss",
];

pub(super) fn add(mistakes: &mut Mistakes<'_>) {
    let base = &mistakes.base;
    let clocks = base.gateway.public.iter().filter_map(|param| match param.source {
        Source::Clock(format) => Some((param.name, format)),
        _ => None,
    });
    let clocks: Vec<_> = clocks
        .filter_map(|(name, format)| {
            let sent = base.params.iter().find(|sent| sent.name == name);
            let text = sent.map_or(base.clock, |sent| sent.value);
            Some((name, format, format.parse(text).ok()?))
        })
        .collect();
    for (name, format, time) in clocks {
        zones(mistakes, name, format, time);
        units(mistakes, name, format, time);
        read_twice(mistakes, name, format, time);
        twelve_hours(mistakes, name, format, time);
        formats(mistakes, name, format, time);
    }
}

fn zones(mistakes: &mut Mistakes<'_>, name: &str, format: TimeFormat<'_>, time: DateTime) {
    let hours = Duration::from_secs(8 * 3600);
    if let TimeFormat::Pattern { pattern, offset } = format {
        for (other, zone) in [(0, "UTC"), (EAST, "UTC+8")] {
            if other != offset {
                let what = format!("`{name}` was the time of {zone}");
                let mend =
                    format!("write the time of {}, whatever the machine's own zone is", of(offset));
                let text = TimeFormat::Pattern { pattern, offset: other }.format(time);
                set(mistakes, name, ("clock_zone", what, mend), text);
            }
        }
    }
    let shifted = [("later", time.checked_add(hours)), ("earlier", time.checked_sub(hours))];
    for (way, time) in shifted {
        let Some(time) = time else { continue };
        let what = format!(
            "`{name}` was 8 hours {way}: a time zone was added or taken away once too often"
        );
        let mend = match format {
            TimeFormat::Pattern { offset, .. } => format!("write the time of {}", of(offset)),
            _ => {
                "count from 1970-01-01 00:00:00 UTC, whatever the machine's own zone is".to_owned()
            }
        };
        set(mistakes, name, ("clock_zone", what, mend), format.format(time));
    }
}

fn of(offset: i32) -> String {
    match offset {
        0 => "UTC".to_owned(),
        EAST => "UTC+8".to_owned(),
        other => format!("the zone {other} seconds east of UTC"),
    }
}

fn units(mistakes: &mut Mistakes<'_>, name: &str, format: TimeFormat<'_>, time: DateTime) {
    let (other, what, mend) = match format {
        TimeFormat::UnixSeconds => (TimeFormat::UnixMillis, "milliseconds", "seconds, ten digits"),
        TimeFormat::UnixMillis => {
            (TimeFormat::UnixSeconds, "seconds", "milliseconds, thirteen digits")
        }
        TimeFormat::Pattern { .. } => return,
    };
    let what = format!("`{name}` was in {what}");
    set(mistakes, name, ("clock_unit", what, format!("write it in {mend}")), other.format(time));
}

fn read_twice(mistakes: &mut Mistakes<'_>, name: &str, format: TimeFormat<'_>, time: DateTime) {
    for seconds in 1..=3 {
        let span = Duration::from_secs(seconds);
        let moved = [("later", time.checked_add(span)), ("earlier", time.checked_sub(span))];
        for (way, time) in moved {
            let Some(time) = time else { continue };
            let what = format!(
                "`{name}` was {seconds} s {way} in the signed text: the clock was read twice, once for \
                 the signature and once for sending"
            );
            let mend = "read the clock once a request".to_owned();
            set(mistakes, name, ("clock_read_twice", what, mend), format.format(time));
        }
    }
}

/// `hh` in place of `HH`.
fn twelve_hours(mistakes: &mut Mistakes<'_>, name: &str, format: TimeFormat<'_>, time: DateTime) {
    let TimeFormat::Pattern { pattern, offset } = format else { return };
    let hour = TimeFormat::Pattern { pattern: "HH", offset }.format(time);
    let Ok(hour) = hour.parse::<u8>() else { return };
    let short = match hour % 12 {
        0 => 12,
        hour => hour,
    };
    let pattern = pattern.replace("HH", &format!("{short:02}"));
    let what = format!("`{name}` was written with hours of 1 to 12 (`hh` in place of `HH`)");
    let mend =
        "write hours of 0 to 23: `HH` in Java and .NET, `H` in PHP, `%H` in Python".to_owned();
    let text = TimeFormat::Pattern { pattern: &pattern, offset }.format(time);
    set(mistakes, name, ("clock_hours", what, mend), text);
}

fn formats(mistakes: &mut Mistakes<'_>, name: &str, format: TimeFormat<'_>, time: DateTime) {
    let (wanted, offset) = match format {
        TimeFormat::UnixSeconds => ("in Unix seconds, ten digits".to_owned(), EAST),
        TimeFormat::UnixMillis => ("in Unix milliseconds, thirteen digits".to_owned(), EAST),
        TimeFormat::Pattern { pattern, offset } => (format!("as `{pattern}`"), offset),
    };
    let mend = format!("write `{name}` {wanted}");
    let mut add = |how: &str, text: String| {
        let what = format!("`{name}` was written as {how}");
        set(mistakes, name, ("clock_format", what, mend.clone()), text);
    };
    for pattern in USUAL {
        add(&format!("`{pattern}`"), TimeFormat::Pattern { pattern, offset }.format(time));
        let text = TimeFormat::Pattern { pattern, offset: 0 }.format(time);
        add(&format!("`{pattern}` in UTC"), text);
    }
    add("`yyyy-MM-dd'T'HH:mm:ss'Z'`", {
        TimeFormat::Pattern { pattern: "yyyy-MM-dd'T'HH:mm:ss'Z'", offset: 0 }.format(time)
    });
    if let TimeFormat::Pattern { .. } = format {
        add("Unix seconds", TimeFormat::UnixSeconds.format(time));
        add("Unix milliseconds", TimeFormat::UnixMillis.format(time));
    }
}

fn set(
    mistakes: &mut Mistakes<'_>,
    name: &str,
    cause: (&'static str, String, String),
    text: String,
) {
    let name = name.to_owned();
    mistakes.add(GROUP, cause, move |signing: &mut Signing<'_>| {
        signing.set(&name, &text);
        signing.clock = signing.keep(&text);
    });
}
