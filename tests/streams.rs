//! Streams of reports.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{
    calls::{call, details, document, ended, framed, h2_client, request, structured, told},
    server::start,
};
use gouji::wire::v1::{self, check_reports_response::Result as Answer};
use tokio_stream::StreamExt;
use tonic::Code;

#[tokio::test]
async fn a_stream_numbers_its_answers_and_has_defaults() {
    let running = start(|_| {}).await;
    let mut client = running.client().await;
    let plain = || Some(request(structured("2021")));
    let english =
        v1::StreamDefaults { language: v1::Language::En.into(), profile: "nowhere".into(), ..Default::default() };
    let item = |key: &str, defaults: Option<v1::StreamDefaults>| v1::CheckReportsRequest {
        key: key.into(),
        request: plain(),
        defaults,
    };
    let long = "k".repeat(300);
    // Defaults alone have no answer, and don't count.
    let alone = v1::CheckReportsRequest { key: String::new(), request: None, defaults: Some(english) };
    let items = vec![alone, item("a", None), item("b", Some(v1::StreamDefaults::default())), item(&long, None)];
    let answers = client.check_reports(tokio_stream::iter(items)).await.unwrap().into_inner();
    let mut found: Vec<(i64, String, String)> = answers
        .map(|answer| {
            let answer = answer.unwrap();
            let result = match answer.result.unwrap() {
                Answer::Response(response) => format!("{:?}", response.assessment.unwrap().verdict()),
                Answer::Error(status) => format!("{} {}", details(&status).0, status.message),
            };
            (answer.sequence, answer.key, result)
        })
        .collect()
        .await;
    found.sort();
    assert_eq!(found.len(), 3);
    assert!(found[0].2.starts_with("INVALID_REQUEST the request is invalid: defaults.profile"), "{found:?}");
    assert_eq!((found[1].0, found[1].1.as_str(), found[1].2.as_str()), (1, "b", "Compliant"));
    assert_eq!((found[2].0, found[2].1.as_str()), (2, ""), "a key that is too long is not cut");
}

#[tokio::test]
async fn what_does_not_belong_beside_a_report_is_told_in_a_stream_too() {
    let running = start(|_| {}).await;
    let mut client = running.client().await;
    let of_year = |year: i32| {
        let mut filing = structured("2021");
        if let Some(v1::filing::Content::Report(report)) = &mut filing.content {
            report.year = Some(year);
        }
        Some(filing)
    };
    // Last year's report is of this year; a subordinate is sent twice.
    let own = v1::CheckReportRequest { previous: of_year(2023), ..request(structured("2021")) };
    let twice = v1::CheckReportRequest { subordinates: vec![of_year(2023).unwrap(); 2], ..request(structured("2021")) };
    let item = |key: &str, request| v1::CheckReportsRequest { key: key.into(), request: Some(request), defaults: None };
    let items = tokio_stream::iter(vec![item("previous", own), item("subordinates", twice)]);
    let mut answers = client.check_reports(items).await.unwrap().into_inner();
    let mut told = std::collections::BTreeMap::new();
    while let Some(Ok(answer)) = answers.next().await {
        let Some(Answer::Response(response)) = answer.result else { panic!("{answer:?}") };
        let assessment = response.assessment.unwrap();
        assert_eq!(assessment.verdict(), v1::Verdict::Undetermined);
        let codes: Vec<String> = assessment.findings.into_iter().map(|finding| finding.rule_code).collect();
        told.insert(answer.key, codes);
    }
    assert!(told["previous"].iter().any(|code| code == "CTX-001"), "{told:?}");
    assert!(told["subordinates"].iter().any(|code| code == "CTX-003"), "{told:?}");
}

#[tokio::test]
async fn a_stream_goes_on_after_an_unreadable_item() {
    let running = start(|_| {}).await;
    let mut client = running.client().await;
    let item = |key: &str, subject: v1::Filing| v1::CheckReportsRequest {
        key: key.into(),
        request: Some(request(subject)),
        defaults: None,
    };
    let items = vec![
        item("a", structured("2019")),
        item("b", document("GIF89a")),
        item("", structured("2019")),
        v1::CheckReportsRequest { key: "d".into(), request: None, defaults: None },
        item("e", structured("2021")),
    ];
    let answers = client.check_reports(tokio_stream::iter(items)).await.unwrap().into_inner();
    let mut found: Vec<(String, String)> = answers
        .map(|answer| {
            let answer = answer.unwrap();
            let result = match answer.result.unwrap() {
                Answer::Response(response) => format!("{:?}", response.assessment.unwrap().verdict()),
                Answer::Error(status) => details(&status).0,
            };
            (answer.key, result)
        })
        .collect()
        .await;
    found.sort();
    let expected = [
        ("", "INVALID_REQUEST"),
        ("a", "Compliant"),
        ("b", "UNSUPPORTED_FORMAT"),
        ("d", "INVALID_REQUEST"),
        ("e", "Compliant"),
    ];
    assert_eq!(found, expected.map(|(key, result)| (key.to_owned(), result.to_owned())));
}

#[tokio::test]
async fn small_reports_pile_up_unread_and_are_all_answered() {
    let running = start(|config| config.limits.checks_per_stream = 1).await;
    let (send, _connection) = h2_client(running.address).await;
    let reports = call(running.address, "CheckReports");
    let (response, mut stream) = send.ready().await.unwrap().send_request(reports, false).unwrap();
    const COUNT: u32 = 20_000;
    let sending = tokio::spawn(async move {
        for number in 0..COUNT {
            let report =
                v1::AnnualReport { title: "甲局2023年政府信息公开年报".into(), ..Default::default() };
            let subject = v1::Filing { content: Some(v1::filing::Content::Report(Box::new(report))) };
            let item =
                v1::CheckReportsRequest { key: number.to_string(), request: Some(request(subject)), defaults: None };
            let framed = framed(&item);
            stream.reserve_capacity(framed.len());
            while stream.capacity() < framed.len() {
                std::future::poll_fn(|context| stream.poll_capacity(context)).await.unwrap().unwrap();
            }
            // A frame for each, as grpcio sends them.
            stream.send_data(framed, number + 1 == COUNT).unwrap();
        }
    });
    let mut body = response.await.unwrap().into_body();
    let (mut bytes, mut answered) = (Vec::new(), 0);
    while let Some(data) = body.data().await {
        let data = data.unwrap();
        body.flow_control().release_capacity(data.len()).unwrap();
        bytes.extend_from_slice(&data);
        while bytes.len() >= 5 {
            let length = u32::from_be_bytes(bytes[1..5].try_into().unwrap()) as usize + 5;
            if bytes.len() < length {
                break;
            }
            bytes.drain(..length);
            answered += 1;
        }
    }
    sending.await.unwrap();
    assert_eq!(answered, COUNT);
}

#[tokio::test]
async fn a_stream_ends_with_its_own_deadline() {
    let running = start(|_| {}).await;
    let (send, _connection) = h2_client(running.address).await;
    for items in [0, 1] {
        let mut reports = call(running.address, "CheckReports");
        reports.headers_mut().insert("grpc-timeout", "300m".parse().unwrap());
        let (answer, mut stream) = send.clone().ready().await.unwrap().send_request(reports, false).unwrap();
        for _ in 0..items {
            let item =
                v1::CheckReportsRequest { key: "a".into(), request: Some(request(structured("2021"))), defaults: None };
            stream.send_data(framed(&item), false).unwrap();
        }
        // The caller says no more, and doesn't end it.
        let status = ended(answer).await;
        assert_eq!((status.code(), told(&status).0.as_str()), (Code::DeadlineExceeded, "DEADLINE_EXCEEDED"));
    }
}
