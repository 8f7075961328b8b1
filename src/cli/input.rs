//! Reads the files that a command is given, and tells why one can't be read.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use super::{complain, documents};
use crate::{
    layout::text_of,
    submission::{Error, Fault, FaultKind, Faults, Filing, Reason},
    wire::{filing::structured, report_file::report_in_file, wrong::joined},
    words::{Language, Text, system},
};

/// Standard input, where a file is expected.
pub(super) const STANDARD_INPUT: &str = "-";

/// The name of a file in messages; `-` is standard input.
pub(super) fn name_of(file: &Path) -> String {
    file.display().to_string()
}

/// A file as a filing: JSON is a structured report, everything else a document. `field` names it in errors.
pub(super) fn filing(file: &Path, field: &str) -> Result<Filing, Error> {
    let bytes = read(file)?;
    if is_json(file, &bytes) { report_in(&bytes, field) } else { Ok(Filing::document(bytes, name_of(file))) }
}

/// Standard input has no ending: no document begins with a brace, but for RTF, which is told by name.
fn is_json(file: &Path, bytes: &[u8]) -> bool {
    let named = file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    let begins = bytes.trim_ascii_start();
    named || file == Path::new(STANDARD_INPUT) && begins.starts_with(b"{") && !begins.starts_with(b"{\\rtf")
}

fn report_in(bytes: &[u8], field: &str) -> Result<Filing, Error> {
    let text = text(bytes)?;
    let field = format!("{field}.report");
    let report = report_in_file(text.as_bytes()).map_err(|wrong| {
        let fault =
            Fault { kind: FaultKind::Malformed, field: joined(&field, &wrong.path), expected: wrong.why.clone() };
        Error { message: wrong.told(), ..Error::invalid(vec![fault]) }
    })?;
    let mut faults = Faults::default();
    let filing = structured(report, &field, &mut faults);
    match faults.into_list() {
        faults if faults.is_empty() => Ok(filing),
        faults => Err(Error::invalid(faults)),
    }
}

/// The text of a file that is no document: JSON, in whatever encoding an editor saved it.
pub(super) fn text(bytes: &[u8]) -> Result<std::borrow::Cow<'_, str>, Error> {
    text_of(bytes).map_err(|refusal| Error::plain(Reason::UnreadableDocument, refusal.why))
}

/// The bytes of a file that isn't empty, and not larger than the service accepts by default.
pub(super) fn read(file: &Path) -> Result<Vec<u8>, Error> {
    let most = documents::most() as u64;
    let unread = |error: io::Error| Error::plain(Reason::FileNotRead, system::why(&error));
    let mut bytes = Vec::new();
    // One more than the limit tells that there is more; only a regular file knows how much.
    let size = if file == Path::new(STANDARD_INPUT) {
        io::stdin().lock().take(most + 1).read_to_end(&mut bytes).map_err(unread)?;
        None
    } else {
        let opened = File::open(file).map_err(unread)?;
        let about = opened.metadata().map_err(unread)?;
        if about.len() <= most || !about.is_file() {
            opened.take(most + 1).read_to_end(&mut bytes).map_err(unread)?;
        }
        about.is_file().then_some(about.len())
    };
    let length = bytes.len() as u64;
    match size {
        Some(size) if size > most => Err(too_large(Some(size), most)),
        _ if length > most => Err(too_large(None, most)),
        _ if length == 0 => Err(Error::plain(
            Reason::UnreadableDocument,
            Text::fixed(
                "文件为空（0 字节），请重新下载或导出后提交",
                "the file is empty (0 bytes): download or export it again",
            ),
        )),
        _ => Ok(bytes),
    }
}

fn too_large(size: Option<u64>, most: u64) -> Error {
    const MEGABYTE: u64 = 1 << 20;
    let most = most / MEGABYTE;
    let message = match size {
        Some(size) => {
            let (whole, tenth) = (size / MEGABYTE, size % MEGABYTE * 10 / MEGABYTE);
            Text::new(
                format!("文件有 {whole}.{tenth} MB（{size} 字节），超过上限 {most} MB"),
                format!("the file has {whole}.{tenth} MB ({size} bytes); the limit is {most} MB"),
            )
        }
        None => Text::new(format!("内容超过上限 {most} MB"), format!("there is more than the limit of {most} MB")),
    };
    Error::plain(Reason::DocumentTooLarge, message)
}

/// Prints why a file could not be read or checked; its fields one by one if several are faulty.
pub(super) fn complain_of(name: &str, error: &Error, language: Language) {
    complaint_of(name, error, language).iter().for_each(|line| complain(line));
}

/// The lines of `complain_of`.
pub(super) fn complaint_of(name: &str, error: &Error, language: Language) -> Vec<String> {
    let colon = match language {
        Language::Zh => "：",
        Language::En => ": ",
    };
    let mut lines = vec![format!("{name}{colon}{}", error.message.in_language(language))];
    if error.faults.len() > 1 {
        let told = |fault: &Fault| format!("  {}{colon}{}", fault.field, fault.expected.in_language(language));
        lines.extend(error.faults.iter().map(told));
    }
    lines
}
