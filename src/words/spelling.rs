//! Suggestions for misspelt words.

/// The known word nearest to a wrong one; `None` if none is near.
pub fn near<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let near = known.into_iter().map(|known| (distance(wrong, known), known)).min()?;
    (near.0 <= near.1.chars().count().max(2) / 2).then_some(near.1)
}

/// The code of a rule nearest to a wrong one: of its own family if any is near there, whatever its case.
pub fn near_code<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str, IntoIter: Clone>) -> Option<&'a str> {
    let (wrong, known) = (wrong.to_uppercase(), known.into_iter());
    let family = |code: &str| code.split('-').next().map(str::to_owned);
    let own = known.clone().filter(|code| family(code) == family(&wrong));
    near(&wrong, own).or_else(|| near(&wrong, known))
}

/// The question whether `near` was meant, in both languages; empty if there is none.
pub fn perhaps(near: Option<&str>) -> (String, String) {
    near.map_or_else(Default::default, |near| (format!("，是否为 {near}？"), format!(": is it {near}?")))
}

/// A suggestion for a wrong word, in both languages; else the list of all known words.
pub fn instead(wrong: &str, known: &[&str]) -> (String, String) {
    match near(wrong, known.iter().copied()) {
        Some(near) => perhaps(Some(near)),
        None => (format!("；可用：{}", known.join("、")), format!("; there are {}", known.join(", "))),
    }
}

/// The edit distance: how many letters must be changed, added or removed to turn one word into the other.
pub fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut costs: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.chars().enumerate() {
        let mut diagonal = costs[0];
        costs[0] = at + 1;
        for (to, own) in other.iter().enumerate() {
            let changed = diagonal + usize::from(letter != *own);
            diagonal = costs[to + 1];
            costs[to + 1] = changed.min(diagonal + 1).min(costs[to] + 1);
        }
    }
    costs[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_word_has_a_neighbour_and_another_word_has_none() {
        let known = ["severity", "title", "at"];
        assert_eq!(
            (near("severty", known), near("ta", known), near("surprise", known)),
            (Some("severity"), None, None)
        );
        let codes = ["AGG-001", "TAB-009", "TAL-001", "TAL-008"];
        assert_eq!(near_code("tal-0001", codes), Some("TAL-001"));
        assert_eq!((near_code("TAL-999", codes), near_code("TAV-009", codes)), (Some("TAL-001"), Some("TAB-009")));
        assert_eq!(instead("tilte", &known).1, ": is it title?");
        assert_eq!(instead("surprise", &known).1, "; there are severity, title, at");
    }
}
