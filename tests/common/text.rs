//! Reports as text, in the flattenings in which they are found.

use gouji::report::{
    AnnualReport, Cell, Column, Edition, Row, Table,
    form::{APPLICANTS, RESULTS},
};

/// How a table becomes text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// One cell a line behind a tab, an empty line between rows.
    Tabs,
    /// One cell a line, empty lines between.
    Lines,
    /// `a | b | c |`, one row a line.
    Bars,
    /// One cell a line, bars on lines of their own.
    BarLines,
    /// One row a line, cells apart by spaces, as text from a PDF has them.
    Spaces,
    /// A page of HTML.
    Page,
    /// All in one line, digits glued together.
    Glued,
}

pub const WAYS: [Way; 7] = [Way::Tabs, Way::Lines, Way::Bars, Way::BarLines, Way::Spaces, Way::Page, Way::Glued];

/// The whole report as text.
pub fn text(report: &AnnualReport, way: Way) -> String {
    let mut parts = vec![report.title.clone(), report.preamble.clone()];
    for section in &report.sections {
        parts.push(section.heading.clone());
        parts.push(section.text.clone());
        let tables = Table::of(report.edition).iter().filter(|table| table.section() == section.number);
        parts.extend(tables.map(|table| flat(&grid(report, *table), way)));
    }
    match way {
        // The title stands in a line of its own, as collectors leave it.
        Way::Glued => format!("标题: {}\n{}\n", parts[0], parts[1..].concat().replace('\n', "")),
        Way::Page => {
            let block = |part: &String| match part.starts_with("<table>") {
                true => part.clone(),
                false => part.lines().map(|line| format!("<p>{line}</p>\n")).collect(),
            };
            format!("<html><body>\n{}</body></html>\n", parts.iter().map(block).collect::<String>())
        }
        _ => parts.join("\n") + "\n",
    }
}

fn flat(rows: &[Vec<String>], way: Way) -> String {
    let row = |cells: &Vec<String>| match way {
        Way::Tabs => cells.iter().map(|cell| format!("\t{cell}\n")).collect::<String>() + "\n",
        Way::Lines => cells.iter().map(|cell| format!("{cell}\n\n")).collect(),
        Way::Bars => cells.iter().map(|cell| format!("{cell} | ")).collect::<String>().trim_end().to_owned() + "\n",
        Way::BarLines => cells.iter().map(|cell| format!("{cell}\n|\n")).collect(),
        Way::Spaces => cells.join(" ") + "\n",
        Way::Page => {
            let cells: String = cells.iter().map(|cell| format!("<td>{cell}</td>")).collect();
            format!("<tr>{cells}</tr>\n")
        }
        Way::Glued => cells.concat(),
    };
    let rows: String = rows.iter().map(row).collect();
    if way == Way::Page { format!("<table>\n{rows}</table>\n") } else { rows }
}

/// The cells of a table, as the form prints them.
fn grid(report: &AnnualReport, table: Table) -> Vec<Vec<String>> {
    let figures = |row: Row| -> Vec<String> { row.cells().map(|cell| figure(report, cell)).collect() };
    match table {
        Table::Disclosure2019 | Table::Disclosure2021 => disclosure(report, table, &figures),
        Table::Applications => applications(report, &figures),
        Table::Remedies => {
            let blocks = [Row::Reconsideration, Row::DirectLitigation, Row::LitigationAfterReconsideration];
            let labels = RESULTS.map(|column| column.label(Table::Remedies).to_owned());
            let mut second = labels.to_vec();
            second.extend(["未经复议直接起诉".to_owned(), "复议后起诉".to_owned()]);
            vec![
                vec!["行政复议".into(), "行政诉讼".into()],
                second,
                [labels.clone(), labels].concat(),
                blocks.into_iter().flat_map(figures).collect(),
            ]
        }
    }
}

fn figure(report: &AnnualReport, cell: Cell) -> String {
    let amount = report.figures.amount(cell).map(str::to_owned);
    let count = report.figures.count(cell).known().map(|count| count.to_string());
    amount.or(count).unwrap_or_default()
}

fn disclosure(report: &AnnualReport, table: Table, figures: &dyn Fn(Row) -> Vec<String>) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut block = "";
    for row in table.rows().filter(|row| report.figures.has_row(*row)) {
        let own = block_of(row);
        if own != block {
            block = own;
            rows.push(vec![own.to_owned()]);
            let columns = row.columns().iter().map(|column| heading(*column, table));
            rows.push(std::iter::once("信息内容".to_owned()).chain(columns).collect());
        }
        rows.push(std::iter::once(row.label().to_owned()).chain(figures(row)).collect());
    }
    rows
}

fn heading(column: Column, table: Table) -> String {
    match (column, table) {
        (Column::Amount, Table::Disclosure2021) => "本年收费金额（单位：万元）".to_owned(),
        _ => column.label(table).to_owned(),
    }
}

fn block_of(row: Row) -> &'static str {
    let path = row.path().rsplit('.').next().unwrap_or_default();
    match path {
        "regulations" | "normative_documents" => "第二十条第（一）项",
        "permits" | "other_services" | "inspections" | "confirmations" => "第二十条第（五）项",
        "penalties" | "coercive_measures" => "第二十条第（六）项",
        "fees" => "第二十条第（八）项",
        _ => "第二十条第（九）项",
    }
}

fn applications(report: &AnnualReport, figures: &dyn Fn(Row) -> Vec<String>) -> Vec<Vec<String>> {
    let label = |column: &Column| column.label(Table::Applications).to_owned();
    let corner = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）";
    let mut rows = vec![
        vec![corner.to_owned(), "申请人情况".to_owned()],
        vec![label(&APPLICANTS[0]), "法人或其他组织".to_owned(), label(&APPLICANTS[6])],
        APPLICANTS[1..6].iter().map(label).collect(),
    ];
    let mut group = "";
    for row in Table::Applications.rows().filter(|row| report.figures.has_row(*row)) {
        if row == Row::OtherSubtotal && report.edition == Edition::Of2021 {
            continue;
        }
        let mut cells = Vec::new();
        if row == Row::Granted {
            cells.push("三、本年度办理结果".to_owned());
        }
        let own = row.printed().split_once(' ').map_or("", |(group, _)| group);
        if own != group {
            group = own;
            cells.extend((!own.is_empty()).then(|| own.to_owned()));
        }
        let detail = if row == Row::PartiallyGranted {
            "（区分处理的，只计这一情形，不计其他情形）"
        } else {
            ""
        };
        cells.push(format!("{}{detail}", row.label()));
        cells.extend(figures(row));
        rows.push(cells);
    }
    rows
}
