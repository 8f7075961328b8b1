//! The styles of a document, and the kinds of noise.

/// How a document is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    /// Text: tabs, blank cells where merged cells were.
    Tabs,
    /// Text: tabs, without the blank cells of merged ones.
    TabsLeft,
    /// Text: `a | b |`.
    Bars,
    /// A Markdown table, blank cells where merged cells were.
    Markdown,
    /// A Markdown table that repeats the text of a merged cell.
    MarkdownRepeated,
    /// Comma separated values.
    Csv,
    /// Text: columns of spaces, by the width of characters on a screen.
    Aligned,
    /// Text: one cell a line; a blank cell is an empty line.
    Lines,
    /// Text: one cell a line, empty lines between; blank cells are lost.
    LinesApart,
    /// Text: cells apart by single spaces; blank cells are lost.
    Spaces,
    /// Text: nothing between cells.
    Glued,
    /// HTML with the spans of the form.
    Spans,
    /// HTML that repeats the text of a merged cell.
    Unfolded,
    /// HTML without spans, blank cells where merged cells were.
    SpansLost,
    /// HTML with the spans of the form, within tables and lists of a page.
    Nested,
    /// Word, with the spans of the form.
    Docx,
    /// A sheet of a workbook, with merged cells.
    Xlsx,
}

impl Style {
    /// All styles, with their names.
    pub const ALL: [(Self, &'static str); 17] = [
        (Self::Tabs, "text: tabs"),
        (Self::TabsLeft, "text: tabs, merges lost"),
        (Self::Bars, "text: bars"),
        (Self::Markdown, "text: Markdown"),
        (Self::MarkdownRepeated, "text: Markdown, repeated"),
        (Self::Csv, "text: CSV"),
        (Self::Aligned, "text: aligned columns"),
        (Self::Lines, "text: a cell a line"),
        (Self::LinesApart, "text: lines apart"),
        (Self::Spaces, "text: single spaces"),
        (Self::Glued, "text: glued"),
        (Self::Spans, "HTML: spans"),
        (Self::Unfolded, "HTML: spans unfolded"),
        (Self::SpansLost, "HTML: spans lost"),
        (Self::Nested, "HTML: nested"),
        (Self::Docx, "DOCX"),
        (Self::Xlsx, "XLSX"),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(style, _)| *style == self).map_or("", |(_, name)| name)
    }

    /// Whether the style is HTML.
    pub fn is_html(self) -> bool {
        matches!(self, Self::Spans | Self::Unfolded | Self::SpansLost | Self::Nested)
    }

    /// Whether the style is a package of files.
    pub fn is_office(self) -> bool {
        matches!(self, Self::Docx | Self::Xlsx)
    }

    /// Whether blank cells leave no trace.
    pub fn loses_blanks(self) -> bool {
        matches!(self, Self::LinesApart | Self::Spaces | Self::Glued)
    }
}

/// Defines the kinds of noise with their names.
macro_rules! noises {
    ($($noise:ident $name:literal;)*) => {
        /// Something that makes a document harder to read.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Noise {
            $(#[doc = $name] $noise,)*
        }

        impl Noise {
            /// All kinds, with their names.
            pub const ALL: [(Self, &'static str); [$($name),*].len()] = [$((Self::$noise, $name)),*];
        }
    };
}

noises! {
    Blank "blank cells";
    Placeholder "placeholders";
    Unit "units";
    Note "notes in brackets";
    Footnote "footnote marks";
    FullWidth "full-width digits";
    Thousands "thousands separators";
    Decimal "12.0";
    Numeral "Chinese numerals";
    ZeroWidth "zero-width characters";
    RemediesFirst "表四 before 表三";
    DisclosureOrder "表二: columns reordered";
    TotalFirst "总计 first";
    RemediesOrder "表四: columns reordered";
    RemediesRows "表四: blocks as rows";
    Mistaken "a heading misspelt";
    MistakenLabel "a row label misspelt";
    Broken "headings on two lines";
    ColumnMissing "表三: a column missing";
    BlockMissing "表二: a block heading missing";
    ExtraRow "an extra row";
    RepeatedEqual "a table repeated, equal";
    RepeatedOther "a table repeated, different";
    PageBreak "表三: a page break";
    YearGlued "a year behind the last cell";
    Numbered "numbered paragraphs";
    Navigation "navigation";
    Cut "cut short";
    Traditional "traditional characters";
    Title "a title without 年度";
}

impl Noise {
    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(noise, _)| *noise == self).map_or("", |(_, name)| name)
    }

    /// Whether it changes the text of single cells.
    pub fn is_of_cells(self) -> bool {
        self <= Self::ZeroWidth
    }

    /// Whether the noise can be found in a style, and leaves it readable for people.
    pub fn suits(self, style: Style) -> bool {
        match self {
            // `12.00.0` and 二 before a label that begins with 三 would leave nothing to know.
            Self::Decimal | Self::Numeral | Self::Broken => style != Style::Glued,
            Self::YearGlued => {
                let separated = matches!(style, Style::Bars | Style::Markdown | Style::MarkdownRepeated | Style::Csv);
                !separated && !style.is_html() && !style.is_office()
            }
            Self::Cut => !style.is_office(),
            _ => true,
        }
    }

    /// Whether two kinds would undo each other, or leave the truth open.
    pub fn excludes(self, other: Self) -> bool {
        let either = |one: Self, two: Self| (self, other) == (one, two) || (self, other) == (two, one);
        self == other
            || either(Self::Cut, Self::RepeatedOther)
            || either(Self::RepeatedEqual, Self::RepeatedOther)
            || either(Self::YearGlued, Self::RepeatedEqual)
            || either(Self::YearGlued, Self::RepeatedOther)
            || either(Self::YearGlued, Self::Decimal)
    }

    /// Whether a document with the noise still holds all its figures, each once.
    pub fn keeps_all(self) -> bool {
        let loses = [Self::Blank, Self::Placeholder, Self::ColumnMissing, Self::RepeatedOther, Self::Cut];
        !loses.contains(&self)
    }
}
