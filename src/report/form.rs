//! The form: the one map of every cell, with its field, its machine path and its printed place.
//!
//! Source: the annexes (附件) of 国办公开办函〔2019〕60号 and 国办公开办函〔2021〕30号. This file shows the name of each
//! row of the form in paths, rules and messages.

use super::edition::Edition;

/// One of the form's tables. 表二 differs so much between the editions that it counts as two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// 表二 of edition 2019.
    Disclosure2019,
    /// 表二 of edition 2021.
    Disclosure2021,
    /// 表三, in both editions.
    Applications,
    /// 表四, in both editions.
    Remedies,
}

impl Table {
    /// All tables, in the order of the form.
    pub const ALL: [Self; 4] = [Self::Disclosure2019, Self::Disclosure2021, Self::Applications, Self::Remedies];

    /// The tables that a report of the edition must have.
    pub const fn of(edition: Edition) -> &'static [Self] {
        match edition {
            Edition::Of2019 => &[Self::Disclosure2019, Self::Applications, Self::Remedies],
            Edition::Of2021 => &[Self::Disclosure2021, Self::Applications, Self::Remedies],
            Edition::Unknown | Edition::Legacy => &[],
        }
    }

    /// The field that contains the table.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Disclosure2019 => "disclosure_2019",
            Self::Disclosure2021 => "disclosure_2021",
            Self::Applications => "applications",
            Self::Remedies => "remedies",
        }
    }

    /// The printed name of the table.
    pub const fn printed(self) -> &'static str {
        match self {
            Self::Disclosure2019 | Self::Disclosure2021 => "表二",
            Self::Applications => "表三",
            Self::Remedies => "表四",
        }
    }

    /// The number of the section that contains the table.
    pub const fn section(self) -> u8 {
        match self {
            Self::Disclosure2019 | Self::Disclosure2021 => 2,
            Self::Applications => 3,
            Self::Remedies => 4,
        }
    }

    /// The rows of the table, in the order of the form.
    pub fn rows(self) -> impl Iterator<Item = Row> + Clone {
        let (first, end) = ROWS[self as usize];
        Row::ALL[first..end].iter().copied()
    }
}

/// Where the rows of each table stand among all rows; they stand together.
const ROWS: [(usize, usize); Table::ALL.len()] = {
    let mut places = [(0, 0); Table::ALL.len()];
    let mut at = 0;
    while at < Row::ALL.len() {
        let (first, end) = &mut places[Row::ALL[at].table() as usize];
        if *end == 0 {
            *first = at;
        }
        at += 1;
        *end = at;
    }
    places
};

/// A column of one of the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// 本年新制作数量 (2019).
    Made,
    /// 本年新公开数量 (2019).
    Disclosed,
    /// 对外公开总数量 (2019).
    TotalPublic,
    /// 上一年项目数量 (2019).
    LastYearItems,
    /// 本年增/减 (2019): the only figure that may be negative.
    Change,
    /// 处理决定数量 (2019), 本年处理决定数量 (2021).
    Decisions,
    /// 采购项目数量 (2019).
    Projects,
    /// 采购总金额 (2019), 本年收费金额 (2021): decimal text in 万元.
    Amount,
    /// 本年制发件数 (2021).
    Issued,
    /// 本年废止件数 (2021).
    Repealed,
    /// 现行有效件数 (2021).
    InForce,
    /// 自然人.
    NaturalPerson,
    /// 法人或其他组织: 商业企业.
    Business,
    /// 法人或其他组织: 科研机构.
    ResearchInstitution,
    /// 法人或其他组织: 社会公益组织.
    PublicWelfareOrganization,
    /// 法人或其他组织: 法律服务机构.
    LegalServiceOrganization,
    /// 法人或其他组织: 其他.
    OtherOrganization,
    /// 结果维持.
    Upheld,
    /// 结果纠正.
    Corrected,
    /// 其他结果.
    Other,
    /// 尚未审结.
    Pending,
    /// 总计.
    Total,
}

use Column as C;

/// The columns of 表三: six kinds of applicant, then 总计.
pub const APPLICANTS: [Column; 7] = [
    C::NaturalPerson,
    C::Business,
    C::ResearchInstitution,
    C::PublicWelfareOrganization,
    C::LegalServiceOrganization,
    C::OtherOrganization,
    C::Total,
];
/// The columns of each block of 表四: four results, then 总计.
pub const RESULTS: [Column; 5] = [C::Upheld, C::Corrected, C::Other, C::Pending, C::Total];
const DOCUMENTS_2019: [Column; 3] = [C::Made, C::Disclosed, C::TotalPublic];
const DOCUMENTS_2021: [Column; 3] = [C::Issued, C::Repealed, C::InForce];
const ITEMS: [Column; 3] = [C::LastYearItems, C::Change, C::Decisions];
const FEE_ITEMS: [Column; 2] = [C::LastYearItems, C::Change];
const PROCUREMENT: [Column; 2] = [C::Projects, C::Amount];
const DECISIONS: [Column; 1] = [C::Decisions];
const FEES: [Column; 1] = [C::Amount];

/// The most columns that a row has.
pub const WIDTH: usize = APPLICANTS.len();

impl Column {
    /// The field that contains the column's figure.
    pub const fn field(self) -> &'static str {
        match self {
            C::Made => "made",
            C::Disclosed => "disclosed",
            C::TotalPublic => "total_public",
            C::LastYearItems => "last_year_items",
            C::Change => "change",
            C::Decisions => "decisions",
            C::Projects => "projects",
            C::Amount => "amount",
            C::Issued => "issued",
            C::Repealed => "repealed",
            C::InForce => "in_force",
            C::NaturalPerson => "natural_person",
            C::Business => "business",
            C::ResearchInstitution => "research_institution",
            C::PublicWelfareOrganization => "public_welfare_organization",
            C::LegalServiceOrganization => "legal_service_organization",
            C::OtherOrganization => "other_organization",
            C::Upheld => "upheld",
            C::Corrected => "corrected",
            C::Other => "other",
            C::Pending => "pending",
            C::Total => "total",
        }
    }

    /// The heading of the column in a table.
    pub const fn label(self, table: Table) -> &'static str {
        match (self, table) {
            (C::Made, _) => "本年新制作数量",
            (C::Disclosed, _) => "本年新公开数量",
            (C::TotalPublic, _) => "对外公开总数量",
            (C::LastYearItems, _) => "上一年项目数量",
            (C::Change, _) => "本年增/减",
            (C::Decisions, Table::Disclosure2021) => "本年处理决定数量",
            (C::Decisions, _) => "处理决定数量",
            (C::Projects, _) => "采购项目数量",
            (C::Amount, Table::Disclosure2021) => "本年收费金额",
            (C::Amount, _) => "采购总金额",
            (C::Issued, _) => "本年制发件数",
            (C::Repealed, _) => "本年废止件数",
            (C::InForce, _) => "现行有效件数",
            (C::NaturalPerson, _) => "自然人",
            (C::Business, _) => "商业企业",
            (C::ResearchInstitution, _) => "科研机构",
            (C::PublicWelfareOrganization, _) => "社会公益组织",
            (C::LegalServiceOrganization, _) => "法律服务机构",
            (C::OtherOrganization, _) => "其他",
            (C::Upheld, _) => "结果维持",
            (C::Corrected, _) => "结果纠正",
            (C::Other, _) => "其他结果",
            (C::Pending, _) => "尚未审结",
            (C::Total, _) => "总计",
        }
    }

    /// Whether the figure may be negative: 本年增/减, and nothing else.
    pub const fn may_be_negative(self) -> bool {
        matches!(self, C::Change)
    }
}

/// Defines each row once: name, table, machine path, columns, printed heading.
macro_rules! rows {
    ($($row:ident $table:ident $path:literal $columns:ident $printed:literal;)*) => {
        /// A row with figures.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Row {
            $(#[doc = $printed] $row,)*
        }

        impl Row {
            /// All rows, in the order of the form.
            pub const ALL: [Self; [$(Self::$row),*].len()] = [$(Self::$row),*];

            /// The table of the row.
            pub const fn table(self) -> Table {
                match self { $(Self::$row => Table::$table,)* }
            }

            /// The machine path of the row.
            pub const fn path(self) -> &'static str {
                match self { $(Self::$row => $path,)* }
            }

            /// The columns of the row, in the order of the form.
            pub const fn columns(self) -> &'static [Column] {
                match self { $(Self::$row => &$columns,)* }
            }

            /// The row's printed heading, after the headings above it.
            pub const fn printed(self) -> &'static str {
                match self { $(Self::$row => $printed,)* }
            }
        }
    };
}

rows! {
    Regulations2019 Disclosure2019 "disclosure_2019.regulations" DOCUMENTS_2019 "规章";
    NormativeDocuments2019 Disclosure2019 "disclosure_2019.normative_documents" DOCUMENTS_2019 "规范性文件";
    Permits2019 Disclosure2019 "disclosure_2019.permits" ITEMS "行政许可";
    OtherServices Disclosure2019 "disclosure_2019.other_services" ITEMS "其他对外管理服务事项";
    Inspections Disclosure2019 "disclosure_2019.inspections" ITEMS "行政检查";
    Confirmations Disclosure2019 "disclosure_2019.confirmations" ITEMS "行政确认";
    Penalties2019 Disclosure2019 "disclosure_2019.penalties" ITEMS "行政处罚";
    CoerciveMeasures2019 Disclosure2019 "disclosure_2019.coercive_measures" ITEMS "行政强制";
    Fees2019 Disclosure2019 "disclosure_2019.fees" FEE_ITEMS "行政事业性收费";
    Procurement Disclosure2019 "disclosure_2019.procurement" PROCUREMENT "政府集中采购";

    Regulations2021 Disclosure2021 "disclosure_2021.regulations" DOCUMENTS_2021 "规章";
    NormativeDocuments2021 Disclosure2021 "disclosure_2021.normative_documents" DOCUMENTS_2021 "行政规范性文件";
    Permits2021 Disclosure2021 "disclosure_2021.permits" DECISIONS "行政许可";
    Penalties2021 Disclosure2021 "disclosure_2021.penalties" DECISIONS "行政处罚";
    CoerciveMeasures2021 Disclosure2021 "disclosure_2021.coercive_measures" DECISIONS "行政强制";
    Fees2021 Disclosure2021 "disclosure_2021.fees" FEES "行政事业性收费";

    Received Applications "applications.received" APPLICANTS "一、本年新收政府信息公开申请数量";
    CarriedOver Applications "applications.carried_over" APPLICANTS "二、上年结转政府信息公开申请数量";
    Granted Applications "applications.outcomes.granted" APPLICANTS "（一）予以公开";
    PartiallyGranted Applications "applications.outcomes.partially_granted" APPLICANTS "（二）部分公开";
    StateSecret Applications "applications.outcomes.denied.state_secret" APPLICANTS "（三）不予公开 1.属于国家秘密";
    ProhibitedByLaw Applications "applications.outcomes.denied.prohibited_by_law" APPLICANTS "（三）不予公开 2.其他法律行政法规禁止公开";
    EndangersStability Applications "applications.outcomes.denied.endangers_stability" APPLICANTS "（三）不予公开 3.危及“三安全一稳定”";
    ThirdPartyRights Applications "applications.outcomes.denied.third_party_rights" APPLICANTS "（三）不予公开 4.保护第三方合法权益";
    InternalAffairs Applications "applications.outcomes.denied.internal_affairs" APPLICANTS "（三）不予公开 5.属于三类内部事务信息";
    ProcessInformation Applications "applications.outcomes.denied.process_information" APPLICANTS "（三）不予公开 6.属于四类过程性信息";
    EnforcementFiles Applications "applications.outcomes.denied.enforcement_files" APPLICANTS "（三）不予公开 7.属于行政执法案卷";
    AdministrativeInquiry Applications "applications.outcomes.denied.administrative_inquiry" APPLICANTS "（三）不予公开 8.属于行政查询事项";
    NotHeld Applications "applications.outcomes.unavailable.not_held" APPLICANTS "（四）无法提供 1.本机关不掌握相关政府信息";
    MustBeCreated Applications "applications.outcomes.unavailable.must_be_created" APPLICANTS "（四）无法提供 2.没有现成信息需要另行制作";
    StillUnclear Applications "applications.outcomes.unavailable.still_unclear" APPLICANTS "（四）无法提供 3.补正后申请内容仍不明确";
    Complaint Applications "applications.outcomes.not_processed.complaint" APPLICANTS "（五）不予处理 1.信访举报投诉类申请";
    Repeated Applications "applications.outcomes.not_processed.repeated" APPLICANTS "（五）不予处理 2.重复申请";
    PublishedMaterial Applications "applications.outcomes.not_processed.published_material" APPLICANTS "（五）不予处理 3.要求提供公开出版物";
    Excessive Applications "applications.outcomes.not_processed.excessive" APPLICANTS "（五）不予处理 4.无正当理由大量反复申请";
    Confirmation Applications "applications.outcomes.not_processed.confirmation" APPLICANTS "（五）不予处理 5.要求行政机关确认或重新出具已获取信息";
    OtherSubtotal Applications "applications.outcomes.other.subtotal" APPLICANTS "（六）其他处理";
    NotCorrected Applications "applications.outcomes.other.not_corrected" APPLICANTS "（六）其他处理 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请";
    FeeUnpaid Applications "applications.outcomes.other.fee_unpaid" APPLICANTS "（六）其他处理 2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请";
    OtherOutcome Applications "applications.outcomes.other.other" APPLICANTS "（六）其他处理 3.其他";
    OutcomesTotal Applications "applications.outcomes.total" APPLICANTS "三（七）总计";
    CarriedForward Applications "applications.carried_forward" APPLICANTS "四、结转下年度继续办理";

    Reconsideration Remedies "remedies.reconsideration" RESULTS "行政复议";
    DirectLitigation Remedies "remedies.direct_litigation" RESULTS "行政诉讼 未经复议直接起诉";
    LitigationAfterReconsideration Remedies "remedies.litigation_after_reconsideration" RESULTS "行政诉讼 复议后起诉";
}

/// The result rows of 表三 without parts: （一）to（五）, without （六）其他处理.
pub const PLAIN_OUTCOMES: [Row; 18] = [
    Row::Granted,
    Row::PartiallyGranted,
    Row::StateSecret,
    Row::ProhibitedByLaw,
    Row::EndangersStability,
    Row::ThirdPartyRights,
    Row::InternalAffairs,
    Row::ProcessInformation,
    Row::EnforcementFiles,
    Row::AdministrativeInquiry,
    Row::NotHeld,
    Row::MustBeCreated,
    Row::StillUnclear,
    Row::Complaint,
    Row::Repeated,
    Row::PublishedMaterial,
    Row::Excessive,
    Row::Confirmation,
];

/// The rows of （三）不予公开, （四）无法提供 and （五）不予处理.
pub const DENIED: &[Row] = PLAIN_OUTCOMES.split_at(2).1.split_at(8).0;
/// See [`DENIED`].
pub const UNAVAILABLE: &[Row] = PLAIN_OUTCOMES.split_at(10).1.split_at(3).0;
/// See [`DENIED`].
pub const NOT_PROCESSED: &[Row] = PLAIN_OUTCOMES.split_at(13).1;

/// The three blocks of 表四, side by side in one row of the form.
pub const REMEDIES: [Row; 3] = [Row::Reconsideration, Row::DirectLitigation, Row::LitigationAfterReconsideration];

/// The three parts of （六）其他处理 in edition 2021.
pub const OTHER_PARTS: [Row; 3] = [Row::NotCorrected, Row::FeeUnpaid, Row::OtherOutcome];

/// The local rows that replace 其他对外管理服务事项.
pub const STAND_INS: [Row; 2] = [Row::Inspections, Row::Confirmations];

impl Row {
    /// The cell of the row in a column, if the row has that column.
    pub fn cell(self, column: Column) -> Option<Cell> {
        let at = self.columns().iter().position(|own| *own == column)?;
        Some(Cell { row: self, at: u8::try_from(at).ok()? })
    }

    /// The cell at an index in the row, from 0; the last cell for larger indexes.
    pub const fn nth(self, at: usize) -> Cell {
        let last = self.columns().len() - 1;
        Cell { row: self, at: if at < last { at as u8 } else { last as u8 } }
    }

    /// The cells of the row, in the order of the form.
    pub fn cells(self) -> impl DoubleEndedIterator<Item = Cell> + Clone {
        (0..self.columns().len()).map(move |at| Cell { row: self, at: at as u8 })
    }

    /// The row's last heading, as printed beside the figures: `1.属于国家秘密`.
    pub fn label(self) -> &'static str {
        match self {
            Row::OutcomesTotal => "（七）总计",
            _ => self.printed().rsplit(' ').next().unwrap_or_default(),
        }
    }

    /// Whether the form of an edition requires the row.
    pub fn required(self, edition: Edition) -> bool {
        if STAND_INS.contains(&self) {
            return false;
        }
        match edition {
            Edition::Of2019 => self.table() != Table::Disclosure2021 && !OTHER_PARTS.contains(&self),
            Edition::Of2021 => self.table() != Table::Disclosure2019 && self != Row::OtherSubtotal,
            Edition::Unknown | Edition::Legacy => false,
        }
    }
}

/// One cell of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    row: Row,
    at: u8,
}

impl Cell {
    /// The row.
    pub const fn row(self) -> Row {
        self.row
    }

    /// The index in the row, from 0.
    pub const fn at(self) -> usize {
        self.at as usize
    }

    /// The column.
    pub const fn column(self) -> Column {
        self.row.columns()[self.at as usize]
    }

    /// Whether the cell holds an amount (decimal text) rather than a count.
    pub const fn is_amount(self) -> bool {
        matches!(self.column(), Column::Amount)
    }

    /// The machine path: `applications.received.total`.
    pub fn path(self) -> String {
        format!("{}.{}", self.row.path(), self.column().field())
    }

    /// The printed place: `表三 · 一、本年新收政府信息公开申请数量 · 总计`.
    pub fn printed(self) -> String {
        let table = self.row.table();
        format!("{} · {} · {}", table.printed(), self.row.printed(), self.column().label(table))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_groups_of_results_are_those_of_the_form() {
        let ends = |rows: &[Row]| (rows[0], rows[rows.len() - 1], rows.len());
        assert_eq!(ends(DENIED), (Row::StateSecret, Row::AdministrativeInquiry, 8));
        assert_eq!(ends(UNAVAILABLE), (Row::NotHeld, Row::StillUnclear, 3));
        assert_eq!(ends(NOT_PROCESSED), (Row::Complaint, Row::Confirmation, 5));
        assert!(Table::Remedies.rows().eq(REMEDIES));
    }

    fn figures(tables: &[Table]) -> Vec<usize> {
        tables.iter().map(|table| table.rows().map(|row| row.columns().len()).sum()).collect()
    }

    #[test]
    fn the_rows_of_a_table_are_all_that_say_so() {
        for table in Table::ALL {
            assert!(table.rows().eq(Row::ALL.into_iter().filter(|row| row.table() == table)), "{table:?}");
        }
    }

    #[test]
    fn the_tables_have_as_many_figures_as_the_form() {
        // 表三 has the rows of both editions: 175 figures of 2021 and the row （六）itself of 2019.
        assert_eq!(figures(&Table::ALL), [22 + 3 + 3, 10, 175 + 7, 15]);
        for (edition, expected) in [(Edition::Of2019, [22, 161, 15]), (Edition::Of2021, [10, 175, 15])] {
            let required = Table::of(edition).iter().map(|table| {
                table.rows().filter(|row| row.required(edition)).map(|row| row.columns().len()).sum::<usize>()
            });
            assert_eq!(required.collect::<Vec<_>>(), expected, "{edition:?}");
        }
    }

    #[test]
    fn no_two_cells_share_a_path_or_a_printed_place() {
        for table in Table::ALL {
            let cells: Vec<Cell> = table.rows().flat_map(Row::cells).collect();
            let mut paths: Vec<String> = cells.iter().map(|cell| cell.path()).collect();
            let mut places: Vec<String> = cells.iter().map(|cell| cell.printed()).collect();
            paths.sort();
            places.sort();
            paths.dedup();
            places.dedup();
            assert_eq!((paths.len(), places.len()), (cells.len(), cells.len()));
        }
    }
}
