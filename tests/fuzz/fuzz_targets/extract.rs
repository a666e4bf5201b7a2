//! Reads anything as a text or a page, and holds what is proposed of it to the text.

#![no_main]
#![allow(dead_code, reason = "only a part of the library is taken in")]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;

#[path = "../../../src/words.rs"]
pub mod words;
#[path = "../../../src/error.rs"]
pub mod error;
#[path = "../../../src/date.rs"]
pub mod date;
#[path = "../../../src/file/mod.rs"]
pub mod file;
#[path = "../../../src/statement.rs"]
pub mod statement;
#[path = "../../../src/extract/mod.rs"]
pub mod extract;

use extract::language::{Language, codes};
use file::document::Document;
use extract::merge::{Sourced, merge};
use extract::page;
use extract::proposal::article;
use extract::speech::People;
use extract::wording::Wordings;

/// Every built-in language, with the speakers of a file as it finds them.
static LANGUAGES: LazyLock<Vec<(Language, People)>> = LazyLock::new(|| {
    let read = |code| {
        let language = Language::built_in(code).expect("it is built in");
        let file = include_str!("../../articles/speakers.toml");
        let mut problems = Vec::new();
        let people = People::read(&Document::new("speakers.toml", file.to_owned()), &language.cues, &mut problems);
        assert!(problems.is_empty(), "the file is sound");
        (language, people)
    };
    codes().map(read).collect()
});

fuzz_target!(|bytes: &[u8]| {
    let name = ["a.txt", "a.html", "a.md"][bytes.first().map_or(0, |byte| usize::from(byte % 3))];
    let Ok(page) = page::read(bytes, name) else { return };
    let published = "2025-03-05".parse().ok();
    let (language, people) = &LANGUAGES[bytes.last().map_or(0, |byte| usize::from(*byte)) % LANGUAGES.len()];
    let Some(found) = article(&page, people, language, published) else { panic!("a day was given") };
    let characters = page.text.chars().count();
    for proposal in &found.proposals {
        assert!(!proposal.text.is_empty() && !proposal.text.contains('\n') && !proposal.speaker.is_empty());
        assert!(proposal.passage.start < proposal.passage.end && proposal.passage.end <= characters);
        assert!(proposal.spans.iter().all(|span| span.start < span.end && span.end <= characters));
        assert!(proposal.date <= found.published, "words are not said after they are published");
    }
    let all: Vec<Sourced> =
        found.proposals.into_iter().map(|proposal| Sourced::new(0, proposal)).collect();
    let count = all.len();
    assert!(merge(all, &[], &Wordings::of([&language.wording])).len() <= count);
});
