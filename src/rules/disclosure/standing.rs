//! Bodies at a low level, for figures that no such body can have.

use crate::{
    report::{AnnualReport, Level},
    words::Text,
};

/// A body below the city.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Low {
    /// A county or a district, its government or one of its departments.
    County,
    /// A township, town or sub-district.
    Township,
}

impl Low {
    /// The common name of a body at that level.
    pub fn name(self) -> Text {
        match self {
            Self::County => Text::fixed("县级（县、市辖区）机关", "a body at county level"),
            Self::Township => Text::fixed("乡镇、街道", "a township or sub-district"),
        }
    }
}

/// The low level of a report's body; `None` if it is higher or unknown.
pub(super) fn low(report: &AnnualReport) -> Option<Low> {
    match report.level_of_body() {
        Level::Township => Some(Low::Township),
        Level::County => Some(Low::County),
        Level::Unknown | Level::City | Level::Province | Level::Central => None,
    }
}
