//! The texts about a report itself, by the field names of the contract.

use crate::report::{AnnualReport, BodyKind, Edition, Level};

/// A text about a report itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::packs) enum Label {
    /// The name of the body.
    Body,
    /// 统一社会信用代码.
    Code,
    /// The kind of body: as the report says, else as the body's name tells.
    Kind,
    /// The level of government.
    Level,
    /// The division's code.
    Region,
    /// The code of the body to which it submits its report.
    Parent,
    /// The title.
    Title,
    /// The form that the report follows, as recognised.
    Edition,
}

/// All of them, by name.
pub(in crate::packs) const LABELS: [(&str, Label); 8] = [
    ("body.name", Label::Body),
    ("body.code", Label::Code),
    ("body.kind", Label::Kind),
    ("body.level", Label::Level),
    ("body.region_code", Label::Region),
    ("body.parent_code", Label::Parent),
    ("title", Label::Title),
    ("edition", Label::Edition),
];

const KINDS: [&str; 4] = ["KIND_GOVERNMENT", "KIND_DEPARTMENT", "KIND_TOWNSHIP", "KIND_AUTHORIZED_ORGANIZATION"];
const LEVELS: [&str; 5] = ["LEVEL_CENTRAL", "LEVEL_PROVINCE", "LEVEL_CITY", "LEVEL_COUNTY", "LEVEL_TOWNSHIP"];
const EDITIONS: [&str; 3] = ["EDITION_2019", "EDITION_2021", "EDITION_LEGACY"];

impl Label {
    /// The name of its field.
    pub fn name(self) -> &'static str {
        LABELS.into_iter().find(|(_, label)| *label == self).map_or("", |(name, _)| name)
    }

    /// The only possible values, as the contract's JSON writes them; `None` if any text is possible.
    pub fn values(self) -> Option<&'static [&'static str]> {
        match self {
            Self::Kind => Some(&KINDS),
            Self::Level => Some(&LEVELS),
            Self::Edition => Some(&EDITIONS),
            _ => None,
        }
    }

    /// The report's value; `None` if it isn't known.
    pub fn of(self, report: &AnnualReport) -> Option<&str> {
        let body = &report.body;
        let text = match self {
            Self::Body => &body.name,
            Self::Code => &body.code,
            Self::Region => &body.region_code,
            Self::Parent => &body.parent_code,
            Self::Title => &report.title,
            Self::Kind => return kind(report.kind_of_body()),
            Self::Level => return level(body.level),
            Self::Edition => return edition(report.edition),
        };
        (!text.is_empty()).then_some(text)
    }
}

fn kind(kind: BodyKind) -> Option<&'static str> {
    match kind {
        BodyKind::Unknown => None,
        BodyKind::Government => Some(KINDS[0]),
        BodyKind::Department => Some(KINDS[1]),
        BodyKind::Township => Some(KINDS[2]),
        BodyKind::AuthorizedOrganization => Some(KINDS[3]),
    }
}

fn level(level: Level) -> Option<&'static str> {
    match level {
        Level::Unknown => None,
        Level::Central => Some(LEVELS[0]),
        Level::Province => Some(LEVELS[1]),
        Level::City => Some(LEVELS[2]),
        Level::County => Some(LEVELS[3]),
        Level::Township => Some(LEVELS[4]),
    }
}

fn edition(edition: Edition) -> Option<&'static str> {
    match edition {
        Edition::Unknown => None,
        Edition::Of2019 => Some(EDITIONS[0]),
        Edition::Of2021 => Some(EDITIONS[1]),
        Edition::Legacy => Some(EDITIONS[2]),
    }
}
