//! What rules do, sentence by sentence; and that the engine finds what a slow and obvious matcher
//! finds.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestCaseError};
use stance::codebook::{Codebook, Position};
use stance::file::document::Document;
use stance::rule::clause::{ClauseWords, Parting};
use stance::rule::context::Effect;
use stance::rule::engine::{EngineBuilder, Reading};
use stance::rule::pattern::{Gap, Pattern, Phrase, PhraseItem, WordPattern};
use stance::rule::topic::{Said, context_columns};
use stance::rule::{RuleDecision, RuleOutcome, Rules, Scratch, file};
use stance::statement::Statements;

use crate::support::Workdir;

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
    // A long text without a mark, and one of nothing but clauses, with everything that is asked of a place.
    let text = format!(
        "{CONTEXTS}[domain]\nwords = [\"tram\"]\npseudo = [\"tram tram\"]\n[[topic]]\nissue = \"tram\"\nwords = [\"bus\"]\npseudo = [\"the bus\"]\n{BUILD}any = [\"tram ... tram\"]\nall = [\"we\"]\ntopic = \"clause\"\n"
    );
    let clauses = text.replace("topic = \"clause\"", "scope = \"clause\"");
    for text in [text, clauses] {
        let rules = rules(&text);
        for unit in ["we tram ", "we tram, ", "not we tram the bus ", "; we tram if ", "we tram but bus "] {
            let text = unit.repeat(300_000 / unit.len());
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
        (
            "We will see the tram.",
            "",
            ["clause", "sentence", "near", "around", "statement", "anywhere", "none"].as_slice(),
        ),
        ("They like trams, and we will see.", "", &["sentence", "near", "around", "statement", "anywhere", "none"]),
        ("Light rail? We will see.", "", &["near", "around", "statement", "anywhere", "none"]),
        ("We will see. The tram!", "", &["near", "around", "statement", "anywhere", "none"]),
        ("The tram. A bus. We will see.", "", &["statement", "anywhere", "none"]),
        ("We will see.", "Will you build the tram?", &["context", "around", "anywhere", "none"]),
        ("We will see.", "Is there light rail?", &["context", "around", "anywhere", "none"]),
        ("We will see.", "Who wins the cup?", &["none"]),
        ("The tram museum? We will see.", "The tram museum?", &["none"]),
    ];
    for (text, question, fires) in places {
        for place in ["", "anywhere", "statement", "around", "near", "sentence", "clause", "context", "none"] {
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

#[test]
fn a_rule_may_ask_for_a_question_a_beginning_and_a_short_text() {
    let asked_for = "any = [\"no\", \"never\"]\nasked = [\"(tear|tearing) up ...4 tram\"]\n";
    for (more, question, text, expected) in [
        ("", "Will you tear up the tram?", "No.", "+1"),
        ("", "Will you build the tram?", "No.", "none"),
        ("", "", "Will you tear up the tram? No.", "none"),
        ("begins = \"statement\"\n", "Tearing up the tram", "No, never.", "+1"),
        ("begins = \"statement\"\n", "Tearing up the tram", "We say no.", "none"),
        ("begins = \"statement\"\n", "Tearing up the tram", "We wait. No.", "none"),
        ("begins = \"sentence\"\n", "Tearing up the tram", "We wait. No.", "+1"),
        ("begins = \"sentence\"\n", "Tearing up the tram", "We wait, no.", "none"),
        ("longest = 3\n", "Tearing up the tram", "No, we wait.", "+1"),
        ("longest = 3\n", "Tearing up the tram", "No, we will wait.", "none"),
    ] {
        let mut rules = rules(&format!("{BUILD}{asked_for}{more}"));
        let statements = asked(question, "", "", text);
        rules.columns = context_columns(&codebook(""), &statements);
        assert_eq!(decide_row(&rules, &statements), expected, "{question} {text} with {more}");
    }
}

#[test]
fn a_rule_or_the_file_says_how_near_the_domain_must_be_named() {
    let domain = |place: &str| format!("[domain]\nwords = [\"our town\"]\n{place}{BUILD}any = [\"build\"]\n");
    let (far, near) = ("We build. We wait. Our town!", "We build. Our town waits. We wait.");
    for (text, sentence, expected) in [
        (domain(""), far, "+1"),
        (domain("place = \"around\"\n"), far, "none"),
        (domain("place = \"around\"\n"), near, "+1"),
        (domain("") + "domain = \"around\"\n", far, "none"),
        (domain("place = \"around\"\n") + "domain = \"anywhere\"\n", far, "+1"),
        (domain("place = \"around\"\n") + "domain = \"sentence\"\n", near, "none"),
        (domain("") + "domain = \"none\"\n", "We build.", "+1"),
    ] {
        assert_eq!(decide(&rules(&text), sentence), expected, "{sentence} with {text}");
    }
}

#[test]
fn a_mark_at_the_end_of_a_sentence_puts_it_into_a_context() {
    let question = "[[context]]\nid = \"question\"\neffect = \"drop\"\nending = \"?\"\n";
    let rules = rules(&format!("{question}{BUILD}any = [\"build\"]\n"));
    for (text, expected) in [
        ("Shall we build the tram?", "none"),
        ("Shall we build the tram?! We wait.", "none"),
        ("We build. Shall we wait?", "+1"),
        ("Shall we build? We build.", "+1"),
        ("We build the tram", "+1"),
    ] {
        assert_eq!(decide(&rules, text), expected, "{text}");
    }
}

#[test]
fn a_weak_word_names_the_domain_unless_something_elsewhere_is_named() {
    let domain = "[domain]\nwords = [\"our town\"]\nweak = [\"line 4\"]\nelsewhere = [\"capital\"]\n";
    let text = format!("{domain}{BUILD}any = [\"build\"]\n");
    for (sentence, expected) in [
        ("We build.", "none"),
        ("We build line 4.", "+1"),
        ("We build line 4. The capital pays.", "none"),
        ("The capital pays. We build.", "none"),
        ("We build line 4 in our town. The capital pays.", "+1"),
    ] {
        assert_eq!(decide(&rules(&text), sentence), expected, "{sentence}");
    }
    // Either may stand beside the text.
    let mut read = rules(&text);
    for (beside, expected) in [("Line 4", "+1"), ("Line 4 of the capital", "none"), ("The capital of our town", "+1")] {
        let statements = asked("", beside, "", "We build.");
        read.columns = context_columns(&codebook(""), &statements);
        assert_eq!(decide_row(&read, &statements), expected, "{beside}");
    }
    let mut problems = Vec::new();
    let text = text.replace("weak = [\"line 4\"]\n", "");
    file::parse(Document::new("f", text), Some(&codebook("")), None, &mut problems);
    assert!(format!("{problems:?}").contains("has no `weak` ones"), "{problems:?}");
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
        let either = prop::collection::vec(inner.clone(), 1..4).prop_map(|phrases| PhraseItem::Either(phrases.into()));
        let item = prop_oneof![either, inner.prop_map(|phrase| PhraseItem::Either([phrase].into()))];
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

/// Compares the engine with the slow and obvious matcher on one sentence, with so many words before and after it in
/// sentences of their own.
fn compare(phrases: &[Phrase], sentence: &Sentence, around: [usize; 2]) -> Result<(), TestCaseError> {
    // Words that part clauses, so that clauses are looked for there too.
    let filler = |count| ["x", "but", "we"].into_iter().cycle().take(count).collect::<Vec<_>>().join(" ");
    let parts = [filler(around[0]), written(sentence), filler(around[1])];
    let text = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n");
    let (start, end) = (around[0], around[0] + sentence.len());
    let mut builder = EngineBuilder::default();
    let sound: Vec<&Phrase> = phrases.iter().filter(|phrase| Pattern::parse(&phrase.to_string()).is_ok()).collect();
    let ids: Vec<_> = sound.iter().map(|phrase| builder.add(&Pattern::Phrase((*phrase).clone()), true)).collect();
    builder.part_clauses(&clause_words());
    let (engine, mut reading, mut armed) = (builder.build(), Reading::default(), Vec::new());
    for (phrase, id) in sound.iter().zip(ids) {
        let expected: Vec<(usize, usize)> =
            places(phrase, sentence).into_iter().map(|(first, last)| (start + first, start + last)).collect();
        // Read anew, so that clauses are looked for with each phrase.
        engine.read(&text, &mut reading);
        prop_assert_eq!(reading.words().len(), around[0] + sentence.len() + around[1]);
        armed.clear();
        engine.armed(start, None, &reading, &mut armed);
        let mut hits = Vec::new();
        engine.find(id, &text, start..end, &mut reading, &mut hits);
        let found: Vec<(usize, usize)> = hits.iter().map(|hit| (hit.first, hit.last)).collect();
        prop_assert_eq!(&found, &expected, "`{}` in `{}`", phrase, &text);
        prop_assert_eq!(engine.is_found(id, &text, start..end, &mut reading), !expected.is_empty());
        prop_assert!(found.is_empty() || armed.contains(&id), "`{}` is not armed by `{}`", phrase, &text);
    }
    engine.read(&text, &mut reading);
    let begun = clauses(sentence);
    for word in 0..sentence.len() {
        let place = clause_of(&begun, word);
        let clause_end = begun.get(place + 1).map_or(sentence.len(), |next| next.0);
        let clause = engine.clause_of(&text, start + word, &mut reading);
        prop_assert_eq!(clause, start + begun[place].0..start + clause_end, "word {} of `{}`", word, &text);
    }
    Ok(())
}

const MET: &[&str] = &["a", "b", "c", "ab", "abc", "x", "a", "b", "c", "but", "and", "we"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, rng_seed: RngSeed::Fixed(20_250_815), ..ProptestConfig::default() })]

    #[test]
    fn the_engine_finds_what_a_slow_and_obvious_matcher_finds(
        phrases in prop::collection::vec(phrase(), 1..5),
        sentence in sentence(MET, 14),
        around in prop_oneof![3 => Just([0, 0]), 1 => [0..70_usize, 0..70_usize]],
    ) {
        compare(&phrases, &sentence, around)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, rng_seed: RngSeed::Fixed(20_251_129), ..ProptestConfig::default() })]

    /// Sentences of up to 64 words are searched in another way than longer ones.
    #[test]
    fn nor_does_the_length_of_a_sentence_matter(
        phrases in prop::collection::vec(phrase(), 1..5),
        end in sentence(MET, 8),
        filler in 55..66_usize,
    ) {
        let sentence = [vec![(' ', "x"); filler], end].concat();
        compare(&phrases, &sentence, [0, 0])?;
    }
}

/// A rule file in plain values, which is written as TOML and judged slowly.
#[derive(Debug, Clone)]
struct File {
    rules: Vec<PlainRule>,
    contexts: Vec<PlainContext>,
    topic: Option<[Vec<Phrase>; 2]>,
    domain: Option<[Vec<Phrase>; 2]>,
    /// Where the domain must be named, unless a rule says otherwise.
    place: &'static str,
}

#[derive(Debug, Clone)]
struct PlainRule {
    position: i32,
    any: Vec<Phrase>,
    all: Vec<Phrase>,
    none: Vec<Phrase>,
    asked: Vec<Phrase>,
    scope: &'static str,
    topic: &'static str,
    /// Empty if the file decides.
    domain: &'static str,
    begins: &'static str,
    longest: usize,
    priority: i32,
}

#[derive(Debug, Clone)]
struct PlainContext {
    effect: Effect,
    before: Vec<Phrase>,
    after: Vec<Phrase>,
    pseudo: Vec<Phrase>,
    window: usize,
    across: bool,
    ending: &'static str,
}

/// A text of sentences, and what stands beside it.
struct Text<'t> {
    sentences: &'t [Sentence],
    beside: &'t [Sentence],
}

/// The mark at the end of a sentence. The mark before its first word is not written, so it stands for that one.
fn end_mark(sentence: &Sentence) -> char {
    if sentence.first().is_some_and(|(mark, _)| *mark == ';') { '?' } else { '.' }
}

/// A firing. Words are counted through the whole text.
#[derive(Debug, Clone)]
struct Fired {
    rule: usize,
    position: i32,
    first: usize,
    last: usize,
    /// The words over which its clause decides.
    over: Option<(usize, usize)>,
}

impl Text<'_> {
    /// The place of a word of a sentence in the whole text.
    fn word(&self, sentence: usize, word: usize) -> usize {
        self.sentences[..sentence].iter().map(Vec::len).sum::<usize>() + word
    }

    fn sentence_of(&self, word: usize) -> usize {
        (0..self.sentences.len()).rposition(|sentence| self.word(sentence, 0) <= word).unwrap()
    }

    fn all(&self, phrase: &Phrase) -> Vec<(usize, usize)> {
        let of = |s: usize| {
            let places = places(phrase, &self.sentences[s]);
            places.into_iter().map(move |(first, last)| (self.word(s, first), self.word(s, last)))
        };
        (0..self.sentences.len()).flat_map(of).collect()
    }

    /// The first word of a word's clause, and the word after its last.
    fn clause(&self, word: usize) -> (usize, usize) {
        let s = self.sentence_of(word);
        let begun = clauses(&self.sentences[s]);
        let clause = clause_of(&begun, word - self.word(s, 0));
        let end = begun.get(clause + 1).map_or(self.sentences[s].len(), |next| next.0);
        (self.word(s, begun[clause].0), self.word(s, end))
    }

    fn names(&self, phrase: &Phrase, word: usize) -> bool {
        let s = self.sentence_of(word);
        let text = self.sentences[s][word - self.word(s, 0)].1;
        phrase.0.iter().any(|item| match item {
            PhraseItem::Word(WordPattern::Any) | PhraseItem::Gap(_) => false,
            PhraseItem::Word(pattern) => stands(pattern, text),
            PhraseItem::Either(choices) | PhraseItem::List(_, choices) => choices.iter().any(|c| self.names(c, word)),
        })
    }

    /// Whether a cue reaches a word of its sentence.
    fn reaches(&self, cue: (usize, usize), word: usize) -> bool {
        let s = self.sentence_of(word);
        let (start, begun) = (self.word(s, 0), clauses(&self.sentences[s]));
        let (first, last, word) = (cue.0 - start, cue.1 - start, word - start);
        let (own, other) = (clause_of(&begun, first), clause_of(&begun, word));
        let opens = first < begun[own].1;
        let joined = if word < first { may_reach(&begun, word, first) } else { may_reach(&begun, last, word) };
        joined || (opens && own.abs_diff(other) <= 1)
    }
}

/// The places that count for a topic, by first and last word.
fn topic_places([words, pseudo]: &[Vec<Phrase>; 2], text: &Text<'_>) -> Vec<(usize, usize)> {
    let named = text.all(&Phrase(vec![PhraseItem::Either(words.clone().into())]));
    let covers: Vec<(usize, usize)> = pseudo.iter().flat_map(|phrase| text.all(phrase)).collect();
    let covered = |place: &(usize, usize)| covers.iter().any(|p| p.0 <= place.0 && place.1 <= p.1);
    named.into_iter().filter(|place| !covered(place)).collect()
}

/// The position after all contexts; `None` if one drops it.
fn in_context(file: &File, text: &Text<'_>, position: i32, evidence: (usize, usize), named: &[&Phrase]) -> Option<i32> {
    let sentence = text.sentence_of(evidence.0);
    let own = |place: &(usize, usize)| text.sentence_of(place.0) == sentence;
    let is_named = |word: usize| named.iter().any(|phrase| text.names(phrase, word));
    file.contexts.iter().try_fold(position, |position, context| {
        let find = |phrases: &[Phrase]| -> Vec<(usize, usize)> {
            phrases.iter().flat_map(|phrase| text.all(phrase)).filter(own).collect()
        };
        let mut cues = find(&context.before);
        cues.retain(|cue| {
            let outside = cue.1 < evidence.0 && evidence.0 - cue.1 <= context.window;
            let inside = cue.0 >= evidence.0 && cue.1 <= evidence.1;
            outside || (inside && !(cue.0..=cue.1).all(is_named))
        });
        let after = find(&context.after).into_iter();
        cues.extend(after.filter(|cue| cue.0 > evidence.1 && cue.0 - evidence.1 <= context.window));
        let pseudo = find(&context.pseudo);
        let counts = |cue: &(usize, usize)| {
            let word = match () {
                () if cue.0 > evidence.1 => evidence.1,
                () if cue.1 < evidence.0 => evidence.0,
                () => (cue.1 + 1..=evidence.1).find(|word| is_named(*word)).unwrap_or(evidence.1),
            };
            let in_sentence = text.sentence_of(word) == sentence;
            // The engine compares clauses by their order, so a word of another sentence is beside or out of reach.
            (context.across || (in_sentence && text.reaches(*cue, word)))
                && !pseudo.iter().any(|p| p.0 <= cue.0 && cue.1 <= p.1)
        };
        let ended = context.ending.contains(end_mark(&text.sentences[sentence]));
        match ended || cues.iter().any(counts) {
            true => context.effect.apply(Position(position), &[-1, 0, 1].map(Position)).map(|position| position.0),
            false => Some(position),
        }
    })
}

/// Whether the topic, the domain and what must have been asked are named for a rule with some evidence.
fn is_about(file: &File, text: &Text<'_>, rule: &PlainRule, evidence: (usize, usize)) -> bool {
    let beside = Text { sentences: text.beside, beside: &[] };
    let around = |reach: usize| {
        let (first, last) = (text.sentence_of(evidence.0), text.sentence_of(evidence.1));
        let last = (last + reach).min(text.sentences.len() - 1);
        (text.word(first.saturating_sub(reach), 0), text.word(last, text.sentences[last].len()))
    };
    let (all, nothing) = ((0, usize::MAX), (0, 0));
    let is_in = |subject: &Option<[Vec<Phrase>; 2]>, place: &str| {
        let Some(words) = subject else { return true };
        let (within, is_beside) = match place {
            "anywhere" => (all, true),
            "statement" => (all, false),
            "around" => (around(1), true),
            "near" => (around(1), false),
            "sentence" => (around(0), false),
            "clause" => ((text.clause(evidence.0).0, text.clause(evidence.1).1), false),
            "context" => (nothing, true),
            _ => return true,
        };
        is_named(words, text, &beside, within, is_beside)
    };
    let asked = (!rule.asked.is_empty()).then(|| [rule.asked.clone(), Vec::new()]);
    let domain = if rule.domain.is_empty() { file.place } else { rule.domain };
    is_in(&file.topic, rule.topic) && is_in(&asked, "context") && is_in(&file.domain, domain)
}

fn is_named(
    topic: &[Vec<Phrase>; 2],
    text: &Text<'_>,
    beside: &Text<'_>,
    within: (usize, usize),
    is_beside: bool,
) -> bool {
    topic_places(topic, text).iter().any(|place| within.0 <= place.0 && place.1 < within.1)
        || (is_beside && !topic_places(topic, beside).is_empty())
}

/// Every firing of a rule.
fn fire(file: &File, index: usize, text: &Text<'_>) -> Vec<Fired> {
    let rule = &file.rules[index];
    let end = text.word(text.sentences.len(), 0);
    let mut parts: Vec<(usize, usize)> = (0..end)
        .map(|word| match rule.scope {
            "clause" => text.clause(word),
            "sentence" => (text.word(text.sentence_of(word), 0), text.word(text.sentence_of(word) + 1, 0)),
            _ => (0, end),
        })
        .collect();
    parts.dedup();
    let mut fired = Vec::new();
    for part in parts {
        let inside = |place: &(usize, usize)| part.0 <= place.0 && place.0 < part.1;
        let of = |phrase: &Phrase| text.all(phrase).into_iter().filter(inside).collect::<Vec<_>>();
        let all: Vec<Vec<(usize, usize)>> = rule.all.iter().map(of).collect();
        let blocked = rule.none.iter().any(|phrase| of(phrase).iter().any(|place| place.1 < part.1));
        if blocked || all.iter().any(Vec::is_empty) {
            continue;
        }
        let mut candidates: Vec<(usize, usize, Option<&Phrase>)> = Vec::new();
        for phrase in &rule.any {
            candidates.extend(of(phrase).into_iter().map(|(first, last)| (first, last, Some(phrase))));
        }
        candidates.sort_by_key(|(first, last, _)| (*first, *last));
        if rule.any.is_empty() {
            candidates.push((usize::MAX, 0, None));
        }
        let mut settled = 0;
        for (first, last, phrase) in candidates {
            if first < settled {
                continue;
            }
            let clause = if phrase.is_some() { text.clause(first) } else { (0, 0) };
            let near = |places: &Vec<(usize, usize)>| {
                let own = places.iter().find(|place| clause.0 <= place.0 && place.0 < clause.1);
                *own.unwrap_or(&places[0])
            };
            let needed: Vec<(usize, usize)> = all.iter().map(near).collect();
            let ends = needed.iter().copied().chain(phrase.map(|_| (first, last)));
            let evidence =
                ends.fold((usize::MAX, 0), |evidence, place| (evidence.0.min(place.0), evidence.1.max(place.1)));
            let begins = if phrase.is_some() { first } else { evidence.0 };
            let in_place = match rule.begins {
                "sentence" => text.word(text.sentence_of(evidence.0), 0) == evidence.0,
                "statement" => evidence.0 == 0,
                _ => true,
            };
            if !in_place || end > rule.longest {
                continue;
            }
            let named: Vec<&Phrase> = phrase.into_iter().chain(&rule.all).collect();
            let Some(position) = in_context(file, text, rule.position, evidence, &named) else { continue };
            if !is_about(file, text, rule, evidence) {
                continue;
            }
            let sentence = text.sentence_of(begins);
            let start = text.word(sentence, 0);
            let begun = clauses(&text.sentences[sentence]);
            let (open, opened) = begun[clause_of(&begun, begins - start)];
            let turn = (open..opened).rev().find(|word| text.sentences[sentence][*word].1 == "but");
            let over = turn.map(|_| (text.word(sentence.saturating_sub(1), 0), start + open));
            fired.push(Fired { rule: index, position, first: evidence.0, last: evidence.1, over });
            settled = (evidence.1 + 1).max(text.clause(begins).1);
        }
    }
    fired
}

/// What the rules decide: a position, `conflict` or `none`.
fn decide_slowly(file: &File, text: &Text<'_>) -> String {
    let fired: Vec<Fired> = (0..file.rules.len()).flat_map(|rule| fire(file, rule, text)).collect();
    let Some(top) = fired.iter().map(|firing| file.rules[firing.rule].priority).max() else { return "none".to_owned() };
    let top: Vec<&Fired> = fired.iter().filter(|firing| file.rules[firing.rule].priority == top).collect();
    let overruled = |firing: &Fired| {
        top.iter().filter_map(|other| other.over).any(|over| over.0 <= firing.first && firing.last < over.1)
    };
    let positions: BTreeSet<i32> =
        top.iter().filter(|firing| !overruled(firing)).map(|firing| firing.position).collect();
    match positions.len() {
        1 => Position(*positions.first().unwrap()).to_string(),
        _ => "conflict".to_owned(),
    }
}

/// The file as TOML.
fn toml(file: &File) -> String {
    let list = |phrases: &[Phrase]| {
        let quoted: Vec<String> = phrases.iter().map(|phrase| format!("\"{phrase}\"")).collect();
        format!("[{}]", quoted.join(", "))
    };
    let mut text = String::from(
        "[clauses]\nalways = [\";\", \"but\", \"if\"]\nbefore_subject = [\",\", \"and\"]\nsubjects = [\"we\"]\nlast_wins = [\"but\"]\n",
    );
    if let Some([words, pseudo]) = &file.domain {
        let place = file.place;
        text += &format!("[domain]\nwords = {}\npseudo = {}\nplace = \"{place}\"\n", list(words), list(pseudo));
    }
    if let Some([words, pseudo]) = &file.topic {
        text += &format!("[[topic]]\nissue = \"tram\"\nwords = {}\npseudo = {}\n", list(words), list(pseudo));
    }
    for (i, context) in file.contexts.iter().enumerate() {
        let PlainContext { effect, before, after, pseudo, window, across, ending } = context;
        text += &format!(
            "[[context]]\nid = \"c{i}\"\neffect = \"{}\"\nbefore = {}\nafter = {}\npseudo = {}\nwindow = {window}\nending = \"{ending}\"\nreach = \"{}\"\n",
            effect.word(),
            list(before),
            list(after),
            list(pseudo),
            if *across { "sentence" } else { "clause" },
        );
    }
    for (i, rule) in file.rules.iter().enumerate() {
        let PlainRule { position, any, all, none, asked, scope, topic, domain, begins, longest, priority } = rule;
        text += &format!(
            "[[rule]]\nid = \"r{i}\"\nissue = \"tram\"\nposition = {position}\nany = {}\nall = {}\nnone = {}\nasked = {}\nscope = \"{scope}\"\ntopic = \"{topic}\"\nbegins = \"{begins}\"\nlongest = {longest}\npriority = {priority}\n",
            list(any),
            list(all),
            list(none),
            list(asked),
        );
        if !domain.is_empty() {
            text += &format!("domain = \"{domain}\"\n");
        }
    }
    text
}

/// One or 2 words, with or without a gap.
fn short(words: &'static [&'static str]) -> impl Strategy<Value = Phrase> {
    let word =
        move || prop::sample::select(words).prop_map(|word| PhraseItem::Word(WordPattern::Exact(word.to_owned())));
    let gap = (1..4_usize, any::<bool>()).prop_map(|(words, across)| PhraseItem::Gap(Gap { words, across }));
    prop_oneof![
        3 => word().prop_map(|word| Phrase(vec![word])),
        2 => (word(), word()).prop_map(|(a, b)| Phrase(vec![a, b])),
        2 => (word(), gap, word()).prop_map(|(a, gap, b)| Phrase(vec![a, gap, b])),
    ]
}

/// One or 2 words that stand next to one another.
fn cue(words: &'static [&'static str]) -> impl Strategy<Value = Phrase> {
    prop::collection::vec(prop::sample::select(words), 1..3).prop_map(|words| {
        Phrase(words.into_iter().map(|word| PhraseItem::Word(WordPattern::Exact(word.to_owned()))).collect())
    })
}

fn some(phrase: impl Strategy<Value = Phrase>, most: usize) -> impl Strategy<Value = Vec<Phrase>> {
    prop::collection::vec(phrase, 0..=most)
}

fn file_of_rules() -> impl Strategy<Value = File> {
    const PLACES: &[&str] = &["anywhere", "statement", "around", "near", "sentence", "clause", "context", "none"];
    const WORDS: &[&str] = &["a", "b", "c", "but", "we"];
    const CUES: &[&str] = &["x", "if", "a", "but"];
    let rule = (
        (-1..2, some(short(WORDS), 2), some(short(WORDS), 1), some(short(CUES), 1)),
        prop::sample::select(&["sentence", "sentence", "clause", "statement"][..]),
        prop::sample::select(PLACES),
        (some(short(&["a", "b", "t"]), 1), prop::sample::select(&["", "", "anywhere", "around", "clause", "none"][..])),
        prop::sample::select(&["anywhere", "anywhere", "sentence", "statement"][..]),
        prop::sample::select(&[5, 30, 30][..]),
        0..2,
    );
    let rule =
        rule.prop_map(|((position, mut any, all, none), scope, topic, (asked, domain), begins, longest, priority)| {
            if any.is_empty() && all.is_empty() {
                any.push(Phrase(vec![PhraseItem::Word(WordPattern::Exact("a".to_owned()))]));
            }
            PlainRule { position, any, all, none, asked, scope, topic, domain, begins, longest, priority }
        });
    let effects = &[Effect::Drop, Effect::Flip, Effect::Soften, Effect::Keep][..];
    let context =
        (prop::sample::select(effects), cue(CUES), some(cue(CUES), 1), some(cue(CUES), 1), 1..5_usize, any::<bool>());
    let context = (context, prop::sample::select(&["", "", "?"][..]));
    let context = context.prop_map(|((effect, before, after, pseudo, window, across), ending)| PlainContext {
        ending,
        effect,
        before: vec![before],
        after,
        pseudo,
        window,
        across,
    });
    let topic = || {
        let words = prop::collection::vec(short(&["t", "a", "x"]), 1..3);
        prop::option::of((words, some(short(&["t", "a", "c"]), 1)).prop_map(|(words, pseudo)| [words, pseudo]))
    };
    let place = prop::sample::select(PLACES);
    let parts = (prop::collection::vec(rule, 1..4), prop::collection::vec(context, 0..3), topic(), topic(), place);
    parts.prop_map(|(rules, contexts, topic, domain, place)| File { rules, contexts, topic, domain, place })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, rng_seed: RngSeed::Fixed(20_250_816), ..ProptestConfig::default() })]

    #[test]
    fn rules_decide_what_a_slow_and_obvious_reader_decides(
        file in file_of_rules(),
        sentences in prop::collection::vec(sentence(&["a", "b", "c", "t", "x", "a", "b", "but", "and", "if", "we"], 8), 1..4),
        question in prop::collection::vec(sentence(&["a", "b", "t", "x", "but"], 4), 0..2),
    ) {
        let join = |sentences: &[Sentence]| {
            let written = |sentence: &Sentence| format!("{}{}", written(sentence), end_mark(sentence));
            sentences.iter().map(written).collect::<Vec<_>>().join("\n\n")
        };
        let mut rules = rules(&toml(&file));
        let statements = asked(&format!("\"{}\"", join(&question)), "", "", &join(&sentences));
        rules.columns = context_columns(&codebook("[rules]\ncontext = [\"context\"]\n"), &statements);
        // Labels leave out early what cannot fire; an explanation does not.
        let (said, mut scratch) = (Said::statement(&statements.rows[0]), Scratch::default());
        let mut fired = BTreeSet::new();
        rules.judge(&said, &mut scratch, |rule, outcome| {
            if let RuleOutcome::Fires(firing) = outcome {
                fired.insert((rule, firing.position));
            }
        });
        let labels = rules.firings(&said, &mut scratch);
        prop_assert_eq!(labels.iter().map(|firing| (firing.rule, firing.position)).collect::<BTreeSet<_>>(), fired);
        let decision = decide_row(&rules, &statements);
        let decision = decision.split(' ').next().unwrap();
        let expected = decide_slowly(&file, &Text { sentences: &sentences, beside: &question });
        prop_assert_eq!(decision, expected, "`{}` asked `{}` by\n{}", join(&sentences), join(&question), toml(&file));
    }
}

/// A regular expression in `after` has no word to begin at if the evidence ends the text, and none in its sentence if
/// the evidence runs over several.
#[test]
fn a_regex_cue_after_the_last_word_finds_nothing() {
    let with_scope = |scope: &str, all: &str| {
        let context = "[[context]]\nid = \"negated\"\neffect = \"flip\"\nafter = [\"/not/\"]\nwindow = 3\n";
        let rule =
            format!("[[rule]]\nid = \"r\"\nissue = \"tram\"\nposition = 1\nscope = \"{scope}\"\nany = [\"land\"]\n");
        rules(&format!("{context}{rule}{all}match = [\"Trams on land.\"]\n"))
    };
    let rules = with_scope("sentence", "");
    for (text, expected) in
        [("on land", "+1"), ("land", "+1"), ("the land not", "-1 negated: flip"), ("The land. We do not.", "+1")]
    {
        assert_eq!(decide(&rules, text), expected, "{text}");
    }
    let rules = with_scope("statement", "all = [\"tram*\"]\n");
    for text in ["A tram. On land", "The land. A tram. We will see. ", "Land! And again trams", "On land. The tram not"]
    {
        assert!(decide(&rules, text).starts_with("+1") || decide(&rules, text).starts_with("-1"), "{text}");
    }
}

/// One rule that fires in two clauses is one rule.
#[test]
fn a_rule_that_fires_twice_agrees_with_nobody() {
    let workdir = Workdir::with_fixture("base");
    let rule = "[[rule]]\nid = \"r\"\nissue = \"tram\"\nposition = 1\nany = [\"land\"]\nmatch = [\"On land.\"]\n";
    workdir.write("c/rules.toml", format!("[clauses]\nlast_wins = [\"but\"]\n{rule}"));
    let run = workdir.run(&["explain", "--corpus", "c", "--text", "We want land, but we want land soon."]);
    assert!(run.stdout.contains("only this rule fires"), "{run:?}");
}
