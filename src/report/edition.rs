//! The editions of the form, and which one is in force in which year.

use crate::words::Text;

/// Which form a report follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Edition {
    /// Unknown: neither stated nor recognisable from the tables.
    #[default]
    Unknown,
    /// The form of 国办公开办函〔2019〕60号, for the reports of 2019 and 2020.
    Of2019,
    /// The form of 国办公开办函〔2021〕30号, for the reports of 2021 and later.
    Of2021,
    /// The free-form structure of 2018 and earlier: recognised, never judged.
    Legacy,
}

impl Edition {
    /// The form in force for a report year (60号 一, 30号 题注).
    pub const fn in_force(year: i32) -> Self {
        match year {
            ..=2018 => Self::Legacy,
            2019 | 2020 => Self::Of2019,
            _ => Self::Of2021,
        }
    }

    /// The number of the notice that prescribes the form.
    pub const fn instrument(self) -> &'static str {
        match self {
            Self::Of2019 => "国办公开办函〔2019〕60号",
            Self::Of2021 => "国办公开办函〔2021〕30号",
            Self::Unknown | Self::Legacy => "",
        }
    }

    /// The form's common name.
    pub const fn name(self) -> Text {
        match self {
            Self::Of2019 => Text::fixed("2019年版格式（60号）", "the form of 2019 (No. 60)"),
            Self::Of2021 => Text::fixed("2021年版格式（30号）", "the form of 2021 (No. 30)"),
            Self::Legacy => Text::fixed("2018年度及以前的格式", "the free structure of 2018 and before"),
            Self::Unknown => Text::fixed("无法识别的格式", "a form that was not recognised"),
        }
    }
}
