//! Which kind of body makes a report and at which level it is: as the report says, else as its name tells, else as its
//! text suggests. In doubt, the answer is unknown.

use super::{AnnualReport, Body, BodyKind, Level};
use crate::words::Text;

impl BodyKind {
    /// Its name, for people.
    pub const fn shown(self) -> Text {
        match self {
            Self::Unknown => Text::fixed("未说明", "not stated"),
            Self::Government => Text::fixed("人民政府", "government"),
            Self::Department => Text::fixed("政府部门", "department"),
            Self::Township => Text::fixed("乡镇、街道", "township"),
            Self::AuthorizedOrganization => Text::fixed("法律、法规授权的组织", "authorized organization"),
        }
    }
}

impl Body {
    /// Takes from another description of the same body what this one leaves open.
    pub fn complete(&mut self, other: &Self) {
        let fill = |own: &mut String, other: &String| {
            if own.is_empty() {
                own.clone_from(other);
            }
        };
        fill(&mut self.name, &other.name);
        fill(&mut self.code, &other.code);
        fill(&mut self.region_code, &other.region_code);
        fill(&mut self.parent_code, &other.parent_code);
        if self.kind == BodyKind::Unknown {
            self.kind = other.kind;
        }
        if self.level == Level::Unknown {
            self.level = other.level;
        }
    }
}

impl Level {
    /// Its name, for people.
    pub const fn shown(self) -> Text {
        match self {
            Self::Unknown => Text::fixed("未说明", "not stated"),
            Self::Central => Text::fixed("中央", "central"),
            Self::Province => Text::fixed("省级", "province"),
            Self::City => Text::fixed("地市级", "city"),
            Self::County => Text::fixed("县级", "county"),
            Self::Township => Text::fixed("乡级", "township"),
        }
    }
}

/// Whether a name is that of a township, or ends with one: 大庙乡人民政府, 廿三里街道办事处.
fn is_township(name: &str) -> bool {
    const GOVERNMENTS: [&str; 4] = ["镇人民政府", "乡人民政府", "苏木人民政府", "街道办事处"];
    let named = ["镇", "乡", "街道"].iter().filter_map(|end| name.strip_suffix(end));
    GOVERNMENTS.iter().any(|end| name.ends_with(end)) || { named }.any(|place| ends_in_ideographs(place, 2))
}

/// Whether a name is that of a body of a county: 郎溪县财政局, 昌图县人民政府, 云和县.
fn is_of_county(name: &str) -> bool {
    /// 县域经济促进局 is not a body of a county; 县城市管理局 and 县乡村振兴局 are.
    const OTHER: [&str; 4] = ["县域", "县级", "县区", "县镇"];
    let goes_on = |word: &str, unless: &[char]| {
        name.match_indices(word).any(|(at, word)| !name[at + word.len()..].starts_with(unless))
    };
    let is_other =
        OTHER.iter().any(|word| name.contains(word)) || goes_on("县城", &['市', '乡']) || goes_on("县乡", &['村']);
    const ENDS: [&str; 8] = ["局", "委员会", "办公室", "大队", "中心", "馆", "院", "社"];
    let counties = ["县", "自治旗"].into_iter().flat_map(|county| name.match_indices(county));
    let mut bodies =
        counties.filter(|(at, _)| ends_in_ideographs(&name[..*at], 1)).map(|(at, county)| &name[at + county.len()..]);
    !is_other && bodies.any(|body| body.is_empty() || body.starts_with("人民政府") || is_body(body, &ENDS))
}

/// Whether a name is that of a body of a district of a city, but not of a zone or an autonomous region: 朝阳区人民政府.
fn is_of_district(name: &str) -> bool {
    const OTHER: [&str; 28] = [
        "自治区",
        "开发区",
        "新区",
        "园区",
        "景区",
        "地区",
        "试验区",
        "实验区",
        "示范区",
        "保护区",
        "管理区",
        "高新区",
        "经开区",
        "合作区",
        "保税区",
        "矿区",
        "特区",
        "库区",
        "林区",
        "灌区",
        "牧区",
        "军区",
        "校区",
        "社区",
        "行政区",
        "经济区",
        "度假区",
        "管委会",
    ];
    let is_other = OTHER.iter().any(|word| name.contains(word)) || name.contains("管理委员会");
    let mut bodies = name
        .match_indices('区')
        .filter(|(at, _)| ends_in_ideographs(&name[..*at], 1))
        .map(|(at, word)| &name[at + word.len()..]);
    !is_other && bodies.any(|body| body.starts_with("人民政府") || is_body(body, &["局", "委员会", "办公室"]))
}

/// Whether a name goes on as that of a body does: with one to twenty ideographs and an ending.
fn is_body(name: &str, ends: &[&str]) -> bool {
    /// Ideographs before the ending.
    const LONGEST: usize = 20;
    let mut cores = ends.iter().filter_map(|end| name.strip_suffix(end));
    cores.any(|core| (1..=LONGEST).contains(&core.chars().count()) && core.chars().all(is_ideograph))
}

/// Whether so many ideographs stand at the end of a text.
fn ends_in_ideographs(text: &str, count: usize) -> bool {
    let last: Vec<char> = text.chars().rev().take(count).collect();
    last.len() == count && last.into_iter().all(is_ideograph)
}

fn is_ideograph(char: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&char)
}

/// Whether a text refers to its body as a township does.
fn speaks_of_township(text: &str) -> bool {
    const ENDS: [&str; 4] = ["镇", "乡", "街道", "办事处"];
    let mut refers = ["我", "本"].into_iter().flat_map(|own| text.match_indices(own));
    refers.any(|(at, own)| ENDS.iter().any(|end| text[at + own.len()..].starts_with(end)))
}

impl AnnualReport {
    /// Whether the body's name tells a school, a hospital or another public enterprise (条例 第五十五条), and no kind of body
    /// is stated.
    pub fn is_of_public_enterprise(&self) -> bool {
        const ENDS: [&str; 17] = [
            "学校",
            "中学",
            "小学",
            "大学",
            "学院",
            "幼儿园",
            "医院",
            "卫生院",
            "保健院",
            "有限公司",
            "有限责任公司",
            "集团公司",
            "供电公司",
            "自来水公司",
            "公交公司",
            "燃气公司",
            "热力公司",
        ];
        // 国家行政学院, 人民法院 and the like are none.
        const OTHER: [&str; 3] = ["行政学院", "社会主义学院", "科学院"];
        if self.body.kind != BodyKind::Unknown {
            return false;
        }
        let name = compact(&self.body.name);
        ENDS.iter().any(|end| name.ends_with(end)) && !OTHER.iter().any(|word| name.contains(word))
    }

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
        if texts.take(3).any(|text| speaks_of_township(text)) { Level::Township } else { Level::Unknown }
    }
}

fn compact(name: &str) -> String {
    name.chars().filter(|char| !char.is_whitespace()).collect()
}

fn kind(name: &str) -> BodyKind {
    let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    if is_township(name) {
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
    if is_township(name) {
        return Level::Township;
    }
    if is_of_county(name) || is_of_district(name) { Level::County } else { Level::Unknown }
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
