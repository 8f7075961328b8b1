//! Errors as `google.rpc.Status`, with details for programs.

use std::{borrow::Cow, collections::HashMap};

use prost::Message;

use super::google::rpc::{BadRequest, ErrorInfo, RetryInfo, Status, bad_request::FieldViolation};
use crate::{
    engine::mask::mask,
    submission::{Error, Fault},
    words::Language,
};

/// The domain of all reasons.
pub const DOMAIN: &str = "gouji";

/// The most bytes of an error's details, and the most characters of its message: both travel in trailers, and clients
/// and proxies reject trailers of more than 4 KB. Encoded there, a character takes up to nine bytes, and three bytes
/// of details take four.
const MAX_DETAILS: usize = 1_900;
const MAX_MESSAGE: usize = 110;
/// The most characters of a field's name, and of what was expected of it.
const MAX_FIELD: usize = 200;
const MAX_EXPECTED: usize = 150;

/// An error as a message: code, words, reason, and as many faulty fields as fit; the reason's metadata has the total
/// number under `violations`.
pub fn status(error: &Error, language: Language) -> Status {
    let Error { reason, message, faults, facts, retry_after_ms } = error;
    let mut info = ErrorInfo { reason: reason.name().into(), domain: DOMAIN.into(), metadata: HashMap::new() };
    let mut request = BadRequest::default();
    let mut room = MAX_DETAILS;
    for fault in faults {
        let violation = FieldViolation {
            field: cut(&fault.field, MAX_FIELD),
            description: cut(fault.expected.in_language(language), MAX_EXPECTED),
            reason: fault.kind.name().to_owned(),
        };
        let Some(left) = room.checked_sub(violation.encoded_len() + 4) else { break };
        room = left;
        request.field_violations.push(violation);
    }
    if !faults.is_empty() {
        info.metadata.insert("violations".into(), faults.len().to_string());
    }
    info.metadata.extend(facts.iter().map(|(name, fact)| ((*name).to_owned(), cut(fact, MAX_FIELD))));
    let mut details = vec![any("google.rpc.ErrorInfo", &info)];
    if !faults.is_empty() {
        details.push(any("google.rpc.BadRequest", &request));
    }
    if let Some(back) = *retry_after_ms {
        let nanos = i32::try_from(back % 1_000 * 1_000_000).unwrap_or_default();
        let seconds = i64::from(back / 1_000);
        let retry_delay = Some(pbjson_types::Duration { seconds, nanos });
        details.push(any("google.rpc.RetryInfo", &RetryInfo { retry_delay }));
    }
    let message = with_field(message.in_language(language), faults.first(), language);
    Status { code: reason.code(), message: cut(&message, MAX_MESSAGE), details }
}

/// A message that names the first faulty field: whoever sends several documents would not know which is meant.
fn with_field<'a>(message: &'a str, first: Option<&Fault>, language: Language) -> Cow<'a, str> {
    match first.filter(|fault| !fault.field.is_empty() && !message.contains(&fault.field)) {
        None => message.into(),
        Some(Fault { field, .. }) => match language {
            Language::Zh => format!("{field}：{message}").into(),
            Language::En => format!("{field}: {message}").into(),
        },
    }
}

/// A text of at most `most` characters, with personal numbers masked.
fn cut(text: &str, most: usize) -> String {
    let text = mask(text).into_owned();
    match text.char_indices().nth(most) {
        None => text,
        Some(_) => text.chars().take(most - 1).chain(['…']).collect(),
    }
}

fn any(name: &str, message: &impl Message) -> pbjson_types::Any {
    pbjson_types::Any { type_url: format!("type.googleapis.com/{name}"), value: message.encode_to_vec().into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        submission::{FaultKind, Reason},
        words::Text,
    };

    #[test]
    fn a_message_names_the_field_and_says_what_was_expected_once() {
        let fault =
            |expected| Fault { kind: FaultKind::Malformed, field: "previous.document.content".into(), expected };
        let words = Text::fixed("不是报告", "it is no report");
        let error = Error { faults: vec![fault(words.clone())], ..Error::plain(Reason::NotAReport, words) };
        assert_eq!(status(&error, Language::Zh).message, "previous.document.content：不是报告");
        assert_eq!(status(&error, Language::En).message, "previous.document.content: it is no report");
        let error = Error::invalid(vec![fault(Text::fixed("应为一份文件", "must be a document"))]);
        assert_eq!(status(&error, Language::Zh).message, "请求有误：previous.document.content 应为一份文件");
    }

    #[test]
    fn whatever_is_wrong_fits_into_the_trailers_that_clients_take() {
        let long = "错".repeat(20_000);
        for (message, fault) in [("请求有误", "subject.report.sections[12].number"), (long.as_str(), long.as_str())]
        {
            let fault = Fault {
                kind: FaultKind::Malformed,
                field: fault.into(),
                expected: Text::same(fault.to_owned() + "应为 1990 至 2100 的年份"),
            };
            let error = Error { message: Text::same(message), ..Error::invalid(vec![fault; 2_000]) };
            let status = status(&error, Language::Zh);
            // Encoded as tonic does: a percent sign and two digits for each byte, base64.
            let encoded = status.message.len() * 3 + status.encoded_len().div_ceil(3) * 4;
            assert!(encoded < 3_900, "{encoded} bytes of trailers");
            let info = ErrorInfo::decode(status.details[0].value.clone()).unwrap();
            let request = BadRequest::decode(status.details[1].value.clone()).unwrap();
            assert_eq!(info.metadata["violations"], "2000");
            assert!(!request.field_violations.is_empty());
        }
    }
}
