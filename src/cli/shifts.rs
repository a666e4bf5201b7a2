//! `stance shifts`: whether positions moved, when, by how much, and how sure that is.

use stance::error::{Result, Warning};
use stance::file::json;
use stance::label::settle::rule_in_words;
use stance::label::{ADJUDICATED, Whose};
use stance::shift::rows::rows;
use stance::shift::{Pair, Verdict, words as sentences};
use stance::study::Study;
use stance::study::words::tested;
use stance::words::many;

use super::args::{ShiftsArgs, TableFormat};
use super::{Outcome, asked, output, source};

/// Judges the selected pairs and prints the verdicts.
pub fn run(args: &ShiftsArgs) -> Result<Outcome> {
    let corpus = source::load(&args.ask.corpus)?;
    let asked = asked::asked(&corpus, &args.ask)?;
    let decisions = source::label(&corpus);
    let answered = asked.answer(&corpus, &decisions, source::study);
    let study = &answered.study;
    if answered.explored.is_none() {
        study.not_empty()?;
    }
    if args.format != TableFormat::Table {
        source::say_rule(&corpus.codebook, study.counted());
    }
    let text = match args.format {
        TableFormat::Table => {
            let mut text = for_people(study);
            if let Some(kept) = &answered.kept {
                text.push('\n');
                kept.sentences().iter().for_each(|sentence| text += &output::paragraph(sentence, ""));
            }
            if let Some(explored) = &answered.explored {
                text += &format!("\nExplored beyond the plan:\n\n{}", for_people(explored));
            }
            text
        }
        TableFormat::Csv => {
            if answered.explored.is_some() {
                let what = "the pairs beyond the plan are left out of the CSV";
                source::warn(&[Warning::new(what, "see them with --format json, or without --format")]);
            }
            output::csv(&rows(study.shown(), &corpus.codebook))?
        }
        TableFormat::Json => json::pretty(&answered.in_full(env!("CARGO_PKG_VERSION")))?,
    };
    super::terminal::print(&text, args.format)?;
    Ok(Outcome::Fine)
}

/// The verdicts as sentences. Those with the most to report come first.
fn for_people(study: &Study<'_>) -> String {
    let codebook = &study.corpus.codebook;
    let mut out = String::new();
    let (judged, few): (Vec<&Pair>, Vec<&Pair>) =
        study.shown().partition(|pair| pair.verdict != Verdict::TooFew || pair.latest.is_some());
    for pair in &judged {
        let mut lines = sentences::sentences(pair, codebook).into_iter();
        let issue = &codebook.issue(pair.index).name;
        let first = lines.next().unwrap_or_default();
        out += &output::paragraph(&format!("{} on {issue}: {first}", pair.speaker), "");
        let aside = study.aside(pair).map(|aside| aside.sentences(pair.grain)).unwrap_or_default();
        for line in lines.chain(aside) {
            out += &output::paragraph(&line, "    ");
        }
        out.push('\n');
    }
    let unit = study.ask.grain.word();
    if !few.is_empty() {
        out += "Too few to tell:\n";
        let row = |pair: &&Pair| {
            let takes = pair.days_needed.filter(|needed| *needed > pair.days);
            vec![
                format!("  {}", pair.speaker),
                codebook.issue(pair.index).name.clone(),
                many(pair.days, unit),
                many(pair.statements, "statement"),
                aside(pair),
                takes.map_or(String::new(), |needed| format!("needs {}", many(needed, unit))),
            ]
        };
        let table: Vec<Vec<String>> = few.iter().map(row).collect();
        out += &output::columns(&table);
        out.push('\n');
    }
    out += &output::paragraph(&tested(study), "");
    if let Some(rule) = rule_in_words(codebook.settle, study.counted()) {
        out += &output::paragraph(&rule, "");
    }
    let mut coders = study.corpus.coders.iter().map(|file| &file.coder).filter(|coder| *coder != ADJUDICATED);
    if let (Some(only), None, false) = (coders.next(), coders.next(), study.ask.whose == Whose::Rules) {
        let one = format!(
            "All labels by hand are by one coder, {only}. How far the verdicts depend on the coder is unknown: that takes \
             statements with a second label."
        );
        out += &output::paragraph(&one, "");
    }
    out
}

/// What else to report about a pair with too few days.
fn aside(pair: &Pair) -> String {
    let mut parts = Vec::new();
    if pair.by_month > 0 {
        parts.push(format!("{} by month only", pair.by_month));
    }
    if pair.conflicts > 0 {
        parts.push(format!("{} in conflict", pair.conflicts));
    }
    if let (Some(_), Some((before, after))) = (pair.event, pair.sides) {
        parts.push(format!("{} before, {} from then on", before.days, after.days));
    } else if pair.event.is_some() && pair.days > 0 {
        parts.push("all on one side".to_owned());
    }
    parts.join(", ")
}
