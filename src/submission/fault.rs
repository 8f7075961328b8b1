//! Fields of a request that are not as they should be.

use crate::words::Text;

/// One field that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The path of the field in the request: `subject.report.sections[2].number`.
    pub field: String,
    /// What was expected.
    pub expected: Text,
}

/// Collects every faulty field, so that a caller learns of all of them at once.
#[derive(Debug, Default)]
pub struct Faults {
    found: Vec<Fault>,
    more: usize,
}

/// The most faults that are told one by one.
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

    /// Nothing if no field is faulty; else all that are, and a last one that counts the rest.
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
