//! Reads anything as `rules.toml`; what is sound labels the very text it was read from.

#![no_main]
#![allow(dead_code, reason = "only a part of the library is taken in")]

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
#[path = "../../../src/codebook/mod.rs"]
pub mod codebook;
#[path = "../../../src/rule/mod.rs"]
pub mod rule;

use codebook::Codebook;
use file::document::Document;
use rule::topic::Said;
use rule::{Scratch, test};

fuzz_target!(|text: &str| {
    let document = |text: &str| Document::new("f", text.to_owned());
    let codebook = include_str!("../../fixtures/base/codebook.toml");
    let Some(codebook) = Codebook::parse(&document(codebook), &mut Vec::new()) else { return };
    let mut problems = Vec::new();
    let Some(rules) = rule::file::parse(document(text), Some(&codebook), None, &mut problems) else {
        assert!(problems.iter().any(error::Problem::is_fault), "what is refused has a reason");
        return;
    };
    test::run(&rules, &codebook);
    for firing in rules.firings(&Said::text(text), &mut Scratch::default()) {
        assert!(text.get(firing.evidence.clone()).is_some());
        rules.patterns_at(text, &firing);
    }
    for written in rules.rules.iter().flat_map(|rule| rule.any.iter().chain(&rule.all).chain(&rule.none)) {
        let printed = written.pattern.to_string();
        let again = rule::pattern::Pattern::parse_with(&printed, &rule::file::lists(&rules.document));
        assert_eq!(again.map(|pattern| pattern.to_string()).ok(), Some(printed));
    }
});
