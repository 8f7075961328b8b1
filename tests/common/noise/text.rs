//! Documents as plain text.

use super::{
    kinds::Style,
    random::Random,
    sheet::{BEGIN, CLOSE, Covered, OPEN, Piece, RAISED, Sheet},
};
use gouji::report::Table;

/// The pieces in a style of text, with marks around the figures.
pub fn render(pieces: &[Piece], style: Style, random: &mut Random) -> String {
    // Glued text has lost the line breaks of its paragraphs too, or of its tables alone.
    let in_one_line = style == Style::Glued && random.chance(50);
    let mut text = String::new();
    let mut begun = false;
    for piece in pieces {
        match piece {
            Piece::Title(title) => {
                if in_one_line && !text.is_empty() {
                    text.push('\n');
                }
                text += title;
                text.push('\n');
            }
            Piece::Heading(line) | Piece::Text(line) | Piece::Page(line) => {
                text += line;
                if !in_one_line {
                    text.push('\n');
                }
            }
            Piece::Sheet(sheet) => {
                if sheet.table == Table::Applications && !begun {
                    begun = true;
                    text.push(BEGIN);
                }
                text += &with_tail(table(sheet, style), sheet);
                if !in_one_line && !text.ends_with('\n') {
                    text.push('\n');
                }
                // Something parts a Markdown table from what follows.
                if matches!(style, Style::Markdown | Style::MarkdownRepeated) {
                    text.push('\n');
                }
            }
        }
    }
    text.chars().filter(|char| !RAISED.contains(char)).collect()
}

fn with_tail(text: String, sheet: &Sheet) -> String {
    if sheet.tail.is_empty() { text } else { text.trim_end().to_owned() + &sheet.tail + "\n" }
}

fn table(sheet: &Sheet, style: Style) -> String {
    let one_line = |text: &String| text.replace('\n', " ");
    match style {
        Style::Tabs | Style::TabsLeft => {
            let covered = if style == Style::Tabs { Covered::Blank } else { Covered::Left };
            let quoted = |text: &String| if text.contains('\n') { format!("\"{text}\"") } else { text.clone() };
            let line = |row: Vec<String>| row.iter().map(quoted).collect::<Vec<_>>().join("\t") + "\n";
            sheet.texts(covered).into_iter().map(line).collect()
        }
        Style::Bars => {
            let line = |row: Vec<String>| row.iter().map(|cell| one_line(cell) + " | ").collect::<String>();
            let lines = sheet.texts(Covered::Left).into_iter().map(line);
            lines.map(|line| line.trim_end().to_owned() + "\n").collect()
        }
        Style::Markdown => markdown(&sheet.texts(Covered::Blank)),
        Style::MarkdownRepeated => markdown(&sheet.texts(Covered::Repeated)),
        Style::Csv => {
            let quoted = |text: &String| match text.contains([',', '"', '\n']) {
                true => format!("\"{}\"", text.replace('"', "\"\"")),
                false => text.clone(),
            };
            let line = |row: Vec<String>| row.iter().map(quoted).collect::<Vec<_>>().join(",") + "\n";
            sheet.texts(Covered::Blank).into_iter().map(line).collect()
        }
        Style::Aligned => aligned(&sheet.texts(Covered::Blank)),
        Style::Lines => sheet.texts(Covered::Left).into_iter().map(|row| row.join("\n") + "\n").collect(),
        Style::LinesApart => seen(sheet, "\n\n"),
        Style::Spaces => seen(sheet, " "),
        _ => seen(sheet, ""),
    }
}

/// Cells apart by something; blank cells leave nothing but their marks.
fn seen(sheet: &Sheet, by: &str) -> String {
    let mut text = String::new();
    for row in sheet.texts(Covered::Left) {
        for (at, cell) in row.iter().enumerate() {
            let shown = width(cell) > 0;
            text += &cell.replace('\n', if by == " " { " " } else { "\n" });
            if shown && (at + 1 < row.len() || by == "\n\n") {
                text += by;
            }
        }
        if by == " " {
            text.push('\n');
        }
    }
    text
}

fn markdown(rows: &[Vec<String>]) -> String {
    let mut lines: Vec<String> = rows
        .iter()
        .map(|row| row.iter().map(|cell| format!("| {} ", cell.replace('\n', "<br>"))).collect::<String>() + "|\n")
        .collect();
    lines.insert(1, "|---".repeat(rows[0].len()) + "|\n");
    lines.concat()
}

/// Columns apart by spaces, each as wide as its widest text; a text goes on over merged cells behind it, and one of
/// two lines makes two lines of its row.
fn aligned(rows: &[Vec<String>]) -> String {
    let goes_on = |row: &[String], at: usize| row.get(at + 1).is_some_and(String::is_empty);
    let wide = |row: &Vec<String>, at: usize| {
        if goes_on(row, at) { 0 } else { row[at].split('\n').map(width).max().unwrap_or_default() }
    };
    let widest = |at: usize| rows.iter().map(|row| wide(row, at)).max().unwrap_or_default();
    let widths: Vec<usize> = (0..rows[0].len()).map(widest).collect();
    let mut text = String::new();
    for row in rows {
        let high = row.iter().map(|cell| cell.split('\n').count()).max().unwrap_or_default();
        for line in 0..high {
            let (mut due, mut reached) = (0, 0);
            for (cell, wide) in row.iter().zip(&widths) {
                let part = cell.split('\n').nth(line).unwrap_or_default();
                if !part.is_empty() {
                    text += &" ".repeat(if reached > due { 2 } else { due - reached });
                    text += part;
                    reached = reached.max(due) + width(part);
                }
                due += wide + 2;
            }
            text.push('\n');
        }
    }
    text
}

/// How wide a text is on a screen: marks around figures and zero-width characters are not seen.
fn width(text: &str) -> usize {
    let wide = |char: char| match char {
        OPEN | CLOSE | BEGIN | '\u{e003}' | '\u{e004}' | '\u{f0000}'..='\u{fffff}' => 0,
        '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => 0,
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' => 2,
        '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' => 2,
        _ => 1,
    };
    text.chars().map(wide).sum()
}
