//! Finds the files and reads them, within limits.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::Path,
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

/// Whether a path in a folder is a YAML file; files whose names begin with a dot are ignored.
pub fn is_yaml(path: &Path) -> bool {
    let hidden = path.file_name().is_none_or(|name| name.as_encoded_bytes().starts_with(b"."));
    let yaml = path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml");
    yaml && !hidden && !path.is_dir()
}

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

/// The YAML files of a folder with their texts, sorted by name.
///
/// # Errors
///
/// If a file can't be read or is too large, or if there are too many.
pub fn folder(folder: &Path) -> Result<Vec<(String, String)>, Problem> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| unread(&folder.display().to_string(), &error))? {
        let path = entry.map_err(|error| unread("", &error))?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if !is_yaml(&path) {
            continue;
        }
        is_settled(&path).map_err(|problem| Problem { file: name.clone(), ..problem })?;
        let size = fs::metadata(&path).map_err(|error| unread(&name, &error))?.len();
        if size > MAX_FILE || files.len() >= MAX_FILES {
            let (zh, en) = (
                format!("最多 {MAX_FILES} 个文件，每个不超过 {MAX_FILE} 字节"),
                format!("at most {MAX_FILES} files of {MAX_FILE} bytes"),
            );
            return Err(whole(&name, &zh, &en));
        }
        let text = fs::read_to_string(&path).map_err(|error| unread(&name, &error))?;
        files.push((name, text));
    }
    files.sort();
    Ok(files)
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
    let unread = |_| unread(&file.display().to_string(), &io::ErrorKind::InvalidData.into());
    String::from_utf8(bytes(file)?).map_err(unread)
}

/// The bytes of a file, of whatever kind.
///
/// # Errors
///
/// If it can't be read, or is too large.
fn bytes(file: &Path) -> Result<Vec<u8>, Problem> {
    let name = file.display().to_string();
    let bytes = bounded(file).map_err(|error| unread(&name, &error))?;
    let too_large =
        || whole(&name, &format!("文件超过 {MAX_LIST} 字节"), &format!("the file has more than {MAX_LIST} bytes"));
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
fn bounded(file: &Path) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    File::open(file)?.take(MAX_LIST + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= MAX_LIST).then_some(bytes))
}
