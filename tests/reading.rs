//! Reading: what is read is right, and what can't be read is reported.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{clean, dossier, text};
use gouji::{
    ingestion,
    layout::{Limits, Obstacle},
    report::{
        AnnualReport, Cell, DefectKind, Edition, Figure, Row, Table,
        form::{APPLICANTS, OTHER_PARTS, PLAIN_OUTCOMES, RESULTS},
    },
};
use proptest::prelude::*;

fn read(text: &str) -> AnnualReport {
    ingestion::read(text.as_bytes(), &Limits::default()).unwrap_or_else(|refusal| panic!("{}", refusal.why.en))
}

/// The cells of the tables of a report's edition, for the rows that it has.
fn cells(report: &AnnualReport) -> Vec<Cell> {
    let rows = Table::of(report.edition).iter().flat_map(|table| table.rows());
    rows.filter(|row| report.figures.has_row(*row)).flat_map(Row::cells).collect()
}

#[test]
fn a_clean_report_is_read_whole_from_every_flattening() {
    for (edition, figures) in [("2019", 22 + 161 + 15), ("2021", 10 + 175 + 15)] {
        let report = dossier(&clean(edition)).report;
        for way in text::WAYS.into_iter().filter(|way| *way != text::Way::Glued) {
            let found = read(&text::text(&report, way));
            assert_eq!(cells(&found).len(), figures);
            for cell in cells(&found) {
                assert_eq!(found.figures.shown(cell), report.figures.shown(cell), "{edition} {way:?} {}", cell.path());
                assert!(found.reading(cell).is_some_and(|reading| !reading.place.is_unknown()), "{}", cell.path());
            }
            assert_eq!(found.defects, [], "{edition} {way:?}");
            assert_eq!((found.year, found.edition, &found.body.name), (report.year, report.edition, &report.body.name));
            assert_eq!((&found.title, &found.preamble), (&report.title, &report.preamble));
            let texts = |report: &AnnualReport| {
                report.sections.iter().map(|it| (it.number, it.text.clone())).collect::<Vec<_>>()
            };
            assert_eq!(texts(&found), texts(&report), "{edition} {way:?}");
        }
    }
}

#[test]
fn every_line_and_text_is_where_the_document_has_it() {
    let text = text::text(&dossier(&clean("2021")).report, text::Way::Tabs);
    let lines: Vec<&str> = text.lines().collect();
    for reading in &read(&text).readings {
        assert_eq!(lines[reading.place.line as usize - 1].trim(), reading.printed, "{}", reading.cell.path());
    }
}

#[test]
fn a_document_that_ends_in_a_table_says_so() {
    let whole = text::text(&dossier(&clean("2021")).report, text::Way::Lines);
    let end = whole.find("7.属于行政执法案卷").unwrap();
    let report = read(&whole[..end]);
    let cut = report.defects.iter().find(|defect| defect.kind == DefectKind::Truncated).expect("a cut table");
    assert_eq!((cut.location.path().as_str(), report.figures.has_row(Row::EnforcementFiles)), ("applications", false));
    assert_eq!(report.figures.count(Row::EnforcementFiles.nth(0)), Figure::Unread);
}

#[test]
fn a_page_that_ends_in_a_table_says_so() {
    let page = text::text(&dossier(&clean("2021")).report, text::Way::Page);
    let end = page.find("7.属于行政执法案卷").unwrap();
    let report = read(&page[..end]);
    let cut = report.defects.iter().find(|defect| defect.kind == DefectKind::Truncated).expect("a cut table");
    assert_eq!((cut.location.path().as_str(), cut.place.table), ("applications", 2));
    assert_eq!(report.figures.count(Row::EnforcementFiles.nth(0)), Figure::Unread);
}

#[test]
fn a_margin_and_a_column_of_remarks_are_no_figures() {
    let clean = dossier(&clean("2021")).report;
    // The page has the table with the form's own spans.
    let page = std::fs::read_to_string(common::root().join("tests/documents/report.html")).unwrap();
    let plain = read(&page);
    for changed in [page.replace("</tr>", "<td>备注</td></tr>"), page.replace("<tr>", "<tr><td></td>")] {
        let found = read(&changed);
        for cell in cells(&clean) {
            assert_eq!(found.figures.shown(cell), plain.figures.shown(cell), "{}", cell.path());
        }
    }
}

#[test]
fn what_is_not_read_is_refused_with_a_reason() {
    let obstacle = |bytes: &[u8]| ingestion::read(bytes, &Limits::default()).unwrap_err().obstacle;
    assert_eq!(obstacle(b"\xd0\xcf\x11\xe0 an old office document"), Obstacle::UnsupportedFormat);
    assert_eq!(obstacle(b"\x89PNG a scan"), Obstacle::UnsupportedFormat);
    assert_eq!(obstacle(b"%PDF-1.7 ..."), Obstacle::Unreadable);
    assert_eq!(obstacle(b"PK\x03\x04..."), Obstacle::Unreadable);
    assert_eq!(obstacle(b"\xb0\xe6\xb1\xbe"), Obstacle::Unreadable);
    assert_eq!(obstacle("今天天气很好。".as_bytes()), Obstacle::NotAReport);
    assert_eq!(obstacle(&vec![b' '; Limits::default().bytes + 1]), Obstacle::TooLarge);
}

#[test]
fn cells_with_units_notes_and_words_are_read_and_remarked() {
    let report = dossier(&clean("2019")).report;
    let text = text::text(&report, text::Way::Bars);
    let text = text.replace("政府集中采购 | 17 | 859.2551 |", "政府集中采购 | 17笔 | 8592551元 |");
    let text = text.replace("行政许可 | 12 | -2 | 640 |", "行政许可 | / | 减2 | 640（含不予许可3件） |");
    let found = read(&text);
    assert_eq!(found.figures.procurement.as_deref(), Some("859.2551"));
    assert_eq!(found.figures.count(Row::Permits2019.nth(1)), Figure::Known(-2));
    let kinds: Vec<DefectKind> = found.defects.iter().map(|defect| defect.kind).collect();
    assert_eq!(
        kinds,
        [DefectKind::Placeholder, DefectKind::InWords, DefectKind::Note, DefectKind::Unit, DefectKind::Unit]
    );
}

#[test]
fn an_added_row_is_no_figure_of_the_row_above() {
    let report = dossier(&clean("2021")).report;
    let text = text::text(&report, text::Way::BarLines);
    let text = text.replace("第二十条第（五）项", "其他主动公开文件\n|\n9\n|\n9\n|\n9\n|\n第二十条第（五）项");
    let found = read(&text);
    assert_eq!(found.figures, report.figures.clone());
    assert_eq!((found.defects[0].kind, found.defects[0].printed.as_str()), (DefectKind::ExtraRow, "其他主动公开文件"));
}

/// A report of an edition whose relations hold, built from figures for its parts.
fn balanced(edition: &str, parts: &[i32]) -> AnnualReport {
    let mut report = dossier(&clean(edition)).report;
    let mut parts = parts.iter().copied().cycle();
    let mut next = || parts.next().unwrap_or_default();
    let others: &[Row] = if report.edition == Edition::Of2019 { &[Row::OtherSubtotal] } else { &OTHER_PARTS };
    let results: Vec<Row> = PLAIN_OUTCOMES.iter().chain(others).copied().collect();
    let known = |report: &AnnualReport, cell: Cell| report.figures.count(cell).known().unwrap_or_default() as i32;
    for at in 0..APPLICANTS.len() - 1 {
        let mut total = 0;
        for row in &results {
            let part = next();
            report.figures.set_count(row.nth(at), Figure::Known(part));
            total += part;
        }
        let (over, forward) = (next(), next());
        let over = over.min(total + forward);
        report.figures.set_count(Row::OutcomesTotal.nth(at), Figure::Known(total));
        report.figures.set_count(Row::CarriedForward.nth(at), Figure::Known(forward));
        report.figures.set_count(Row::CarriedOver.nth(at), Figure::Known(over));
        report.figures.set_count(Row::Received.nth(at), Figure::Known(total + forward - over));
    }
    let blocks = [Row::Reconsideration, Row::DirectLitigation, Row::LitigationAfterReconsideration];
    for block in blocks {
        (0..RESULTS.len() - 1).for_each(|at| report.figures.set_count(block.nth(at), Figure::Known(next())));
    }
    for row in
        Table::Applications.rows().chain(blocks).filter(|row| dossier(&clean(edition)).report.figures.has_row(*row))
    {
        let last = row.columns().len() - 1;
        let sum = (0..last).map(|at| known(&report, row.nth(at))).sum();
        report.figures.set_count(row.nth(last), Figure::Known(sum));
    }
    report
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn figures_come_back_from_every_flattening_or_not_at_all(
        parts in prop::collection::vec(prop_oneof![6 => Just(0), 3 => 0..40i32, 1 => 0..20_000i32], 40..200),
        edition in prop_oneof![Just("2019"), Just("2021")],
    ) {
        let report = balanced(edition, &parts);
        for way in text::WAYS {
            let found = read(&text::text(&report, way));
            for cell in cells(&report) {
                let (shown, truth) = (found.figures.shown(cell), report.figures.shown(cell));
                let unread = found.figures.count(cell) == Figure::Unread && way == text::Way::Glued;
                prop_assert!(unread || shown == truth, "{:?} {}: {} for {}", way, cell.path(), shown.zh, truth.zh);
            }
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let _ = ingestion::read(&bytes, &Limits::default());
    }

    #[test]
    fn any_mutilation_of_a_report_is_read_or_refused(
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0..400usize), 1..6),
        way in 0..text::WAYS.len(),
        filler in "[0-9|\n\t 一二三（）.、申请其他总计]{0,40}",
    ) {
        let mut text: Vec<char> = text::text(&dossier(&clean("2021")).report, text::WAYS[way]).chars().collect();
        for (from, length) in cuts {
            let from = from.index(text.len());
            let to = (from + length).min(text.len());
            text.splice(from..to, filler.chars());
        }
        let _ = ingestion::read(text.iter().collect::<String>().as_bytes(), &Limits::default());
    }
}
