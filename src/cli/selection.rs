//! Which findings are shown, in which order, and which of them fail the command.

use std::collections::BTreeSet;

use crate::{
    engine::{Assessment, Cause, Counts, Finding, Verdict},
    rule::{Rule, Severity},
    words::{
        Text,
        spelling::{instead, near_code, perhaps},
    },
};

/// Chooses findings by their rules.
#[derive(Debug, clap::Args)]
pub(super) struct Selection {
    /// 只列出这些规则的问题，写规则代码或类别，如 TAL-001,NAR；只影响所列问题和退出码，不改变检查结论 / Show only findings of these rules, by code or family, such as TAL-001,NAR; this concerns what is shown and the exit code, never the verdict
    #[arg(long, value_name = "规则 / CODES")]
    select: Vec<String>,
    /// 不列出这些规则的问题，写法同上；只影响所列问题和退出码，不改变检查结论 / Leave out findings of these rules, written likewise; this concerns what is shown and the exit code, never the verdict
    #[arg(long, value_name = "规则 / CODES")]
    ignore: Vec<String>,
}

/// The order of what is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Order {
    /// The gravest first.
    #[default]
    Severity,
    /// As the form has it.
    Form,
}

/// The least severity that fails the command.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum FailOn {
    /// Errors.
    #[default]
    Error,
    /// Errors and warnings.
    Warning,
    /// Any finding.
    Info,
    /// No finding, nor what could not be decided.
    Never,
}

/// What one file is for the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    Passes,
    Open,
    Fails,
}

/// The names of a list, with commas or the marks of a Chinese keyboard between them.
fn apart(names: &[String]) -> impl Iterator<Item = &str> {
    names.iter().flat_map(|list| list.split([',', '，', '、'])).map(str::trim).filter(|name| !name.is_empty())
}

impl Selection {
    /// Refuses what is neither the code of a rule nor a family.
    pub fn check(&self, rules: &[Rule]) -> Result<(), Text> {
        let codes: BTreeSet<&str> = rules.iter().map(|rule| &*rule.code).collect();
        let families: BTreeSet<&str> = codes.iter().map(|code| family(code)).collect();
        // A variable that isn't set would choose nothing, and everything would pass.
        for (option, names) in [("--select", &self.select), ("--ignore", &self.ignore)] {
            if !names.is_empty() && apart(names).next().is_none() {
                return Err(Text::new(
                    format!("{option} 没有写明规则代码或类别"),
                    format!("{option} names no rule or family"),
                ));
            }
        }
        for name in apart(&self.select).chain(apart(&self.ignore)) {
            let upper = name.to_uppercase();
            if codes.contains(&*upper) || families.contains(&*upper) {
                continue;
            }
            // A code is compared with codes, and a family with families: the list of all codes would help nobody.
            let (zh, en) = if upper.contains('-') {
                match near_code(&upper, codes.iter().copied()) {
                    Some(near) => perhaps(Some(near)),
                    None => ("；用 gouji rules list 查看全部".to_owned(), "; see gouji rules list".to_owned()),
                }
            } else {
                instead(&upper, &families.iter().copied().collect::<Vec<_>>())
            };
            return Err(Text::new(
                format!("没有规则或类别 {name}{zh}"),
                format!("there is no rule or family {name}{en}"),
            ));
        }
        Ok(())
    }

    fn is_all(&self) -> bool {
        self.select.is_empty() && self.ignore.is_empty()
    }

    fn takes(&self, code: &str) -> bool {
        let named = |names: &[String]| {
            apart(names).any(|name| name.eq_ignore_ascii_case(code) || name.eq_ignore_ascii_case(family(code)))
        };
        (self.select.is_empty() || named(&self.select)) && !named(&self.ignore)
    }

    /// Leaves what is chosen. The verdict stays: it is that of all rules.
    pub fn narrow(&self, assessment: &mut Assessment) {
        if self.is_all() {
            return;
        }
        let mut places = vec![None; assessment.findings.len()];
        let mut kept = Vec::new();
        for (at, finding) in std::mem::take(&mut assessment.findings).into_iter().enumerate() {
            if self.takes(&finding.code) {
                places[at] = Some(kept.len());
                kept.push(finding);
            }
        }
        let causes = std::mem::take(&mut assessment.causes);
        assessment.causes = causes.into_iter().filter_map(|cause| self.narrowed(cause, &places, &kept)).collect();
        assessment.trial.retain(|finding| self.takes(&finding.code));
        assessment.counts = Counts { trial: assessment.trial.len(), ..counts(&kept) };
        assessment.findings = kept;
        assessment.rulings.retain(|ruling| self.takes(&ruling.code));
        // A fingerprint names its rule: `1:TAB-008:…`.
        assessment.fixed.retain(|own| own.split(':').nth(1).is_none_or(|code| self.takes(code)));
    }

    fn narrowed(&self, mut cause: Cause, places: &[Option<usize>], kept: &[Finding]) -> Option<Cause> {
        let had_findings = !cause.findings.is_empty();
        cause.findings = cause.findings.iter().filter_map(|at| places.get(*at).copied().flatten()).collect();
        cause.undecided.retain(|code| self.takes(code));
        if cause.findings.is_empty() && (had_findings || cause.undecided.is_empty()) {
            return None;
        }
        let own = || cause.findings.iter().map(|at| &kept[*at]);
        let counted = own().filter(|finding| finding.waiver.is_none()).map(|finding| finding.severity).min();
        cause.waived = had_findings && counted.is_none();
        cause.severity = counted.or_else(|| own().map(|finding| finding.severity).min()).unwrap_or(cause.severity);
        Some(cause)
    }

    /// Whether a narrowed assessment passes.
    pub fn standing(&self, assessment: &Assessment, fail_on: FailOn) -> Standing {
        let counts = &assessment.counts;
        let fails = match fail_on {
            FailOn::Never => return Standing::Passes,
            FailOn::Error => counts.errors > counts.context_errors,
            FailOn::Warning => counts.errors + counts.warnings > 0,
            FailOn::Info => counts.errors + counts.warnings + counts.infos > 0,
        };
        // A verdict that rests on rules that are not chosen hides what the chosen ones could not decide.
        let is_open = |assessment: &Assessment| {
            let mut rulings = assessment.rulings.iter();
            rulings.any(|own| !own.trial && (own.failed || own.severity == Severity::Error && own.undecided))
        };
        match assessment.verdict {
            _ if fails => Standing::Fails,
            Verdict::Undetermined => Standing::Open,
            _ if !self.is_all() && is_open(assessment) => Standing::Open,
            _ => Standing::Passes,
        }
    }
}

impl Order {
    /// Puts the causes in this order.
    pub fn put(self, assessment: &mut Assessment) {
        match self {
            // The form's order decides between equals.
            Self::Severity => assessment
                .causes
                .sort_by_key(|cause| (cause.waived, cause.severity, cause.kind, cause.location.order())),
            Self::Form => assessment.causes.sort_by_key(|cause| cause.location.order()),
        }
    }
}

/// What stands before the number of a code.
fn family(code: &str) -> &str {
    code.rsplit_once('-').map_or(code, |(family, _)| family)
}

fn counts(findings: &[Finding]) -> Counts {
    let mut counts = Counts::default();
    for finding in findings {
        counts.add(finding.severity, 1);
        if finding.waiver.is_some() {
            counts.waive(finding.severity);
        } else if finding.of_context && finding.severity == Severity::Error {
            counts.context_errors += 1;
        }
    }
    counts
}
