//! Random values of a record as JSON: absent, null and empty ones, lists, maps and nested records.

use gatespec_runtime::record::{Field, FieldType, MapOf, Required, Schema};
use gatespec_runtime::{DateTime, Json, ListStyle};

/// A deterministic source of values.
pub(crate) struct Values {
    state: u64,
    /// Whether texts leave out characters that a path or a header does not allow.
    pub(crate) plain: bool,
}

impl Values {
    pub(crate) fn new(seed: u64, plain: bool) -> Values {
        Values { state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d, plain }
    }

    /// A number below `end` (SplitMix64).
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }

    fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        let count = u64::try_from(from.len()).unwrap();
        from[usize::try_from(self.below(count)).unwrap()]
    }

    pub(crate) fn record(&mut self, schema: &Schema<'_>, depth: u32) -> Json {
        let mut members = serde_json::Map::new();
        for field in schema.fields {
            let needed = field.required == Required::Yes || field.in_path || field.always;
            match self.below(6) {
                0 | 1 if !needed => {}
                2 if !needed => drop(members.insert(field.name.to_owned(), Json::Null)),
                _ => drop(members.insert(field.name.to_owned(), self.field(field, depth))),
            }
        }
        Json::Object(members)
    }

    fn field(&mut self, field: &Field<'_>, depth: u32) -> Json {
        let Some(style) = field.list else { return self.one(field, depth) };
        let outer = self.plain;
        self.plain |= matches!(style, ListStyle::Delimited(_));
        let most = if depth > 2 { 1 } else { 4 };
        let items = (0..self.below(most)).map(|_| self.one(field, depth + 1)).collect();
        self.plain = outer;
        items
    }

    fn one(&mut self, field: &Field<'_>, depth: u32) -> Json {
        let plain = self.plain || field.in_path;
        match field.kind {
            FieldType::Text => self.text(plain).into(),
            FieldType::Integer => [0, 7, -3, i64::MAX, i64::MIN][self.index(5)].into(),
            FieldType::Decimal(scale) | FieldType::Amount(scale) => {
                let fraction = "5".repeat(usize::try_from(scale).unwrap());
                let number = ["0", "12", "-7"][self.index(3)];
                if scale == 0 { number.into() } else { format!("{number}.{fraction}").into() }
            }
            FieldType::Flag(_) => (self.below(2) == 0).into(),
            FieldType::Time(format, _) => {
                let seconds = i64::try_from(1_600_000_000 + self.below(200_000_000)).unwrap();
                format.format(DateTime::from_unix_seconds(seconds).unwrap()).into()
            }
            FieldType::Choice(known) => {
                if self.below(4) == 0 {
                    "77".into()
                } else {
                    self.pick(known).into()
                }
            }
            FieldType::Json => self.json(),
            FieldType::Map(of) => {
                let count = self.below(3);
                (0..count).map(|at| (format!("k{at}"), self.member(of))).collect()
            }
            FieldType::Record(inner) if depth < 4 => self.record(inner.schema(), depth + 1),
            FieldType::Record(_) => Json::Object(serde_json::Map::new()),
        }
    }

    fn index(&mut self, end: u64) -> usize {
        usize::try_from(self.below(end)).unwrap()
    }

    pub(crate) fn member(&mut self, of: MapOf) -> Json {
        match of {
            MapOf::Text => self.text(self.plain).into(),
            MapOf::Integer => [0, -1, i64::MAX][self.index(3)].into(),
            MapOf::Json => self.json(),
        }
    }

    fn text(&mut self, plain: bool) -> &'static str {
        match plain {
            true => self.pick(&["a", "b7", "Zz"]),
            false => self.pick(&["", "a", "短袖", "a b+c&d=e", "\"q\"\\/", "\u{1}\u{7f}", "<é>"]),
        }
    }

    /// A random JSON value. No text in it looks like a number, since a spec cannot tell the two
    /// apart.
    fn json(&mut self) -> Json {
        match self.below(4) {
            0 => Json::from(7),
            1 => Json::from(true),
            2 => serde_json::json!({"b": [1, "x"], "a": {"短": false}}),
            _ => Json::from("text"),
        }
    }
}
