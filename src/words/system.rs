//! What the system says when a file can't be read or written.

use std::io::{Error, ErrorKind};

use super::Text;

/// Why the system refused, without the name of the file.
pub fn why(error: &Error) -> Text {
    let (zh, en) = match error.kind() {
        ErrorKind::NotFound => ("文件不存在", "there is no such file"),
        ErrorKind::PermissionDenied => ("没有访问权限", "permission is denied"),
        ErrorKind::IsADirectory => ("是文件夹，不是文件", "it is a folder, not a file"),
        ErrorKind::NotADirectory => ("路径中有一级不是文件夹", "a part of the path is no folder"),
        ErrorKind::AlreadyExists => ("文件已存在", "the file is there already"),
        ErrorKind::InvalidFilename => ("文件名无效或过长", "the file's name is invalid or too long"),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => ("磁盘空间不足", "the disk is full"),
        ErrorKind::ReadOnlyFilesystem => ("磁盘只读，不能写入", "the disk can only be read"),
        ErrorKind::OutOfMemory => ("内存不足", "memory is short"),
        ErrorKind::InvalidData => ("内容不是 UTF-8 文字", "its content is no UTF-8 text"),
        ErrorKind::TimedOut => ("读取超时", "reading took too long"),
        _ => {
            // What is left is rare, and its number finds it in the system's manual.
            let number = error.raw_os_error().map(|number| format!("（系统错误 {number}）")).unwrap_or_default();
            return Text::new(format!("系统无法读写该文件{number}"), error.to_string());
        }
    };
    Text::fixed(zh, en)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_speaks_the_callers_language() {
        assert_eq!(why(&ErrorKind::NotFound.into()).zh, "文件不存在");
        let rare = why(&Error::from_raw_os_error(5));
        assert_eq!(rare.zh, "系统无法读写该文件（系统错误 5）");
        assert!(rare.en.is_ascii());
    }
}
