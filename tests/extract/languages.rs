//! Made-up sentences of each language, with the right values beside them.
//!
//! A text is some lines, each a paragraph; below it, `= speaker | day | words`, one line for each statement. The texts
//! with a `*` were set aside by lot before the words of the language were written.

use std::fs;

use chrono::NaiveDate;
use stance::extract::language::{Language, detected};
use stance::extract::page;
use stance::extract::proposal::article;
use stance::extract::speech::People;

use crate::support::root;

/// A text and what is said in it.
struct Case {
    aside: bool,
    text: String,
    expected: Vec<[String; 3]>,
}

/// What came out of some texts.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Score {
    /// Statements beside the texts.
    wanted: usize,
    /// Statements with the right words.
    words: usize,
    /// The same, with the right speaker.
    speakers: usize,
    /// The same, on the right day.
    days: usize,
    /// Statements that are not beside the texts.
    extra: usize,
}

fn cases(name: &str) -> Vec<Case> {
    let all = fs::read_to_string(root().join("tests/extract").join(name)).unwrap();
    let blocks = all.split("\n\n").skip(1);
    let read = |block: &str| {
        let (said, text): (Vec<&str>, Vec<&str>) = block.trim().lines().partition(|line| line.starts_with("= "));
        let text = text.join("\n\n");
        let fields = |line: &str| {
            let mut fields = line[2..].splitn(3, " | ").map(str::to_owned);
            std::array::from_fn(|_| fields.next().expect("speaker | day | words"))
        };
        let aside = text.starts_with("* ");
        Case { aside, text: text.trim_start_matches("* ").to_owned(), expected: said.into_iter().map(fields).collect() }
    };
    blocks.map(read).collect()
}

/// Scores the texts of a language; each fault is a line of `faults`.
fn score(code: &str, cases: &[&Case], faults: &mut String) -> Score {
    let language = Language::built_in(code).unwrap();
    let plain = |text: &str| text.to_lowercase().replace('’', "'").trim_matches(['.', ' ', '\u{a0}']).to_owned();
    let mut score = Score::default();
    for case in cases {
        let page = page::read(case.text.as_bytes(), "a.txt").unwrap();
        let found = article(&page, &People::default(), &language, NaiveDate::from_ymd_opt(2031, 3, 6)).unwrap();
        let mut rest: Vec<[String; 3]> = found
            .proposals
            .iter()
            .map(|found| {
                let day = found.date.to_string();
                let month = found.precision == stance::date::Precision::Month;
                [found.speaker.clone(), if month { day[..7].to_owned() } else { day }, found.text.clone()]
            })
            .collect();
        score.wanted += case.expected.len();
        for expected in &case.expected {
            let Some(at) = rest.iter().position(|found| plain(&found[2]) == plain(&expected[2])) else {
                *faults += &format!("missing: {expected:?}\n   from: {}\n   found: {rest:?}\n", case.text);
                continue;
            };
            let found = rest.remove(at);
            score.words += 1;
            score.speakers += usize::from(found[0] == expected[0]);
            score.days += usize::from(found[0] == expected[0] && found[1] == expected[1]);
            if found[..2] != expected[..2] {
                *faults += &format!("wrong: {found:?}\n   for {expected:?}\n");
            }
        }
        score.extra += rest.len();
        if !rest.is_empty() {
            *faults += &format!("extra: {rest:?}\n   from: {}\n", case.text);
        }
    }
    score
}

/// Both parts of a language. A change for the better changes the figures here, and in docs/extract.md.
fn holds(code: &str, name: &str, tuned: Score, aside: Score) {
    let cases = cases(name);
    let mut faults = String::new();
    let (set_aside, own): (Vec<&Case>, Vec<&Case>) = cases.iter().partition(|case| case.aside);
    let found = score(code, &own, &mut faults);
    assert_eq!(found, tuned, "{code}, tuned on\n{faults}");
    // What is wrong in the texts that are set aside is not shown.
    assert_eq!(score(code, &set_aside, &mut String::new()), aside, "{code}, set aside");
    for case in cases.iter().filter(|case| case.text.len() > 120) {
        assert!(detected(&case.text).is_none_or(|detected| detected == code), "{}", case.text);
    }
}

/// A score without a fault.
const fn all(wanted: usize) -> Score {
    Score { wanted, words: wanted, speakers: wanted, days: wanted, extra: 0 }
}

#[test]
fn english_is_read() {
    holds("en", "english.txt", all(196), Score { wanted: 79, words: 73, speakers: 60, days: 58, extra: 8 });
}

#[test]
fn german_is_read() {
    holds("de", "german.txt", all(40), Score { wanted: 24, words: 20, speakers: 15, days: 15, extra: 4 });
}

#[test]
fn french_is_read() {
    holds("fr", "french.txt", all(26), Score { wanted: 9, words: 9, speakers: 9, days: 8, extra: 0 });
}

#[test]
fn ukrainian_is_read() {
    holds("uk", "ukrainian.txt", all(24), Score { wanted: 9, words: 8, speakers: 7, days: 7, extra: 1 });
}

#[test]
fn russian_is_read() {
    holds("ru", "russian.txt", all(24), Score { wanted: 9, words: 8, speakers: 7, days: 7, extra: 1 });
}
