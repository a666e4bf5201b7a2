//! Made-up transcripts and interviews, with the right rows beside them, in `transcripts.txt`.
//!
//! A third of them was set aside by lot before the rules were changed for the others. What is wrong in those is not shown.

use std::fs;

use chrono::NaiveDate;
use stance::extract::language::{Language, detected};
use stance::extract::page;
use stance::extract::proposal::article;
use stance::extract::speech::People;

use crate::support::root;

/// A text, and its rows: the names that are right and the words that are.
struct Case {
    name: String,
    aside: bool,
    text: String,
    expected: Vec<(Vec<String>, Vec<String>)>,
}

/// What came out of some texts.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Score {
    /// Rows beside the texts.
    wanted: usize,
    /// Rows with the right words.
    words: usize,
    /// The same, with the right speaker.
    speakers: usize,
    /// Rows that are not beside the texts.
    extra: usize,
}

fn cases() -> Vec<Case> {
    let all = fs::read_to_string(root().join("tests/extract/transcripts.txt")).unwrap();
    let either = |written: &str| written.split(" / ").map(str::to_owned).collect();
    let read = |block: &str| {
        let (name, rest) = block.split_once('\n').unwrap();
        let said: Vec<&str> = rest.lines().filter(|line| line.starts_with("= ")).collect();
        let text: String = rest.lines().filter(|line| !line.starts_with("= ")).flat_map(|line| [line, "\n"]).collect();
        let fields = |line: &&str| {
            let (speaker, words) = line[2..].split_once(" | ").expect("speaker | words");
            (either(speaker), either(words))
        };
        Case {
            aside: name.starts_with("* "),
            name: name.trim_start_matches("* ").to_owned(),
            text: text.trim_end().to_owned() + "\n",
            expected: said.iter().map(fields).collect(),
        }
    };
    all.split("\n## ").skip(1).map(read).collect()
}

/// Words without what does not matter.
fn plain(text: &str) -> String {
    let words = text.to_lowercase().replace('’', "'").split_whitespace().collect::<Vec<_>>().join(" ");
    words.trim_matches(['.', ' ', '“', '”', '"']).to_owned()
}

/// Whether words are those beside the text; "…" there stands for any.
fn fits(found: &str, wanted: &str) -> bool {
    let found = plain(found);
    match wanted.split_once(" … ") {
        Some((first, last)) => found.starts_with(&plain(first)) && found.ends_with(&plain(last)),
        None => found == plain(wanted),
    }
}

/// Scores some texts; each fault is a line of `faults`.
fn score(cases: &[&Case], faults: &mut String) -> Score {
    let mut score = Score::default();
    for case in cases {
        let page = page::read(case.text.as_bytes(), &case.name).unwrap();
        let code = detected(&page.text).unwrap_or("en");
        let language = Language::built_in(code).unwrap();
        let found = article(&page, &People::default(), &language, NaiveDate::from_ymd_opt(2031, 3, 6)).unwrap();
        let mut rest: Vec<(String, String)> =
            found.proposals.into_iter().map(|found| (found.speaker, found.text)).collect();
        score.wanted += case.expected.len();
        let mut wrong = String::new();
        for (speakers, words) in &case.expected {
            let Some(at) = rest.iter().position(|found| words.iter().any(|words| fits(&found.1, words))) else {
                wrong += &format!("   missing: {}: {}\n", speakers[0], words[0]);
                continue;
            };
            let (speaker, words) = rest.remove(at);
            score.words += 1;
            let bare = |name: &str| plain(name).trim_start_matches("the ").to_owned();
            if speakers.iter().any(|name| bare(name) == bare(&speaker)) {
                score.speakers += 1;
            } else {
                wrong += &format!("   {speaker} for {}: {words}\n", speakers[0]);
            }
        }
        score.extra += rest.len();
        for (speaker, words) in rest {
            wrong += &format!("   extra: {speaker}: {words}\n");
        }
        if !wrong.is_empty() {
            *faults += &format!("{} ({code}, {:?})\n{wrong}", case.name, found.shape);
        }
    }
    score
}

/// A change for the better changes the figures here, and in docs/extract.md.
#[test]
fn each_shape_of_a_transcript_is_read() {
    let cases = cases();
    let (aside, own): (Vec<&Case>, Vec<&Case>) = cases.iter().partition(|case| case.aside);
    let mut faults = String::new();
    let found = score(&own, &mut faults);
    let last = score(&aside, &mut String::new());
    assert_eq!(found, Score { wanted: 191, words: 188, speakers: 188, extra: 3 }, "tuned on\n{faults}\n{last:?}");
    assert_eq!(last, Score { wanted: 91, words: 84, speakers: 82, extra: 7 }, "set aside");
}
