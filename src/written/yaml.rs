//! What is wrong with a file as YAML, or with its fields, in words that say what was expected.

use serde_saphyr::Error;

use super::full_width;
use crate::words::{
    Text,
    spelling::{instead, near},
};

/// How fields with fields of their own are written.
const NOTATIONS: [(&str, &str); 9] = [
    ("title", "{ zh: …, en: … }"),
    ("message", "{ zh: …, en: … }"),
    ("advice", "{ zh: …, en: … }"),
    ("bounds", "{ least: …, most: … }"),
    ("years", "{ from: 2022, to: 2024 }"),
    ("for_each", "{ column: applicants }"),
    ("examples", "{ bad: […], good: […] }"),
    ("basis", "[{ instrument: …, clause: … }]"),
    ("parameters", "{ text_similarity: 90 }"),
];

/// What is wrong with a file, for people. `line` is the line in which the fault is, `column` its place there, from 1.
pub(super) fn why(error: &Error, line: &str, column: u64) -> Text {
    match error {
        Error::SerdeUnknownField { field, expected, .. } => no_field(field, expected),
        Error::SerdeUnknownVariant { variant, expected, .. } => no_variant(variant, expected),
        Error::SerdeMissingField { field, .. } => missing(field),
        Error::DuplicateMappingKey { key, .. } => twice(key.as_deref().unwrap_or_default()),
        Error::UnknownAnchor { .. } => Text::fixed(
            "以 * 引用的内容不存在；文字以 * 开头要加引号",
            "no such anchor: a text that begins with * needs quotes",
        ),
        Error::Eof { .. } => Text::fixed("文件是空的", "the file is empty"),
        Error::InvalidScalar { ty, .. } => {
            let (zh, en) = kind(ty);
            Text::new(format!("此处应为{zh}"), format!("{en} is expected here"))
        }
        Error::SerdeInvalidType { expected, .. } => shape(expected, line, column),
        Error::Unexpected { expected, .. } => shape(expected, line, column),
        Error::NullIntoString { .. } => shape("string", line, column),
        Error::Budget { .. } | Error::AliasReplayLimitExceeded { .. } | Error::AliasExpansionLimitExceeded { .. } => {
            Text::fixed("内容过大，或以 & 和 * 重复过多", "too large, or repeated too often with & and *")
        }
        other => syntax(&other.to_string(), line, column),
    }
}

/// Whether a file is no YAML, or not what it was meant to be.
pub(super) fn is_of_syntax(error: &Error) -> bool {
    !matches!(
        error,
        Error::SerdeUnknownField { .. }
            | Error::SerdeUnknownVariant { .. }
            | Error::SerdeMissingField { .. }
            | Error::DuplicateMappingKey { .. }
            | Error::Eof { .. }
            | Error::InvalidScalar { .. }
            | Error::SerdeInvalidType { .. }
            | Error::Unexpected { .. }
            | Error::NullIntoString { .. }
            | Error::Budget { .. }
    )
}

/// The field that was meant by one that doesn't exist, if one is near.
pub(super) fn meant<'a>(field: &str, known: &[&'a str]) -> Option<&'a str> {
    near(full_width::key(field).unwrap_or(field), known.iter().copied())
}

/// A field that doesn't exist.
pub(super) fn no_field(field: &str, known: &[&str]) -> Text {
    if let Some(key) = full_width::key(field).and_then(|_| meant(field, known)) {
        return full_width::colon(key);
    }
    let (zh, en) = instead(field, known);
    Text::new(format!("没有 {field} 这个字段{zh}"), format!("there is no field {field}{en}"))
}

/// A word that is none of those that may stand there.
pub(super) fn no_variant(word: &str, known: &[&str]) -> Text {
    let (zh, en) = instead(word, known);
    Text::new(format!("不能写 {word}{zh}"), format!("{word} can't stand here{en}"))
}

/// A field that is there more than once.
pub(super) fn twice(field: &str) -> Text {
    Text::new(format!("字段 {field} 重复"), format!("the field {field} is there twice"))
}

/// A field that must be there.
pub(super) fn missing(field: &str) -> Text {
    Text::new(format!("缺少字段 {field}"), format!("the field {field} is missing"))
}

/// A value of another kind than the field has.
pub(super) fn shape(expected: &str, line: &str, column: u64) -> Text {
    let before: String = line.chars().take(usize::try_from(column.max(1) - 1).unwrap_or_default()).collect();
    let own = line.strip_prefix(&before).unwrap_or_default();
    if let Some(key) = full_width::key(own) {
        return full_width::colon(key);
    }
    let list = own.split([']', '}', '#']).next().unwrap_or_default();
    if kind(expected) != kind("string") && list.contains('，') {
        return full_width::comma();
    }
    let key =
        before.trim_end().strip_suffix(':').map(|before| before.rsplit([' ', '{', ',']).next().unwrap_or_default());
    if let Some((key, notation)) = key.and_then(|key| NOTATIONS.into_iter().find(|(name, _)| *name == key)) {
        return Text::new(format!("{key} 应写作 {notation}"), format!("write {key}: {notation}"));
    }
    let wanted = kind(expected);
    Text::new(format!("此处应为{}", wanted.0), format!("{} is expected here", wanted.1))
}

/// What the parser or a schema calls a kind of value, in words.
fn kind(name: &str) -> (&'static str, &'static str) {
    let is = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if is(&["mapping", "struct", "map", "object"]) {
        ("若干字段（名称: 值）", "a mapping (name: value)")
    } else if is(&["sequence", "array"]) {
        ("列表（[甲, 乙]，或每项一行、以 - 开头）", "a list ([one, other], or a line each that begins with -)")
    } else if is(&["bool"]) {
        (" true 或 false", "true or false")
    } else if is(&["i32", "u16", "u64", "usize", "integer", "number"]) {
        ("整数", "a whole number")
    } else {
        ("一段文字", "a text")
    }
}

/// A bracket that is not closed, or closes none, in the parser's words.
fn bracket(message: &str) -> Option<Text> {
    let closing = |open: &str| if open == "{" { "}" } else { "]" };
    let told = |start: &str| message.split_once(start).and_then(|(_, rest)| Some(rest.split_once('\'')?.0));
    if let Some(open) = told("unclosed bracket '") {
        let close = closing(open);
        return Some(Text::new(
            format!("格式有误：括号 {open} 没有闭合，缺少 {close}；文字以 {open} 开头要加引号"),
            format!(
                "the bracket {open} is not closed: {close} is missing; a text that begins with {open} needs quotes"
            ),
        ));
    }
    if let Some(open) = told("mismatched bracket '") {
        let close = closing(open);
        return Some(Text::new(
            format!("格式有误：此前的括号 {open} 没有闭合，缺少 {close}"),
            format!("the bracket {open} before it is not closed: {close} is missing"),
        ));
    }
    message.contains("misplaced bracket").then(|| {
        Text::fixed(
            "格式有误：多了一个后括号；含有括号的文字要加引号",
            "a bracket that closes none; a text with brackets needs quotes",
        )
    })
}

/// What is not YAML: the most common mistakes by what is seen of them, the parser's own words in English alone.
fn syntax(message: &str, line: &str, column: u64) -> Text {
    let own: String = message.lines().next().unwrap_or_default().chars().take(200).collect();
    let value = line.trim_start().trim_start_matches("- ").split_once(": ").map_or("", |(_, value)| value.trim());
    let quoted = value.chars().next().filter(|quote| matches!(quote, '\'' | '"'));
    let here = line.chars().nth(usize::try_from(column.max(1) - 1).unwrap_or_default());
    let behind = |quote: char| value[1..].split_once(quote).map_or("", |(_, rest)| rest.trim_start());
    if let Some(why) = bracket(&own) {
        return why;
    }
    let (zh, en) = if quoted
        .is_some_and(|quote| !matches!(behind(quote).chars().next(), None | Some('#' | ',' | '}' | ']')))
    {
        (
            "引号后面还有文字：值以引号开头时，整个值都要在这对引号之内，其中的文字用另一种引号",
            "there is text behind the quotes: quotes at the beginning of a value enclose all of it; use the other kind of quotes within",
        )
    } else if line.starts_with('\t') || message.contains("tab") {
        ("缩进只能用空格，不能用制表符", "indent with spaces, not with tabs")
    } else if here == Some(':') || !value.starts_with('{') && value.contains(": ") || message.contains("mapping values")
    {
        (
            "同一行又有一个冒号：含有冒号和空格的文字要加引号",
            "another colon on the line: a text with a colon and a space needs quotes",
        )
    } else if message.contains("flow mapping") || value.contains('{') {
        ("花括号用得不对；含有 { } 的文字要加引号", "wrong braces: a text with braces needs quotes")
    } else if message.contains("quote") || message.contains("scalar") {
        ("引号没有配对", "a quote is not closed")
    } else {
        (
            "缩进或标点有误：每个字段一行，写作“名称: 值”，同级字段对齐",
            "wrong indentation or punctuation: a field a line, name: value, aligned",
        )
    };
    Text::new(format!("格式有误：{zh}"), format!("{en} ({own})"))
}
