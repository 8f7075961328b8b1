//! An invented report whose figures agree with each other.

use std::collections::BTreeMap;

use gouji::report::{
    Cell, Column, Edition, Row, Table,
    form::{APPLICANTS, OTHER_PARTS, PLAIN_OUTCOMES, REMEDIES},
};

use super::random::Random;

/// What a cell of the document says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Truth {
    /// A figure.
    Known(String),
    /// Nothing, or a placeholder.
    Blank,
    /// Nobody can tell from the document: any figure that is read there is a guess.
    Unknowable,
}

/// A report: who made it, for which year, and the figure of each cell of its form, as plain digits.
pub struct Invented {
    pub edition: Edition,
    pub year: i32,
    pub body: &'static str,
    pub figures: BTreeMap<Cell, String>,
}

const BODIES: [&str; 6] =
    ["青溪县人民政府", "云岫县教育局", "临澜市自然资源局", "白鹭洲区卫生健康局", "石桥镇人民政府", "澄湖市财政局"];

/// What the noise asks of the figures.
#[derive(Clone, Copy, Default)]
pub struct Wish {
    /// Some figures need thousands.
    pub large: bool,
    /// A kind of applicant, by its index, that made no application.
    pub absent: Option<usize>,
}

impl Invented {
    /// A report of either edition.
    pub fn new(random: &mut Random, wish: Wish) -> Self {
        let edition = random.pick(&[Edition::Of2019, Edition::Of2021]);
        let year = match edition {
            Edition::Of2019 => random.between(2019, 2020),
            _ => random.between(2021, 2025),
        };
        let body = random.pick(&BODIES);
        let mut report = Self { edition, year: year as i32, body, figures: BTreeMap::new() };
        let scale = if wish.large { 2 } else { random.below(3) };
        report.disclosure(random, scale);
        report.applications(random, scale, wish.absent);
        for row in REMEDIES {
            let parts: Vec<i64> = (0..row.columns().len() - 1).map(|_| count(random, scale.min(1))).collect();
            report.put_row(row, &parts);
        }
        report
    }

    /// The tables of the report's edition, without those rows that the form of this edition does not have.
    pub fn rows(&self, table: Table) -> Vec<Row> {
        table.rows().filter(|row| row.required(self.edition)).collect()
    }

    /// 表二 of the report's edition.
    pub fn disclosure_table(&self) -> Table {
        Table::of(self.edition)[0]
    }

    /// The number in a cell.
    pub fn number(&self, cell: Cell) -> i64 {
        self.figures.get(&cell).and_then(|figure| figure.parse().ok()).unwrap_or_default()
    }

    /// Changes a cell.
    pub fn put(&mut self, cell: Cell, number: i64) {
        self.figures.insert(cell, number.to_string());
    }

    /// Fills a row with its parts and their sum.
    fn put_row(&mut self, row: Row, parts: &[i64]) {
        let all = parts.iter().copied().chain([parts.iter().sum()]);
        row.cells().zip(all).for_each(|(cell, number)| self.put(cell, number));
    }

    fn disclosure(&mut self, random: &mut Random, scale: usize) {
        for cell in self.rows(self.disclosure_table()).into_iter().flat_map(Row::cells) {
            let figure = match cell.column() {
                Column::Amount => amount(random, self.edition),
                Column::Change => (count(random, scale) - count(random, scale)).to_string(),
                _ => count(random, scale).to_string(),
            };
            self.figures.insert(cell, figure);
        }
    }

    fn applications(&mut self, random: &mut Random, scale: usize, absent: Option<usize>) {
        let kinds = APPLICANTS.len() - 1;
        let others: &[Row] = if self.edition == Edition::Of2019 { &[Row::OtherSubtotal] } else { &OTHER_PARTS };
        for at in 0..kinds {
            // A quiet kind of applicant has hardly any applications.
            let scale = if random.chance(50) { 0 } else { scale };
            let next = |random: &mut Random| if absent == Some(at) { 0 } else { count(random, scale) };
            let mut total = 0;
            for row in PLAIN_OUTCOMES.iter().chain(others) {
                let number = next(random);
                total += number;
                self.put(row.nth(at), number);
            }
            let (over, forward) = (next(random), next(random));
            let over = over.min(total + forward);
            self.put(Row::OutcomesTotal.nth(at), total);
            self.put(Row::CarriedForward.nth(at), forward);
            self.put(Row::CarriedOver.nth(at), over);
            self.put(Row::Received.nth(at), total + forward - over);
        }
        for row in self.rows(Table::Applications) {
            let parts: Vec<i64> = (0..kinds).map(|at| self.number(row.nth(at))).collect();
            self.put_row(row, &parts);
        }
    }
}

/// A count: mostly zero, mostly small.
fn count(random: &mut Random, scale: usize) -> i64 {
    let (zeros, small, large) = [(85, 9, 30), (60, 60, 400), (40, 900, 18_000)][scale];
    match random.below(100) {
        chance if chance < zeros => 0,
        chance if chance < 95 => random.between(1, small),
        _ => random.between(1, large),
    }
}

/// An amount in 万元; that of procurement has four decimals.
fn amount(random: &mut Random, edition: Edition) -> String {
    if random.chance(30) {
        return "0".into();
    }
    let whole = random.between(1, 6_000);
    match edition {
        Edition::Of2019 => format!("{whole}.{:04}", random.below(10_000)),
        _ => format!("{whole}.{:02}", random.below(100)),
    }
}
