//! The body of a request.

use std::ops::Range;

use crate::gateway::Gateway;
use crate::json::{ParamType, push_quoted};
use crate::layout::{Escape, Location, Placement};
use crate::params::{Entry, Params};

/// The kind of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BodyKind {
    None,
    Form,
    Json,
    Raw,
}

impl BodyKind {
    pub(super) fn of(
        gateway: &Gateway<'_>,
        business: Placement<'_>,
        params: &Params<'_>,
    ) -> BodyKind {
        let any = |wanted: &dyn Fn(&Entry<'_>) -> bool| params.entries.iter().any(wanted);
        if gateway.raw_body {
            return BodyKind::Raw;
        }
        match business {
            Placement::Form | Placement::FormCarrier(_) => BodyKind::Form,
            Placement::Body | Placement::BodyMember(_) => BodyKind::Json,
            _ if any(&|entry| entry.place == Location::Form) => BodyKind::Form,
            _ if any(&|entry| entry.place.in_body()) => BodyKind::Json,
            _ => BodyKind::None,
        }
    }

    pub(super) fn content_type(self) -> Option<&'static str> {
        match self {
            BodyKind::Form => Some("application/x-www-form-urlencoded; charset=UTF-8"),
            BodyKind::Json => Some("application/json; charset=UTF-8"),
            BodyKind::None | BodyKind::Raw => None,
        }
    }
}

/// A member of the JSON body.
enum Member<'p, 'n> {
    Value(&'p Entry<'n>),
    Object(&'p str, Vec<&'p Entry<'n>>),
}

/// Writes the JSON body. Appends the byte ranges of secrets in it to `hidden`.
pub(super) fn json(
    gateway: &Gateway<'_>,
    business: Placement<'_>,
    params: &Params<'_>,
    hidden: &mut Vec<Range<usize>>,
) -> String {
    let mut ranked: Vec<_> = params.entries.iter().collect();
    ranked.sort_by_key(|entry| entry.rank);
    let mut members = Vec::new();
    for entry in ranked {
        match &entry.place {
            Location::Body => members.push(Member::Value(entry)),
            Location::BodyMember(name) => object(&mut members, name, Some(entry)),
            _ => {}
        }
    }
    if let Placement::BodyMember(name) = business {
        object(&mut members, name, None);
    }
    let escape = gateway.json.escape;
    let mut json = Json { params, escape, hidden, out: String::with_capacity(256) };
    if gateway.json.sort_keys {
        members.sort_by(|a, b| json.name_of(a).cmp(json.name_of(b)));
        for member in &mut members {
            if let Member::Object(_, inside) = member {
                inside.sort_by(|a, b| params.name(a).cmp(params.name(b)));
            }
        }
    }
    json.object(&members, Json::member);
    json.out
}

/// Adds `entry` to the object `name`, which is created if it is missing.
fn object<'p, 'n>(members: &mut Vec<Member<'p, 'n>>, name: &'p str, entry: Option<&'p Entry<'n>>) {
    for member in &mut *members {
        if let Member::Object(known, inside) = member
            && *known == name
        {
            return inside.extend(entry);
        }
    }
    members.push(Member::Object(name, entry.into_iter().collect()));
}

struct Json<'j> {
    params: &'j Params<'j>,
    escape: Escape,
    hidden: &'j mut Vec<Range<usize>>,
    out: String,
}

impl Json<'_> {
    fn name_of<'m>(&'m self, member: &Member<'m, '_>) -> &'m str {
        match member {
            Member::Value(entry) => self.params.name(entry),
            Member::Object(name, _) => name,
        }
    }

    fn object<M>(&mut self, members: &[M], write: fn(&mut Self, &M)) {
        self.out.push('{');
        for (index, member) in members.iter().enumerate() {
            if index > 0 {
                self.out.push(',');
            }
            write(self, member);
        }
        self.out.push('}');
    }

    fn member(&mut self, member: &Member<'_, '_>) {
        match member {
            Member::Value(entry) => self.entry(entry),
            Member::Object(name, inside) => {
                self.name(name);
                self.object(inside, |json, entry| json.entry(entry));
            }
        }
    }

    fn entry(&mut self, entry: &Entry<'_>) {
        let params = self.params;
        self.name(params.name(entry));
        let (start, value) = (self.out.len(), params.value(entry));
        match entry.kind {
            ParamType::Text => push_quoted(value, self.escape, &mut self.out),
            ParamType::Number | ParamType::Json => self.out.push_str(value),
            ParamType::Null => self.out.push_str("null"),
        }
        if entry.sensitive {
            self.hidden.push(start..self.out.len());
        } else if entry.kind == ParamType::Json {
            let hidden = params.hidden(entry);
            self.hidden.extend(hidden.iter().map(|one| one.start + start..one.end + start));
        }
    }

    fn name(&mut self, name: &str) {
        push_quoted(name, self.escape, &mut self.out);
        self.out.push(':');
    }
}
