//! Errors as `google.rpc.Status`, with the details that programs act on.

use std::collections::HashMap;

use prost::Message;

use super::google::rpc::{BadRequest, ErrorInfo, Status, bad_request::FieldViolation};
use crate::report::{Fault, Language};

/// The domain of all reasons.
pub const DOMAIN: &str = "gouji";

/// An error as a message: code, words, reason, and the faulty fields.
pub fn status(code: i32, reason: &str, message: &str, faults: &[Fault], language: Language) -> Status {
    let info = ErrorInfo { reason: reason.into(), domain: DOMAIN.into(), metadata: HashMap::new() };
    let mut details = vec![any("google.rpc.ErrorInfo", &info)];
    if !faults.is_empty() {
        let violations = faults.iter().map(|fault| FieldViolation {
            field: fault.field.clone(),
            description: fault.expected.in_language(language).to_owned(),
        });
        details.push(any("google.rpc.BadRequest", &BadRequest { field_violations: violations.collect() }));
    }
    Status { code, message: message.into(), details }
}

fn any(name: &str, message: &impl Message) -> pbjson_types::Any {
    pbjson_types::Any { type_url: format!("type.googleapis.com/{name}"), value: message.encode_to_vec().into() }
}
