//! Who is let in.

use std::{
    collections::BTreeSet,
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use super::{
    caller::{Caller, Role},
    register::{Certificate, Register},
};
use crate::{
    operator::Kept,
    report::Date,
    submission::{Error, Reason},
    words::Text,
};

const UNKNOWN: Text =
    Text::fixed("无法确认调用方：请出示有效的令牌或证书", "who calls is not known: show a valid token or certificate");

/// What a caller shows. A certificate has been verified.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shown<'a> {
    /// A token.
    pub token: Option<&'a [u8]>,
    /// A certificate.
    pub certificate: Option<&'a Certificate>,
}

/// Who is let in.
pub struct Entrance {
    asks: Asks,
    /// The roles of those who are in no file.
    unlisted: BTreeSet<Role>,
    /// Where nobody is asked.
    anybody: Arc<Caller>,
}

/// What is asked of a caller.
enum Asks {
    Nothing,
    Certificate,
    Entry(Arc<Kept<Register>>),
}

impl Entrance {
    /// An entrance for those in the register; without one for those who have shown a good certificate, where
    /// `certificates` are asked for; without both for everybody. `waivers` says whether requests of the latter two may
    /// waive.
    pub fn new(register: Option<Arc<Kept<Register>>>, certificates: bool, waivers: bool) -> Self {
        let asks = match register {
            Some(register) => Asks::Entry(register),
            None if certificates => Asks::Certificate,
            None => Asks::Nothing,
        };
        let unlisted: BTreeSet<Role> = [Role::Check].into_iter().chain(waivers.then_some(Role::Waive)).collect();
        Self { asks, anybody: Arc::new(Caller::new("", unlisted.clone(), None)), unlisted }
    }

    /// Whether tokens count. Otherwise what a gateway has let through is nothing to complain of.
    pub fn reads_tokens(&self) -> bool {
        matches!(self.asks, Asks::Entry(_))
    }

    /// Who calls.
    ///
    /// # Errors
    ///
    /// If that is not known.
    pub fn identify(&self, shown: Shown<'_>) -> Result<Arc<Caller>, Error> {
        let now = seconds();
        // A connection may be older than its certificate.
        let certificate = shown.certificate.filter(|certificate| now <= certificate.expires);
        let today = day(now);
        let caller = match (&self.asks, shown.token) {
            (Asks::Nothing, _) => Some(self.anybody.clone()),
            (Asks::Certificate, _) => certificate.map(|certificate| self.certified(certificate)),
            // Who shows a token wants to be known by it: a wrong one is not made good by the certificate.
            (Asks::Entry(register), Some(token)) => today.and_then(|today| register.value().by_token(token, today)),
            (Asks::Entry(register), None) => {
                certificate.zip(today).and_then(|(shown, today)| register.value().by_certificate(shown, today))
            }
        };
        caller.ok_or_else(|| Error::plain(Reason::Unauthenticated, UNKNOWN))
    }

    fn certified(&self, certificate: &Certificate) -> Arc<Caller> {
        let name = certificate.names.first().map(String::as_str).unwrap_or_default();
        Arc::new(Caller::new(name, self.unlisted.clone(), None))
    }
}

/// The seconds since 1970.
fn seconds() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(now.as_secs()).unwrap_or(i64::MAX)
}

/// The day in China at a second since 1970. Years are counted from March, so that a leap day is the last of its year.
fn day(seconds: i64) -> Option<Date> {
    const ERA: i64 = 146_097;
    let days = (seconds.saturating_add(8 * 3600)).div_euclid(86_400) + 719_468;
    let (era, of_era) = (days.div_euclid(ERA), days.rem_euclid(ERA));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let of_month = of_year - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    let int = |number: i64| i32::try_from(number).ok();
    Date::new(int(year + era * 400 + next)?, int(month)?, int(of_month)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_midnight_in_china() {
        let days = [-28_800, 57_599, 57_600, 951_753_599, 951_753_600, 951_840_000, 1_767_196_800];
        let days = days.map(|seconds| day(seconds).map(|day| day.to_string()).unwrap_or_default());
        let expected =
            ["1970-01-01", "1970-01-01", "1970-01-02", "2000-02-28", "2000-02-29", "2000-03-01", "2026-01-01"];
        assert_eq!(days, expected);
    }
}
