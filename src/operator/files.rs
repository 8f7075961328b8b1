//! Finds the files and reads them, within limits.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

use crate::{
    words::{Text, system},
    written::Problem,
};

/// The most files in a folder, and the most bytes of each.
pub(super) const MAX_FILES: usize = 100;
pub(super) const MAX_FILE: u64 = 64 << 10;
/// The most bytes of a list of profiles or waivers.
pub(super) const MAX_LIST: u64 = 4 << 20;

/// How deep folders within a folder are looked into: far beyond any pack, and an end where links make a circle.
const MAX_DEPTH: usize = 8;

/// Refuses pipes and devices where files are read again and again: what was read of a pipe is gone, and the next look would
/// wait for more of it, for ever. What is missing, or a folder, is refused by who reads it.
///
/// # Errors
///
/// If it is one.
pub fn is_settled(file: &Path) -> Result<(), Problem> {
    match fs::metadata(file) {
        Ok(found) if !found.is_file() && !found.is_dir() => {
            let (zh, en) = ("应为普通文件，不能是管道或设备", "it must be a regular file, no pipe and no device");
            Err(whole(&file.display().to_string(), zh, en))
        }
        _ => Ok(()),
    }
}

/// The paths of all YAML files below a folder, by their names there with `/` between folders, sorted. What begins with a dot
/// is left out: systems keep their own there.
///
/// # Errors
///
/// If a folder can't be read, or too many are within each other.
pub fn yaml(folder: &Path) -> Result<Vec<(String, PathBuf)>, Problem> {
    let mut found = Vec::new();
    gather(folder, "", 0, &mut found)?;
    found.sort();
    Ok(found)
}

fn gather(folder: &Path, within: &str, depth: usize, found: &mut Vec<(String, PathBuf)>) -> Result<(), Problem> {
    let place = if within.is_empty() { folder.display().to_string() } else { within.to_owned() };
    if depth > MAX_DEPTH {
        let (zh, en) = (format!("文件夹最多 {MAX_DEPTH} 层"), format!("at most {MAX_DEPTH} folders within each other"));
        return Err(whole(&place, &zh, &en));
    }
    for entry in fs::read_dir(folder).map_err(|error| unread(&place, &error))? {
        let path = entry.map_err(|error| unread(&place, &error))?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let name = if within.is_empty() { name } else { format!("{within}/{name}") };
        if path.file_name().is_none_or(|name| name.as_encoded_bytes().starts_with(b".")) {
            continue;
        }
        let ends = |with: &str| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(with));
        if path.is_dir() {
            gather(&path, &name, depth + 1, found)?;
        } else if ends("yaml") || ends("yml") {
            found.push((name, path));
        }
    }
    Ok(())
}

/// The YAML files of a folder and of the folders in it with their texts, sorted by name.
///
/// # Errors
///
/// All files that can't be read or are too large, or that there are too many.
pub fn folder(folder: &Path) -> Result<Vec<(String, String)>, Vec<Problem>> {
    let paths = yaml(folder).map_err(|problem| vec![problem])?;
    if paths.len() > MAX_FILES {
        let name = folder.display().to_string();
        return Err(vec![whole(&name, &format!("最多 {MAX_FILES} 个文件"), &format!("at most {MAX_FILES} files"))]);
    }
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    for (name, path) in paths {
        let settled = is_settled(&path).map_err(|problem| Problem { file: name.clone(), ..problem });
        match settled.and_then(|()| text_of(&name, &path, MAX_FILE)) {
            Ok(text) => files.push((name, text)),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(files) } else { Err(problems) }
}

fn whole(file: &str, zh: &str, en: &str) -> Problem {
    Problem::whole(file, Text::new(zh.to_owned(), en.to_owned()))
}

fn unread(file: &str, error: &io::Error) -> Problem {
    let Text { zh, en } = system::why(error);
    whole(file, &format!("无法读取：{zh}"), &format!("can't be read: {en}"))
}

/// The text of a list of profiles or waivers.
///
/// # Errors
///
/// If it can't be read, is too large, or is not UTF-8 text.
pub fn text(file: &Path) -> Result<String, Problem> {
    text_of(&file.display().to_string(), file, MAX_LIST)
}

/// The bytes of a file, of whatever kind.
///
/// # Errors
///
/// If it can't be read, or is too large.
fn bytes(file: &Path) -> Result<Vec<u8>, Problem> {
    bytes_of(&file.display().to_string(), file, MAX_LIST)
}

fn text_of(name: &str, path: &Path, most: u64) -> Result<String, Problem> {
    let no_text = |_| unread(name, &io::ErrorKind::InvalidData.into());
    String::from_utf8(bytes_of(name, path, most)?).map_err(no_text)
}

fn bytes_of(name: &str, path: &Path, most: u64) -> Result<Vec<u8>, Problem> {
    let bytes = bounded(path, most).map_err(|error| unread(name, &error))?;
    let too_large = || whole(name, &format!("文件超过 {most} 字节"), &format!("the file has more than {most} bytes"));
    bytes.ok_or_else(too_large)
}

/// The bytes of a file that is read again and again.
///
/// # Errors
///
/// If it is a pipe or a device, can't be read, or is too large.
pub fn settled(file: &Path) -> Result<Vec<u8>, Problem> {
    is_settled(file).and_then(|()| bytes(file))
}

/// The bytes of a file, of whatever kind; `None` if there are more than the limit.
///
/// # Errors
///
/// If the file can't be read.
fn bounded(file: &Path, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    File::open(file)?.take(most + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}
