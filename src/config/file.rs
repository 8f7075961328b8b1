//! The file of settings: read, and refused in our words where it is none.

use std::path::Path;

use config::{File, FileFormat, FileSourceString};
use serde_json::Value;

use super::places::{Places, at};
use crate::{
    words::{Text, system},
    written::{NamedText, Problem},
};

/// A file as a source of settings, if it is TOML or YAML, by its name; and where they stand in it.
///
/// # Errors
///
/// That it can't be read, or everything that is wrong with its form.
pub(super) fn source(name: &str, path: &Path) -> Result<(File<FileSourceString, FileFormat>, Places), Vec<Problem>> {
    let whole = |why: Text| vec![Problem::whole(name, why)];
    let unread = |error: std::io::Error| {
        let Text { zh, en } = system::why(&error);
        whole(Text::new(format!("无法读取：{zh}"), format!("can't be read: {en}")))
    };
    let text = std::fs::read_to_string(path).map_err(unread)?;
    let (format, places) = match path.extension().and_then(|extension| extension.to_str()) {
        Some("toml") => {
            text.parse::<toml::Table>().map_err(|error| vec![refused(name, &text, &error)])?;
            (FileFormat::Toml, Places::of_toml(name, &text))
        }
        Some("yaml" | "yml") => {
            let content: Value = NamedText { name, text: &text }.parse()?;
            if !content.is_object() && !content.is_null() {
                let why = Text::fixed("此处应为若干字段（名称: 值）", "a mapping (name: value) is expected here");
                return Err(vec![Problem { line: 1, column: 1, ..Problem::whole(name, why) }.in_text(&text)]);
            }
            (FileFormat::Yaml, Places::of_yaml(name, &text))
        }
        _ => {
            return Err(whole(Text::fixed(
                "配置文件名应以 .toml、.yaml 或 .yml 结尾",
                "the name of a file of settings ends with .toml, .yaml or .yml",
            )));
        }
    };
    Ok((File::from_str(&text, format), places))
}

/// What is no TOML: the most common mistakes by what the library says, which is English.
fn refused(name: &str, text: &str, error: &toml::de::Error) -> Problem {
    let span = error.span().unwrap_or_default();
    let here = text.get(span.clone()).unwrap_or_default();
    let problem = at(name, text, span);
    let said = error.message();
    let has = |words: &[&str]| words.iter().any(|word| said.contains(word));
    let (zh, en) = if has(&["duplicate key"]) {
        (format!("{here} 重复"), format!("{here} is there twice"))
    } else {
        let (zh, en) = if !here.is_empty() && here.bytes().all(|byte| byte.is_ascii_digit()) {
            ("数字过大", "the number is too large")
        } else if has(&["basic string", "literal string", "expected `\"`", "expected `'`"]) {
            ("引号没有配对，或文字没有加引号", "a quote is not closed, or a text has no quotes")
        } else if has(&["unclosed", "expected `]`", "expected `}`"]) {
            ("括号没有配对", "a bracket is not closed")
        } else {
            ("应写作 名称 = 值，或 [组]，文字加引号", "write name = value, or [group], with quotes around a text")
        };
        (zh.to_owned(), en.to_owned())
    };
    Problem { why: Text::new(format!("格式有误：{zh}"), format!("wrong form: {en}")), ..problem }
}
