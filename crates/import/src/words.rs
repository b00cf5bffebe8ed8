//! The words that pages use for headings, columns and labels. All lookups use the tables here, so a
//! new wording is a new word in a table.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What a column of a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Name,
    Type,
    Required,
    /// Whether a parameter may be left out: the opposite of [`Role::Required`].
    Optional,
    Doc,
    Example,
    Default,
    Length,
    Code,
    Message,
    Solution,
    Environment,
    Url,
    Value,
}

/// The words of heading cells, without blanks and in lower case.
const HEADS: &[(Role, &str)] = &[
    (
        Role::Name,
        "名称 名字 参数 参数名 参数名称 参数名字 参数字段 参数代码 字段 字段名 字段名称 字段代码 字段英文名 属性 属性名 属性名称 变量 变量名 变量名称 \
         元素 元素名 元素名称 节点 节点名 节点名称 键 键名 入参 出参 请求参数 返回参数 响应参数 输入参数 输出参数 英文名 英文名称 标识 name parameter \
         parameters parametername param paramname field fieldname fields attribute property key element variable arguments argument",
    ),
    (
        Role::Type,
        "类型 参数类型 字段类型 数据类型 变量类型 属性类型 值类型 格式类型 type datatype paramtype parametertype fieldtype",
    ),
    (
        Role::Required,
        "必选 必须 必填 必需 必要 必传 必输 是否必须 是否必填 是否必选 是否必需 是否必要 是否必传 是否必输 必填项 必填性 必填/可选 必选/可选 必须/可选 required mandatory \
         require isrequired must",
    ),
    (
        Role::Optional,
        "可空 可为空 是否为空 是否可空 允许为空 允许空 是否可选 可选 nullable optional",
    ),
    (
        Role::Doc,
        "描述 说明 参数说明 参数描述 字段说明 字段描述 属性说明 属性描述 变量说明 含义 参数含义 字段含义 备注 注释 备注说明 描述信息 详细描述 详细说明 解释 中文名 中文名称 \
         中文说明 中文含义 取值说明 description desc remark remarks note notes meaning comment comments explanation details summary",
    ),
    (
        Role::Example,
        "示例值 示例 参数示例 字段示例 样例 样例值 样例数据 例子 举例 参考值 示例数据 example examples examplevalue sample samplevalue e.g.",
    ),
    (Role::Default, "默认值 缺省值 默认 缺省 default defaultvalue"),
    (Role::Length, "长度 最大长度 字段长度 参数长度 长度限制 length maxlength maxlen len"),
    (
        Role::Code,
        "错误码 错误代码 错误编码 错误编号 返回码 返回代码 状态码 响应码 响应代码 异常码 异常编码 子错误码 code errorcode errcode returncode statuscode resultcode",
    ),
    (
        Role::Message,
        "错误消息 错误信息 错误描述 错误说明 错误含义 错误原因 异常信息 异常描述 异常消息 返回信息 返回消息 message errormessage errmsg msg reason",
    ),
    (
        Role::Solution,
        "解决方案 解决办法 解决方法 处理建议 处理方式 处理方法 排查建议 solution action handling whattodo",
    ),
    (Role::Environment, "环境 环境名称 部署环境 environment env"),
    (
        Role::Url,
        "地址 请求地址 http请求地址 https请求地址 http地址 https地址 服务地址 网关地址 接口地址 调用地址 url httpurl httpsurl address endpoint baseurl \
         httpaddress httpsaddress gatewayurl",
    ),
    (Role::Value, "值 枚举值 取值 枚举 可选值 value enumvalue values"),
];

/// A text as it is compared with the tables: without blanks, emphasis and parentheses.
pub(crate) fn folded(text: &str) -> String {
    let text = text.trim().trim_end_matches(['：', ':', '|']);
    let text =
        text.split(['(', '（']).next().filter(|part| !part.trim().is_empty()).unwrap_or(text);
    let kept = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '*' | '`' | '_' | '#' | '"' | '?' | '？'));
    kept.flat_map(char::to_lowercase).collect()
}

/// What a column holds, according to its heading cell.
pub(crate) fn role(cell: &str) -> Option<Role> {
    static ROLES: LazyLock<HashMap<&str, Role>> = LazyLock::new(|| {
        let all =
            HEADS.iter().flat_map(|(role, words)| words.split_whitespace().map(|one| (one, *role)));
        all.collect()
    });
    // Headings are shorter than this; other cells may be long.
    if cell.len() > 100 { None } else { ROLES.get(folded(cell).as_str()).copied() }
}

/// What a part of a page is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    Environments,
    Public,
    PublicResponse,
    Request,
    Response,
    RequestSample,
    ResponseSample,
    ErrorSample,
    Errors,
    /// Sample code of a language.
    Code,
}

/// Words for samples, and for what tables list, in Chinese headings.
const SAMPLES: &str = "示例 样例 例子 范例";
const LISTED: &str = "参数 字段 报文 数据 体 头 结果 说明 列表 值 内容 信息 入参 出参 回参";
/// Words for requests, for answers, and for what all methods share.
const SENT: &str = "请求 入参 输入 业务 应用级 上送 传参";
const ANSWERED: &str = "响应 返回 应答 出参 输出 回参";
const SHARED: &str = "公共 公用 通用 系统 全局";

/// The words that identify a section in a Chinese heading. A heading belongs to the first section
/// for which it contains a word of each group. Other words may be between these words.
const SECTIONS: &[(Section, &[&str])] = &[
    (Section::Code, &["代码示例 示例代码 sdk示例"]),
    (
        Section::Errors,
        &["错误码 返回码 响应码 状态码 异常码 应答码 错误代码 返回代码 错误编码 响应代码 错误列表"],
    ),
    (Section::ErrorSample, &["错误 异常 失败", "示例 样例 例子 范例 返回 响应 应答 报文"]),
    (Section::ResponseSample, &["响应 返回 应答 出参 输出 回参 成功 正常 正确", SAMPLES]),
    (Section::ResponseSample, &["正常返回 成功返回"]),
    (Section::RequestSample, &["请求 入参 输入 业务 应用级 上送 传参 调用", SAMPLES]),
    (
        Section::Environments,
        &["请求地址 环境地址 服务地址 网关地址 接口地址 调用地址 调用环境 接入地址"],
    ),
    (Section::PublicResponse, &[SHARED, ANSWERED]),
    (Section::Public, &[SHARED, "参数 报文 字段 入参 请求"]),
    (Section::Response, &[ANSWERED, LISTED]),
    (Section::Request, &[SENT, LISTED]),
    (Section::Request, &["参数列表 参数说明 接口参数 应用参数"]),
];

/// Whole headings: a word such as `response` alone also occurs in sentences.
const WHOLE: &[(Section, &str)] = &[
    (
        Section::Public,
        "publicparameters commonparameters publicrequest commonrequest systemparameters systemlevelparameters \
         commonrequestparameters publicrequestparameters",
    ),
    (
        Section::PublicResponse,
        "commonresponse publicresponse responseenvelope commonresponseparameters",
    ),
    (Section::RequestSample, "requestexample requestsample samplerequest examplerequest"),
    (
        Section::ResponseSample,
        "responseexample responsesample sampleresponse exampleresponse successexample sampleanswer exampleanswer",
    ),
    (
        Section::ErrorSample,
        "errorexample errorsample sampleerror exampleerror errorresponse failureexample",
    ),
    (
        Section::Request,
        "request requestparameters businessparameters inputparameters requestfields requestbody parameters input 请求",
    ),
    (
        Section::Response,
        "response responseparameters responsefields returnedfields returnfields returnparameters returns output outputparameters result answer 响应 返回 应答",
    ),
    (Section::Errors, "errorcodes errorcode errors returncodes"),
    (Section::Environments, "endpoints endpoint environments environment baseurl gatewayaddress"),
    (Section::Code, "java php net c# python node.js nodejs go curl codeexample samplecode"),
];

/// The longest heading, in characters.
const LONGEST: usize = 24;

/// The section that a line of text begins, if it is a heading.
pub(crate) fn section(text: &str) -> Option<Section> {
    if text.len() > 4 * LONGEST {
        return None;
    }
    let word = unnumbered(text);
    if word.is_empty() || word.chars().count() > LONGEST {
        return None;
    }
    let whole = WHOLE.iter().find(|(_, words)| words.split_whitespace().any(|one| one == word));
    let held = |groups: &[&str]| {
        groups.iter().all(|words| words.split_whitespace().any(|one| word.contains(one)))
    };
    let parts = || SECTIONS.iter().find(|(_, groups)| held(groups)).map(|(section, _)| *section);
    whole.map(|(section, _)| *section).or_else(parts)
}

/// A text, [`folded`], without the number of its section.
fn unnumbered(text: &str) -> String {
    let text = text.trim_start_matches(|c: char| c.is_ascii_digit() || "().、（） ".contains(c));
    folded(text)
}

/// Words before the name of a method.
pub(crate) const METHOD_LABELS: &str = "接口名称 接口名 接口 接口标识 接口编码 接口代码 交易码 交易代码 服务代码 服务编码 api api名称 apicode apiname 方法名 方法名称 方法 method methodname methodcode 服务名 服务名称 service";
/// Words before an address.
pub(crate) const URL_LABELS: &str = "请求地址 服务地址 网关地址 接口地址 调用地址 请求url 接口url url地址 接口链接 httpurl httpsurl 正式环境 正式地址 生产环境 线上环境 测试环境 沙箱环境 \
    url endpoint baseurl production sandbox test gateway address";
/// Words before an HTTP verb.
pub(crate) const VERB_LABELS: &str =
    "请求方式 请求方法 http方法 调用方式 提交方式 httpmethod httpverb requestmethod verb method";
/// Words in the labels of environments for trials.
pub(crate) const TRIAL: &str = "沙箱 测试 联调 预发 sandbox test staging trial";

/// Whether a text, [`folded`], is one of the words.
pub(crate) fn is_one_of(text: &str, words: &str) -> bool {
    let word = folded(text);
    !word.is_empty() && words.split_whitespace().any(|one| one == word)
}

/// Whether a line's label, without the number of its section, is one of the words.
pub(crate) fn is_label(text: &str, words: &str) -> bool {
    let word = unnumbered(text);
    !word.is_empty() && words.split_whitespace().any(|one| one == word)
}

/// Whether a text contains one of the words, in any case.
pub(crate) fn holds(text: &str, words: &str) -> bool {
    let text = text.to_lowercase();
    words.split_whitespace().any(|one| text.contains(one))
}

/// Cells that say yes, no, and sometimes.
pub(crate) const YES: &str =
    "是 y yes true 1 必须 必填 必选 必需 必传 √ ✓ ✔ m required mandatory t";
pub(crate) const NO: &str =
    "否 n no false 0 可选 非必须 非必填 非必选 选填 不必须 不必填 × ✗ ✘ x o optional f";
pub(crate) const SOMETIMES: &str =
    "条件 条件必填 条件必选 条件必须 特殊必填 特殊可选 c conditional 视情况 有条件";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_in_one_table_once() {
        let mut words: Vec<_> =
            HEADS.iter().flat_map(|(_, words)| words.split_whitespace()).collect();
        let count = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), count);
    }

    #[test]
    fn headings_are_recognised_however_they_are_written() {
        for (cell, expected) in [
            ("参数 名称", Some(Role::Name)),
            ("是否必填(Y/N)", Some(Role::Required)),
            ("**Data type**", Some(Role::Type)),
            ("Required?", Some(Role::Required)),
            ("HTTPS请求地址", Some(Role::Url)),
            ("orderId", None),
        ] {
            assert_eq!(role(cell), expected, "{cell}");
        }
        for (text, expected) in [
            ("二、公共请求参数：", Some(Section::Public)),
            ("请求参数示例", Some(Section::RequestSample)),
            ("Response parameters", Some(Section::Response)),
            ("The response is cached.", None),
            ("响应示例(自定义结构)", Some(Section::ResponseSample)),
            ("2 公共报文头", Some(Section::Public)),
            ("3.1 请求报文", Some(Section::Request)),
            ("3.2 响应报文", Some(Section::Response)),
            ("3.4 响应码", Some(Section::Errors)),
            ("（三）系统级返回参数", Some(Section::PublicResponse)),
            ("失败返回示例", Some(Section::ErrorSample)),
            ("4. Response fields", Some(Section::Response)),
            ("返回首页", None),
            ("接口说明", None),
        ] {
            assert_eq!(section(text), expected, "{text}");
        }
    }
}
