//! What rules do, sentence by sentence; and that the engine finds what a slow and obvious matcher
//! finds.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use stance::codebook::Codebook;
use stance::file::document::Document;
use stance::rule::clause::{ClauseWords, Parting};
use stance::rule::engine::{EngineBuilder, Reading};
use stance::rule::pattern::{Gap, Pattern, Phrase, PhraseItem, WordPattern};
use stance::rule::topic::context_columns;
use stance::rule::{RuleDecision, Rules, Scratch, file};
use stance::statement::Statements;

/// The base fixture's codebook, with more lines before its issues: issue `tram` has the levels -1, 0, +1.
fn codebook(more: &str) -> Codebook {
    let text = include_str!("fixtures/base/codebook.toml").replacen("[[issue]]", &format!("{more}[[issue]]"), 1);
    let mut problems = Vec::new();
    Codebook::parse(&Document::new("f", text), &mut problems).unwrap_or_else(|| panic!("{problems:?}"))
}

/// Rules over the base fixture's codebook.
fn rules(text: &str) -> Rules {
    let mut problems = Vec::new();
    let rules = file::parse(Document::new("f", text.to_owned()), Some(&codebook("")), None, &mut problems);
    rules.unwrap_or_else(|| panic!("{problems:?}"))
}

/// What the rules decide on the first issue: a position, `conflict` or `none`.
fn decide(rules: &Rules, text: &str) -> String {
    let csv = format!("id,date,speaker,text\ns,2025-06-01,Ada Example,\"{}\"\n", text.replace('"', "\"\""));
    let statements = Statements::parse("f".as_ref(), &csv, &mut Vec::new()).unwrap();
    decide_row(rules, &statements)
}

/// What the rules decide on the first issue of the first statement.
fn decide_row(rules: &Rules, statements: &Statements) -> String {
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
        (flip, "Not so: build the tram.", "+1"),
        (flip, "Not so - we build the tram.", "+1"),
        (flip, "Not so or so, build the tram.", "+1"),
        (flip, "Not so or so build the tram.", "-1 negated: flip"),
        // So does the end of a clause; a condition reaches the clause beside its own.
        (flip, "They do not like it and we build the tram.", "+1"),
        (flip, "We do not like it because we build the tram.", "+1"),
        (flip, "They do not like it and build the tram.", "-1 negated: flip"),
        ("", "We build the tram if they pay.", "+1"),
        ("", "They pay; we build the tram if they pay.", "+1"),
        ("", "If they pay, you gain, we build the tram.", "+1"),
        (flip, "If they do not pay, we build the tram.", "+1 conditional: keep"),
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
    // A megabyte without a mark, and one of nothing but clauses, with everything that is asked of a place.
    let text = format!(
        "{CONTEXTS}[domain]\nwords = [\"tram\"]\npseudo = [\"tram tram\"]\n[[topic]]\nissue = \"tram\"\nwords = [\"bus\"]\npseudo = [\"the bus\"]\n{BUILD}any = [\"tram ... tram\"]\nall = [\"we\"]\ntopic = \"clause\"\n"
    );
    let clauses = text.replace("topic = \"clause\"", "scope = \"clause\"");
    for text in [text, clauses] {
        let rules = rules(&text);
        for unit in ["we tram ", "we tram, ", "not we tram the bus ", "; we tram if ", "we tram but bus "] {
            let text = unit.repeat(1_000_000 / unit.len());
            decide(&rules, &text);
        }
    }
}

const BUILD: &str = "[[rule]]\nid = \"tram-build\"\nissue = \"tram\"\nposition = 1\n";

#[test]
fn a_gap_ends_with_the_clause_unless_it_has_four_dots() {
    let expected = [
        ("We build the big tram.", true, true),
        ("We build, as planned, the tram.", true, true),
        ("We build a road; the tram waits.", false, true),
        ("We build a road: the tram waits.", false, true),
        ("We build a road — the tram waits.", false, true),
        ("We build a road - the tram waits.", false, true),
        ("We build on a low-floor tram.", true, true),
        ("We build a road, they like the tram.", false, true),
        ("We build a road and they like the tram.", false, true),
        ("We build a road and the tram.", true, true),
        ("We build a road and the tram will wait.", false, true),
        ("We build a road and the town's tram.", true, true),
        ("We build a road but no tram.", false, true),
        ("We build a road, which has a tram.", false, true),
        ("We build for those who love a tram.", false, true),
        ("We build a road. A tram waits.", false, false),
        ("We build tram and bus.", true, true),
    ];
    for (sentence, three, four) in expected {
        for (pattern, fires) in [("build ...8 tram", three), ("build ....8 tram", four)] {
            let rules = rules(&format!("{BUILD}any = [\"{pattern}\"]\n"));
            let expected = if fires { "+1" } else { "none" };
            assert_eq!(decide(&rules, sentence), expected, "`{pattern}` in {sentence}");
        }
    }
    // The words that part clauses belong to both, and words next to one another match across the end of a clause.
    for (pattern, sentence) in [
        ("build ... but", "We build a road but no tram."),
        ("but ... tram", "We build a road but no tram."),
        ("road tram", "We build a road; tram and bus wait."),
    ] {
        assert_eq!(decide(&rules(&format!("{BUILD}any = [\"{pattern}\"]\n")), sentence), "+1", "`{pattern}`");
    }
}

#[test]
fn the_file_says_what_parts_clauses() {
    let german =
        "[clauses]\nalways = [\",\", \";\", \"aber\"]\nbefore_subject = [\"und\"]\nsubjects = [\"wir\", \"sie\"]\n";
    let ukrainian = "[clauses]\nalways = [\",\", \"але\", \"а\"]\nbefore_subject = [\"і\"]\nsubjects = [\"ми\"]\n";
    let off = "[clauses]\nalways = []\nbefore_subject = []\n";
    for (clauses, pattern, sentence, expected) in [
        (german, "bauen ... Bahn", "Wir bauen die neue Bahn.", "+1"),
        (german, "bauen ... Bahn", "Wir bauen nichts, die Bahn fährt.", "none"),
        (german, "bauen ... Bahn", "Wir bauen nichts und sie mögen die Bahn.", "none"),
        (german, "bauen ... Bahn", "Wir bauen Straße und Bahn.", "+1"),
        (german, "bauen .... Bahn", "Wir bauen nichts, die Bahn fährt.", "+1"),
        (ukrainian, "будуємо ... трамвай", "Ми будуємо новий трамвай.", "+1"),
        (ukrainian, "будуємо ... трамвай", "Ми будуємо дорогу, а трамвай чекає.", "none"),
        (ukrainian, "будуємо ... трамвай", "Ми будуємо дорогу і ми любимо трамвай.", "none"),
        (off, "build ... tram", "We build a road; but the tram waits.", "+1"),
    ] {
        let rules = rules(&format!("{clauses}{BUILD}any = [\"{pattern}\"]\n"));
        assert_eq!(decide(&rules, sentence), expected, "`{pattern}` in {sentence}");
    }
}

#[test]
fn two_clauses_that_differ_are_a_conflict_unless_the_file_says_which_wins() {
    let one = format!(
        "{CONTEXTS}\n{BUILD}any = [\"support the tram\", \"good\", \"nice\"]\ncontext = {{ negated = \"flip\" }}\n"
    );
    let two = format!(
        "{BUILD}any = [\"good\"]\n[[rule]]\nid = \"tram-bad\"\nissue = \"tram\"\nposition = -1\nany = [\"bad\"]\n"
    );
    let last = "[clauses]\nlast_wins = [\"but\", \"however\"]\n";
    for (rules_text, sentence, plain, with_last) in [
        (&one, "We support the tram, but we do not support the tram now.", "conflict", "-1 negated: flip"),
        (&one, "We do not support the tram now, but we support the tram.", "conflict", "+1"),
        (&one, "We support the tram. We do not support the tram now.", "conflict", "conflict"),
        (&one, "We support the tram. But we do not support the tram now.", "conflict", "-1 negated: flip"),
        (&one, "The route is not good, but the colour is nice.", "conflict", "+1"),
        (&one, "The colour is nice, but the route is not good.", "conflict", "-1 negated: flip"),
        (&one, "The colour is nice and the route is good.", "+1", "+1"),
        (&one, "The colour is nice; but if they pay, the route is not good.", "conflict", "conflict"),
        (&two, "It is good, but it is bad.", "conflict", "-1"),
        (&two, "It is bad, but it is good.", "conflict", "+1"),
        (&two, "It is good, and it is bad.", "conflict", "conflict"),
        (&two, "It is good, but it is bad, but it is good.", "conflict", "+1"),
        (&two, "It is good and bad.", "conflict", "conflict"),
        (&two, "But it is good and it is bad.", "conflict", "conflict"),
    ] {
        assert_eq!(decide(&rules(rules_text), sentence), plain, "{sentence}");
        assert_eq!(decide(&rules(&format!("{last}{rules_text}")), sentence), with_last, "{sentence} if the last wins");
    }
}

#[test]
fn a_rule_may_ask_for_everything_in_one_clause() {
    let text = format!("{BUILD}any = [\"build\"]\nall = [\"tram\"]\nnone = [\"never\"]\nscope = \"clause\"\n");
    for (sentence, expected) in [
        ("We build a tram.", "+1"),
        ("We build a road, and they like the tram.", "none"),
        ("They never pay, but we build a tram.", "+1"),
        ("They pay, but we never build a tram.", "none"),
    ] {
        assert_eq!(decide(&rules(&text), sentence), expected, "{sentence}");
    }
}

#[test]
fn a_cue_may_reach_beyond_its_clause_if_the_file_says_so() {
    let context = |reach: &str| {
        format!(
            "[[context]]\nid = \"view\"\neffect = \"drop\"\nbefore = [\"according to\"]\nwindow = 9\n{reach}\n{BUILD}any = [\"build\"]\n"
        )
    };
    let sentence = "According to the mayor: build a tram.";
    assert_eq!(decide(&rules(&context("")), sentence), "+1");
    assert_eq!(decide(&rules(&context("reach = \"clause\"")), sentence), "+1");
    assert_eq!(decide(&rules(&context("reach = \"sentence\"")), sentence), "none");
}

/// A statement with a question that was asked, a venue and notes.
fn asked(question: &str, venue: &str, notes: &str, text: &str) -> Statements {
    let csv = format!(
        "id,date,speaker,text,question,context,venue,notes\ns,2025-06-01,Ada Example,\"{text}\",{question},{question},{venue},{notes}\n"
    );
    Statements::parse("f".as_ref(), &csv, &mut Vec::new()).unwrap()
}

#[test]
fn a_rule_fires_only_where_its_topic_is_named() {
    const WAIT: &str = "any = [\"we will see\"]\n";
    const TOPIC: &str =
        "[[topic]]\nissue = \"tram\"\nwords = [\"tram*\", \"light rail\"]\npseudo = [\"tram museum\"]\n";
    // Where the topic is named: in the clause, the sentence, a sentence beside it, farther away, beside the text.
    let places = [
        ("We will see the tram.", "", ["clause", "sentence", "near", "statement", "anywhere", "none"].as_slice()),
        ("They like trams, and we will see.", "", &["sentence", "near", "statement", "anywhere", "none"]),
        ("Light rail? We will see.", "", &["near", "statement", "anywhere", "none"]),
        ("We will see. The tram!", "", &["near", "statement", "anywhere", "none"]),
        ("The tram. A bus. We will see.", "", &["statement", "anywhere", "none"]),
        ("We will see.", "Will you build the tram?", &["context", "anywhere", "none"]),
        ("We will see.", "Is there light rail?", &["context", "anywhere", "none"]),
        ("We will see.", "Who wins the cup?", &["none"]),
        ("The tram museum? We will see.", "The tram museum?", &["none"]),
    ];
    for (text, question, fires) in places {
        for place in ["", "anywhere", "statement", "near", "sentence", "clause", "context", "none"] {
            let line = if place.is_empty() { String::new() } else { format!("topic = \"{place}\"\n") };
            let mut rules = rules(&format!("{TOPIC}{BUILD}{WAIT}{line}"));
            let statements = asked(question, "", "", text);
            rules.columns = context_columns(&codebook(""), &statements);
            let place = if place.is_empty() { "anywhere" } else { place };
            let expected = if fires.contains(&place) { "+1" } else { "none" };
            assert_eq!(decide_row(&rules, &statements), expected, "{question} {text} with {place}");
        }
    }
}

#[test]
fn the_codebook_says_which_columns_may_name_the_topic() {
    let text = format!("[[topic]]\nissue = \"tram\"\nwords = [\"tram\"]\n{BUILD}any = [\"yes\"]\n");
    let settings = |columns: &str| codebook(&format!("[rules]\ncontext = [{columns}]\n"));
    let [question, venue, notes] = [("tram", "x", "x"), ("x", "tram", "x"), ("x", "x", "tram")]
        .map(|(question, venue, notes)| asked(question, venue, notes, "Yes."));
    for (codebook, expected) in [
        (codebook(""), ["+1", "+1", "+1"]),
        (settings("\"venue\""), ["none", "+1", "none"]),
        (settings("\"question\", \"notes\""), ["+1", "none", "+1"]),
        (settings(""), ["none", "none", "none"]),
    ] {
        for (statements, expected) in [&question, &venue, &notes].into_iter().zip(expected) {
            let mut rules = rules(&text);
            rules.columns = context_columns(&codebook, statements);
            assert_eq!(decide_row(&rules, statements), expected);
        }
    }
    assert_eq!(decide(&rules(&text), "Yes."), "none", "a file without such columns");
}

#[test]
fn the_domain_is_asked_of_every_rule() {
    let rule = |topic: &str| format!("{BUILD}any = [\"build\"]\n{topic}");
    let domain = "[domain]\nwords = [\"/town ?hall/\", \"our town\"]\npseudo = [\"town hall of another place\"]\n";
    let topic = "[[topic]]\nissue = \"tram\"\nwords = [\"tram\"]\n[[topic]]\nissue = \"tram\"\nwords = [\"rails\"]\n";
    for (text, sentence, expected) in [
        (format!("{domain}{}", rule("")), "We build.", "none"),
        (format!("{domain}{}", rule("")), "The town hall. We wait. We wait. We build.", "+1"),
        (format!("{domain}{}", rule("")), "The town hall of another place. We build.", "none"),
        (format!("{domain}{}", rule("topic = \"none\"")), "We build.", "none"),
        (format!("{domain}{topic}{}", rule("")), "Our town. We build rails.", "+1"),
        (format!("{domain}{topic}{}", rule("")), "Our town. We build a tram.", "+1"),
        (format!("{domain}{topic}{}", rule("")), "We build a tram.", "none"),
        (format!("{domain}{topic}{}", rule("")), "Our town. We build.", "none"),
        // A topic of another issue asks nothing of this one.
        ("[[topic]]\nissue = \"fares\"\nwords = [\"fare\"]\n".to_owned() + &rule(""), "We build.", "+1"),
    ] {
        assert_eq!(decide(&rules(&text), sentence), expected, "{sentence} with {text}");
    }
    // What stands beside the text may name it too.
    let mut rules = rules(&format!("{domain}{}", rule("")));
    let statements = asked("", "Our town", "", "We build.");
    rules.columns = context_columns(&codebook(""), &statements);
    assert_eq!(decide_row(&rules, &statements), "+1");
}

/// Patterns over few short words, so that they meet.
fn phrase() -> impl Strategy<Value = Phrase> {
    let word = prop_oneof![
        4 => prop::sample::select(&["a", "b", "c"][..]).prop_map(|w| WordPattern::Exact(w.to_owned())),
        1 => prop::sample::select(&["a", "ab"][..]).prop_map(|w| WordPattern::Prefix(w.to_owned())),
        1 => Just(WordPattern::Any),
    ];
    let gap = (0..4_usize, any::<bool>()).prop_map(|(words, across)| Gap { words, across });
    let item = prop_oneof![3 => word.prop_map(PhraseItem::Word), 1 => gap.prop_map(PhraseItem::Gap)];
    let flat = prop::collection::vec(item, 0..4).prop_map(Phrase);
    flat.prop_recursive(3, 24, 4, |inner| {
        let either = prop::collection::vec(inner.clone(), 1..4).prop_map(PhraseItem::Either);
        let item = prop_oneof![either, inner.prop_map(|phrase| PhraseItem::Either(vec![phrase]))];
        (prop::collection::vec(item, 1..4)).prop_map(Phrase)
    })
}

/// Words that stand for clause words, and marks before words.
fn clause_words() -> ClauseWords {
    let phrase = |word: &str| Phrase(vec![PhraseItem::Word(WordPattern::Exact(word.to_owned()))]);
    ClauseWords {
        always: Parting { marks: vec![';'], words: vec![phrase("but"), phrase("if")] },
        before_subject: Parting { marks: vec![','], words: vec![phrase("and")] },
        subjects: vec![phrase("we")],
        last_wins: vec![phrase("but")],
    }
}

/// A sentence: each word with the mark before it.
type Sentence = Vec<(char, &'static str)>;

/// A clause of a sentence, as a reader would mark it: its first word, and the word after those that open it.
fn clauses(sentence: &[(char, &str)]) -> Vec<(usize, usize)> {
    let opens = |i: usize| matches!(sentence[i].1, "but" | "if" | "and");
    let joined = |i: usize| i > 0 && opens(i - 1) && sentence[i].0 != ';';
    // Words that open a clause together, from i on.
    let run = |i: usize| (i..sentence.len()).take_while(|j| opens(*j) && (*j == i || joined(*j))).count();
    let begins = |i: usize| {
        let run_end = i + run(i);
        let parts = (i..run_end).any(|j| sentence[j].1 != "and");
        let subject = |j: usize| sentence.get(j).is_some_and(|(mark, word)| *word == "we" && (j == i || *mark != ';'));
        i == 0
            || sentence[i].0 == ';'
            || (!joined(i) && opens(i) && (parts || subject(run_end)))
            || (!joined(i) && sentence[i].0 == ',' && subject(i))
    };
    (0..sentence.len()).filter(|i| begins(*i)).map(|i| (i, i + run(i))).collect()
}

/// The place of a word's clause.
fn clause_of(clauses: &[(usize, usize)], word: usize) -> usize {
    clauses.iter().rposition(|(start, _)| *start <= word).unwrap()
}

/// Whether a gap after a word may end at another: in the same clause, or at the words that open the next.
fn may_reach(clauses: &[(usize, usize)], from: usize, to: usize) -> bool {
    clauses.get(clause_of(clauses, from) + 1).is_none_or(|(_, opened)| to < *opened)
}

/// Where a matcher may be: the next word, the last one that was matched, and whether gaps since then run across
/// clauses; `None` if there was no gap.
type State = (usize, Option<usize>, Option<bool>);

fn stands(word: &WordPattern, text: &str) -> bool {
    match word {
        WordPattern::Exact(word) | WordPattern::Cased(word) => text == word,
        WordPattern::Prefix(prefix) => text.starts_with(prefix.as_str()),
        WordPattern::Any => true,
    }
}

/// All states in which a phrase can leave a sentence, by trying everything.
fn states(phrase: &Phrase, sentence: &[(char, &str)], from: BTreeSet<State>) -> BTreeSet<State> {
    let clauses = clauses(sentence);
    phrase.0.iter().fold(from, |states_now, item| {
        states_now
            .into_iter()
            .flat_map(|(next, last, gap)| match item {
                PhraseItem::Word(word) => {
                    let reached = last.is_none_or(|last| gap != Some(false) || may_reach(&clauses, last, next));
                    let stands = sentence.get(next).is_some_and(|(_, text)| stands(word, text));
                    if reached && stands { BTreeSet::from([(next + 1, Some(next), None)]) } else { BTreeSet::new() }
                }
                // Room before the first word holds nothing together.
                PhraseItem::Gap(_) if last.is_none() => BTreeSet::from([(next, last, gap)]),
                PhraseItem::Gap(Gap { words, across }) => {
                    let across = Some(*across || gap == Some(true));
                    (next..=next + words).map(|next| (next, last, across)).collect()
                }
                PhraseItem::Either(choices) | PhraseItem::List(_, choices) => choices
                    .iter()
                    .flat_map(|choice| states(choice, sentence, BTreeSet::from([(next, last, gap)])))
                    .collect(),
            })
            .collect()
    })
}

/// The places of a phrase in a sentence: of those that begin with the same word, the shortest.
fn places(phrase: &Phrase, sentence: &[(char, &str)]) -> Vec<(usize, usize)> {
    let ends = |start| states(phrase, sentence, BTreeSet::from([(start, None, None)]));
    let shortest = |start| Some((start, ends(start).into_iter().filter_map(|(_, last, _)| last).min()?));
    (0..sentence.len()).filter_map(shortest).collect()
}

/// A sentence as text. A word after a mark follows it and a space.
fn written(sentence: &[(char, &str)]) -> String {
    let mut text = String::new();
    for (i, (mark, word)) in sentence.iter().enumerate() {
        match (i, mark) {
            (0, _) => {}
            (_, ' ') => text.push(' '),
            (_, mark) => text.extend([*mark, ' ']),
        }
        text += word;
    }
    text
}

fn sentence(words: &'static [&'static str], longest: usize) -> impl Strategy<Value = Sentence> {
    let word = (prop::sample::select(&[' ', ' ', ' ', ' ', ',', ';'][..]), prop::sample::select(words));
    prop::collection::vec(word, 1..longest)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, rng_seed: RngSeed::Fixed(20_250_815), ..ProptestConfig::default() })]

    #[test]
    fn the_engine_finds_what_a_slow_and_obvious_matcher_finds(
        phrases in prop::collection::vec(phrase(), 1..5),
        sentence in sentence(&["a", "b", "c", "ab", "abc", "x", "a", "b", "c", "but", "and", "we"], 14),
    ) {
        let text = written(&sentence);
        let mut builder = EngineBuilder::default();
        let sound: Vec<&Phrase> =
            phrases.iter().filter(|phrase| Pattern::parse(&phrase.to_string()).is_ok()).collect();
        let ids: Vec<_> = sound.iter().map(|phrase| builder.add(&Pattern::Phrase((*phrase).clone()), true)).collect();
        builder.part_clauses(&clause_words());
        let (engine, mut reading, mut armed) = (builder.build(), Reading::default(), Vec::new());
        engine.read(&text, &mut reading);
        prop_assert_eq!(reading.words().len(), sentence.len());
        engine.armed(&text, 0..sentence.len(), &mut reading, &mut armed);
        let begun = clauses(&sentence);
        for word in 0..sentence.len() {
            let place = clause_of(&begun, word);
            let end = begun.get(place + 1).map_or(sentence.len(), |next| next.0);
            prop_assert_eq!(engine.clause_of(&text, word, &mut reading), begun[place].0..end, "word {} of `{}`", word, &text);
        }
        for (phrase, id) in sound.iter().zip(ids) {
            let expected = places(phrase, &sentence);
            let mut hits = Vec::new();
            engine.find(id, &text, 0..sentence.len(), &mut reading, &mut hits);
            let mut found: Vec<(usize, usize)> = hits.iter().map(|hit| (hit.first, hit.last)).collect();
            // Two beginnings of a phrase may find the same word; the shorter way is the hit.
            found.sort_unstable();
            found.dedup_by_key(|hit| hit.0);
            prop_assert_eq!(&found, &expected, "`{}` in `{}`", phrase, &text);
            prop_assert_eq!(engine.is_found(id, &text, 0..sentence.len(), &mut reading), !expected.is_empty());
            prop_assert!(found.is_empty() || armed.contains(&id), "`{}` is not armed by `{}`", phrase, &text);
        }
    }
}
