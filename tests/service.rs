//! The service through a real socket: checks, and the rules that it tells.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::sync::Arc;

use common::{
    calls::{document, request, structured, told},
    clean, dossier,
    server::{channel, run, start},
    text,
};
use gouji::{
    grpc::Server,
    grpc::stubs::compliance_service_client::ComplianceServiceClient,
    operator::InForce,
    rulebook::Rulebook,
    wire::{report::report_to, v1},
};
use tonic::{Code, Request};

#[tokio::test]
async fn a_structured_report_and_its_text_are_checked() {
    let running = start(|_| {}).await;
    let mut client = running.client().await;
    let answer = client.check_report(request(structured("2019"))).await.unwrap().into_inner();
    assert_eq!(answer.assessment.unwrap().verdict(), v1::Verdict::Compliant);
    assert!(answer.report.is_none());
    let content = text::text(&dossier(&clean("2021")).report, text::Way::Lines).replace("18230", "-1");
    let full = v1::CheckReportRequest {
        view: v1::View::Full.into(),
        language: v1::Language::En.into(),
        ..request(document(content))
    };
    let answer = client.check_report(full).await.unwrap().into_inner();
    let assessment = answer.assessment.unwrap();
    assert_eq!(assessment.verdict(), v1::Verdict::NonCompliant);
    let finding = &assessment.findings[0];
    assert_eq!(
        (finding.rule_code.as_str(), finding.title.as_str()),
        ("TAB-011", "No figure is negative but 本年增/减")
    );
    let spot = finding.occurrences[0].spot.as_ref().unwrap();
    assert_eq!((spot.path.as_str(), spot.found.as_str()), ("disclosure_2021.permits.decisions", "-1"));
    assert!(spot.place.as_ref().unwrap().line > 0 && answer.report.unwrap().readings.len() == 200);
}

#[tokio::test]
async fn a_faulty_request_names_each_field() {
    let running = start(|_| {}).await;
    let mut client = running.client().await;
    let empty = client.check_report(v1::CheckReportRequest::default()).await.unwrap_err();
    assert_eq!(
        (empty.code(), told(&empty)),
        (Code::InvalidArgument, ("INVALID_REQUEST".into(), vec!["subject".into()]))
    );
    let mut filing = structured("2019");
    if let Some(v1::filing::Content::Report(report)) = &mut filing.content {
        report.year = Some(20);
        report.edition = 9;
        report.sections[2].number = 7;
        report.defects.push(v1::Defect { path: "nowhere".into(), ..Default::default() });
        report.published_on = Some(gouji::wire::google::r#type::Date { year: 2021, month: 2, day: 30 });
    }
    let mut faulty = request(filing);
    faulty.previous = Some(document(""));
    faulty.rule_set_digest = "x".into();
    let error = client.check_report(faulty).await.unwrap_err();
    let (reason, mut fields) = told(&error);
    fields.sort();
    let expected = [
        "previous.document.content",
        "rule_set_digest",
        "subject.report.defects[0].kind",
        "subject.report.defects[0].path",
        "subject.report.edition",
        "subject.report.published_on",
        "subject.report.sections[2].number",
        "subject.report.year",
    ];
    assert_eq!((reason.as_str(), fields), ("INVALID_REQUEST", expected.map(str::to_owned).to_vec()));
}

#[tokio::test]
async fn what_a_gateway_has_asked_for_is_nothing_to_complain_of_where_nobody_is_asked() {
    let running = start(|_| {}).await;
    let mut call = Request::new(request(structured("2021")));
    call.metadata_mut().insert("authorization", "Basic Z291amk6Z291amk=".parse().unwrap());
    assert!(running.client().await.check_report(call).await.is_ok());
}

#[tokio::test]
async fn what_cannot_be_read_gets_its_reason() {
    let running = start(|config| config.documents.limits.bytes = 100).await;
    let mut client = running.client().await;
    let cases: [(&str, Code, &str); 4] = [
        ("%PDF-1.7", Code::InvalidArgument, "UNREADABLE_DOCUMENT"),
        ("天气", Code::InvalidArgument, "NOT_A_REPORT"),
        (&"政府信息公开".repeat(20), Code::ResourceExhausted, "DOCUMENT_TOO_LARGE"),
        ("", Code::InvalidArgument, "INVALID_REQUEST"),
    ];
    for (content, code, reason) in cases {
        let error = client.check_report(request(document(content.to_owned()))).await.unwrap_err();
        assert_eq!((error.code(), told(&error)), (code, (reason.into(), vec!["subject.document.content".into()])));
    }
    let pinned = v1::CheckReportRequest { rule_set_digest: "0".repeat(64), ..request(structured("2021")) };
    let error = client.check_report(pinned).await.unwrap_err();
    assert_eq!((error.code(), told(&error).0.as_str()), (Code::FailedPrecondition, "RULE_SET_CHANGED"));
}

#[tokio::test]
async fn what_is_echoed_of_a_request_is_bounded() {
    let running = start(|_| {}).await;
    let mut client = running.client().await;
    let pinned = v1::PinnedPack { name: "甲".repeat(300), digest: "0".repeat(64) };
    let request = v1::CheckReportRequest { pinned_packs: vec![pinned], ..request(structured("2021")) };
    let error = client.check_report(request).await.unwrap_err();
    assert_eq!(error.code(), Code::FailedPrecondition);
    assert!(error.message().chars().count() <= 110 && error.details().len() < 2_300, "{error:?}");
    let mut filing = structured("2021");
    if let Some(v1::filing::Content::Report(report)) = &mut filing.content {
        let faulty = v1::Defect { path: "无".into(), ..Default::default() };
        report.defects = vec![faulty; 1_000];
    }
    let error = client.check_report(self::request(filing)).await.unwrap_err();
    assert_eq!(told(&error).0, "INVALID_REQUEST");
    assert!(error.message().chars().count() <= 110 && error.details().len() < 2_300, "{error:?}");
}

#[tokio::test]
async fn a_page_and_a_pdf_are_read_as_documents_and_the_answer_says_what_they_are() {
    let running = start(|_| {}).await;
    let mut client = running.client().await;
    for (name, format) in [("report.html", v1::Format::Html), ("report.pdf", v1::Format::Pdf)] {
        let content = std::fs::read(common::root().join("tests/documents").join(name)).unwrap();
        let answer = client.check_report(request(document(content))).await.unwrap().into_inner();
        assert_eq!(answer.source.unwrap().format(), format);
        let findings = answer.assessment.unwrap().findings;
        let occurrences: Vec<_> = findings.iter().flat_map(|finding| &finding.occurrences).collect();
        let places = occurrences.iter().map(|own| own.spot.as_ref().unwrap().place.as_ref());
        assert!(occurrences.len() == 5 && places.into_iter().all(|place| place.is_some_and(|place| place.table > 0)));
    }
}

#[tokio::test]
async fn last_years_and_the_subordinates_reports_are_checked_against() {
    let running = start(|_| {}).await;
    let mut client = running.client().await;
    let last_year = |carried: i32| {
        let mut filing = structured("2021");
        if let Some(v1::filing::Content::Report(report)) = &mut filing.content {
            report.year = Some(2022);
            let forward = report.applications.as_mut().unwrap().carried_forward.as_mut().unwrap();
            forward.natural_person = Some(carried);
            forward.total = Some(carried);
        }
        filing
    };
    let mut codes = Vec::new();
    for carried in [2, 5] {
        let checked = v1::CheckReportRequest { previous: Some(last_year(carried)), ..request(structured("2021")) };
        let assessment = client.check_report(checked).await.unwrap().into_inner().assessment.unwrap();
        let found = assessment.findings.iter().filter(|it| it.rule_code == "YOY-001").flat_map(|it| &it.occurrences);
        let found = found.map(|own| own.spot.clone().unwrap().path);
        codes.push(found.collect::<Vec<_>>());
    }
    let wrong = ["applications.carried_over.natural_person", "applications.carried_over.total"];
    assert_eq!(codes, [vec![], wrong.map(str::to_owned).to_vec()]);
    // Two copies of the whole as its parts: their sum is twice the whole.
    let named = |name: &str| {
        let mut filing = structured("2021");
        if let Some(v1::filing::Content::Report(report)) = &mut filing.content {
            report.body.get_or_insert_default().name = name.to_owned();
        }
        filing
    };
    let parts = v1::CheckReportRequest {
        subordinates: vec![named("青溪县财政局"), named("青溪县民政局")],
        subordinates_complete: true,
        ..request(structured("2021"))
    };
    let assessment = client.check_report(parts).await.unwrap().into_inner().assessment.unwrap();
    assert!(assessment.findings.iter().any(|it| it.rule_code == "AGG-001" && it.severity() == v1::Severity::Error));
    assert_eq!(assessment.verdict(), v1::Verdict::NonCompliant);
}

#[tokio::test]
async fn packs_are_in_force_and_every_answer_names_them() {
    let pack = gouji::operator::load_pack(&common::root().join("examples/packs/sample"), &[]).unwrap();
    let rulebook = Rulebook::of(std::slice::from_ref(&pack), Vec::new(), Vec::new());
    let server = Server::bind(common::config()).await.unwrap().with_rules(Arc::new(InForce::fixed(rulebook)));
    let address = run(server).address;
    let mut client = ComplianceServiceClient::new(channel(address).await);
    let patch = serde_json::json!({ "report": { "disclosure_2021": { "permits": { "decisions": 0 } } } });
    let report = report_to(&dossier(&common::patched(clean("2021"), &patch)).report);
    let subject = v1::Filing { content: Some(v1::filing::Content::Report(Box::new(report))) };
    let plain = request(subject);
    let assessment = client.check_report(plain.clone()).await.unwrap().into_inner().assessment.unwrap();
    assert!(assessment.findings.iter().any(|finding| finding.rule_code == "QX-004"));
    let citation = assessment.citation.unwrap();
    assert_eq!((citation.packs[0].name.as_str(), &citation.packs[0].digest), ("qingxi", &pack.digest));
    let pinned = |name: &str, digest: &str| v1::CheckReportRequest {
        pinned_packs: vec![v1::PinnedPack { name: name.into(), digest: digest.into() }],
        ..plain.clone()
    };
    assert!(client.check_report(pinned("qingxi", &pack.digest)).await.is_ok());
    for (name, digest, reason) in [
        ("qingxi", "0".repeat(64), "RULE_SET_CHANGED"),
        ("other", pack.digest.clone(), "RULE_SET_CHANGED"),
        ("qingxi", "x".to_owned(), "INVALID_REQUEST"),
    ] {
        let error = client.check_report(pinned(name, &digest)).await.unwrap_err();
        assert_eq!(told(&error).0, reason, "{name} {digest}: {error}");
    }
    let asked = v1::GetRuleRequest { code: "QX-002".into(), ..Default::default() };
    let rule = client.get_rule(asked).await.unwrap().into_inner().rule.unwrap();
    assert_eq!(rule.title, "各列应平衡");
}

#[tokio::test]
async fn waivers_of_a_request_count_only_where_the_operator_says_so() {
    let faulty = common::patched(
        clean("2021"),
        &serde_json::json!({"report": {"applications": {"carried_forward": {"total": 2}}}}),
    );
    let waivers = ["TAL-001", "TAL-003"].map(|code| v1::Waiver {
        covers: Some(v1::waiver::Covers::Rule(v1::RuleOfBody {
            code: code.into(),
            body: dossier(&faulty).report.body.name,
            year: None,
        })),
        category: v1::WaiverCategory::AcceptedDeviation.into(),
        reason: "经批准".into(),
        approver: "某人".into(),
        expires: Some(gouji::wire::google::r#type::Date { year: 2030, month: 1, day: 1 }),
        ..Default::default()
    });
    let subject =
        v1::Filing { content: Some(v1::filing::Content::Report(Box::new(report_to(&dossier(&faulty).report)))) };
    let waived = |year: i32| v1::CheckReportRequest {
        waivers: waivers.to_vec(),
        as_of: Some(gouji::wire::google::r#type::Date { year, month: 3, day: 1 }),
        ..request(subject.clone())
    };
    let cases = [
        (false, 2024, v1::Verdict::NonCompliant, v1::WaiverOutcome::NotHeeded),
        (true, 2024, v1::Verdict::Compliant, v1::WaiverOutcome::Applied),
        (true, 2023, v1::Verdict::NonCompliant, v1::WaiverOutcome::Premature),
    ];
    for (heeded, year, verdict, worth) in cases {
        let running = start(|config| config.request_waivers = heeded).await;
        let answer = running.client().await.check_report(waived(year)).await.unwrap().into_inner().assessment.unwrap();
        assert_eq!((answer.verdict(), answer.waivers[0].outcome()), (verdict, worth), "{heeded} {year}");
    }
}

#[tokio::test]
async fn rules_are_listed_by_pages_and_told_one_by_one() {
    let running = start(|_| {}).await;
    let mut client = running.client().await;
    let (mut codes, mut page_token) = (Vec::new(), String::new());
    loop {
        let page = v1::ListRulesRequest { page_size: 7, page_token, language: 0, ..Default::default() };
        let page = client.list_rules(page).await.unwrap().into_inner();
        assert!(page.rules.len() <= 7 && page.rule_set_digest.len() == 64);
        codes.extend(page.rules.into_iter().map(|rule| rule.code));
        page_token = page.next_page_token;
        if page_token.is_empty() {
            break;
        }
    }
    let all: Vec<String> = gouji::rules::all().iter().map(|rule| rule.code.to_string()).collect();
    assert_eq!(codes, all);
    let rule = v1::GetRuleRequest { code: "TAL-001".into(), language: v1::Language::En.into(), ..Default::default() };
    let rule = client.get_rule(rule).await.unwrap().into_inner().rule.unwrap();
    assert!(rule.documentation.contains("# Bad") && rule.title.starts_with("New and carried-in"));
    let missing = client
        .get_rule(v1::GetRuleRequest { code: "TAL-999".into(), language: 0, ..Default::default() })
        .await
        .unwrap_err();
    assert_eq!((missing.code(), told(&missing).0.as_str()), (Code::NotFound, "RULE_NOT_FOUND"));
    let wrong = v1::ListRulesRequest { page_size: -1, page_token: "x".into(), language: 7, ..Default::default() };
    let wrong = client.list_rules(wrong).await.unwrap_err();
    assert_eq!(told(&wrong).1, ["language", "page_size", "page_token"]);
}

#[tokio::test]
async fn a_page_has_two_hundred_rules_at_most() {
    let running = start(|_| {}).await;
    let mut client = running.client().await;
    let page = |page_size: i32| v1::ListRulesRequest { page_size, ..Default::default() };
    assert!(client.list_rules(page(200)).await.is_ok());
    let error = client.list_rules(page(201)).await.unwrap_err();
    assert_eq!(told(&error), ("INVALID_REQUEST".into(), vec!["page_size".into()]));
    let faulty = v1::GetRuleRequest { code: "TAL-001".into(), language: 9, ..Default::default() };
    let error = client.get_rule(faulty).await.unwrap_err();
    assert_eq!(told(&error), ("INVALID_REQUEST".into(), vec!["language".into()]));
}
