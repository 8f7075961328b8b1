//! How the rows, columns and groups of the form are worded, as a [`Stream`](super::stream) has them.

use std::sync::LazyLock;

use crate::{
    report::{Column, Row, Table},
    words::plain,
};

/// The wordings of each row's label, worked out once.
static WORDINGS: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| Row::ALL.into_iter().map(work_out).collect());

/// The wordings of a row's label, longest first. Each is looked for as it stands.
pub(super) fn row_wordings(row: Row) -> &'static [String] {
    &WORDINGS[row as usize]
}

fn work_out(row: Row) -> Vec<String> {
    let label = plain(row.label());
    let without_ordinal: String = label.chars().skip(1).collect();
    let has_ordinal =
        label.starts_with(['一', '二', '三', '四', '五', '六', '七', '1', '2', '3', '4', '5', '6', '7', '8']);
    let mut wordings: Vec<String> = more_wordings(row).iter().map(|wording| (*wording).to_owned()).collect();
    // 总计 and 其他 alone are headings of columns too.
    if has_ordinal && without_ordinal.chars().count() > 2 {
        wordings.push(without_ordinal);
    }
    wordings.push(label);
    wordings.sort_by_key(|wording| std::cmp::Reverse(wording.len()));
    wordings
}

/// Wordings that reports use beside the form's own.
fn more_wordings(row: Row) -> &'static [&'static str] {
    match row {
        Row::NormativeDocuments2019 => &["行政规范性文件"],
        Row::NormativeDocuments2021 => &["规范性文件"],
        Row::Received => &["一本年新收政府信息公开申请", "本年新收政府信息公开申请"],
        Row::CarriedOver => {
            &["二上年结转政府信息公开申请", "上年结转政府信息公开申请", "二上年度结转政府信息公开申请数量"]
        }
        Row::PartiallyGranted => {
            &["二部分公开区分处理的只计这一情形不计其他情形", "部分公开区分处理的只计这一情形不计其他情形"]
        }
        Row::ProhibitedByLaw => &["2其他法律法规禁止公开", "2其他法律行政法规禁止公开的", "2其他法律"],
        Row::NotCorrected => &["1申请人无正当理由逾期不补正", "1逾期不补正", "逾期不补正"],
        Row::FeeUnpaid => &["2申请人逾期未按收费通知要求缴纳费用", "2逾期不缴费", "2逾期未缴费", "逾期不缴费"],
        Row::OtherOutcome => &["六其他处理3其他", "其他处理3其他"],
        Row::OutcomesTotal => &["七合计"],
        Row::CarriedForward => &["四结转下年度继续办理数量"],
        _ => &[],
    }
}

/// The headings of 表三 that group rows, or that a page break repeats: figures end before them.
pub(super) const APPLICATION_GROUPS: [&str; 10] = [
    "本列数据的勾稽关系",
    "申请人情况",
    "三本年度办理结果",
    "本年度办理结果",
    "三不予公开",
    "四无法提供",
    "五不予处理",
    "不予公开",
    "无法提供",
    "不予处理",
];

/// The labels in the heading of 表四, after the last of which its figures stand.
pub(super) const REMEDY_LABELS: [&str; 7] =
    ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计", "未经复议直接起诉", "复议后起诉"];

/// The headings of the blocks of 表二.
pub(super) const BLOCKS: [(&str, &[Row]); 5] = [
    (
        "第二十条第一项",
        &[Row::Regulations2019, Row::NormativeDocuments2019, Row::Regulations2021, Row::NormativeDocuments2021],
    ),
    ("第二十条第五项", &[Row::Permits2019, Row::OtherServices, Row::Inspections, Row::Confirmations, Row::Permits2021]),
    ("第二十条第六项", &[Row::Penalties2019, Row::CoerciveMeasures2019, Row::Penalties2021, Row::CoerciveMeasures2021]),
    ("第二十条第八项", &[Row::Fees2019, Row::Fees2021]),
    ("第二十条第九项", &[Row::Procurement]),
];

/// What every wording of a column's heading in a table has in common.
pub(super) fn column_core(column: Column, table: Table) -> &'static str {
    match (column, table) {
        (Column::Made, _) => "新制作数",
        (Column::Disclosed, _) => "新公开数",
        (Column::TotalPublic, _) => "对外公开总数",
        (Column::LastYearItems, _) => "年项目数",
        (Column::Change, _) => "增减",
        (Column::Decisions, _) => "处理决定数",
        (Column::Projects, _) => "采购项目数",
        (Column::Amount, Table::Disclosure2021) => "收费金额",
        (Column::Amount, _) => "采购总金额",
        (Column::Issued, _) => "制发件",
        (Column::Repealed, _) => "废止件",
        (Column::InForce, _) => "现行有效件",
        (column, table) => column.label(table),
    }
}

/// How the heading of a column of a table is worded, in the form for comparing words.
pub(super) struct ColumnWording {
    pub column: Column,
    /// What every wording has in common.
    pub core: String,
    /// As the form has it.
    pub label: String,
}

/// The headings of a table's columns.
pub(super) fn column_wordings(table: Table) -> &'static [ColumnWording] {
    static ALL: LazyLock<Vec<Vec<ColumnWording>>> = LazyLock::new(|| {
        let of = |table: Table| {
            let mut columns: Vec<Column> = Vec::new();
            let all = table.rows().flat_map(|row| row.columns().iter().copied());
            all.for_each(|column| {
                if !columns.contains(&column) {
                    columns.push(column)
                }
            });
            let wording = |column: Column| ColumnWording {
                column,
                core: plain(column_core(column, table)),
                label: plain(column.label(table)),
            };
            columns.into_iter().map(wording).collect()
        };
        Table::ALL.into_iter().map(of).collect()
    });
    Table::ALL.iter().position(|own| *own == table).map_or(&[], |at| &ALL[at])
}

/// Labels that only one edition's 表二 has: they tell the edition.
pub(super) const OF_2019: [&str; 5] = ["新制作数量", "新公开数量", "对外公开总数量", "上一年项目数量", "本年增减"];
/// Labels that only edition 2021's 表二 has.
pub(super) const OF_2021: [&str; 4] = ["制发件数", "废止件数", "现行有效件", "本年处理决定数量"];
