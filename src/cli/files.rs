//! Which files a command reads: those that are named, and the documents of folders.

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
};

use walkdir::WalkDir;

use super::input::{STANDARD_INPUT, name_of};
use crate::words::{Text, system};

/// The endings of documents in folders, among them those of formats that are refused with advice: whoever has such
/// reports must learn that they were not checked.
const DOCUMENTS: [&str; 29] = [
    "txt", "md", "markdown", "csv", "tsv", "html", "htm", "xhtml", "shtml", "mht", "mhtml", "docx", "docm", "xlsx",
    "xlsm", "odt", "ods", "fodt", "fods", "pdf", "json", "doc", "xls", "wps", "et", "rtf", "ofd", "ppt", "pptx",
];

/// The files to read.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Files {
    /// In the order in which they are named, those of a folder sorted by name; each once.
    pub files: Vec<PathBuf>,
    /// How many files of folders are no documents.
    pub skipped: usize,
    /// The folders that can't be searched, and why: what is in them goes unchecked, which must be told.
    pub unread: Vec<Text>,
}

/// Finds the files. A name that leads nowhere stays: reading it says what is wrong.
pub(super) fn find(named: &[PathBuf]) -> Files {
    let mut found = Files::default();
    let mut known = HashSet::new();
    for path in named {
        let below = if is_folder(path) { documents(path, &mut found) } else { vec![path.clone()] };
        for file in below {
            // The same file by another name is the same report.
            if known.insert(file.canonicalize().unwrap_or_else(|_| file.clone())) {
                found.files.push(file);
            }
        }
    }
    found
}

fn is_folder(path: &Path) -> bool {
    path != Path::new(STANDARD_INPUT) && path.is_dir()
}

/// The documents of a folder and of those below it. What is hidden is left out without being counted.
fn documents(folder: &Path, found: &mut Files) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let all = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
    // The folder itself was named, whatever its name.
    let all = all.filter_entry(|entry| entry.depth() == 0 || !is_hidden(&entry.file_name().to_string_lossy()));
    for entry in all {
        match entry {
            Err(error) => found.unread.push(refused(folder, &error)),
            Ok(entry) if !entry.file_type().is_file() => {}
            Ok(entry) if is_document(entry.path()) => files.push(entry.into_path()),
            Ok(_) => found.skipped += 1,
        }
    }
    files
}

/// Also the files beside an open document, and those that a computer leaves in every folder.
fn is_hidden(name: &str) -> bool {
    name.starts_with('.') || name.starts_with("~$") || name == "__MACOSX"
}

fn is_document(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    DOCUMENTS.contains(&&*ending)
}

/// That folders hold no document; `None` where there is one, or a folder can't be searched.
pub(super) fn nothing_in(named: &[PathBuf], found: &Files) -> Option<Text> {
    let names: Vec<String> = named.iter().map(|path| name_of(path)).collect();
    (found.files.is_empty() && found.unread.is_empty()).then(|| {
        let names = names.join("、");
        Text::new(format!("{names}：其中没有可检查的文档"), format!("{names}: there are no documents in it"))
    })
}

fn refused(folder: &Path, error: &walkdir::Error) -> Text {
    let name = name_of(error.path().unwrap_or(folder));
    let why = match error.io_error() {
        Some(error) => system::why(error),
        None => Text::fixed("文件夹的链接首尾相接", "links of folders lead in a circle"),
    };
    Text::new(format!("{name}：{}", why.zh), format!("{name}: {}", why.en))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_searched_in_order_and_each_file_is_found_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir_all(at("乙/下")).expect("a folder");
        for name in ["b.TXT", "a.html", "c.png", ".hidden.txt", "~$a.docx", "乙/下/z.pdf", "乙/x"] {
            std::fs::write(at(name), "x").expect("a file");
        }
        let found = find(&[at("b.TXT"), folder.path().into(), at("missing"), "-".into()]);
        let files = [at("b.TXT"), at("a.html"), at("乙/下/z.pdf"), at("missing"), "-".into()];
        assert_eq!(found, Files { files: files.into(), skipped: 2, unread: Vec::new() });
    }
}
