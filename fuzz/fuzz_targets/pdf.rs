//! Bytes that are taken for a PDF, read as the service does it: in a process of its own, which may crash; the pool
//! must not. `READER` names the program.
#![no_main]

use std::{path::PathBuf, sync::LazyLock, time::Duration};

use gouji::{
    deadline::Deadline,
    isolation::{Bounds, Failure, Readers},
};

static READERS: LazyLock<Readers> = LazyLock::new(|| {
    let program = std::env::var_os("READER").map(PathBuf::from);
    Readers::new(Some(program.expect("READER names the gouji program")), Bounds::default(), 1, Duration::from_secs(10))
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let document = [b"%PDF-1.4\n", bytes].concat();
    if let Err(Failure::NoProcess(error)) = READERS.lay_out(&document, &Deadline::NEVER) {
        panic!("{error}");
    }
});
