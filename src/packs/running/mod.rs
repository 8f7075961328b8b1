//! Runs an expression over a dossier: as sums of counts if it is linear, else step by step.

pub(super) mod assumed;
pub(super) mod condition;
#[cfg(test)]
mod differential;
pub(super) mod evaluation;
pub(super) mod interpreter;
pub(super) mod linear;
pub(super) mod quantities;
