//! Why a caller's request can't be fulfilled.

use std::time::Duration;

use super::fault::Fault;
use crate::words::Text;

/// Why a caller's request can't be fulfilled, never because of what a report says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// For programs.
    pub reason: Reason,
    /// For people.
    pub message: Text,
    /// The faulty fields of the request.
    pub faults: Vec<Fault>,
    /// What programs may want to know besides, by name: `ErrorInfo.metadata`.
    pub facts: Vec<(&'static str, String)>,
    /// After how many milliseconds to try again, where that helps.
    pub retry_after_ms: Option<u32>,
}

/// The reason for programs. The table below gives its name and its codes in the transports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Fields of the request are invalid.
    InvalidRequest,
    /// The bytes are not a message of the method's type.
    MalformedMessage,
    /// The message is larger than the limit, or contains more than its size allows.
    MessageTooLarge,
    /// The document is larger than the limit.
    DocumentTooLarge,
    /// The document's format is not supported.
    UnsupportedFormat,
    /// The document's bytes are invalid.
    UnreadableDocument,
    /// The document is not a report.
    NotAReport,
    /// There is no such rule.
    RuleNotFound,
    /// A different rule set from the requested one is in force.
    RuleSetChanged,
    /// The answer is larger than the limit.
    ResponseTooLarge,
    /// There is no such method, or no such compression.
    Unsupported,
    /// Time ran out before there was an answer.
    DeadlineExceeded,
    /// The service is shutting down.
    ShuttingDown,
    /// Who calls is not known.
    Unauthenticated,
    /// The caller may not do this.
    PermissionDenied,
    /// The caller makes more calls than are allowed.
    TooManyCalls,
    /// A file could not be read; only on the command line.
    FileNotRead,
    /// An internal error of this program.
    Internal,
    /// There is more to do than can be done in time.
    Overloaded,
    /// The check took longer than the operator allows.
    TimeLimit,
    /// The processes that read the document were ended from outside.
    ReaderLost,
}

impl Reason {
    /// Its name, the code of `google.rpc.Code`, and the HTTP status.
    const fn row(self) -> (&'static str, i32, u16) {
        match self {
            Self::InvalidRequest => ("INVALID_REQUEST", 3, 400),
            Self::MalformedMessage => ("MALFORMED_MESSAGE", 3, 400),
            Self::MessageTooLarge => ("MESSAGE_TOO_LARGE", 8, 413),
            Self::DocumentTooLarge => ("DOCUMENT_TOO_LARGE", 8, 413),
            Self::UnsupportedFormat => ("UNSUPPORTED_FORMAT", 3, 415),
            Self::UnreadableDocument => ("UNREADABLE_DOCUMENT", 3, 422),
            Self::NotAReport => ("NOT_A_REPORT", 3, 422),
            Self::RuleNotFound => ("RULE_NOT_FOUND", 5, 404),
            Self::RuleSetChanged => ("RULE_SET_CHANGED", 9, 412),
            Self::ResponseTooLarge => ("RESPONSE_TOO_LARGE", 8, 413),
            Self::Unsupported => ("UNSUPPORTED", 12, 501),
            Self::DeadlineExceeded => ("DEADLINE_EXCEEDED", 4, 504),
            Self::ShuttingDown => ("SHUTTING_DOWN", 14, 503),
            Self::Unauthenticated => ("UNAUTHENTICATED", 16, 401),
            Self::PermissionDenied => ("PERMISSION_DENIED", 7, 403),
            Self::TooManyCalls => ("TOO_MANY_CALLS", 8, 429),
            Self::FileNotRead => ("FILE_NOT_READ", 5, 404),
            Self::Internal => ("INTERNAL", 13, 500),
            Self::Overloaded => ("OVERLOADED", 14, 503),
            Self::TimeLimit => ("TIME_LIMIT", 8, 413),
            Self::ReaderLost => ("READER_LOST", 14, 503),
        }
    }

    /// The reason's name in errors.
    pub const fn name(self) -> &'static str {
        self.row().0
    }

    /// The code of `google.rpc.Code` for the reason.
    pub const fn code(self) -> i32 {
        self.row().1
    }

    /// The HTTP status for the reason.
    pub const fn http_status(self) -> u16 {
        self.row().2
    }
}

impl Error {
    /// Some fields of the request are invalid.
    pub fn invalid(faults: Vec<Fault>) -> Self {
        let first = faults.first().map(|fault| (fault.field.as_str(), &fault.expected));
        let (zh, en) = first.map_or_else(Default::default, |(field, expected)| {
            (format!("{field} {}", expected.zh), format!("{field} {}", expected.en))
        });
        let (more_zh, more_en) = match faults.len() {
            ..=1 => (String::new(), String::new()),
            all => (format!("（共 {all} 处有误）"), format!(" ({all} faults)")),
        };
        let message = Text::new(format!("请求有误：{zh}{more_zh}"), format!("the request is invalid: {en}{more_en}"));
        Self { faults, ..Self::plain(Reason::InvalidRequest, message) }
    }

    /// Says after how long to try again.
    pub fn after(self, back: Duration) -> Self {
        Self { retry_after_ms: Some(u32::try_from(back.as_millis()).unwrap_or(u32::MAX)), ..self }
    }

    /// Adds what programs may want to know.
    pub fn with(mut self, name: &'static str, fact: impl ToString) -> Self {
        self.facts.push((name, fact.to_string()));
        self
    }

    /// An error without faulty fields.
    pub const fn plain(reason: Reason, message: Text) -> Self {
        Self { reason, message, faults: Vec::new(), facts: Vec::new(), retry_after_ms: None }
    }

    /// The bytes are not a message of the requested type.
    pub const fn malformed(why: Text) -> Self {
        Self::plain(Reason::MalformedMessage, why)
    }

    /// Time ran out before there was an answer.
    pub const fn out_of_time() -> Self {
        Self::plain(
            Reason::DeadlineExceeded,
            Text::fixed("时限已到，尚未完成检查", "out of time before the check was done"),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_a_name_of_its_own_and_codes_that_agree() {
        use Reason as R;
        let all = [
            R::InvalidRequest,
            R::MalformedMessage,
            R::MessageTooLarge,
            R::DocumentTooLarge,
            R::UnsupportedFormat,
            R::UnreadableDocument,
            R::NotAReport,
            R::RuleNotFound,
            R::RuleSetChanged,
            R::ResponseTooLarge,
            R::Unsupported,
            R::DeadlineExceeded,
            R::ShuttingDown,
            R::Unauthenticated,
            R::PermissionDenied,
            R::TooManyCalls,
            R::FileNotRead,
            R::Internal,
            R::Overloaded,
            R::TimeLimit,
            R::ReaderLost,
        ];
        let names: std::collections::BTreeSet<&str> = all.iter().map(|reason| reason.name()).collect();
        assert_eq!(names.len(), all.len());
        // An error of the caller in one transport must not be ours in the other.
        for reason in all {
            let ours = matches!(reason.code(), 4 | 12 | 13 | 14);
            assert_eq!(ours, reason.http_status() >= 500, "{}", reason.name());
        }
    }
}
