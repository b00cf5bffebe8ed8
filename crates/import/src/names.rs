//! The names that pages give types, public parameters, members of answers and personal data.

/// A base type, as pages name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Base {
    Text,
    Integer,
    Decimal,
    Boolean,
    Time,
    Object,
    List,
    Map,
    Choice,
}

/// The names of types, in lower case.
pub(crate) const TYPES: &[(Base, &str)] = &[
    (
        Base::Text,
        "string str text varchar nvarchar varchar2 char character 字符串 字符 字符型 文本 字符类型 uuid",
    ),
    (
        Base::Integer,
        "int integer long short bigint smallint tinyint int32 int64 uint32 uint64 number num numeric byte 整数 整型 整形 长整型 长整数 数字 数值 数字型 biginteger",
    ),
    (Base::Decimal, "double float decimal bigdecimal money 小数 浮点 浮点数 浮点型 金额 双精度"),
    (Base::Boolean, "boolean bool 布尔 布尔值 布尔型 布尔类型"),
    (Base::Time, "date datetime time timestamp 日期 时间 日期时间 时间戳 日期型"),
    (Base::Object, "object json jsonobject struct 对象 结构体 json对象 dict jsonstring json字符串"),
    (Base::List, "array list jsonarray collection set 数组 列表 集合 json数组 对象数组"),
    (Base::Map, "map hashmap dictionary 键值对"),
    (Base::Choice, "enum enumeration 枚举 枚举值 枚举型"),
];

/// What fills a public parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    Method,
    Key,
    Clock,
    Signature,
    Token,
    Nonce,
    Constant,
    Version,
}

/// Names of public parameters, without `_`, `-` and `$`, in lower case.
pub(crate) const PUBLIC: &[(Source, &str)] = &[
    (
        Source::Method,
        "method api apiname apicode service servicename servicecode apimethod methodname methodcode action interface interfacename \
         interfacecode msgtype cmd transcode funcode",
    ),
    (
        Source::Key,
        "app appkey appid clientid partnerid partner key appcode accesskey consumerkey apikey developerid userkey merchantno merchantid \
         merchantcode mchid channelid channelcode",
    ),
    (Source::Clock, "timestamp signtime time ts reqtime requesttime datetime"),
    (Source::Signature, "sign signature sig datadigest digest signvalue signdata signstr"),
    (Source::Token, "token accesstoken session sessionkey authtoken"),
    (Source::Nonce, "nonce noncestr random requestid"),
    (Source::Version, "v version apiversion ver"),
    (Source::Constant, "format signmethod signtype charset encrypttype dataformat"),
];

/// What fills the public parameter with this name; `None` for an unknown name.
pub(crate) fn source(name: &str) -> Option<Source> {
    let plain: String =
        name.to_lowercase().chars().filter(|c| !matches!(c, '_' | '-' | '$' | '@' | '.')).collect();
    PUBLIC
        .iter()
        .find(|(_, names)| names.split(' ').any(|one| one == plain))
        .map(|(source, _)| *source)
}

/// Values for yes and no, in the same order.
pub(crate) const YES_VALUES: &[&str] = &["Y", "y", "T", "1", "true", "yes", "YES", "TRUE", "是"];
pub(crate) const NO_VALUES: &[&str] = &["N", "n", "F", "0", "false", "no", "NO", "FALSE", "否"];
/// Prefixes of the descriptions of booleans.
pub(crate) const WHETHER: &[&str] = &["是否", "Whether", "whether"];

/// Members of an answer that indicate success, best first.
pub(crate) const SUCCESS: &[&str] =
    &["success", "issuccess", "succ", "ok", "flag", "rsp", "status", "result", "code", "ret"];
/// Values that indicate success.
pub(crate) const SUCCEEDED: &str =
    "true succ success ok 0 00 000 0000 00000 000000 0000000 1000 200 1 y yes";
/// Messages of a success.
pub(crate) const SUCCEEDED_MESSAGES: &str =
    "成功 请求成功 操作成功 处理成功 调用成功 交易成功 success ok succeeded";
/// Prefixes of names that say only that a member belongs to an answer.
const PREFIXES: &[&str] =
    &["response", "resp", "rsp", "return", "result", "ret", "error", "err", "biz", "api"];
/// The names of the members that hold an answer's code, message and data, without the [`PREFIXES`].
const CODES: &str = "code ret no num status errno statuscode";
const MESSAGES: &str = "message msg desc description info text";
const DATA: &str = "data result response body content datas model payload";

/// A member's name in lower case without `_` and `-`, and its core: that name without its prefix.
fn core(name: &str) -> (String, String) {
    let plain: String = name.to_lowercase().chars().filter(|c| !matches!(c, '_' | '-')).collect();
    let core = PREFIXES
        .iter()
        .find_map(|prefix| plain.strip_prefix(prefix))
        .filter(|core| !core.is_empty());
    let core = core.unwrap_or(&plain).to_owned();
    (plain, core)
}

fn is_named(name: &str, words: &str) -> bool {
    let (plain, core) = core(name);
    words.split(' ').any(|one| one == plain || one == core)
}

/// Whether a member holds the code of an answer.
pub(crate) fn is_code(name: &str) -> bool {
    // Without a prefix, `no`, `num` and `status` are also the names of many other things, so they
    // do not count as codes.
    let (plain, _) = core(name);
    is_named(name, CODES) && !matches!(plain.as_str(), "no" | "num" | "status")
}

/// Whether a member holds the message of an answer.
pub(crate) fn is_message(name: &str) -> bool {
    is_named(name, MESSAGES)
}

/// Whether a member holds the data of an answer.
pub(crate) fn is_data(name: &str) -> bool {
    is_named(name, DATA)
}

/// Whether a member indicates success.
pub(crate) fn is_flag(name: &str) -> bool {
    let (plain, _) = core(name);
    SUCCESS.contains(&plain.as_str())
}

/// The classes of error codes, each with the words in a message that show it.
pub(crate) const CLASSES: &[(&str, &str)] = &[
    ("duplicate", "重复的请求 重复请求 重复提交 重复调用 duplicate"),
    ("quota", "超限 限流 频率 次数 too流控 流控 throttl rate超 toomany 过于频繁 quota"),
    (
        "authentication",
        "签名 验签 商户不存在 应用不存在 令牌 token 授权 appkey app_key 权限 鉴权 认证 登录 session 密钥 白名单 ip sign unauthori permission forbidden credential 禁止访问",
    ),
    (
        "retry",
        "系统错误 系统异常 系统繁忙 服务不可用 服务器 内部错误 超时 稍后 网络异常 timeout unavailable internal busy systemerror tryagain",
    ),
];

/// Words that mark personal data in a term or a name.
pub(crate) const PERSONAL: &str = "姓名 手机 电话 收货地址 收货人 收件人 联系人 住址 邮编 身份证 昵称 账户id 买家账 卖家账 会员 用户id 买家昵称 邮箱 生日 银行卡 \
    nickname buyername buyerid buyeraccount buyeruser selleraccount selleruser sellername buyercomment receiver consignee contact mobile phone telephone email userid idcard memberid \
    sessionkey openid";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_of_envelopes_are_known_by_the_core_of_their_names() {
        for name in ["code", "errCode", "rsp_code", "resultCode", "error_no", "ret", "statusCode"] {
            assert!(is_code(name), "{name}");
        }
        for name in ["msg", "errorMsg", "rspMsg", "desc", "error_text"] {
            assert!(is_message(name), "{name}");
        }
        for name in ["data", "rspData", "result", "body", "resultData"] {
            assert!(is_data(name), "{name}");
        }
        for name in ["order_no", "state", "itemCode", "status", "no", "total"] {
            assert!(!is_code(name) && !is_message(name) && !is_data(name), "{name}");
        }
    }
}
