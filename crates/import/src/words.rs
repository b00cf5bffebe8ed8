//! The words by which pages name things. Everything that is looked up is here; a new wording is a
//! new word in a table.

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

/// A text for comparison with the words here: without blanks, emphasis and what is in parentheses.
pub(crate) fn folded(text: &str) -> String {
    let text = text.trim().trim_end_matches(['：', ':', '|']);
    let text =
        text.split(['(', '（']).next().filter(|part| !part.trim().is_empty()).unwrap_or(text);
    let kept = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '*' | '`' | '_' | '#' | '"' | '?' | '？'));
    kept.flat_map(char::to_lowercase).collect()
}

/// What a heading cell says its column holds.
pub(crate) fn role(cell: &str) -> Option<Role> {
    let word = folded(cell);
    let has = |words: &str| words.split_whitespace().any(|one| one == word);
    HEADS.iter().find(|(_, words)| has(words)).map(|(role, _)| *role)
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

/// The words of headings. The longest word that a heading holds decides.
const SECTIONS: &[(Section, &str)] = &[
    (
        Section::Public,
        "公共参数 公共请求参数 公用参数 公共入参 系统参数 系统级参数 系统级输入参数 系统级请求参数 通用参数 通用请求参数 publicparameters commonparameters publicrequest commonrequest \
         systemparameters systemlevelparameters",
    ),
    (
        Section::PublicResponse,
        "公共响应参数 公共返回参数 公共返回 公共响应 公共出参 通用返回参数 通用响应参数 系统级返回参数 commonresponse publicresponse responseenvelope",
    ),
    (
        Section::RequestSample,
        "请求示例 请求样例 请求例子 请求报文示例 请求报文 请求参数示例 入参示例 调用示例 请求数据示例 requestexample requestsample samplerequest examplerequest",
    ),
    (
        Section::ResponseSample,
        "响应示例 响应样例 响应例子 响应报文 返回示例 返回样例 返回例子 返回报文 返回结果示例 返回参数示例 返回数据示例 响应参数示例 出参示例 正常返回 正常示例 正确示例 成功示例 成功返回 \
         responseexample responsesample sampleresponse exampleresponse successexample sampleanswer exampleanswer",
    ),
    (
        Section::ErrorSample,
        "异常示例 异常返回 异常返回示例 错误示例 错误返回 错误返回示例 失败示例 失败返回 失败返回示例 errorexample errorsample sampleerror exampleerror errorresponse failureexample",
    ),
    (
        Section::Request,
        "请求参数 业务参数 业务请求参数 输入参数 应用级参数 应用级输入参数 应用参数 入参 入参说明 参数列表 接口参数 请求字段 请求数据 请求体 request requestparameters businessparameters \
         inputparameters requestfields requestbody parameters input",
    ),
    (
        Section::Response,
        "响应参数 返回参数 返回结果 返回字段 返回数据 返回值 输出参数 应用级输出参数 出参 出参说明 响应字段 响应数据 响应结果 response responseparameters responsefields returns output outputparameters \
         result answer",
    ),
    (
        Section::Errors,
        "错误码 错误代码 返回码 状态码 异常码 错误码说明 错误码列表 业务错误码 errorcodes errorcode errors returncodes",
    ),
    (
        Section::Environments,
        "请求地址 环境地址 服务地址 网关地址 接口地址 调用地址 调用环境 接入地址 endpoints endpoint environments environment baseurl gatewayaddress",
    ),
    (
        Section::Code,
        "java php net c# python node.js nodejs go curl 代码示例 sdk示例 codeexample samplecode",
    ),
];

/// The section that a line of text begins, if it is a heading.
pub(crate) fn section(text: &str) -> Option<Section> {
    let word = folded(text);
    let length = word.chars().count();
    if length == 0 || length > 24 {
        return None;
    }
    let all = SECTIONS
        .iter()
        .flat_map(|(section, words)| words.split_whitespace().map(|one| (*section, one)));
    // Short Latin words are headings only as a whole: `response` is in many sentences.
    let matches =
        all.filter(|(_, one)| if one.is_ascii() { word == *one } else { word.contains(one) });
    matches.max_by_key(|(_, one)| one.chars().count()).map(|(section, _)| section)
}

/// Words before the name of a method.
pub(crate) const METHOD_LABELS: &str = "接口名称 接口名 接口 接口标识 接口编码 api api名称 apiname 方法名 方法名称 方法 method methodname methodcode 服务名 服务名称 service";
/// Words before an address.
pub(crate) const URL_LABELS: &str = "请求地址 服务地址 网关地址 接口地址 调用地址 请求url 接口url 正式环境 正式地址 生产环境 线上环境 测试环境 沙箱环境 \
    url endpoint baseurl production sandbox test gateway address";
/// Words before a verb of HTTP.
pub(crate) const VERB_LABELS: &str =
    "请求方式 请求方法 http方法 调用方式 提交方式 httpmethod httpverb requestmethod verb method";
/// Words of environments that are for trials.
pub(crate) const TRIAL: &str = "沙箱 测试 联调 预发 sandbox test staging trial";

/// Whether a text is one of the words, folded.
pub(crate) fn is_one_of(text: &str, words: &str) -> bool {
    let word = folded(text);
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
        ] {
            assert_eq!(section(text), expected, "{text}");
        }
    }
}
