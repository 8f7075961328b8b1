//! The values of options, each refused in both languages.

use std::num::NonZeroUsize;

use crate::{report::Date, wire::report::YEARS};

/// A day of the calendar.
pub(super) fn day(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "应为存在的日期，如 2026-03-31 / a day that exists, such as 2026-03-31".to_owned())
}

/// A report year.
pub(super) fn year(text: &str) -> Result<i32, String> {
    let (from, to) = (YEARS.start(), YEARS.end());
    let year = text.parse().ok().filter(|year| YEARS.contains(year));
    year.ok_or_else(|| format!("应为 {from} 至 {to} 的年份 / a year from {from} to {to}"))
}

/// Seconds to wait for one file.
pub(super) fn seconds(text: &str) -> Result<u64, String> {
    let seconds = text.parse().ok().filter(|seconds| (1..=3600).contains(seconds));
    seconds.ok_or_else(|| "应为 1 至 3600 的整数 / a whole number from 1 to 3600".to_owned())
}

/// How many files to check at once.
pub(super) fn jobs(text: &str) -> Result<NonZeroUsize, String> {
    let jobs = text.parse().ok().filter(|jobs: &NonZeroUsize| jobs.get() <= 256);
    jobs.ok_or_else(|| "应为 1 至 256 的整数 / a whole number from 1 to 256".to_owned())
}
