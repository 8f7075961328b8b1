//! Any bytes, by their content: read or refused.
#![no_main]

use gouji::{ingestion::read, layout::Limits};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    // PDF goes to a process of its own: see pdf.rs.
    if !bytes.windows(5).any(|header| header == b"%PDF-") {
        let _ = read(bytes, &Limits::default());
    }
});
