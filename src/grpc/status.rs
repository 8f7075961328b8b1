//! Errors as gRPC statuses, each with a reason that programs can act on.

use prost::Message;
use tonic::{Code, Status};

use crate::{
    checker::Error,
    report::{Fault, Language},
    wire,
};

/// A status with its reason and the faulty fields.
pub(super) fn status(code: Code, reason: &str, message: &str, faults: &[Fault], language: Language) -> Status {
    let details = wire::status::status(code as i32, reason, message, faults, language);
    Status::with_details(code, details.message.clone(), details.encode_to_vec().into())
}

/// What the checker says as a status.
pub(super) fn of_error(error: &Error, language: Language) -> Status {
    let (code, message) = (Code::from_i32(error.reason.code()), error.message.in_language(language));
    status(code, error.reason.name(), message, &error.faults, language)
}

/// The service is about to end.
pub(super) fn shutting_down() -> Status {
    status(
        Code::Unavailable,
        "SHUTTING_DOWN",
        "服务正在停止，请稍后重试 / the service is shutting down",
        &[],
        Language::Zh,
    )
}

/// What tonic itself says of a message, with a reason. tonic gives none, and takes codes that
/// other implementations do not.
pub(super) fn explained(plain: &Status) -> Option<Status> {
    if !plain.details().is_empty() {
        return None;
    }
    let said = plain.message();
    let malformed = ["decode", "Unexpected EOF", "protocol error", "compression flag", "decompress"];
    let (code, reason, words) = match plain.code() {
        Code::OutOfRange => {
            (Code::ResourceExhausted, "MESSAGE_TOO_LARGE", "消息超过大小上限 / the message is larger than the limit")
        }
        Code::Internal if malformed.iter().any(|sign| said.contains(sign)) => {
            (Code::InvalidArgument, "MALFORMED_MESSAGE", "收到的字节不是所要求的消息 / these bytes are not the message")
        }
        Code::Unimplemented => {
            (Code::Unimplemented, "UNSUPPORTED", "没有此方法或压缩方式 / no such method or encoding")
        }
        Code::Cancelled | Code::DeadlineExceeded => {
            (Code::DeadlineExceeded, "DEADLINE_EXCEEDED", "时限已到 / out of time")
        }
        _ => return None,
    };
    Some(status(code, reason, &format!("{words}: {said}"), &[], Language::Zh))
}
