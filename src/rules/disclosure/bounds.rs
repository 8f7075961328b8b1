//! A figure of a row that must not exceed another figure of the same row.

use crate::{
    dossier::Dossier,
    report::{Column, Figure, Location, Row},
    rule::{Ruling, Violation},
    words::Text,
};

/// Which column bounds which, and the advice if it doesn't.
pub(super) struct Bound {
    /// The rows in which the bound holds.
    pub rows: [Row; 2],
    /// The column that bounds the other.
    pub whole: Column,
    /// The column that is bounded.
    pub part: Column,
    /// What to do.
    pub advice: Text,
}

impl Bound {
    /// The ruling on the rows of a report.
    pub fn ruling(&self, dossier: &Dossier) -> Ruling {
        let mut ruling = Ruling::satisfied();
        for row in self.rows {
            ruling.violations.extend(self.exceeded(dossier, row));
            if let Some(why) = self.unread(dossier, row) {
                ruling.undecided.push(why);
                ruling.lacks.push(row);
            }
        }
        ruling
    }

    fn exceeded(&self, dossier: &Dossier, row: Row) -> Option<Violation> {
        let figures = &dossier.report.figures;
        let (whole, part) = (row.cell(self.whole)?, row.cell(self.part)?);
        let (most, found) = (figures.count(whole).known()?, figures.count(part).known()?);
        if found <= most {
            return None;
        }
        let place = Location::Row(row).printed();
        let [whole_label, part_label] = [self.whole, self.part].map(|column| column.label(row.table()));
        let message = Text::new(
            format!("{place}：{part_label} {found} 大于{whole_label} {most}"),
            format!("{place}: {part_label} is {found}, more than {whole_label} with {most}"),
        );
        let expected = Text::new(
            format!("{part_label}不大于{whole_label}（{most}）"),
            format!("{part_label} is no more than {whole_label} ({most})"),
        );
        Some(
            Violation::at(Location::Row(row), message)
                .expecting(expected, Text::same(found.to_string()))
                .about(dossier, [part, whole])
                .advising(self.advice.clone()),
        )
    }

    fn unread(&self, dossier: &Dossier, row: Row) -> Option<Text> {
        let figures = &dossier.report.figures;
        let cells = [row.cell(self.whole)?, row.cell(self.part)?];
        let unread = figures.has_row(row) && cells.iter().any(|cell| figures.count(*cell) == Figure::Unread);
        let place = Location::Row(row).printed();
        unread.then(|| Text::new(format!("{place}：未能读出"), format!("{place}: could not be read")))
    }
}
