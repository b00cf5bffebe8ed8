//! A request as it travelled: which platform and method it belongs to, and what its parts are.

mod mounted;
mod path;

use super::{Wrong, credential_of};
use crate::model::{Gateway, Method, Model, Platform};
use crate::suggest::closest;
use crate::tree::Tree;
use gatespec_protocol::{Place, Placement, Source};

/// What was sent.
#[derive(Debug, Clone, Default)]
pub struct Received {
    /// In capitals.
    pub verb: String,
    /// With its scheme or without.
    pub url: String,
    /// In the order sent.
    pub headers: Vec<(String, String)>,
    /// Names and values of the query, decoded.
    pub query: Vec<(String, String)>,
    /// Names and values of the form, decoded.
    pub form: Vec<(String, String)>,
    /// The body, if it is no form.
    pub body: String,
}

/// A request that a spec knows.
#[derive(Debug, Clone)]
pub struct Recognised<'m> {
    /// The platform.
    pub platform: &'m Platform,
    /// The protocol that serves the method.
    pub gateway: &'m Gateway,
    /// The method, if a spec has it.
    pub method: Option<&'m Method>,
    /// The method's name as sent.
    pub name: String,
    /// The verb.
    pub verb: String,
    /// The path as the formula takes it.
    pub path: String,
    /// Its address without that path.
    pub base: String,
    /// Every parameter in its place, in the order sent.
    pub params: Vec<(Place<'static>, String, Given)>,
    /// The body as the formula takes it.
    pub body: String,
    /// The signature that came with it.
    pub sign: Option<String>,
}

/// A value as it travelled.
#[derive(Debug, Clone)]
pub enum Given {
    /// In a query, a form or a header.
    Text(String),
    /// A member of the JSON body.
    Member(Json),
}

/// JSON, by its text.
#[derive(Debug, Clone)]
pub struct Json(pub(crate) Tree);

impl Recognised<'_> {
    /// The first text of a public parameter.
    pub fn text(&self, name: &str) -> Option<String> {
        let found = self.params.iter().find(|(_, known, _)| known == name);
        found.map(|(_, _, given)| match given {
            Given::Text(text) => text.clone(),
            Given::Member(Json(Tree::Text(text) | Tree::Bare(text))) => text.clone(),
            Given::Member(_) => String::new(),
        })
    }

    /// Credentials that travel with it.
    pub fn credentials(&self) -> Vec<(String, String)> {
        let sent = |param| Some((credential_of(param)?.to_owned(), self.text(param.name)?));
        self.gateway.public.iter().filter_map(sent).collect()
    }
}

/// Finds out whose request this is. Platform and method can be named.
///
/// # Errors
///
/// When no platform has its address, or its body is not what the platform takes.
pub fn recognise<'m>(
    model: &'m Model,
    platform: Option<&'m Platform>,
    method: Option<&str>,
    received: &Received,
) -> Result<Recognised<'m>, Wrong> {
    let address = path::Address::of(&received.url);
    let mount = mounted::at(model, &address);
    let mount = mount.filter(|mount| platform.is_none_or(|named| named.id == mount.platform.id));
    let known = || path::platform_at(model, &address).or(mount.as_ref().map(|one| one.platform));
    let platform = platform.or_else(known).ok_or_else(|| unknown_address(model, &address))?;
    let name = method.map(str::to_owned).or_else(|| named(platform, received));
    let here = |method: &&Method| mount.as_ref().is_none_or(|mount| mount.serves(method));
    let known = name
        .as_deref()
        .and_then(|name| platform.methods.iter().filter(here).find(|one| one.name == name));
    let at_path = || path::method_at(platform, &address).filter(here);
    let known = known.or_else(|| at_path().filter(|_| name.is_none()));
    let gateway = match (known, &mount) {
        (Some(method), _) => platform.gateway_of(method),
        (None, Some(mount)) => mount.gateway,
        (None, None) => path::gateway_at(platform, &address),
    };
    let name = name.or_else(|| known.map(|method| method.name.to_owned())).unwrap_or_default();
    let (base, path) = match &mount {
        Some(mount) => mount.signed(&address),
        None => path::signed(gateway, known, &name, &address),
    };
    let (params, body) = params(gateway, known, received)?;
    let mut found = Recognised {
        platform,
        gateway,
        method: known,
        name,
        verb: received.verb.clone(),
        path,
        base,
        params,
        body,
        sign: None,
    };
    let own = gateway.public.iter().find(|param| matches!(param.source, Source::Signature));
    found.sign = own.and_then(|param| found.text(param.name));
    Ok(found)
}

fn unknown_address(model: &Model, address: &path::Address) -> Wrong {
    let hosts = model.platforms.iter().flat_map(path::hosts);
    let hosts: Vec<_> = hosts.collect();
    let near = closest(&address.host, hosts.iter().map(String::as_str));
    let help = match near {
        Some(near) => format!("did you mean {near}? Else name the platform"),
        None => "name the platform: `gatespec sign PLATFORM --from …`".to_owned(),
    };
    Wrong {
        message: format!("no platform of the specs is at `{}`", address.host),
        help: Some(help),
    }
}

/// The method's name, where a parameter says it.
fn named(platform: &Platform, received: &Received) -> Option<String> {
    let names = platform.gateways.iter().flat_map(|gateway| &gateway.public);
    let names = names.filter(|param| matches!(param.source, Source::Method));
    names.into_iter().find_map(|param| {
        let header = received.headers.iter().filter(|(name, _)| {
            param.place == Place::Header && name.eq_ignore_ascii_case(param.name)
        });
        let own =
            received.query.iter().chain(&received.form).filter(|(name, _)| *name == param.name);
        let text = own.chain(header).map(|(_, text)| text.clone()).next();
        text.or_else(|| match Tree::compound(&received.body)? {
            Tree::Object(members) => {
                match members.into_iter().find(|(name, _)| *name == param.name)?.1 {
                    Tree::Text(text) => Some(text),
                    _ => None,
                }
            }
            _ => None,
        })
    })
}

type Params = Vec<(Place<'static>, String, Given)>;

fn params(
    gateway: &Gateway,
    method: Option<&Method>,
    received: &Received,
) -> Result<(Params, String), Wrong> {
    let business = method.map_or(gateway.business, |method| method.business());
    let mut params = Params::new();
    for (name, text) in &received.headers {
        let own = gateway
            .public
            .iter()
            .find(|param| param.place == Place::Header && param.name.eq_ignore_ascii_case(name));
        let field = match business {
            Placement::Header => method.and_then(|method| method.request.field(name)),
            _ => None,
        };
        let known = own.map(|param| param.name).or(field.map(|field| field.name.as_str()));
        if let Some(known) = known {
            params.push((Place::Header, known.to_owned(), Given::Text(text.clone())));
        }
    }
    let texts = |place: Place<'static>, pairs: &[(String, String)], params: &mut Params| {
        let pairs = pairs.iter();
        params.extend(pairs.map(|(name, text)| (place, name.clone(), Given::Text(text.clone()))));
    };
    texts(Place::Query, &received.query, &mut params);
    texts(Place::Form, &received.form, &mut params);
    let json = !gateway.raw_body && matches!(business, Placement::Body | Placement::BodyMember(_));
    if json && !received.body.trim().is_empty() {
        members(gateway, business, &received.body, &mut params)?;
    }
    Ok((params, received.body.clone()))
}

/// Members of the JSON body; those of an object that carries parameters are parameters themselves.
fn members(
    gateway: &Gateway,
    business: Placement<'static>,
    body: &str,
    params: &mut Params,
) -> Result<(), Wrong> {
    let wrong = |message: String| Wrong { message, help: None };
    let tree =
        Tree::parse(body).map_err(|reason| wrong(format!("the body is not JSON: {reason}")))?;
    let Tree::Object(members) = tree else {
        return Err(wrong("the body is not a JSON object".to_owned()));
    };
    let carrier = |name: &str| {
        let mut places = gateway.public.iter().map(|param| param.place).chain([business.place()]);
        places.find(|place| matches!(place, Place::BodyMember(known) if *known == name))
    };
    for (name, member) in members {
        match (member, carrier(&name)) {
            (Tree::Object(inside), Some(place)) => {
                let inside = inside.into_iter();
                params.extend(inside.map(|(name, tree)| (place, name, Given::Member(Json(tree)))));
            }
            (member, _) => params.push((Place::Body, name, Given::Member(Json(member)))),
        }
    }
    Ok(())
}
