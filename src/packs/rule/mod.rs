//! A rule's text becomes a rule: its instances, what it says, whom it asks for.

pub(super) mod decision;
pub(super) mod for_each;
pub(super) mod saying;
pub(super) mod written;
