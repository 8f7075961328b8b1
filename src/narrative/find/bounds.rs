//! How much of a text is looked at, how often, and how soon it is left.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use super::*;
use crate::{narrative::scan::lexicon, report::Section};

fn cut(text: &str, deadline: &Deadline) -> Option<Cut> {
    let section = Section { number: 1, text: text.into(), ..Section::default() };
    let report = AnnualReport { year: Some(2023), sections: vec![section], ..AnnualReport::default() };
    statements(&report, &Index::of(&report), deadline).cut
}

#[test]
fn a_text_is_looked_at_within_bounds_that_are_counted_and_what_exceeds_them_is_told() {
    let clause = "收到政府信息公开申请12件，";
    for (text, expected) in [
        (clause.repeat(300), None),
        ("其中12件".repeat(121), Some(Cut::Long)),
        ((clause.to_owned() + "。").repeat(600), Some(Cut::Statements)),
        ("收到政府信息公开申请1\u{202e}2件。".to_owned(), Some(Cut::Turned)),
    ] {
        assert_eq!(cut(&text, &Deadline::NEVER), expected, "{}", text.chars().take(20).collect::<String>());
    }
    assert_eq!(cut(clause, &Deadline::when(|| true)), Some(Cut::Time));
}

/// Whatever a text is made of, it is left a few questions after the deadline: by the tokens, by a sentence without end, by its
/// lists.
#[test]
fn the_deadline_is_asked_all_the_time() {
    for piece in
        ["第1", "收到政府信息公开申请", "未收到", "12件、", "其中1件，", "去年", "，", "1[", "一二", "申请1件。"]
    {
        let text = piece.repeat(20_000);
        let asked = Arc::<AtomicUsize>::default();
        let until = |most: usize| {
            let asked = asked.clone();
            asked.store(0, Ordering::Relaxed);
            Deadline::when(move || asked.fetch_add(1, Ordering::Relaxed) >= most)
        };
        cut(&text, &until(usize::MAX));
        let all = asked.load(Ordering::Relaxed);
        assert!(all > 5, "{piece}: {all}");
        for most in [0, 1, all / 2, all - 1] {
            assert_eq!(cut(&text, &until(most)), Some(Cut::Time), "{piece}: {most} of {all}");
            assert_eq!(asked.load(Ordering::Relaxed), most + 1, "{piece}: it went on");
        }
    }
}

/// How many tokens were looked at for each one of a text.
fn looks(text: &str) -> usize {
    let folded = Folded::of(text);
    let scan = lexicon().scan(folded.text());
    let tokens = tokens(&folded, &scan, &Deadline::NEVER).unwrap();
    let report = AnnualReport { year: Some(2023), ..AnnualReport::default() };
    let mut looks = 0;
    for own in tokens.split_inclusive(|placed| placed.token == Token::End) {
        let sentence = Sentence::of(&folded, own);
        Reading::new(&report, 1, 0, &sentence, true, None).run(&Deadline::NEVER).unwrap();
        looks += sentence.looks();
    }
    looks / tokens.len().max(1)
}

#[test]
fn each_token_is_looked_at_a_bounded_number_of_times() {
    const MOST_LOOKS: usize = 400;
    for piece in [
        "收到政府信息公开申请12件，其中自然人3件，占比25%，予以公开5件，",
        "收到政府信息公开申请12件。",
        "未收到、未发生、均",
        "2023年、2022年、去年",
        "行政复议、行政诉讼、维持、",
        "12件、",
        "（其中（含上年结转",
        "规范性文件制定废止现行有效",
        "一二三四五、第六条，",
    ] {
        for times in [100, 1_000, 10_000] {
            let looks = looks(&piece.repeat(times));
            assert!(looks <= MOST_LOOKS, "{piece} {times} times: {looks}");
        }
    }
}
