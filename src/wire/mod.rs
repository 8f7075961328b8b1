//! The messages of the contract, and the conversions between them and the report, the assessment and JSON.
//!
//! There is no server here. The generated code is in [`gouji::v1`] and [`google`].

pub mod assessment;
pub mod counted;
mod dates;
pub mod dossier;
mod enums;
pub mod filing;
mod finding;
pub mod json;
pub mod limits;
pub mod manner;
pub mod received;
pub mod report;
pub mod report_file;
mod rows;
pub mod rules;
mod spot;
pub mod statement;
pub mod status;
mod waiver;
pub mod wrong;

/// The contract's own package.
pub mod gouji {
    /// Version 1 of the contract; `proto/gouji/v1` documents each element.
    #[allow(missing_docs, clippy::all, clippy::unwrap_used, unused_qualifications)]
    pub mod v1 {
        include!(concat!(env!("OUT_DIR"), "/gouji.v1.rs"));
        include!(concat!(env!("OUT_DIR"), "/gouji.v1.serde.rs"));
    }
}

/// Google's common types, as far as the contract uses them.
pub mod google {
    /// The error model.
    #[allow(missing_docs, clippy::all)]
    pub mod rpc {
        include!(concat!(env!("OUT_DIR"), "/google.rpc.rs"));
    }
    /// Dates.
    #[allow(missing_docs, clippy::all, unused_qualifications)]
    pub mod r#type {
        include!(concat!(env!("OUT_DIR"), "/google.r#type.rs"));
        include!(concat!(env!("OUT_DIR"), "/google.r#type.serde.rs"));
    }
}

pub use gouji::v1;

/// The descriptors of all messages and services, for reflection.
pub const DESCRIPTORS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/descriptors.bin"));
