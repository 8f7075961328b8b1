//! Lines and blocks as they come: of a cell, or of a document outside all tables.

use super::{
    blocks::{Block, Concealed, Why},
    runs::{BLANK, Runs, Style, shown},
};

/// What a cell, or the document outside all tables, holds so far.
#[derive(Default)]
pub(super) struct Content {
    /// What is whole.
    pub blocks: Vec<Block>,
    /// The lines behind the last block.
    pub lines: String,
    /// The line that goes on.
    pub line: String,
    /// The text of a cell with its styles.
    pub runs: Runs,
    /// Whether a picture stands in it.
    pub has_picture: bool,
    /// How many boxes are open in it that stand anywhere on the page.
    pub boxes: usize,
}

impl Content {
    /// Adds text within a line, in a style. Where the text of a box is shown can't be told, if other text is beside it.
    pub fn push(&mut self, style: Style, text: &str, in_cell: bool) {
        let style = match style {
            Style::Shown | Style::Mark if in_cell && self.boxes > 0 => Style::Doubtful,
            style => style,
        };
        if in_cell {
            self.runs.push(style, text);
        }
        match style {
            Style::Shown => self.line.push_str(text),
            style => self.line.push_str(&shown(style, text)),
        }
    }

    /// Ends the line.
    pub fn break_line(&mut self) {
        let line = self.line.trim_matches(BLANK);
        if self.lines.is_empty() && line.len() == self.line.len() {
            self.lines = std::mem::take(&mut self.line);
        } else {
            self.lines.push_str(line);
            self.line.clear();
        }
        self.lines.push('\n');
    }

    /// The lines become a block.
    pub fn end_lines(&mut self) {
        if !self.lines.is_empty() {
            self.blocks.push(Block::Text { text: std::mem::take(&mut self.lines), page: 0 });
        }
    }

    /// Adds a block behind the lines.
    pub fn put(&mut self, block: Block) {
        self.end_lines();
        self.blocks.push(block);
    }

    /// The text of a cell, in which no tables stand, and what else the cell holds, if anything. Of a picture nobody can say
    /// what it shows: digits of its own, or what is laid over the text. It matters where the cell is blank, or holds a figure.
    pub fn into_cell(self) -> (String, Option<Concealed>) {
        let (concealed, has_picture) = (self.runs.concealed(), self.has_picture);
        let text = self.into_text();
        if !has_picture || !(text.is_empty() || may_be_a_figure(&text)) {
            return (text, concealed);
        }
        let concealed = match concealed {
            Some(own) if !own.certain => own,
            own => {
                let printed = own.map_or_else(|| text.clone(), |own| own.printed) + PICTURE;
                Concealed { printed, certain: false, why: Why::Style }
            }
        };
        (text, Some(concealed))
    }

    /// The text of a cell, in which no tables stand.
    fn into_text(mut self) -> String {
        if !self.blocks.is_empty() {
            let texts = self.blocks.iter().filter_map(|block| match block {
                Block::Text { text, .. } => Some(text.as_str()),
                Block::Grid(_) => None,
            });
            self.lines = texts.chain([self.lines.as_str()]).collect();
        }
        match self.lines.starts_with(BLANK) {
            true => self.lines.trim_matches(BLANK).to_owned(),
            false => {
                self.lines.truncate(self.lines.trim_end_matches(BLANK).len());
                self.lines
            }
        }
    }
}

/// What stands for a picture.
const PICTURE: &str = "〔图片〕";

/// Whether a text is short enough for a figure, and has a numeral.
fn may_be_a_figure(text: &str) -> bool {
    const LONGEST: usize = 24;
    let is_numeral = |char: char| char.is_numeric() || "一二两三四五六七八九十百千万亿零".contains(char);
    text.chars().nth(LONGEST).is_none() && text.chars().any(is_numeral)
}
