//! How low a body stands, for what no body so low can have.

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
    /// What people call a body of that level.
    pub fn name(self) -> Text {
        match self {
            Self::County => Text::fixed("县级（县、市辖区）机关", "a body at county level"),
            Self::Township => Text::fixed("乡镇、街道", "a township or sub-district"),
        }
    }
}

/// How low the body of a report stands; nothing where it stands higher or can't be told.
pub(super) fn low(report: &AnnualReport) -> Option<Low> {
    match report.level_of_body() {
        Level::Township => Some(Low::Township),
        Level::County => Some(Low::County),
        Level::Unknown | Level::City | Level::Province | Level::Central => None,
    }
}
