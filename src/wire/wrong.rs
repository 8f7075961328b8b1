//! What is wrong with JSON, in words for whoever wrote it: never in those of the parser's language.

use serde_json::{Value, error::Category};

use crate::words::{Text, spelling::instead};

/// Something wrong with JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The path of the field; empty for the whole.
    pub path: String,
    /// What is wrong there, and what was expected.
    pub why: Text,
}

impl Wrong {
    /// A whole that is wrong.
    pub const fn whole(why: Text) -> Self {
        Self { path: String::new(), why }
    }

    /// One sentence, with the place.
    pub fn told(&self) -> Text {
        let Self { path, why } = self;
        match path.as_str() {
            "" => why.clone(),
            _ => Text::new(
                format!("JSON 有误，位置 {path}：{}", why.zh),
                format!("the JSON is wrong at {path}: {}", why.en),
            ),
        }
    }

    /// What a parser's error says; `whole` is what it read, if that was kept.
    pub(super) fn from_parser(error: serde_path_to_error::Error<serde_json::Error>, whole: Option<&Value>) -> Self {
        let mut path = error.path().to_string();
        let error = error.into_inner();
        let message = error.to_string();
        let (said, _) = message.rsplit_once(" at line ").unwrap_or((&message, ""));
        let Text { zh: place_zh, en: place_en } = match place(&error) {
            place if place.zh.is_empty() => place,
            Text { zh, en } => Text::new(format!("（{zh}）"), format!(" ({en})")),
        };
        let Text { zh, en } = match error.classify() {
            Category::Data => {
                let unknown = said.strip_prefix("unknown field `").and_then(|rest| rest.split_once('`'));
                if let Some((field, _)) = unknown.filter(|(field, _)| !ends_with(&path, field)) {
                    path = joined(&path, field);
                }
                about_content(said, &path, whole)
            }
            Category::Syntax | Category::Eof | Category::Io => {
                // Where the parser stopped is told by line and column; it knows no field there.
                path = String::new();
                about_syntax(said)
            }
        };
        Self {
            path: if path == "." { String::new() } else { path },
            why: Text::new(format!("{zh}{place_zh}"), format!("{en}{place_en}")),
        }
    }
}

/// Where a parser stopped. It counts columns behind the last line break: where it stopped at the break itself, or nothing
/// follows, that is the end of the line before.
pub(super) fn place(error: &serde_json::Error) -> Text {
    match (error.line(), error.column()) {
        (0, _) => Text::default(),
        (1, 0) => Text::fixed("第 1 行", "line 1"),
        (next, 0) => Text::new(format!("第 {} 行末尾", next - 1), format!("at the end of line {}", next - 1)),
        (line, column) => Text::new(format!("第 {line} 行第 {column} 列"), format!("line {line}, column {column}")),
    }
}

/// A path with one more field.
pub fn joined(path: &str, field: &str) -> String {
    match (path.trim_end_matches(".?"), field) {
        ("" | "." | "?", field) => field.to_owned(),
        (path, "") => path.to_owned(),
        (path, field) if field.starts_with('[') => format!("{path}{field}"),
        (path, field) => format!("{path}.{field}"),
    }
}

fn ends_with(path: &str, field: &str) -> bool {
    path.rsplit('.').next() == Some(field)
}

/// What is wrong with JSON that is none.
fn about_syntax(said: &str) -> Text {
    let (zh, en) = match said {
        said if said.starts_with("EOF while parsing") => ("内容不完整，结尾处缺少括号或引号", "it ends too early"),
        "trailing characters" => ("JSON 之后还有内容", "there is more after the JSON"),
        "trailing comma" => ("最后一项之后多了逗号", "there is a comma after the last item"),
        "key must be a string" => ("字段名应加双引号", "a field's name needs double quotes"),
        "expected `:`" => ("字段名之后缺少冒号", "a colon is missing after a field's name"),
        "expected `,` or `}`" | "expected `,` or `]`" => ("缺少逗号或括号", "a comma or a bracket is missing"),
        "recursion limit exceeded" => ("嵌套过深", "it is nested too deeply"),
        "invalid number" | "number out of range" => ("数字写法有误", "a number is written wrongly"),
        said if said.starts_with("control character") => {
            ("文字中的换行等应写作 \\n", "a line break in a text is written \\n")
        }
        said if said.contains("escape") || said.contains("surrogate") => {
            ("文字中的转义（反斜杠）写法有误", "an escape with a backslash is written wrongly")
        }
        _ => ("此处不是有效的 JSON", "this is no JSON"),
    };
    Text::new(format!("JSON 语法有误：{zh}"), format!("the JSON is wrong: {en}"))
}

/// What is wrong with the content of a field.
fn about_content(said: &str, path: &str, whole: Option<&Value>) -> Text {
    let name = path.rsplit('.').next().unwrap_or_default();
    let name = name.split('[').next().unwrap_or_default();
    unknown_field(said)
        .or_else(|| unknown_value(said, name))
        .or_else(|| no_number(said, path, whole))
        .or_else(|| other_type(said))
        .unwrap_or_else(|| match said.strip_prefix("duplicate field `") {
            Some(field) => {
                let field = field.trim_end_matches('`');
                Text::new(format!("字段 {field} 重复"), format!("the field {field} is there twice"))
            }
            None => Text::new(format!("与接口定义不符（{said}）"), said),
        })
}

/// Names in backquotes after "expected": fields have two spellings each, of which that of the contract is told.
fn listed(rest: &str) -> Vec<&str> {
    rest.split('`').skip(1).step_by(2).collect()
}

/// Shortens "unknown field `x`, expected one of `a`, `b`": a message has many fields.
fn unknown_field(said: &str) -> Option<Text> {
    let (field, rest) = said.strip_prefix("unknown field `")?.split_once('`')?;
    let all = listed(rest);
    let other_spelling = |name: &str| {
        let same = |own: &&str| *own != name && own.replace('_', "") == name;
        name.contains(char::is_uppercase) || all.iter().any(same)
    };
    let known: Vec<&str> = all.iter().copied().filter(|name| !other_spelling(name)).collect();
    let (zh, en) = instead(field, &known);
    Some(Text::new(format!("没有 {field} 这个字段{zh}"), format!("there is no field {field}{en}")))
}

/// A value that an enumeration doesn't have, by name or by number.
fn unknown_value(said: &str, name: &str) -> Option<Text> {
    let (value, known) = match said.strip_prefix("unknown variant `") {
        Some(rest) => {
            let (value, rest) = rest.split_once('`')?;
            (value.to_owned(), listed(rest))
        }
        None => {
            let (found, known) = said.split_once(", expected expected one of: [")?;
            let (_, found) = found.split_once(": ")?;
            (actual(found).zh.trim().to_owned(), known.split('"').skip(1).step_by(2).collect())
        }
    };
    // Whoever leaves a field open leaves it out.
    let known: Vec<&str> = known.into_iter().filter(|known| !known.ends_with("_UNSPECIFIED")).collect();
    Some(Text::new(
        format!("{value} 不是 {name} 的取值，应为 {} 之一", known.join("、")),
        format!("{value} is no value of {name}: one of {}", known.join(", ")),
    ))
}

/// A number that is none, or not a whole one: the parser tries text and number, and then only says that neither fits.
fn no_number(said: &str, path: &str, whole: Option<&Value>) -> Option<Text> {
    let is_untagged = said.starts_with("data did not match any variant");
    let is_number = is_untagged || said.starts_with("invalid digit") || said.starts_with("number too") || {
        said.starts_with("cannot parse integer") || said.starts_with("invalid float")
    };
    let found = whole.and_then(|whole| whole.pointer(&pointer(path))).map(Value::to_string).unwrap_or_default();
    let (zh, en) = match found.is_empty() {
        true => Default::default(),
        false => (format!("，实际为 {found}"), format!(", not {found}")),
    };
    is_number.then(|| Text::new(format!("应为整数{zh}"), format!("expected a whole number{en}")))
}

/// A JSON pointer (RFC 6901) from a path: `sections[0].number` → `/sections/0/number`.
fn pointer(path: &str) -> String {
    path.split(['.', '[']).map(|part| format!("/{}", part.trim_end_matches(']'))).collect()
}

/// "invalid type: string "x", expected a boolean".
fn other_type(said: &str) -> Option<Text> {
    let rest = said.strip_prefix("invalid type: ").or_else(|| said.strip_prefix("invalid value: "))?;
    let (found, expected) = rest.rsplit_once(", expected ")?;
    let (found, expected) = (actual(found), wanted(expected));
    Some(Text::new(
        format!("应为{}，实际为{}", expected.zh, found.zh),
        format!("expected {}, not {}", expected.en, found.en),
    ))
}

fn wanted(expected: &str) -> Text {
    match expected {
        "a boolean" => Text::fixed(" true 或 false", "true or false"),
        "a string" | "a borrowed string" => Text::fixed("文字（加双引号）", "a text in double quotes"),
        "a sequence" => Text::fixed("数组", "an array"),
        "a map" => Text::fixed("对象（花括号）", "an object"),
        "i32" | "u32" | "i64" | "u64" => Text::fixed("整数", "a whole number"),
        expected if expected.starts_with("struct ") => Text::fixed("对象（花括号）", "an object"),
        expected => Text::same(format!(" {expected}")),
    }
}

fn actual(found: &str) -> Text {
    match found {
        "null" | "unit value" | "Option value" => Text::fixed(" null", "null"),
        "sequence" => Text::fixed("数组", "an array"),
        "map" => Text::fixed("对象（花括号）", "an object"),
        found => match found.split_once(' ') {
            Some(("string", text)) => Text::new(format!("文字 {text}"), format!("the text {text}")),
            _ => Text::same(found.split('`').nth(1).map_or_else(|| format!(" {found}"), |number| format!(" {number}"))),
        },
    }
}

#[cfg(test)]
mod tests {
    use crate::wire::report_file::report_in_file;

    #[test]
    fn what_is_wrong_is_said_in_the_writers_words_with_line_and_column_or_the_field() {
        let wrong = |json: &str| {
            let wrong = report_in_file(json.as_bytes()).expect_err("it is wrong");
            (wrong.path, wrong.why.zh.into_owned())
        };
        for (json, path, why) in [
            (
                r#"{"edition": "EDITION_2030"}"#,
                "edition",
                "EDITION_2030 不是 edition 的取值，应为 EDITION_2019、EDITION_2021、EDITION_LEGACY 之一",
            ),
            (
                r#"{"edition": 17}"#,
                "edition",
                "17 不是 edition 的取值，应为 EDITION_2019、EDITION_2021、EDITION_LEGACY 之一",
            ),
            (r#"{"year": 2023.0}"#, "year", "应为整数，实际为 2023.0"),
            (r#"{"sections": [{}, {"number": "x"}]}"#, "sections[1].number", "应为整数，实际为 \"x\""),
            (r#"{"body": {"nmae": "x"}}"#, "body.nmae", "没有 nmae 这个字段，是否为 name？"),
            (r#"{"body": 5}"#, "body", "应为对象（花括号），实际为 5"),
            (r#"{"title": 5}"#, "title", "应为文字（加双引号），实际为 5"),
            (r#"{"sections": {}}"#, "sections", "应为数组，实际为对象（花括号）"),
            ("{\n  \"year\" 2023}", "", "JSON 语法有误：字段名之后缺少冒号（第 2 行第 10 列）"),
            ("{\"year\": 2023", "", "JSON 语法有误：内容不完整，结尾处缺少括号或引号（第 1 行第 13 列）"),
            ("{\"year\": 2023,}", "", "JSON 语法有误：最后一项之后多了逗号（第 1 行第 15 列）"),
            ("年", "", "JSON 语法有误：此处不是有效的 JSON（第 1 行第 1 列）"),
            // No place is in column 0.
            ("{\"year\": 2023\n", "", "JSON 语法有误：内容不完整，结尾处缺少括号或引号（第 1 行末尾）"),
            ("{\n\"title\": \"甲\n乙\"}", "", "JSON 语法有误：文字中的换行等应写作 \\n（第 2 行末尾）"),
            ("", "", "JSON 语法有误：内容不完整，结尾处缺少括号或引号（第 1 行）"),
            ("{}\n\n[]", "", "报告之后还有内容（第 3 行第 1 列）；一个文件只放一份报告"),
        ] {
            assert_eq!(wrong(json), (path.to_owned(), why.to_owned()), "{json}");
        }
    }

    #[test]
    fn what_is_no_report_is_told_what_to_do_with_it() {
        let why = |json: &str| report_in_file(json.as_bytes()).expect_err("no report").why.zh.into_owned();
        assert!(why("[]").contains("每份存为一个文件"));
        assert!(why("5").contains("应为一份报告"));
        assert!(why(r#"{"key": "a", "response": {}}"#).contains("--baseline"));
        assert!(why(r#"{"subject": {}}"#).contains("subject.report"));
        assert!(why(r#"{"report": {}}"#).contains("report 字段"));
        assert!(why("{}\n{}").contains("报告之后还有内容（第 2 行第 1 列）"));
    }
}
