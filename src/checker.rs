//! The application: reads what a caller hands in, makes a dossier of it, and runs the rules in force over it.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    time::Duration,
};

pub use crate::engine::Checked;
use crate::{
    deadline::Deadline,
    dossier::{Dossier, Misplaced, other_body},
    engine::{Engine, Identity, Origin, hex},
    ingestion,
    layout::{Failure, Limits, Obstacle, Opened, Reader, Refusal, as_named},
    report::AnnualReport,
    rulebook::{Fixed, Rulebook, Rules},
    submission::{Baseline, Content, Covers, Error, Fault, FaultKind, Filing, Hints, Reason, Submission, Waiver},
    words::{
        Text,
        spelling::{near_code, perhaps},
    },
};

/// Checks reports against the rules in force.
pub struct Checker {
    rules: Arc<dyn Rules>,
    reading: Reading,
}

/// Where documents are read.
pub enum Reading {
    /// In this process: for documents that the caller trusts.
    Here(Limits),
    /// In separate processes, for the formats that need complex parsers.
    Apart(Box<dyn Reader>),
}

impl Checker {
    /// A checker with the built-in rules.
    pub fn new(reading: Reading) -> Self {
        Self::by(reading, Arc::new(Fixed(Arc::new(Rulebook::built_in()))))
    }

    /// A checker with the rules in force.
    pub fn by(reading: Reading, rules: Arc<dyn Rules>) -> Self {
        Self { rules, reading }
    }

    /// What a request names that isn't in force: its profile, and the rules of its waivers, by their place among these.
    pub fn unknown<'n>(&self, profile: &str, rules: impl Iterator<Item = (usize, &'n str)>) -> Vec<Fault> {
        found(&self.rules.rulebook(), profile, rules).err().unwrap_or_default()
    }

    /// Checks one report. Rules that have not run when the deadline passes are undetermined.
    ///
    /// # Errors
    ///
    /// An [`Error`] if the check could not be made, never because of what the report says.
    pub fn check(&self, submission: Submission, deadline: &Deadline) -> Result<Checked, Error> {
        // One rulebook for the whole check, even if another is put in force meanwhile.
        let rulebook = self.rules.rulebook();
        let engine = found(&rulebook, &submission.profile, covered(&submission.waivers)).map_err(Error::invalid)?;
        let wanted = &submission.rule_set_digest;
        if !wanted.is_empty() && !wanted.eq_ignore_ascii_case(engine.digest()) {
            return Err(other_rule_set(engine, wanted));
        }
        if let Some((name, digest)) = submission.pinned_packs.iter().find(|(name, it)| !rulebook.has(name, it)) {
            return Err(other_pack(&rulebook, name, digest));
        }
        let digest = submission.subject.digest;
        let report = self.read(submission.subject, "subject", deadline)?;
        let previous_digest = submission.previous.as_ref().map(|filing| filing.digest);
        let subordinate_digests = submission.subordinates.iter().map(|filing| filing.digest).collect();
        let previous = submission.previous.map(|previous| self.read(previous, "previous", deadline)).transpose()?;
        let subordinates = submission.subordinates.into_iter().enumerate();
        let subordinates = subordinates
            .map(|(at, filing)| self.read(filing, &format!("subordinates[{at}]"), deadline))
            .collect::<Result<_, _>>()?;
        let dossier = Dossier {
            report: with_hints(report, &submission.hints),
            previous,
            subordinates,
            subordinates_complete: submission.subordinates_complete,
            hints: submission.hints,
            as_of: submission.as_of,
            draft: submission.draft,
            parameters: engine.profile().parameters.clone(),
            ..Dossier::default()
        };
        if let Some(earlier) = &submission.baseline {
            of_the_same_report(earlier, &dossier.report, &digest)?;
        }
        let mut assessment = engine.assess(&dossier, &digest, deadline);
        let origin = if submission.waivers_count { Origin::Request } else { Origin::Unheeded };
        let requested = submission.waivers.iter().map(|waiver| (waiver, origin));
        let waivers = requested.chain(rulebook.waivers().iter().map(|waiver| (waiver, Origin::Operator)));
        engine.waive(&mut assessment, &dossier.report, submission.as_of, waivers);
        if let Some(earlier) = &submission.baseline {
            assessment.compare_with(&earlier.fingerprints);
        }
        let baseline = submission.baseline.map(|earlier| (earlier.fingerprints.len(), earlier.digest()));
        Ok(Checked { dossier, assessment, previous_digest, subordinate_digests, baseline })
    }

    /// Reads the report of a filing; `field` names the filing in errors. A panic while reading is an error of this
    /// filing alone.
    ///
    /// # Errors
    ///
    /// An [`Error`] if the filing can't be read.
    pub fn read(&self, filing: Filing, field: &str, deadline: &Deadline) -> Result<AnnualReport, Error> {
        if deadline.is_over() {
            return Err(refused(Refusal::out_of_time(), field));
        }
        let (content, name) = match filing.content {
            Content::Report(report) => return Ok(*report),
            Content::Document { content, name } => (content, name),
        };
        let read = catch_unwind(AssertUnwindSafe(|| self.read_document(&content, &name, field, deadline)));
        read.unwrap_or_else(|_| {
            Err(Error::plain(Reason::Internal, Text::fixed("读取文件时出错", "reading the document failed")))
        })
    }

    fn read_document(
        &self,
        content: &[u8],
        name: &str,
        field: &str,
        deadline: &Deadline,
    ) -> Result<AnnualReport, Error> {
        let refused = |refusal| refused(as_named(name, content, refusal), field);
        let limits = match &self.reading {
            Reading::Apart(reader) => reader.limits(),
            Reading::Here(limits) => limits,
        };
        let opened = Opened::of(content, limits).map_err(refused)?;
        let layout = match &self.reading {
            Reading::Apart(reader) if opened.goes_apart() => {
                reader.lay_out(content, deadline).map_err(|failure| failed(failure, field))?
            }
            _ => opened.lay_out(limits).map_err(refused)?,
        };
        ingestion::report_of(&layout, deadline).map_err(refused)
    }
}

/// The error for a document that a reader process did not read.
fn failed(failure: Failure, field: &str) -> Error {
    let (zh, en) = (
        "文档未能在限定的时间和内存内读完，请检查文件，或另存后重新提交",
        "the document could not be read within the limits of time and memory",
    );
    match failure {
        Failure::Refused(refusal) => refused(refusal, field),
        Failure::Crashed => refused(Refusal::new(Obstacle::Unreadable, zh, en), field),
        Failure::Killed => Error::plain(
            Reason::ReaderLost,
            Text::fixed(
                "读取文档的进程两次被外部终止，尚不知文档能否读取，请稍后重试；仍如此的，请告知运行方",
                "the process that read the document was ended from outside, twice, which says nothing of the document: try again later, \
                 and tell the operator if it goes on",
            ),
        )
        .after(Duration::from_secs(1)),
        Failure::OutOfTime => refused(Refusal::out_of_time(), field),
        Failure::NoProcess(_) => Error::plain(
            Reason::Internal,
            Text::fixed("无法启动读取文档的进程", "no process could be started to read the document"),
        ),
    }
}

/// The error for a document that could not be read; `field` names it.
fn refused(refusal: Refusal, field: &str) -> Error {
    let reason = match refusal.obstacle {
        Obstacle::TooLarge => Reason::DocumentTooLarge,
        Obstacle::UnsupportedFormat => Reason::UnsupportedFormat,
        Obstacle::Unreadable => Reason::UnreadableDocument,
        Obstacle::NotAReport => Reason::NotAReport,
        // No field is at fault.
        Obstacle::OutOfTime => return Error::plain(Reason::DeadlineExceeded, refusal.why),
    };
    let kind = if refusal.obstacle == Obstacle::TooLarge { FaultKind::Length } else { FaultKind::Malformed };
    let fault = Fault { kind, field: format!("{field}.document.content"), expected: refusal.why.clone() };
    Error { faults: vec![fault], ..Error::plain(reason, refusal.why) }
}

/// The engine of the profile that a request names.
///
/// # Errors
///
/// The known profile names, if there is no such profile.
pub fn engine<'a>(rulebook: &'a Rulebook, profile: &str) -> Result<&'a Engine, Fault> {
    rulebook.engine(profile).ok_or_else(|| {
        let names: Vec<&str> = rulebook.engines().iter().map(|engine| engine.profile().name.as_str()).collect();
        let expected =
            Text::new(format!("应为 {} 之一", names.join("、")), format!("must be one of {}", names.join(", ")));
        Fault { kind: FaultKind::Unknown, field: "profile".to_owned(), expected }
    })
}

/// The engine of a profile whose rules have these codes, or all that isn't in force.
fn found<'a, 'n>(
    rulebook: &'a Rulebook,
    profile: &str,
    rules: impl Iterator<Item = (usize, &'n str)>,
) -> Result<&'a Engine, Vec<Fault>> {
    let engine = engine(rulebook, profile);
    // Profiles differ in what they make of the rules, not in which there are.
    let any = engine.as_ref().ok().copied().or(rulebook.engine(""));
    let mut faults: Vec<Fault> = any.map(|any| unknown_rules(any, rules)).unwrap_or_default();
    match engine {
        Ok(engine) if faults.is_empty() => Ok(engine),
        engine => {
            faults.extend(engine.err());
            Err(faults)
        }
    }
}

/// The codes of rules that waivers cover, each with the waiver's place.
fn covered(waivers: &[Waiver]) -> impl Iterator<Item = (usize, &str)> {
    waivers.iter().enumerate().filter_map(|(at, waiver)| match &waiver.covers {
        Covers::Rule { code, .. } => Some((at, code.as_str())),
        Covers::Fingerprint(_) => None,
    })
}

/// The rules of waivers that are not in force: a misspelt code would cover nothing unnoticed.
fn unknown_rules<'n>(engine: &Engine, waived: impl Iterator<Item = (usize, &'n str)>) -> Vec<Fault> {
    let unknown = waived.filter(|(_, code)| !engine.rules().iter().any(|rule| rule.code == *code));
    let fault = |(at, code): (usize, &str)| {
        let (zh, en) = perhaps(near_code(code, engine.rules().iter().map(|rule| &*rule.code)));
        let expected = Text::new(format!("应为现行规则的代码{zh}"), format!("must be the code of a rule in force{en}"));
        Fault { kind: FaultKind::Unknown, field: format!("waivers[{at}].rule.code"), expected }
    };
    unknown.map(fault).collect()
}

fn other_rule_set(engine: &Engine, wanted: &str) -> Error {
    let message = Text::new(
        format!("现行规则集为 {}，不是所要求的 {wanted}", engine.digest()),
        format!("the rule set in force is {}, not {wanted}", engine.digest()),
    );
    Error::plain(Reason::RuleSetChanged, message).with("rule_set_digest", engine.digest())
}

fn other_pack(rulebook: &Rulebook, name: &str, wanted: &str) -> Error {
    let in_force = rulebook.packs().iter().find(|pack| pack.name == name);
    let message = match in_force {
        Some(pack) => Text::new(
            format!("现行规则包 {name} 为 {}，不是所要求的 {wanted}", pack.digest),
            format!("the pack {name} in force is {}, not {wanted}", pack.digest),
        ),
        None => Text::new(format!("没有施行规则包 {name}"), format!("the pack {name} is not in force")),
    };
    let digest = in_force.map(|pack| pack.digest.as_str()).unwrap_or_default();
    Error::plain(Reason::RuleSetChanged, message).with("pack", name).with("pack_digest", digest)
}

/// That the fingerprints of an earlier assessment can be compared with those of a report: both are of one body, named in the
/// same way, and of one year; of a report that names no body, both are of the same input.
fn of_the_same_report(earlier: &Baseline, report: &AnnualReport, digest: &[u8; 32]) -> Result<(), Error> {
    let own = Identity::of(&report.body, report.year, &hex(digest));
    if own == Identity::of(&earlier.body, earlier.year, &earlier.input_digest) {
        return Ok(());
    }
    let other_year = earlier.year.zip(report.year).filter(|(earlier, own)| earlier != own);
    let year = other_year.map(|(_, own)| ("year", own.to_string()));
    let body = other_body(&report.body, &earlier.body).map(|why| match why {
        Misplaced::Code => ("body.code", report.body.code.clone()),
        _ => ("body.name", report.body.name.clone()),
    });
    let fault = |(field, own): (&str, String)| Fault {
        kind: FaultKind::Conflicting,
        field: format!("baseline.citation.{field}"),
        expected: Text::new(format!("应与本报告相同（{own}）"), format!("must be as in this report ({own})")),
    };
    let faults: Vec<Fault> = year.into_iter().chain(body).map(fault).collect();
    let otherwise_named = || Fault {
        kind: FaultKind::Conflicting,
        field: "baseline.citation".to_owned(),
        expected: Text::fixed(
            "应与本报告同样写明单位和年度：指纹以代码（没有代码的以名称）和年度区分",
            "must name body and year as this report does: fingerprints go by code, else name, and year",
        ),
    };
    Err(Error::invalid(if faults.is_empty() { vec![otherwise_named()] } else { faults }))
}

/// The report, completed by what the caller knows where the report itself says nothing.
fn with_hints(mut report: AnnualReport, hints: &Hints) -> AnnualReport {
    let unsaid = report.edition == crate::report::Edition::Unknown;
    report.year = report.year.or(hints.year);
    // What is said of another body fills nothing (CTX-004).
    if let Some(said) = hints.body.as_ref().filter(|said| other_body(&report.body, said).is_none()) {
        report.body.complete(said);
    }
    if unsaid { report.settle() } else { report }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Body, BodyKind};

    #[test]
    fn hints_fill_what_the_report_leaves_open_and_overrule_nothing() {
        let hints = Hints {
            body: Some(Body { name: "甲局".into(), kind: BodyKind::Department, ..Body::default() }),
            year: Some(2020),
            published_on: None,
        };
        let empty = with_hints(AnnualReport::default(), &hints);
        assert_eq!((empty.body.name.as_str(), empty.year), ("甲局", Some(2020)));
        let named = AnnualReport {
            body: Body { name: "乙局".into(), ..Body::default() },
            year: Some(2022),
            ..AnnualReport::default()
        };
        let named = with_hints(named, &hints);
        assert_eq!((named.body.name.as_str(), named.body.kind, named.year), ("乙局", BodyKind::Unknown, Some(2022)));
    }
}
