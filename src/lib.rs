//! gouji
pub mod checker;
pub mod dossier;
pub mod engine;
pub mod ingestion;
pub mod report;
pub mod rule;
pub mod rules;
pub mod wire;
