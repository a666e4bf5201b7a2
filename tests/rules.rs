//! What rules do, sentence by sentence; and that the engine finds what a slow and obvious matcher
//! finds.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use stance::codebook::Codebook;
use stance::file::document::Document;
use stance::rule::engine::{EngineBuilder, Reading};
use stance::rule::pattern::{Pattern, Phrase, PhraseItem, WordPattern};
use stance::rule::{RuleDecision, Rules, Scratch, file};
use stance::statement::Statements;

/// Rules over the base fixture's codebook: issue `tram` has the levels -1, 0, +1.
fn rules(text: &str) -> Rules {
    let codebook = include_str!("fixtures/base/codebook.toml");
    let document = |text: &str| Document::new("f", text.to_owned());
    let codebook = Codebook::parse(&document(codebook), &mut Vec::new()).unwrap();
    let mut problems = Vec::new();
    file::parse(document(text), Some(&codebook), None, &mut problems).unwrap_or_else(|| panic!("{problems:?}"))
}

/// What the rules decide on the first issue: a position, `conflict` or `none`.
fn decide(rules: &Rules, text: &str) -> String {
    let csv = format!("id,date,speaker,text\ns,2025-06-01,Ada Example,\"{}\"\n", text.replace('"', "\"\""));
    let statements = Statements::parse("f".as_ref(), &csv, &mut Vec::new()).unwrap();
    let decisions = rules.decide(&statements.rows[0], &mut Scratch::default());
    match decisions.first() {
        None => "none".to_owned(),
        Some((_, RuleDecision::Conflict(_))) => "conflict".to_owned(),
        Some((_, RuleDecision::Position(position, firing))) => {
            let contexts = rules.contexts_of(firing);
            if contexts.is_empty() { position.to_string() } else { format!("{position} {contexts}") }
        }
    }
}

const CONTEXTS: &str = r#"
[lists]
vehicles = ["tram*", "light rail"]

[[context]]
id = "negated"
effect = "drop"
before = ["not", "never", "no"]
after = ["is out of the question"]
pseudo = ["not only", "no doubt"]
until = ["but", "however"]
marks = ","
window = 5

[[context]]
id = "conditional"
effect = "soften"
before = ["if", "unless"]
window = 8

[[context]]
id = "other-view"
effect = "drop"
before = ["(he|she|they) (say*|said|want*)"]

[[context]]
id = "past"
effect = "keep"
before = ["years ago", "used to"]
"#;

#[test]
fn contexts_do_to_a_position_what_the_file_says() {
    let build = r#"[[rule]]
id = "tram-build"
issue = "tram"
position = 1
any = ["build ... <vehicles>"]
"#;
    let flip = "context = { negated = \"flip\", conditional = \"keep\", past = \"down\" }\n";
    for (extra, sentence, expected) in [
        ("", "We build the tram.", "+1"),
        ("", "We build a light rail line.", "+1"),
        ("", "We do not build the tram.", "none"),
        ("", "We won't build the tram.", "none"),
        (flip, "We do not build the tram.", "-1 negated: flip"),
        (flip, "To build the tram is out of the question.", "-1 negated: flip"),
        // A pseudo-cue is no cue, and what ends the reach of a cue ends it.
        (flip, "We not only build the tram.", "+1"),
        (flip, "No doubt we build the tram.", "+1"),
        (flip, "It is not cheap, but we build the tram.", "+1"),
        (flip, "It is not cheap but we build the tram.", "+1"),
        // So does a mark that the file names, and only such a one.
        (flip, "No, we build the tram.", "+1"),
        (flip, "Not so: build the tram.", "-1 negated: flip"),
        // One rule that gives two places different positions is in conflict with itself.
        (flip, "We build the tram. They do not build the tram.", "conflict"),
        // Too far away, and in another sentence.
        (flip, "This is not what the others on that side would call to build the tram.", "+1"),
        (flip, "It is not cheap. We build the tram.", "+1"),
        // A cue in a gap of the evidence counts, one that the pattern names does not.
        (flip, "We build no new tram.", "-1 negated: flip"),
        ("", "If they pay, we build the tram.", "0 conditional: soften"),
        (flip, "If they pay, we build the tram.", "+1 conditional: keep"),
        (flip, "If they do not pay we never build the tram.", "-1 negated: flip; conditional: keep"),
        ("", "They want us to build the tram.", "none"),
        ("", "Years ago they used to build the tram.", "+1 past: keep"),
        (flip, "Years ago they used to build the tram.", "0 past: down"),
        // Where the first place is dropped, a later one may stand.
        ("", "We do not build the tram today, but tomorrow we build the tram.", "+1"),
        ("", "We do not build the tram. They pay. We build the tram.", "+1"),
    ] {
        let rules = rules(&format!("{CONTEXTS}\n{build}{extra}"));
        assert_eq!(decide(&rules, sentence), expected, "{sentence} with {extra:?}");
    }
}

#[test]
fn a_cue_that_the_pattern_names_has_been_read_already() {
    let text = format!(
        "{CONTEXTS}\n[[rule]]\nid = \"tram-no\"\nissue = \"tram\"\nposition = -1\nany = [\"build no tram\", \"not build\"]\n"
    );
    for sentence in ["We build no tram.", "We will not build it."] {
        assert_eq!(decide(&rules(&text), sentence), "-1");
    }
}

#[test]
fn a_rule_asks_for_any_all_and_none_in_its_scope() {
    let rule = |extra: &str| {
        format!(
            "[[rule]]\nid = \"tram-a\"\nissue = \"tram\"\nposition = 1\nany = [\"build\", \"lay\"]\nall = [\"tram\", \"rails\"]\nnone = [\"bus\"]\n{extra}"
        )
    };
    for (extra, sentence, expected) in [
        ("", "We build a tram on rails.", "+1"),
        ("", "On rails a tram, which we lay.", "+1"),
        ("", "We build a tram.", "none"),
        ("", "A tram on rails.", "none"),
        ("", "We build a tram on rails, not a bus.", "none"),
        ("", "We build a tram. It has rails.", "none"),
        ("", "A bus goes. We build a tram on rails.", "+1"),
        ("scope = \"statement\"\n", "We build a tram. It has rails.", "+1"),
        ("scope = \"statement\"\n", "We build a tram. It has rails. A bus goes.", "none"),
    ] {
        assert_eq!(decide(&rules(&rule(extra)), sentence), expected, "{sentence} with {extra:?}");
    }
}

#[test]
fn rules_are_resolved_by_priority_and_never_averaged() {
    let rule = |id: &str, position: i32, word: &str, priority: i32| {
        format!(
            "[[rule]]\nid = \"{id}\"\nissue = \"tram\"\nposition = {position}\nany = [\"{word}\"]\npriority = {priority}\n"
        )
    };
    let text = rule("tram-a", 1, "a", 0)
        + &rule("tram-b", -1, "b", 0)
        + &rule("tram-c", 0, "c", 5)
        + &rule("tram-d", 1, "d", 0);
    let rules = rules(&text);
    for (sentence, expected) in
        [("a", "+1"), ("a d", "+1"), ("a b", "conflict"), ("a b c", "0"), ("b c", "0"), ("x", "none")]
    {
        assert_eq!(decide(&rules, sentence), expected, "{sentence}");
    }
}

#[test]
fn spelling_that_a_reader_would_not_notice_makes_no_difference() {
    let rules = rules(
        "[[rule]]\nid = \"tram-a\"\nissue = \"tram\"\nposition = 1\nany = [\"we won't sell Zoë's land-swap at café\", \"=US first\"]\n",
    );
    for (sentence, expected) in [
        ("WE WILL NOT SELL ZOË’S LAND SWAP AT CAFE\u{301}", "+1"),
        ("We won’t sell Zoë's land\u{2011}swap at  café!", "+1"),
        ("We won\u{200b}'t sell Zoe's land swap at cafe", "none"),
        ("The US first", "+1"),
        ("Tell us first", "none"),
        ("\u{202e}we won't sell zoë's land swap at café\u{202c} 🚋", "+1"),
        ("\u{0}", "none"),
    ] {
        assert_eq!(decide(&rules, sentence), expected, "{sentence}");
    }
}

#[test]
fn hostile_texts_and_rules_are_answered_in_bounded_time() {
    let long = "tram ".repeat(50_000);
    let text =
        "[[rule]]\nid = \"tram-a\"\nissue = \"tram\"\nposition = 1\nany = [\"tram ...50 tram ...50 tram ...50 bus\"]\n";
    assert_eq!(decide(&rules(text), &long), "none");
    let many: String = (0..10_000)
        .map(|i| format!("[[rule]]\nid = \"tram-{i}\"\nissue = \"tram\"\nposition = 1\nany = [\"word{i} tram*\"]\n"))
        .collect();
    assert_eq!(decide(&rules(&many), "word9999 trams"), "+1");
}

/// Patterns over few short words, so that they meet.
fn phrase() -> impl Strategy<Value = Phrase> {
    let word = prop_oneof![
        4 => prop::sample::select(&["a", "b", "c"][..]).prop_map(|w| WordPattern::Exact(w.to_owned())),
        1 => prop::sample::select(&["a", "ab"][..]).prop_map(|w| WordPattern::Prefix(w.to_owned())),
        1 => Just(WordPattern::Any),
    ];
    let item = prop_oneof![3 => word.prop_map(PhraseItem::Word), 1 => (0..4_usize).prop_map(PhraseItem::Gap)];
    let flat = prop::collection::vec(item, 0..4).prop_map(Phrase);
    flat.prop_recursive(3, 24, 4, |inner| {
        let either = prop::collection::vec(inner.clone(), 1..4).prop_map(PhraseItem::Either);
        let item = prop_oneof![either, inner.prop_map(|phrase| PhraseItem::Either(vec![phrase]))];
        (prop::collection::vec(item, 1..4)).prop_map(Phrase)
    })
}

/// Where a matcher may be: the next word, and the last one that was matched.
type State = (usize, Option<usize>);

/// All states in which a phrase can leave its text, by trying everything.
fn states(phrase: &Phrase, words: &[&str], from: BTreeSet<State>) -> BTreeSet<State> {
    phrase.0.iter().fold(from, |states_now, item| {
        states_now
            .into_iter()
            .flat_map(|(next, last)| match item {
                PhraseItem::Word(word) => {
                    let stands = words.get(next).is_some_and(|text| match word {
                        WordPattern::Exact(word) | WordPattern::Cased(word) => text == word,
                        WordPattern::Prefix(prefix) => text.starts_with(prefix.as_str()),
                        WordPattern::Any => true,
                    });
                    if stands { BTreeSet::from([(next + 1, Some(next))]) } else { BTreeSet::new() }
                }
                // Room before the first word holds nothing together.
                PhraseItem::Gap(_) if last.is_none() => BTreeSet::from([(next, last)]),
                PhraseItem::Gap(room) => (next..=next + room).map(|next| (next, last)).collect(),
                PhraseItem::Either(choices) | PhraseItem::List(_, choices) => {
                    choices.iter().flat_map(|choice| states(choice, words, BTreeSet::from([(next, last)]))).collect()
                }
            })
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, rng_seed: RngSeed::Fixed(20_250_815), ..ProptestConfig::default() })]

    #[test]
    fn the_engine_finds_what_a_slow_and_obvious_matcher_finds(
        phrases in prop::collection::vec(phrase(), 1..5),
        words in prop::collection::vec(prop::sample::select(&["a", "b", "c", "ab", "abc", "x"][..]), 1..14),
    ) {
        let text = words.join(" ");
        let mut builder = EngineBuilder::default();
        let sound: Vec<&Phrase> =
            phrases.iter().filter(|phrase| Pattern::parse(&phrase.to_string()).is_ok()).collect();
        let ids: Vec<_> = sound.iter().map(|phrase| builder.add(&Pattern::Phrase((*phrase).clone()), true)).collect();
        let (engine, mut reading, mut armed) = (builder.build(), Reading::default(), Vec::new());
        engine.read(&text, &mut reading);
        engine.armed(&text, 0..words.len(), &mut reading, &mut armed);
        for (phrase, id) in sound.iter().zip(ids) {
            let expected: Vec<(usize, usize)> = (0..words.len())
                .filter_map(|start| {
                    let ends = states(phrase, &words, BTreeSet::from([(start, None)]));
                    Some((start, ends.into_iter().filter_map(|(_, last)| last).min()?))
                })
                .collect();
            let mut hits = Vec::new();
            engine.find(id, &text, 0..words.len(), &mut reading, &mut hits);
            let mut found: Vec<(usize, usize)> = hits.iter().map(|hit| (hit.first, hit.last)).collect();
            // Two beginnings of a phrase may find the same word; the shorter way is the hit.
            found.sort_unstable();
            found.dedup_by_key(|hit| hit.0);
            prop_assert_eq!(&found, &expected, "`{}` in `{}`", phrase, &text);
            prop_assert!(found.is_empty() || armed.contains(&id), "`{}` is not armed by `{}`", phrase, &text);
        }
    }
}
