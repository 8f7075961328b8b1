//! The kind of document that a report was read from.

/// The format of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text, Markdown tables included.
    #[default]
    Text,
    /// HTML.
    Html,
    /// Word (OOXML).
    Docx,
    /// Excel (OOXML).
    Xlsx,
    /// OpenDocument text.
    Odt,
    /// An OpenDocument spreadsheet.
    Ods,
    /// PDF with a text layer.
    Pdf,
}

impl Format {
    /// All supported formats.
    pub const ALL: [Self; 7] = [Self::Text, Self::Html, Self::Docx, Self::Xlsx, Self::Odt, Self::Ods, Self::Pdf];

    /// The name of the format, for people and for programs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Html => "HTML",
            Self::Docx => "DOCX",
            Self::Xlsx => "XLSX",
            Self::Odt => "ODT",
            Self::Ods => "ODS",
            Self::Pdf => "PDF",
        }
    }
}

/// The kind of document that a report was read from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Its format, detected by content.
    pub format: Format,
    /// Its character encoding, detected by content; empty if the format determines it.
    pub encoding: String,
}
