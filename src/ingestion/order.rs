//! In which order the columns of a table stand in running text, by the labels of its heading.

use super::{
    columns::{Columns, Heading},
    labels::column_core,
    remedies::{Label, RemedyHeadings},
};
use crate::{
    report::{
        Cell, Column, Row, Table,
        form::{APPLICANTS, REMEDIES, RESULTS},
    },
    words::plain,
};

/// The order of a row's columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Order {
    /// That of the form, as far as anybody can tell.
    #[default]
    Form,
    /// Another, in which each column is named.
    Printed(Vec<Column>),
    /// Another, in which not all columns can be read: no figure can be given to any.
    Unclear,
}

impl Order {
    /// The order that a heading of 表二 or 表三 has. `heading` holds letters and digits alone.
    pub fn of(heading: &str, due: &[Column], table: Table) -> Self {
        let read = named(heading, due, table);
        let place = |column: &Column| due.iter().position(|own| own == column);
        let complete = read.len() == due.len() && due.iter().all(|column| read.contains(column));
        match () {
            () if read.iter().map(place).is_sorted() => Self::Form,
            () if complete => Self::Printed(read),
            () => Self::Unclear,
        }
    }

    /// The cells of a row in this order; nothing where it is not clear.
    pub fn arranged(&self, mut cells: Vec<Cell>) -> Option<Vec<Cell>> {
        match self {
            Self::Form => Some(cells),
            Self::Printed(order) => {
                cells.sort_by_key(|cell| order.iter().position(|column| *column == cell.column()));
                Some(cells)
            }
            Self::Unclear => None,
        }
    }
}

/// The columns that a heading names, as they stand. It holds letters and digits alone.
pub(super) fn named(heading: &str, due: &[Column], table: Table) -> Vec<Column> {
    if table == Table::Applications {
        return applicants(heading, due);
    }
    let labels: Vec<(String, Column)> =
        due.iter().map(|column| (plain(column_core(*column, table)), *column)).collect();
    met(heading, &labels)
}

/// The columns of 表三: 自然人, 法人或其他组织 and 总计 stand a row above the kinds of the second.
fn applicants(heading: &str, due: &[Column]) -> Vec<Column> {
    let mut labels: Vec<(String, Heading)> =
        APPLICANTS.iter().map(|column| (plain(column.label(Table::Applications)), Heading::Column(*column))).collect();
    labels.push(("法人或其他组织".to_owned(), Heading::Group));
    labels.push(("申请人情况".to_owned(), Heading::Unknown));
    let mut columns = Columns::default();
    for (at, heading) in (0..).zip(met(heading, &labels)) {
        let above = matches!(heading, Heading::Group | Heading::Column(Column::NaturalPerson | Column::Total));
        if heading != Heading::Unknown {
            columns.name(heading, at..at + 1, if above { 1 } else { 2 });
        }
    }
    columns.read(due)
}

/// The cells of 表四 in the order of its heading; nothing where that is not clear.
pub(super) fn remedies(heading: &str) -> Option<Vec<Cell>> {
    let mut labels: Vec<(String, Label)> =
        RESULTS.iter().map(|column| (plain(column.label(Table::Remedies)), Label::Result(*column))).collect();
    labels.push(("未经复议直接起诉".to_owned(), Label::Block(Row::DirectLitigation)));
    labels.push(("复议后起诉".to_owned(), Label::Block(Row::LitigationAfterReconsideration)));
    labels.push(("行政复议".to_owned(), Label::Block(Row::Reconsideration)));
    labels.push(("行政诉讼".to_owned(), Label::Litigation));
    let met = met(heading, &labels);
    let mut headings = RemedyHeadings::default();
    met.iter().for_each(|label| headings.name(*label, 0..1));
    let results: Vec<Column> = met
        .iter()
        .filter_map(|label| match label {
            Label::Result(column) => Some(*column),
            _ => None,
        })
        .collect();
    if results.len() >= REMEDIES.len() * RESULTS.len() {
        return headings.order();
    }
    // A heading of which parts were lost says nothing against the form's order, if the rest is in it.
    let form: Vec<Cell> = REMEDIES.iter().flat_map(|row| row.cells()).collect();
    let mut due = form.iter().map(|cell| cell.column());
    let in_order = results.iter().all(|column| due.any(|own| own == *column));
    in_order.then_some(form)
}

/// What the labels in a text stand for, in its order; of labels that begin alike the longest is meant.
fn met<T: Copy>(text: &str, labels: &[(String, T)]) -> Vec<T> {
    let mut met = Vec::new();
    let mut rest = text;
    while let Some(char) = rest.chars().next() {
        let here = labels.iter().filter(|(label, _)| rest.starts_with(label.as_str()));
        match here.max_by_key(|(label, _)| label.len()) {
            Some((label, own)) => {
                met.push(*own);
                rest = &rest[label.len()..];
            }
            None => rest = &rest[char.len_utf8()..],
        }
    }
    met
}

#[cfg(test)]
mod tests {
    use super::*;
    use Column::{InForce, Issued, Repealed};

    #[test]
    fn columns_stand_as_their_labels_do() {
        let of = |heading| Order::of(heading, &[Issued, Repealed, InForce], Table::Disclosure2021);
        assert_eq!(of("信息内容本年制发件数本年废止件数现行有效件数"), Order::Form);
        assert_eq!(of("信息内容现行有效件数本年制发件数本年废止件数"), Order::Printed(vec![InForce, Issued, Repealed]));
        assert_eq!(of("信息内容现行有效件数本年废止件数"), Order::Unclear);
        assert_eq!(of("信息内容本年制发件数现行有效件数"), Order::Form);
    }

    #[test]
    fn the_kinds_of_applicants_stand_where_their_group_does() {
        let of = |heading: &str| Order::of(heading, &APPLICANTS, Table::Applications);
        let kinds = "商业企业科研机构社会公益组织法律服务机构其他";
        assert_eq!(of(&format!("申请人情况自然人法人或其他组织总计{kinds}")), Order::Form);
        let Order::Printed(order) = of(&format!("申请人情况总计自然人法人或其他组织{kinds}")) else {
            panic!("another")
        };
        assert_eq!((order[0], order[1], order[6]), (Column::Total, Column::NaturalPerson, Column::OtherOrganization));
    }

    #[test]
    fn the_results_of_remedies_stand_as_their_labels_do() {
        let five = "结果维持结果纠正其他结果尚未审结总计";
        let order =
            remedies(&format!("行政复议行政诉讼{five}未经复议直接起诉复议后起诉{five}{five}")).expect("the form's");
        assert_eq!(order, REMEDIES.iter().flat_map(|row| row.cells()).collect::<Vec<_>>());
        let turned = "总计结果维持结果纠正其他结果尚未审结";
        let order = remedies(&format!("行政复议行政诉讼{turned}未经复议直接起诉复议后起诉{turned}{turned}"))
            .expect("all alike");
        assert_eq!(order[5].column(), Column::Total);
        assert_eq!(remedies(&format!("行政复议行政诉讼{five}")).map(|order| order.len()), Some(15));
    }
}
