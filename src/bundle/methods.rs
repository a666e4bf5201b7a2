//! What a paper says about a study: a methods section with its own figures, and the works it rests on.

use std::collections::BTreeMap;

use crate::agreement::interval::Margin;
use crate::agreement::statistic::Metric;
use crate::agreement::{Agreement, AgreementRow, Between, By, Comparison, agreement};
use crate::corpus::{Corpus, Selection};
use crate::label::settle::rule_in_words;
use crate::label::{ADJUDICATED, Origin, Whose};
use crate::program::Program;
use crate::rule::RuleDecisions;
use crate::shift::words::{at_least, sentences};
use crate::shift::{Correction, Pair, Verdict};
use crate::statement::Verified;
use crate::study::asked::Answered;
use crate::study::words::tested;
use crate::study::{PairAside, Study};
use crate::words::{self, listed, many};

/// The works of docs/methods.md that verdicts and agreement rest on.
const WORKS: &str = include_str!("references.bib");

/// Agreement of coders with each other, and of labels by hand with rules, on the statements that a study reads.
pub fn agreement_of(study: &Study<'_>, decisions: &RuleDecisions) -> Agreement {
    let selection = Selection { speakers: Vec::new(), issues: Vec::new(), ..study.ask.selection.clone() };
    let request = Comparison {
        selection,
        between: vec![Between::Coders, Between::Rules],
        by: vec![By::Issue],
        metric: Metric::Ordinal,
    };
    agreement(study.corpus, decisions, &request)
}

/// The methods section, in paragraphs of Markdown.
pub fn methods(answered: &Answered<'_>, agreement: &Agreement, licence: Option<&str>, program: &Program) -> String {
    let study = &answered.study;
    let corpus = study.corpus;
    let mut paragraphs = vec![
        format!("# Methods\n\n{}", material(study)),
        labels(study),
        coders(corpus, study, agreement),
        test(study),
        found(study),
        not_found(study),
    ];
    if let Some(kept) = &answered.kept {
        paragraphs.push(kept.sentences().join(" "));
    } else {
        paragraphs.push(
            "No plan was fixed in a file beforehand, so nothing here shows that pairs, window and test were chosen before \
             the labels were looked at."
                .to_owned(),
        );
    }
    let licence = licence
        .map_or("The corpus states no licence.".to_owned(), |licence| format!("Licence of the corpus: {licence}."));
    let mark = study.mark();
    paragraphs.push(format!(
        "Computed with Stance {program}. Corpus {}, fingerprint {}; rules, fingerprint {}; seed {}. {licence}",
        mark.name, mark.fingerprint, mark.rules, study.ask.request.seed
    ));
    paragraphs.join("\n\n") + "\n"
}

fn material(study: &Study<'_>) -> String {
    let (corpus, selection) =
        (study.corpus, Selection { speakers: Vec::new(), issues: Vec::new(), ..study.ask.selection.clone() });
    let rows = &corpus.statements.rows;
    let taken: Vec<usize> = corpus.places(&selection);
    let days = || taken.iter().map(|place| rows[*place].date);
    let mut speakers: Vec<&str> = taken.iter().map(|place| rows[*place].speaker.as_str()).collect();
    speakers.sort_unstable();
    speakers.dedup();
    let span = match (days().map(|date| date.first()).min(), days().map(|date| date.last()).max()) {
        (Some(first), Some(last)) => format!(", said from {} to {}", words::day(first), words::day(last)),
        _ => String::new(),
    };
    let count = |verified: Verified| rows.iter().filter(|row| row.verified == verified).count();
    let (title, speakers) = (&corpus.codebook.title, many(speakers.len(), "speaker"));
    let mut out = if taken.len() == rows.len() {
        format!("The corpus “{title}” has {} by {speakers}{span}.", many(rows.len(), "statement"))
    } else {
        format!(
            "Of the {} in the corpus “{title}”, {} by {speakers} are read{span}.",
            many(rows.len(), "statement"),
            taken.len()
        )
    };
    out += &match (selection.from, selection.to) {
        (Some(from), Some(to)) => format!(" The window is {} to {}.", words::day(from), words::day(to)),
        (Some(from), None) => format!(" The window begins on {}.", words::day(from)),
        (None, Some(to)) => format!(" The window ends on {}.", words::day(to)),
        (None, None) => String::new(),
    };
    if selection.sure_days {
        out += " Statements of whose day nothing is known but the day of publication were left out.";
    }
    let (waiting, rejected) = (count(Verified::No), count(Verified::Rejected));
    if waiting > 0 && !selection.unverified {
        out += &format!(" {} were left out, because nobody has confirmed them.", many(waiting, "statement"));
    }
    if rejected > 0 {
        out += &format!(" {} were left out, because they were rejected.", many(rejected, "statement"));
    }
    let levels: Vec<usize> = corpus.codebook.issues.iter().map(|issue| issue.levels.len()).collect();
    let (fewest, most) = (levels.iter().min().unwrap_or(&0), levels.iter().max().unwrap_or(&0));
    let scale = if fewest == most { format!("{most} levels") } else { format!("{fewest} to {most} levels") };
    out + &format!(
        " A statement takes a position on an issue if its words give one level of the issue's scale. The codebook has {} \
         with {scale}.",
        many(levels.len(), "issue")
    )
}

fn labels(study: &Study<'_>) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for label in &study.labels {
        let kind = match (label.decision.position_by(study.ask.whose), label.decision.origin()) {
            (None, Some(Origin::Conflict)) => "open",
            (None, _) => "none",
            (Some(_), Some(Origin::Rules)) => "rules",
            (Some(_), _) if study.ask.whose == Whose::Rules => "rules",
            (Some(_), _) => "hand",
        };
        *counts.entry(kind).or_default() += 1;
    }
    let count = |kind: &str| counts.get(kind).copied().unwrap_or(0);
    let whose = match study.ask.whose {
        Whose::Hand => "Only labels by hand count.",
        Whose::Rules => "Only labels by rules count.",
        Whose::Both if study.corpus.rules.rules.is_empty() => "The corpus has no rules.",
        Whose::Both => "Rules label what no coder has read.",
    };
    let mut out = format!(
        "{whose} {} come from labels by hand, and {} from rules. {} on which coders or rules differ stayed open and have \
         no position.",
        many(count("hand"), "position"),
        count("rules"),
        many(count("open"), "label")
    );
    if let Some(rule) = rule_in_words(study.corpus.codebook.settle, study.counted()) {
        out += &format!(" {rule}");
    }
    out
}

fn coders(corpus: &Corpus, study: &Study<'_>, agreement: &Agreement) -> String {
    let coders: Vec<&str> =
        corpus.coders.iter().map(|file| file.coder.as_str()).filter(|coder| *coder != ADJUDICATED).collect();
    let known = |coder: &str| corpus.codebook.coders.as_ref().and_then(|all| all.get(coder));
    let who: Vec<String> = coders
        .iter()
        .map(|coder| known(coder).map_or((*coder).to_owned(), |what| format!("{coder} ({what})")))
        .collect();
    let adjudicated = corpus.coders.iter().find(|file| file.coder == ADJUDICATED).map(|file| file.labels.len());
    let mut out = match coders.len() {
        0 => "No label is by hand.".to_owned(),
        1 => {
            "All labels by hand are by one coder, so nothing shows how far the verdicts depend on the coder.".to_owned()
        }
        count => format!("{count} coders labelled: {}.", who.join("; ")),
    };
    if let Some(count) = adjudicated {
        out += &format!(" An adjudication decided {} in the whole corpus.", many(count, "label"));
    }
    let which: &[Between] =
        if study.ask.whose == Whose::Hand { &[Between::Coders] } else { &[Between::Coders, Between::Rules] };
    for &between in which {
        let rows: Vec<String> = agreement
            .rows
            .iter()
            .filter(|row| row.between == between && row.both > 0)
            .map(|row| alpha(row, study))
            .collect();
        if rows.is_empty() {
            continue;
        }
        let who = match between {
            Between::Coders => "Agreement of coders on all speakers of the window, before adjudication",
            Between::Rules => {
                "Agreement of labels by hand with labels by rules, on statements that the author of the rules may have read"
            }
        };
        out += &format!(" {who}, as Krippendorff's α (ordinal, with a 95 % interval): {}.", rows.join("; "));
    }
    out
}

fn alpha(row: &AgreementRow, study: &Study<'_>) -> String {
    let codebook = &study.corpus.codebook;
    let name = codebook.find(&row.issue).map_or(&row.issue, |issue| &codebook.issue(issue).name);
    let interval = match &row.alpha.interval {
        Margin::Known(interval) => format!(" ({:.2} to {:.2})", interval.low, interval.high),
        Margin::Unknown(_) => " (no interval)".to_owned(),
    };
    let value = row.alpha.value.value().map_or("α undefined".to_owned(), |value| format!("{value:.2}{interval}"));
    format!("{name} {value}, {}", many(row.both, "statement"))
}

fn test(study: &Study<'_>) -> String {
    let unit = study.ask.grain.word();
    let what = match study.ask.request.event {
        Some(event) => format!(
            "Whether a position moved was tested by comparing the mean ranks (ridits) of the {unit}s before {event} with \
             those from then on [bross1958]."
        ),
        None => format!(
            "Whether a position moved was tested with the mean ranks (ridits) of the {unit}s [bross1958]. A step halfway, \
             a step at any date and a change that is undone are each compared with no change, and the likelihoods are \
             averaged [andrews1994], so the search for a date is accounted for. Several shifts are found by splitting \
             the series again [vostrikova1981]. Single {unit}s that stand apart are tested by the distance of Grubbs \
             [grubbs1969]."
        ),
    };
    let correction = match study.ask.request.correction {
        Correction::Holm => " The correction is Holm's [holm1979].",
        Correction::BenjaminiHochberg => " The correction is that of Benjamini and Hochberg [benjamini1995].",
        Correction::None => "",
    };
    format!(
        "{what} The null distribution rearranges the {unit}s, at random and so that they resemble the {unit}s before \
         [kendall1954, meng1994, besag1991]. {} Where a test stops is said in \
         how-stance-tests.md, and how many rearrangements each made in results/verdicts.csv.{correction} The pairs rest on {} on {}, counted for each pair.",
        tested(study.view()),
        many(study.shown().map(|pair| pair.statements).sum(), "statement"),
        many(study.shown().map(|pair| pair.days).sum(), unit)
    )
}

fn found(study: &Study<'_>) -> String {
    let codebook = &study.corpus.codebook;
    let name = |pair: &Pair| format!("{} on {}", pair.speaker, codebook.issue(pair.index).name);
    let of =
        |word: &str| -> Vec<String> { study.shown().filter(|pair| pair.verdict.word() == word).map(name).collect() };
    let kinds = ["shift", "return", "drift", "swing"].map(|word| (word, of(word)));
    let some: Vec<String> = kinds
        .iter()
        .filter(|(_, pairs)| !pairs.is_empty())
        .map(|(word, pairs)| format!("{word} ({}): {}", pairs.len(), listed(pairs.iter().map(String::as_str))))
        .collect();
    if some.is_empty() {
        return "No lasting shift, return, drift or swing was found.".to_owned();
    }
    let mut out = format!("Found: {}. All figures are in results/verdicts.csv.", some.join("; "));
    let moved = study.shown().filter(|pair| pair.verdict.moved() || matches!(pair.verdict, Verdict::Swing(_)));
    for pair in moved {
        let aside = study.view().aside(pair).map(PairAside::sentences).unwrap_or_default();
        let lines: Vec<String> = sentences(pair, codebook).into_iter().chain(aside).collect();
        out += &format!("\n\n{}: {}", name(pair), lines.join(" "));
    }
    if !study.ask.stress {
        out += "\n\nWhether this holds under other spacings of the levels, with other dependence of days, and without \
                single sources, days or coders was not tried for this bundle (`--stress`).";
    }
    out
}

/// What was not found, and what could have been.
fn not_found(study: &Study<'_>) -> String {
    let codebook = &study.corpus.codebook;
    let steady: Vec<&Pair> = study.shown().filter(|pair| pair.verdict == Verdict::Steady).collect();
    let few = study.shown().filter(|pair| pair.verdict == Verdict::TooFew).count();
    let mut out = String::new();
    if !steady.is_empty() {
        out += &format!(
            "In {} no lasting shift was found; that does not mean that there was none.",
            many(steady.len(), "pair")
        );
        let range = |pick: fn(&Pair) -> Option<f64>| -> Option<(f64, f64)> {
            let sizes: Vec<f64> = steady.iter().filter_map(|pair| pick(pair)).collect();
            let least = sizes.iter().copied().min_by(f64::total_cmp)?;
            Some((least, sizes.iter().copied().max_by(f64::total_cmp)?))
        };
        let between = |(least, most): (f64, f64)| {
            let (least, most) = (at_least(least), at_least(most));
            if least == most {
                format!("{least} levels")
            } else {
                format!("{least} to {most} levels, depending on the pair,")
            }
        };
        // A shift that is as large as the scale, or larger, is said nowhere to be found: see the words of verdicts.
        let scale = |pair: &Pair| codebook.issue(pair.index).levels.len() as f64 - 1.0;
        let missed = |size: fn(&Pair) -> Option<f64>| {
            steady.iter().filter(|pair| size(pair).is_none_or(|size| size >= scale(pair))).count()
        };
        let all_or = |missed: usize| {
            if missed == steady.len() { "all of them".to_owned() } else { many(missed, "pair") }
        };
        let halfway = missed(|pair| pair.detectable);
        match range(|pair| pair.detectable).filter(|_| halfway == 0) {
            Some(sizes) => {
                out += &format!(
                    " A lasting shift of {} halfway through would have been found about 4 times in 5.",
                    between(sizes)
                );
            }
            None => {
                out +=
                    &format!(" Even a shift of any size halfway through could have been missed in {}.", all_or(halfway))
            }
        }
        let missed = missed(|pair| pair.detectable_quarter);
        match range(|pair| pair.detectable_quarter).filter(|_| missed == 0) {
            Some(quarter) => {
                out += &format!(
                    " After a quarter of the {}s it takes {}.",
                    study.ask.grain.word(),
                    between(quarter).trim_end_matches(',')
                );
            }
            None if study.ask.request.event.is_none() => {
                out += &format!(
                    " After a quarter of the {}s, a shift of any size could have been missed in {}.",
                    study.ask.grain.word(),
                    all_or(missed)
                );
            }
            None => {}
        }
    }
    if few > 0 {
        let are = if few == 1 { "has" } else { "have" };
        out += &format!(" {} {are} too few {}s to tell anything.", many(few, "pair"), study.ask.grain.word());
    }
    out.trim_start().to_owned()
}

/// The works that the methods section names, and the program, as BibTeX.
pub fn references(study: &Study<'_>, version: &str) -> String {
    let left_out = |work: &str| match study.ask.request.correction {
        Correction::Holm => work.contains("{benjamini1995,"),
        Correction::BenjaminiHochberg => work.contains("{holm1979,"),
        Correction::None => work.contains("{holm1979,") || work.contains("{benjamini1995,"),
    };
    let works: Vec<&str> = WORKS.split("\n\n").map(str::trim).filter(|work| !left_out(work)).collect();
    format!(
        "@software{{stance,\n  author = {{{{The Stance contributors}}}},\n  title = {{Stance: whether a speaker's position \
         moved, when, by how much, and how sure}},\n  version = {{{version}}},\n  year = {{2026}}\n}}\n\n{}\n",
        works.join("\n\n")
    )
}
