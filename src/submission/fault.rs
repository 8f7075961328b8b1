//! Invalid fields of a request.

use crate::words::Text;

/// One invalid field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The path of the field in the request: `subject.report.sections[2].number`.
    pub field: String,
    /// What was expected.
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
    pub fn note(&mut self, field: impl Into<String>, expected: Text) {
        if self.found.len() < MAX_FAULTS {
            self.found.push(Fault { field: field.into(), expected });
        } else {
            self.more += 1;
        }
    }

    /// All faulty fields, and a last entry that counts those beyond the limit; empty if there are none.
    pub fn into_list(self) -> Vec<Fault> {
        let mut list = self.found;
        if self.more > 0 {
            list.push(Fault {
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
