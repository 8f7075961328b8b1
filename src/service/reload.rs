//! Checks the operator's rules for changes from time to time, and puts them in force when they change.
//!
//! The check runs at intervals and after a hang-up signal, and compares content: a change is noticed whatever links
//! lead to the files, on every file system, and none is missed while the process is busy.

use std::{io, sync::Arc, time::Duration};

use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    task::JoinHandle,
};

use crate::{
    operator::{InForce, Reload, Watched},
    telemetry::{FILES, RELOADS, RULES_REFUSED},
};

/// Checks every `period`, and at once after SIGHUP, which therefore does not end the process. There are no regular
/// checks if the period is 0 or there are no files. `others` are files that are no rules.
///
/// # Errors
///
/// If the signal handler can't be installed.
pub(super) fn watch(
    rules: Arc<InForce>,
    others: Vec<Arc<dyn Watched>>,
    period: Duration,
) -> io::Result<JoinHandle<()>> {
    let mut hangup = signal(SignalKind::hangup())?;
    Ok(tokio::spawn(async move {
        let has_files = rules.has_files() || !others.is_empty();
        loop {
            let asked = due(&mut hangup, (has_files && !period.is_zero()).then_some(period)).await;
            if asked && !has_files {
                tracing::info!(
                    "SIGHUP: no packs, profiles, waivers, callers or certificates are configured: nothing to reload"
                );
                continue;
            }
            let (rules, others) = (rules.clone(), others.clone());
            // Loading parses packs and runs examples: not on a thread that serves.
            let looked = tokio::task::spawn_blocking(move || {
                // These first: they are soon done, and whom they shut out must not wait for rules.
                let changed = others.iter().filter(|other| look_at(&***other)).count();
                let changed = changed + usize::from(reload(&rules));
                if asked && changed == 0 {
                    // A change is told where it is found.
                    let refused = rules.standing().1.len();
                    tracing::info!(
                        refused,
                        "SIGHUP: no file has changed since the last look; settings are read at the start alone"
                    );
                }
            });
            match looked.await {
                Ok(()) => {}
                Err(error) => tracing::error!(%error, "the operator's files could not be looked at"),
            }
        }
    }))
}

/// Waits for the signal, or for the period if there is one; whether it was the signal.
async fn due(hangup: &mut Signal, period: Option<Duration>) -> bool {
    let clock = async {
        match period {
            Some(period) => tokio::time::sleep(period).await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = hangup.recv() => true,
        () = clock => false,
    }
}

/// The same for files that are no rules; whether they had changed.
fn look_at(other: &dyn Watched) -> bool {
    let outcome = match other.reload() {
        Reload::Unchanged => return false,
        Reload::Swapped => {
            tracing::info!(what = other.what(), "changed files are in force");
            "swapped"
        }
        Reload::Refused(problems) => {
            let first = problems.first().map(ToString::to_string);
            tracing::error!(what = other.what(), first, "changed files are refused; what was before stays in force");
            "refused"
        }
    };
    metrics::counter!(FILES, "of" => other.what(), "outcome" => outcome).increment(1);
    true
}

/// Checks once, and records the outcome in the log and in metrics; whether the rules had changed.
fn reload(rules: &InForce) -> bool {
    match rules.reload() {
        Reload::Unchanged => return false,
        Reload::Swapped => {
            metrics::counter!(RELOADS, "outcome" => "swapped").increment(1);
            metrics::gauge!(RULES_REFUSED).set(0.0);
            let rulebook = rules.in_force();
            let digest = rulebook.engines().first().map(|engine| engine.digest().to_owned());
            let told = rulebook.summary();
            tracing::info!(
                packs = told.packs,
                profiles = told.profiles,
                waivers = told.waivers,
                digest,
                "rules changed"
            );
        }
        Reload::Refused(problems) => {
            metrics::counter!(RELOADS, "outcome" => "refused").increment(1);
            metrics::gauge!(RULES_REFUSED).set(1.0);
            let first = problems.first().map(ToString::to_string);
            tracing::error!(problems = problems.len(), first, "changed rules are refused; those before stay in force");
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use metrics_util::debugging::{DebugValue, DebuggingRecorder};

    use super::*;
    use crate::operator::Sources;

    #[test]
    fn a_refused_change_is_counted_and_shown_until_it_is_mended() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("profiles.yaml");
        let write = |text: &str| std::fs::write(&file, text).expect("a file");
        write("profiles: []");
        let sources = Sources { profiles: Some(file.clone()), ..Sources::default() };
        let rules = InForce::load(sources).unwrap_or_else(|problems| panic!("{problems:?}"));
        let recorder = DebuggingRecorder::new();
        let snapshotter = recorder.snapshotter();
        let seen = |name: &str| {
            let all = snapshotter.snapshot().into_vec();
            all.into_iter().find(|(key, ..)| key.key().name() == name).map(|(.., value)| value)
        };
        metrics::with_local_recorder(&recorder, || {
            write("profiles: [{ name: a, rules: { XYZ-001: off } }]");
            reload(&rules);
            assert_eq!(seen(RULES_REFUSED), Some(DebugValue::Gauge(1.0.into())));
            write("profiles: [{ name: a }]");
            reload(&rules);
            assert_eq!(seen(RULES_REFUSED), Some(DebugValue::Gauge(0.0.into())));
            assert!(matches!(seen(RELOADS), Some(DebugValue::Counter(_))));
        });
    }
}
