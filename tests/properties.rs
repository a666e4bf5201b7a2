//! Properties: whatever is written, reading it never panics, and what is read and written again
//! is the same.

use std::path::Path;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use stance::codebook::Codebook;
use stance::file::document::Document;
use stance::file::table::{self, Columns, Dialect, Table};
use stance::rule::engine::{EngineBuilder, PatternId, Reading};
use stance::rule::file;
use stance::rule::pattern::Pattern;
use stance::statement::Statements;

/// Text that looks like a pattern more often than chance would have it.
fn pattern_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zé']{1,6}",
        Just("*".to_owned()),
        Just(" ... ".to_owned()),
        Just("...7".to_owned()),
        Just("(".to_owned()),
        Just("|".to_owned()),
        Just(")".to_owned()),
        Just(" ".to_owned()),
        Just("won’t".to_owned()),
        Just("/a+/".to_owned()),
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, rng_seed: RngSeed::Fixed(20_250_815), ..ProptestConfig::default() })]

    #[test]
    fn a_pattern_is_refused_or_prints_as_itself(text in pattern_text()) {
        match Pattern::parse(&text) {
            Ok(pattern) => {
                let printed = pattern.to_string();
                prop_assert_eq!(Pattern::parse(&printed).unwrap().to_string(), printed);
            }
            Err(fault) => prop_assert!(fault.offset <= text.len()),
        }
    }

    #[test]
    fn a_hit_is_a_stretch_of_the_text(pattern in pattern_text(), text in any::<String>()) {
        let mut builder = EngineBuilder::default();
        if let Ok(pattern) = Pattern::parse(&pattern) {
            builder.add(&pattern, true);
            let (engine, mut reading, mut hits) = (builder.build(), Reading::default(), Vec::new());
            // The pattern's own text is where it is most likely to stand.
            for text in [text, pattern.to_string()] {
                engine.read(&text, &mut reading);
                let words = reading.words().len();
                if words > 0 {
                    let sentence = reading.sentence_of(0);
                    engine.find(PatternId(0), &text, sentence, &mut reading, &mut hits);
                }
                for hit in hits.drain(..) {
                    prop_assert!(hit.first <= hit.last && hit.last < words);
                    prop_assert!(text.get(reading.span(hit.first, hit.last)).is_some());
                }
            }
        }
    }

    #[test]
    fn a_table_reads_back_as_it_was_written(
        rows in prop::collection::vec(prop::collection::vec("[^\u{0}\u{feff}]{0,8}", 3), 0..6),
        separator in prop::sample::select(&[b',', b';', b'\t'][..]),
        crlf in any::<bool>(),
    ) {
        const COLUMNS: Columns = Columns { known: &["a", "b", "c"], required: &["a"] };
        let dialect = Dialect { separator, crlf, byte_order_mark: false };
        let header = ["a", "b", "c"].map(String::from);
        let written = table::write(dialect, &header, rows.iter());
        let (mut problems, mut read) = (Vec::new(), Vec::new());
        let table = Table::open(Path::new("t"), &written, COLUMNS, &mut problems).unwrap();
        table.for_each_row(&mut problems, |row, _| read.push(row.cells()));
        prop_assert!(problems.is_empty());
        let blank = |row: &Vec<String>| row.iter().all(|cell| cell.trim().is_empty());
        prop_assert_eq!(read, rows.into_iter().filter(|row| !blank(row)).collect::<Vec<_>>());
    }

    #[test]
    fn broken_files_give_problems_and_no_panic(cut in any::<prop::sample::Index>(), noise in any::<String>()) {
        let codebook_text = include_str!("fixtures/base/codebook.toml");
        let rules_text = include_str!("fixtures/base/rules.toml");
        let statements_text = include_str!("fixtures/base/statements.csv");
        let broken = |text: &str| {
            let at = cut.index(text.len());
            let at = (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
            format!("{}{noise}{}", &text[..at], &text[at..])
        };
        let document = |text: String| Document::new("f", text);
        let mut problems = Vec::new();
        Codebook::parse(&document(broken(codebook_text)), &mut problems);
        Statements::parse(Path::new("f"), &broken(statements_text), &mut problems);
        let codebook = Codebook::parse(&document(codebook_text.to_owned()), &mut Vec::new()).unwrap();
        file::parse(document(broken(rules_text)), Some(&codebook), None, &mut problems);
    }
}
