//! The core as a WebAssembly module: bytes in, JSON out, numbers of 32 bits alone.
//!
//! `reserve(length)`, then `put(at, word)` for every four bytes of a `CheckReportRequest` in JSON, then
//! `answer()`, which gives the length of a `CheckReportsResponse` in JSON, and `get(at)` for every four bytes of
//! it. A trap is no answer: it is for the caller to take it as undetermined and to begin with a new instance.
#![allow(unsafe_code, reason = "exported names are unsafe attributes; nothing else is")]

use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use gouji::{
    answer::answer_json,
    checker::{Checker, Reading},
    deadline::Deadline,
    layout::Limits,
};

static BYTES: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static CHECKER: LazyLock<Checker> = LazyLock::new(|| Checker::new(Reading::Here(Limits::default())));

fn bytes() -> MutexGuard<'static, Vec<u8>> {
    BYTES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Makes room for a request of so many bytes.
#[unsafe(no_mangle)]
pub extern "C" fn reserve(length: u32) {
    *bytes() = vec![0; length as usize];
}

/// Puts four bytes of the request, the first lowest; those beyond its end are left out.
#[unsafe(no_mangle)]
pub extern "C" fn put(at: u32, word: u32) {
    let mut bytes = bytes();
    let rest = bytes.get_mut(at as usize..).unwrap_or_default();
    rest.iter_mut().zip(word.to_le_bytes()).for_each(|(own, byte)| *own = byte);
}

/// Answers the request; the length of the answer in bytes.
#[unsafe(no_mangle)]
pub extern "C" fn answer() -> u32 {
    let mut bytes = bytes();
    *bytes = answer_json(&CHECKER, &bytes, &Deadline::NEVER).into_bytes();
    u32::try_from(bytes.len()).unwrap_or(u32::MAX)
}

/// Four bytes of the answer, the first lowest; zeros beyond its end.
#[unsafe(no_mangle)]
pub extern "C" fn get(at: u32) -> u32 {
    let bytes = bytes();
    let mut word = [0; 4];
    let rest = bytes.get(at as usize..).unwrap_or_default();
    rest.iter().zip(&mut word).for_each(|(byte, own)| *own = *byte);
    u32::from_le_bytes(word)
}

fn main() {}
