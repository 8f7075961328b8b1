//! A file with more than one report: which of them is meant, nobody can say, and one alone would be checked without a word.

use super::{
    identity::{Identity, identify, last_title},
    outline::{Heading, Outline},
};
use crate::layout::{Obstacle, Refusal};

/// How many of the six sections make a report, and how many bytes stand in them: a table of contents has less.
const SECTIONS: usize = 5;
const LEAST: usize = 1_500;

/// The refusal of a text in which, behind the sections of one report, another title and another set of sections follow.
pub(super) fn refused(text: &str, outline: &Outline) -> Result<(), Refusal> {
    let headings: Vec<&Heading> = outline.all().collect();
    let Some((first, second)) = titles(text, &headings) else { return Ok(()) };
    Err(Refusal::new(
        Obstacle::NotAReport,
        format!("文件中不止一份报告（“{first}”“{second}”）：请每份存为一个文件，分别提交"),
        format!("the file holds more than one report (“{first}”, “{second}”): hand in each as a file of its own"),
    ))
}

/// What two reports are called, if there are two.
fn titles(text: &str, headings: &[&Heading]) -> Option<(String, String)> {
    let begins = headings.iter().position(|heading| heading.number == 1)?;
    let again = (begins + 1..headings.len()).filter(|at| headings[*at].number == 1);
    let mut whole = again.filter(|at| is_whole(&headings[begins..*at]) && is_whole(&headings[*at..])).peekable();
    whole.peek()?;
    let own = identify(text, &text[..headings[begins].range.start]);
    whole.find_map(|at| {
        let (before, start) = (&headings[at - 1], headings[at].range.start);
        let written = (start - headings[begins].range.start).saturating_sub(words(&headings[begins..at]));
        // Two that may be headings may overlap.
        let other = last_title(text.get(before.range.end..start)?)?;
        (written >= LEAST && are_two(&own, &other)).then(|| (named(&own), other.title))
    })
}

fn named(report: &Identity) -> String {
    match (&report.title, report.year) {
        (title, Some(year)) if title.is_empty() => format!("{}{year}年度", report.body),
        (title, _) if title.is_empty() => report.body.clone(),
        (title, _) => title.clone(),
    }
}

fn words(headings: &[&Heading]) -> usize {
    headings.iter().map(|heading| heading.range.len()).sum()
}

fn is_whole(headings: &[&Heading]) -> bool {
    (1..=6).filter(|number| headings.iter().any(|heading| heading.number == *number)).count() >= SECTIONS
}

/// Whether two titles are of two reports: a cover and a head may name one body in full and in short, or not at all.
fn are_two(one: &Identity, other: &Identity) -> bool {
    let alike = one.body.contains(&other.body) || other.body.contains(&one.body);
    one.year.zip(other.year).is_some_and(|(one, other)| one != other) || !alike
}

#[cfg(test)]
mod tests {
    use super::*;

    const TITLES: [&str; 6] = [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ];

    fn refused_in(text: &str) -> Result<(), Refusal> {
        refused(text, &Outline::of(text))
    }

    fn report(title: &str, text: &str) -> String {
        TITLES.iter().fold(format!("{title}\n"), |report, heading| report + heading + "\n" + text + "\n")
    }

    #[test]
    fn two_reports_in_a_file_are_said_to_be_two() {
        let text = "本年度依法公开政府信息，及时办理申请，未发生行政复议和行政诉讼。".repeat(5);
        let own = report("青溪县财政局2023年政府信息公开工作年度报告", &text);
        let last_year = report("青溪县财政局2022年政府信息公开工作年度报告", &text);
        let other = report("标题：青溪县民政局2023年度政府信息公开工作年度报告", &text);
        let on_two_lines = report("丰原市教育局\n2023年政府信息公开工作年度报告", &text);
        for second in [&last_year, &other, &on_two_lines] {
            let why = refused_in(&(own.clone() + second)).expect_err("two reports").why.zh;
            assert!(why.contains("不止一份报告（“青溪县财政局2023年政府信息公开工作年度报告”“"), "{why}");
        }
        // The same report again; a table of contents behind a cover; a report of which little is left.
        let in_full = report("青溪县财政局（本级）2023年政府信息公开工作年度报告", &text);
        let contents = report("丰原市2022年政府信息公开工作年度报告", "");
        let few = report("青溪县民政局2023年政府信息公开工作年度报告", &text);
        let few = &few[..few.find("三、收").expect("section three")];
        for text in [own.clone() + &own, own.clone() + &in_full, contents + &own, own.clone() + few, own.clone()] {
            assert_eq!(refused_in(&text), Ok(()), "{text}");
        }
    }
}
