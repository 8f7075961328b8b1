//! The rows of the form as message fields: each row once, in both directions.

use super::v1::{self, disclosure2019 as d19, disclosure2021 as d21};
use crate::report::{Figure, Figures, Row, Table, figures::Counts, form::WIDTH};

/// A message with the figures of one row.
trait RowMessage {
    /// The counts, in the order of the form; without amounts.
    fn counts(&self) -> [Option<i32>; WIDTH];
    /// Sets the counts.
    fn set_counts(&mut self, counts: &[Option<i32>; WIDTH]);
}

macro_rules! row_messages {
    ($($message:ty { $($at:literal $field:ident),* })*) => {$(
        impl RowMessage for $message {
            fn counts(&self) -> [Option<i32>; WIDTH] {
                let mut counts = [None; WIDTH];
                $(counts[$at] = self.$field;)*
                counts
            }
            fn set_counts(&mut self, counts: &[Option<i32>; WIDTH]) {
                $(self.$field = counts[$at];)*
            }
        }
    )*};
}

row_messages! {
    d19::Documents { 0 made, 1 disclosed, 2 total_public }
    d19::Items { 0 last_year_items, 1 change, 2 decisions }
    d19::FeeItems { 0 last_year_items, 1 change }
    d19::Procurement { 0 projects }
    d21::Documents { 0 issued, 1 repealed, 2 in_force }
    d21::Decisions { 0 decisions }
    v1::ApplicantCounts {
        0 natural_person, 1 business, 2 research_institution, 3 public_welfare_organization,
        4 legal_service_organization, 5 other_organization, 6 total
    }
    v1::RemedyCounts { 0 upheld, 1 corrected, 2 other, 3 pending, 4 total }
}

impl RowMessage for d21::Fees {
    fn counts(&self) -> [Option<i32>; WIDTH] {
        [None; WIDTH]
    }
    fn set_counts(&mut self, _: &[Option<i32>; WIDTH]) {}
}

macro_rules! rows {
    ($($row:ident: $($field:ident).+;)*) => {
        /// Visits the rows that are set in a message.
        fn rows_of(report: &v1::AnnualReport, mut visit: impl FnMut(Row, [Option<i32>; WIDTH])) {
            $(
                if let Some(row) = Some(report)$(.and_then(|message| message.$field.as_ref()))+ {
                    visit(Row::$row, row.counts());
                }
            )*
        }

        /// Sets a row of a message, creating the messages around it.
        fn set_row(report: &mut v1::AnnualReport, row: Row, counts: &[Option<i32>; WIDTH]) {
            match row {
                $(Row::$row => report$(.$field.get_or_insert_default())+.set_counts(counts),)*
            }
        }

        #[cfg(test)]
        const FIELDS: &[(Row, &str)] = &[$((Row::$row, concat!($(".", stringify!($field)),+)),)*];
    };
}

rows! {
    Regulations2019: disclosure_2019.regulations;
    NormativeDocuments2019: disclosure_2019.normative_documents;
    Permits2019: disclosure_2019.permits;
    OtherServices: disclosure_2019.other_services;
    Inspections: disclosure_2019.inspections;
    Confirmations: disclosure_2019.confirmations;
    Penalties2019: disclosure_2019.penalties;
    CoerciveMeasures2019: disclosure_2019.coercive_measures;
    Fees2019: disclosure_2019.fees;
    Procurement: disclosure_2019.procurement;
    Regulations2021: disclosure_2021.regulations;
    NormativeDocuments2021: disclosure_2021.normative_documents;
    Permits2021: disclosure_2021.permits;
    Penalties2021: disclosure_2021.penalties;
    CoerciveMeasures2021: disclosure_2021.coercive_measures;
    Fees2021: disclosure_2021.fees;
    Received: applications.received;
    CarriedOver: applications.carried_over;
    Granted: applications.outcomes.granted;
    PartiallyGranted: applications.outcomes.partially_granted;
    StateSecret: applications.outcomes.denied.state_secret;
    ProhibitedByLaw: applications.outcomes.denied.prohibited_by_law;
    EndangersStability: applications.outcomes.denied.endangers_stability;
    ThirdPartyRights: applications.outcomes.denied.third_party_rights;
    InternalAffairs: applications.outcomes.denied.internal_affairs;
    ProcessInformation: applications.outcomes.denied.process_information;
    EnforcementFiles: applications.outcomes.denied.enforcement_files;
    AdministrativeInquiry: applications.outcomes.denied.administrative_inquiry;
    NotHeld: applications.outcomes.unavailable.not_held;
    MustBeCreated: applications.outcomes.unavailable.must_be_created;
    StillUnclear: applications.outcomes.unavailable.still_unclear;
    Complaint: applications.outcomes.not_processed.complaint;
    Repeated: applications.outcomes.not_processed.repeated;
    PublishedMaterial: applications.outcomes.not_processed.published_material;
    Excessive: applications.outcomes.not_processed.excessive;
    Confirmation: applications.outcomes.not_processed.confirmation;
    OtherSubtotal: applications.outcomes.other.subtotal;
    NotCorrected: applications.outcomes.other.not_corrected;
    FeeUnpaid: applications.outcomes.other.fee_unpaid;
    OtherOutcome: applications.outcomes.other.other;
    OutcomesTotal: applications.outcomes.total;
    CarriedForward: applications.carried_forward;
    Reconsideration: remedies.reconsideration;
    DirectLitigation: remedies.direct_litigation;
    LitigationAfterReconsideration: remedies.litigation_after_reconsideration;
}

/// The figures of a message.
pub(super) fn figures_from(report: &v1::AnnualReport) -> Figures {
    use crate::report::Standing;
    let mut figures = Figures::default();
    let tables = [
        (Table::Disclosure2019, report.disclosure_2019.is_some()),
        (Table::Disclosure2021, report.disclosure_2021.is_some()),
        (Table::Applications, report.applications.is_some()),
        (Table::Remedies, report.remedies.is_some()),
    ];
    for (table, _) in tables.into_iter().filter(|(_, set)| *set) {
        figures.stand(table, Standing::Whole);
    }
    rows_of(report, |row, counts| {
        let figure = |count: Option<i32>| count.map_or(Figure::Blank, Figure::Known);
        let counts: Counts = counts.map(figure);
        figures.put_row(row, counts);
    });
    figures.fees = report.disclosure_2021.as_ref().and_then(|table| table.fees.as_ref()?.amount.clone());
    let procurement = report.disclosure_2019.as_ref().and_then(|table| table.procurement.as_ref());
    figures.procurement = procurement.and_then(|row| row.amount.clone());
    figures.declared_decimals =
        procurement.and_then(|row| row.declared_decimals).map(|places| u8::try_from(places).unwrap_or(u8::MAX));
    figures
}

/// Sets the figures of a message. Cells that are blank or unread stay unset.
pub(super) fn figures_to(figures: &Figures, report: &mut v1::AnnualReport) {
    let there = |table: Table| figures.has_table(table);
    report.disclosure_2019 = there(Table::Disclosure2019).then(Default::default);
    report.disclosure_2021 = there(Table::Disclosure2021).then(Default::default);
    report.applications = there(Table::Applications).then(Default::default);
    report.remedies = there(Table::Remedies).then(Default::default);
    for row in Row::ALL {
        if let Some(counts) = figures.row(row) {
            let count = |figure: Figure| match figure {
                Figure::Known(count) => Some(count),
                Figure::Blank | Figure::Unread => None,
            };
            set_row(report, row, &counts.map(count));
        }
    }
    if let Some(fees) = report.disclosure_2021.as_mut().and_then(|table| table.fees.as_mut()) {
        fees.amount = figures.fees.clone();
    }
    if let Some(procurement) = report.disclosure_2019.as_mut().and_then(|table| table.procurement.as_mut()) {
        procurement.amount = figures.procurement.clone();
        procurement.declared_decimals = figures.declared_decimals.map(i32::from);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Cell;

    #[test]
    fn every_row_of_the_form_has_its_field_under_its_path() {
        assert_eq!(FIELDS.len(), Row::ALL.len());
        for (row, field) in FIELDS {
            assert_eq!(field.trim_start_matches('.'), row.path());
        }
    }

    #[test]
    fn every_cell_is_held_by_the_field_that_its_path_names() {
        let cells: Vec<Cell> = Row::ALL.into_iter().flat_map(Row::cells).collect();
        for (number, cell) in cells.iter().enumerate() {
            let mut figures = Figures::default();
            figures.put_row(cell.row(), Counts::default());
            match cell.is_amount() {
                true => figures.set_amount(*cell, Some(number.to_string())),
                false => figures.set_count(*cell, Figure::Known(number as i32)),
            }
            let mut message = v1::AnnualReport::default();
            figures_to(&figures, &mut message);
            let json = serde_json::to_value(&message).expect("messages have a JSON form");
            let pointer = format!("/{}", cell.path().replace('.', "/"));
            let held = json.pointer(&pointer).map(|value| value.to_string().replace('"', ""));
            assert_eq!(held, Some(number.to_string()), "{}", cell.path());
            assert_eq!(figures_from(&message), figures);
        }
    }
}
