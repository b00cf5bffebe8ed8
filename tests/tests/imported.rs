//! `gatespec import` from outside: a pasted page becomes a draft that the compiler accepts.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use gatespec_tests::harness::{run, tree};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// An invented page, one cell per line, with one method and its sample.
const PAGE: &str = "\
lamp.stock.get(查询灯具库存)
请求地址:
环境 |
HTTPS地址 |
正式环境 |
https://api.lamp.example/gate |
公共请求参数:
名称 |
类型 |
是否必须 |
描述 |
method |
String |
是 |
方法名 |
app_id |
String |
是 |
应用编号 |
sign |
String |
是 |
签名 |
请求参数
名称 |
必选 |
类型 |
示例值 |
描述 |
shade_kind |
是 |
string |
paper |
灯罩类型 paper=纸 glass=玻璃 |
color |
否 |
string |
red |
颜色,shade_kind=glass时必填 |
响应示例
{
\"code\": \"0\",
\"msg\": \"\",
\"data\": { \"count\": 7, \"lit\": true }
}
错误码 |
错误消息 |
401 |
签名错误 |
";

fn folder(page: &str) -> TempDir {
    let root = TempDir::new().unwrap();
    fs::write(root.path().join("page.txt"), page).unwrap();
    root
}

#[test]
fn a_page_becomes_a_draft_that_the_compiler_accepts() {
    let root = folder(PAGE);
    let import = ["import", "page.txt", "--platform", "lamp", "--out", "specs"];
    let done = run(root.path(), &import);
    assert_eq!((done.code, done.out.as_str()), (Some(0), ""), "{done:?}");
    for said in ["1 method (lamp.stock.get)", "7 rows", "documented"] {
        assert!(done.err.contains(said), "`{said}` is not in\n{}", done.err);
    }
    let files: Vec<_> = tree(&root.path().join("specs")).into_keys().collect();
    assert_eq!(files, ["lamp/lamp.stock.get.yaml", "lamp/platform.yaml"].map(PathBuf::from));
    let method = fs::read_to_string(root.path().join("specs/lamp/lamp.stock.get.yaml")).unwrap();
    for line in [
        "  shade_kind:",
        "    required: { when: shade_kind, is: glass }",
        "  count: { type: integer, doc: TODO, grade: observed, source: line 41 }",
        "      paper: { doc: TODO, term: 纸 }",
    ] {
        assert!(method.lines().any(|own| own == line), "`{line}` is not in\n{method}");
    }
    let checked = run(root.path(), &["check"]);
    assert_eq!(checked.code, Some(0), "{checked:?}");
    assert!(checked.err.contains("empty_doc"), "{}", checked.err);
    let again = run(root.path(), &import);
    assert_eq!(again.code, Some(1), "{again:?}");
    assert!(again.err.contains("so nothing was written"), "{}", again.err);
}

#[test]
fn a_page_is_read_from_the_standard_input_and_printed() {
    let root = folder(PAGE);
    let page = root.path().join("page.txt");
    let printed = run(root.path(), &["import", page.to_str().unwrap(), "--platform", "lamp"]);
    assert_eq!(printed.code, Some(0), "{printed:?}");
    assert!(printed.out.starts_with("# --- lamp/platform.yaml\n"), "{}", printed.out);
    assert!(!Path::new(&root.path().join("specs")).exists());
}

#[test]
fn a_page_without_tables_is_refused_and_nothing_is_invented() {
    for (page, said) in [
        ("", "the page is empty"),
        ("The weather was fine.\nThen it rained.\n", "no table"),
        ("{\"a\": 1}\n", "no table"),
        ("\u{0}\u{1}", "not text"),
        ("名称 |\n类型 |\n必选 |\nid |\nlong |\n是 |\n", "--method NAME"),
    ] {
        let root = folder(page);
        let refused =
            run(root.path(), &["import", "page.txt", "--platform", "lamp", "--out", "specs"]);
        assert_eq!((refused.code, refused.out.as_str()), (Some(1), ""), "{page:?}: {refused:?}");
        assert!(refused.err.contains(said), "{page:?}: {}", refused.err);
        assert!(!root.path().join("specs").exists());
    }
}
