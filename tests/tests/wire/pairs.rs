//! Vectors of methods without a spec. Their pairs are signed with the recipe of the client.

use gatespec_clients::{gome, mogujie, shopex};
use gatespec_runtime::sign::{Known, explain_pairs, sign_pairs};
use gatespec_runtime::template::Holes;
use gatespec_runtime::{CredentialSet, Gateway, Location, Param, ParamType, Platform, Role};

fn gateway<P: Platform>() -> &'static Gateway<'static> {
    P::GATEWAYS[0]
}

fn params<'p>(place: Location<'p>, pairs: &[(&'p str, &'p str)]) -> Vec<Param<'p>> {
    let param = |(name, value): &(&'p str, &'p str)| {
        let role = if matches!(*name, "sign" | "$sign") { Role::Signature } else { Role::Public };
        Param { name, value, place, role, kind: ParamType::Text, sensitive: false }
    };
    pairs.iter().map(param).collect()
}

fn sign(gateway: &Gateway<'_>, path: &str, secret: &str, params: &[Param<'_>]) -> (String, String) {
    let credentials = CredentialSet::from_iter([("secret", secret)]);
    let known = Known {
        gateway,
        params,
        verb: "POST",
        path,
        body: "",
        clock: "",
        nonce: "",
        holes: Holes { method: "", labels: &[] },
        credentials: &credentials,
    };
    (sign_pairs(&known, None).unwrap(), explain_pairs(&known, None).unwrap().canonical)
}

#[test]
fn shopex_vector_c_signs_query_and_form_apart() {
    let mut sent = params(
        Location::Query,
        &[
            ("method", "matrix.fill.single"),
            ("app_key", "testkey"),
            ("sign_method", "md5"),
            ("sign_time", "1672502400"),
            ("sign", "ignored"),
        ],
    );
    let form = [("node_id", "15000000"), ("fill_type", "order"), ("tids", "A1|A2")];
    sent.extend(params(Location::Form, &form));
    let gateway = gateway::<shopex::Platform>();
    let (signature, canonical) = sign(gateway, "/router", crate::clients::SHOPEX_SECRET, &sent);
    assert_eq!(signature, "DB0463719F11FC0D8B49DE24838EBB0F");
    assert_eq!(
        canonical,
        "<secret>&POST&%2Frouter&&app_key%3Dtestkey%26method%3Dmatrix.fill.single%26sign_method%3Dmd5\
         %26sign_time%3D1672502400&fill_type%3Dorder%26node_id%3D15000000%26tids%3DA1%7CA2&<secret>"
    );
}

#[test]
fn mogujies_official_vector_is_reproduced() {
    let pairs = [
        ("version", "1.0"),
        ("timestamp", "1367819523"),
        ("sign_method", "md5"),
        ("method", "xiaodian.item.get"),
        ("itemId", "95i27"),
        ("format", "json"),
        ("app_key", "10011"),
        ("access_token", "TESTACCESSTOKEN"),
    ];
    for place in [Location::Form, Location::Query] {
        let sent = params(place, &pairs);
        let (signature, _) = sign(gateway::<mogujie::Platform>(), "", "TESTAPPSECRET", &sent);
        assert_eq!(signature, "34619030B487EC1B49B9EF564A877925");
    }
    // The document prints a space after the item, which a line break left there. With the space,
    // the digest must differ.
    let mut spaced = pairs;
    spaced[4].1 = "95i27 ";
    let sent = params(Location::Form, &spaced);
    let (signature, _) = sign(gateway::<mogujie::Platform>(), "", "TESTAPPSECRET", &sent);
    assert_ne!(signature, "34619030B487EC1B49B9EF564A877925");
}

#[test]
fn gomes_dollar_names_sort_before_all_others() {
    let pairs = [
        ("request", "{\"orderId\":\"1\"}"),
        ("$v", "1.0.0"),
        ("$token", "testtoken"),
        ("$sign", "ignored"),
        ("$method", "gome.pusher.order.synchronize"),
        ("$app", "testapp"),
    ];
    let sent = params(Location::Form, &pairs);
    let (signature, canonical) = sign(gateway::<gome::Platform>(), "", "testsecret", &sent);
    assert_eq!(signature, "DF0A0206174CCB400876431D50E2B20A2BDFDFB0");
    assert_eq!(
        canonical,
        "<secret>$apptestapp$methodgome.pusher.order.synchronize$tokentesttoken$v1.0.0\
         request{\"orderId\":\"1\"}<secret>"
    );
}
