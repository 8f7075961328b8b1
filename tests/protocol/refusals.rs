//! What callers are told of faulty fields: all of it in one listing, to be read in both languages.

use gouji::{
    grpc::stubs::compliance_service_client::ComplianceServiceClient,
    wire::{
        google::{
            rpc::{self, BadRequest},
            r#type::Date,
        },
        v1,
    },
};
use prost::Message;
use tokio_stream::StreamExt;
use tonic::{Status, transport::Channel};

use crate::common::{
    calls::{call, document, ended, framed, h2_client, request, structured},
    hold_file,
    server::start,
};

type Client = ComplianceServiceClient<Channel>;

/// The faulty requests of CheckReport, each with a few faults: errors are short.
fn faulty() -> Vec<v1::CheckReportRequest> {
    let sound = || request(structured("2021"));
    let with = |change: &dyn Fn(&mut v1::CheckReportRequest)| {
        let mut request = sound();
        change(&mut request);
        request
    };
    let reported = |change: &dyn Fn(&mut v1::AnnualReport)| {
        with(&|own| {
            let Some(v1::filing::Content::Report(report)) = own.subject.as_mut().and_then(|it| it.content.as_mut())
            else {
                return;
            };
            change(report);
        })
    };
    let waived = |waiver: v1::Waiver| with(&|own| own.waivers.push(waiver.clone()));
    let by_rule = |code: &str, body: &str, year| {
        let rule = v1::RuleOfBody { code: code.into(), body: body.into(), year };
        v1::Waiver {
            covers: Some(v1::waiver::Covers::Rule(rule)),
            category: v1::WaiverCategory::BeingMended.into(),
            reason: "正".into(),
            approver: "县".into(),
            expires: Some(Date { year: 2030, month: 1, day: 1 }),
            ..Default::default()
        }
    };
    let earlier = |year, name: &str| {
        let body = Some(v1::Body { name: name.into(), ..Default::default() });
        let citation = Some(v1::Citation { body, year, ..Default::default() });
        with(&|own| own.baseline = Some(v1::Baseline { fingerprints: Vec::new(), citation: citation.clone() }))
    };
    let defect =
        |path: &str, kind: v1::DefectKind| v1::Defect { path: path.into(), kind: kind.into(), ..Default::default() };
    vec![
        v1::CheckReportRequest::default(),
        with(&|own| own.subject = Some(document(""))),
        with(&|own| (own.language, own.view) = (7, 9)),
        with(&|own| own.previous = Some(v1::Filing::default())),
        with(&|own| own.subordinates_complete = true),
        with(&|own| {
            let named = v1::Document { content: "天气".into(), name: "名".repeat(400) };
            own.previous = Some(v1::Filing { content: Some(v1::filing::Content::Document(named.into())) });
        }),
        // What was told one after the other: all at once.
        v1::CheckReportRequest {
            profile: "peking".into(),
            as_of: Some(Date { year: 2023, month: 2, day: 30 }),
            waivers: vec![by_rule("TAL-01", "某县", None)],
            ..request(document("天气"))
        },
        with(&|own| own.rule_set_digest = "x".into()),
        with(&|own| own.pinned_packs = vec![v1::PinnedPack::default(); 101]),
        with(&|own| own.pinned_packs = vec![v1::PinnedPack { name: "x".repeat(2_000), digest: "0".repeat(64) }]),
        with(&|own| own.baseline = Some(v1::Baseline::default())),
        with(&|own| {
            own.baseline =
                Some(v1::Baseline { fingerprints: vec!["0".into()], citation: Some(v1::Citation::default()) })
        }),
        with(&|own| own.baseline = Some(v1::Baseline { fingerprints: vec![String::new(); 10_001], citation: None })),
        earlier(Some(2001), "某处的某局"),
        earlier(None, ""),
        with(&|own| {
            let body = v1::Body { code: "1".into(), region_code: "x".into(), kind: 99, ..Default::default() };
            let published_on = Some(Date { year: 2023, month: 13, day: 1 });
            own.hints = Some(v1::Hints { body: Some(body), year: Some(20), published_on });
        }),
        waived(v1::Waiver::default()),
        waived(v1::Waiver { category: 77, ..by_rule("", " ", Some(3)) }),
        waived(v1::Waiver {
            covers: Some(v1::waiver::Covers::Fingerprint("1".into())),
            reason: "正".repeat(2_000),
            ..by_rule("", "", None)
        }),
        with(&|own| own.waivers = vec![by_rule("TAL-001", "某县", None); 1_001]),
        reported(&|own| {
            (own.year, own.edition, own.sections[2].number) = (Some(20), 9, 7);
            own.sections[1].heading = "头".repeat(40_000);
        }),
        reported(&|own| own.sections = vec![v1::Section::default(); 1_000]),
        reported(&|own| {
            own.defects = vec![v1::Defect::default(), defect("title", v1::DefectKind::Placeholder)];
            own.readings = vec![v1::Reading::default()];
            own.text_places = vec![v1::TextPlace::default()];
        }),
        reported(&|own| own.defects = vec![defect("disclosure_2021.permits.decisions", v1::DefectKind::Text)]),
    ]
}

/// What an error says: its message, then each faulty field with its reason.
fn said(status: &rpc::Status) -> String {
    let mut said = format!("{}\n", status.message);
    let request = status.details.iter().find(|any| any.type_url.ends_with("google.rpc.BadRequest"));
    let fields = request.map(|any| BadRequest::decode(any.value.clone()).unwrap().field_violations);
    // What is wrong with a document is a sentence by itself, and the message.
    let is_of_request = status.message.starts_with("请求有误") || status.message.starts_with("the request is invalid");
    for own in fields.unwrap_or_default() {
        let sentence = ["应", "不得", "必填", "在", "与", "must ", "is "];
        let continues = sentence.iter().any(|begin| own.description.starts_with(begin));
        assert!(continues || !is_of_request, "no rest of a sentence: {own:?}");
        said += &format!("    {} [{}] {}\n", own.field, own.reason, own.description);
    }
    assert!(!said.contains("：：") && !said.contains("expected"), "{said}");
    said
}

fn of(error: &Status) -> String {
    said(&rpc::Status::decode(error.details()).unwrap())
}

async fn checked(client: &mut Client, language: v1::Language) -> String {
    let mut listing = String::new();
    for mut request in faulty() {
        if request.language == 0 {
            request.language = language.into();
        }
        let error = client.check_report(request).await.expect_err("it is faulty");
        listing += &of(&error);
    }
    listing
}

async fn listed(client: &mut Client, language: v1::Language) -> String {
    let language = language.into();
    let list = |profile: &str, page_token: &str, page_size| v1::ListRulesRequest {
        profile: profile.into(),
        page_token: page_token.into(),
        page_size,
        language,
    };
    let mut listing = String::new();
    for request in [list("peking", "x", -1), list("", "x", 100_000)] {
        listing += &of(&client.list_rules(request).await.unwrap_err());
    }
    for (code, profile) in [("", "peking"), ("", ""), ("TAL-01", "")] {
        let request = v1::GetRuleRequest { code: code.into(), profile: profile.into(), language };
        listing += &of(&client.get_rule(request).await.unwrap_err());
    }
    listing
}

/// Faults of a stream's keys, of which the second comes twice while the first is under way.
async fn streamed(client: &mut Client) -> String {
    let item = |key: &str| v1::CheckReportsRequest { key: key.into(), ..Default::default() };
    let items = tokio_stream::iter([item(""), item(&"k".repeat(1_000))]);
    let mut answers = client.check_reports(items).await.unwrap().into_inner();
    let mut all = Vec::new();
    while let Some(answer) = answers.next().await {
        let answer = answer.unwrap();
        let Some(v1::check_reports_response::Result::Error(status)) = answer.result else { panic!("an answer") };
        all.push((answer.sequence, said(&status)));
    }
    all.sort();
    all.into_iter().map(|(_, said)| said).collect()
}

#[tokio::test]
async fn what_is_said_of_faulty_fields_reads_well() {
    let running = start(|config| config.documents.limits.bytes = 2_000).await;
    let mut client = running.client().await;
    let mut listing = String::new();
    for language in [v1::Language::Zh, v1::Language::En] {
        listing += &checked(&mut client, language).await;
        listing += &listed(&mut client, language).await;
        listing.push('\n');
    }
    listing += &streamed(&mut client).await;
    // What is refused before a language is known.
    let (send, _connection) = h2_client(running.address).await;
    let mut head = call(running.address, "CheckReport");
    head.headers_mut().insert("grpc-timeout", "1.5S".parse().unwrap());
    let (answer, _) = send.clone().ready().await.unwrap().send_request(head, true).unwrap();
    listing += &of(&ended(answer).await);
    let many = v1::CheckReportRequest { subordinates: vec![v1::Filing::default(); 2_000], ..Default::default() };
    let head = call(running.address, "CheckReport");
    let (answer, mut stream) = send.ready().await.unwrap().send_request(head, false).unwrap();
    stream.send_data(framed(&many), true).unwrap();
    listing += &of(&ended(answer).await);
    hold_file("tests/snapshots/refusals.txt", &listing);
}

#[tokio::test]
async fn a_document_that_is_too_large_and_a_code_that_is_missing_have_their_reasons() {
    let running = start(|config| config.documents.limits.bytes = 100).await;
    let mut client = running.client().await;
    let large = client.check_report(request(document("政府信息公开".repeat(20)))).await.unwrap_err();
    assert!(of(&large).contains("    subject.document.content [LENGTH_OUT_OF_RANGE] "), "{}", of(&large));
    let unread = client.check_report(request(document("%PDF-1.7"))).await.unwrap_err();
    assert!(of(&unread).contains("    subject.document.content [MALFORMED] "), "{}", of(&unread));
    let without = client.get_rule(v1::GetRuleRequest::default()).await.unwrap_err();
    assert!(of(&without).contains("    code [REQUIRED] "), "{}", of(&without));
}
