//! What the heading of a column of amounts declares.

/// Unit and decimal places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Declared {
    /// Decimal places; 0 for none declared.
    pub places: u8,
    /// Whether the unit is 元 and not 万元.
    pub in_yuan: bool,
}

impl Declared {
    /// What a text says behind 采购总金额 or 收费金额: letters and digits alone, in compatibility form.
    pub fn of(text: &str) -> Self {
        /// How far behind the label its bracket may reach, in characters.
        const REACH: usize = 20;
        let behind = ["采购总金额", "收费金额"].iter().find_map(|label| Some(text.split_once(label)?.1));
        let behind: String = behind.unwrap_or_default().chars().take(REACH).collect();
        let places = "零一二三四五六".chars().zip(0u8..).find_map(|(digit, places)| {
            let named = [format!("保留{digit}位小数"), format!("保留{places}位小数")];
            named.iter().any(|name| behind.contains(name)).then_some(places)
        });
        let two = behind.contains("保留两位小数").then_some(2);
        let in_yuan = behind.starts_with("单位元") || behind.starts_with('元');
        Self { places: places.or(two).unwrap_or(0), in_yuan }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unit_and_places_stand_in_the_heading() {
        assert_eq!(Declared::of("采购总金额单位万元保留四位小数"), Declared { places: 4, in_yuan: false });
        assert_eq!(Declared::of("本年收费金额单位元"), Declared { places: 0, in_yuan: true });
        assert_eq!(Declared::of("其他"), Declared::default());
    }
}
