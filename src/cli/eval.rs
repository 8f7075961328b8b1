//! `gouji packs eval`: what an expression is on a report.

use std::{num::NonZeroUsize, path::PathBuf};

use super::{
    Format, complain, documents, exit,
    input::{complain_of, filing, name_of},
    print,
    problems::Telling,
};
use crate::{
    checker::{Checked, Checker},
    packs::{Evaluation, Expression},
    render::{visible, visible_json},
    rule::Origin,
    submission::{Error, Submission},
    words::{Language, Text},
};

/// What to evaluate, and on what.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// 表达式，写法见 docs/PACKS.md / An expression of the pack language
    #[arg(value_name = "表达式 / EXPRESSION")]
    expression: String,
    /// 报告文件；“-”为标准输入；*.json 为结构化报告 / A report; - is standard input; *.json holds a structured report
    #[arg(value_name = "文件 / FILE")]
    report: PathBuf,
    /// 上一年度报告 / Last year's report of the same body
    #[arg(long, value_name = "文件 / FILE")]
    previous: Option<PathBuf>,
    /// 下级机关的报告，可多次给出 / The report of a subordinate body; may be given several times
    #[arg(long = "subordinate", value_name = "文件 / FILE")]
    subordinates: Vec<PathBuf>,
}

/// Evaluates, and prints the value and what was looked at.
pub(super) fn run(arguments: &Arguments, format: Format, language: Language) -> u8 {
    let expression = match Expression::parse(&arguments.expression) {
        Ok(expression) => expression,
        Err(problems) => {
            Telling::of(format, language).tell(&problems);
            return exit::USAGE;
        }
    };
    if let Some(missing) = missing(&expression, arguments) {
        complain(missing.in_language(language));
        return exit::USAGE;
    }
    match read(arguments) {
        Ok(checked) => {
            // What doesn't belong to the report was set aside, and is no part of the value.
            let aside =
                checked.assessment.findings.iter().filter(|own| own.of_context && own.origin != Origin::Subject);
            aside.for_each(|own| complain(own.message.in_language(language)));
            let evaluation = expression.on(&checked.dossier, &documents::deadline(documents::SECONDS));
            print(&match format {
                Format::Text => text(&evaluation, language),
                Format::Json => visible_json(&evaluation.json(language)).into_owned() + "\n",
            });
            exit::COMPLIANT
        }
        Err(error) => {
            complain_of(&name_of(&arguments.report), &error, language);
            exit::UNDETERMINED
        }
    }
}

/// That the expression looks at a report that was not given.
fn missing(expression: &Expression, arguments: &Arguments) -> Option<Text> {
    if expression.of_previous && arguments.previous.is_none() {
        return Some(Text::fixed(
            "表达式用到上一年度报告（previous）：请用 --previous 文件 给出",
            "the expression looks at last year's report (previous): give it by --previous FILE",
        ));
    }
    (expression.of_subordinates && arguments.subordinates.is_empty()).then(|| {
        Text::fixed(
            "表达式用到下级机关的报告（subordinates）：请用 --subordinate 文件 给出",
            "the expression looks at the reports of subordinate bodies (subordinates): give them by --subordinate FILE",
        )
    })
}

/// The report, read just as `gouji check` reads it.
fn read(arguments: &Arguments) -> Result<Checked, Error> {
    let subject = filing(&arguments.report, "subject")?;
    let previous = arguments.previous.as_deref().map(|file| filing(file, "previous")).transpose()?;
    let part = |(at, file): (usize, &PathBuf)| filing(file, &format!("subordinates[{at}]"));
    let subordinates = arguments.subordinates.iter().enumerate().map(part).collect::<Result<_, _>>()?;
    let submission = Submission { previous, subordinates, ..Submission::of(subject) };
    let checker = Checker::new(documents::reading(NonZeroUsize::MIN, documents::SECONDS));
    checker.check(submission, &documents::deadline(documents::SECONDS))
}

fn text(evaluation: &Evaluation, language: Language) -> String {
    let said = |text: &Text| visible(text.in_language(language)).into_owned();
    let looked = evaluation.looks_at.iter().map(|(name, value)| format!("  {name} = {}\n", said(value)));
    format!("{}\n{}", said(&evaluation.value), looked.collect::<String>())
}
