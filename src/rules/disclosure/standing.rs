//! How low a body stands, told from what it says of itself: the level that is stated, else its name,
//! else the way its text speaks of it. Where that leaves a doubt, nothing is told.

use std::sync::LazyLock;

use regex::Regex;

use crate::report::{AnnualReport, BodyKind, Level};

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
    pub fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::County => ("县级（县、市辖区）机关", "a body at county level"),
            Self::Township => ("乡镇、街道", "a township or sub-district"),
        }
    }
}

#[allow(clippy::expect_used, reason = "a constant pattern, compiled by every test")]
fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a valid pattern")
}

/// A body of a township is named after it to the end: 大庙乡人民政府, 廿三里街道办事处.
static TOWNSHIP: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:[\u4e00-\u9fff]{2}(?:镇|乡|街道)|(?:镇|乡|苏木)人民政府|街道办事处)$"));
/// 郎溪县财政局, 昌图县人民政府, 云和县.
static COUNTY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"[\u4e00-\u9fff](?:县|自治旗)(?:$|人民政府|[\u4e00-\u9fff]{1,20}(?:局|委员会|办公室|大队|中心|馆|院|社)$)")
});
/// 县域经济促进局 is no body of a county; 县城市管理局 and 县乡村振兴局 are.
static NO_COUNTY: LazyLock<Regex> = LazyLock::new(|| pattern(r"县域|县级|县区|县镇|县城(?:[^市乡]|$)|县乡(?:[^村]|$)"));
/// 朝阳区人民政府, 市南区财政局: a district of a city, not a zone or an autonomous region.
static DISTRICT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[\u4e00-\u9fff]区(?:人民政府|[\u4e00-\u9fff]{1,20}(?:局|委员会|办公室)$)"));
static NO_DISTRICT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "自治区|开发区|新区|园区|景区|地区|试验区|实验区|示范区|保护区|管理区|高新区|经开区|合作区|保税区|矿区|特区|\
         库区|林区|灌区|牧区|军区|校区|社区|行政区|经济区|度假区|管委会|管理委员会",
    )
});
/// How the text of a township speaks of its body.
static OUR_TOWNSHIP: LazyLock<Regex> = LazyLock::new(|| pattern("(?:我|本)(?:镇|乡|街道|办事处)"));

/// How low the body of a report stands; nothing where it stands higher or can't be told.
pub(super) fn low(report: &AnnualReport) -> Option<Low> {
    let body = &report.body;
    match (body.level, body.kind) {
        (Level::Township, _) | (_, BodyKind::Township) => Some(Low::Township),
        (Level::County, _) => Some(Low::County),
        (Level::Central | Level::Province | Level::City, _) => None,
        (Level::Unknown, _) if body.name.is_empty() => speaks_as_township(report).then_some(Low::Township),
        (Level::Unknown, _) => by_name(&body.name),
    }
}

fn by_name(name: &str) -> Option<Low> {
    let name: String = name.chars().filter(|char| !char.is_whitespace()).collect();
    if TOWNSHIP.is_match(&name) {
        return Some(Low::Township);
    }
    let district = DISTRICT.is_match(&name) && !NO_DISTRICT.is_match(&name);
    let county = COUNTY.is_match(&name) && !NO_COUNTY.is_match(&name);
    (county || district).then_some(Low::County)
}

/// Whether a report without a name speaks of its body as a township.
fn speaks_as_township(report: &AnnualReport) -> bool {
    let texts = std::iter::once(&report.preamble).chain(report.sections.iter().map(|section| &section.text));
    texts.take(3).any(|text| OUR_TOWNSHIP.is_match(text))
}

#[cfg(test)]
mod tests {
    use super::{Low, by_name};

    #[test]
    fn low_bodies_are_told_by_name_and_doubtful_ones_are_not() {
        for name in ["昌图县七家子镇", "大庙乡人民政府", "义乌市廿三里街道", "西咸新区底张街道办事处"]
        {
            assert_eq!(by_name(name), Some(Low::Township), "{name}");
        }
        for name in [
            "郎溪县财政局",
            "青溪县市场监督管理局",
            "青溪县城市管理局",
            "青溪县乡村振兴局",
            "青溪县人民政府",
            "洪泽区人民政府",
            "梅州市梅县区人民政府办公室",
            "北京市朝阳区教育委员会",
        ] {
            assert_eq!(by_name(name), Some(Low::County), "{name}");
        }
        for name in [
            "平潭综合实验区",
            "平潭综合实验区财政金融局",
            "中关村科技园区管理委员会",
            "白城市人民政府",
            "深圳市商务局",
            "广西壮族自治区人民政府",
            "内蒙古自治区乡村振兴局",
            "义乌市人民政府",
            "某市县域经济促进局",
            "上海市浦东新区人民政府",
            "景德镇市人民政府",
            "河南省县区财政服务中心",
            "阿里地区行政公署",
            "国务院办公厅",
            "",
        ] {
            assert_eq!(by_name(name), None, "{name}");
        }
    }
}
