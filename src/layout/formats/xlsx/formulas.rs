//! Whether the stored result of a formula can be trusted.

use std::collections::BTreeMap;

use super::place::{place, span};

/// Whether a formula that stores nought adds up what is not: the program that wrote it did not compute it.
///
/// Only sums are looked at: what they add is not negative in these forms, so that nought is certainly wrong.
pub(super) fn is_not_computed(formula: &str, numbers: &BTreeMap<(u32, u32), f64>) -> bool {
    let formula = formula.replace('$', "").to_ascii_uppercase();
    let is_sum =
        |char: char| char.is_ascii_alphanumeric() || matches!(char, '+' | '(' | ')' | ':' | ',' | '.' | ' ' | '=');
    let words = formula.split(|char: char| !char.is_ascii_alphabetic()).filter(|word| !word.is_empty());
    // Names of functions are longer than those of columns.
    let functions = words.filter(|word| formula.contains(&format!("{word}(")));
    if !formula.chars().all(is_sum) || functions.into_iter().any(|word| word != "SUM") {
        return false;
    }
    let operands = formula.split(['+', '(', ')', ',', '=', ' ']).filter(|operand| !operand.is_empty());
    let mut values = operands.flat_map(|operand| values(operand, numbers));
    values.any(|value| value > 0.0)
}

/// The numbers that an operand stands for: a number, a cell, or a range.
fn values(operand: &str, numbers: &BTreeMap<(u32, u32), f64>) -> Vec<f64> {
    if let Ok(number) = operand.parse() {
        return vec![number];
    }
    let (from, to) = operand.split_once(':').unwrap_or((operand, operand));
    let Some((row, column, height, width)) = place(from).zip(place(to)).and_then(|(from, to)| span(from, to)) else {
        return Vec::new();
    };
    let rows = (row, 0)..(row.saturating_add(height), 0);
    let own = numbers.range(rows).filter(|((_, at), _)| (column..column.saturating_add(width)).contains(at));
    own.map(|(_, value)| *value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nought_beside_operands_that_are_not_was_not_computed() {
        let numbers = BTreeMap::from([((0, 0), 3.0), ((0, 1), 0.0), ((1, 0), 0.0)]);
        for (formula, expected) in [
            ("18000+230", true),
            ("SUM(A1:B1)", true),
            ("A1+B1", true),
            ("$A$1", true),
            ("SUM(B1:B9)", false),
            ("A2+B1", false),
            ("A1-3", false),
            ("IF(A1>2,0,1)", false),
            ("ROUND(A1,0)", false),
            ("SUM(表2!A1)", false),
        ] {
            assert_eq!(is_not_computed(formula, &numbers), expected, "{formula}");
        }
    }
}
