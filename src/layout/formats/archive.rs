//! The archive format of office documents, with limits on all that it unpacks to.

use std::{
    collections::HashMap,
    io::{Cursor, Read},
};

use zip::ZipArchive;

use crate::{
    layout::{
        limits::Limits,
        refusal::{Obstacle, Refusal},
    },
    report::Format,
};

/// Up to this size a file is unpacked whatever its ratio: small XML files compress well.
const SMALL: usize = 1 << 20;

/// An archive whose files are unpacked on request.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// The files by their names as they are looked for.
    names: HashMap<String, usize>,
    size: usize,
    limits: &'a Limits,
    unpacked: usize,
}

impl<'a> Archive<'a> {
    /// Opens a document as an archive.
    pub fn open(content: &'a [u8], limits: &'a Limits) -> Result<Self, Refusal> {
        let zip = ZipArchive::new(Cursor::new(content)).map_err(|error| damaged("", &error.to_string()))?;
        Limits::hold(zip.len(), limits.entries, "内含文件数", "files in its archive")?;
        let mut names = HashMap::new();
        let all = (0..zip.len()).filter_map(|at| Some((named(&zip.name_for_index(at)?.ok()?), at)));
        // Of two files of one name each program takes another.
        let is_twice =
            all.fold(zip.has_duplicate_names(), |twice, (name, at)| names.insert(name, at).is_some() || twice);
        if is_twice {
            return Err(damaged("", "two files of its archive have the same name"));
        }
        Ok(Self { zip, names, size: content.len(), limits, unpacked: 0 })
    }

    /// Whether there is a file of this name.
    pub fn has(&self, name: &str) -> bool {
        self.names.contains_key(&named(name))
    }

    /// Which office format the archive holds.
    pub fn format(&mut self) -> Result<Format, Refusal> {
        if self.has("xl/workbook.xml") {
            return Ok(Format::Xlsx);
        }
        if self.has("word/document.xml") || (self.has("[Content_Types].xml") && self.has("word/styles.xml")) {
            return Ok(Format::Docx);
        }
        // Parts may have other names; the package says what they are.
        let types = self.read("[Content_Types].xml")?.unwrap_or_default();
        let says = |words: &[u8]| types.windows(words.len()).any(|own| own == words);
        if says(b"wordprocessingml.document.main") {
            return Ok(Format::Docx);
        }
        if says(b"spreadsheetml.sheet.main") {
            return Ok(Format::Xlsx);
        }
        let kind = self.read("mimetype")?.unwrap_or_default();
        match kind.trim_ascii() {
            b"application/vnd.oasis.opendocument.text" => Ok(Format::Odt),
            b"application/vnd.oasis.opendocument.spreadsheet" => Ok(Format::Ods),
            _ => Err(Refusal::new(
                Obstacle::UnsupportedFormat,
                "压缩包内没有 DOCX、XLSX 或 ODT 文档的内容：确是压缩包的，请解压后逐份提交；本来是文档的，已经损坏，请重新保存后提交",
                "an archive that lacks what makes up a DOCX, XLSX or ODT document: unpack it, and hand in each report by itself; if it is \
                 meant to be a document it is damaged: save it again",
            )),
        }
    }

    /// A file of the archive, unpacked; `None` if there is no file of that name.
    pub fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let Some(index) = self.names.get(&named(name)).copied() else {
            return Ok(None);
        };
        let file = self.zip.by_index(index).map_err(|error| damaged(name, &error.to_string()))?;
        // The archive states the sizes; the unpacked bytes are counted.
        let packed = usize::try_from(file.compressed_size()).unwrap_or(usize::MAX).min(self.size);
        let of_ratio = packed.saturating_mul(self.limits.ratio).max(SMALL);
        let left = self.limits.unpacked - self.unpacked;
        let mut bytes = Vec::new();
        let most = left.min(of_ratio);
        let read = file.take(most as u64 + 1).read_to_end(&mut bytes);
        read.map_err(|error| damaged(name, &error.to_string()))?;
        self.unpacked += bytes.len().min(left);
        Limits::hold(bytes.len(), left, "解压后字节数", "bytes unpacked")
            .map_err(|_| Limits::exceeded(self.limits.unpacked, "解压后字节数", "bytes unpacked"))?;
        Limits::hold(bytes.len(), of_ratio, "压缩比", "times its packed size")
            .map_err(|_| Limits::exceeded(self.limits.ratio, "压缩比", "times its packed size"))?;
        Ok(Some(bytes))
    }

    /// A file that the document must have.
    pub fn require(&mut self, name: &str) -> Result<Vec<u8>, Refusal> {
        self.read(name)?.ok_or_else(|| damaged(name, "it is missing"))
    }
}

/// A part's name as it is looked for: without regard to case, and whichever slash it is written with.
fn named(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

/// The refusal of a damaged document; `name` is that of the file in it.
pub(super) fn damaged(name: &str, why: &str) -> Refusal {
    let (zh, en) = if name.is_empty() { Default::default() } else { (format!(" {name}"), format!("{name}: ")) };
    Refusal::new(
        Obstacle::Unreadable,
        format!("文档已损坏，无法打开{zh}，请重新保存后提交"),
        format!("the document is damaged: {en}{why}"),
    )
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use std::io::Write;

    /// An archive of these files.
    pub fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn a_bomb_is_refused_before_it_is_unpacked() {
        let bomb = packed(&[("word/document.xml", &vec![b' '; 8 << 20])]);
        assert!(bomb.len() < 20_000);
        let limits = [Limits { ratio: 10, ..Limits::default() }, Limits { unpacked: 1 << 20, ..Limits::default() }];
        for limits in limits {
            let refusal = Archive::open(&bomb, &limits).unwrap().read("word/document.xml").expect_err("too much");
            assert_eq!(refusal.obstacle, Obstacle::TooLarge);
        }
    }

    #[test]
    fn too_many_files_are_refused_and_damage_is_told() {
        let limits = Limits { entries: 1, ..Limits::default() };
        let two = packed(&[("a", b""), ("b", b"")]);
        assert_eq!(Archive::open(&two, &limits).err().map(|it| it.obstacle), Some(Obstacle::TooLarge));
        let cut = &two[..two.len() / 2];
        assert_eq!(Archive::open(cut, &limits).err().map(|it| it.obstacle), Some(Obstacle::Unreadable));
    }

    #[test]
    fn two_files_of_the_same_name_are_damage() {
        let put = |bytes: Vec<u8>, from: &[u8], to: &[u8]| {
            let mut bytes = bytes;
            for at in 0..bytes.len() - from.len() {
                if bytes[at..].starts_with(from) {
                    bytes[at..at + from.len()].copy_from_slice(to);
                }
            }
            bytes
        };
        let two = packed(&[("word/document.xml", b"<a/>"), ("word/documens.xml", b"<a/>")]);
        assert!(Archive::open(&two, &Limits::default()).is_ok());
        // The same name, another case, another slash.
        for name in ["word/document.xml", "Word/Document.XML", "word\\document.xml"] {
            let twice = put(two.clone(), b"word/documens.xml", name.as_bytes());
            let refusal = Archive::open(&twice, &Limits::default()).err().unwrap();
            assert_eq!(refusal.obstacle, Obstacle::Unreadable, "{name}");
        }
    }

    #[test]
    fn damage_is_told_with_the_file_if_it_is_known() {
        assert_eq!(damaged("", "why").why.en, "the document is damaged: why");
        assert_eq!(damaged("a.xml", "why").why.en, "the document is damaged: a.xml: why");
        assert_eq!(damaged("a.xml", "why").why.zh, "文档已损坏，无法打开 a.xml，请重新保存后提交");
    }
}
