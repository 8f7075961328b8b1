//! The tables of an invented report as the form prints them, with the noise that changes their structure.

use gouji::report::{
    Cell, Column, Row, Table,
    form::{APPLICANTS, DENIED, NOT_PROCESSED, OTHER_PARTS, REMEDIES, RESULTS, UNAVAILABLE},
};

use super::{
    invented::Invented,
    kinds::{Noise, Style},
    random::Random,
    sheet::{Item, Piece, Role, Sheet},
};

/// Builds the tables of one document.
pub struct Form<'a> {
    pub report: &'a Invented,
    pub noises: &'a [Noise],
    pub style: Style,
    /// The kind of applicant whose column is missing.
    pub absent: Option<usize>,
    /// The labels of rows that the form does not have.
    pub extra: Vec<String>,
}

const BLOCKS: [(&str, &[Row]); 5] = [
    (
        "第二十条第（一）项",
        &[Row::Regulations2019, Row::NormativeDocuments2019, Row::Regulations2021, Row::NormativeDocuments2021],
    ),
    ("第二十条第（五）项", &[Row::Permits2019, Row::OtherServices, Row::Permits2021]),
    (
        "第二十条第（六）项",
        &[Row::Penalties2019, Row::CoerciveMeasures2019, Row::Penalties2021, Row::CoerciveMeasures2021],
    ),
    ("第二十条第（八）项", &[Row::Fees2019, Row::Fees2021]),
    ("第二十条第（九）项", &[Row::Procurement]),
];

impl Form<'_> {
    fn has(&self, noise: Noise) -> bool {
        self.noises.contains(&noise)
    }

    fn figure(&self, cell: Cell) -> Item {
        Item::new(self.report.figures.get(&cell).map_or("", String::as_str), Role::Figure(cell))
    }

    /// 表二: four columns wide.
    pub fn disclosure(&mut self, random: &mut Random) -> Vec<Piece> {
        const WIDTH: usize = 4;
        let table = self.report.disclosure_table();
        let own = self.report.rows(table);
        let extra = self.has(Noise::ExtraRow) && random.chance(50);
        let mut sheet = Sheet::new(table);
        for (at, (heading, rows)) in BLOCKS.into_iter().enumerate() {
            let rows: Vec<Row> = rows.iter().copied().filter(|row| own.contains(row)).collect();
            let Some(first) = rows.first() else { continue };
            let mut columns = first.columns().to_vec();
            if self.has(Noise::DisclosureOrder) {
                random.reorder(&mut columns);
            }
            if !(self.has(Noise::BlockMissing) && at == 2) {
                sheet.rows.push(vec![Item::new(heading, Role::Other).spanning(WIDTH, 1)]);
            }
            let last = WIDTH - columns.len();
            let spread = |mut items: Vec<Item>| {
                items.last_mut().into_iter().for_each(|item| item.wide = last);
                items
            };
            let headings = columns.iter().map(|column| Item::new(heading_of(*column, table), Role::Column));
            sheet.rows.push(spread([Item::new("信息内容", Role::Other)].into_iter().chain(headings).collect()));
            for row in rows {
                let figures = columns.iter().filter_map(|column| row.cell(*column)).map(|cell| self.figure(cell));
                let label = Item::new(row.label(), Role::Label(row));
                sheet.rows.push(spread([label].into_iter().chain(figures).collect()));
            }
            if extra && at == 0 {
                let figures = (0..columns.len()).map(|_| Item::new(&random.below(60).to_string(), Role::Other));
                let label = self.extra_label("其他主动公开文件");
                sheet.rows.push(spread([label].into_iter().chain(figures).collect()));
            }
        }
        vec![Piece::Sheet(sheet)]
    }

    fn extra_label(&mut self, label: &str) -> Item {
        self.extra.push(label.to_owned());
        Item::new(label, Role::Other)
    }

    /// 表三: three columns of labels, then the kinds of applicant; in two parts where a page breaks.
    pub fn applications(&mut self, random: &mut Random) -> Vec<Piece> {
        let mut columns = APPLICANTS.to_vec();
        if let Some(absent) = self.absent {
            columns.remove(absent);
        }
        if self.has(Noise::TotalFirst) {
            columns.rotate_right(1);
        }
        let rows = self.report.rows(Table::Applications);
        // Elsewhere than in 表二, where the draw was for that.
        let extra = (self.has(Noise::ExtraRow) && self.extra.is_empty()).then(|| {
            let within = random.chance(60);
            let figure = |random: &mut Random| if self.style.loses_blanks() { 0 } else { random.below(9) };
            let figures: Vec<usize> = columns.iter().map(|_| figure(random)).collect();
            (within, figures)
        });
        let parts: Vec<&[Row]> = match self.has(Noise::PageBreak) {
            true => {
                let (before, behind) = rows.split_at(3 + random.below(rows.len() - 6));
                vec![before, behind]
            }
            false => vec![&rows],
        };
        let again = random.chance(50);
        let mut pieces = Vec::new();
        for (at, part) in parts.into_iter().enumerate() {
            let mut sheet = Sheet::new(Table::Applications);
            if at == 0 || again {
                sheet.rows.extend(applicants_heading(&columns));
            }
            if at > 0 {
                pieces.extend(self.page_break(random));
            }
            self.results(&mut sheet, part, &columns, extra.as_ref());
            pieces.push(Piece::Sheet(sheet));
        }
        pieces
    }

    fn page_break(&self, random: &mut Random) -> Vec<Piece> {
        // A number alone can't be told from figures where nothing separates them.
        let marks: &[&str] = if self.style == Style::Glued {
            &["— 3 —", "第3页 共8页"]
        } else {
            &["— 3 —", "- 3 -", "第3页 共8页", "3"]
        };
        let mut pieces = vec![Piece::Page(random.pick(marks).to_owned())];
        if random.chance(30) {
            pieces.push(Piece::Page(format!("{}政府信息公开工作年度报告", self.report.body)));
        }
        pieces
    }

    /// Rows of 表三 with the headings of their groups.
    fn results(&mut self, sheet: &mut Sheet, rows: &[Row], columns: &[Column], extra: Option<&(bool, Vec<usize>)>) {
        let mut lines: Vec<(u8, &str, Vec<Item>)> = Vec::new();
        for row in rows {
            let (level, group) = group_of(*row);
            let detail = if *row == Row::PartiallyGranted {
                "（区分处理的，只计这一情形，不计其他情形）"
            } else {
                ""
            };
            let label = Item::new(&format!("{}{detail}", row.label()), Role::Label(*row));
            let figures = columns.iter().filter_map(|column| row.cell(*column)).map(|cell| self.figure(cell));
            lines.push((level, group, [label].into_iter().chain(figures).collect()));
            let added = extra.and_then(|(within, figures)| match (within, row) {
                (true, Row::AdministrativeInquiry) => Some(("9.其他依法不予公开的情形", figures)),
                (false, Row::CarriedForward) => Some(("五、其他需要说明的申请", figures)),
                _ => None,
            });
            if let Some((text, figures)) = added {
                let label = self.extra_label(text);
                let figures = figures.iter().map(|figure| Item::new(&figure.to_string(), Role::Other));
                lines.push((level, group, [label].into_iter().chain(figures).collect()));
            }
        }
        let outcomes = lines.iter().filter(|(level, ..)| *level > 0).count();
        let mut begun = false;
        let mut last = "";
        for at in 0..lines.len() {
            let (level, group, mut items) = lines[at].clone();
            items[0].wide = 3 - usize::from(level);
            if level == 2 && group != last {
                let high = lines.iter().filter(|(_, own, _)| *own == group).count();
                items.insert(0, Item::new(group, Role::Other).spanning(1, high));
            }
            last = group;
            if level > 0 && !begun {
                begun = true;
                items.insert(0, Item::new("三、本年度办理结果", Role::Other).spanning(1, outcomes));
            }
            sheet.rows.push(items);
        }
    }

    /// 表四: three blocks side by side, or each in a row of its own.
    pub fn remedies(&self, random: &mut Random) -> Vec<Piece> {
        let mut orders = [RESULTS; 3];
        if self.has(Noise::RemediesOrder) {
            random.reorder(&mut orders[0]);
            let alike = self.has(Noise::RemediesRows) || random.chance(50);
            let first = orders[0];
            orders[1..].iter_mut().for_each(|order| {
                *order = first;
                (!alike).then(|| random.shuffle(order));
            });
        } else if self.has(Noise::TotalFirst) {
            orders.iter_mut().for_each(|order| order.rotate_right(1));
        }
        let heading = |column: &Column| Item::new(column.label(Table::Remedies), Role::Column);
        let figures = |at: usize| {
            let cells = orders[at].iter().filter_map(|column| REMEDIES[at].cell(*column));
            cells.map(|cell| self.figure(cell)).collect::<Vec<_>>()
        };
        let label = |text: &str| Item::new(text, Role::Other);
        let (direct, after) = ("未经复议直接起诉", "复议后起诉");
        let mut sheet = Sheet::new(Table::Remedies);
        if self.has(Noise::RemediesRows) {
            let headings = orders[0].iter().map(heading);
            sheet.rows.push([label("类别").spanning(2, 1)].into_iter().chain(headings).collect());
            let mut rows = [
                vec![label("行政复议").spanning(2, 1)],
                vec![label("行政诉讼").spanning(1, 2), label(direct)],
                vec![label(after)],
            ];
            rows.iter_mut().enumerate().for_each(|(at, row)| row.extend(figures(at)));
            sheet.rows.extend(rows);
        } else {
            sheet.rows.push(vec![label("行政复议").spanning(5, 1), label("行政诉讼").spanning(10, 1)]);
            let mut second: Vec<Item> = orders[0].iter().map(|column| heading(column).spanning(1, 2)).collect();
            second.extend([label(direct).spanning(5, 1), label(after).spanning(5, 1)]);
            sheet.rows.push(second);
            sheet.rows.push(orders[1..].iter().flatten().map(heading).collect());
            sheet.rows.push((0..3).flat_map(figures).collect());
        }
        vec![Piece::Sheet(sheet)]
    }
}

fn heading_of(column: Column, table: Table) -> &'static str {
    match (column, table) {
        (Column::Amount, Table::Disclosure2021) => "本年收费金额（单位：万元）",
        (Column::Amount, _) => "采购总金额（单位：万元）",
        _ => column.label(table),
    }
}

/// The three rows of the heading of 表三, with its columns in any order.
fn applicants_heading(columns: &[Column]) -> [Vec<Item>; 3] {
    let alone = |column: Column| matches!(column, Column::NaturalPerson | Column::Total);
    let heading = |column: Column| Item::new(column.label(Table::Applications), Role::Column);
    let organizations: Vec<Column> = columns.iter().copied().filter(|column| !alone(*column)).collect();
    let corner = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）";
    let mut second = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        if alone(*column) {
            second.push(heading(*column).spanning(1, 2));
        } else if at == 0 || alone(columns[at - 1]) {
            second.push(Item::new("法人或其他组织", Role::Other).spanning(organizations.len(), 1));
        }
    }
    let first = vec![
        Item::new(corner, Role::Other).spanning(3, 3),
        Item::new("申请人情况", Role::Other).spanning(columns.len(), 1),
    ];
    [first, second, organizations.into_iter().map(heading).collect()]
}

/// How deep a row of 表三 stands below 三、本年度办理结果, and the heading of its group.
fn group_of(row: Row) -> (u8, &'static str) {
    match row {
        Row::Received | Row::CarriedOver | Row::CarriedForward => (0, ""),
        row if DENIED.contains(&row) => (2, "（三）不予公开"),
        row if UNAVAILABLE.contains(&row) => (2, "（四）无法提供"),
        row if NOT_PROCESSED.contains(&row) => (2, "（五）不予处理"),
        row if OTHER_PARTS.contains(&row) => (2, "（六）其他处理"),
        _ => (1, ""),
    }
}
