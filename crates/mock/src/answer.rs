//! Answers to accepted calls.

use bytes::Bytes;
use gatespec_language::Received;
use gatespec_language::model::{Method, Returns, Type};
use gatespec_protocol::envelope::Question;
use gatespec_protocol::envelope::write::{self, Success};
use gatespec_protocol::{BySpec, Json, MethodInfo};

use crate::credentials::{granted, per_shop};
use crate::fault::{Fault, Step};
use crate::invent;
use crate::likeness::is_nothing;
use crate::reply::{JSON, Reply};
use crate::sample::Sample;
use crate::site::Target;
use crate::spoil::spoil;

/// An accepted call.
pub(crate) struct Accepted<'a, 's> {
    pub(crate) target: &'a Target<'s, 'a>,
    pub(crate) method: &'s Method,
    pub(crate) info: &'a MethodInfo<'a>,
    pub(crate) request: &'a Received<'a>,
    /// The number of the call, which varies generated values.
    pub(crate) number: u64,
    pub(crate) seed: u64,
    /// The data that the test has set for every answer of the method.
    pub(crate) set: Option<Json>,
}

impl Accepted<'_, '_> {
    /// Returns the answer, and those faults of the step that changed its data.
    pub(crate) fn reply(&self, step: &Step) -> (Reply, Vec<Fault>) {
        let sample = self.target.sample(self.method);
        let (mut origin, mut data) = match (&step.data, sample) {
            (Some(data), _) => ("script", Some(data.clone())),
            (None, Some(sample)) => ("example", sample.data.clone()),
            (None, None) => ("made", self.made()),
        };
        if step.data.is_none() {
            data.iter_mut().for_each(|data| self.link(data, sample.is_some()));
            if let Some(set) = &self.set {
                (origin, data) = ("script", Some(merged(data, set)));
            }
        }
        let mut spoilt = Vec::new();
        if let Some(data) = &mut data {
            let (platform, method) = (self.target.platform, self.method);
            let faults = step.faults.iter().copied();
            spoilt.extend(faults.filter(|fault| spoil(*fault, platform, method, data)));
        }
        let (body, sealed) =
            self.body(sample, data.as_ref(), step.faults.contains(&Fault::Encrypted));
        spoilt.extend(sealed.then_some(Fault::Encrypted));
        let inferred = sample.is_some_and(|sample| sample.inferred) && origin != "script";
        let reply = match body {
            Ok(body) => Reply::new(200, JSON, body).with("x-gatespec-answer", origin),
            Err(error) => Reply::text(500, format!("the mock cannot write this answer: {error}")),
        };
        (if inferred { reply.with("x-gatespec-inferred", "data") } else { reply }, spoilt)
    }

    /// Returns a body that contains this data, and whether the data in it is encrypted. If this is
    /// the example's data, the body is the example's exact text.
    fn body(
        &self,
        sample: Option<&Sample>,
        data: Option<&Json>,
        seal: bool,
    ) -> (Result<Bytes, write::WriteError>, bool) {
        if seal {
            match self.written(data, true) {
                Err(error) => return (Err(error), true),
                Ok(sealed) if self.written(data, false).is_ok_and(|open| open != sealed) => {
                    return (Ok(sealed.into()), true);
                }
                Ok(_) => {}
            }
        }
        let shown = match (sample, data) {
            (Some(sample), data) if sample.data.as_ref() == data => Some(sample.body.clone()),
            (Some(sample), Some(data)) => sample.with(data).map(Bytes::from),
            _ => None,
        };
        let body = shown.map_or_else(|| self.written(data, false).map(Bytes::from), Ok);
        (body, false)
    }

    fn made(&self) -> Option<Json> {
        invent::data(self.target.platform, self.method, self.seed ^ self.number)
    }

    fn written(&self, data: Option<&Json>, sealed: bool) -> Result<String, write::WriteError> {
        let sample = self.target.sample(self.method);
        let credentials = self.target.credentials;
        let (name, decryptor) = (self.info.name, &BySpec);
        let question = Question { method: self.info, name, credentials, decryptor, sent: None };
        let random = || {
            let mut random = fastrand::Rng::with_seed(self.seed ^ self.number);
            std::array::from_fn(|_| random.u8(..))
        };
        let success = Success {
            data,
            code: sample.and_then(|sample| sample.code.as_deref()),
            message: sample.and_then(|sample| sample.message.as_deref()),
            seal: sealed.then(random),
        };
        let written = write::success(&question, &success)?;
        Ok(if sealed { written } else { self.target.likeness.success(written) })
    }

    /// Copies fields of the request into the answer (scalars of the same name and type that are not
    /// sensitive), and inserts new tokens. A member of an example that marks the last page, such as
    /// an empty cursor, is not replaced, because a client would then request pages forever.
    fn link(&self, data: &mut Json, is_example: bool) {
        let record = match &self.method.returns {
            Returns::Record(record) => Some(record),
            Returns::Value(field) if field.list.is_none() => self.target.platform.record(&field.ty),
            _ => None,
        };
        let (Some(record), Json::Object(members)) = (record, data) else { return };
        let scalar = |ty: &Type| !matches!(ty, Type::Json | Type::Map(_) | Type::Record(_));
        for (name, value) in members {
            let Some(field) = record.field(name) else { continue };
            let ends = is_example && is_end(name, value);
            if per_shop(self.target.platform).any(|credential| credential == name) {
                let token = granted(self.target.credentials, name, self.number);
                *value = token.map_or(Json::Null, Json::from);
            } else if field.list.is_none()
                && !field.sensitive
                && !field.json_text
                && !ends
                && scalar(&field.ty)
                && let Some((asked, found)) = self.request.leaf(name)
                && asked.ty == field.ty
            {
                *value = found;
            }
        }
    }
}

/// Returns `data` with the members of `set` added or replaced. If either is not an object, returns
/// `set`.
fn merged(data: Option<Json>, set: &Json) -> Json {
    match (data, set) {
        (Some(Json::Object(mut members)), Json::Object(set)) => {
            members.extend(set.clone());
            Json::Object(members)
        }
        _ => set.clone(),
    }
}

/// Whether a member says that there are no more pages.
fn is_end(name: &str, value: &Json) -> bool {
    let name = name.to_ascii_lowercase();
    let turns = ["cursor", "next", "more", "offset", "page", "scroll"];
    if !turns.iter().any(|turn| name.contains(turn)) {
        return false;
    }
    is_nothing(value) || ["0", "-1"].contains(&value.to_string().trim_matches('"'))
}
