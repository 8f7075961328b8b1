//! JSON: protobuf's own mapping, with the contract's original field names.
//!
//! Generated code handles all messages but `google.rpc.Status`, whose details can be of any type.

use prost::Message;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use serde_json::{Value, json};

use super::google::rpc::{BadRequest, ErrorInfo, Status};
use crate::words::{Text, spelling::instead};

/// Reads a message from JSON; the error says where it is wrong and what was expected there.
pub fn read<T: serde::de::DeserializeOwned>(bytes: &[u8]) -> Result<T, Text> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let message = serde_path_to_error::deserialize(&mut json).map_err(wrong)?;
    let end = json.end();
    end.map_err(|why| Text::new(format!("JSON 之后还有内容：{why}"), format!("there is more after the JSON: {why}")))?;
    Ok(message)
}

/// Reads a message from a JSON value; the error says where it is wrong and what was expected there.
pub fn from_value<T: serde::de::DeserializeOwned>(value: Value) -> Result<T, Text> {
    serde_path_to_error::deserialize(value).map_err(wrong)
}

/// What is wrong with a message, and where; for a misspelt field with the nearest valid one.
fn wrong(error: serde_path_to_error::Error<serde_json::Error>) -> Text {
    let place = error.path().to_string();
    let why = error.into_inner().to_string();
    let Text { zh, en } = unknown_field(&why).unwrap_or_else(|| Text::same(why));
    Text::new(format!("JSON 有误，位置 {place}：{zh}"), format!("the JSON is wrong at {place}: {en}"))
}

/// Shortens "unknown field `x`, expected one of `a`, `b`": fields have two spellings each, and a message has many
/// fields.
fn unknown_field(why: &str) -> Option<Text> {
    let (field, rest) = why.strip_prefix("unknown field `")?.split_once("`, expected ")?;
    let known: Vec<&str> =
        rest.split('`').skip(1).step_by(2).filter(|name| !name.contains(char::is_uppercase)).collect();
    let place = rest.rsplit_once(" at line ").map(|(_, at)| format!(" (line {at})")).unwrap_or_default();
    let (zh, en) = instead(field, &known);
    Some(Text::new(format!("没有 {field} 这个字段{zh}{place}"), format!("there is no field {field}{en}{place}")))
}

/// A message as one line of JSON.
pub fn write(message: &impl Serialize) -> String {
    serde_json::to_string(message).unwrap_or_else(|error| json!({ "error": error.to_string() }).to_string())
}

/// A message as a JSON value.
pub fn value(message: &impl Serialize) -> Value {
    serde_json::to_value(message).unwrap_or_else(|error| json!({ "error": error.to_string() }))
}

impl Serialize for Status {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let details: Vec<Value> = self.details.iter().map(detail).collect();
        json!({ "code": self.code, "message": self.message, "details": details }).serialize(serializer)
    }
}

/// One detail in JSON's mapping of `Any`.
fn detail(any: &pbjson_types::Any) -> Value {
    let bytes = any.value.as_ref();
    match any.type_url.rsplit('/').next() {
        Some("google.rpc.ErrorInfo") => ErrorInfo::decode(bytes)
            .ok()
            .map(|info| json!({ "@type": any.type_url, "reason": info.reason, "domain": info.domain })),
        Some("google.rpc.BadRequest") => BadRequest::decode(bytes).ok().map(|request| {
            let fields = request.field_violations.iter();
            let fields: Vec<Value> =
                fields.map(|it| json!({ "field": it.field, "description": it.description })).collect();
            json!({ "@type": any.type_url, "field_violations": fields })
        }),
        _ => None,
    }
    .unwrap_or_else(|| json!({ "@type": any.type_url }))
}

impl<'de> Deserialize<'de> for Status {
    /// Reads code and message. Details are only for those who receive the message itself.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let code = value.get("code").and_then(Value::as_i64).unwrap_or_default();
        let message = value.get("message").and_then(Value::as_str).unwrap_or_default();
        let code = i32::try_from(code).map_err(|_| D::Error::custom("code: expected an int32"))?;
        Ok(Self { code, message: message.to_owned(), details: Vec::new() })
    }
}
