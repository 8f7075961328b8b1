//! A report in a file of JSON.

use serde_json::{Map, Value};

use super::{
    json, v1,
    wrong::{Wrong, place},
};
use crate::words::Text;

/// A report in JSON. What `gouji extract` tells of its text beside it is no part of it; what is no report is told what
/// to do with it.
///
/// # Errors
///
/// Where the JSON is no report: the field, and what was expected there.
pub fn report_in_file(bytes: &[u8]) -> Result<v1::AnnualReport, Wrong> {
    let mut values = serde_json::Deserializer::from_slice(bytes);
    let value: Result<Value, _> = serde_path_to_error::deserialize(&mut values);
    let mut value = value.map_err(|error| Wrong::from_parser(error, None))?;
    if let Some(why) = no_report(&value) {
        return Err(Wrong::whole(why));
    }
    values.end().map_err(|error| {
        let Text { zh, en } = place(&error);
        Wrong::whole(Text::new(
            format!("报告之后还有内容（{zh}）；一个文件只放一份报告"),
            format!("there is more after the report ({en}): a file holds one report"),
        ))
    })?;
    let beside = value.as_object_mut().and_then(|fields| fields.remove("statements"));
    let report = json::from_value(&value)?;
    if beside.is_some() {
        return Ok(report);
    }
    // A value keeps the last of two fields of one name, which would pass without a word.
    let mut again = serde_json::Deserializer::from_slice(bytes);
    serde_path_to_error::deserialize(&mut again).map_err(|error| Wrong::from_parser(error, Some(&value)))
}

/// What JSON is that is no report, and what to do instead.
fn no_report(value: &Value) -> Option<Text> {
    match value {
        Value::Object(fields) => other_message(fields),
        Value::Array(_) => Some(Text::fixed(
            "应为一份报告（花括号中的对象），实际为数组；多份报告请每份存为一个文件",
            "expected one report (an object), not an array: keep each report in a file of its own",
        )),
        _ => Some(Text::fixed("应为一份报告（花括号中的对象）", "expected one report (an object)")),
    }
}

/// The messages that are taken for reports, each told by fields that no report has.
fn other_message(fields: &Map<String, Value>) -> Option<Text> {
    let has = |names: &[&str]| names.iter().any(|name| fields.contains_key(*name));
    if has(&["response", "assessment", "verdict", "findings"]) || has(&["error"]) && has(&["key", "sequence"]) {
        return Some(Text::fixed(
            "这是检查结果，不是报告；要与以前的检查结果比较，请用 --baseline 给出",
            "this is the result of a check, not a report: to compare with it, name it as --baseline",
        ));
    }
    if has(&["subject", "request"]) {
        return Some(Text::fixed(
            "这是检查请求，不是报告；请将其中 subject.report 的内容另存为一个文件",
            "this is a request, not a report: keep what its subject.report holds in a file of its own",
        ));
    }
    has(&["report"]).then(|| {
        Text::fixed(
            "报告在 report 字段中；请将该字段的内容另存为一个文件",
            "the report is in the field report: keep what that holds in a file of its own",
        )
    })
}
