//! Calendar dates on the wire.

use super::google::r#type::Date as WireDate;
use crate::{
    report::Date,
    submission::{FaultKind, Faults},
    words::Text,
};

/// The date of a field; if set, the field must name an existing day.
pub(super) fn date_from(date: Option<&WireDate>, field: impl Fn() -> String, faults: &mut Faults) -> Option<Date> {
    let date = date?;
    let day = Date::new(date.year, date.month, date.day);
    if day.is_none() {
        faults.note(
            FaultKind::Malformed,
            field(),
            Text::new(
                format!("应为存在的日期，实为 {}-{}-{}", date.year, date.month, date.day),
                format!("must be a day that exists, not {}-{}-{}", date.year, date.month, date.day),
            ),
        );
    }
    day
}

/// A date as a message.
pub(super) fn date_to(date: Date) -> WireDate {
    WireDate { year: date.year(), month: date.month().into(), day: date.day().into() }
}
