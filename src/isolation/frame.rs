//! The frames on the pipes: a length, then that many bytes.

use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};

use crate::layout::{Layout, Obstacle, Refusal};

/// A process's answer to a document.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Answer {
    /// The document, or why it can't be read.
    pub read: Result<Layout, Refused>,
    /// Whether the process accepts another document.
    pub goes_on: bool,
}

/// A refusal in the form that processes exchange.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Refused {
    obstacle: Obstacle,
    zh: String,
    en: String,
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self { obstacle: refusal.obstacle, zh: refusal.why.zh.into_owned(), en: refusal.why.en.into_owned() }
    }
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Self {
        Self::new(refused.obstacle, refused.zh, refused.en)
    }
}

/// The size of the length field, in bytes.
pub(super) const LENGTH: usize = 8;

/// The length field for these bytes.
pub(super) fn length(bytes: &[u8]) -> [u8; LENGTH] {
    (bytes.len() as u64).to_be_bytes()
}

/// Reads a frame of at most `limit` bytes; `None` if the other side has closed the pipe.
pub(super) fn read(from: &mut impl Read, limit: usize) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; LENGTH];
    match from.read_exact(&mut length) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        read => read?,
    }
    let length = usize::try_from(u64::from_be_bytes(length)).unwrap_or(usize::MAX);
    if length > limit {
        return Err(io::Error::other("a frame is too long"));
    }
    let mut bytes = Vec::new();
    from.take(length as u64).read_to_end(&mut bytes)?;
    if bytes.len() < length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Some(bytes))
}

/// Writes a frame.
pub(super) fn write(to: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    to.write_all(&length(bytes))?;
    to.write_all(bytes)?;
    to.flush()
}
