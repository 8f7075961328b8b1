//! Noise within single cells: what is written, and what it says.

use std::collections::BTreeMap;

use gouji::report::{Cell, Table};

use super::{
    invented::Truth,
    kinds::{Noise, Style},
    random::Random,
    sheet::{Piece, RAISED, Role, Sheet},
};

/// Writes a noise into some cells of the tables, each cell once.
pub fn scatter(
    noise: Noise,
    style: Style,
    pieces: &mut [Piece],
    truth: &mut BTreeMap<Cell, Truth>,
    touched: &mut Vec<Cell>,
    random: &mut Random,
) {
    let sheets = pieces.iter_mut().filter_map(|piece| match piece {
        Piece::Sheet(sheet) => Some(sheet),
        _ => None,
    });
    let mut sheets: Vec<&mut Sheet> = sheets.collect();
    let cells: Vec<Cell> = sheets.iter().flat_map(|sheet| sheet.figures()).flatten().collect();
    let chosen = choose(&cells, random);
    for item in sheets.iter_mut().flat_map(|sheet| &mut sheet.rows).flatten() {
        let Role::Figure(cell) = item.role else { continue };
        if !chosen.contains(&cell) || touched.contains(&cell) || !is_open_to(noise, style, cell, &item.text, random) {
            continue;
        }
        if let Some(text) = written(noise, style, cell, &item.text, random) {
            touched.push(cell);
            item.text = text;
            if matches!(noise, Noise::Blank | Noise::Placeholder) {
                truth.insert(cell, Truth::Blank);
            }
        }
    }
}

/// A few cells, some rows, a column, or one cell in three.
fn choose(cells: &[Cell], random: &mut Random) -> Vec<Cell> {
    let of_rows = |random: &mut Random| {
        let rows: Vec<_> = (0..1 + random.below(3)).map(|_| random.pick(cells).row()).collect();
        cells.iter().copied().filter(|cell| rows.contains(&cell.row())).collect()
    };
    match random.below(4) {
        0 => (0..4 + random.below(16)).map(|_| random.pick(cells)).collect(),
        1 => of_rows(random),
        2 => {
            let one = random.pick(cells);
            let alike = |cell: &&Cell| cell.column() == one.column() && cell.row().table() == one.row().table();
            cells.iter().filter(alike).copied().collect()
        }
        _ => cells.iter().copied().filter(|_| random.chance(33)).collect(),
    }
}

/// Whether a noise in a cell leaves people able to read the cells around it.
fn is_open_to(noise: Noise, style: Style, cell: Cell, text: &str, random: &mut Random) -> bool {
    let of_disclosure = !matches!(cell.row().table(), Table::Applications | Table::Remedies);
    match noise {
        // Forms are mostly left blank where there is nothing to report.
        // Glued digits have no trace of a blank: the same bytes would have two truths.
        Noise::Blank if style == Style::Glued => false,
        Noise::Blank => text == "0" || random.chance(20),
        Noise::Placeholder if style == Style::Glued => text == "0" && !of_disclosure && random.chance(30),
        Noise::Placeholder => text == "0" || random.chance(10),
        // Glued figures of 表二 have no sum that would part them again.
        _ => style != Style::Glued || !of_disclosure || cell.row().columns().len() == 1,
    }
}

/// The text of a cell with a noise; none where the figure can't have it.
fn written(noise: Noise, style: Style, cell: Cell, text: &str, random: &mut Random) -> Option<String> {
    let count: Option<i64> = if cell.is_amount() { None } else { text.parse().ok() };
    match noise {
        Noise::Blank => Some(String::new()),
        Noise::Placeholder if style == Style::Glued => Some(random.pick(&["/", "无"]).into()),
        Noise::Placeholder => Some(random.pick(&["/", "—", "——", "-", "无"]).into()),
        Noise::Unit if cell.is_amount() => Some(format!("{text}万元")),
        Noise::Unit => {
            let unit = random.pick(&["件", "个", "笔", "批次", "人次", "起", "条", "份", "宗"]);
            Some(format!("{text}{unit}"))
        }
        Noise::Note => count.filter(|count| *count >= 2).map(|count| {
            let part = random.between(1, count - 1);
            let words = random.pick(&["其中重复", "其中修订", "含上年结转"]);
            format!("{text}（{words}{part}）")
        }),
        Noise::Footnote => {
            let raised = format!("{}1{}", RAISED[0], RAISED[1]);
            let marks = ["①", "²", "*", "[1]", "※", if style.is_html() { &raised } else { "③" }];
            Some(format!("{text}{}", random.pick(&marks)))
        }
        Noise::FullWidth => {
            let wide = |char: char| match char {
                '0'..='9' => char::from_u32(char as u32 - '0' as u32 + '０' as u32).unwrap_or(char),
                other => other,
            };
            Some(text.chars().map(wide).collect())
        }
        Noise::Thousands => {
            let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
            let from = if whole.starts_with('-') { 2 } else { 1 };
            let mut grouped = whole.to_owned();
            let mut at = whole.len();
            while at >= from + 3 {
                at -= 3;
                grouped.insert(at, ',');
            }
            (grouped != whole).then(|| grouped + rest)
        }
        Noise::Decimal => count.map(|count| format!("{count}.0")),
        Noise::Numeral => count.and_then(numeral),
        Noise::ZeroWidth => {
            let mark = random.pick(&['\u{200b}', '\u{200d}', '\u{2060}', '\u{feff}']);
            let within = 1 + random.below(text.len());
            Some(format!("{}{mark}{}", &text[..within], &text[within..]))
        }
        _ => None,
    }
}

/// A Chinese numeral. 一 alone may be a dash as well: nobody could tell.
fn numeral(count: i64) -> Option<String> {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |at: i64| DIGITS[(at % 10) as usize];
    match count {
        0 => Some("零".into()),
        2..=9 => Some(digit(count).into()),
        10..=19 => Some(format!("十{}", digit(count))),
        20..=99 => Some(format!("{}十{}", digit(count / 10), digit(count))),
        _ => None,
    }
}

/// What can be known of a row of 表二 whose figures are glued: what all ways to part them share.
pub fn part_again(kinds: &[(Cell, String)]) -> Vec<Option<String>> {
    let glued: String = kinds.iter().map(|(_, text)| text.as_str()).collect();
    let cells: Vec<Cell> = kinds.iter().map(|(cell, _)| *cell).collect();
    let ways = splits(&glued, &cells);
    let shared = |at: usize| ways.iter().all(|way| way[at] == ways[0][at]).then(|| ways[0][at].clone());
    (0..cells.len()).map(|at| if ways.is_empty() { None } else { shared(at) }).collect()
}

fn splits(text: &str, cells: &[Cell]) -> Vec<Vec<String>> {
    let Some((first, rest)) = cells.split_first() else {
        return if text.is_empty() { vec![Vec::new()] } else { Vec::new() };
    };
    let ends = (1..=text.len()).filter(|end| text.is_char_boundary(*end) && is_figure_of(*first, &text[..*end]));
    let ways = ends.flat_map(|end| {
        splits(&text[end..], rest).into_iter().map(move |way| [vec![text[..end].to_owned()], way].concat())
    });
    ways.collect()
}

fn is_figure_of(cell: Cell, text: &str) -> bool {
    let digits = if cell.column().may_be_negative() { text.strip_prefix('-').unwrap_or(text) } else { text };
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) if cell.is_amount() => (whole, Some(fraction)),
        _ => (digits, None),
    };
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    all_digits(whole) && (whole == "0" || !whole.starts_with('0')) && fraction.is_none_or(all_digits)
}
