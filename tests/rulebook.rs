//! Profiles, waivers, and rules that change while reports are checked.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use common::{clean, codes, dossier, patched};
use gouji::{
    checker::{Checked, Checker, Reading},
    deadline::Deadline,
    engine::{Verdict, WaiverOutcome},
    grpc::Server,
    grpc::stubs::compliance_service_client::ComplianceServiceClient,
    layout::Limits,
    operator::{InForce, Reload, Sources},
    report::Date,
    rule::{Outcome, Severity},
    rulebook::Rulebook,
    submission::{Category, Content, Covers, Filing, Submission, Waiver},
    wire::{report::report_to, v1},
};
use serde_json::{Value, json};
use tonic::transport::Channel;

/// How long a test waits for an event: generous, since nothing is measured.
const PATIENCE: Duration = Duration::from_secs(60);

/// A submission of the clean report with a patch applied.
fn submission(edition: &str, patch: &Value) -> Submission {
    let report = dossier(&patched(clean(edition), patch)).report;
    Submission::of(Filing { content: Content::Report(Box::new(report)), digest: [0; 32] })
}

fn checker(rulebook: Rulebook) -> Checker {
    Checker::by(Reading::Here(Limits::default()), Arc::new(InForce::fixed(rulebook)))
}

fn with_profiles(text: &str) -> Result<Rulebook, Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("profiles.yaml");
    fs::write(&file, text).unwrap();
    let sources = Sources { profiles: Some(file), ..Sources::default() };
    gouji::operator::load(&sources).map_err(|problems| problems.iter().map(ToString::to_string).collect())
}

fn severity(checked: &Checked, code: &str) -> Option<Severity> {
    checked.assessment.findings.iter().find(|finding| finding.code == code).map(|finding| finding.severity)
}

#[test]
fn a_profile_switches_rules_and_changes_how_grave_they_are() {
    let rulebook = with_profiles(
        "profiles:
  - name: qingxi
    title: { zh: 青溪县 }
    rules: { TAB-008: error, 'TXT-*': off, TXT-010: warning, YOY-004: info }
    parameters: { forbidden_words: [绝密] }
  - name: qingxi-words
    extends: qingxi
    rules: { TXT-011: error }
",
    );
    let checker = checker(rulebook.unwrap_or_else(|problems| panic!("{problems:?}")));
    let patch = json!({ "report": {
        "applications": { "received": { "business": null } },
        "sections": { "5": { "text": "绝密文件不予公开。存在的问题是人手不足，将加强队伍建设。" } },
    } });
    let check = |profile: &str| {
        let submission = Submission { profile: profile.to_owned(), ..submission("2021", &patch) };
        checker.check(submission, &Deadline::NEVER).unwrap_or_else(|error| panic!("{error:?}"))
    };
    let (plain, strict, words) = (check(""), check("qingxi"), check("qingxi-words"));
    assert_eq!(
        (severity(&plain, "TAB-008"), severity(&strict, "TAB-008")),
        (Some(Severity::Warning), Some(Severity::Error))
    );
    assert_eq!(strict.assessment.verdict, Verdict::NonCompliant);
    assert_eq!((severity(&strict, "TXT-011"), severity(&words, "TXT-011")), (None, Some(Severity::Error)));
    let off = strict.assessment.rulings.iter().find(|ruling| ruling.code == "TXT-011").unwrap();
    assert_eq!(off.outcome, Outcome::NotApplicable);
    assert!(off.reasons[0].1.zh.contains("qingxi"), "{:?}", off.reasons);
    assert_eq!((plain.assessment.profile.as_str(), words.assessment.profile.as_str()), ("national", "qingxi-words"));
    let digests = [&plain, &strict, &words].map(|checked| checked.assessment.rule_set_digest.clone());
    assert_eq!(digests.iter().collect::<BTreeSet<_>>().len(), 3);
    // A profile's digest pins that profile's rule set.
    let pinned =
        Submission { rule_set_digest: digests[0].clone(), profile: "qingxi".into(), ..submission("2021", &patch) };
    assert_eq!(checker.check(pinned, &Deadline::NEVER).unwrap_err().reason.name(), "RULE_SET_CHANGED");
}

#[test]
fn parameters_decide_on_decimals_blanks_and_likeness() {
    let rulebook = with_profiles(
        "profiles: [{ name: blanks, parameters: { blanks_are_errors: true, text_similarity: 100, problems_similarity: 100 } }]",
    );
    let checker = checker(rulebook.unwrap_or_else(|problems| panic!("{problems:?}")));
    let found = |edition: &str, profile: &str, patch: &Value| {
        let checked = checker
            .check(Submission { profile: profile.into(), ..submission(edition, patch) }, &Deadline::NEVER)
            .unwrap();
        let codes = codes(&checked.assessment).iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
        (codes, checked.assessment.verdict)
    };
    let amount =
        json!({ "report": { "disclosure_2019": { "procurement": { "amount": "859.25", "declared_decimals": 0 } } } });
    assert_eq!(found("2019", "national", &amount), (vec![], Verdict::Compliant));
    assert_eq!(found("2019", "beijing", &amount), (vec!["AMT-001".to_owned()], Verdict::NonCompliant));
    let blank =
        json!({ "report": { "applications": { "outcomes": { "denied": { "state_secret": { "business": null } } } } } });
    assert_eq!(found("2021", "national", &blank).1, Verdict::Compliant);
    assert_eq!(found("2021", "blanks", &blank), (vec!["TAB-008".to_owned()], Verdict::NonCompliant));
}

#[test]
fn an_unknown_profile_is_a_fault_that_names_those_there_are() {
    let submission = Submission { profile: "peking".into(), ..submission("2021", &json!({})) };
    let error = checker(Rulebook::built_in()).check(submission, &Deadline::NEVER).unwrap_err();
    assert_eq!(
        (error.faults[0].field.as_str(), error.faults[0].expected.en.as_ref()),
        ("profile", "must be one of national, beijing")
    );
}

#[test]
fn a_wrong_profile_is_refused_with_its_place() {
    let cases = [
        ("profiles: [{ name: a, rules: { TAL-001: off } }]", "TAL-001"),
        ("profiles: [{ name: a, rules: { TAL-001: warning } }]", "never off"),
        ("profiles: [{ name: a, rules: { 'TXT-*': off, TXT-010: off } }]", "TXT-010"),
        ("profiles: [{ name: a, rules: { TAB-015: off } }]", "TAB-015"),
        ("profiles: [{ name: a, rules: { XYZ-001: off } }]", "no rule XYZ-001"),
        ("profiles: [{ name: national }]", "once"),
        ("profiles: [{ name: a, extends: b }]", "national、beijing"),
        ("profiles: [{ name: a, parameters: { text_similarity: 10 } }]", "50"),
        ("profiles: [{ name: a, parameters: { four_decimal: true } }]", "four_decimal"),
        ("profiles: [{ name: A b }]", "small letters"),
    ];
    for (text, reason) in cases {
        let problems = with_profiles(text).err().unwrap_or_else(|| panic!("{text} is accepted"));
        assert!(
            problems.iter().any(|problem| problem.contains(reason) && problem.contains("profiles.yaml:1:")),
            "{text}: {problems:?}"
        );
    }
}

fn waiver(covers: Covers, expires: &str) -> Waiver {
    Waiver {
        id: "W-1".into(),
        covers,
        category: Category::BeingMended,
        reason: "正在核实".into(),
        approver: "县政务公开办".into(),
        expires: Date::parse(expires).unwrap(),
    }
}

/// A report whose column 总计 does not balance.
fn unbalanced() -> Value {
    json!({ "report": { "applications": { "carried_over": { "natural_person": 1, "total": 1 } } } })
}

#[test]
fn a_waived_finding_stays_and_stops_counting() {
    let checker = checker(Rulebook::built_in());
    let check = |waivers: Vec<Waiver>, as_of: Option<&str>| {
        let as_of = as_of.map(|day| Date::parse(day).unwrap());
        checker
            .check(Submission { waivers, as_of, ..submission("2021", &unbalanced()) }, &Deadline::NEVER)
            .unwrap()
            .assessment
    };
    let plain = check(Vec::new(), None);
    assert!(plain.verdict == Verdict::NonCompliant && plain.findings.iter().all(|finding| finding.code == "TAL-001"));
    let body = dossier(&clean("2021")).report.body.name;
    let of_body = |code: &str| Covers::Rule { code: code.into(), body: body.clone(), year: None };
    let waived = check(vec![waiver(of_body("TAL-001"), "2026-12-31")], Some("2026-12-31"));
    assert_eq!((waived.verdict, waived.findings.len()), (Verdict::Compliant, plain.findings.len()));
    assert_eq!((waived.counts.errors, waived.counts.waived), (0, plain.findings.len()));
    assert!(waived.findings.iter().all(|finding| finding.waiver == Some(0)));
    assert_eq!((waived.waivers[0].outcome, waived.waivers[0].findings), (WaiverOutcome::Applied, plain.findings.len()));

    // One finding by its fingerprint: the other still counts.
    let first = Covers::Fingerprint(plain.findings[0].fingerprint.clone());
    let one = check(vec![waiver(first, "2026-12-31")], Some("2026-01-01"));
    assert_eq!((one.verdict, one.counts.waived), (Verdict::NonCompliant, 1));

    // Two waivers of the same finding waive it once.
    let twice = || waiver(Covers::Fingerprint(plain.findings[0].fingerprint.clone()), "2026-12-31");
    let both = check(vec![twice(), twice()], Some("2026-01-01"));
    assert_eq!((both.counts.waived, both.counts.errors), (1, plain.counts.errors - 1));
    assert_eq!(
        both.waivers.iter().map(|used| used.outcome).collect::<Vec<_>>(),
        [WaiverOutcome::Applied, WaiverOutcome::Applied]
    );

    for (covers, expires, as_of, worth) in [
        (of_body("TAL-001"), "2026-12-31", Some("2027-01-01"), WaiverOutcome::Expired),
        (of_body("TAL-001"), "2026-12-31", None, WaiverOutcome::Undated),
        (of_body("TAL-002"), "2026-12-31", Some("2026-01-01"), WaiverOutcome::Unmatched),
        (Covers::Fingerprint("0".repeat(32)), "2026-12-31", Some("2026-01-01"), WaiverOutcome::Unmatched),
        (
            Covers::Rule { code: "TAL-001".into(), body: "别的机关".into(), year: None },
            "2026-12-31",
            Some("2026-01-01"),
            WaiverOutcome::Unmatched,
        ),
        (
            Covers::Rule { code: "TAL-001".into(), body: body.clone(), year: Some(1999) },
            "2026-12-31",
            Some("2026-01-01"),
            WaiverOutcome::Unmatched,
        ),
    ] {
        let assessment = check(vec![waiver(covers.clone(), expires)], as_of);
        assert_eq!((assessment.verdict, assessment.counts.waived), (Verdict::NonCompliant, 0), "{covers:?}");
        assert_eq!(assessment.waivers[0].outcome, worth, "{covers:?}");
    }
}

#[test]
fn what_guards_people_can_not_be_waived() {
    let patch = json!({ "report": { "sections": { "5": { "text": "联系人证号11010519491231002X。" } } } });
    let body = dossier(&clean("2021")).report.body.name;
    let covers = Covers::Rule { code: "TXT-010".into(), body, year: None };
    let submission = Submission {
        waivers: vec![waiver(covers, "2026-12-31")],
        as_of: Date::new(2026, 1, 1),
        ..submission("2021", &patch)
    };
    let assessment = checker(Rulebook::built_in()).check(submission, &Deadline::NEVER).unwrap().assessment;
    assert_eq!((assessment.waivers[0].outcome, assessment.counts.waived), (WaiverOutcome::NotWaivable, 0));
}

#[test]
fn what_could_not_be_decided_beside_waived_findings_is_not_compliant() {
    // TAL-003 fails in one row, and can't be decided in another.
    let patch = json!({ "report": { "applications": {
        "received": { "business": 4 }, "carried_forward": { "business": 1 },
        "outcomes": { "denied": { "state_secret": { "business": null, "natural_person": null, "total": 1 } } },
    } } });
    let checker = checker(Rulebook::built_in());
    let plain = checker.check(submission("2021", &patch), &Deadline::NEVER).unwrap().assessment;
    let codes: BTreeSet<&str> = plain.findings.iter().map(|finding| &*finding.code).collect();
    let body = dossier(&clean("2021")).report.body.name;
    let of = |code: &&str| waiver(Covers::Rule { code: (*code).into(), body: body.clone(), year: None }, "2026-12-31");
    let submission = Submission {
        waivers: codes.iter().map(of).collect(),
        as_of: Date::new(2026, 1, 1),
        ..submission("2021", &patch)
    };
    let assessment = checker.check(submission, &Deadline::NEVER).unwrap().assessment;
    let open = plain.rulings.iter().any(|ruling| ruling.outcome == Outcome::Violated && ruling.undecided);
    assert!(open, "the example has a rule that is violated and undecided");
    assert_eq!((assessment.counts.errors, assessment.verdict), (0, Verdict::Undetermined));
}

#[test]
fn waivers_of_a_file_are_told_where_they_concern_the_report() {
    let body = dossier(&clean("2021")).report.body.name;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("waivers.yaml");
    let entry = |rest: &str| {
        format!("  - {{ {rest}, category: being_mended, reason: 核实中, approver: 甲, expires: 2026-12-31 }}\n")
    };
    let text = format!(
        "waivers:\n{}{}{}{}",
        entry(&format!("code: TAL-001, body: {body}")),
        entry(&format!("code: TAL-002, body: {body}")),
        entry("code: TAL-001, body: 别的机关"),
        entry("fingerprint: \"1:TAL-001:00000000000000000000000000000000\""),
    );
    fs::write(&file, &text).unwrap();
    let load =
        |file: &Path| gouji::operator::load(&Sources { waivers: Some(file.to_path_buf()), ..Sources::default() });
    let rulebook = load(&file).unwrap_or_else(|problems| panic!("{problems:?}"));
    let submission = Submission { as_of: Date::new(2026, 1, 1), ..submission("2021", &unbalanced()) };
    let assessment = checker(rulebook).check(submission, &Deadline::NEVER).unwrap().assessment;
    let worth: Vec<WaiverOutcome> = assessment.waivers.iter().map(|used| used.outcome).collect();
    assert_eq!(
        (assessment.verdict, worth),
        (Verdict::Compliant, vec![WaiverOutcome::Applied, WaiverOutcome::Unmatched])
    );
    for (wrong, reason) in [
        (entry("code: TXT-010, body: 甲"), "can't be waived"),
        (entry("code: XYZ-001, body: 甲"), "no rule XYZ-001"),
        (entry("code: TAL-001"), "the field body is missing"),
        (entry("id: a, code: TAL-001, body: 甲") + &entry("id: a, code: TAL-002, body: 甲"), "has this id"),
        (entry("fingerprint: abc"), "32"),
        (entry("code: TAL-001, body: 甲").replace("12-31", "02-30"), "2026-12-31"),
    ] {
        fs::write(&file, format!("waivers:\n{wrong}")).unwrap();
        let problems = load(&file).err().unwrap_or_else(|| panic!("{wrong} is accepted"));
        assert!(
            problems[0].to_string().contains(reason) && (2..4).contains(&problems[0].line),
            "{wrong}: {}",
            problems[0]
        );
    }
}

/// A pack of one rule; its version tells the two packs apart.
fn write_pack(folder: &Path, version: usize) {
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("pack.yaml"), format!("name: swapped\nversion: '{version}'\nnamespace: SW\n")).unwrap();
    let rules = format!(
        "rules:
  - code: SW-001
    title: {{ zh: 第 {version} 版 }}
    severity: warning
    at: applications.received.total
    assert: report.applications.received.total < 0
    message: {{ zh: 第 {version} 版 }}
    examples: {{ bad: [{{ report: {{ year: 2022 }} }}] }}
"
    );
    fs::write(folder.join("rules.yaml"), rules).unwrap();
}

/// Points a link to another folder atomically, as a mounted ConfigMap does.
fn point(link: &Path, to: &Path) {
    let new = link.with_extension("new");
    std::os::unix::fs::symlink(to, &new).unwrap();
    fs::rename(&new, link).unwrap();
}

/// Folders with two versions of a pack and a broken one, and a link to the first.
struct Mounted {
    folder: tempfile::TempDir,
}

impl Mounted {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        write_pack(&folder.path().join("1"), 1);
        write_pack(&folder.path().join("2"), 2);
        write_pack(&folder.path().join("broken"), 3);
        let broken = folder.path().join("broken/rules.yaml");
        fs::write(&broken, fs::read_to_string(&broken).unwrap().replace("report.app", "report.ap")).unwrap();
        let mounted = Self { folder };
        mounted.point("1");
        mounted
    }

    fn link(&self) -> PathBuf {
        self.folder.path().join("pack")
    }

    fn point(&self, to: &str) {
        point(&self.link(), &self.folder.path().join(to));
    }

    fn sources(&self) -> Sources {
        Sources { packs: vec![self.link()], ..Sources::default() }
    }
}

#[test]
fn a_change_takes_effect_as_a_whole_or_not_at_all() {
    let mounted = Mounted::new();
    let rules = InForce::load(mounted.sources()).unwrap_or_else(|problems| panic!("{problems:?}"));
    let version = || rules.in_force().packs()[0].version.clone();
    assert_eq!((rules.reload(), version()), (Reload::Unchanged, "1".to_owned()));
    mounted.point("2");
    assert_eq!((rules.reload(), version()), (Reload::Swapped, "2".to_owned()));
    mounted.point("broken");
    let Reload::Refused(problems) = rules.reload() else { panic!("a broken pack is refused") };
    assert!(problems[0].to_string().contains("is it report.applications.received.total"), "{}", problems[0]);
    assert_eq!((version(), rules.standing().1.len()), ("2".to_owned(), problems.len()));
    assert_eq!(rules.reload(), Reload::Unchanged);
    mounted.point("1");
    assert_eq!((rules.reload(), version(), rules.standing().1.len()), (Reload::Swapped, "1".to_owned(), 0));
    // A pack that fails its own examples is broken too.
    write_pack(&mounted.folder.path().join("2"), 2);
    let file = mounted.folder.path().join("2/rules.yaml");
    fs::write(&file, fs::read_to_string(&file).unwrap().replace("< 0", ">= 0")).unwrap();
    mounted.point("2");
    assert!(matches!(rules.reload(), Reload::Refused(problems) if problems[0].to_string().contains("SW-001")));
}

#[test]
fn two_packs_do_not_share_names_or_codes() {
    let folder = common::root().join("examples/packs/new");
    let copy = tempfile::tempdir().unwrap();
    for name in ["pack.yaml", "rules.yaml"] {
        let text = fs::read_to_string(folder.join(name)).unwrap();
        fs::write(copy.path().join(name), text).unwrap();
    }
    let sources = Sources { packs: vec![folder, copy.path().to_owned()], ..Sources::default() };
    let problems = gouji::operator::load(&sources).err().unwrap();
    let told = |words: &str| problems.iter().any(|problem| problem.to_string().contains(words));
    assert!(
        told("rules.yaml:4:11: 规则代码 MY-001 在两个规则包中重复") && told("two packs are called my-rules"),
        "{problems:?}"
    );
}

/// Ten thousand requests over four connections, during fifty swaps, good and broken.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_answer_under_reload_is_of_rules_that_were_in_force() {
    const REQUESTS: usize = 10_000;
    const SWAPS: usize = 50;
    let mounted = Mounted::new();
    let rules = Arc::new(InForce::load(mounted.sources()).unwrap_or_else(|problems| panic!("{problems:?}")));
    let digest = |rules: &InForce| rules.in_force().engines()[0].digest().to_owned();
    let mut config = common::config();
    config.times.reload_ms = 0;
    let server = Server::bind(config).await.unwrap().with_rules(rules.clone());
    let address = server.address().unwrap();
    tokio::spawn(server.run(std::future::pending()));
    let channel = Channel::from_shared(format!("http://{address}")).unwrap().connect().await.unwrap();

    // Each digest with the version of its pack; a counter of swaps says which was in force when.
    let history = Arc::new(Mutex::new(vec![(digest(&rules), "1".to_owned())]));
    let (done, mut answered) = tokio::sync::watch::channel(0);
    let asking = (0..4).map(|_| {
        let (mut client, history, done) =
            (ComplianceServiceClient::new(channel.clone()), history.clone(), done.clone());
        tokio::spawn(async move {
            // A report of one row: the subject is which rules answer, not what they cost.
            let row = json!({ "report": { "year": 2023, "applications": { "received": { "total": 1 } } } });
            let report = report_to(&dossier(&row).report);
            let subject = v1::Filing { content: Some(v1::filing::Content::Report(Box::new(report))) };
            let request = v1::CheckReportRequest { subject: Some(subject), ..Default::default() };
            for _ in 0..REQUESTS / 4 {
                // A swap that happened but is not recorded yet may be seen: hence later entries count too.
                let from = history.lock().unwrap().len() - 1;
                let answer = client.check_report(request.clone()).await.unwrap().into_inner().assessment.unwrap();
                let version = answer.citation.as_ref().unwrap().packs[0].version.clone();
                let finding = answer.findings.iter().find(|finding| finding.rule_code == "SW-001").unwrap();
                assert_eq!(finding.message, format!("第 {version} 版"), "the answer agrees with its own rules");
                let known = |history: &[(String, String)]| {
                    history.iter().skip(from).any(|(digest, own)| {
                        *digest == answer.citation.as_ref().unwrap().rule_set_digest && *own == version
                    })
                };
                let patience = Instant::now() + PATIENCE;
                while !known(&history.lock().unwrap()) {
                    assert!(Instant::now() < patience, "a digest that was never in force");
                    tokio::task::yield_now().await;
                }
                done.send_modify(|done| *done += 1);
            }
        })
    });
    let asking: Vec<_> = asking.collect();
    let mut outcomes = (0, 0);
    for swap in 0..SWAPS {
        // Spread over the requests.
        let turn = swap * REQUESTS / (SWAPS + 1);
        answered.wait_for(|answered| *answered >= turn).await.unwrap();
        let to = ["2", "broken", "1", "broken"][swap % 4];
        mounted.point(to);
        let (rules, history) = (rules.clone(), history.clone());
        let reloaded = tokio::task::spawn_blocking(move || {
            let reload = rules.reload();
            history.lock().unwrap().push((digest(&rules), rules.in_force().packs()[0].version.clone()));
            reload
        });
        match reloaded.await.unwrap() {
            Reload::Swapped => outcomes.0 += 1,
            Reload::Refused(_) => outcomes.1 += 1,
            Reload::Unchanged => panic!("the change was not seen"),
        }
    }
    for task in asking {
        task.await.unwrap();
    }
    assert_eq!((*answered.borrow(), outcomes), (REQUESTS, (25, 25)));
}

/// The service checks by itself, reports what it refuses, and goes on answering.
#[tokio::test]
async fn the_service_notices_a_change_and_says_what_it_refuses() {
    let mounted = Mounted::new();
    let rules = Arc::new(InForce::load(mounted.sources()).unwrap_or_else(|problems| panic!("{problems:?}")));
    let mut config = common::config();
    config.times.reload_ms = 1;
    // What is refused is told to who administers the service.
    let callers = mounted.link().with_file_name("callers.yaml");
    let hash = common::hash("secret");
    let more = common::hash("other");
    let entries = format!(
        "callers: [{{ name: a, sha256: {hash}, roles: [administer] }}, {{ name: b, sha256: {more}, roles: [check] }}]"
    );
    fs::write(&callers, entries).unwrap();
    config.callers = callers.to_string_lossy().into_owned();
    let server = Server::bind(config).await.unwrap().with_rules(rules);
    let address = server.address().unwrap();
    tokio::spawn(server.run(std::future::pending()));
    let channel = Channel::from_shared(format!("http://{address}")).unwrap().connect().await.unwrap();
    let mut other = ComplianceServiceClient::with_interceptor(channel.clone(), common::bearer("other"));
    let mut client = ComplianceServiceClient::with_interceptor(channel, common::bearer("secret"));
    let mut until = async |wanted: fn(&v1::ListRulesResponse) -> bool| {
        let patience = Instant::now() + PATIENCE;
        loop {
            let answer = client.list_rules(v1::ListRulesRequest::default()).await.unwrap().into_inner();
            if wanted(&answer) {
                return answer;
            }
            assert!(Instant::now() < patience, "{:?} {:?}", answer.packs, answer.refused);
        }
    };
    mounted.point("2");
    let swapped = until(|answer| answer.packs[0].version == "2").await;
    assert_eq!(
        swapped.profiles.iter().map(|profile| profile.name.as_str()).collect::<Vec<_>>(),
        ["national", "beijing"]
    );
    mounted.point("broken");
    let refused = until(|answer| !answer.refused.is_empty()).await;
    assert!(refused.refused[0].contains("rules.yaml:6:") && refused.packs[0].version == "2", "{refused:?}");
    assert_eq!(refused.rule_set_digest, swapped.rule_set_digest);
    // Others are not told: it quotes files and their paths.
    let told = other.list_rules(v1::ListRulesRequest::default()).await.unwrap().into_inner().refused;
    assert_eq!(told, Vec::<String>::new());
    mounted.point("1");
    until(|answer| answer.refused.is_empty() && answer.packs[0].version == "1").await;
    // Hostile packs are refused while the service goes on answering.
    let hostile = fs::read_dir(common::root().join("tests/packs/hostile")).unwrap();
    for folder in hostile.map(|entry| entry.unwrap().path()) {
        point(&mounted.link(), &folder);
        until(|answer| !answer.refused.is_empty() && answer.packs[0].version == "1").await;
        mounted.point("1");
        until(|answer| answer.refused.is_empty()).await;
    }
}

#[test]
fn the_examples_of_profiles_and_waivers_load() {
    let example = |name: &str| Some(common::root().join("examples").join(name));
    let sources = Sources {
        packs: vec![common::root().join("examples/packs/sample")],
        profiles: example("profiles.yaml"),
        waivers: example("waivers.yaml"),
        profile: "qingxi-strict".to_owned(),
    };
    let rulebook = gouji::operator::load(&sources).unwrap_or_else(|problems| panic!("{problems:?}"));
    let names: Vec<&str> = rulebook.engines().iter().map(|engine| engine.profile().name.as_str()).collect();
    assert_eq!(names, ["qingxi-strict", "national", "beijing", "qingxi"]);
    assert!(rulebook.engines()[0].profile().parameters.four_decimals, "taken over by way of two profiles");
    assert_eq!(rulebook.waivers().len(), 2);
}
