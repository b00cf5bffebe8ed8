//! What a request that has travelled was signed from.

use super::restyle::{Style, write};
use super::signing::{Sent, Signing};
use crate::model::{Field, Platform, Record, Type, TypeKind};
use crate::request::{Given, Recognised, Wrong, credential_of};
use crate::tree::Tree;
use bumpalo::Bump;
use gatespec_protocol as rt;
use rt::sign::{MARK, Manner};
use rt::{CredentialSet, Kind, Place, Placement, Role, Source};

impl<'a> Signing<'a> {
    /// What a received request was signed from, by the signature method of this name or the default.
    ///
    /// # Errors
    ///
    /// When the gateway does not sign, or not so.
    pub fn of_received(
        received: &'a Recognised<'a>,
        case: Option<&str>,
        credentials: CredentialSet,
        arena: &'a Bump,
    ) -> Result<Self, Vec<Wrong>> {
        let Recognised { platform, gateway: model, .. } = *received;
        let gateway = *model.facts;
        let labels =
            received.method.map_or_else(|| model.default_labels(), |method| method.facts.labels);
        let atom = |is: fn(&Source<'_>) -> bool| -> &'a str {
            let param = model.public.iter().find(|param| is(&param.source));
            let text = param.and_then(|param| received.text(param.name));
            arena.alloc_str(text.as_deref().unwrap_or_default())
        };
        let masks = Masks { received, style: Style::COMPACT };
        let params = received.params.iter().map(|(place, name, given)| {
            let (value, kind) = masks.value(name, given);
            let (value, shown) = (arena.alloc_str(&value), masks.shown(name, &value, given));
            Sent {
                name,
                value,
                shown: arena.alloc_str(&shown),
                place: *place,
                role: masks.role(name, *place),
                kind,
            }
        });
        let (body, shown_body) = masks.body();
        let mut signing = Self {
            arena,
            gateway,
            recipe: Vec::new(),
            params: params.collect(),
            verb: &received.verb,
            path: &received.path,
            shown_path: &received.path,
            body: arena.alloc_str(&body),
            shown_body: arena.alloc_str(&shown_body),
            clock: atom(|source| matches!(source, Source::Clock(..))),
            nonce: atom(|source| matches!(source, Source::Nonce(_))),
            method: &received.name,
            labels,
            base: &received.base,
            credentials,
            manner: Manner::default(),
            order: None,
            booleans: Vec::new(),
            fields: Vec::new(),
            habits: Vec::new(),
        };
        signing.choose(case)?;
        if let Some(method) = received.method {
            signing.learn(platform, &method.request);
        }
        Ok(signing)
    }
}

/// What a spec says of the parameters of a received request.
struct Masks<'r> {
    received: &'r Recognised<'r>,
    style: Style,
}

impl Masks<'_> {
    fn field(&self, name: &str) -> Option<&Field> {
        let method = self.received.method?;
        method.request.sent().find(|field| field.name == name)
    }

    fn role(&self, name: &str, place: Place<'_>) -> Role {
        let Some(param) = self.received.gateway.public_param(name) else { return Role::Business };
        let flat = |place: Place<'_>| matches!(place, Place::Query | Place::Form);
        match param.source {
            _ if param.place != place && !(flat(place) && flat(param.place)) => Role::Business,
            Source::Signature => Role::Signature,
            _ => Role::Public,
        }
    }

    /// The text, and how it stands in JSON.
    fn value(&self, name: &str, given: &Given) -> (String, Kind) {
        let tree = match given {
            Given::Member(json) => &json.0,
            Given::Text(text) => {
                let typed = self.field(name).is_none_or(|field| {
                    let nested = matches!(field.ty, Type::Record(_) | Type::Map(_) | Type::Json);
                    nested || field.list.is_some()
                });
                let compound = typed && Tree::compound(text).is_some();
                return (text.clone(), if compound { Kind::Json } else { Kind::Text });
            }
        };
        match tree {
            Tree::Null => (String::new(), Kind::Null),
            Tree::Bare(text) => (text.clone(), Kind::Number),
            Tree::Text(text) => (text.clone(), Kind::Text),
            Tree::List(_) | Tree::Object(_) => (write(tree, self.style), Kind::Json),
        }
    }

    /// The text with marks in place of what is sensitive.
    fn shown(&self, name: &str, value: &str, given: &Given) -> String {
        let own = self.received.gateway.public_param(name).and_then(credential_of);
        let credentials = &self.received.gateway.credentials;
        let secret = |own: &str| credentials.iter().any(|one| one.name == own && one.sensitive);
        if own.is_some_and(secret) {
            return MARK.to_owned();
        }
        let parsed = match given {
            Given::Member(json) => Some(json.0.clone()),
            Given::Text(text) => Tree::compound(text),
        };
        let Some(field) = self.field(name) else {
            return match (self.carried(name), parsed) {
                (Some(record), Some(tree)) => self.masked(record, &tree, value),
                _ => value.to_owned(),
            };
        };
        match (record_of(self.received.platform, field), parsed) {
            _ if field.sensitive => MARK.to_owned(),
            (Some(record), Some(tree)) => self.masked(record, &tree, value),
            _ => value.to_owned(),
        }
    }

    /// The fields behind the parameter that carries them all.
    fn carried(&self, name: &str) -> Option<&Record> {
        let method = self.received.method?;
        match method.business() {
            Placement::FormCarrier(carrier) if carrier == name => Some(&method.request),
            _ => None,
        }
    }

    fn masked(&self, record: &Record, tree: &Tree, text: &str) -> String {
        let masked = mask(self.received.platform, record, tree);
        if masked == *tree { text.to_owned() } else { write(&masked, self.style) }
    }

    /// The body as it was signed, and the same masked. A document of the caller's may hold anything.
    fn body(&self) -> (String, String) {
        let Recognised { gateway, body, .. } = self.received;
        let tree = Tree::compound(body).filter(|_| !gateway.raw_body);
        let Some(tree) = tree else {
            return (body.clone(), if body.is_empty() { String::new() } else { MARK.to_owned() });
        };
        let signed =
            self.change(&tree, &|source| matches!(source, Source::Signature).then_some(""));
        let text = if signed == tree { body.clone() } else { write(&signed, self.style) };
        let secret =
            |name: &str| gateway.credentials.iter().any(|one| one.name == name && one.sensitive);
        let masked = self.change(&signed, &|source| match source {
            Source::Credential(name) if secret(name) => Some(MARK),
            _ => None,
        });
        let masked = self.masked_fields(&masked);
        let shown = if masked == signed { text.clone() } else { write(&masked, self.style) };
        (text, shown)
    }

    /// Gives the gateway's own members other texts.
    fn change(&self, tree: &Tree, change: &dyn Fn(&Source<'_>) -> Option<&'static str>) -> Tree {
        let Tree::Object(members) = tree else { return tree.clone() };
        let own = |place: Place<'_>, name: &str, member: &Tree| -> Tree {
            let mut public = self.received.gateway.public.iter();
            let param = public.find(|param| param.name == name && param.place == place);
            let text = param.and_then(|param| change(&param.source));
            text.map_or_else(|| member.clone(), |text| Tree::Text(text.to_owned()))
        };
        let members = members.iter().map(|(name, member)| match member {
            Tree::Object(inside) => {
                let place = Place::BodyMember(name);
                let inside = inside.iter().map(|(name, one)| (name.clone(), own(place, name, one)));
                (name.clone(), Tree::Object(inside.collect()))
            }
            member => (name.clone(), own(Place::Body, name, member)),
        });
        Tree::Object(members.collect())
    }

    fn masked_fields(&self, tree: &Tree) -> Tree {
        let Some(method) = self.received.method else { return tree.clone() };
        match (method.business(), tree) {
            (Placement::BodyMember(place), Tree::Object(members)) => {
                let members = members.iter().map(|(name, member)| match name == place {
                    true => (name.clone(), self.mask(&method.request, member)),
                    false => (name.clone(), member.clone()),
                });
                Tree::Object(members.collect())
            }
            _ => self.mask(&method.request, tree),
        }
    }

    fn mask(&self, record: &Record, tree: &Tree) -> Tree {
        mask(self.received.platform, record, tree)
    }
}

fn record_of<'m>(platform: &'m Platform, field: &Field) -> Option<&'m Record> {
    let Type::Record(id) = field.ty else { return None };
    match &platform.type_def(id).kind {
        TypeKind::Record(record) => Some(record),
        TypeKind::Enumeration(_) => None,
    }
}

/// Marks in place of sensitive members.
fn mask(platform: &Platform, record: &Record, tree: &Tree) -> Tree {
    match tree {
        Tree::List(items) => {
            Tree::List(items.iter().map(|item| mask(platform, record, item)).collect())
        }
        Tree::Object(members) => {
            let members = members.iter().map(|(name, member)| {
                let field = record.field(name);
                let inner = field.and_then(|field| record_of(platform, field));
                let masked = match (field, inner) {
                    (Some(field), _) if field.sensitive => Tree::Text(MARK.to_owned()),
                    (_, Some(inner)) => mask(platform, inner, member),
                    _ => member.clone(),
                };
                (name.clone(), masked)
            });
            Tree::Object(members.collect())
        }
        other => other.clone(),
    }
}
