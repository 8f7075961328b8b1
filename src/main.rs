//! x
use gouji::{
    checker::Checker,
    report::{Filing, Submission},
};
fn main() {
    let c = Checker::new(1 << 24);
    for f in std::env::args().skip(1) {
        let r = c.check(Submission::of(Filing::document(std::fs::read(&f).unwrap(), f.clone())), None);
        match r {
            Err(e) => println!("{f}: {:?} {}", e.reason, e.message.zh),
            Ok(k) => {
                let r = &k.report;
                println!(
                    "{f}: {:?} {:?} {} | {:?} {} readings {} defects {} secs {:?}",
                    k.assessment.verdict,
                    r.year,
                    r.body.name,
                    r.edition,
                    r.readings.len(),
                    r.defects.len(),
                    r.sections.len(),
                    r.title
                );
                for f in &k.assessment.findings {
                    println!(
                        "   {} {:?} {} [{}] exp {} act {} L{}",
                        f.code, f.severity, f.message.zh, f.equation, f.expected.zh, f.actual.zh, f.line
                    );
                }
                for g in k
                    .assessment
                    .rulings
                    .iter()
                    .filter(|g| !g.reasons.is_empty() && g.outcome != gouji::rule::Outcome::NotApplicable)
                {
                    println!(
                        "   -- {} {:?} {:?}",
                        g.code,
                        g.outcome,
                        g.reasons.iter().map(|t| t.zh.to_string()).collect::<Vec<_>>()
                    );
                }
            }
        }
    }
}
