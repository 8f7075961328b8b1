//! What a rule is, and what it may say.
//!
//! A rule is a value. It looks at a [`Dossier`] and answers with a [`Ruling`]; it never signs: the engine adds code,
//! severity, basis and fingerprint.

mod documented;
mod ruling;

use std::{borrow::Cow, fmt, sync::Arc};

pub use documented::Example;
pub use ruling::{MAX_VIOLATIONS, Operand, Origin, Outcome, Ruling, Side, Violation};

use crate::{
    deadline::Deadline,
    dossier::Dossier,
    report::{AnnualReport, Edition},
    words::Text,
};

/// One rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The stable code: `TAL-001`.
    pub code: Cow<'static, str>,
    /// Increases when the rule decides differently from before.
    pub version: u32,
    /// What the rule requires, in one line.
    pub title: Text,
    /// The severity of a violation.
    pub severity: Severity,
    /// How far an operator may change the severity, switch the rule off or waive its findings.
    pub bounds: Bounds,
    /// Whether the rule concerns the form, which 60号 二 only encouraged for the reports of 2019: for those its errors
    /// are warnings.
    pub of_form: bool,
    /// Whether what it finds is wrong with the request, not with the report: such an error leaves the verdict open.
    pub of_context: bool,
    /// Whether it asks for what a draft need not have yet: no blank cells, all sections and tables.
    pub awaits_completion: bool,
    /// Whether it is on trial: what it finds is told apart, and neither counts nor decides.
    pub trial: bool,
    /// The editions to which the rule applies.
    pub editions: Cow<'static, [Edition]>,
    /// What the rule looks at.
    pub inputs: Cow<'static, [Input]>,
    /// The clauses that it is based on.
    pub basis: Cow<'static, [Basis]>,
    /// The check itself.
    pub check: Check,
    /// The source of the rule's file, whose doc comment documents the rule.
    pub source: Cow<'static, str>,
}

/// A built-in rule, as its file states it.
#[derive(Clone, Copy)]
pub struct BuiltIn {
    /// The stable code.
    pub code: &'static str,
    /// Increases when the rule decides differently from before.
    pub version: u32,
    /// What the rule requires, in one line.
    pub title: &'static Text,
    /// The severity of a violation.
    pub severity: Severity,
    /// How far an operator may change that.
    pub bounds: Bounds,
    /// Whether the rule concerns the form.
    pub of_form: bool,
    /// Whether what it finds is wrong with the request, not with the report: such an error leaves the verdict open.
    pub of_context: bool,
    /// Whether it asks for what a draft need not have yet: no blank cells, all sections and tables.
    pub awaits_completion: bool,
    /// The editions to which the rule applies.
    pub editions: &'static [Edition],
    /// What the rule looks at.
    pub inputs: &'static [Input],
    /// The clauses that it is based on.
    pub basis: &'static [Basis],
    /// The check itself.
    pub check: fn(&Dossier) -> Ruling,
    /// The source of the rule's file.
    pub source: &'static str,
}

impl Rule {
    /// The clauses on which the rule stands for a report: none that was written later, but for the form of 2021 itself where
    /// an earlier report follows it. Without any it does not apply.
    pub fn clauses(&self, report: &AnnualReport) -> impl Iterator<Item = &Basis> {
        let (under_30, in_its_form) = (report.is_under_30(), report.edition == Edition::Of2021);
        let holds = move |basis: &&Basis| under_30 || in_its_form && basis.clause.starts_with("附件");
        self.basis.iter().filter(move |basis| basis.instrument != NOTICE_30 || holds(basis))
    }
}

static UNTITLED: Text = Text::fixed("", "");

impl BuiltIn {
    /// Defaults for most rules: a profile may change everything, both editions, the report alone. The rule's file
    /// states code, title, severity, basis and source.
    pub const fn new(check: fn(&Dossier) -> Ruling) -> Self {
        Self {
            code: "",
            version: 1,
            title: &UNTITLED,
            severity: Severity::Error,
            bounds: Bounds::FREE,
            of_form: false,
            of_context: false,
            awaits_completion: false,
            editions: BOTH,
            inputs: &[Input::Report],
            basis: &[],
            check,
            source: "",
        }
    }
}

impl From<&'static BuiltIn> for Rule {
    fn from(rule: &'static BuiltIn) -> Self {
        Self {
            code: rule.code.into(),
            version: rule.version,
            title: rule.title.clone(),
            severity: rule.severity,
            bounds: rule.bounds,
            of_form: rule.of_form,
            of_context: rule.of_context,
            awaits_completion: rule.awaits_completion,
            trial: false,
            editions: rule.editions.into(),
            inputs: rule.inputs.into(),
            basis: rule.basis.into(),
            check: Check::Native(rule.check),
            source: rule.source.into(),
        }
    }
}

/// Both editions of the form.
pub const BOTH: &[Edition] = &[Edition::Of2019, Edition::Of2021];
/// Both editions, and reports whose edition is unknown.
pub const NOT_LEGACY: &[Edition] = &[Edition::Of2019, Edition::Of2021, Edition::Unknown];
/// Only edition 2019.
pub const OF_2019: &[Edition] = &[Edition::Of2019];
/// Only edition 2021.
pub const OF_2021: &[Edition] = &[Edition::Of2021];

/// 国办公开办函〔2019〕60号.
pub const NOTICE_60: &str = "国办公开办函〔2019〕60号";
/// 国办公开办函〔2021〕30号.
pub const NOTICE_30: &str = "国办公开办函〔2021〕30号";
/// 中华人民共和国政府信息公开条例.
pub const REGULATION: &str = "《中华人民共和国政府信息公开条例》";

/// How severe a violation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The report does not comply.
    Error,
    /// Somebody should look.
    Warning,
    /// Worth knowing.
    Info,
}

/// How far an operator may go with a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Bounds {
    /// The lowest severity that a profile may give it.
    pub least: Severity,
    /// The highest severity that a profile may give it.
    pub most: Severity,
    /// Whether a profile may switch it off.
    pub optional: bool,
    /// Whether its findings may be waived.
    pub waivable: bool,
}

impl Bounds {
    /// A profile may change everything.
    pub const FREE: Self = Self { least: Severity::Info, most: Severity::Error, optional: true, waivable: true };
    /// What the form itself demands stays an error; single findings may be waived.
    pub const FIRM: Self = Self { least: Severity::Error, most: Severity::Error, optional: false, waivable: true };
    /// What protects the honesty of the answer, or people: can't be switched off or waived.
    pub const KEPT: Self = Self { least: Severity::Info, most: Severity::Error, optional: false, waivable: false };

    /// Whether a profile may give the rule this severity. Higher severities come first.
    pub fn allow(self, severity: Severity) -> bool {
        self.most <= severity && severity <= self.least
    }
}

/// The inputs of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Input {
    /// The report itself.
    Report,
    /// Last year's report.
    Previous,
    /// The reports of subordinate bodies.
    Subordinates,
    /// Dates that the caller states.
    Dates,
    /// The numbers that the report's text states.
    Statements,
}

/// A clause that a rule is based on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Basis {
    /// The instrument, by its number.
    pub instrument: Cow<'static, str>,
    /// The edition that the instrument governs; [`Edition::Unknown`] for both.
    pub edition: Edition,
    /// The clause.
    pub clause: Cow<'static, str>,
}

impl Basis {
    /// A clause of 60号, which governs edition 2019.
    pub const fn of_60(clause: &'static str) -> Self {
        Self::of(NOTICE_60, Edition::Of2019, clause)
    }

    /// A clause of 30号, which governs edition 2021.
    pub const fn of_30(clause: &'static str) -> Self {
        Self::of(NOTICE_30, Edition::Of2021, clause)
    }

    /// A clause of the regulation, which governs all.
    pub const fn of_regulation(clause: &'static str) -> Self {
        Self::of(REGULATION, Edition::Unknown, clause)
    }

    /// That what is published is accurate, for reports of the edition of 2019: 30号 三 is later than they. General knowledge: the
    /// article is not among the texts that the rules were written from.
    pub const fn accurate_before_30() -> Self {
        Self::of(REGULATION, Edition::Of2019, "第六条")
    }

    /// A clause of an instrument; [`Edition::Unknown`] if it governs both editions.
    pub const fn of(instrument: &'static str, edition: Edition, clause: &'static str) -> Self {
        Self { instrument: Cow::Borrowed(instrument), edition, clause: Cow::Borrowed(clause) }
    }
}

/// The check of a user-written rule: its ruling on a dossier, within the deadline.
pub type PackCheck = dyn Fn(&Dossier, &Deadline) -> Ruling + Send + Sync;

/// How a rule decides.
#[derive(Clone)]
pub enum Check {
    /// By a built-in function.
    Native(fn(&Dossier) -> Ruling),
    /// By a user-written condition.
    Pack(Arc<PackCheck>),
}

impl Check {
    /// The ruling on a dossier. User-written checks are undetermined after the deadline; the built-in functions are
    /// short.
    pub fn of(&self, dossier: &Dossier, deadline: &Deadline) -> Ruling {
        match self {
            Self::Native(check) => check(dossier),
            Self::Pack(check) => check(dossier, deadline),
        }
    }
}

impl fmt::Debug for Check {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Native(_) => "Native",
            Self::Pack(_) => "Pack",
        })
    }
}
