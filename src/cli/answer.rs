//! `gouji answer`: answers a JSON request as the core does, for embedders who compare the two.

use std::io::Read;

use super::{complain, exit, print};
use crate::{
    answer::answer_json,
    checker::{Checker, Reading},
    deadline::Deadline,
    layout::Limits,
    words::{Language, system},
};

/// Answers the request on standard input.
pub(super) fn run(language: Language) -> u8 {
    let mut request = Vec::new();
    if let Err(error) = std::io::stdin().lock().read_to_end(&mut request) {
        complain(system::why(&error).in_language(language));
        return exit::FAILED;
    }
    let checker = Checker::new(Reading::Here(Limits::default()));
    print(&(answer_json(&checker, &request, &Deadline::NEVER) + "\n"));
    exit::COMPLIANT
}
