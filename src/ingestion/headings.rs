//! What the cells of a table's heading say.

use super::{
    columns::Heading,
    labels::{self, ColumnWording, column_wordings},
    remedies::Label,
};
use crate::{
    report::{
        Column, Row, Table,
        form::{APPLICANTS, RESULTS},
    },
    words::spelling::distance,
};

/// Whether a text begins as the heading of a block of 表二 does: 第二十条第（一）项.
pub(super) fn is_block(text: &str) -> bool {
    labels::BLOCKS.iter().any(|(heading, _)| text.starts_with(heading))
}

/// The table that a row of headings belongs to, if it names enough of its columns.
pub(super) fn table_of(texts: &[String], disclosure: Table) -> Option<Table> {
    let has = |words: &str| texts.iter().any(|text| text == words);
    let several = |columns: &[Column], table: Table| {
        let named = columns.iter().filter(|column| has(column.label(table))).count();
        named >= 3
    };
    if has("行政复议") && has("行政诉讼") || several(&RESULTS[..4], Table::Remedies) {
        return Some(Table::Remedies);
    }
    if several(&APPLICANTS[..5], Table::Applications) || has("自然人") && has("法人或其他组织") {
        return Some(Table::Applications);
    }
    has("信息内容").then_some(disclosure)
}

/// Whether a row of headings begins a table, or a block of 表二, even where it goes on.
pub(super) fn begins_anew(texts: &[String]) -> bool {
    let has = |words: &str| texts.iter().any(|text| text == words);
    has("信息内容") || has("行政复议") && has("行政诉讼")
}

/// The table, 2 to 4, in whose first heading a cell's text stands.
pub(super) fn begun_by(text: &str) -> Option<u8> {
    match text {
        "信息内容" => Some(2),
        "申请人情况" => Some(3),
        "行政复议" | "未经复议直接起诉" => Some(4),
        _ if is_block(text) => Some(2),
        _ if text.starts_with("本列数据") => Some(3),
        _ => None,
    }
}

/// Whether a text is the heading of a column of any table.
pub(super) fn names_any(text: &str) -> bool {
    Table::ALL.into_iter().any(|table| column(text, table).is_some()) || remedy(text).is_some()
}

/// What a heading says in 表二 or 表三.
pub(super) fn column(text: &str, table: Table) -> Option<Heading> {
    match table {
        Table::Applications => applicant(text),
        Table::Remedies => None,
        Table::Disclosure2019 | Table::Disclosure2021 => {
            let own = column_wordings(table).iter().find(|own| text.contains(&own.core));
            own.map(|own| Heading::Column(own.column))
        }
    }
}

/// What a heading says in 表三. 总计 is sometimes called 合计.
fn applicant(text: &str) -> Option<Heading> {
    let is = |column: &Column| {
        let label = column.label(Table::Applications);
        text == label || (label.chars().count() > 2 && text.starts_with(label))
    };
    match text {
        "法人或其他组织" | "法人和其他组织" | "法人及其他组织" => Some(Heading::Group),
        "合计" => Some(Heading::Column(Column::Total)),
        _ => APPLICANTS.into_iter().find(is).map(Heading::Column),
    }
}

/// What a heading says in 表四.
pub(super) fn remedy(text: &str) -> Option<Label> {
    match text {
        "行政复议" => Some(Label::Block(Row::Reconsideration)),
        "行政诉讼" => Some(Label::Litigation),
        "合计" => Some(Label::Result(Column::Total)),
        _ if text.starts_with("未经复议") => Some(Label::Block(Row::DirectLitigation)),
        _ if text.starts_with("复议后") => Some(Label::Block(Row::LitigationAfterReconsideration)),
        _ => RESULTS.into_iter().find(|column| column.label(Table::Remedies) == text).map(Label::Result),
    }
}

/// The only column from whose heading a text is off by a character.
pub(super) fn near(text: &str, table: Table) -> Option<Column> {
    /// Shorter words are others when a character changes.
    const SHORTEST: usize = 3;
    let length = text.chars().count();
    let is_near = |own: &&ColumnWording| {
        let long = own.label.chars().count();
        long >= SHORTEST && length.abs_diff(long) <= 1 && distance(text, &own.label) == 1
    };
    let mut near = column_wordings(table).iter().filter(is_near);
    near.next().map(|own| own.column).filter(|_| near.next().is_none())
}

/// Whether a text heads a column that some add to the form's.
pub(super) fn stands_beside(text: &str) -> bool {
    const WORDS: [&str; 10] =
        ["备注", "单位", "计量单位", "序号", "编号", "行次", "说明", "上年同期", "上年数", "上年"];
    WORDS.contains(&text)
}

/// Whether a text stands in headings and is none of a column.
pub(super) fn names_no_column(text: &str) -> bool {
    const WORDS: [&str; 9] = ["信息内容", "申请人情况", "类别", "项目", "序号", "备注", "事项", "内容", "指标"];
    WORDS.contains(&text) || is_block(text) || text.starts_with("本列数据")
}
