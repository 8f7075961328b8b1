//! Bytes that are taken for a PDF, read as the service does it: in a process of its own, which may crash; the pool
//! must not. `READER` names the program.
#![no_main]

use std::sync::LazyLock;

use gouji::{deadline::Deadline, isolation::{Documents, Readers}, layout::{Failure, Reader as _}};

static READERS: LazyLock<Readers> = LazyLock::new(|| {
    let program = std::env::var("READER").expect("READER names the gouji program");
    Readers::new(Documents { program, processes: 1, ..Documents::default() })
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let document = [b"%PDF-1.4\n", bytes].concat();
    if let Err(Failure::NoProcess(error)) = READERS.lay_out(&document, &Deadline::NEVER) {
        panic!("{error}");
    }
});
