//! What programs receive: one cause for one fault, at its place; fingerprints that stay; drafts; what was sent beside.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use common::{clean, dossier, patched, text};
use gouji::{
    answer::answer,
    checker::{Checker, Reading},
    deadline::Deadline,
    layout::Limits,
    report::{AnnualReport, Figure, Row, Table},
    wire::{
        received::{CheckReport, Received},
        report::report_to,
        v1,
    },
};
use serde_json::json;

fn check(request: impl Into<CheckReport>) -> v1::CheckReportResponse {
    let checker = Checker::new(Reading::Here(Limits::default()));
    answer(&checker, request.into(), true, &Deadline::NEVER).unwrap_or_else(|error| panic!("{error:?}")).response
}

fn structured(report: &AnnualReport) -> v1::Filing {
    v1::Filing { content: Some(v1::filing::Content::Report(Box::new(report_to(report)))) }
}

fn page(report: &AnnualReport) -> v1::Filing {
    let content = text::text(report, text::Way::Page).into_bytes();
    let document = v1::Document { content: content.into(), name: String::new() };
    v1::Filing { content: Some(v1::filing::Content::Document(Box::new(document))) }
}

fn request(subject: v1::Filing) -> v1::CheckReportRequest {
    v1::CheckReportRequest { subject: Some(subject), ..Default::default() }
}

fn assessed(request: impl Into<CheckReport>) -> v1::Assessment {
    check(request).assessment.unwrap()
}

fn fingerprints(assessment: &v1::Assessment) -> Vec<String> {
    let occurrences = assessment.findings.iter().flat_map(|finding| &finding.occurrences);
    occurrences.map(|own| own.fingerprint.clone()).collect()
}

fn codes(assessment: &v1::Assessment) -> Vec<&str> {
    assessment.findings.iter().map(|finding| finding.rule_code.as_str()).collect()
}

/// The same report, stating that it follows edition 2019.
fn stating_2019(mut filing: v1::Filing) -> v1::Filing {
    if let Some(v1::filing::Content::Report(report)) = &mut filing.content {
        report.edition = v1::Edition::Edition2019.into();
    }
    filing
}

/// The report of an edition with a patch.
fn report(edition: &str, patch: serde_json::Value) -> AnnualReport {
    dossier(&patched(clean(edition), &json!({ "report": patch }))).report
}

#[test]
fn the_first_cause_stands_in_the_cell_of_the_page_that_was_changed() {
    let (mut changed, mut right) = (0, 0);
    for edition in ["2019", "2021"] {
        let clean = report(edition, json!({}));
        let full = v1::CheckReportRequest { view: v1::View::Full.into(), ..request(page(&clean)) };
        let readings = check(full).report.unwrap().readings;
        let places: std::collections::HashMap<&str, &v1::Place> =
            readings.iter().map(|own| (own.path.as_str(), own.place.as_ref().unwrap())).collect();
        let rows = Table::Applications.rows().filter(|row| clean.figures.has_row(*row));
        for cell in rows.flat_map(Row::cells) {
            let mut wrong = clean.clone();
            let own = clean.figures.count(cell).known().unwrap();
            wrong.figures.set_count(cell, Figure::Known(i32::try_from(own).unwrap() + 7));
            let assessment = assessed(request(page(&wrong)));
            let spot = assessment.causes.first().and_then(|cause| cause.spot.clone()).unwrap_or_default();
            changed += 1;
            right += usize::from(spot.place.as_ref() == places.get(cell.path().as_str()).copied());
        }
    }
    println!("causes: {right} of {changed} stand in the cell that was changed");
    assert!(changed > 300 && right * 100 >= changed * 98);
}

#[test]
fn every_figure_that_an_answer_speaks_of_has_its_place() {
    let mut wrong = report("2021", json!({ "sections": { "3": { "text": "全年共收到政府信息公开申请99件。" } } }));
    wrong.figures.set_count(Row::Granted.nth(0), Figure::Known(77));
    let assessment = assessed(request(page(&wrong)));
    let placed =
        |spot: &Option<v1::Spot>| spot.as_ref().is_some_and(|spot| spot.place.is_some() && !spot.path.is_empty());
    let relations = assessment.findings.iter().flat_map(|own| &own.occurrences).filter_map(|own| own.relation.as_ref());
    let terms: Vec<&v1::Term> = relations.flat_map(|own| &own.terms).collect();
    let edits: Vec<&v1::Edit> =
        assessment.causes.iter().flat_map(|own| &own.alternatives).flat_map(|own| &own.edits).collect();
    assert!(terms.len() > 20 && terms.iter().all(|term| placed(&term.spot) && term.value.is_some()));
    assert!(!edits.is_empty() && edits.iter().all(|edit| placed(&edit.spot)));
    let mends = assessment.causes.iter().flat_map(|own| &own.alternatives).flat_map(|own| &own.mends);
    assert!(mends.clone().count() > 1 && mends.clone().all(|own| own.place.is_some()));
    let statement = &assessment.statements[0];
    let span = statement.spot.as_ref().unwrap().span.unwrap();
    assert_eq!((span.start, span.end), (3, 16));
    assert_eq!(statement.agreement(), v1::StatementAgreement::Differs);
    let stated = |own: &v1::Occurrence| own.statement_ids == [statement.id.clone()];
    assert!(assessment.findings.iter().flat_map(|own| &own.occurrences).any(stated));
}

#[test]
fn one_of_many_blanks_is_filled_in_and_the_others_keep_their_names() {
    let blank = |fields: &[&str]| {
        let row: serde_json::Map<String, serde_json::Value> =
            fields.iter().map(|field| ((*field).to_owned(), serde_json::Value::Null)).collect();
        report(
            "2021",
            json!({ "applications": { "outcomes": { "not_processed": { "repeated": row.clone(), "excessive": row } } } }),
        )
    };
    let all = ["business", "research_institution", "legal_service_organization"];
    let before = assessed(request(structured(&blank(&all))));
    let mut filled = blank(&all);
    filled.figures.set_count(Row::Repeated.nth(1), Figure::Known(0));
    let after = assessed(request(structured(&filled)));
    let (before, after) = (fingerprints(&before), fingerprints(&after));
    assert_eq!((before.len(), after.len()), (6, 5));
    assert!(after.iter().all(|own| before.contains(own) && own.starts_with("1:")));
}

#[test]
fn fingerprints_move_neither_with_words_nor_with_other_figures_and_unnamed_bodies_share_none() {
    let wrong = |patch: serde_json::Value| {
        let base = json!({ "remedies": { "reconsideration": { "total": 5 } } });
        fingerprints(&assessed(request(structured(&report("2021", patched(base, &patch))))))
    };
    let own = wrong(json!({}));
    assert_eq!(own, wrong(json!({ "remedies": { "reconsideration": { "upheld": 2 } } })));
    let english = v1::CheckReportRequest {
        language: v1::Language::En.into(),
        ..request(structured(&report("2021", json!({ "remedies": { "reconsideration": { "total": 5 } } }))))
    };
    assert_eq!(own, fingerprints(&assessed(english)));
    let unnamed = |issued: i32| {
        let patch = json!({ "body": { "name": "", "code": "" }, "disclosure_2021": { "normative_documents": { "issued": issued } } });
        wrong(patch)
    };
    let (one, other) = (unnamed(6), unnamed(7));
    assert!(one.len() > 1 && one.iter().all(|own| !other.contains(own)));
}

#[test]
fn an_answer_says_what_it_is_about() {
    use sha2::{Digest, Sha256};
    let content = text::text(&report("2021", json!({})), text::Way::Page).into_bytes();
    let digest = Sha256::digest(&content).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let previous = report("2021", json!({ "year": 2022, "title": "青溪县人民政府2022年政府信息公开工作年度报告" }));
    let day = gouji::wire::google::r#type::Date { year: 2024, month: 3, day: 1 };
    let asked = v1::CheckReportRequest {
        previous: Some(structured(&previous)),
        as_of: Some(day),
        hints: Some(v1::Hints { year: Some(2023), ..Default::default() }),
        ..request(page(&report("2021", json!({}))))
    };
    let citation = assessed(asked).citation.unwrap();
    assert_eq!((citation.body.unwrap().name.as_str(), citation.year), ("青溪县人民政府", Some(2023)));
    assert_eq!((citation.input_digest, citation.previous_digest.len(), citation.as_of), (digest, 64, Some(day)));
    assert_eq!((citation.profile.as_str(), citation.rule_set_digest.len()), ("national", 64));
    assert_eq!(citation.hints.unwrap().year, Some(2023));
}

/// A length-delimited field.
fn field(number: u8, content: &[u8]) -> Vec<u8> {
    let mut bytes = vec![number << 3 | 2];
    prost::encoding::encode_varint(content.len() as u64, &mut bytes);
    [&bytes, content].concat()
}

#[test]
fn a_digest_is_that_of_the_bytes_as_they_came_also_of_fields_that_are_not_known() {
    use prost::Message;
    use sha2::{Digest, Sha256};
    let hex = |bytes: &[u8]| Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    // Field 1000 of a newer contract, and the year behind everything else, as no encoder of ours would have it.
    let of_year = |year: i32| {
        let report = v1::AnnualReport { year: None, ..report_to(&report("2021", json!({}))) };
        [
            report.encode_to_vec(),
            vec![0xc0, 0x3e, 1],
            v1::AnnualReport { year: Some(year), ..Default::default() }.encode_to_vec(),
        ]
        .concat()
    };
    let (own, last, part) = (of_year(2023), of_year(2022), of_year(2021));
    let bytes = [field(1, &field(1, &own)), field(2, &field(1, &last)), field(3, &field(1, &part))].concat();
    let message = v1::CheckReportRequest::decode(bytes.as_slice()).unwrap();
    let citation = assessed(Received { message, bytes: bytes.into() }).citation.unwrap();
    assert_eq!(citation.year, Some(2023));
    assert_eq!(citation.input_digest, hex(&own));
    assert_eq!(citation.previous_digest, hex(&last));
    assert_eq!(citation.subordinate_digests, [hex(&part)]);
}

#[test]
fn what_an_unread_row_leaves_open_is_told_of_that_row_alone() {
    let unread = |path: &str| json!({ "path": path, "kind": "DEFECT_KIND_TEXT", "printed": "若干" });
    let patch = json!({
        "disclosure_2021": { "permits": { "decisions": null } },
        "applications": { "carried_over": { "total": null } },
        "defects": [unread("disclosure_2021.permits.decisions"), unread("applications.carried_over.total")],
    });
    let assessment = assessed(request(structured(&report("2021", patch))));
    let causes = assessment.causes.iter().filter(|cause| cause.kind() == v1::CauseKind::Unread);
    let open: Vec<(&str, &[String])> = causes
        .map(|cause| (cause.spot.as_ref().map_or("", |spot| spot.path.as_str()), cause.undecided_rule_codes.as_slice()))
        .collect();
    let of = |path: &str| open.iter().find(|own| own.0 == path).unwrap_or_else(|| panic!("{open:?}")).1;
    let (permits, over) = (of("disclosure_2021.permits.decisions"), of("applications.carried_over.total"));
    for code in ["TAL-001", "TAL-003", "REG-007"] {
        assert!(over.iter().any(|own| own == code), "{over:?}");
    }
    assert!(permits.iter().all(|code| !code.starts_with("TAL") && !code.starts_with("NAR")), "{permits:?}");
    assert!(permits.iter().any(|code| code == "TAB-011"), "{permits:?}");
}

#[test]
fn what_does_not_belong_to_a_report_is_told_and_not_compared_with() {
    let own = || structured(&report("2021", json!({})));
    let other = |patch: serde_json::Value| structured(&report("2021", patch));
    let previous = |patch: serde_json::Value| v1::CheckReportRequest { previous: Some(other(patch)), ..request(own()) };
    let parts = |all: Vec<v1::Filing>| v1::CheckReportRequest { subordinates: all, ..request(own()) };
    let named = |name: &str| other(json!({ "body": { "name": name } }));
    let cases = [
        (previous(json!({})), "CTX-001"),
        (previous(json!({ "year": 2021 })), "CTX-001"),
        (previous(json!({ "year": 2022, "body": { "name": "丰原县人民政府" } })), "CTX-002"),
        (parts(vec![named("青溪县财政局"), named("青溪县财政局")]), "CTX-003"),
        (parts(vec![other(json!({ "year": 2022, "body": { "name": "青溪县财政局" } }))]), "CTX-003"),
        (
            v1::CheckReportRequest { previous: Some(stating_2019(other(json!({ "year": 2022 })))), ..request(own()) },
            "CTX-005",
        ),
        (parts(vec![stating_2019(named("青溪县财政局"))]), "CTX-005"),
    ];
    for (asked, expected) in cases {
        let assessment = assessed(asked);
        assert_eq!(codes(&assessment), [expected]);
        assert_eq!(assessment.findings[0].kind(), v1::FindingKind::Context);
        let error = assessment.findings[0].severity() == v1::Severity::Error;
        let verdict = if error { v1::Verdict::Undetermined } else { v1::Verdict::Compliant };
        assert_eq!(assessment.verdict(), verdict, "{expected}");
        let spot = assessment.findings[0].occurrences[0].spot.as_ref().unwrap();
        assert!(spot.origin() != v1::Origin::Subject, "{expected} stands in the other report: {spot:?}");
    }
}

#[test]
fn what_was_sent_without_body_or_year_is_told_and_compared_as_what_it_was_sent_as() {
    let nameless = json!({ "body": null, "title": "", "year": null, "preamble": "" });
    let wrong = json!({ "applications": { "carried_forward": { "natural_person": 50, "total": 50 } } });
    let asked = v1::CheckReportRequest {
        previous: Some(structured(&report("2021", patched(nameless, &wrong)))),
        ..request(structured(&report("2021", json!({}))))
    };
    let assessment = assessed(asked);
    assert!(codes(&assessment).starts_with(&["CTX-006"]) && codes(&assessment).contains(&"YOY-001"));
    let told = assessment.findings.iter().filter(|own| own.rule_code == "CTX-006");
    let spots = told.flat_map(|own| &own.occurrences).map(|own| own.spot.clone().unwrap());
    let spots: Vec<(v1::Origin, String)> = spots.map(|own| (own.origin(), own.path)).collect();
    assert_eq!(spots, [(v1::Origin::Previous, "body".into()), (v1::Origin::Previous, "year".into())]);
}

#[test]
fn a_baseline_is_of_the_same_report_and_cited() {
    let wrong = || report("2021", json!({ "remedies": { "reconsideration": { "total": 5 } } }));
    let earlier = assessed(request(structured(&wrong())));
    let with = |citation: Option<v1::Citation>, subject: &AnnualReport| v1::CheckReportRequest {
        baseline: Some(v1::Baseline {
            fingerprints: [fingerprints(&earlier), fingerprints(&earlier)].concat(),
            citation,
        }),
        ..request(structured(subject))
    };
    let mended = assessed(with(earlier.citation.clone(), &report("2021", json!({}))));
    let citation = mended.citation.unwrap();
    assert_eq!(
        (mended.fixed, citation.baseline_size, citation.baseline_digest.len()),
        (fingerprints(&earlier), Some(1), 64)
    );
    let checker = Checker::new(Reading::Here(Limits::default()));
    let faults =
        |asked: v1::CheckReportRequest| answer(&checker, asked.into(), true, &Deadline::NEVER).err().unwrap().faults;
    let other = report("2021", json!({ "body": { "name": "丰原县人民政府" }, "year": 2022 }));
    let fields: Vec<String> = faults(with(earlier.citation.clone(), &other)).into_iter().map(|own| own.field).collect();
    assert_eq!(fields, ["baseline.citation.year", "baseline.citation.body.name"]);
    assert_eq!(faults(with(None, &wrong()))[0].field, "baseline.citation");
}

#[test]
fn words_of_a_text_stand_on_their_line() {
    let wrong =
        report("2021", json!({ "sections": { "3": { "text": "依法办理。\n全年共收到政府信息公开申请99件。" } } }));
    let content = text::text(&wrong, text::Way::Tabs);
    let line = content.lines().position(|line| line.contains("99件")).unwrap() + 1;
    let document = v1::Document { content: content.into_bytes().into(), name: String::new() };
    let filing = v1::Filing { content: Some(v1::filing::Content::Document(Box::new(document))) };
    let assessment = assessed(request(filing));
    let line = v1::Place { line: i32::try_from(line).unwrap(), ..Default::default() };
    assert_eq!(assessment.statements[0].spot.as_ref().unwrap().place.as_ref(), Some(&line));
    let finding = assessment.findings.iter().find(|own| own.rule_code.starts_with("NAR")).unwrap();
    assert_eq!(finding.occurrences[0].spot.as_ref().unwrap().place.as_ref(), Some(&line));
}

#[test]
fn a_draft_may_be_incomplete_and_is_never_compliant() {
    let half = report(
        "2021",
        json!({
            "sections": { "1": { "text": "" }, "5": { "text": "" } }, "remedies": null,
            "applications": { "received": { "total": null }, "carried_over": { "business": null, "total": null } }
        }),
    );
    let draft = |report: &AnnualReport| v1::CheckReportRequest { draft: Some(true), ..request(structured(report)) };
    let assessment = assessed(draft(&half));
    assert_eq!(codes(&assessment), [""; 0]);
    assert!(assessment.provisional && assessment.verdict() == v1::Verdict::Undetermined);
    let whole = assessed(draft(&report("2021", json!({}))));
    assert_eq!((codes(&whole).len(), whole.verdict()), (0, v1::Verdict::Undetermined));
    // The last figure of a row is typed, and wrong: its relation speaks.
    let mut wrong = half;
    wrong.figures.set_count(Row::Received.nth(6), Figure::Known(99));
    assert!(codes(&assessed(draft(&wrong))).contains(&"TAL-003"));
}

#[test]
fn a_compact_answer_has_codes_and_fingerprints_alone() {
    let wrong = report("2021", json!({ "remedies": { "reconsideration": { "total": 5 } } }));
    let basic = assessed(request(structured(&wrong)));
    let compact = assessed(v1::CheckReportRequest { view: v1::View::Compact.into(), ..request(structured(&wrong)) });
    assert_eq!((codes(&compact), fingerprints(&compact)), (codes(&basic), fingerprints(&basic)));
    assert_eq!((compact.counts, compact.verdict), (basic.counts, basic.verdict));
    let bare = |own: &v1::Finding| own.message.is_empty() && own.occurrences.iter().all(|own| own.spot.is_none());
    assert!(compact.causes.is_empty() && compact.findings.iter().all(bare));
}

#[test]
fn the_published_reasons_are_those_of_errors() {
    use gouji::submission::Reason;
    let all = [
        Reason::InvalidRequest,
        Reason::MalformedMessage,
        Reason::MessageTooLarge,
        Reason::DocumentTooLarge,
        Reason::UnsupportedFormat,
        Reason::UnreadableDocument,
        Reason::NotAReport,
        Reason::RuleNotFound,
        Reason::RuleSetChanged,
        Reason::ResponseTooLarge,
        Reason::Unsupported,
        Reason::DeadlineExceeded,
        Reason::ShuttingDown,
        Reason::FileNotRead,
        Reason::Internal,
        Reason::Overloaded,
        Reason::TimeLimit,
        Reason::Unauthenticated,
        Reason::PermissionDenied,
        Reason::TooManyCalls,
        Reason::ReaderLost,
    ];
    for (number, reason) in (1..).zip(all) {
        let published = v1::ErrorReason::try_from(number).unwrap().as_str_name();
        assert_eq!(published, format!("ERROR_REASON_{}", reason.name()));
    }
    assert!(v1::ErrorReason::try_from(22).is_err());
}

#[test]
fn a_document_that_shows_no_section_leaves_open_what_it_lacks_and_is_no_four_errors() {
    let of = |text: &str| {
        let document = v1::Document { content: text.as_bytes().to_vec().into(), name: String::new() };
        let filing = v1::Filing { content: Some(v1::filing::Content::Document(Box::new(document))) };
        let assessment = assessed(request(filing));
        let open: Vec<String> =
            assessment.rulings.iter().filter(|own| own.undecided).map(|own| own.rule_code.clone()).collect();
        let errors = assessment.counts.map(|counts| counts.errors).unwrap_or_default();
        (assessment.verdict(), errors, open)
    };
    let excerpt = "青溪县水务局2023年政府信息公开工作年度报告\n2023年，收到政府信息公开申请6件，上年结转1件。\n";
    let (verdict, errors, open) = of(excerpt);
    assert_eq!((verdict, errors), (v1::Verdict::Undetermined, 0));
    assert!(open.starts_with(&["SEC-001".into(), "TAB-001".into()]), "{open:?}");
    // One heading is there: the rest is missing.
    let (verdict, errors, _) = of(&format!("{excerpt}一、总体情况\n收到申请6件。\n"));
    assert_eq!(verdict, v1::Verdict::NonCompliant);
    assert!(errors > 1);
}
