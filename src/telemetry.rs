//! Logs and metrics: the names of the call identifier and of the metrics, and where logs go. Metrics are counted
//! through the `metrics` facade; collecting them is left to the transport that will expose them.
//!
//! No field contains text of a report, and none may.

use tracing_subscriber::EnvFilter;

use crate::words::{Language, Text};

/// The name of a call's identifier, in logs and in metadata.
pub const REQUEST_ID: &str = "x-request-id";

/// Counts changes of the operator's rules, by `outcome`: `swapped` or `refused`.
pub const RELOADS: &str = "gouji_rule_reloads_total";

/// 1 while the operator's files are refused and the rules before them are in force; else 0.
pub const RULES_REFUSED: &str = "gouji_rules_refused";

/// Counts changes of the other files that are watched (callers, certificates), by `of` and `outcome`.
pub const FILES: &str = "gouji_file_reloads_total";

/// Counts connections that were closed before any call, by `why`: `connections`, `connections_per_peer`, `handshake` or
/// `silent`; and as `gave_way` those that were closed to make room for another.
pub const CONNECTIONS_REFUSED: &str = "gouji_connections_refused_total";

/// Counts calls that were refused before their message was read, by `why`: the name of the reason.
pub const CALLS_REFUSED: &str = "gouji_calls_refused_total";

/// The form of log lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// Lines for people.
    #[default]
    Text,
    /// One JSON object per line.
    Json,
}

/// Why no logs are written.
#[derive(Debug)]
pub enum StartError {
    /// This filter is invalid.
    Filter(String),
    /// Logs are written already.
    Started(Box<dyn std::error::Error + Send + Sync>),
}

impl StartError {
    /// Why, in a language.
    pub fn told(&self, language: Language) -> String {
        let why = match self {
            Self::Filter(filter) => Text::new(
                format!("log.filter 有误，实为“{filter}”：{FILTER_ZH}"),
                format!("log.filter is wrong, and is “{filter}”: {FILTER_EN}"),
            ),
            Self::Started(error) => Text::new(format!("无法写日志：{error}"), format!("no logs are written: {error}")),
        };
        why.in_language(language).to_owned()
    }
}

/// How a filter is written.
const FILTER_ZH: &str = "应写作 info，或 info,gouji=debug；级别有 off、error、warn、info、debug、trace";
const FILTER_EN: &str = "write info, or info,gouji=debug; levels are off, error, warn, info, debug, trace";

/// Starts writing logs to standard error. `filter` has a form like `info,gouji=debug`.
///
/// # Errors
///
/// If the filter is invalid, or logging has been started already.
pub fn start(format: LogFormat, filter: &str) -> Result<(), StartError> {
    // An empty filter would tell errors alone, or nothing: whoever wants that writes it.
    let parsed = if filter.trim().is_empty() { None } else { EnvFilter::try_new(filter).ok() };
    let filter = parsed.ok_or_else(|| StartError::Filter(filter.to_owned()))?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = match format {
        LogFormat::Text => builder.with_ansi(false).try_init(),
        // A call is one span: in the list of spans it would be there a second time.
        LogFormat::Json => builder.json().flatten_event(true).with_span_list(false).try_init(),
    };
    started.map_err(StartError::Started)?;
    // A panic's message may quote a report: its location is enough.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panic");
    }));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_that_says_nothing_is_refused_as_a_wrong_one_is() {
        for wrong in ["", " ", "gouji=loud"] {
            let refused = start(LogFormat::Text, wrong).expect_err("a wrong filter");
            let told = refused.told(Language::Zh);
            assert!(told.starts_with(&format!("log.filter 有误，实为“{wrong}”：应写作 info")), "{told}");
        }
    }
}
