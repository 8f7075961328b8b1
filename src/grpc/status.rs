//! Errors as gRPC statuses, each with a reason that programs can act on.

use prost::Message;
use tonic::{Code, Status, metadata::MetadataValue};

use crate::{
    service::Refused,
    submission::{Error, Fault, Reason},
    wire::{self, google::rpc},
    words::{Language, Text},
};

/// An error as a status, with its reason and the faulty fields.
pub(super) fn of_error(error: &Error, language: Language) -> Status {
    let message = wire::status::status(error, language);
    let details = message.encode_to_vec().into();
    let mut status = Status::with_details(Code::from_i32(message.code), message.message, details);
    // Stock clients wait by this alone.
    if let Some(back) = error.retry_after_ms {
        let pushback = MetadataValue::from(back);
        status.metadata_mut().insert("grpc-retry-pushback-ms", pushback);
    }
    status
}

/// The error of a call of whose message nothing was read, so that the caller's language isn't known: in both.
pub(super) fn of_unread(error: &Error) -> Status {
    let both = |text: &Text| match text.zh == text.en {
        true => text.clone(),
        false => Text::same(format!("{} / {}", text.zh, text.en)),
    };
    let fault = |fault: &Fault| Fault { expected: both(&fault.expected), ..fault.clone() };
    let faults = error.faults.iter().map(fault).collect();
    of_error(&Error { message: both(&error.message), faults, ..error.clone() }, Language::Zh)
}

/// The reason that a status gives.
pub(super) fn reason_of(status: &Status) -> Option<String> {
    let details = rpc::Status::decode(status.details()).ok()?.details;
    let info = details.into_iter().find(|any| any.type_url.ends_with("google.rpc.ErrorInfo"))?;
    rpc::ErrorInfo::decode(info.value).ok().map(|info| info.reason)
}

/// Why the service refused a call, as a status.
pub(super) fn of_refused(refused: Refused) -> Status {
    of_error(&refused.error, refused.language)
}

/// tonic's own complaint about a message, with a reason added. tonic gives none, and uses codes that other
/// implementations don't.
pub(super) fn explained(plain: &Status) -> Option<Status> {
    if !plain.details().is_empty() {
        return None;
    }
    let said = plain.message();
    let malformed = ["decode", "Unexpected EOF", "protocol error", "compression flag", "decompress"];
    let (reason, zh, en) = match plain.code() {
        // The latter of what is compressed.
        Code::OutOfRange | Code::ResourceExhausted => {
            (Reason::MessageTooLarge, "消息超过大小上限", "the message is larger than the limit")
        }
        Code::Internal if malformed.iter().any(|sign| said.contains(sign)) => {
            (Reason::MalformedMessage, "收到的字节不是所要求的消息", "these bytes are not the message")
        }
        Code::Internal if said.contains("Missing request message") => {
            (Reason::MalformedMessage, "没有收到消息", "there is no message")
        }
        Code::Unimplemented => (Reason::Unsupported, "没有此方法或压缩方式", "no such method or encoding"),
        Code::Cancelled | Code::DeadlineExceeded => (Reason::DeadlineExceeded, "时限已到", "out of time"),
        _ => return None,
    };
    let en = if said.is_empty() { en.to_owned() } else { format!("{en}: {said}") };
    Some(of_unread(&Error::plain(reason, Text::new(zh, en))))
}
