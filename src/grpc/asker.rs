//! Who asks, and until when: what a call's headers tell before its message is read.

use std::{
    hash::{Hash, Hasher},
    net::IpAddr,
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use http::HeaderMap;

use super::room::network;
use crate::{
    service::{Asker, Lane},
    submission::{Error, Fault, FaultKind},
    words::Text,
};

const TIMEOUT: &str = "grpc-timeout";

/// A caller that nothing is known of, with the deadline that the headers give.
///
/// # Errors
///
/// If they give one that can't be read: who believes in a deadline shall not wait without.
pub(super) fn asker(headers: &HeaderMap) -> Result<Asker, Error> {
    Ok(Asker { lane: Lane::default(), deadline: deadline(headers)?, is_stream: false })
}

/// Whose turn it is at a caller's calls: by its name, wherever it calls from; where nobody asks for names, by its address.
pub(super) fn lane_of(name: &str, address: Option<IpAddr>) -> Lane {
    let mut hash = std::hash::DefaultHasher::new();
    match (name, address) {
        ("", None) => return Lane::default(),
        ("", Some(address)) => network(address).hash(&mut hash),
        (name, _) => name.hash(&mut hash),
    }
    Lane { caller: hash.finish(), stream: 0 }
}

/// The lane of another stream of a caller.
pub(super) fn stream_of(lane: Lane) -> Lane {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    Lane { stream: NEXT.fetch_add(1, Ordering::Relaxed), ..lane }
}

/// The call's deadline; a year from now if it sets none. Slightly early, because at the deadline
/// the caller itself ends the call, without a reason that programs could act on.
fn deadline(headers: &HeaderMap) -> Result<Instant, Error> {
    const FAR: Duration = Duration::from_secs(365 * 24 * 3600);
    const MARGIN: Duration = Duration::from_millis(20);
    let mut given = headers.get_all(TIMEOUT).iter();
    let within = match (given.next(), given.next()) {
        (None, _) => Some(FAR),
        (Some(value), None) => value.to_str().ok().and_then(timeout),
        (Some(_), Some(_)) => None,
    };
    let within = within.ok_or_else(unreadable)?.min(FAR);
    Ok(Instant::now() + within - (within / 4).min(MARGIN))
}

fn unreadable() -> Error {
    let expected = Text::fixed(
        "应为至多八位数字加单位 H、M、S、m、u 或 n，只给一次",
        "must be up to eight digits and one of the units H, M, S, m, u, n, once",
    );
    Error::invalid(vec![Fault { kind: FaultKind::Malformed, field: TIMEOUT.into(), expected }])
}

/// The time that `grpc-timeout` gives: up to eight digits and a unit.
fn timeout(value: &str) -> Option<Duration> {
    let (digits, unit) = value.split_at_checked(value.len().checked_sub(1)?)?;
    let number: u64 = digits.parse().ok().filter(|_| digits.len() <= 8 && !digits.starts_with('+'))?;
    match unit {
        "H" => Some(Duration::from_secs(number * 3600)),
        "M" => Some(Duration::from_secs(number * 60)),
        "S" => Some(Duration::from_secs(number)),
        "m" => Some(Duration::from_millis(number)),
        "u" => Some(Duration::from_micros(number)),
        "n" => Some(Duration::from_nanos(number)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_calls_deadline_is_read_as_grpc_writes_it() {
        assert_eq!(timeout("250m"), Some(Duration::from_millis(250)));
        assert_eq!(timeout("2S"), Some(Duration::from_secs(2)));
        for wrong in ["", "S", "5", "-1S", "+1S", "123456789S", "5x", "5é"] {
            assert_eq!(timeout(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_deadline_that_cannot_be_read_is_none_that_is_missing() {
        let of = |values: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(TIMEOUT, http::HeaderValue::from_static(value));
            }
            asker(&headers).is_ok()
        };
        assert!(of(&[]) && of(&["1S"]));
        assert!(!of(&["1.5S"]) && !of(&["1S", "1S"]));
    }
}
