//! Submissions, from their messages.

use prost::{Message, bytes::Bytes};
use sha2::{Digest, Sha256};

use super::{
    dates::date_from,
    enums::enum_from,
    manner::Manner,
    received::{CheckReport, list, part},
    report::{body_from, report_from, year_from},
    v1,
    waiver::waiver_from,
};
use crate::{
    submission::{
        Baseline, Content, FINGERPRINT, Fault, FaultKind, Faults, Filing, Hints, Submission, Waiver, is_fingerprint,
    },
    words::{Language, Text},
};

/// The most subordinates per request.
pub const MAX_SUBORDINATES: usize = 1_000;
/// The most fingerprints in a baseline.
pub const MAX_BASELINE: usize = 10_000;
/// The most waivers per request.
pub const MAX_WAIVERS: usize = 1_000;
/// The most packs that a request may pin.
pub const MAX_PINNED: usize = 100;
/// The longest file name, in bytes.
pub const MAX_NAME: usize = 1_024;

/// The submission in a message, or all its faulty fields.
pub fn request_from(request: CheckReport) -> Result<(Submission, Manner), Vec<Fault>> {
    let CheckReport { message, bytes } = request;
    let mut faults = Faults::default();
    let manner = manner_from(&message, &mut faults);
    let subject = filing_from(message.subject, &part(&bytes, 1), "subject", &mut faults);
    let previous =
        message.previous.map(|previous| filing_from(Some(previous), &part(&bytes, 2), "previous", &mut faults));
    if message.subordinates.len() > MAX_SUBORDINATES {
        let (zh, en) = (format!("不得超过 {MAX_SUBORDINATES} 份"), format!("must be at most {MAX_SUBORDINATES}"));
        faults.note(FaultKind::TooMany, "subordinates", Text::new(zh, en));
    }
    if message.subordinates_complete && message.subordinates.is_empty() {
        let (zh, en) = ("在没有提交下级报告时不得为 true", "must be false where no reports of subordinates are sent");
        faults.note(FaultKind::Conflicting, "subordinates_complete", Text::fixed(zh, en));
    }
    let subordinates = message.subordinates.into_iter().take(MAX_SUBORDINATES).enumerate();
    let sent = list(&bytes, 3);
    let subordinates: Vec<Option<Filing>> = subordinates
        .map(|(at, filing)| {
            let sent = sent.get(at).cloned().unwrap_or_default();
            filing_from(Some(filing), &sent, &format!("subordinates[{at}]"), &mut faults)
        })
        .collect();
    let hints = message.hints.map(|hints| hints_from(hints, &mut faults)).unwrap_or_default();
    let as_of = date_from(message.as_of.as_ref(), || "as_of".into(), &mut faults);
    let digest = message.rule_set_digest;
    if !digest.is_empty() {
        check_digest(&digest, "rule_set_digest", &mut faults);
    }
    let pinned_packs = pinned_from(message.pinned_packs, &mut faults);
    let baseline = message.baseline.map(|baseline| baseline_from(baseline, &mut faults));
    if message.waivers.len() > MAX_WAIVERS {
        faults.note(
            FaultKind::TooMany,
            "waivers",
            Text::new(format!("不得超过 {MAX_WAIVERS} 项"), format!("must be at most {MAX_WAIVERS}")),
        );
    }
    let waivers = message.waivers.into_iter().take(MAX_WAIVERS).enumerate();
    let waivers: Vec<Option<Waiver>> =
        waivers.map(|(at, waiver)| waiver_from(waiver, &format!("waivers[{at}]"), &mut faults)).collect();
    let faults = faults.into_list();
    match subject {
        Some(subject) if faults.is_empty() => Ok((
            Submission {
                subject,
                previous: previous.flatten(),
                subordinates: subordinates.into_iter().flatten().collect(),
                subordinates_complete: message.subordinates_complete,
                hints,
                as_of,
                draft: message.draft.unwrap_or_default(),
                rule_set_digest: digest,
                pinned_packs,
                baseline,
                profile: message.profile,
                waivers: waivers.into_iter().flatten().collect(),
                waivers_count: false,
            },
            manner,
        )),
        _ => Err(faults),
    }
}

fn check_digest(digest: &str, field: &str, faults: &mut Faults) {
    if digest.len() != 64 || !digest.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        faults.note(
            FaultKind::Malformed,
            field,
            Text::fixed("应为 64 位十六进制数字", "must be 64 hexadecimal digits"),
        );
    }
}

fn pinned_from(packs: Vec<v1::PinnedPack>, faults: &mut Faults) -> Vec<(String, String)> {
    if packs.len() > MAX_PINNED {
        faults.note(
            FaultKind::TooMany,
            "pinned_packs",
            Text::new(format!("不得超过 {MAX_PINNED} 个"), format!("must be at most {MAX_PINNED}")),
        );
    }
    for (at, pack) in packs.iter().take(MAX_PINNED).enumerate() {
        check_digest(&pack.digest, &format!("pinned_packs[{at}].digest"), faults);
        if pack.name.is_empty() || pack.name.len() > MAX_NAME {
            let (zh, en) = (format!("应为 1 至 {MAX_NAME} 字节"), format!("must have 1 to {MAX_NAME} bytes"));
            let kind = if pack.name.is_empty() { FaultKind::Required } else { FaultKind::Length };
            faults.note(kind, format!("pinned_packs[{at}].name"), Text::new(zh, en));
        }
    }
    packs.into_iter().map(|pack| (pack.name, pack.digest)).collect()
}

/// The baseline in a message. Every faulty field is noted.
pub fn baseline_from(baseline: v1::Baseline, faults: &mut Faults) -> Baseline {
    if baseline.fingerprints.len() > MAX_BASELINE {
        let (zh, en) = (format!("不得超过 {MAX_BASELINE} 个"), format!("must be at most {MAX_BASELINE}"));
        faults.note(FaultKind::TooMany, "baseline.fingerprints", Text::new(zh, en));
        return Baseline::default();
    }
    for (at, _) in baseline.fingerprints.iter().enumerate().filter(|(_, own)| !is_fingerprint(own)) {
        faults.note(FaultKind::Malformed, format!("baseline.fingerprints[{at}]"), FINGERPRINT.clone());
    }
    let Some(citation) = baseline.citation else {
        let (zh, en) = (
            "必填，应为该检查结果的 citation：指纹只与同一份报告的比较",
            "is required: that assessment's citation, as it was answered",
        );
        faults.note(FaultKind::Required, "baseline.citation", Text::fixed(zh, en));
        return Baseline::default();
    };
    let body = citation.body.map(|body| body_from(body, "baseline.citation", faults)).unwrap_or_default();
    let year = year_from(citation.year, || "baseline.citation.year".into(), faults);
    if !citation.input_digest.is_empty() {
        check_digest(&citation.input_digest, "baseline.citation.input_digest", faults);
    }
    let fingerprints = baseline.fingerprints.into_iter().collect();
    Baseline { fingerprints, body, year, input_digest: citation.input_digest }
}

fn manner_from(message: &v1::CheckReportRequest, faults: &mut Faults) -> Manner {
    let view = enum_from::<v1::View>(message.view, || "view".into(), faults).unwrap_or_default();
    Manner { language: language_from(message.language, faults), view }
}

/// The language that a request asks for; Chinese by default.
pub fn language_from(language: i32, faults: &mut Faults) -> Language {
    enum_from::<v1::Language>(language, || "language".into(), faults).unwrap_or_default()
}

/// The filing in a message; `sent` are its bytes as they came, if they are there.
fn filing_from(filing: Option<v1::Filing>, sent: &Bytes, at: &str, faults: &mut Faults) -> Option<Filing> {
    let missing = || Text::fixed("必填，应为 report 或 document", "is required: report or document");
    match filing.and_then(|filing| filing.content) {
        None => {
            faults.note(FaultKind::Required, at, missing());
            None
        }
        Some(v1::filing::Content::Document(document)) => {
            if document.content.is_empty() {
                faults.note(
                    FaultKind::Required,
                    format!("{at}.document.content"),
                    Text::fixed("必填，不得为空", "is required, and must not be empty"),
                );
            }
            if document.name.len() > MAX_NAME {
                let (zh, en) = (format!("不得超过 {MAX_NAME} 字节"), format!("must have at most {MAX_NAME} bytes"));
                faults.note(FaultKind::Length, format!("{at}.document.name"), Text::new(zh, en));
            }
            Some(Filing::document(document.content.into(), document.name))
        }
        Some(v1::filing::Content::Report(report)) => {
            let at = format!("{at}.report");
            if sent.is_empty() {
                return Some(structured(*report, &at, faults));
            }
            let content = Content::Report(Box::new(report_from(*report, &at, faults)));
            Some(Filing { content, digest: Sha256::digest(part(sent, 1)).into() })
        }
    }
}

/// A filing from a structured report that came as no message: its digest is that of the message that it would be.
pub fn structured(message: v1::AnnualReport, at: &str, faults: &mut Faults) -> Filing {
    let digest = Sha256::digest(message.encode_to_vec()).into();
    Filing { content: Content::Report(Box::new(report_from(message, at, faults))), digest }
}

fn hints_from(hints: v1::Hints, faults: &mut Faults) -> Hints {
    Hints {
        body: hints.body.map(|body| body_from(body, "hints", faults)),
        year: year_from(hints.year, || "hints.year".into(), faults),
        published_on: date_from(hints.published_on.as_ref(), || "hints.published_on".into(), faults),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_have_bounds_and_what_exceeds_one_is_named() {
        let faulty = |request: v1::CheckReportRequest| {
            let document = v1::Document { content: b"x".as_slice().into(), ..Default::default() };
            let subject = v1::Filing { content: Some(v1::filing::Content::Document(document.into())) };
            let request = v1::CheckReportRequest { subject: Some(subject), ..request };
            request_from(request.into())
                .err()
                .unwrap_or_default()
                .into_iter()
                .map(|fault| fault.field)
                .collect::<Vec<_>>()
        };
        let baseline = |fingerprints: Vec<String>| {
            let citation = Some(v1::Citation::default());
            let baseline = Some(v1::Baseline { fingerprints, citation });
            faulty(v1::CheckReportRequest { baseline, ..Default::default() })
        };
        let fingerprint = format!("1:TAB-008:{}", "0".repeat(32));
        assert_eq!(baseline(vec![fingerprint.clone(); MAX_BASELINE]), [""; 0]);
        assert_eq!(baseline(vec![fingerprint; MAX_BASELINE + 1]), ["baseline.fingerprints"]);
        assert_eq!(baseline(vec!["0".repeat(65)]), ["baseline.fingerprints[0]"]);
        let packs = |number: usize, name: usize, digest: usize| {
            let pack = v1::PinnedPack { name: "x".repeat(name), digest: "0".repeat(digest) };
            let pinned_packs = vec![pack; number];
            faulty(v1::CheckReportRequest { pinned_packs, ..Default::default() })
        };
        assert_eq!(packs(MAX_PINNED, MAX_NAME, 64), [""; 0]);
        assert_eq!(packs(MAX_PINNED + 1, 1, 64), ["pinned_packs"]);
        assert_eq!(packs(1, 0, 64), ["pinned_packs[0].name"]);
        assert_eq!(packs(1, MAX_NAME + 1, 64), ["pinned_packs[0].name"]);
        assert_eq!(packs(1, 1, 63), ["pinned_packs[0].digest"]);
        let digest =
            |digest: &str| faulty(v1::CheckReportRequest { rule_set_digest: digest.to_owned(), ..Default::default() });
        assert_eq!(digest(&"a".repeat(64)), [""; 0]);
        assert_eq!(digest(&"a".repeat(65)), ["rule_set_digest"]);
        assert_eq!(digest(&"g".repeat(64)), ["rule_set_digest"]);
    }
}
