//! `stance shifts`: whether positions moved, when, by how much, and how sure that is.

use stance::error::Result;
use stance::file::json;
use stance::label::settle::rule_in_words;
use stance::label::{ADJUDICATED, Whose};
use stance::shift::rows::rows;
use stance::shift::{Pair, Request, Verdict, words as sentences};
use stance::study::answer::StudyAnswer;
use stance::study::words::tested;
use stance::study::{Ask, Relabel, Study};
use stance::words::many;

use super::args::{ShiftsArgs, TableFormat};
use super::{Outcome, output, source};

/// Judges the selected pairs and prints the verdicts.
pub fn run(args: &ShiftsArgs) -> Result<Outcome> {
    let corpus = source::load(&args.corpus)?;
    let ask = Ask {
        selection: source::select(&corpus, &args.speaker, &args.which)?,
        whose: args.origin.into(),
        request: Request { alpha: args.alpha, correction: args.correction.into(), seed: args.seed, event: args.event },
        family: args.family.into(),
        relabel: Relabel::All,
        stress: args.stress,
        ..Ask::default()
    };
    let ask = source::group(&corpus, &args.groups, ask)?;
    let decisions = source::label(&corpus);
    let study = source::study(&corpus, &decisions, ask);
    study.not_empty()?;
    if args.format != TableFormat::Table {
        source::say_rule(&corpus.codebook, study.counted());
    }
    let text = match args.format {
        TableFormat::Table => for_people(&study),
        TableFormat::Csv => output::csv(&rows(study.shown(), &corpus.codebook))?,
        TableFormat::Json => json::pretty(&StudyAnswer::new(&study))?,
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
        for line in lines {
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
