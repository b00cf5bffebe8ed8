//! A method with one field, which returns a text.

use gatespec_runtime::{
    Checker, Encode, Gateway, MethodInfo, Operation, Platform, Validate, Wire, Writer,
};

use super::EMPTY;

pub(crate) struct Shop;

impl Platform for Shop {
    const ID: &'static str = "shop";
    const GATEWAYS: &'static [&'static Gateway<'static>] = &[&EMPTY];
}

/// A request with this text in its field `a`.
pub(crate) struct Ping(pub(crate) &'static str);

impl Encode for Ping {
    fn encode(&self, out: &mut Writer<'_>) {
        out.put("a", Wire::Text(self.0));
    }
}

impl Validate for Ping {
    fn check(&self, _: &mut Checker<'_>) {}
}

impl Operation for Ping {
    type Platform = Shop;
    type Response = String;
    const METHOD: MethodInfo<'static> =
        MethodInfo { returns: true, data: Some("data"), ..MethodInfo::new("ping", &EMPTY) };
}
