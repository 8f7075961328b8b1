//! Which kind of body makes a report and at which level it is: as the report says, else as its name tells, else as its
//! text suggests. In doubt, the answer is unknown.

use std::sync::LazyLock;

use regex::Regex;

use super::{AnnualReport, BodyKind, Level};

#[allow(clippy::expect_used, reason = "a constant pattern, compiled by every test")]
fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a valid pattern")
}

/// The body of a township is named after it at the end of its name: 大庙乡人民政府, 廿三里街道办事处.
static TOWNSHIP: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:[\u4e00-\u9fff]{2}(?:镇|乡|街道)|(?:镇|乡|苏木)人民政府|街道办事处)$"));
/// 郎溪县财政局, 昌图县人民政府, 云和县.
static COUNTY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"[\u4e00-\u9fff](?:县|自治旗)(?:$|人民政府|[\u4e00-\u9fff]{1,20}(?:局|委员会|办公室|大队|中心|馆|院|社)$)")
});
/// 县域经济促进局 is not a body of a county; 县城市管理局 and 县乡村振兴局 are.
static NO_COUNTY: LazyLock<Regex> = LazyLock::new(|| pattern(r"县域|县级|县区|县镇|县城(?:[^市乡]|$)|县乡(?:[^村]|$)"));
/// 朝阳区人民政府, 市南区财政局: a district of a city, but not a zone or an autonomous region.
static DISTRICT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[\u4e00-\u9fff]区(?:人民政府|[\u4e00-\u9fff]{1,20}(?:局|委员会|办公室)$)"));
static NO_DISTRICT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "自治区|开发区|新区|园区|景区|地区|试验区|实验区|示范区|保护区|管理区|高新区|经开区|合作区|保税区|矿区|特区|\
         库区|林区|灌区|牧区|军区|校区|社区|行政区|经济区|度假区|管委会|管理委员会",
    )
});
/// How the text of a township refers to its body.
static OUR_TOWNSHIP: LazyLock<Regex> = LazyLock::new(|| pattern("(?:我|本)(?:镇|乡|街道|办事处)"));

impl AnnualReport {
    /// The kind of body that makes the report; unknown if neither the report nor the body's name tells.
    pub fn kind_of_body(&self) -> BodyKind {
        match self.body.kind {
            BodyKind::Unknown => kind(&compact(&self.body.name)),
            kind => kind,
        }
    }

    /// The level of the report's body; unknown if neither the report nor the body's name tells. No name certainly
    /// identifies a city or a province.
    pub fn level_of_body(&self) -> Level {
        match (self.body.level, self.body.kind) {
            (Level::Unknown, BodyKind::Township) => Level::Township,
            (Level::Unknown, _) if self.body.name.is_empty() => self.level_it_speaks_of(),
            (Level::Unknown, _) => level(&compact(&self.body.name)),
            (level, _) => level,
        }
    }

    fn level_it_speaks_of(&self) -> Level {
        let texts = std::iter::once(&self.preamble).chain(self.sections.iter().map(|section| &section.text));
        if texts.take(3).any(|text| OUR_TOWNSHIP.is_match(text)) { Level::Township } else { Level::Unknown }
    }
}

fn compact(name: &str) -> String {
    name.chars().filter(|char| !char.is_whitespace()).collect()
}

fn kind(name: &str) -> BodyKind {
    let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    if TOWNSHIP.is_match(name) {
        return BodyKind::Township;
    }
    if ends(&["人民政府"]) {
        return BodyKind::Government;
    }
    // 人民政府办公厅（室）reports for its government or for itself: the name doesn't tell.
    if ends(&["人民政府办公厅", "人民政府办公室"]) {
        return BodyKind::Unknown;
    }
    match ends(&["局", "委员会", "厅", "办公室", "委", "署"]) && !name.contains("管理委员会") {
        true => BodyKind::Department,
        false => BodyKind::Unknown,
    }
}

fn level(name: &str) -> Level {
    if TOWNSHIP.is_match(name) {
        return Level::Township;
    }
    let district = DISTRICT.is_match(name) && !NO_DISTRICT.is_match(name);
    let county = COUNTY.is_match(name) && !NO_COUNTY.is_match(name);
    if county || district { Level::County } else { Level::Unknown }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_name_tells_the_kind_where_it_can() {
        let cases = [
            ("青溪县人民政府", BodyKind::Government),
            ("大庙乡人民政府", BodyKind::Township),
            ("西咸新区底张街道办事处", BodyKind::Township),
            ("昌图县七家子镇", BodyKind::Township),
            ("白川市生态环境局", BodyKind::Department),
            ("溧阳市人民政府办公室", BodyKind::Unknown),
            ("中关村科技园区管理委员会", BodyKind::Unknown),
            ("", BodyKind::Unknown),
        ];
        for (name, kind) in cases {
            assert_eq!(super::kind(name), kind, "{name}");
        }
    }

    #[test]
    fn low_bodies_are_told_by_name_and_doubtful_ones_are_not() {
        for name in ["昌图县七家子镇", "大庙乡人民政府", "义乌市廿三里街道", "西咸新区底张街道办事处"]
        {
            assert_eq!(level(name), Level::Township, "{name}");
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
            assert_eq!(level(name), Level::County, "{name}");
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
            assert_eq!(level(name), Level::Unknown, "{name}");
        }
    }
}
