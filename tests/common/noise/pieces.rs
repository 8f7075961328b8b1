//! A document as pieces from top to bottom, with the noise that concerns headings, order and repetition.

use std::collections::BTreeMap;

use gouji::report::{Cell, Table};

use super::{
    form::Form,
    invented::Truth,
    kinds::{Noise, Style},
    random::Random,
    sheet::{Item, Piece, Role, Sheet},
    words,
};

/// The whole document, before noise in its cells.
pub fn assemble(form: &mut Form<'_>, random: &mut Random) -> Vec<Piece> {
    let has = |form: &Form<'_>, noise: Noise| form.noises.contains(&noise);
    let (year, body) = (form.report.year, form.report.body);
    let (before, behind) = words::navigation(year, body);
    let page = |lines: Vec<String>| lines.into_iter().map(Piece::Page);
    let mut pieces: Vec<Piece> = Vec::new();
    if has(form, Noise::Navigation) {
        pieces.extend(page(before));
    }
    let kind = if has(form, Noise::Title) { "工作报告" } else { "工作年度报告" };
    pieces.push(Piece::Title(format!("{body}{year}年政府信息公开{kind}")));
    pieces.push(Piece::Text(words::preamble(year)));
    let order = if has(form, Noise::RemediesFirst) { [1, 2, 4, 3, 5, 6] } else { [1, 2, 3, 4, 5, 6] };
    for number in order {
        pieces.push(Piece::Heading(words::SECTIONS[number - 1].into()));
        match number {
            2 => pieces.extend(form.disclosure(random)),
            3 => pieces.extend(form.applications(random)),
            4 => pieces.extend(form.remedies(random)),
            _ => {}
        }
        let numbered = has(form, Noise::Numbered);
        pieces.extend(words::section(number, year, body, numbered).into_iter().map(Piece::Text));
    }
    if has(form, Noise::Navigation) {
        pieces.extend(page(behind));
    }
    pieces
}

fn sheets(pieces: &mut [Piece]) -> impl Iterator<Item = &mut Sheet> {
    pieces.iter_mut().filter_map(|piece| match piece {
        Piece::Sheet(sheet) => Some(sheet),
        _ => None,
    })
}

/// Misspells one heading by one character: of a section, or of a column.
pub fn mistake_heading(pieces: &mut [Piece], random: &mut Random) {
    if random.chance(25) {
        let headings: Vec<usize> = (0..pieces.len()).filter(|at| matches!(pieces[*at], Piece::Heading(_))).collect();
        if let Piece::Heading(text) = &mut pieces[random.pick(&headings)] {
            replace(text, random);
        }
        return;
    }
    mistake_item(pieces, random, |item| item.role == Role::Column);
}

/// Misspells the label of one row by one character.
pub fn mistake_label(pieces: &mut [Piece], random: &mut Random) {
    mistake_item(pieces, random, |item| matches!(item.role, Role::Label(_)));
}

fn mistake_item(pieces: &mut [Piece], random: &mut Random, is_meant: impl Fn(&Item) -> bool) {
    let items = sheets(pieces).flat_map(|sheet| &mut sheet.rows).flatten();
    let mut items: Vec<&mut Item> = items.filter(|item| is_meant(item)).collect();
    let at = random.below(items.len());
    replace(&mut items[at].text, random);
}

fn replace(text: &mut String, random: &mut Random) {
    *text = words::mistaken(text, random).unwrap_or_else(|| std::mem::take(text));
}

/// Breaks one heading of a section, or many headings of columns, into two lines.
pub fn break_headings(pieces: &mut [Piece], random: &mut Random) {
    let halved = |text: &str| {
        let chars: Vec<char> = text.chars().collect();
        let half = chars.len().div_ceil(2);
        chars[..half].iter().chain(&['\n']).chain(&chars[half..]).collect::<String>()
    };
    if random.chance(30) {
        let long = |piece: &&mut Piece| matches!(piece, Piece::Heading(text) if text.chars().count() > 10);
        let mut headings: Vec<&mut Piece> = pieces.iter_mut().filter(long).collect();
        let at = random.below(headings.len());
        if let Piece::Heading(text) = &mut *headings[at] {
            *text = halved(text);
        }
        return;
    }
    for item in sheets(pieces).flat_map(|sheet| &mut sheet.rows).flatten() {
        if item.role == Role::Column && item.text.chars().count() >= 4 && random.chance(60) {
            item.text = halved(&item.text);
        }
    }
}

/// Glues the first words of section four behind the last figure of 表四.
pub fn glue_year(pieces: &mut Vec<Piece>) {
    let is_remedies = |piece: &Piece| matches!(piece, Piece::Sheet(sheet) if sheet.table == Table::Remedies);
    let Some(at) = pieces.iter().position(is_remedies) else { return };
    if let (Piece::Text(text), Piece::Sheet(sheet)) = (pieces.remove(at + 1), &mut pieces[at]) {
        sheet.tail = text;
    }
}

/// Repeats one table, right behind itself or at the end; if it is to differ, some of its figures are others, and
/// nobody can tell which are right.
pub fn repeat_table(pieces: &mut Vec<Piece>, other: bool, truth: &mut BTreeMap<Cell, Truth>, random: &mut Random) {
    let at = {
        let places: Vec<usize> = (0..pieces.len()).filter(|at| matches!(pieces[*at], Piece::Sheet(_))).collect();
        let table = random.below(3);
        let tables: Vec<Table> = sheets(pieces).map(|sheet| sheet.table).collect();
        let mut kinds = tables.clone();
        kinds.dedup();
        let own = kinds[table.min(kinds.len() - 1)];
        let of_table = |(_, table): &(&usize, &Table)| **table == own;
        places.iter().zip(&tables).filter(of_table).map(|(at, _)| *at).collect::<Vec<_>>()
    };
    let (first, last) = (at[0], at[at.len() - 1]);
    let mut copy: Vec<Piece> = pieces[first..=last].to_vec();
    if other {
        let items = sheets(&mut copy).flat_map(|sheet| &mut sheet.rows).flatten();
        let figures = items.filter(|item| matches!(item.role, Role::Figure(_)) && is_plain(&item.text));
        let mut figures: Vec<&mut Item> = figures.collect();
        random.shuffle(&mut figures);
        for item in figures.into_iter().take(1 + random.below(4)) {
            let number: i64 = item.text.parse().unwrap_or_default();
            item.text = (number + random.between(1, 9)).to_string();
            if let Role::Figure(cell) = item.role {
                truth.insert(cell, Truth::Unknowable);
            }
        }
    }
    let behind = if random.chance(50) { last + 1 } else { pieces.len() };
    pieces.splice(behind..behind, copy);
}

fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Puts all texts into traditional characters.
pub fn traditional(pieces: &mut [Piece]) {
    for piece in pieces {
        match piece {
            Piece::Title(text) | Piece::Heading(text) | Piece::Text(text) | Piece::Page(text) => {
                *text = words::traditional(text);
            }
            Piece::Sheet(sheet) => {
                sheet.tail = words::traditional(&sheet.tail);
                for item in sheet.rows.iter_mut().flatten() {
                    item.text = words::traditional(&item.text);
                }
            }
        }
    }
}

/// In styles that lose blank cells, a row of which some cells are blank can't be assigned any more; and glued
/// figures of 表二 can be parted only where there is one way to do it.
pub fn lose(style: Style, pieces: &mut [Piece], truth: &mut BTreeMap<Cell, Truth>) {
    if !style.loses_blanks() {
        return;
    }
    for sheet in sheets(pieces) {
        for row in &sheet.rows {
            let own: Vec<(Cell, String)> = row
                .iter()
                .filter_map(|item| match item.role {
                    Role::Figure(cell) => Some((cell, item.text.clone())),
                    _ => None,
                })
                .collect();
            let blank = own.iter().filter(|(_, text)| text.is_empty()).count();
            if blank > 0 && blank < own.len() {
                own.iter().for_each(|(cell, _)| drop(truth.insert(*cell, Truth::Unknowable)));
            } else if style == Style::Glued && sheet.table.section() == 2 && blank == 0 && own.len() > 1 {
                for ((cell, _), sure) in own.iter().zip(super::cells::part_again(&own)) {
                    if sure.is_none() {
                        truth.insert(*cell, Truth::Unknowable);
                    }
                }
            }
        }
    }
}
