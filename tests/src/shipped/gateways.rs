//! The three gateways as documented: they check what a client must get right, and answer with the
//! documented samples.

use std::collections::HashSet;
use std::sync::Mutex;
use std::time::SystemTime;

use super::signing::{self, Pairs};
use crate::server::{Received, Reply};

/// The secret of the only accepted app.
pub const SECRET: &str = "TESTAPPSECRET-16-and-more";
/// The key of the only accepted app.
pub const APP_KEY: &str = "10011";
/// The token of the only user whose data the app may read.
pub const TOKEN: &str = "TESTACCESSTOKEN";

fn form(received: &Received) -> Pairs {
    form_urlencoded::parse(&received.body).into_owned().collect()
}

fn get<'p>(pairs: &'p Pairs, name: &str) -> &'p str {
    pairs.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
}

/// Checks the parts of HTTP whose errors a real gateway would not explain to a client.
fn protocol(received: &Received, path: &str) {
    assert_eq!((&*received.verb, &*received.target), ("POST", path));
    let content_type = "application/x-www-form-urlencoded; charset=UTF-8";
    assert_eq!(received.header("content-type"), content_type);
    let text = str::from_utf8(&received.body).unwrap();
    assert!(text.bytes().all(|byte| byte.is_ascii_graphic()));
}

fn now() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs()
}

/// The gateway of ShopEx. Its own refusals have HTTP status 4xx and JSON of another shape.
pub fn shopex(received: &Received) -> Reply {
    let refuse = |status, code, message| {
        let error =
            serde_json::json!({"error": {"code": code, "message": message}, "result": "error"});
        Reply::json(status, error.to_string())
    };
    protocol(received, "/router");
    let pairs = form(received);
    if get(&pairs, "app_key") != APP_KEY {
        return refuse(404, "0040302", "app_key error");
    }
    if signing::shopex(SECRET, "POST", "/router", &Pairs::new(), &pairs) != get(&pairs, "sign") {
        return refuse(403, "0040301", "sign error");
    }
    match get(&pairs, "sign_time").parse::<u64>() {
        Err(_) => return refuse(403, "0040307", "sign_time format error"),
        Ok(time) if time + 90_000 < now() => return refuse(403, "0040308", "sign_time expired"),
        Ok(_) => {}
    }
    let body = match get(&pairs, "method") {
        "matrix.bindurl" => include_str!("../../wire/shopex/answers/bindurl.json"),
        "matrix.unbind" => include_str!("../../wire/shopex/answers/unbind.json"),
        "matrix.fill.single" | "matrix.fill.multiple" => {
            include_str!("../../wire/shopex/answers/fill.json")
        }
        "matrix.authstatus" => include_str!("../../wire/shopex/answers/authstatus.json"),
        _ => return refuse(404, "0040401", "method does not exist"),
    };
    Reply::json(200, body)
}

/// The gateway of Mogujie, which encrypts its answer with the app's secret. The real code for a
/// wrong signature is unknown.
pub fn mogujie(received: &Received) -> Reply {
    let refuse = |code, message| {
        let status = serde_json::json!({"code": code, "msg": message});
        let body = serde_json::json!({"status": status, "result": {"data": {}},
            "dataEncrypted": false, "success": false});
        Reply::json(200, body.to_string())
    };
    protocol(received, "/invoke");
    let pairs = form(received);
    if signing::mogujie(SECRET, &pairs) != get(&pairs, "sign") {
        return refuse("9999999", "Sign错误");
    }
    if get(&pairs, "access_token") != TOKEN {
        return refuse("0000001", "token无效");
    }
    assert_eq!(get(&pairs, "app_key"), APP_KEY);
    assert_eq!((get(&pairs, "format"), get(&pairs, "version")), ("json", "1.0"));
    assert_eq!((get(&pairs, "sign_method"), get(&pairs, "userId")), ("md5", ""));
    assert!(get(&pairs, "timestamp").parse::<u64>().unwrap().abs_diff(now()) < 600);
    let order: serde_json::Value =
        serde_json::from_str(get(&pairs, "openApiOrderDetailReqDto")).unwrap();
    match (get(&pairs, "method"), order["shopOrderId"].as_u64()) {
        ("xiaodian.trade.get", Some(100_000_000_000_012)) => {
            Reply::json(200, include_str!("../../wire/mogujie/answers/encrypted.json"))
        }
        ("xiaodian.trade.get", Some(1_111_111_111)) => {
            Reply::json(200, include_str!("../../wire/mogujie/answers/plain.json"))
        }
        _ => Reply::json(200, include_str!("../../wire/mogujie/answers/error.json")),
    }
}

/// The gateway of Gome, which refuses a repeated request.
pub fn gome() -> impl Fn(&Received) -> Reply {
    let seen = Mutex::new(HashSet::new());
    move |received| {
        let refuse = |code, message| {
            let error = serde_json::json!({"error_response": {"code": code, "msg": message}});
            Reply::json(200, error.to_string())
        };
        protocol(received, "/router");
        let pairs = form(received);
        if get(&pairs, "$token").is_empty() {
            return refuse("8239", "需要传递accessToken参数");
        }
        if signing::gome(SECRET, &pairs) != get(&pairs, "$sign") {
            return refuse("8225", "签名无效");
        }
        if get(&pairs, "$method") != "gome.pusher.order.synchronize" || get(&pairs, "$v") != "1.0.0"
        {
            return refuse("10003", "当前版本的方法不存在");
        }
        if !seen.lock().unwrap().insert(received.body.clone()) {
            return Reply::json(200, include_str!("../../wire/gome/answers/duplicate.json"));
        }
        Reply::json(200, include_str!("../../wire/gome/answers/accepted.json"))
    }
}
