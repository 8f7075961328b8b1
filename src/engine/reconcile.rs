//! The smallest correction: which cells of 表三 and 表四, changed to which values, make all relations hold again. It
//! only proposes; it never alters a report.
//!
//! Each cell of 表三 is in row relations and column relations, so that a single wrong cell shows in the failing
//! relations that meet in it. The search for one-cell corrections is complete. If there is none, pairs of cells are
//! tried. All ties are returned, ranked by other evidence; if too many corrections fit, none is proposed.

use crate::{
    dossier::Dossier,
    narrative::{
        Claim,
        meaning::{Meaning, meanings},
    },
    report::{
        Cell, Figure, Figures, Location, Row, Table,
        relations::{Relation, relations},
    },
    words::Text,
};

/// One correction that makes the relations of its part of the form hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// The changes: one or two.
    pub changes: Vec<Change>,
    /// The places of the relations that fail now and would hold.
    pub explains: Vec<Location>,
    /// Whether the numbers of the text agree with the changed figures.
    pub narrative: Agreement,
    /// Whether last year's report agrees with the changed figures.
    pub previous: Agreement,
    /// The rank among the corrections of the same failing relations, from 1; ties share a rank.
    pub rank: usize,
    /// The reason for its rank.
    pub reason: Text,
}

/// One cell and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The cell.
    pub cell: Cell,
    /// The present value; may be blank.
    pub from: Figure,
    /// The proposed value.
    pub to: i64,
}

/// Whether another source supports a change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Agreement {
    /// It supports the present figure.
    Against,
    /// It says nothing about these cells.
    #[default]
    Silent,
    /// It supports the proposed figure.
    For,
}

/// The most corrections that are proposed for one part of the form.
const MAX_PROPOSED: usize = 6;

/// The possible corrections of the report, one part of the form after the other.
pub fn reconcile(dossier: &Dossier) -> Vec<Repair> {
    if dossier.figures_agree() {
        return Vec::new();
    }
    let figures = &dossier.report.figures;
    let mut all = relations(figures);
    let fails = |relation: &&Relation| value(figures, &relation.left) != value(figures, &relation.right);
    if !all.iter().any(fails) {
        return Vec::new();
    }
    if dossier.draft {
        let filled = |cell: &Cell| !figures.is_blank(*cell);
        all.retain(|relation| relation.left.iter().chain(&relation.right).all(filled));
    }
    // 表三 is one part, each block of 表四 another: no relation connects them.
    let blocks = Table::Remedies.rows().map(Some);
    let parts = std::iter::once(None).chain(blocks);
    parts
        .flat_map(|block| {
            repairs_of(dossier, all.iter().copied().filter(|relation| block_of(relation) == block).collect())
        })
        .collect()
}

/// The sum of cells, with what is not known as 0.
fn value(figures: &Figures, cells: &[Cell]) -> i64 {
    cells.iter().map(|cell| figures.count(*cell).known().unwrap_or(0)).sum()
}

/// The block of 表四 that a relation belongs to; `None` for 表三.
fn block_of(relation: &Relation) -> Option<Row> {
    relation.right.first().map(|cell| cell.row()).filter(|row| row.table() == Table::Remedies)
}

/// A part of the form, with the balance of each relation: left minus right, blanks as zero.
struct Part<'a> {
    figures: &'a Figures,
    relations: Vec<(&'a Relation, i64)>,
    cells: Vec<Cell>,
    /// For each cell, the relations that contain it: number and sign.
    stands_in: Vec<Vec<(usize, i64)>>,
    failing: usize,
}

fn repairs_of(dossier: &Dossier, relations: Vec<&Relation>) -> Vec<Repair> {
    let Some(part) = Part::new(&dossier.report.figures, relations) else {
        return Vec::new();
    };
    let one: Vec<Vec<Change>> = (0..part.cells.len()).filter_map(|cell| part.one_cell(cell)).collect();
    let corrections = if one.is_empty() { part.two_cells() } else { one };
    ranked(dossier, &part, corrections)
}

impl<'a> Part<'a> {
    /// The part, unless all its relations hold or some of its cells could not be read.
    fn new(figures: &'a Figures, relations: Vec<&'a Relation>) -> Option<Self> {
        let mut cells: Vec<Cell> =
            relations.iter().flat_map(|relation| relation.left.iter().chain(&relation.right).copied()).collect();
        cells.sort_unstable();
        cells.dedup();
        cells.retain(|cell| figures.has_row(cell.row()));
        if cells.iter().any(|cell| figures.count(*cell) == Figure::Unread) {
            return None;
        }
        let balance = |relation: &Relation| value(figures, &relation.left) - value(figures, &relation.right);
        let relations: Vec<(&Relation, i64)> =
            relations.into_iter().map(|relation| (relation, balance(relation))).collect();
        let failing = relations.iter().filter(|(_, balance)| *balance != 0).count();
        let mut stands_in = vec![Vec::new(); cells.len()];
        for (number, (relation, _)) in relations.iter().enumerate() {
            for (sign, side) in [(1, &relation.left), (-1, &relation.right)] {
                let places = side.iter().filter_map(|cell| cells.binary_search(cell).ok());
                places.for_each(|place| stands_in[place].push((number, sign)));
            }
        }
        (failing > 0).then_some(Self { figures, relations, cells, stands_in, failing })
    }

    /// The change of a cell, if the cell can hold the new value.
    fn change(&self, cell: usize, by: i64) -> Option<Change> {
        let cell = self.cells[cell];
        let from = self.figures.count(cell);
        let to = from.known().unwrap_or(0) + by;
        (by != 0 && (0..=i64::from(i32::MAX)).contains(&to)).then_some(Change { cell, from, to })
    }

    /// The change of one cell that repairs every failing relation; `None` if the cell's relations require different
    /// changes, or if a relation without this cell fails.
    fn one_cell(&self, cell: usize) -> Option<Vec<Change>> {
        let own = &self.stands_in[cell];
        let met = own.iter().filter(|(relation, _)| self.relations[*relation].1 != 0).count();
        let (first, sign) = own.first()?;
        let by = -self.relations[*first].1 * sign;
        let agree = own.iter().all(|(relation, sign)| self.relations[*relation].1 + by * sign == 0);
        (agree && met == self.failing).then(|| self.change(cell, by).map(|change| vec![change]))?
    }

    /// Pairs of cells that together repair all failing relations and break no other.
    fn two_cells(&self) -> Vec<Vec<Change>> {
        let touches = |cell: &usize| self.stands_in[*cell].iter().any(|(relation, _)| self.relations[*relation].1 != 0);
        let cells: Vec<usize> = (0..self.cells.len()).filter(touches).collect();
        let mut found = Vec::new();
        for (at, one) in cells.iter().enumerate() {
            found.extend(cells[at + 1..].iter().filter_map(|other| self.pair(*one, *other)));
        }
        found
    }

    fn pair(&self, one: usize, other: usize) -> Option<Vec<Change>> {
        let sign_in = |cell: usize, relation: usize| {
            self.stands_in[cell].iter().find(|(own, _)| *own == relation).map(|(_, sign)| *sign)
        };
        let alone = |cell: usize, than: usize| {
            let own = self.stands_in[cell].iter().filter(|(relation, _)| sign_in(than, *relation).is_none());
            own.map(|(relation, sign)| -self.relations[*relation].1 * sign).next()
        };
        // A relation with only one of the two cells fixes that cell's change; the shared relation fixes the other's.
        let shared = self.stands_in[one]
            .iter()
            .find_map(|(relation, sign)| Some((*relation, *sign, sign_in(other, *relation)?)));
        let (by_one, by_other) = match (alone(one, other), alone(other, one), shared) {
            (Some(by_one), Some(by_other), _) => (by_one, by_other),
            (Some(by_one), None, Some((relation, sign, others))) => {
                (by_one, -(self.relations[relation].1 + by_one * sign) * others)
            }
            (None, Some(by_other), Some((relation, sign, others))) => {
                (-(self.relations[relation].1 + by_other * others) * sign, by_other)
            }
            _ => return None,
        };
        let holds = self.relations.iter().enumerate().all(|(number, (_, balance))| {
            let by = |cell: usize, by: i64| sign_in(cell, number).map_or(0, |sign| sign * by);
            balance + by(one, by_one) + by(other, by_other) == 0
        });
        holds.then(|| Some(vec![self.change(one, by_one)?, self.change(other, by_other)?]))?
    }
}

/// The evidence for a correction, strongest first.
type Evidence = (Agreement, Agreement, u8);

fn ranked(dossier: &Dossier, part: &Part<'_>, corrections: Vec<Vec<Change>>) -> Vec<Repair> {
    let failing = part.relations.iter().filter(|(_, balance)| *balance != 0);
    let explains: Vec<Location> = failing.map(|(relation, _)| relation.location).collect();
    let mut weighed: Vec<(Evidence, Vec<Change>)> =
        corrections.into_iter().map(|changes| (evidence(dossier, &changes), changes)).collect();
    weighed.sort_by_key(|(evidence, _)| std::cmp::Reverse(*evidence));
    let best = weighed.first().map(|(evidence, _)| *evidence);
    if weighed.len() > MAX_PROPOSED {
        // Too many fit: only those with other evidence are worth proposing.
        weighed
            .retain(|(evidence, _)| Some(*evidence) == best && *evidence > (Agreement::Silent, Agreement::Silent, 1));
        if weighed.len() > MAX_PROPOSED {
            return Vec::new();
        }
    }
    let mut repairs: Vec<Repair> = Vec::with_capacity(weighed.len());
    let ties = weighed.iter().filter(|(evidence, _)| Some(*evidence) == best).count();
    for (place, (weight, changes)) in weighed.iter().enumerate() {
        let same = place > 0 && weighed[place - 1].0 == *weight;
        let rank = if same { repairs[place - 1].rank } else { place + 1 };
        let tied = if rank == 1 { ties } else { 0 };
        let reason = reason(*weight, changes.len(), explains.len(), tied);
        let (narrative, previous, _) = *weight;
        repairs.push(Repair {
            changes: changes.clone(),
            explains: explains.clone(),
            narrative,
            previous,
            rank,
            reason,
        });
    }
    repairs
}

fn evidence(dossier: &Dossier, changes: &[Change]) -> Evidence {
    let narrative = changes.iter().map(|change| narrative(dossier, change));
    let previous = changes.iter().map(|change| previous(dossier, change));
    let slip = match changes {
        [one, other] if swapped(one, other) => 2,
        changes if changes.iter().all(is_slip) => 1,
        _ => 0,
    };
    (together(narrative), together(previous), slip)
}

/// One source against is enough; otherwise one for.
fn together(voices: impl Iterator<Item = Agreement>) -> Agreement {
    voices.fold(Agreement::Silent, |all, voice| match (all, voice) {
        (Agreement::Against, _) | (_, Agreement::Against) => Agreement::Against,
        (all, voice) => all.max(voice),
    })
}

/// What the text says about a cell.
fn narrative(dossier: &Dossier, change: &Change) -> Agreement {
    let of_cell = |meaning: Meaning| meaning.cells == [change.cell] && meaning.less.is_empty();
    let stated = dossier.statements().iter().filter(|own| own.claim == Claim::Counted);
    let stated = stated.filter(|own| meanings(&dossier.report, own).into_iter().any(of_cell));
    let numbers: Vec<i64> = stated.map(|statement| statement.number).collect();
    if numbers.contains(&change.to) {
        Agreement::For
    } else if change.from.known().is_some_and(|from| numbers.contains(&from)) {
        Agreement::Against
    } else {
        Agreement::Silent
    }
}

/// What last year's 四 says about this year's 二.
fn previous(dossier: &Dossier, change: &Change) -> Agreement {
    let last = dossier.previous().filter(|last| last.year.is_some());
    let (Row::CarriedOver, Some(last)) = (change.cell.row(), last) else {
        return Agreement::Silent;
    };
    match last.figures.count(Row::CarriedForward.nth(change.cell.at())).known() {
        Some(carried) if carried == change.to => Agreement::For,
        Some(carried) if change.from.known() == Some(carried) => Agreement::Against,
        _ => Agreement::Silent,
    }
}

fn swapped(one: &Change, other: &Change) -> bool {
    one.from.known() == Some(other.to) && other.from.known() == Some(one.to)
}

/// Whether a single slip turns the right figure into the wrong one: a digit dropped, added or mistaken, two digits
/// exchanged, or a figure left out.
fn is_slip(change: &Change) -> bool {
    let Some(from) = change.from.known() else {
        return true;
    };
    let (from, to) = (from.to_string().into_bytes(), change.to.to_string().into_bytes());
    let (short, long) = if from.len() < to.len() { (&from, &to) } else { (&to, &from) };
    match long.len() - short.len() {
        0 => {
            let differ: Vec<usize> = (0..from.len()).filter(|at| from[*at] != to[*at]).collect();
            let exchanged =
                matches!(differ.as_slice(), [one, other] if from[*one] == to[*other] && from[*other] == to[*one]);
            differ.len() == 1 || exchanged
        }
        1 => (0..long.len()).any(|at| long[..at] == short[..at] && long[at + 1..] == short[at..]),
        _ => false,
    }
}

fn reason(evidence: Evidence, changes: usize, relations: usize, tied: usize) -> Text {
    let (narrative, previous, slip) = evidence;
    let (mut zh, mut en) = match (changes, relations) {
        (1, 1) => (
            vec!["只改这 1 处，下列关系即成立".to_owned()],
            vec!["with this change alone the relation holds".to_owned()],
        ),
        (1, all) => (
            vec![format!("只改这 1 处，下列 {all} 条关系即全部成立")],
            vec![format!("with this change alone all {all} relations hold")],
        ),
        (cells, all) => (
            vec![format!("改这 {cells} 处，下列 {all} 条关系即全部成立")],
            vec![format!("with these {cells} changes all {all} relations hold")],
        ),
    };
    let mut add = |said: bool, words: Text| {
        if said {
            zh.push(words.zh.into_owned());
            en.push(words.en.into_owned());
        }
    };
    add(narrative == Agreement::For, Text::fixed("正文与改后的数字一致", "the text has the new figure"));
    add(narrative == Agreement::Against, Text::fixed("但正文与现有数字一致", "but the text has the present figure"));
    add(
        previous == Agreement::For,
        Text::fixed("上一年度报告与改后的数字一致", "last year's report has the new figure"),
    );
    add(
        previous == Agreement::Against,
        Text::fixed("但上一年度报告与现有数字一致", "but last year's report has the present figure"),
    );
    add(slip == 2, Text::fixed("两个单元格的数字恰好互换", "the two figures are exchanged"));
    // Two cells are not one slip.
    add(slip == 1 && changes == 1, Text::fixed("与一次笔误相符", "one slip of the pen explains it"));
    add(tied > 1, Text::fixed("各改法同样可能，请对照原始记录", "the corrections are as likely: look at the records"));
    Text::new(zh.join("；"), en.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_of_the_pen_leads_from_one_figure_to_the_other_or_does_not() {
        for (from, to, slips) in [
            (12, 13, true),
            (12, 21, true),
            (123, 321, true),
            (12, 1, true),
            (12, 2, true),
            (12, 120, true),
            (12, 132, true),
            (12, 34, false),
            (1234, 2143, false),
            (12, 341, false),
            (12, 1234, false),
        ] {
            let change = |from: Figure, to: i64| Change { cell: Row::Received.nth(0), from, to };
            assert_eq!(is_slip(&change(Figure::Known(from), to)), slips, "{from} {to}");
            assert_eq!(is_slip(&change(Figure::Known(to as i32), from.into())), slips, "{to} {from}");
            assert!(is_slip(&change(Figure::Blank, to)), "a figure left out");
        }
    }
}
