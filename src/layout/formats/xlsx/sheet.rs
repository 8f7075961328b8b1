//! One sheet: its cells as they are shown.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    ops::Range,
};

use super::super::xml::{Element, Met};
use super::{
    Workbook,
    formulas::is_not_computed,
    number_format::{NumberFormat, Shown},
    place::{MAX_COLUMN, MAX_ROW, place, span},
    strings::{RichText, unescaped},
};
use crate::layout::{
    blocks::{Concealed, Grid, GridCell, GridRow, Why},
    limits::Limits,
    refusal::Refusal,
    runs::{Runs, Style},
};

/// What has been read of a sheet so far.
pub(super) struct Sheet<'a> {
    workbook: &'a Workbook,
    /// By row and column, from 0.
    cells: BTreeMap<(u32, u32), (String, Option<Concealed>)>,
    /// The numbers that are stored.
    numbers: BTreeMap<(u32, u32), f64>,
    /// The formulas that store nought.
    noughts: Vec<((u32, u32), String)>,
    /// First row, first column, number of rows, number of columns.
    merged: Vec<(u32, u32, u32, u32)>,
    hidden_rows: HashSet<u32>,
    hidden_columns: Vec<(u32, u32)>,
    /// Whether noughts aren't shown.
    hides_noughts: bool,
    row: u32,
    column: u32,
    cell: OpenCell,
}

/// The cell that is open.
#[derive(Default)]
struct OpenCell {
    kind: String,
    format: usize,
    value: String,
    in_value: bool,
    formula: Option<String>,
    in_formula: bool,
    /// Text that is stored in the cell itself.
    inline: RichText,
    in_inline: bool,
}

impl<'a> Sheet<'a> {
    /// An empty sheet.
    pub fn new(workbook: &'a Workbook) -> Self {
        Self {
            workbook,
            cells: BTreeMap::new(),
            numbers: BTreeMap::new(),
            noughts: Vec::new(),
            merged: Vec::new(),
            hidden_rows: HashSet::new(),
            hidden_columns: Vec::new(),
            hides_noughts: false,
            row: 0,
            column: 0,
            cell: OpenCell::default(),
        }
    }

    /// How many cells it has.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Takes an event in.
    pub fn meet(&mut self, met: &Met<'_>) {
        match met {
            Met::Close("is") => self.cell.in_inline = false,
            met if self.cell.in_inline => self.cell.inline.meet(met),
            Met::Open(element) => self.open(element),
            Met::Close("v") => self.cell.in_value = false,
            Met::Close("f") => self.cell.in_formula = false,
            Met::Close("c") => self.close_cell(),
            Met::Close("row") => self.row += 1,
            Met::Text(text) if self.cell.in_value => self.cell.value.push_str(text),
            Met::Text(text) if self.cell.in_formula => self.cell.formula.get_or_insert_default().push_str(text),
            _ => {}
        }
    }

    fn open(&mut self, element: &Element<'_>) {
        let is_nought = |name: &str| element.attribute(name).is_some_and(|value| value.parse() == Ok(0.0));
        match element.name {
            "sheetView" => {
                self.hides_noughts =
                    element.attribute("showZeros").is_some_and(|shows| shows == "0" || shows == "false")
            }
            "row" => {
                let number = element.number("r").and_then(|row| u32::try_from(row).ok()).filter(|row| *row > 0);
                self.row = number.map_or(self.row, |row| row - 1);
                self.column = 0;
                if element.has("hidden") || is_nought("ht") {
                    self.hidden_rows.insert(self.row);
                }
            }
            "c" => {
                if let Some((row, column)) = element.attribute("r").as_deref().and_then(place) {
                    (self.row, self.column) = (row, column);
                }
                let (kind, format) = (element.text("t"), element.number("s").unwrap_or(0));
                self.cell = OpenCell { kind, format, ..OpenCell::default() };
            }
            "v" => self.cell.in_value = true,
            "f" => (self.cell.formula, self.cell.in_formula) = (Some(String::new()), true),
            "is" => self.cell.in_inline = true,
            "mergeCell" => {
                let range = element.text("ref");
                self.merged.extend(range.split_once(':').and_then(|(from, to)| span(place(from)?, place(to)?)));
            }
            "col" if element.has("hidden") || is_nought("width") => {
                let number = |name: &str| element.number(name).and_then(|number| u32::try_from(number).ok());
                self.hidden_columns.extend(number("min").zip(number("max")).map(|(min, max)| (min.max(1) - 1, max)));
            }
            _ => {}
        }
    }

    fn close_cell(&mut self) {
        let cell = std::mem::take(&mut self.cell);
        let at = (self.row, self.column);
        self.column += 1;
        // Most cells of a sheet have a style and nothing else.
        if cell.value.is_empty() && cell.formula.is_none() && cell.inline.runs.is_empty() {
            return;
        }
        let is_number = matches!(cell.kind.as_str(), "" | "n");
        let number = cell.value.trim().parse::<f64>().ok().filter(|_| is_number);
        self.numbers.extend(number.map(|number| (at, number)));
        if let (Some(formula), Some(0.0)) = (&cell.formula, number) {
            self.noughts.push((at, formula.clone()));
        }
        let (text, concealed) = self.shown(cell);
        let holds = !text.trim().is_empty() || concealed.is_some();
        if holds && at.0 < MAX_ROW && at.1 < MAX_COLUMN {
            self.cells.insert(at, (text, concealed));
        }
    }

    /// The text that a cell shows, and what else it holds.
    fn shown(&self, cell: OpenCell) -> (String, Option<Concealed>) {
        let style = self.workbook.formats.style(cell.format);
        let is_number = matches!(cell.kind.as_str(), "" | "n");
        let is_open = self.workbook.is_to_be_computed || cell.value.is_empty();
        if let Some(formula) = cell.formula.filter(|_| is_open && !(cell.value.is_empty() && cell.kind == "str")) {
            return not_computed(&formula);
        }
        let runs = match cell.kind.as_str() {
            "s" => cell.value.trim().parse().ok().and_then(|at: usize| self.workbook.strings.get(at).cloned()),
            "inlineStr" => Some(cell.inline.runs),
            "b" => Some(Runs::of(Style::Shown, if cell.value.trim() == "1" { "TRUE" } else { "FALSE" })),
            _ if is_number => {
                return self.number(cell.value.trim(), cell.format, style);
            }
            _ => Some(Runs::of(Style::Shown, &unescaped(&cell.value))),
        };
        runs.unwrap_or_default().within(style).resolved()
    }

    /// What a cell shows of its number.
    fn number(&self, value: &str, format: usize, style: Style) -> (String, Option<Concealed>) {
        let format = self.workbook.formats.number(format);
        let shown = match format {
            _ if self.hides_noughts && value.parse() == Ok(0.0) => Some(Shown::Nothing),
            Some(format) => format.shown(value),
            None => NumberFormat::general(value),
        };
        let altered = |printed: String, certain: bool| Some(Concealed { printed, certain, why: Why::Format });
        let (text, concealed) = match shown {
            None => (value.to_owned(), None),
            Some(Shown::Same(text)) => (text, None),
            Some(Shown::Other(text)) => {
                let printed = format!("{text}〔所存的数：{value}〕");
                (text, altered(printed, true))
            }
            Some(Shown::Nothing) => (String::new(), altered(format!("〔不显示：{value}〕"), false)),
            Some(Shown::Unknown) => (value.to_owned(), altered(format!("〔所存的数：{value}〕"), false)),
        };
        match Runs::of(style, &text).resolved() {
            (_, None) => (text, concealed),
            hidden => hidden,
        }
    }

    /// The grid of the sheet: every cell up to the last column with content, so that blanks are included.
    pub fn grid(mut self, name: String, count: &mut usize, limits: &Limits) -> Result<Grid, Refusal> {
        for (at, formula) in std::mem::take(&mut self.noughts) {
            if is_not_computed(&formula, &self.numbers) {
                self.cells.insert(at, not_computed(&formula));
            }
        }
        let (hidden, columns) = (&self.hidden_rows, &self.hidden_columns);
        let is_hidden = |column: u32| columns.iter().any(|(from, to)| (*from..*to).contains(&column));
        self.cells.retain(|(row, column), _| !hidden.contains(row) && !is_hidden(*column));
        let width = self.cells.keys().map(|(_, column)| column + 1).max().unwrap_or(0);
        let mut rows: Vec<u32> = self.cells.keys().map(|(row, _)| *row).collect();
        rows.dedup();
        // By row, the columns that the cell of a merged range covers beside its own.
        let mut covered: HashMap<u32, Vec<Range<u32>>> = HashMap::new();
        let mut spans = HashMap::new();
        for (row, column, height, wide) in &self.merged {
            spans.insert((*row, *column), (*height, *wide));
            let own = rows.iter().filter(|own| (*row..row.saturating_add(*height)).contains(own));
            for own in own {
                let right = column.saturating_add(*wide).min(width);
                *count += right.saturating_sub(*column) as usize;
                Limits::hold(*count, limits.cells, "表格单元格数", "cells")?;
                let from = if own == row { column + 1 } else { *column };
                if from < right {
                    covered.entry(*own).or_default().push(from..right);
                }
            }
        }
        let mut grid = Grid { sheet: name, ..Grid::default() };
        for row in rows {
            let mut cells = Vec::new();
            let mut is_left_out: Vec<bool> = (0..width).map(is_hidden).collect();
            for own in covered.remove(&row).unwrap_or_default() {
                is_left_out[own.start as usize..own.end as usize].fill(true);
            }
            for column in (0..width).filter(|column| !is_left_out[*column as usize]) {
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

/// A formula whose result nobody knows.
fn not_computed(formula: &str) -> (String, Option<Concealed>) {
    let printed = format!("={formula}");
    (printed.clone(), Some(Concealed { printed, certain: false, why: Why::Formula }))
}
