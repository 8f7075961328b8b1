//! What kind of body makes a report: as it says, else as its name tells.

use super::{AnnualReport, BodyKind};

impl AnnualReport {
    /// What kind of body makes the report; unknown where neither it nor its name tells.
    pub fn kind_of_body(&self) -> BodyKind {
        match self.body.kind {
            BodyKind::Unknown => by_name(&self.body.name),
            kind => kind,
        }
    }
}

fn by_name(name: &str) -> BodyKind {
    let name: String = name.chars().filter(|char| !char.is_whitespace()).collect();
    let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    if ends(&["镇人民政府", "乡人民政府", "苏木人民政府", "街道办事处", "街道", "镇", "乡"]) {
        return BodyKind::Township;
    }
    if ends(&["人民政府"]) {
        return BodyKind::Government;
    }
    // 人民政府办公厅（室）reports for its government or for itself: its name doesn't tell.
    if ends(&["人民政府办公厅", "人民政府办公室"]) {
        return BodyKind::Unknown;
    }
    match ends(&["局", "委员会", "厅", "办公室", "委", "署"]) && !name.contains("管理委员会") {
        true => BodyKind::Department,
        false => BodyKind::Unknown,
    }
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
            assert_eq!(by_name(name), kind, "{name}");
        }
    }
}
