//! The reading of one sentence: what was found in it so far, and what it is about.

use super::{
    Claim, Sense, Statement, Suits,
    sentence::{Sentence, is_object, names_applications},
    vocabulary::Kind,
};
use crate::{
    report::{AnnualReport, BodyKind},
    words::clause::since,
};

/// The reading of one sentence.
pub(super) struct Reading<'a> {
    pub report: &'a AnnualReport,
    pub section: u8,
    /// The sentence's number in its section.
    pub number: usize,
    pub sentence: &'a Sentence<'a>,
    pub found: Vec<Statement>,
    /// Whether the sentence before was about applications.
    pub about: bool,
    /// The reviews or suits that the sentences before named last, and those that this one did so far.
    pub suits_before: Option<Suits>,
    pub suits: Option<Suits>,
    /// Whether the year that governs here is the report's.
    pub is_of_year: bool,
    /// Whether the words so far are about something else that offices receive and answer.
    pub is_other: bool,
    /// Whether the words show that it is about applications.
    pub names_application: bool,
    /// The first token that no number has taken as its words behind it.
    pub consumed: usize,
    /// Where the part that a semicolon began starts, in tokens and in statements.
    pub part: (usize, usize),
    /// Whether another year than the report's was named within the clause, and governs no further.
    pub is_aside: bool,
    /// Whether the part so far is about another body: 作为复议机关, 基层单位.
    pub is_of_other_body: bool,
    /// Which kind of documents the sentence named last.
    pub documents_before: Option<Kind>,
    /// What the numbers that follow are parts of.
    pub whole: Option<Sense>,
}

impl<'a> Reading<'a> {
    pub fn new(
        report: &'a AnnualReport,
        section: u8,
        number: usize,
        sentence: &'a Sentence<'a>,
        about: bool,
        suits_before: Option<Suits>,
    ) -> Self {
        Self {
            report,
            section,
            number,
            sentence,
            found: Vec::new(),
            about,
            suits_before,
            suits: None,
            is_of_year: true,
            is_other: false,
            names_application: names_applications(sentence),
            consumed: 0,
            part: (0, 0),
            is_aside: false,
            is_of_other_body: false,
            documents_before: None,
            whole: None,
        }
    }

    /// Whether a number in a sense is about this body, this year and what the table counts.
    pub fn is_ours(&self, sense: Sense, at: usize) -> bool {
        let carried = matches!(sense, Sense::CarriedOver | Sense::CarriedForward);
        let clause = self.sentence.clause_start(at);
        let office = self.sentence.words(clause, at).any(|(_, kind)| kind == Kind::OwnOffice);
        let planned = self.sentence.words(clause, at).any(|(_, kind)| matches!(kind, Kind::Plan | Kind::NextYear));
        let of_applications = !matches!(
            sense,
            Sense::RegulationsIssued
                | Sense::RegulationsRepealed
                | Sense::RegulationsInForce
                | Sense::NormativeIssued
                | Sense::NormativeRepealed
                | Sense::NormativeInForce
                | Sense::Permits
                | Sense::Penalties
                | Sense::CoerciveMeasures
                | Sense::Fees
                | Sense::ProcessingFee
        );
        (carried || !planned && self.is_of_year)
            && !(office && self.is_government())
            && !(of_applications && (self.is_other || self.is_of_other_body))
    }

    /// Whether the body is below a city, as its name tells.
    pub fn is_below_the_city(&self) -> bool {
        let name = &self.report.body.name;
        name.contains(['县', '镇', '乡']) || name.contains("街道") || name.contains('区') && !name.contains("自治区")
    }

    /// Whether the body is of a province, as its name tells.
    pub fn is_of_a_province(&self) -> bool {
        let name = &self.report.body.name;
        name.is_empty() || name.contains('省') || name.contains("自治区")
    }

    /// Whether an office or a township is named right before the words of a number, in a government's report.
    pub fn is_of_an_office(&self, sense: Sense, from: usize) -> bool {
        const OFFICES: [&str; 12] = [
            "部门",
            "乡镇",
            "镇街",
            "各单位",
            "局",
            "委员会",
            "中心",
            "镇人民政府",
            "乡人民政府",
            "街道办事处",
            "镇政府",
            "乡政府",
        ];
        let received = matches!(sense, Sense::Received | Sense::ReceivedNew | Sense::Closed);
        let before = &self.sentence.folded.text()[..self.sentence.tokens[from].at.start];
        let before = since(before, &[',', '。', ';', ':', '(', ')', '、']);
        let before = before.trim_end_matches(['共', '已', '也', '均']);
        received && self.is_government() && !before.is_empty() && OFFICES.iter().any(|office| before.ends_with(office))
    }

    fn is_government(&self) -> bool {
        self.report.body.kind == BodyKind::Government || self.report.body.name.ends_with("人民政府")
    }

    /// Whether the body is itself a township or a subdistrict.
    pub fn is_township(&self) -> bool {
        self.report.body.name.contains(['镇', '乡']) || self.report.body.name.contains("街道")
    }

    /// Whether a statement stands in this sentence.
    pub fn is_here(&self, own: &Statement) -> bool {
        (own.section, own.sentence) == (self.section, self.number)
    }

    /// Whether the sentence is about applications, as far as it was read: 依申请公开 alone is an attribute of documents.
    pub fn is_about_applications(&self) -> bool {
        let said = self.found.iter().any(|own| speaks_of_applications(own.sense));
        !self.is_other && (self.about || self.names_application || said)
    }

    /// Whether reviews and suits are about disclosure: the words before say so, or the section does.
    pub fn is_about_disclosure(&self, at: usize) -> bool {
        const NEAR: usize = 14;
        let named = self.sentence.words(at.saturating_sub(NEAR), at).any(|(_, kind)| is_object(kind));
        let suits = self.found.iter().any(|own| self.is_here(own) && suits_of(own.sense).is_some());
        self.section == 4
            || self.about
            || named
            || suits
            || self.found.iter().any(|own| speaks_of_applications(own.sense))
    }

    /// Whether applicants and channels would divide the applications received, and no other number.
    pub fn may_divide_received(&self) -> bool {
        let divides = |sense: Sense| {
            matches!(sense, Sense::Received | Sense::ReceivedNew | Sense::NaturalPerson | Sense::Organization)
        };
        let last = self.found[self.part.1..].iter().rev().filter(|own| own.whole.is_none()).map(|own| own.sense);
        let last = last.into_iter().find(|sense| !is_kind_of_applicant(*sense));
        // 办结 may stand between what was received and who applied.
        let other = |sense: Sense| !divides(sense) && sense != Sense::Closed;
        self.whole.is_none_or(divides) && !last.is_some_and(other)
    }

    /// A statement whose words are some tokens.
    pub fn statement(&self, sense: Sense, claim: Claim, number: i64, tokens: std::ops::Range<usize>) -> Statement {
        let part = self.sentence.tokens[tokens.start].at.start..self.sentence.tokens[tokens.end - 1].at.end;
        Statement {
            sense,
            claim,
            number,
            places: 0,
            percent: None,
            parts: None,
            section: self.section,
            sentence: self.number,
            quote: self.sentence.folded.quote(&part),
            place: self.sentence.folded.place(&part),
            also: None,
            whole: None,
        }
    }
}

/// Whether a statement shows that its sentence is about applications, and so may be the next.
pub(super) fn speaks_of_applications(sense: Sense) -> bool {
    matches!(
        sense,
        Sense::Received
            | Sense::ReceivedNew
            | Sense::CarriedOver
            | Sense::CarriedForward
            | Sense::Closed
            | Sense::Channel
    )
}

/// Whether a sense counts applicants, or ways to apply.
pub(super) fn is_kind_of_applicant(sense: Sense) -> bool {
    matches!(
        sense,
        Sense::NaturalPerson
            | Sense::Organization
            | Sense::Business
            | Sense::ResearchInstitution
            | Sense::PublicWelfareOrganization
            | Sense::LegalServiceOrganization
            | Sense::OtherOrganization
            | Sense::Channel
    )
}

/// The reviews or suits that a sense counts.
pub(super) fn suits_of(sense: Sense) -> Option<Suits> {
    Some(match sense {
        Sense::Reconsideration => Suits::Reconsideration,
        Sense::Litigation => Suits::Litigation,
        Sense::DirectLitigation => Suits::Direct,
        Sense::LitigationAfterReconsideration => Suits::AfterReconsideration,
        Sense::ReconsiderationAndLitigation => Suits::ReconsiderationAndLitigation,
        _ => return None,
    })
}
