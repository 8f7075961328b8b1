//! Reading: what is read is right, and what can't be read is reported.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use common::{clean, dossier, text};
use gouji::{
    checker::{Checker, Reading},
    deadline::Deadline,
    ingestion,
    layout::{Limits, Obstacle, lay_out},
    report::{
        AnnualReport, Cell, Date, DefectKind, Edition, Figure, Location, Row, Standing, Table,
        form::{APPLICANTS, OTHER_PARTS, PLAIN_OUTCOMES, RESULTS},
    },
    submission::{Filing, Reason},
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
fn lines_end_in_any_way_and_the_report_is_the_same() {
    let report = dossier(&clean("2021")).report;
    let csv = text::text(&report, text::Way::Bars).replace(" | ", "\t").replace(" |", "");
    let ways =
        [text::Way::Tabs, text::Way::Lines, text::Way::Bars, text::Way::BarLines, text::Way::Spaces, text::Way::Glued];
    for own in ways.map(|way| text::text(&report, way)).into_iter().chain([csv]) {
        let (read_again, read) = (read, read(&own));
        assert!(read.figures.has_row(Row::Received));
        for other in [
            own.replace('\n', "\r\n"),
            own.replace('\n', "\r\r\n"),
            own.replace('\n', "\r"),
            own.replacen("\n三、", "\r\n三、", 1),
        ] {
            assert_eq!(read_again(&other), read, "{other:?}");
        }
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
    // In a page too, whether or not its label begins with a number.
    let page = text::text(&report, text::Way::Page);
    for label in ["其他主动公开文件", "2.其他主动公开文件"] {
        let row = format!("<tr><td>{label}</td><td>9</td><td>9</td><td>9</td></tr>");
        let next = "<tr><td>第二十条第（五）项</td></tr>";
        let changed = page.replace(next, &format!("{row}\n{next}"));
        assert_ne!(changed, page);
        let found = read(&changed);
        assert_eq!(found.figures, report.figures, "{label}");
        let told: Vec<_> = found.defects.iter().map(|it| (it.kind, it.location, it.printed.as_str())).collect();
        assert_eq!(told, [(DefectKind::ExtraRow, Location::Table(Table::Disclosure2021), label)]);
    }
}

#[test]
fn the_form_of_the_tables_counts_whatever_year_the_report_names() {
    for (edition, year) in [("2019", "2020"), ("2021", "2023")] {
        let report = dossier(&clean(edition)).report;
        for way in text::WAYS.into_iter().filter(|way| *way != text::Way::Glued) {
            // Until 2018 reports had a free structure.
            let found = read(&text::text(&report, way).replace(year, "2018"));
            assert_eq!((found.year, found.edition), (Some(2018), report.edition), "{edition} {way:?}");
            assert_eq!(cells(&found), cells(&report), "{edition} {way:?}");
        }
    }
}

#[test]
fn the_day_of_publication_is_read_from_above_the_title() {
    let text = text::text(&dossier(&clean("2021")).report, text::Way::Tabs);
    assert_eq!(read(&text).published_on, None);
    let found = read(&format!("发布时间：2024-01-30\n{text}"));
    assert_eq!(found.published_on, Date::new(2024, 1, 30));
}

#[test]
fn a_table_is_read_where_its_sections_heading_is_missing() {
    for edition in ["2019", "2021"] {
        let mut report = dossier(&clean(edition)).report;
        report.sections.iter_mut().filter(|it| it.number == 2).for_each(|it| it.heading.clear());
        let found = read(&text::text(&report, text::Way::Lines));
        assert!(found.section(2).is_none(), "{edition}");
        for cell in cells(&report) {
            assert_eq!(found.figures.shown(cell), report.figures.shown(cell), "{edition} {}", cell.path());
        }
    }
}

#[test]
fn a_row_without_figures_is_unread_unless_others_stand_in_for_it() {
    let text = text::text(&dossier(&clean("2019")).report, text::Way::Lines);
    let bare = text.replace("其他对外管理服务事项\n\n5\n\n0\n\n310\n", "其他对外管理服务事项\n");
    assert_ne!(bare, text);
    let unread = |text: &str| {
        let defects = read(text).defects;
        assert!(defects.iter().all(|defect| defect.kind.leaves_unread()), "{defects:?}");
        defects.into_iter().map(|defect| defect.location).collect::<Vec<_>>()
    };
    assert_eq!(unread(&bare), [Location::Row(Row::OtherServices)]);
    let divided = bare.replace("其他对外管理服务事项\n", "其他对外管理服务事项\n\n行政检查\n\n5\n\n0\n\n310\n");
    assert_eq!(unread(&divided), []);
    let without = divided.replace("行政许可\n\n12\n\n-2\n\n640\n", "行政许可\n");
    assert_ne!(without, divided);
    assert_eq!(unread(&without), [Location::Row(Row::Permits2019)]);
}

#[test]
fn digits_that_ran_together_are_split_by_the_rows_sum() {
    let text = text::text(&dossier(&clean("2021")).report, text::Way::Lines);
    let glued = text.replace("申请数量\n\n12\n\n3\n\n0\n\n0\n\n1\n\n0\n\n16\n", "申请数量200 000121\n");
    assert_ne!(glued, text);
    let found = read(&glued);
    let counts: Vec<_> = Row::Received.cells().map(|cell| found.figures.count(cell).known()).collect();
    assert_eq!(counts, [20, 0, 0, 0, 0, 1, 21].map(Some));
    let told: Vec<_> = found.defects.iter().map(|defect| (defect.kind, defect.location)).collect();
    assert_eq!(told, [(DefectKind::AssumedRowSum, Location::Row(Row::Received))]);
}

#[test]
fn a_row_that_stands_twice_with_other_figures_is_unread_where_they_differ() {
    let clean = dossier(&clean("2021")).report;
    let page = text::text(&clean, text::Way::Page);
    for row in [Row::Penalties2021, Row::Fees2021, Row::CarriedForward] {
        let cell = row.cells().next_back().unwrap();
        let line = page.lines().find(|line| line.contains(row.label())).unwrap();
        let first = clean.figures.shown(cell).zh.into_owned();
        let other = line.replace(&format!("<td>{first}</td></tr>"), "<td>98</td></tr>");
        assert_ne!(other, line);
        let found = read(&page.replace(line, &format!("{line}\n{other}")));
        // Neither is taken; what the two have in common is.
        assert_eq!((found.figures.count(cell), found.figures.amount(cell)), (Figure::Unread, None), "{}", cell.path());
        let apart: Vec<Cell> =
            cells(&clean).into_iter().filter(|cell| found.figures.shown(*cell) != clean.figures.shown(*cell)).collect();
        assert_eq!(apart, [cell]);
        let told: Vec<_> = found.defects.iter().map(|it| (it.kind, it.location, it.candidates.clone())).collect();
        assert_eq!(told, [(DefectKind::Contradicted, Location::Cell(cell), vec![first, "98".to_owned()])]);
        // The same row once more says nothing else.
        assert_eq!(read(&page.replace(line, &format!("{line}\n{line}"))).defects, []);
    }
}

#[test]
fn labels_of_both_editions_in_equal_number_are_of_the_newer_form() {
    let clean = dossier(&clean("2021")).report;
    let (old, new) = (["新制作数量", "新公开数量"], ["制发件数", "废止件数", "现行有效件数", "本年处理决定数量"]);
    for way in [text::Way::Lines, text::Way::Page] {
        let whole = text::text(&clean, way);
        let none = new.iter().fold(whole.clone(), |text, label| text.replace(label, "数量"));
        // Two labels of each form, in cells of their own.
        let two = new[2..].iter().fold(whole, |text, label| text.replace(label, "数量"));
        let two = match way {
            text::Way::Page => two.replacen(
                "<td>信息内容</td>",
                &format!("<td>{}</td><td>{}</td><td>信息内容</td>", old[0], old[1]),
                1,
            ),
            _ => two.replacen("信息内容", &format!("{}\n\n{}\n\n信息内容", old[0], old[1]), 1),
        };
        for (text, foreign) in [(none, 0), (two, 2)] {
            let found = read(&text);
            assert_eq!(found.edition, Edition::Of2021, "{way:?} {foreign}");
            assert_eq!(found.figures.standing(Table::Disclosure2021), Standing::Whole, "{way:?} {foreign}");
            assert_eq!(found.figures.standing(Table::Disclosure2019), Standing::Absent, "{way:?} {foreign}");
            let told = found.defects.iter().filter(|defect| defect.kind == DefectKind::ForeignLabel).count();
            assert_eq!(told, foreign, "{way:?}: {:?}", found.defects);
            // A heading that lost its labels was dropped by whoever made the text, and lacks no column.
            if foreign == 0 {
                assert_eq!(found.defects, [], "{way:?}");
                assert!(cells(&clean).iter().all(|it| found.figures.shown(*it) == clean.figures.shown(*it)), "{way:?}");
            }
        }
    }
}

#[test]
fn headings_that_overlap_end_no_reading() {
    let whole = std::fs::read_to_string(common::root().join("tests/documents/report.txt")).unwrap();
    let (from, to) = (whole.find("四、政府信息公开行政复议").unwrap(), whole.find("五、存在的主要问题").unwrap());
    for words in ["二、行政诉讼", "二.请一> 行政诉讼", "四、政府信息公开行政诉讼"] {
        let report = read(&format!("{}{words}{}", &whole[..from], &whole[to..]));
        assert!(report.section(5).is_some_and(|own| own.text.starts_with("（一）存在的主要问题")), "{words}");
    }
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

/// A deadline that is over after so many questions, and how many were put.
fn after(questions: usize) -> (Deadline, Arc<AtomicUsize>) {
    let asked = Arc::<AtomicUsize>::default();
    let own = asked.clone();
    (Deadline::when(move || own.fetch_add(1, Ordering::Relaxed) >= questions), asked)
}

#[test]
fn a_text_is_not_read_on_when_time_is_over() {
    let report = std::fs::read_to_string(common::root().join("tests/documents/report.txt")).unwrap();
    for text in [report.clone(), report.repeat(100), format!("{report}{}", "总体情况较好\n".repeat(50_000))] {
        let layout = lay_out(text.as_bytes(), &Limits::default()).unwrap();
        let (never, asked) = after(usize::MAX);
        assert!(ingestion::report_of(&layout, &never).is_ok());
        let all = asked.load(Ordering::Relaxed);
        // Never more than a few hundred lines without a question.
        assert!(all >= 6 + text.lines().count() / 300, "{all}");
        for questions in [0, 1, all / 2, all - 1] {
            let (deadline, asked) = after(questions);
            let refusal = ingestion::report_of(&layout, &deadline).unwrap_err();
            assert_eq!(refusal.obstacle, Obstacle::OutOfTime);
            assert_eq!(asked.load(Ordering::Relaxed), questions + 1, "it went on");
        }
    }
    // The call is told so, and no field is at fault.
    let checker = Checker::new(Reading::Here(Limits::default()));
    let error = checker.read(Filing::document(report.into_bytes(), "a.docx"), "subject", &after(3).0).unwrap_err();
    assert_eq!((error.reason, error.faults.len()), (Reason::DeadlineExceeded, 0));
}
