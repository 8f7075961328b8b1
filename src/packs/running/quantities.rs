//! The values of quantities in the reports of a dossier.

use crate::packs::expression::names::{Day, DayPart, Quantity, Subject, Variable};
use crate::{
    dossier::Dossier,
    report::{
        AnnualReport, Date, Decimal, Figure,
        arithmetic::{Known, Range},
    },
    words::plain::is_shown,
};

/// The value of a quantity in a report of a dossier; unknown without a report.
pub(in crate::packs) fn quantity(dossier: &Dossier, report: Option<&AnnualReport>, variable: Variable) -> Range {
    let Some(report) = report else {
        return Range::unread(true);
    };
    let found = match variable.what {
        Quantity::Cell(cell) => return Range::of(&report.figures, cell),
        Quantity::Year => report.year.map(i64::from),
        Quantity::Length(number) if report.is_cut_before(number) => return Range::unread(false),
        Quantity::Length(number) => {
            return Range::whole(letters(report.section(number).map_or("", |section| section.text.as_str())));
        }
        Quantity::Places(cell) => report.figures.amount(cell).and_then(Decimal::places).map(i64::from),
        Quantity::Day(which, part) => day(dossier, report, variable.of, which).map(|day| match part {
            DayPart::Year => i64::from(day.year()),
            DayPart::Month => i64::from(day.month()),
            DayPart::Day => i64::from(day.day()),
        }),
    };
    found.map_or_else(|| Range::unread(true), |number| Range::whole(number).filled_in())
}

/// A date of a report; for the checked report, the date that the caller states takes precedence.
fn day(dossier: &Dossier, report: &AnnualReport, of: Subject, which: Day) -> Option<Date> {
    match which {
        Day::Published if of == Subject::Own => dossier.hints.published_on.or(report.published_on),
        Day::Published => report.published_on,
        Day::Submitted => report.submitted_on,
    }
}

/// Whether a report has a section; open if the document is cut short before it.
pub(in crate::packs) fn has_section(report: &AnnualReport, number: u8) -> Known {
    match report.section(number) {
        Some(_) => Known::True,
        None if report.is_cut_before(number) => Known::Open,
        None => Known::False,
    }
}

/// Whether a quantity is filled in; open if it could not be read.
pub(in crate::packs) fn filled(dossier: &Dossier, report: Option<&AnnualReport>, variable: Variable) -> Known {
    match (report, variable.what) {
        (Some(report), Quantity::Cell(cell)) if report.figures.amount(cell).is_none() => {
            match report.figures.count(cell) {
                Figure::Known(_) => Known::True,
                Figure::Blank => Known::False,
                Figure::Unread => Known::Open,
            }
        }
        _ => Known::certainly(quantity(dossier, report, variable).value().is_some()),
    }
}

/// The number of characters in a text, without white space.
pub(in crate::packs) fn letters(text: &str) -> i64 {
    i64::try_from(text.chars().filter(|char| is_shown(*char)).count()).unwrap_or(i64::MAX)
}
