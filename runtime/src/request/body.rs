//! The body of a request.

use crate::gateway::{Gateway, Place, Placement};
use crate::params::{Kind, Param, Params};
use crate::sign::MARK;
use crate::write::push_quoted;

/// What a body is.
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
        let in_form = |place: Place<'_>| place == Place::Form;
        let in_json = |place: Place<'_>| matches!(place, Place::Body | Place::BodyMember(_));
        let any =
            |wanted: &dyn Fn(Place<'_>) -> bool| params.iter().any(|param| wanted(param.place));
        if gateway.raw_body {
            return BodyKind::Raw;
        }
        match business {
            Placement::Form | Placement::FormCarrier(_) => BodyKind::Form,
            Placement::Body | Placement::BodyMember(_) => BodyKind::Json,
            _ if any(&in_form) => BodyKind::Form,
            _ if any(&in_json) => BodyKind::Json,
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
enum Member<'p> {
    Value(Param<'p>),
    Object(&'p str, Vec<Param<'p>>),
}

impl Member<'_> {
    fn name(&self) -> &str {
        match self {
            Member::Value(param) => param.name,
            Member::Object(name, _) => name,
        }
    }
}

/// The JSON body. Marked, sensitive values are marks.
pub(super) fn json(
    gateway: &Gateway<'_>,
    business: Placement<'_>,
    params: &Params<'_>,
    marked: bool,
) -> String {
    let mut ranked: Vec<_> = params.entries.iter().collect();
    ranked.sort_by_key(|entry| entry.rank);
    let mut members = Vec::new();
    for param in ranked.into_iter().map(|entry| params.view(entry)) {
        match param.place {
            Place::Body => members.push(Member::Value(param)),
            Place::BodyMember(name) => object(&mut members, name, Some(param)),
            _ => {}
        }
    }
    if let Placement::BodyMember(name) = business {
        object(&mut members, name, None);
    }
    if gateway.json.sort_keys {
        members.sort_by(|a, b| a.name().cmp(b.name()));
    }
    Json { gateway, marked, out: String::with_capacity(256) }.object(members)
}

/// Adds to the object of this name, made if there is none.
fn object<'p>(members: &mut Vec<Member<'p>>, name: &'p str, param: Option<Param<'p>>) {
    for member in &mut *members {
        if let Member::Object(known, inside) = member
            && *known == name
        {
            return inside.extend(param);
        }
    }
    members.push(Member::Object(name, param.into_iter().collect()));
}

struct Json<'g> {
    gateway: &'g Gateway<'g>,
    marked: bool,
    out: String,
}

impl Json<'_> {
    fn object(mut self, members: Vec<Member<'_>>) -> String {
        self.out.push('{');
        for (index, member) in members.into_iter().enumerate() {
            self.name(index, member.name());
            match member {
                Member::Value(param) => self.value(param),
                Member::Object(_, inside) => self.inner(inside),
            }
        }
        self.out.push('}');
        self.out
    }

    fn inner(&mut self, mut params: Vec<Param<'_>>) {
        if self.gateway.json.sort_keys {
            params.sort_by(|a, b| a.name.cmp(b.name));
        }
        self.out.push('{');
        for (index, param) in params.into_iter().enumerate() {
            self.name(index, param.name);
            self.value(param);
        }
        self.out.push('}');
    }

    fn name(&mut self, index: usize, name: &str) {
        if index > 0 {
            self.out.push(',');
        }
        push_quoted(name, self.gateway.json.escape, &mut self.out);
        self.out.push(':');
    }

    fn value(&mut self, param: Param<'_>) {
        match param.kind {
            _ if self.marked && param.sensitive => self.out.push_str(MARK),
            Kind::Text => push_quoted(param.value, self.gateway.json.escape, &mut self.out),
            Kind::Number | Kind::Json => self.out.push_str(param.value),
            Kind::Null => self.out.push_str("null"),
        }
    }
}
