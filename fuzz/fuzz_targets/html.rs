//! Bytes that are taken for a page.
#![no_main]

use gouji::{ingestion::read, layout::Limits};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let page = [b"<html><body>\xe4\xbf\xa1\xe6\x81\xaf\xe5\x85\xac\xe5\xbc\x80<table>", bytes].concat();
    let _ = read(&page, &Limits { cells: 5_000, ..Limits::default() });
});
