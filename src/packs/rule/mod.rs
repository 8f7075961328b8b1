//! Turns a rule's text into a rule: its instances, its messages, what it needs.

pub(super) mod decision;
pub(super) mod for_each;
pub(super) mod saying;
pub(super) mod written;
