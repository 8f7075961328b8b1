//! The processes that read documents, as the configuration wants them.

use std::{path::PathBuf, thread::available_parallelism, time::Duration};

use crate::{
    checker::Reading,
    config::{Config, Documents},
    isolation::{Bounds, Readers},
    layout::Limits,
};

/// Where documents are read.
pub(super) fn reading(config: &Config) -> Reading {
    let Documents { memory_bytes, processor_seconds, answer_bytes, .. } = config.documents;
    let bounds = Bounds { limits: limits(config), memory_bytes, processor_seconds, answer_bytes };
    let own = &config.documents;
    let processes = processes(own);
    let program = (!own.program.is_empty()).then(|| PathBuf::from(&own.program));
    Reading::Apart(Readers::new(program, bounds, processes, Duration::from_millis(own.read_ms)))
}

/// How many processes read documents.
pub(super) fn processes(own: &Documents) -> usize {
    match own.processes {
        0 => available_parallelism().map_or(1, usize::from),
        processes => processes,
    }
}

fn limits(config: &Config) -> Limits {
    let own = &config.documents;
    Limits {
        bytes: config.limits.document_bytes,
        text: own.text_bytes,
        entries: own.archive_entries,
        unpacked: own.unpacked_bytes,
        ratio: own.unpacked_ratio,
        depth: own.depth,
        cells: own.cells,
        span: own.span,
        pages: own.pages,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_configurations_defaults_are_the_readers() {
        let config = Config::default();
        let bytes = config.limits.document_bytes;
        assert_eq!(limits(&config), Limits { bytes, ..Limits::default() });
        let Reading::Apart(readers) = reading(&config) else { panic!("documents are read apart") };
        assert_eq!(readers.bounds(), &Bounds { limits: limits(&config), ..Bounds::default() });
    }
}
