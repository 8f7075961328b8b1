//! From a request message to the response message: what every transport and every embedder does between its bytes.

use crate::{
    checker::{Checked, Checker},
    deadline::Deadline,
    submission::{Error, Faults},
    wire::{
        assessment::response_to,
        filing::{MAX_WAIVERS, language_from, request_from},
        json,
        received::CheckReport,
        status::status,
        v1::{self, check_reports_response::Result as Answer},
    },
    words::Language,
};

/// An answer, and what it was made from.
pub struct Answered {
    /// The report as read, and its assessment.
    pub checked: Checked,
    /// The response message.
    pub response: v1::CheckReportResponse,
}

/// Answers a request. `waivers_count` says whether the request's waivers count.
///
/// # Errors
///
/// An [`Error`] if the check could not be made, never because of what the report says.
pub fn answer(
    checker: &Checker,
    request: CheckReport,
    waivers_count: bool,
    deadline: &Deadline,
) -> Result<Answered, Error> {
    let unknown = checker.unknown(&request.message.profile, waived(&request.message));
    let (mut submission, manner) = match request_from(request) {
        Ok(read) if unknown.is_empty() => read,
        // All that is wrong is told at once.
        read => return Err(Error::invalid(read.err().into_iter().flatten().chain(unknown).collect())),
    };
    submission.waivers_count = waivers_count;
    let checked = checker.check(submission, deadline)?;
    let response = response_to(&checked, manner);
    Ok(Answered { checked, response })
}

/// The codes of rules whose findings a request's waivers cover, each with the waiver's place; those that are no codes are
/// told otherwise.
fn waived(request: &v1::CheckReportRequest) -> impl Iterator<Item = (usize, &str)> {
    request.waivers.iter().take(MAX_WAIVERS).enumerate().filter_map(|(at, waiver)| match &waiver.covers {
        Some(v1::waiver::Covers::Rule(rule)) if !rule.code.trim().is_empty() => Some((at, rule.code.as_str())),
        _ => None,
    })
}

/// Answers a `CheckReportRequest` in JSON with a `CheckReportsResponse` in JSON, without a key.
pub fn answer_json(checker: &Checker, request: &[u8], deadline: &Deadline) -> String {
    let answered = json::read::<v1::CheckReportRequest>(request)
        .map_err(|why| (Error::malformed(why), Language::Zh))
        .and_then(|request| {
            let language = language_from(request.language, &mut Faults::default());
            answer(checker, request.into(), false, deadline).map_err(|error| (error, language))
        });
    let result = match answered {
        Ok(answered) => Answer::Response(answered.response),
        Err((error, language)) => Answer::Error(status(&error, language)),
    };
    json::write(&v1::CheckReportsResponse { key: String::new(), sequence: 0, result: Some(result) })
}
