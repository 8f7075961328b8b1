//! Excel workbooks (OOXML): each visible sheet as one grid.
//!
//! Numbers keep the decimal places that are shown: the cell's number format shows 859.2550, and the file stores
//! 859.255. A fraction is stored in binary; the shortest decimal of the same value is what was typed.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{
    archive::{Archive, damaged},
    xml::{Element, Met, walk},
};
use crate::layout::{
    blocks::{Block, Concealed, Grid, GridCell, GridRow},
    limits::Limits,
    refusal::Refusal,
    runs::{Runs, Style},
};

/// The size of Excel's largest sheet.
const MAX_COLUMN: u32 = 16_384;
const MAX_ROW: u32 = 1 << 20;

/// The blocks of a workbook.
pub(super) fn blocks(archive: &mut Archive<'_>, limits: &Limits) -> Result<Vec<Block>, Refusal> {
    let strings = match archive.read("xl/sharedStrings.xml")? {
        Some(bytes) => shared_strings(&bytes, limits)?,
        None => Vec::new(),
    };
    let formats = match archive.read("xl/styles.xml")? {
        Some(bytes) => cell_formats(&bytes, limits)?,
        None => Vec::new(),
    };
    let mut cells = 0;
    let mut blocks = Vec::new();
    for (name, part) in sheets(archive, limits)? {
        let bytes = archive.require(&part)?;
        let mut sheet = Sheet { strings: &strings, formats: &formats, ..Sheet::default() };
        walk(&bytes, &part, limits, |met| {
            sheet.meet(&met);
            Limits::hold(cells + sheet.cells.len(), limits.cells, "表格单元格数", "cells")
        })?;
        let grid = sheet.grid(name, &mut cells, limits)?;
        blocks.extend((!grid.rows.is_empty()).then_some(Block::Grid(grid)));
    }
    Ok(blocks)
}

/// The visible sheets: their names and their paths in the archive.
fn sheets(archive: &mut Archive<'_>, limits: &Limits) -> Result<Vec<(String, String)>, Refusal> {
    let mut parts = HashMap::new();
    let relations = archive.require("xl/_rels/workbook.xml.rels")?;
    walk(&relations, "xl/_rels/workbook.xml.rels", limits, |met| {
        if let Met::Open(element) = met {
            let target = element.attribute("Target").unwrap_or_default();
            let part = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
            parts.insert(element.attribute("Id").unwrap_or_default(), part);
        }
        Ok(())
    })?;
    let mut sheets = Vec::new();
    let workbook = archive.require("xl/workbook.xml")?;
    walk(&workbook, "xl/workbook.xml", limits, |met| {
        if let Met::Open(element) = met
            && element.name == "sheet"
            && element.attribute("state").is_none_or(|state| state == "visible")
        {
            let part = element.attribute("id").and_then(|id| parts.get(&id).cloned());
            let part = part.ok_or_else(|| damaged("xl/workbook.xml", "a sheet has no part"))?;
            sheets.push((element.attribute("name").unwrap_or_default(), part));
        }
        Ok(())
    })?;
    Ok(sheets)
}

/// Text in runs, as it occurs within `si` or `is`.
#[derive(Default)]
struct RichText {
    runs: Runs,
    style: Style,
    in_text: bool,
    phonetic: bool,
}

impl RichText {
    fn meet(&mut self, met: &Met<'_>) {
        match met {
            Met::Open(element) => match element.name {
                "r" => self.style = Style::Shown,
                "t" => self.in_text = true,
                "rPh" => self.phonetic = true,
                name => self.style = styled(self.style, name, element),
            },
            Met::Close("t") => self.in_text = false,
            Met::Close("r") => self.style = Style::Shown,
            Met::Close("rPh") => self.phonetic = false,
            Met::Text(text) if self.in_text && !self.phonetic => self.runs.push(self.style, text),
            Met::Text(_) | Met::Close(_) => {}
        }
    }
}

/// A font's style with one more of its properties applied.
fn styled(style: Style, property: &str, element: &Element<'_>) -> Style {
    match property {
        "strike" if element.is_on() => Style::Struck,
        "vertAlign" if element.attribute("val").is_some_and(|val| val != "baseline") && style == Style::Shown => {
            Style::Mark
        }
        _ => style,
    }
}

fn shared_strings(bytes: &[u8], limits: &Limits) -> Result<Vec<Runs>, Refusal> {
    let mut strings: Vec<Runs> = Vec::new();
    let mut open = RichText::default();
    walk(bytes, "xl/sharedStrings.xml", limits, |met| {
        match &met {
            Met::Open(element) if element.name == "si" => open = RichText::default(),
            Met::Close("si") => strings.push(std::mem::take(&mut open).runs),
            met => open.meet(met),
        }
        Ok(())
    })?;
    Ok(strings)
}

/// How a cell format shows its cells: the number of decimal places, if it is fixed, and the style.
#[derive(Clone, Copy, Debug, Default)]
struct CellFormat {
    places: Option<usize>,
    style: Style,
}

fn cell_formats(bytes: &[u8], limits: &Limits) -> Result<Vec<CellFormat>, Refusal> {
    let mut own = HashMap::new();
    let mut fonts: Vec<Style> = Vec::new();
    let mut formats = Vec::new();
    let (mut in_fonts, mut in_formats) = (false, false);
    walk(bytes, "xl/styles.xml", limits, |met| {
        match met {
            Met::Open(element) => match element.name {
                "numFmt" => {
                    let id = element.number("numFmtId").unwrap_or(0);
                    own.insert(id, places_of(&element.attribute("formatCode").unwrap_or_default()));
                }
                "fonts" => in_fonts = true,
                "font" if in_fonts => fonts.push(Style::Shown),
                "cellXfs" => in_formats = true,
                "xf" if in_formats => {
                    let id = element.number("numFmtId").unwrap_or(0);
                    let places = match id {
                        2 | 4 => Some(2),
                        id => own.get(&id).copied().flatten(),
                    };
                    let font = element.number("fontId").and_then(|font| fonts.get(font).copied());
                    formats.push(CellFormat { places, style: font.unwrap_or_default() });
                }
                property if in_fonts => {
                    fonts.last_mut().into_iter().for_each(|font| *font = styled(*font, property, element));
                }
                _ => {}
            },
            Met::Close("fonts") => in_fonts = false,
            Met::Close("cellXfs") => in_formats = false,
            _ => {}
        }
        Ok(())
    })?;
    Ok(formats)
}

/// How many decimal places a format code like `#,##0.0000_ ` shows, if the number is fixed.
fn places_of(code: &str) -> Option<usize> {
    let first = code.split(';').next().unwrap_or_default();
    let (_, behind) = first.split_once("0.")?;
    let places = behind.chars().take_while(|char| *char == '0').count();
    (places > 0 && !first.contains(['%', 'E', '?'])).then_some(places)
}

/// What has been read of a sheet so far.
#[derive(Default)]
struct Sheet<'a> {
    strings: &'a [Runs],
    formats: &'a [CellFormat],
    /// By row and column, from 0.
    cells: BTreeMap<(u32, u32), (String, Option<Concealed>)>,
    /// First row, first column, number of rows, number of columns.
    merged: Vec<(u32, u32, u32, u32)>,
    hidden_rows: HashSet<u32>,
    hidden_columns: Vec<(u32, u32)>,
    row: u32,
    column: u32,
    kind: String,
    style: usize,
    value: String,
    in_value: bool,
    formula: Option<String>,
    in_formula: bool,
    /// Text that is stored in the cell itself.
    inline: RichText,
    in_inline: bool,
}

impl Sheet<'_> {
    fn meet(&mut self, met: &Met<'_>) {
        match met {
            Met::Close("is") => self.in_inline = false,
            met if self.in_inline => self.inline.meet(met),
            Met::Open(element) => self.open(element),
            Met::Close("v") => self.in_value = false,
            Met::Close("f") => self.in_formula = false,
            Met::Close("c") => self.close_cell(),
            Met::Close("row") => self.row += 1,
            Met::Text(text) if self.in_value => self.value.push_str(text),
            Met::Text(text) if self.in_formula => self.formula.get_or_insert_default().push_str(text),
            _ => {}
        }
    }

    fn open(&mut self, element: &Element<'_>) {
        match element.name {
            "row" => {
                let number = element.number("r").and_then(|row| u32::try_from(row).ok()).filter(|row| *row > 0);
                self.row = number.map_or(self.row, |row| row - 1);
                self.column = 0;
                if element.attribute("hidden").is_some_and(|value| value != "0" && value != "false") {
                    self.hidden_rows.insert(self.row);
                }
            }
            "c" => {
                if let Some((row, column)) = element.attribute("r").as_deref().and_then(place) {
                    (self.row, self.column) = (row, column);
                }
                self.kind = element.attribute("t").unwrap_or_default();
                self.style = element.number("s").unwrap_or(0);
                self.value.clear();
                self.formula = None;
                self.inline = RichText::default();
            }
            "f" => (self.formula, self.in_formula) = (Some(String::new()), true),
            "v" => self.in_value = true,
            "is" => self.in_inline = true,
            "mergeCell" => {
                let range = element.attribute("ref").unwrap_or_default();
                self.merged.extend(range.split_once(':').and_then(|(from, to)| span(place(from)?, place(to)?)));
            }
            "col" if element.attribute("hidden").is_some_and(|value| value != "0" && value != "false") => {
                let number = |name: &str| element.number(name).and_then(|number| u32::try_from(number).ok());
                self.hidden_columns.extend(number("min").zip(number("max")).map(|(min, max)| (min.max(1) - 1, max)));
            }
            _ => {}
        }
    }

    fn close_cell(&mut self) {
        let value = std::mem::take(&mut self.value);
        let format = self.formats.get(self.style).copied().unwrap_or_default();
        let formula = self.formula.take().filter(|_| value.is_empty());
        let runs = match (self.kind.as_str(), formula) {
            // Nobody has computed it: the formula stands for a figure that is not known.
            ("" | "n", Some(formula)) => Runs::of(Style::Shown, &format!("={formula}")),
            ("s", _) => {
                value.trim().parse().ok().and_then(|at: usize| self.strings.get(at).cloned()).unwrap_or_default()
            }
            ("inlineStr", _) => std::mem::take(&mut self.inline).runs,
            ("" | "n", None) => Runs::of(Style::Shown, &shown(value.trim(), format.places)),
            _ => Runs::of(Style::Shown, &value),
        };
        let (text, concealed) = runs.within(format.style).resolved();
        let holds = !text.trim().is_empty() || concealed.is_some();
        if holds && self.row < MAX_ROW && self.column < MAX_COLUMN {
            self.cells.insert((self.row, self.column), (text, concealed));
        }
        self.column += 1;
    }

    /// The grid of the sheet: every cell up to the last column with content, so that blanks are included.
    fn grid(mut self, name: String, count: &mut usize, limits: &Limits) -> Result<Grid, Refusal> {
        let (hidden, columns) = (&self.hidden_rows, &self.hidden_columns);
        let is_hidden = |column: u32| columns.iter().any(|(from, to)| (*from..*to).contains(&column));
        self.cells.retain(|(row, column), _| !hidden.contains(row) && !is_hidden(*column));
        let width = self.cells.keys().map(|(_, column)| column + 1).max().unwrap_or(0);
        let mut rows: Vec<u32> = self.cells.keys().map(|(row, _)| *row).collect();
        rows.dedup();
        let mut covered = HashSet::new();
        let mut spans = HashMap::new();
        for (row, column, height, wide) in &self.merged {
            spans.insert((*row, *column), (*height, *wide));
            let own = rows.iter().filter(|own| (*row..row.saturating_add(*height)).contains(own));
            for own in own {
                let right = column.saturating_add(*wide).min(width);
                *count += right.saturating_sub(*column) as usize;
                Limits::hold(*count, limits.cells, "表格单元格数", "cells")?;
                covered.extend((*column..right).map(|column| (*own, column)));
            }
            covered.remove(&(*row, *column));
        }
        let mut grid = Grid { sheet: name, ..Grid::default() };
        for row in rows {
            let mut cells = Vec::new();
            for column in (0..width).filter(|column| !covered.contains(&(row, *column)) && !is_hidden(*column)) {
                *count += 1;
                Limits::hold(*count, limits.cells, "表格单元格数", "cells")?;
                let (height, wide) = spans.get(&(row, column)).copied().unwrap_or((1, 1));
                let (text, concealed) = self.cells.remove(&(row, column)).unwrap_or_default();
                cells.push(GridCell { text, number: column + 1, column, width: wide, height, concealed });
            }
            grid.rows.push(GridRow { number: row + 1, cells });
        }
        Ok(grid)
    }
}

/// Row and column, from 0, of a cell name like `B7`.
fn place(name: &str) -> Option<(u32, u32)> {
    let name = name.replace('$', "");
    let split = name.find(|char: char| char.is_ascii_digit())?;
    let (letters, digits) = name.split_at(split);
    let column = letters.bytes().try_fold(0u32, |column, letter| {
        let value = u32::from(letter.to_ascii_uppercase().checked_sub(b'A').filter(|value| *value < 26)?);
        column.checked_mul(26)?.checked_add(value + 1)
    })?;
    let row: u32 = digits.parse().ok()?;
    ((1..=MAX_COLUMN).contains(&column) && (1..=MAX_ROW).contains(&row)).then(|| (row - 1, column - 1))
}

/// First row, first column, number of rows and number of columns of a range.
fn span(from: (u32, u32), to: (u32, u32)) -> Option<(u32, u32, u32, u32)> {
    (from.0 <= to.0 && from.1 <= to.1).then(|| (from.0, from.1, to.0 - from.0 + 1, to.1 - from.1 + 1))
}

/// A stored number as it is shown, without rounding what was entered.
fn shown(value: &str, places: Option<usize>) -> String {
    let Ok(number) = value.parse::<f64>() else {
        return value.to_owned();
    };
    let digits = value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b'-');
    let mut text = if digits && !value.contains('.') { value.to_owned() } else { format!("{number}") };
    let own = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    if let Some(places) = places.filter(|places| *places > own) {
        text.push_str(if own == 0 { "." } else { "" });
        text.extend(std::iter::repeat_n('0', places - own));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{super::archive::tests::packed, *};
    use crate::layout::refusal::Obstacle;

    fn read(sheet: &str) -> Result<Vec<Block>, Refusal> {
        let styles = r##"<styleSheet><numFmts><numFmt numFmtId="170" formatCode="#,##0.0000_ "/></numFmts>
            <fonts><font/><font><strike/></font></fonts>
            <cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="0" fontId="1"/></cellXfs></styleSheet>"##;
        let bytes = packed(&[
            ("xl/workbook.xml", br#"<workbook><sheets><sheet name="S" r:id="r1"/><sheet name="H" state="hidden" r:id="r9"/></sheets></workbook>"#),
            ("xl/_rels/workbook.xml.rels", br#"<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>"#),
            ("xl/sharedStrings.xml", "<sst><si><t>规</t><r><t>章</t></r><rPh><t>x</t></rPh></si></sst>".as_bytes()),
            ("xl/styles.xml", styles.as_bytes()),
            ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ]);
        let limits = Limits::default();
        blocks(&mut Archive::open(&bytes, &limits).unwrap(), &limits)
    }

    #[test]
    fn cells_are_read_as_they_are_shown() {
        let sheet = r#"<worksheet><cols><col min="5" max="5" hidden="1"/></cols><sheetData>
            <row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" s="1"><v>859.255</v></c><c r="D2"><v>0.10000000000000001</v></c><c r="E2"><v>9</v></c></row>
            <row r="3" hidden="1"><c r="A3"><v>7</v></c></row>
            <row r="4"><c r="A4" t="inlineStr"><is><t>甲</t></is></c><c r="C4"><f>1+1</f><v>2</v></c></row>
            <row r="5"><c r="A5"><f>A4+1</f><v></v></c><c r="C5" t="str"><f>""</f><v></v></c><c r="D5"><f>SUM(A1:A2)</f></c></row>
            </sheetData><mergeCells><mergeCell ref="A2:B2"/></mergeCells></worksheet>"#;
        let [Block::Grid(grid)] = &read(sheet).unwrap()[..] else { panic!("a grid") };
        let rows: Vec<Vec<(&str, u32, u32)>> = grid
            .rows
            .iter()
            .map(|row| row.cells.iter().map(|cell| (cell.text.as_str(), cell.number, cell.width)).collect())
            .collect();
        assert_eq!(rows[0], [("规章", 1, 2), ("859.2550", 3, 1), ("0.1", 4, 1)]);
        assert_eq!(rows[1], [("甲", 1, 1), ("", 2, 1), ("2", 3, 1), ("", 4, 1)]);
        assert_eq!(rows[2], [("=A4+1", 1, 1), ("", 2, 1), ("", 3, 1), ("=SUM(A1:A2)", 4, 1)]);
        assert_eq!((grid.sheet.as_str(), grid.rows[1].number), ("S", 4));
    }

    #[test]
    fn a_sheet_that_only_claims_to_be_large_costs_nothing_and_a_large_one_is_refused() {
        let claims = r#"<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>
            <mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>"#;
        assert!(read(claims).is_ok());
        let rows: String = (1..100).map(|row| format!("<row r='{row}'><c r='XFD{row}'><v>1</v></c></row>")).collect();
        let large = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
        assert_eq!(read(&large).expect_err("too many cells").obstacle, Obstacle::TooLarge);
    }

    #[test]
    fn marks_and_what_is_struck_out_are_no_part_of_a_figure() {
        let run = |property: &str, text: &str| format!("<r><rPr>{property}</rPr><t>{text}</t></r>");
        let mark = run("", "1") + &run("<vertAlign val='superscript'/>", "2");
        let struck = run("<strike/>", "77") + &run("", "42");
        let cells = [format!("<is>{mark}</is>"), format!("<is>{struck}</is>"), "<is><t>5</t></is>".to_owned()];
        let cells: String = cells
            .iter()
            .zip(["A2", "B2", "C2"])
            .map(|(cell, at)| format!("<c r='{at}' t='inlineStr'>{cell}</c>"))
            .collect();
        let sheet = format!(
            "<worksheet><sheetData><row r='2'>{cells}<c r='D2' s='2'><v>7</v></c></row></sheetData></worksheet>"
        );
        let [Block::Grid(grid)] = &read(&sheet).unwrap()[..] else { panic!("a grid") };
        let found = grid.rows[0].cells.iter().map(|it| (it.text.as_str(), it.concealed.as_ref().map(|it| it.certain)));
        assert_eq!(found.collect::<Vec<_>>(), [("1²", None), ("42", Some(true)), ("5", None), ("", Some(false))]);
    }
}
