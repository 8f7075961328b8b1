//! Cells in lines of text: tabs, bars, Markdown, values apart by commas or semicolons, and aligned columns become grids, as those of documents are.
//!
//! A run of lines is a grid if several of its lines hold several cells. One cell a line is no grid: a blank
//! cell can't be seen there, and [`stream`](super::stream) reads it.

use std::{borrow::Cow, ops::Range};

use super::{
    aligned::{aligned, has_gap, labels_stand_whole, number, with_whole_headings},
    figure::{apart_from_year, is_bare_figure},
    row_label::names_a_row,
};
use crate::layout::{Grid, GridCell, GridRow};

/// A part of a text.
pub(super) enum Piece {
    /// Lines without cells, by their places among the lines.
    Lines(Range<usize>),
    /// Lines that make up a grid. A row's number is that of its first line, from 1.
    Table { lines: Range<usize>, grid: Grid },
}

/// What parts the cells of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Separator {
    Tab,
    Bar,
    Comma,
    Semicolon,
    Gap,
}

impl Separator {
    /// The character that parts values.
    fn delimiter(self) -> u8 {
        match self {
            Separator::Tab => b'\t',
            Separator::Semicolon => b';',
            Separator::Comma | Separator::Bar | Separator::Gap => b',',
        }
    }
}

/// The most lines without cells that a table may have between its rows.
const MOST_BETWEEN: usize = 3;
/// The longest such line, in bytes: a label or a heading, but no paragraph.
const LONGEST_BETWEEN: usize = 180;

/// The longest line that may be a row of CSV or of aligned columns, in bytes.
const LONGEST_ROW: usize = 2_000;

/// The parts of a text, in its order. `lines` are its lines.
pub(super) fn pieces(lines: &[&str]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut done = 0;
    let mut at = 0;
    while at < lines.len() {
        let Some(separator) = separator(lines[at]) else {
            at += 1;
            continue;
        };
        let own = region(lines, done..at, separator);
        // Lines that are looked at once and are no grid are not looked at again.
        at = own.end;
        if is_grid(&lines[own.clone()], separator) {
            if own.start > done {
                pieces.push(Piece::Lines(done..own.start));
            }
            done = own.end;
            pieces.push(Piece::Table { grid: grid(lines, &own, separator), lines: own });
        }
    }
    if done < lines.len() {
        pieces.push(Piece::Lines(done..lines.len()));
    }
    pieces
}

/// The run of lines with a separator around the line behind `before`, which has it.
fn region(lines: &[&str], before: Range<usize>, separator: Separator) -> Range<usize> {
    let at = before.end;
    let mut end = at + 1;
    let mut between = 0;
    for (offset, line) in lines[at + 1..].iter().enumerate() {
        if parts(line, separator) {
            end = at + offset + 2;
            between = 0;
        } else if line.trim().len() > LONGEST_BETWEEN || line.contains('。') {
            break;
        } else if !line.trim().is_empty() {
            between += 1;
            if between > MOST_BETWEEN {
                break;
            }
        }
    }
    let short = |line: &&&str| line.trim().len() <= LONGEST_BETWEEN && parts(line, separator);
    let start = at - lines[before.clone()].iter().rev().take_while(short).count();
    // A quotation that ends in the first line began before it.
    let odd = |line: &str| !line.matches('"').count().is_multiple_of(2);
    let quoted = || (before.start..start).rev().take(MOST_BETWEEN).find(|line| odd(lines[*line]));
    let start = if odd(lines[start]) { quoted().unwrap_or(start) } else { start };
    start..end
}

/// What parts the cells of a line that holds several.
fn separator(line: &str) -> Option<Separator> {
    let several = |separator: &Separator| filled(line, *separator) >= 2;
    let hard =
        [Separator::Tab, Separator::Bar].into_iter().find(|separator| parts(line, *separator) && several(separator));
    hard.or_else(|| {
        let figures =
            |separator: Separator| cells(line, separator).iter().filter(|cell| is_bare_figure(&cell.text)).count();
        [Separator::Comma, Separator::Semicolon, Separator::Gap]
            .into_iter()
            .find(|separator| parts(line, *separator) && (figures(*separator) >= 2 || heads_columns(line, *separator)))
    })
}

/// Whether a line is the heading of a table: several short cells of words.
fn heads_columns(line: &str, separator: Separator) -> bool {
    const WORDS: [&str; 6] = ["信息内容", "自然人", "商业企业", "结果维持", "申请人情况", "行政复议"];
    line.len() <= 600
        && filled(line, separator) >= 2
        && WORDS.iter().any(|word| line.contains(word))
        && !line.contains('。')
}

/// Whether a line has the separator at all.
fn parts(line: &str, separator: Separator) -> bool {
    match separator {
        Separator::Tab => line.contains('\t'),
        Separator::Bar => line.contains(BARS),
        Separator::Comma => line.len() <= LONGEST_ROW && line.contains(','),
        Separator::Semicolon => line.len() <= LONGEST_ROW && line.contains(';'),
        Separator::Gap => line.len() <= LONGEST_ROW && has_gap(line) && aligned(line).len() > 1,
    }
}

/// Whether lines are the rows of a table: those with several cells are no exception among them.
fn is_grid(lines: &[&str], separator: Separator) -> bool {
    const SEVERAL: usize = 2;
    const MANY_CELLS: usize = 5;
    let with: Vec<&&str> = lines.iter().filter(|line| parts(line, separator)).collect();
    let several = with.iter().filter(|line| filled(line, separator) >= 2).count();
    let many = with.iter().any(|line| filled(line, separator) >= MANY_CELLS);
    let enough = several >= SEVERAL || many;
    match separator {
        Separator::Tab | Separator::Bar => enough && several * 4 >= with.len(),
        Separator::Comma | Separator::Semicolon => enough && of_figures(lines, separator),
        // Where a label is broken around its figures, [`whole_lines`](super::whole_lines) reads it.
        Separator::Gap => enough && of_figures(lines, separator) && labels_stand_whole(lines),
    }
}

/// Whether at least two lines hold figures behind a label. 表四 has one line of figures, below its headings.
fn of_figures(lines: &[&str], separator: Separator) -> bool {
    const MANY: usize = 5;
    const OF_REMEDIES: usize = 10;
    let figures = |cells: &[GridCell]| cells.iter().filter(|cell| is_bare_figure(&cell.text)).count();
    let labelled = |cells: &[GridCell]| match cells {
        [label, rest @ ..] => figures(rest) > 0 && names_a_row(&label.text),
        [] => false,
    };
    let rows: Vec<Vec<GridCell>> = lines.iter().map(|line| cells(line, separator)).collect();
    let of_figures = |cells: &&Vec<GridCell>| labelled(cells) || figures(cells) >= MANY;
    // Columns of spaces have broken headings there.
    let parted = separator != Separator::Gap;
    let of_remedies = || parted && rows.iter().any(|cells| figures(cells) >= OF_REMEDIES);
    rows.iter().filter(of_figures).count() >= 2
        || of_remedies() && lines.iter().any(|line| heads_columns(line, separator))
}

const BARS: [char; 4] = ['|', '｜', '│', '┃'];

/// How many cells of a line are not blank.
fn filled(line: &str, separator: Separator) -> usize {
    match separator {
        Separator::Tab => line.split('\t').filter(|text| !is_blank(text)).count(),
        Separator::Bar => between_bars(line).filter(|text| !is_blank(text)).count(),
        _ => cells(line, separator).iter().filter(|cell| !cell.text.trim().is_empty()).count(),
    }
}

fn is_blank(text: &str) -> bool {
    apart_from_year(text).0.trim().is_empty()
}

/// The cells of a line.
fn cells(line: &str, separator: Separator) -> Vec<GridCell> {
    match separator {
        Separator::Tab => numbered(line.split('\t')),
        Separator::Bar => numbered(between_bars(line)),
        Separator::Comma | Separator::Semicolon => {
            numbered(records(line, separator.delimiter()).into_iter().flat_map(|(_, cells)| cells))
        }
        Separator::Gap => aligned(line),
    }
}

fn numbered<T: AsRef<str>>(texts: impl Iterator<Item = T>) -> Vec<GridCell> {
    let cell = |(column, text): (u32, T)| GridCell {
        text: apart_from_year(text.as_ref()).0.trim().to_owned(),
        number: column + 1,
        column,
        width: 1,
        height: 1,
        concealed: None,
    };
    (0..).zip(texts).map(cell).collect()
}

/// The texts between bars; bars that only begin or end the line part nothing.
fn between_bars(line: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let line = line.trim();
    let line = line.strip_prefix(BARS).unwrap_or(line);
    let line = line.strip_suffix(BARS).unwrap_or(line);
    let marked = line.contains(['*', '<', '&', '\\']);
    line.split(BARS).map(move |text| if marked { without_marks(text).into() } else { text.into() })
}

/// A cell of Markdown without its marks.
fn without_marks(text: &str) -> String {
    ["**", "<br>", "<br/>", "<br />", "&nbsp;", "\\"].iter().fold(text.to_owned(), |text, mark| text.replace(mark, ""))
}

/// Whether a line only rules a table: dashes and crosses.
fn is_rule(line: &str, separator: Separator) -> bool {
    let line = line.trim();
    let rules = |char: char| matches!(char, '-' | ':' | '=' | '+' | ' ' | '─'..='╿') || BARS.contains(&char);
    let long = line.contains("--") || line.contains(":-") || line.contains(['─', '━', '═', '=']);
    separator != Separator::Tab && long && line.chars().all(rules)
}

/// The records of separated values, each with its line in the text, from 0. Where quotation marks don't
/// come in pairs, they are characters as others.
fn records(text: &str, delimiter: u8) -> Vec<(usize, Vec<String>)> {
    let quoted = text.matches('"').count().is_multiple_of(2);
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader.has_headers(false).flexible(true).delimiter(delimiter).quoting(quoted);
    let mut reader = reader.from_reader(text.as_bytes());
    let mut records = Vec::new();
    for record in reader.records().flatten() {
        let line = record.position().map_or(0, |position| position.line().saturating_sub(1));
        records.push((usize::try_from(line).unwrap_or(usize::MAX), record.iter().map(str::to_owned).collect()));
    }
    records
}

/// The grid of a run of lines.
fn grid(lines: &[&str], own: &Range<usize>, separator: Separator) -> Grid {
    let row = |line: usize, cells: Vec<GridCell>| GridRow { number: number(own.start + line + 1), cells };
    let own_lines = &lines[own.clone()];
    let rows = match separator {
        Separator::Tab | Separator::Comma | Separator::Semicolon => {
            let records = records(&own_lines.join("\n"), separator.delimiter()).into_iter();
            records.map(|(line, texts)| row(line, numbered(texts.into_iter()))).collect()
        }
        Separator::Bar | Separator::Gap => {
            let rows =
                own_lines.iter().enumerate().filter(|(_, line)| !line.trim().is_empty() && !is_rule(line, separator));
            let rows: Vec<GridRow> = rows.map(|(at, line)| row(at, cells(line, separator))).collect();
            if separator == Separator::Gap { with_whole_headings(rows) } else { rows }
        }
    };
    Grid { rows, ..Grid::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tables of a text: each row's cells, joined by bars.
    fn tables(text: &str) -> Vec<Vec<String>> {
        let lines: Vec<&str> = text.split('\n').collect();
        let table = |piece| match piece {
            Piece::Table { grid, .. } => Some(grid),
            Piece::Lines(_) => None,
        };
        let row = |row: GridRow| row.cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("|");
        pieces(&lines).into_iter().filter_map(table).map(|grid| grid.rows.into_iter().map(row).collect()).collect()
    }

    #[test]
    fn separators_make_cells_and_blanks_keep_their_columns() {
        assert_eq!(tables("规章\t0\t\t0\n行政规范性文件\t12\t\t5"), [["规章|0||0", "行政规范性文件|12||5"]]);
        assert_eq!(
            tables("| 规章 | 0 | | 0 |\n|---|---|---|---|\n| 行政许可 | 7 | | |"),
            [["规章|0||0", "行政许可|7||"]]
        );
        assert_eq!(tables("规章,0,0,0\n行政规范性文件,\"1,234\",,5"), [["规章|0|0|0", "行政规范性文件|1,234||5"]]);
        assert_eq!(tables("\"规\n章\"\t0\t1\n行政许可\t7\t2"), [["规\n章|0|1", "行政许可|7|2"]]);
        let aligned = "信息内容        本年制发件数  本年废止件数\n规章                       0             \n行政规范性文件            12             3";
        assert_eq!(tables(aligned), [["信息内容|本年制发件数|本年废止件数", "规章|0", "行政规范性文件|12|3"]]);
    }

    #[test]
    fn one_cell_a_line_and_prose_are_no_grids() {
        for text in [
            "\t规章\n\t0\n\t0\n\t0",
            "规章 |\n0 |\n0 |\n0 |",
            "|\n规章\n|\n0\n|\n0",
            "2023年,本机关公开信息12条,其中网站3条,公众号9条。\n2022年,受理申请5件,答复5件。",
            "首页 | 政务公开",
        ] {
            assert_eq!(tables(text), Vec::<Vec<String>>::new(), "{text}");
        }
    }

    #[test]
    fn a_table_takes_short_lines_between_its_rows_and_no_paragraph() {
        let text =
            "前言\n第二十条第（一）项\n信息内容\t制发\n规章\t0\n第二十条第（五）项\n行政许可\t7\n这是一段正文。\n其他";
        let lines: Vec<&str> = text.split('\n').collect();
        let taken: Vec<Range<usize>> = pieces(&lines)
            .into_iter()
            .filter_map(|piece| match piece {
                Piece::Table { lines, .. } => Some(lines),
                Piece::Lines(_) => None,
            })
            .collect();
        assert_eq!(taken.iter().map(|own| (own.start, own.end)).collect::<Vec<_>>(), [(2, 6)]);
    }
}
