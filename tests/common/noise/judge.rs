//! What was read of a document, judged cell by cell against its truth.

use gouji::{
    ingestion,
    layout::{Limits, Refusal},
    report::{AnnualReport, Cell, Defect, DefectKind, Figure, Location, Standing},
    words::plain,
};

use super::{Document, Noise, Truth, sheet::all_cells};

/// How a cell was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Judgement {
    /// As it stands: the figure, or the blank.
    Right,
    /// Another figure than the one that stands there.
    Wrong,
    /// A figure where there is none, or where nobody can know it.
    Invented,
    /// Not read, and a defect says so at the cell, its row, its column or its table.
    Told,
    /// Not read, and nothing says so.
    Silent,
}

impl Judgement {
    /// All judgements, with their names.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Right, "right"),
        (Self::Wrong, "wrong"),
        (Self::Invented, "invented"),
        (Self::Told, "told"),
        (Self::Silent, "silent"),
    ];

    /// Whether a reader must never do this.
    pub fn is_fault(self) -> bool {
        matches!(self, Self::Wrong | Self::Invented | Self::Silent)
    }
}

/// One cell of a document as it was read.
pub struct Judged {
    pub cell: Cell,
    pub judgement: Judgement,
    /// Whether the document leaves open what stands there.
    pub is_unknowable: bool,
    /// What stands there, and what was read, for people.
    pub truth: String,
    pub found: String,
}

/// Reads a document in this process.
///
/// # Errors
///
/// The refusal of a document that was not read at all.
pub fn read(document: &Document) -> Result<AnnualReport, Refusal> {
    ingestion::read(&document.bytes, &Limits::default())
}

/// Judges each cell of the form. A refusal tells of all cells.
pub fn judge(document: &Document, read: &Result<AnnualReport, Refusal>) -> Vec<Judged> {
    let cells = all_cells().into_iter();
    match read {
        Ok(report) => cells.filter_map(|cell| of_cell(document, report, cell)).collect(),
        Err(refusal) => {
            let told = |cell: Cell| {
                let truth = document.truth.get(&cell)?;
                let found = format!("refused: {}", refusal.why.en);
                let is_unknowable = matches!(truth, Truth::Unknowable);
                Some(Judged { cell, judgement: Judgement::Told, is_unknowable, truth: format!("{truth:?}"), found })
            };
            cells.filter_map(told).collect()
        }
    }
}

fn of_cell(document: &Document, report: &AnnualReport, cell: Cell) -> Option<Judged> {
    let figures = &report.figures;
    let known = figures.amount(cell).map(str::to_owned);
    let known = known.or_else(|| figures.count(cell).known().map(|count| count.to_string()));
    let has_row = figures.has_row(cell.row());
    let blank = has_row && figures.count(cell) == Figure::Blank && known.is_none();
    let judgement = match (document.truth.get(&cell), &known) {
        // A cell of the other edition, or of a row that the form does not have.
        (None, Some(_)) => Judgement::Invented,
        (None, None) => return None,
        (Some(Truth::Known(truth)), Some(found)) if truth == found => Judgement::Right,
        (Some(Truth::Known(_)), Some(_)) => Judgement::Wrong,
        (Some(Truth::Blank | Truth::Unknowable), Some(_)) => Judgement::Invented,
        (Some(Truth::Blank), None) if blank => Judgement::Right,
        (Some(_), None) if is_told(document, report, cell) => Judgement::Told,
        (Some(_), None) => Judgement::Silent,
    };
    let truth = document.truth.get(&cell).map_or("not of the form".to_owned(), |truth| format!("{truth:?}"));
    let found =
        known.unwrap_or_else(|| if has_row { figures.count(cell).shown().en.into_owned() } else { "no row".into() });
    let is_unknowable = matches!(document.truth.get(&cell), Some(Truth::Unknowable));
    Some(Judged { cell, judgement, is_unknowable, truth, found })
}

/// Whether a defect says that the cell was not read.
fn is_told(document: &Document, report: &AnnualReport, cell: Cell) -> bool {
    let table = cell.row().table();
    // Where a document is cut off before a table, the table is missing, and rules say so.
    let gone = document.noises.contains(&Noise::Cut)
        && document.truth.get(&cell) == Some(&Truth::Unknowable)
        && report.figures.standing(table) != Standing::Whole;
    let says_so = |defect: &Defect| match defect.location {
        Location::Cell(own) => own == cell,
        Location::Row(row) => row == cell.row() && defect.kind.leaves_unread(),
        Location::Column(own, column) => {
            (own, column) == (table, cell.column()) && defect.kind == DefectKind::MissingColumn
        }
        Location::Table(own) if own == table => match defect.kind {
            DefectKind::UnreadTable | DefectKind::Truncated => true,
            // A row whose label was not understood; not one that the form does not have indeed.
            DefectKind::ExtraRow => {
                let printed = plain(&defect.printed);
                let added = document.extra.iter().any(|label| plain(label).contains(&printed));
                !added && !report.figures.has_row(cell.row())
            }
            _ => false,
        },
        _ => false,
    };
    gone || report.defects.iter().any(says_so)
}
