//! 勾稽 (gouji): checks 政府信息公开工作年度报告.
//!
//! The modules stand in the order in which a report passes through them. Which may use which is
//! said in ARCHITECTURE.md, and `tests/architecture.rs` holds them to it.

pub mod deadline;
pub mod words;

pub mod report;
pub mod submission;

pub mod layout;

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

pub mod checker;

pub mod wire;

pub mod render;

pub mod service;

pub mod grpc;

pub mod cli;
pub mod config;
pub mod telemetry;
