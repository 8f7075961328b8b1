//! Lines and blocks as they come: of a cell, or of a document outside all tables.

use super::{blocks::Block, runs::Runs};

/// What a line or a cell neither begins nor ends with.
pub(super) const BLANK: [char; 3] = [' ', '\t', '\n'];

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
}

impl Content {
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

    /// The text of a cell, in which no tables stand.
    pub fn into_text(mut self) -> String {
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
