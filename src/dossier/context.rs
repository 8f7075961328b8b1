//! Whether what was sent beside a report belongs to it: what doesn't is told (family CTX) and never compared with.

use super::Dossier;
use crate::{
    report::{AnnualReport, Body, Edition, Table},
    words::compatible,
};

/// Why a report that was sent beside another does not belong there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misplaced {
    /// It is of this year, not of the one that belongs there.
    Year(i32),
    /// It is another body's, by its code.
    Code,
    /// It is another body's, by its name, where one of the two has no code.
    Name,
    /// It holds neither a figure nor a text.
    Empty,
    /// It states another edition of the form than its tables are of.
    Edition,
    /// The same body's report was sent before, at this place of the list.
    Twice(usize),
    /// It is the report itself, or another of the same body.
    Itself,
}

impl Dossier {
    /// Last year's report, if it was sent and is what it should be.
    pub fn previous(&self) -> Option<&AnnualReport> {
        self.previous.as_ref().filter(|_| self.previous_misplaced().is_none())
    }

    /// Why what was sent as last year's report is not last year's report of this body.
    pub fn previous_misplaced(&self) -> Option<Misplaced> {
        let previous = self.previous.as_ref()?;
        let other_year = previous.year.zip(self.report.year).filter(|(last, year)| last + 1 != *year);
        let year = other_year.map(|(last, _)| Misplaced::Year(last));
        year.or_else(|| other_body(&self.report.body, &previous.body)).or_else(|| unusable(previous))
    }

    /// The reports of subordinates, if all of them belong there; else none.
    pub fn subordinates(&self) -> &[AnnualReport] {
        if self.subordinates.is_empty() || self.subordinates_misplaced().next().is_some() {
            &[]
        } else {
            &self.subordinates
        }
    }

    /// The reports of subordinates that don't belong there, by their places in the list.
    pub fn subordinates_misplaced(&self) -> impl Iterator<Item = (usize, Misplaced)> + '_ {
        let names: Vec<[String; 2]> = self.subordinates.iter().map(identity).collect();
        let own = identity(&self.report);
        let mut seen: std::collections::HashMap<String, usize> = std::collections::HashMap::new();
        self.subordinates.iter().enumerate().filter_map(move |(at, part)| {
            let mut twice = None;
            for name in names[at].iter().filter(|name| !name.is_empty()) {
                twice = twice.or_else(|| seen.get(name).copied());
                seen.entry(name.clone()).or_insert(at);
            }
            let other_year = part.year.zip(self.report.year).filter(|(own, year)| own != year);
            let year = other_year.map(|(own, _)| Misplaced::Year(own));
            let itself = (names[at] == own && own.iter().any(|part| !part.is_empty())).then_some(Misplaced::Itself);
            year.or(twice.map(Misplaced::Twice)).or(itself).or_else(|| unusable(part)).map(|why| (at, why))
        })
    }
}

/// Whether a report states another edition than its tables are of, or holds nothing to compare with.
fn unusable(report: &AnnualReport) -> Option<Misplaced> {
    if report.edition_stated != Edition::Unknown {
        return Some(Misplaced::Edition);
    }
    holds_nothing(report).then_some(Misplaced::Empty)
}

/// Whether a report has neither a figure nor a text.
pub fn holds_nothing(report: &AnnualReport) -> bool {
    let silent = report.sections.is_empty() && report.preamble.is_empty();
    silent && !Table::ALL.into_iter().any(|table| report.figures.has_figure(table))
}

/// What tells a body: its code, and its name where it has none (two offices may share a name, with codes that differ).
fn identity(part: &AnnualReport) -> [String; 2] {
    let name = compatible(&part.body.name);
    let code = part.body.code.to_ascii_uppercase();
    if code.is_empty() { [String::new(), name] } else { [code, String::new()] }
}

/// Whether two bodies are not the same, as far as codes and names tell.
pub fn other_body(one: &Body, other: &Body) -> Option<Misplaced> {
    if !one.code.is_empty() && !other.code.is_empty() {
        return (!one.code.eq_ignore_ascii_case(&other.code)).then_some(Misplaced::Code);
    }
    let (one, other) = (place_and_office(&one.name), place_and_office(&other.name));
    let known = !one.is_empty() && !other.is_empty();
    (known && !one.ends_with(&other) && !other.ends_with(&one)).then_some(Misplaced::Name)
}

/// A name without what a government and its office differ in: 青溪县人民政府办公室 reports for 青溪县.
fn place_and_office(name: &str) -> String {
    const ENDS: [&str; 7] =
        ["人民政府办公室", "人民政府办公厅", "政府办公室", "政府办公厅", "人民政府", "政府办", "办事处"];
    let name = compatible(name);
    let end = ENDS.iter().find_map(|end| name.strip_suffix(end)).map(str::to_owned);
    end.unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(name: &str, code: &str) -> Body {
        Body { name: name.into(), code: code.into(), ..Body::default() }
    }

    #[test]
    fn a_body_is_told_by_its_code_else_by_its_name() {
        let cases = [
            (body("青溪县人民政府", ""), body("青溪县人民政府办公室", ""), None),
            (body("安徽省青溪县财政局", ""), body("青溪县财政局", ""), None),
            (body("青溪县财政局", ""), body("青溪县民政局", ""), Some(Misplaced::Name)),
            (body("青溪县财政局", ""), body("", ""), None),
            (body("青溪县财政局", "1A"), body("青溪县民政局", "1a"), None),
            (body("青溪县财政局", "1A"), body("青溪县财政局", "1B"), Some(Misplaced::Code)),
        ];
        for (one, other, expected) in cases {
            assert_eq!(other_body(&one, &other), expected, "{} {}", one.name, other.name);
        }
    }
}
