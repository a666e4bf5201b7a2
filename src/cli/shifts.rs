//! `stance shifts`: whether positions moved, when, by how much, and how sure that is.

use std::path::Path;

use stance::error::{Error, Result, Warning};
use stance::file::json;
use stance::label::settle::rule_in_words;
use stance::label::{ADJUDICATED, Whose};
use stance::program::Program;
use stance::shift::rows::rows;
use stance::shift::{Pair, Verdict, words as sentences};
use stance::study::answer::{CorpusMark, StudyAnswer};
use stance::study::words::tested;
use stance::study::{Ask, Study, StudyView};
use stance::words::many;

use super::args::{ShiftsArgs, ShiftsTable, TableFormat};
use super::counts::{self, FileCounts};
use super::{Outcome, asked, output, source};

/// Judges the selected pairs and prints the verdicts.
pub fn run(args: &ShiftsArgs) -> Result<Outcome> {
    if args.table == ShiftsTable::Sensitivity && !(args.ask.stress && args.format == TableFormat::Csv) {
        let what = "the table of other assumptions takes --stress and --format csv";
        return Err(Error::request(what, "add both, or leave out --table"));
    }
    if let Some(path) = &args.labels {
        return of_counts(args, path);
    }
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
            let mut text = for_people(study.view(), &notes(study));
            if let Some(kept) = &answered.kept {
                text.push('\n');
                kept.sentences().iter().for_each(|sentence| text += &output::paragraph(sentence, ""));
            }
            if let Some(explored) = &answered.explored {
                text += &format!("\nExplored beyond the plan:\n\n{}", for_people(explored.view(), &notes(explored)));
            }
            text
        }
        TableFormat::Csv => {
            if answered.explored.is_some() {
                let what = "the pairs beyond the plan are left out of the CSV";
                source::warn(&[Warning::new(what, "see them with --format json, or without --format")]);
            }
            // The table has no room for it.
            if let Some(kept) = answered.kept.as_ref().filter(|kept| !kept.kept) {
                let broken = kept.sentences().into_iter().take(1 + kept.broken()).collect::<Vec<_>>().join(" ");
                source::warn(&[Warning::new(
                    broken.trim_end_matches('.'),
                    "see it in full with --format json, or without --format",
                )]);
            }
            match args.table {
                ShiftsTable::Verdicts => output::csv(&rows(study.shown(), &corpus.codebook))?,
                ShiftsTable::Sensitivity => output::csv(&study.view().sensitivity())?,
            }
        }
        TableFormat::Json => json::pretty(&answered.in_full(&Program::this()))?,
    };
    super::terminal::print(&text, args.format)?;
    Ok(Outcome::Fine)
}

/// Judges counts or labels of a file.
fn of_counts(args: &ShiftsArgs, path: &Path) -> Result<Outcome> {
    let asked = &args.ask;
    counts::no_column(asked.groups.by.as_ref())?;
    let counts = FileCounts::load(path, &asked.corpus, &asked.which)?;
    let selection = counts.select(&asked.speaker, &asked.which)?;
    let ask = Ask { selection, stress: asked.stress, ..asked::overridden(Ask::default(), asked) };
    let ask = Ask { grain: asked.groups.grain.map_or(ask.grain, Into::into), ..ask };
    let counts = counts.part(&ask)?;
    let codebook = &counts.corpus.codebook;
    let study = counts.judge(ask)?;
    let text = match args.format {
        TableFormat::Table => {
            let positions = many(usize::try_from(counts.tally.positions()).unwrap_or(usize::MAX), "position");
            let words = match counts.tally.has_words() {
                true => {
                    "only the first and the last statement of each pair, and those farthest apart, are there to be quoted"
                }
                false => "there are no quotations",
            };
            let note = format!("From counts, {positions}: {words}, and no verdict was repeated with other labels.");
            for_people(study.view(), &[note])
        }
        TableFormat::Csv => output::csv(&rows(study.shown(), codebook))?,
        TableFormat::Json => {
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
            let mark = CorpusMark { name, fingerprint: study.fingerprint.clone(), rules: String::new() };
            json::pretty(&StudyAnswer::new(study.view(), mark))?
        }
    };
    super::terminal::print(&text, args.format)?;
    Ok(Outcome::Fine)
}

/// The verdicts as sentences. Those with the most to report come first.
fn for_people(study: StudyView<'_>, notes: &[String]) -> String {
    let codebook = study.codebook;
    let mut out = String::new();
    let (judged, few): (Vec<&Pair>, Vec<&Pair>) =
        study.shown().partition(|pair| pair.verdict != Verdict::TooFew || pair.latest.is_some());
    for pair in &judged {
        let mut lines = sentences::sentences(pair, codebook).into_iter();
        let issue = &codebook.issue(pair.index).name;
        let first = lines.next().unwrap_or_default();
        out += &output::paragraph(&format!("{} on {issue}: {first}", pair.speaker), "");
        let aside = study.aside(pair).map(|aside| aside.sentences()).unwrap_or_default();
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
    notes.iter().for_each(|note| out += &output::paragraph(note, ""));
    out
}

/// What a reader should know of the labels behind the verdicts.
fn notes(study: &Study<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    notes.extend(rule_in_words(study.corpus.codebook.settle, study.counted()));
    let mut coders = study.corpus.coders.iter().map(|file| &file.coder).filter(|coder| *coder != ADJUDICATED);
    if let (Some(only), None, false) = (coders.next(), coders.next(), study.ask.whose == Whose::Rules) {
        notes.push(format!(
            "All labels by hand are by one coder, {only}. How far the verdicts depend on the coder is unknown: that takes \
             statements with a second label."
        ));
    }
    notes
}

/// What else to report about a pair with too few days.
fn aside(pair: &Pair) -> String {
    let mut parts = Vec::new();
    if pair.by_month > 0 {
        parts.push(format!("{} without an exact day", pair.by_month));
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
