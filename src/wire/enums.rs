//! The enumerations of the contract and of the model, each mapped once, in both directions.

use super::{manner::View, v1};
use crate::{
    engine::{Agreement, CauseKind, ReasonKind, State, Verdict, WaiverOutcome},
    narrative::{Claim, meaning::Accord},
    report::{BodyKind, DefectKind, Edition, Format, Level},
    rule::{Input, Outcome, Severity, Side},
    submission::{Category, FaultKind, Faults},
    words::{Language, Text},
};

/// Defines both conversions between an enumeration of the contract and one of the model.
macro_rules! mirror {
    ($($wire:path, $model:path { $($theirs:ident = $ours:ident,)* })*) => {$(
        impl From<$model> for $wire {
            fn from(value: $model) -> Self {
                match value { $(<$model>::$ours => <$wire>::$theirs,)* }
            }
        }

        impl Mirror for $wire {
            type Model = $model;

            fn model(self) -> Option<$model> {
                match self {
                    $(<$wire>::$theirs => Some(<$model>::$ours),)*
                    #[allow(unreachable_patterns)]
                    _ => None,
                }
            }
        }
    )*};
}

/// An enumeration of the contract with a counterpart in the model.
pub(super) trait Mirror: TryFrom<i32> {
    /// The counterpart in the model.
    type Model;

    /// The model's value; `None` for an unspecified value that the model doesn't have.
    fn model(self) -> Option<Self::Model>;
}

/// The model's value of a field; a number that the contract doesn't define is a fault.
pub(super) fn enum_from<W: Mirror>(number: i32, field: impl Fn() -> String, faults: &mut Faults) -> Option<W::Model> {
    let known = W::try_from(number).ok();
    if known.is_none() {
        let (zh, en) = (
            format!("应为接口定义的枚举值，实为 {number}"),
            format!("must be a value of its enumeration, not {number}"),
        );
        faults.note(FaultKind::Unknown, field(), Text::new(zh, en));
    }
    known.and_then(Mirror::model)
}

mirror! {
    v1::Edition, Edition { Unspecified = Unknown, Edition2019 = Of2019, Edition2021 = Of2021, Legacy = Legacy, }
    v1::body::Kind, BodyKind {
        Unspecified = Unknown, Government = Government, Department = Department, Township = Township,
        AuthorizedOrganization = AuthorizedOrganization,
    }
    v1::body::Level, Level {
        Unspecified = Unknown, Central = Central, Province = Province, City = City, County = County,
        Township = Township,
    }
    v1::Format, Format {
        Text = Text, Html = Html, Docx = Docx, Xlsx = Xlsx, Odt = Odt, Ods = Ods, Pdf = Pdf,
    }
    v1::DefectKind, DefectKind {
        Placeholder = Placeholder, Text = Text, Unit = Unit, Note = Note, InWords = InWords, NotWhole = NotWhole,
        Concealed = Concealed, OutOfRange = OutOfRange, Ambiguous = Ambiguous, Misaligned = Misaligned, NoSplit = NoSplit, Contradicted = Contradicted, Obscured = Obscured, Formatted = Formatted, Uncomputed = Uncomputed, AssumedRowSum = AssumedRowSum,
        AssumedColumnSums = AssumedColumnSums, MissingColumn = MissingColumn, ExtraRow = ExtraRow,
        UnreadTable = UnreadTable, Truncated = Truncated, ForeignLabel = ForeignLabel,
        UnusualLabel = UnusualLabel,
    }
    v1::View, View { Basic = Basic, Full = Full, Compact = Compact, }
    v1::Language, Language { Zh = Zh, En = En, }
    v1::Severity, Severity { Error = Error, Warning = Warning, Info = Info, }
    v1::Input, Input { Report = Report, Previous = Previous, Subordinates = Subordinates, Dates = Dates, Statements = Statements, }
    v1::Verdict, Verdict { Compliant = Compliant, NonCompliant = NonCompliant, Undetermined = Undetermined, }
    v1::Agreement, Agreement { Against = Against, Silent = Silent, For = For, }
    v1::FindingState, State { New = New, Persisting = Persisting, }
    v1::RulingOutcome, Outcome {
        Satisfied = Satisfied, Violated = Violated, Undetermined = Undetermined, NotApplicable = NotApplicable,
    }
    v1::WaiverCategory, Category {
        FalseFinding = FalseFinding, AcceptedDeviation = AcceptedDeviation, BeingMended = BeingMended,
    }
    v1::WaiverOutcome, WaiverOutcome {
        Applied = Applied, Expired = Expired, Unmatched = Unmatched, NotWaivable = NotWaivable, Undated = Undated,
        Premature = Premature, NotHeeded = NotHeeded,
    }
    v1::StatementClaim, Claim { Counted = Counted, None = None, All = All, }
    v1::StatementAgreement, Accord { Agrees = Agrees, Differs = Differs, Unknown = Unknown, Incomparable = Incomparable, }
    v1::Side, Side { Beside = Beside, Left = Left, Right = Right, }
    v1::CauseKind, CauseKind {
        WrongValue = WrongValue, Wording = Wording, Missing = Missing, Other = Other, Unread = Unread, Context = Context,
    }
    v1::ReasonKind, ReasonKind { NotApplicable = NotApplicable, Undecided = Undecided, Remark = Remark, }
}
