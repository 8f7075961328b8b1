//! 勾稽 (gouji): checks 政府信息公开工作年度报告.
//!
//! The modules are in the order in which a report passes through them. ARCHITECTURE.md says which may use which, and
//! `tests/architecture.rs` checks it. What knows a socket, a process, a file or a clock is behind the feature
//! `service`; `cfg`s of that feature occur only in this file.

pub mod deadline;
pub mod words;

pub mod report;
pub mod submission;

pub mod layout;

#[cfg(feature = "service")]
pub mod isolation;

pub mod ingestion;

pub mod narrative;

pub mod dossier;
pub mod profile;
pub mod rule;
pub mod rules;

pub mod written;

pub mod packs;

pub mod engine;

pub mod rulebook;

#[cfg(feature = "service")]
pub mod operator;

pub mod checker;

pub mod wire;

pub mod answer;

pub mod render;

#[cfg(feature = "service")]
pub mod callers;

#[cfg(feature = "service")]
pub mod service;

#[cfg(feature = "service")]
pub mod grpc;

#[cfg(feature = "service")]
pub mod cli;
#[cfg(feature = "service")]
pub mod config;
#[cfg(feature = "service")]
pub mod telemetry;
