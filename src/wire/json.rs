//! JSON: protobuf's own mapping, with the contract's original field names.
//!
//! Generated code handles all messages but `google.rpc.Status`, whose details can be of any type.

use prost::Message;
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{DeserializeOwned, Error as _},
};
use serde_json::{Value, json};

use super::{
    google::rpc::{BadRequest, ErrorInfo, Status},
    wrong::{Wrong, place},
};
use crate::words::Text;

/// Reads a message from JSON; the error says where it is wrong and what was expected there.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Text> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let message = serde_path_to_error::deserialize(&mut json);
    let message = message.map_err(|error| Wrong::from_parser(error, None).told())?;
    let end = json.end();
    end.map_err(|why| {
        let Text { zh, en } = place(&why);
        Text::new(format!("JSON 之后还有内容（{zh}）"), format!("there is more after the JSON ({en})"))
    })?;
    Ok(message)
}

/// Reads messages that follow each other, each on a line or on several.
pub fn read_all<T: DeserializeOwned>(text: &str) -> Result<Vec<T>, Text> {
    let values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    let malformed = |why: serde_json::Error| {
        let Text { zh, en } = place(&why);
        Text::new(format!("JSON 有误（{zh}）"), format!("the JSON is wrong ({en})"))
    };
    values.map(|value| from_value(&value.map_err(malformed)?).map_err(|wrong| wrong.told())).collect()
}

/// Reads a message from a JSON value; the error says where it is wrong and what was expected there.
pub fn from_value<T: DeserializeOwned>(value: &Value) -> Result<T, Wrong> {
    serde_path_to_error::deserialize(value).map_err(|error| Wrong::from_parser(error, Some(value)))
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
            let fields: Vec<Value> = fields
                .map(|it| json!({ "field": it.field, "description": it.description, "reason": it.reason }))
                .collect();
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
