//! Invalid fields of a request.

use crate::words::Text;

/// What is wrong with a field, for programs: the `reason` of a `FieldViolation`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FaultKind {
    /// It is required, and not there.
    Required,
    /// It is none of the values that are known: of an enumeration, of paths, of the rules in force.
    Unknown,
    /// It isn't written as it must be.
    Malformed,
    /// It is too small or too large a number.
    OutOfRange,
    /// It is too short or too long a text.
    Length,
    /// The list has too many elements.
    TooMany,
    /// It contradicts another field.
    Conflicting,
}

impl FaultKind {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Required,
        Self::Unknown,
        Self::Malformed,
        Self::OutOfRange,
        Self::Length,
        Self::TooMany,
        Self::Conflicting,
    ];

    /// Its name in errors.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Required => "REQUIRED",
            Self::Unknown => "UNKNOWN_VALUE",
            Self::Malformed => "MALFORMED",
            Self::OutOfRange => "OUT_OF_RANGE",
            Self::Length => "LENGTH_OUT_OF_RANGE",
            Self::TooMany => "TOO_MANY",
            Self::Conflicting => "CONFLICTING",
        }
    }
}

/// One invalid field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong with it.
    pub kind: FaultKind,
    /// The path of the field in the request: `subject.report.sections[2].number`.
    pub field: String,
    /// What it must be, as the rest of a sentence that begins with the field: `应为…`, `must be…`.
    pub expected: Text,
}

/// Collects all faulty fields, so that a caller learns of all of them at once.
#[derive(Debug, Default)]
pub struct Faults {
    found: Vec<Fault>,
    more: usize,
}

/// The most faults that are listed one by one.
const MAX_FAULTS: usize = 1_000;

impl Faults {
    /// Notes a field and what was expected of it.
    pub fn note(&mut self, kind: FaultKind, field: impl Into<String>, expected: Text) {
        if self.found.len() < MAX_FAULTS {
            self.found.push(Fault { kind, field: field.into(), expected });
        } else {
            self.more += 1;
        }
    }

    /// All faulty fields, and a last entry that counts those beyond the limit; empty if there are none.
    pub fn into_list(self) -> Vec<Fault> {
        let mut list = self.found;
        if self.more > 0 {
            list.push(Fault {
                kind: FaultKind::TooMany,
                field: String::new(),
                expected: Text::new(
                    format!("另有 {} 个字段有误", self.more),
                    format!("{} more fields are faulty", self.more),
                ),
            });
        }
        list
    }
}

#[cfg(test)]
mod tests {
    use super::FaultKind;

    #[test]
    fn the_contract_lists_every_reason_of_a_field() {
        let contract = include_str!("../../proto/gouji/v1/compliance_service.proto").replace("\n//", "");
        let all = FaultKind::ALL.map(FaultKind::name).join(", ");
        assert!(contract.contains(&format!("one of {all}.")), "{all}");
    }
}
