//! What a file's name promises of its format. A document is read as what its bytes are; where they are nothing that can be read,
//! the name tells what was meant.

use super::bytes::{is_package, is_pdf};
use crate::layout::refusal::Refusal;

/// Whether a document begins as those of a format do.
type Signature = fn(&[u8]) -> bool;

/// The endings of names by which files are known as of a format with a signature, and which signature that is.
const ENDINGS: [(&str, Signature); 5] =
    [("DOCX", is_package), ("XLSX", is_package), ("ODT", is_package), ("ODS", is_package), ("PDF", is_pdf)];

/// The refusal of a document as what its name says, where its bytes are something else: of no use is then what they lack to be
/// a text.
pub fn as_named(name: &str, content: &[u8], refusal: Refusal) -> Refusal {
    let Some((_, ending)) = name.rsplit_once('.') else { return refusal };
    let promised = ENDINGS.iter().find(|(format, _)| format.eq_ignore_ascii_case(ending));
    let Some((format, _)) = promised.filter(|(_, has_signature)| !has_signature(content)) else { return refusal };
    if super::foreign(content).is_some() {
        return refusal;
    }
    Refusal::new(
        refusal.obstacle,
        format!(
            "内容不是 {format} 文件：可能已损坏、下载不全，或只是改了扩展名，请重新下载，或用原来的软件打开后另存为 {format} 再提交"
        ),
        format!(
            "this is no {format} file: it is damaged or cut off, or was only renamed; download it again, or save it as {format} from \
             the program it comes from"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ingestion::read,
        layout::{Limits, Obstacle},
    };

    fn told(name: &str, content: &[u8]) -> (Obstacle, String) {
        let refusal = as_named(name, content, read(content, &Limits::default()).expect_err(name));
        (refusal.obstacle, refusal.why.zh.into_owned())
    }

    #[test]
    fn what_is_no_such_file_is_told_as_that_and_not_as_a_text() {
        let noise: Vec<u8> = (0..2_000_u32).map(|at| (at.wrapping_mul(at) >> 3) as u8).collect();
        for (name, format) in
            [("a.docx", "DOCX"), ("b.XLSX", "XLSX"), ("c.odt", "ODT"), ("d.ods", "ODS"), ("e.f.pdf", "PDF")]
        {
            for content in [&noise[..], b"", b"PK\x03", b"%PD", "<html>请登录</html>".as_bytes(), &[0; 100]] {
                let (_, why) = told(name, content);
                assert!(why.contains(&format!("不是 {format} 文件")) && !why.contains("UTF-8"), "{name}: {why}");
            }
        }
    }

    #[test]
    fn what_is_of_another_format_or_has_no_such_name_is_told_as_before() {
        let cases: [(&str, &[u8], &str); 9] = [
            ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Word"),
            ("a.pdf", b"\x89PNG", "图片"),
            ("a.docx", b"PK\x03\x04\x14\0", "已损坏"),
            ("a.html", b"%PDF-1.4\n", "PDF"),
            ("a.txt", b"PK\x03\x04\x14\0", "已损坏"),
            ("a.txt", b"caf\xe9 \xff\xff", "转换为 UTF-8"),
            ("", b"caf\xe9 \xff\xff", "转换为 UTF-8"),
            ("a.txt", b"\x01\0\xff\0\0\0\0\0\x80\xff", "不是文字"),
            ("a.html", &[0; 5_000], "不是文字"),
        ];
        for (name, content, expected) in cases {
            let (_, why) = told(name, content);
            assert!(why.contains(expected), "{name}: {why}");
        }
    }
}
