//! What a rule is, and what it may say.
//!
//! A rule is a value. It looks at a [`Dossier`] and answers with a [`Ruling`]; it never signs:
//! code, severity, basis and fingerprint are the engine's.

use std::{borrow::Cow, fmt, sync::Arc};

use crate::{
    deadline::Deadline,
    dossier::Dossier,
    report::{Cell, Edition, Figure, Location, Place},
    words::Text,
};

/// One rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The stable code: `TAL-001`.
    pub code: Cow<'static, str>,
    /// Rises when the rule decides otherwise than before.
    pub version: u32,
    /// What the rule asks for, in a line.
    pub title: Text,
    /// How grave a violation is.
    pub severity: Severity,
    /// How far an operator may change that, switch the rule off or waive what it finds.
    pub bounds: Bounds,
    /// Whether the rule asks for the form, which 60号 二 only encouraged for the reports of
    /// 2019: there its errors are warnings.
    pub of_form: bool,
    /// The editions to which the rule applies.
    pub editions: Cow<'static, [Edition]>,
    /// What the rule looks at.
    pub inputs: Cow<'static, [Input]>,
    /// The clauses on which it stands.
    pub basis: Cow<'static, [Basis]>,
    /// The rule itself.
    pub check: Check,
    /// The source of the rule's file, whose doc comment documents the rule.
    pub source: Cow<'static, str>,
}

/// A rule that comes with gouji, as its file states it.
#[derive(Clone, Copy)]
pub struct BuiltIn {
    /// The stable code.
    pub code: &'static str,
    /// Rises when the rule decides otherwise than before.
    pub version: u32,
    /// What the rule asks for, in a line.
    pub title: &'static Text,
    /// How grave a violation is.
    pub severity: Severity,
    /// How far an operator may change that.
    pub bounds: Bounds,
    /// Whether the rule asks for the form.
    pub of_form: bool,
    /// The editions to which the rule applies.
    pub editions: &'static [Edition],
    /// What the rule looks at.
    pub inputs: &'static [Input],
    /// The clauses on which it stands.
    pub basis: &'static [Basis],
    /// The rule itself.
    pub check: fn(&Dossier) -> Ruling,
    /// The source of the rule's file.
    pub source: &'static str,
}

static UNTITLED: Text = Text::fixed("", "");

impl BuiltIn {
    /// What most rules are: a profile may change everything, both editions, the report alone.
    /// Code, title, severity, basis and source are the file's to state.
    pub const fn new(check: fn(&Dossier) -> Ruling) -> Self {
        Self {
            code: "",
            version: 1,
            title: &UNTITLED,
            severity: Severity::Error,
            bounds: Bounds::FREE,
            of_form: false,
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
/// Both editions, and reports whose edition is not known.
pub const NOT_LEGACY: &[Edition] = &[Edition::Of2019, Edition::Of2021, Edition::Unknown];
/// Edition 2019 alone.
pub const OF_2019: &[Edition] = &[Edition::Of2019];
/// Edition 2021 alone.
pub const OF_2021: &[Edition] = &[Edition::Of2021];

/// 国办公开办函〔2019〕60号.
pub const NOTICE_60: &str = "国办公开办函〔2019〕60号";
/// 国办公开办函〔2021〕30号.
pub const NOTICE_30: &str = "国办公开办函〔2021〕30号";
/// 中华人民共和国政府信息公开条例.
pub const REGULATION: &str = "《中华人民共和国政府信息公开条例》";

/// How grave a violation is.
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
    /// The least grave that a profile may make it.
    pub least: Severity,
    /// The gravest that a profile may make it.
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
    /// What guards the honesty of the answer, or people: neither switched off nor waived.
    pub const KEPT: Self = Self { least: Severity::Info, most: Severity::Error, optional: false, waivable: false };

    /// Whether a profile may make the rule so grave. Graver severities come first.
    pub fn allow(self, severity: Severity) -> bool {
        self.most <= severity && severity <= self.least
    }
}

/// What a rule looks at.
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
    /// What the report's text states, in numbers.
    Statements,
}

/// The clause on which a rule stands.
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

    /// A clause of an instrument; [`Edition::Unknown`] where it governs both editions.
    pub const fn of(instrument: &'static str, edition: Edition, clause: &'static str) -> Self {
        Self { instrument: Cow::Borrowed(instrument), edition, clause: Cow::Borrowed(clause) }
    }
}

/// A rule that a user wrote: what it says of a dossier, until the deadline.
pub type PackCheck = dyn Fn(&Dossier, &Deadline) -> Ruling + Send + Sync;

/// How a rule decides.
#[derive(Clone)]
pub enum Check {
    /// By a function of this program.
    Native(fn(&Dossier) -> Ruling),
    /// By what a user wrote.
    Pack(Arc<PackCheck>),
}

impl Check {
    /// What the rule says of a dossier. What a user wrote is undetermined past the deadline; the
    /// functions of this program are short.
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

/// The most violations that a ruling keeps.
pub const MAX_VIOLATIONS: usize = 200;

/// What a rule says of a report: what does not hold, what could not be decided, or why it has
/// nothing to say. What is none of these holds.
#[derive(Clone, Debug, Default)]
pub struct Ruling {
    /// What does not hold; the first ones, where there are many.
    pub violations: Vec<Violation>,
    /// How many more instances do not hold: they are counted and not kept.
    pub more: usize,
    /// What could not be decided, and why.
    pub undecided: Vec<Text>,
    /// Whether the rule itself came to no end: it failed, or had no time or steps left.
    pub failed: bool,
    /// What was assumed where the rule holds.
    pub remarks: Vec<Text>,
    /// Why the rule has nothing to say of this report.
    pub not_applicable: Option<Box<Text>>,
}

impl Ruling {
    /// Every instance holds.
    pub fn satisfied() -> Self {
        Self::default()
    }

    /// The rule has nothing to say, because of this.
    pub fn not_applicable(why: Text) -> Self {
        Self { not_applicable: Some(Box::new(why)), ..Self::default() }
    }

    /// The rule can't be decided, because of this.
    pub fn undetermined(why: Text) -> Self {
        Self { undecided: vec![why], ..Self::default() }
    }

    /// The rule came to no end, because of this.
    pub fn failed(why: Text) -> Self {
        Self { undecided: vec![why], failed: true, ..Self::default() }
    }

    /// These instances do not hold; all others do.
    pub fn of(violations: impl IntoIterator<Item = Violation>) -> Self {
        let mut violations = violations.into_iter();
        let kept = violations.by_ref().take(MAX_VIOLATIONS).collect();
        Self { violations: kept, more: violations.count(), ..Self::default() }
    }

    /// How the rule ended.
    pub fn outcome(&self) -> Outcome {
        if !self.violations.is_empty() {
            Outcome::Violated
        } else if !self.undecided.is_empty() {
            Outcome::Undetermined
        } else if self.not_applicable.is_some() {
            Outcome::NotApplicable
        } else {
            Outcome::Satisfied
        }
    }
}

/// How a rule ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Every instance holds.
    Satisfied,
    /// At least one instance does not hold.
    Violated,
    /// No instance is known not to hold, and at least one could not be decided.
    Undetermined,
    /// The rule has nothing to say.
    NotApplicable,
}

/// One instance that does not hold, unsigned.
#[derive(Clone, Debug)]
pub struct Violation {
    /// Where.
    pub location: Location,
    /// What is wrong here.
    pub message: Text,
    /// What the rule expects there.
    pub expected: Text,
    /// What stands there.
    pub actual: Text,
    /// Expected less actual, where both are figures.
    pub difference: Option<i64>,
    /// The figures that enter the relation, or the cells that are spoken of.
    pub operands: Vec<Operand>,
    /// The relation with its figures, where there is one.
    pub equation: String,
    /// What to do.
    pub advice: Text,
    /// The place in the document, where it is not the place of a cell.
    pub place: Place,
    /// How grave this instance is, where it isn't as grave as the rule says.
    pub severity: Option<Severity>,
    /// Which of several that a rule looks at in the same place; empty where there is one.
    pub instance: String,
}

impl Violation {
    /// A violation at a place.
    pub fn at(location: Location, message: Text) -> Self {
        Self {
            location,
            message,
            expected: Text::default(),
            actual: Text::default(),
            difference: None,
            operands: Vec::new(),
            equation: String::new(),
            advice: Text::default(),
            place: Place::default(),
            severity: None,
            instance: String::new(),
        }
    }

    /// With what is expected, and what stands there.
    pub fn expecting(self, expected: Text, actual: Text) -> Self {
        Self { expected, actual, ..self }
    }

    /// With what to do.
    pub fn advising(self, advice: Text) -> Self {
        Self { advice, ..self }
    }

    /// Graver or less grave than the rule says.
    pub fn graded(self, severity: Severity) -> Self {
        Self { severity: Some(severity), ..self }
    }

    /// With the place in the document.
    pub fn placed(self, place: Place) -> Self {
        Self { place, ..self }
    }

    /// With the cells that are spoken of.
    pub fn about(mut self, dossier: &Dossier, cells: impl IntoIterator<Item = Cell>) -> Self {
        let figures = &dossier.report.figures;
        self.operands.extend(cells.into_iter().map(|cell| Operand {
            cell,
            figure: figures.count(cell),
            side: Side::Beside,
        }));
        self
    }
}

/// One figure of a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operand {
    /// The cell.
    pub cell: Cell,
    /// What it holds.
    pub figure: Figure,
    /// On which side of the relation it stands.
    pub side: Side,
}

/// On which side of a relation a figure stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Not in a relation.
    Beside,
    /// Left of the sign.
    Left,
    /// Right of the sign.
    Right,
}

impl Rule {
    /// The doc comment of the rule's file, as Markdown.
    pub fn documentation(&self) -> String {
        let lines = self.source.lines().map_while(|line| line.strip_prefix("//!"));
        lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n")
    }
}
