//! The conformance vectors, through the service.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use gouji::{
    grpc::Server,
    grpc::stubs::compliance_service_client::ComplianceServiceClient,
    wire::{
        google::rpc::{self, ErrorInfo},
        json, v1,
    },
};
use prost::Message;
use serde_json::Value;

#[tokio::test]
async fn the_service_answers_as_the_vectors_say() {
    let config = common::config();
    let server = Server::bind(config).await.unwrap();
    let address = server.address().unwrap();
    tokio::spawn(server.run(std::future::pending()));
    let mut client = ComplianceServiceClient::connect(format!("http://{address}")).await.unwrap();
    let mut vectors = 0;
    for entry in std::fs::read_dir(common::root().join("conformance/vectors")).unwrap() {
        let path = entry.unwrap().path();
        let vector: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let request = serde_json::to_vec(&vector["request"]).unwrap();
        let request: v1::CheckReportRequest = json::read(&request).unwrap_or_else(|why| panic!("{path:?}: {}", why.en));
        let answer = client.check_report(request).await;
        match answer {
            Ok(answer) => holds(&vector, &answer.into_inner().assessment.unwrap(), &path.display().to_string()),
            Err(status) => {
                let details = rpc::Status::decode(status.details()).unwrap();
                let info = ErrorInfo::decode(details.details[0].value.as_ref()).unwrap();
                assert_eq!(Value::from(info.reason), vector["reason"], "{path:?}");
            }
        }
        vectors += 1;
    }
    println!("{vectors} vectors hold");
    assert!(vectors > 10);
}

/// Checks an assessment against a vector.
fn holds(vector: &Value, assessment: &v1::Assessment, name: &str) {
    assert_eq!(assessment.verdict().as_str_name(), vector["verdict"], "{name}");
    let mut found: Vec<(String, String)> = assessment
        .findings
        .iter()
        .flat_map(|finding| finding.occurrences.iter().map(move |own| (finding, own)))
        .map(|(finding, own)| (finding.rule_code.clone(), own.spot.clone().unwrap_or_default().path))
        .collect();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let expected = vector["findings"].as_array().unwrap().iter();
    let mut expected: Vec<(String, String)> = expected.map(|it| (text(&it["code"]), text(&it["path"]))).collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected, "{name}");
    for code in vector["undetermined"].as_array().into_iter().flatten() {
        assert!(assessment.rulings.iter().any(|ruling| ruling.rule_code == *code), "{name}: {code}");
    }
}
