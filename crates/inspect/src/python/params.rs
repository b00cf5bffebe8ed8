//! The parameters of a request as dictionaries, one for each location.

use super::literal::{self, WIDTH};
use super::script::{Helper, Script};
use super::unsupported::unsupported;
use crate::diagnose::{Parameter, Signing};
use crate::request::{Ask, Wrong};
use crate::tree::Tree;
use gatespec_protocol as rt;
use rt::{Location, ParamType, Prepared, Role, Source};
use std::collections::HashSet;

/// The parameters of one location.
pub(super) struct Group<'a> {
    pub(super) place: Location<'a>,
    /// The expression of the dictionary, or of the list of pairs.
    pub(super) code: String,
    /// Whether the parameters are a list of pairs, because a name repeats.
    pub(super) repeats: bool,
    /// The parameters, without the signature.
    pub(super) params: Vec<Parameter<'a>>,
}

/// A request whose parameters the program has defined.
pub(super) struct Request<'r, 'a> {
    pub(super) ask: &'r Ask<'a>,
    pub(super) signing: &'r Signing<'a>,
    pub(super) groups: Vec<Group<'a>>,
}

impl<'r, 'a> Request<'r, 'a> {
    /// Defines the parameters.
    pub(super) fn new(
        ask: &'r Ask<'a>,
        signing: &'r Signing<'a>,
        prepared: &Prepared<'a>,
        script: &mut Script,
    ) -> Result<Self, Wrong> {
        let mut request = Self { ask, signing, groups: Vec::new() };
        for (place, wish) in
            [(Location::Query, "query"), (Location::Form, "form"), (Location::Header, "headers")]
        {
            if signing.params.iter().any(|param| param.place == place) {
                request.flat(place, wish, script)?;
            }
        }
        if request.is_json() {
            request.body(prepared, script)?;
        }
        Ok(request)
    }

    /// Whether the body is JSON made of parameters.
    pub(super) fn is_json(&self) -> bool {
        !self.ask.gateway.raw_body && !self.signing.body.is_empty()
    }

    pub(super) fn group(&self, place: Location<'_>) -> Option<&Group<'a>> {
        self.groups.iter().find(|group| group.place == place)
    }

    fn at(&self, place: Location<'_>) -> Vec<Parameter<'a>> {
        let here = self.signing.params.iter().copied();
        here.filter(|param| param.place == place && param.role != Role::Signature).collect()
    }

    /// Defines the parameters of a location in which all values are texts.
    fn flat(&mut self, place: Location<'a>, wish: &str, script: &mut Script) -> Result<(), Wrong> {
        let code = script.unused(wish);
        let params = self.at(place);
        let mut names = HashSet::new();
        let repeats = !params.iter().all(|param| names.insert(param.name));
        let item = |param: &Parameter<'a>| {
            let name = literal::text(param.name);
            let value = match self.computed(param, script) {
                Some(value) => value,
                None => given(param, name.chars().count() + 6, script)?,
            };
            Ok(if repeats { format!("({name}, {value})") } else { format!("{name}: {value}") })
        };
        let items: Vec<_> = params.iter().map(item).collect::<Result<_, Wrong>>()?;
        let brackets = if repeats { ["[", "]"] } else { ["{", "}"] };
        let before = if items.len() > 1 { WIDTH } else { code.len() + 3 };
        let all = literal::bracketed(brackets, &items, before, 0);
        script.lines.push(format!("{code} = {all}"));
        self.groups.push(Group { place, code, repeats, params });
        Ok(())
    }

    /// Defines the JSON body, in the order in which it is sent.
    fn body(&mut self, prepared: &Prepared<'a>, script: &mut Script) -> Result<(), Wrong> {
        let text = String::from_utf8_lossy(prepared.body());
        let Ok(Tree::Object(members)) = Tree::parse(&text) else {
            return Err(unsupported("the body is not a JSON object"));
        };
        let code = script.unused("body");
        let mut items = Vec::new();
        let mut objects = Vec::new();
        for (name, value) in &members {
            let written = match (self.inside(name, prepared), value) {
                (Some(place), Tree::Object(inside)) => {
                    let inner = self.members(place, inside, 2, script)?;
                    objects.push((place, format!("{code}[{}]", literal::text(name))));
                    literal::bracketed(["{", "}"], &inner, WIDTH, 1)
                }
                _ => self.member(Location::Body, name, value, 1, script)?,
            };
            items.push(format!("{}: {written}", literal::text(name)));
        }
        let all = literal::bracketed(["{", "}"], &items, WIDTH, 0);
        script.lines.push(format!("{code} = {all}"));
        for (place, code) in [(Location::Body, code)].into_iter().chain(objects) {
            let params = self.at(place);
            self.groups.push(Group { place, code, repeats: false, params });
        }
        Ok(())
    }

    /// Returns the location of the members of the object `name`, if parameters are sent there.
    fn inside(&self, name: &str, prepared: &Prepared<'a>) -> Option<Location<'a>> {
        let params = self.signing.params.iter().map(|param| param.place);
        let mut places = params.chain([prepared.method().business().place()]);
        places.find(|place| matches!(place, Location::BodyMember(known) if *known == name))
    }

    fn members(
        &self,
        place: Location<'a>,
        members: &[(String, Tree)],
        depth: usize,
        script: &mut Script,
    ) -> Result<Vec<String>, Wrong> {
        let member = |(name, value): &(String, Tree)| {
            let written = self.member(place, name, value, depth, script)?;
            Ok(format!("{}: {written}", literal::text(name)))
        };
        members.iter().map(member).collect()
    }

    fn member(
        &self,
        place: Location<'a>,
        name: &str,
        value: &Tree,
        depth: usize,
        script: &mut Script,
    ) -> Result<String, Wrong> {
        let mut params = self.signing.params.iter();
        let param = params.find(|param| param.place == place && param.name == name);
        if let Some(param) = param {
            if param.role == Role::Signature {
                return Ok("\"\"".to_owned());
            }
            if let Some(code) = self.computed(param, script) {
                let number = param.kind == ParamType::Number;
                return Ok(if number { format!("int({code})") } else { code });
            }
        }
        let before = 4 * depth + name.chars().count() + 4;
        literal::json(value, before, depth).ok_or_else(|| no_number(name))
    }

    /// Returns the value of a public parameter, if the program computes it or has a constant for
    /// it.
    fn computed(&self, param: &Parameter<'_>, script: &mut Script) -> Option<String> {
        let overrides = &self.ask.overrides;
        if param.role != Role::Public
            || overrides.parameters.iter().any(|(name, _)| name == param.name)
        {
            return None;
        }
        match self.ask.gateway.public_param(param.name)?.source {
            Source::Credential(name) => script.credential(name, &self.ask.credentials),
            Source::Clock(format) => Some(script.clock(format)),
            Source::Nonce(format) if overrides.nonce.is_none() => Some(script.nonce(format)),
            // The formula is computed when all parameters are known.
            Source::Formula(_) => Some("\"\"".to_owned()),
            _ => None,
        }
    }
}

/// Returns the value of a parameter that the caller gives, which is a text.
fn given(param: &Parameter<'_>, before: usize, script: &mut Script) -> Result<String, Wrong> {
    let compound = match param.kind {
        ParamType::Json => Tree::compound(param.value),
        _ => None,
    };
    let Some(tree) = compound else { return Ok(literal::text(param.value)) };
    let helper = script.helper(Helper::ToJson);
    let value = literal::json(&tree, before + helper.len() + 1, 1);
    Ok(format!("{helper}({})", value.ok_or_else(|| no_number(param.name))?))
}

fn no_number(name: &str) -> Wrong {
    unsupported(&format!("`{name}` contains a number that is too large for Python"))
}
