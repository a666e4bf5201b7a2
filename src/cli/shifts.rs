//! `stance shifts`: whether positions moved, when, by how much, and how sure that is.

use std::io::Write;
use std::time::Duration;

use chrono::NaiveDate;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use stance::codebook::Codebook;
use stance::error::{Error, Result};
use stance::frame::{LabelFrame, Selection};
use stance::series::Series;
use stance::shift::stress::{self, Source};
use stance::shift::{self, Correction, Pair, Request, Verdict, Verdicts, noise, words as sentences};
use stance::words::many;

use super::args::{ShiftsArgs, TableFormat};
use super::{Outcome, output, source, stdout_failed};

/// Judges what was asked for and prints it.
pub fn run(args: &ShiftsArgs) -> Result<Outcome> {
    let corpus = source::load(&args.corpus)?;
    let selection = source::select(&corpus, &args.speaker, &args.which)?;
    let decisions = source::label(&corpus);
    let basis = args.origin.into();
    let labels = LabelFrame::new(&corpus, &decisions, &selection, false)?;
    let series = Series::all(&labels, &corpus.codebook, basis)?;
    if series.is_empty() {
        let what = "no statement with a position is selected";
        return Err(Error::request(what, "choose other speakers, issues, dates or --origin; `stance check` counts"));
    }
    let request = Request { alpha: args.alpha, correction: args.correction.into(), seed: args.seed, event: args.event };
    let bar = progress(series.len() * if args.stress { 3 } else { 2 });
    let mut verdicts = shift::verdicts(&series, &corpus.codebook, &request, || bar.inc(1));
    noise::repeat(&mut verdicts, &series, &corpus, &decisions, &request, || bar.inc(1));
    if args.stress {
        let source = Source { corpus: &corpus, decisions: &decisions, selection: &selection, basis };
        stress::stress(&mut verdicts, &series, &source, &request, || bar.inc(1))?;
    }
    bar.finish_and_clear();
    // Who looks at a part of the corpus has chosen it from the whole.
    let whole = if selection == Selection::default() {
        None
    } else {
        let labels = LabelFrame::new(&corpus, &decisions, &Selection::default(), false)?;
        Some(Series::all(&labels, &corpus.codebook, basis)?.len())
    };
    let text = match args.format {
        TableFormat::Table => for_people(&verdicts, &corpus.codebook, &request, whole),
        TableFormat::Csv => output::csv(&rows(&verdicts, &corpus.codebook))?,
        TableFormat::Json => output::json(&Answer::new(&verdicts, args))?,
    };
    anstream::stdout().write_all(text.as_bytes()).map_err(stdout_failed)?;
    Ok(Outcome::Fine)
}

/// A bar that shows itself only where the work takes longer than half a second.
fn progress(count: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("judging {bar:40} {human_pos} of {human_len}, {eta} left");
    let bar = ProgressBar::new(count as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.enable_steady_tick(Duration::from_millis(500));
    bar
}

/// The verdicts as sentences, those on whom there is most to say first.
fn for_people(verdicts: &Verdicts, codebook: &Codebook, request: &Request, whole: Option<usize>) -> String {
    let mut out = String::new();
    let (judged, few): (Vec<&Pair>, Vec<&Pair>) =
        verdicts.pairs.iter().partition(|pair| pair.verdict != Verdict::TooFew || pair.latest.is_some());
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
    if !few.is_empty() {
        out += "Too few to tell:\n";
        let row = |pair: &&Pair| {
            let takes = pair.days_needed.filter(|needed| *needed > pair.days);
            vec![
                format!("  {}", pair.speaker),
                codebook.issue(pair.index).name.clone(),
                many(pair.days, "day"),
                many(pair.statements, "statement"),
                aside(pair),
                takes.map_or(String::new(), |needed| format!("it takes {needed} days")),
            ]
        };
        let table: Vec<Vec<String>> = few.iter().map(row).collect();
        out += &output::columns(&table);
        out.push('\n');
    }
    out += &output::paragraph(&tested(verdicts, request), "");
    if let Some(whole) = whole {
        let what = format!(
            "This is a part of the corpus, which has {} of speaker and issue. A p is corrected for what was tested in \
             this run alone: it holds if the part was chosen before looking.",
            many(whole, "pair")
        );
        out += &output::paragraph(&what, "");
    }
    out
}

/// What a pair has besides days.
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

/// How many pairs were tested, and how.
fn tested(verdicts: &Verdicts, request: &Request) -> String {
    let correction = match request.correction {
        Correction::Holm => "corrected after Holm",
        Correction::BenjaminiHochberg => "corrected after Benjamini and Hochberg",
        Correction::None => "not corrected",
    };
    let what = match request.event {
        Some(event) => format!("before {event} against from then on"),
        None => "for a shift at any date".to_owned(),
    };
    format!(
        "{} of {} of speaker and issue tested {what}, at the level {}, {correction}; {} rearrangements of days, \
         seed {}.",
        verdicts.tested,
        many(verdicts.pairs.len(), "pair"),
        request.alpha,
        verdicts.permutations,
        request.seed
    )
}

/// Everything, with what was asked for.
#[derive(Serialize)]
struct Answer<'v> {
    alpha: f64,
    correction: &'static str,
    event: Option<String>,
    seed: u64,
    #[serde(flatten)]
    verdicts: &'v Verdicts,
}

impl<'v> Answer<'v> {
    fn new(verdicts: &'v Verdicts, args: &ShiftsArgs) -> Answer<'v> {
        let correction = match args.correction.into() {
            Correction::Holm => "holm",
            Correction::BenjaminiHochberg => "bh",
            Correction::None => "none",
        };
        let event = args.event.map(|event| event.to_string());
        Answer { alpha: args.alpha, correction, event, seed: args.seed, verdicts }
    }
}

/// One finding, as a row of the CSV.
#[derive(Serialize, Default)]
struct Row<'v> {
    speaker: &'v str,
    issue: &'v str,
    verdict: &'static str,
    from: Option<String>,
    to: Option<String>,
    likeliest_from: Option<String>,
    likeliest_to: Option<String>,
    mean: Option<f64>,
    before: Option<f64>,
    after: Option<f64>,
    before_level: Option<&'v str>,
    after_level: Option<&'v str>,
    size: Option<f64>,
    direction: Option<&'v str>,
    superiority: Option<f64>,
    p: Option<f64>,
    p_corrected: Option<f64>,
    smallest_p: f64,
    days_needed: Option<usize>,
    detectable: Option<f64>,
    statement_id: Option<&'v str>,
    latest_statement_id: Option<&'v str>,
    statements: usize,
    days: usize,
    by_month: usize,
    in_conflict: usize,
    by_rules: usize,
    relabelled_stands: Option<f64>,
    stress_stands: Option<f64>,
}

fn rows<'v>(verdicts: &'v Verdicts, codebook: &'v Codebook) -> Vec<Row<'v>> {
    verdicts.pairs.iter().flat_map(|pair| rows_of(pair, codebook)).collect()
}

/// Three decimals: what lies behind them is chance.
fn rounded(value: f64) -> f64 {
    (value * 1_000.0).round() / 1_000.0
}

/// Six decimals: the smallest p that is tested for is larger.
fn rounded_p(p: f64) -> f64 {
    (p * 1_000_000.0).round() / 1_000_000.0
}

fn rows_of<'v>(pair: &'v Pair, codebook: &'v Codebook) -> Vec<Row<'v>> {
    let share = |part: usize, whole: usize| (whole > 0).then(|| rounded(part as f64 / whole as f64));
    let common = || Row {
        speaker: &pair.speaker,
        issue: &pair.issue,
        verdict: pair.verdict.word(),
        p: pair.p.map(rounded_p),
        p_corrected: pair.p_corrected.map(rounded_p),
        smallest_p: rounded_p(pair.smallest_p),
        days_needed: pair.days_needed,
        detectable: pair.detectable.map(rounded),
        mean: pair.mean.map(rounded),
        latest_statement_id: pair.latest.as_ref().map(|latest| latest.statement_id.as_str()),
        in_conflict: pair.conflicts,
        statements: pair.statements,
        days: pair.days,
        by_month: pair.by_month,
        by_rules: pair.by_rules,
        relabelled_stands: pair.relabelled.and_then(|relabelled| share(relabelled.stands, relabelled.repeats)),
        stress_stands: pair.stress.as_ref().and_then(|stress| share(stress.stands, stress.runs)),
        ..Row::default()
    };
    let level =
        |value: f64| -> Option<&'v str> { codebook.issue(pair.index).nearest(value).map(|level| level.words.as_str()) };
    let moved = |from: NaiveDate, to: NaiveDate, before: f64, after: f64, size: f64| Row {
        from: Some(from.to_string()),
        to: Some(to.to_string()),
        before: Some(rounded(before)),
        after: Some(rounded(after)),
        before_level: level(before),
        after_level: level(after),
        size: Some(rounded(size)),
        direction: Some(if size > 0.0 { &codebook.high } else { &codebook.low }),
        ..common()
    };
    match &pair.verdict {
        Verdict::Shift { shifts } => shifts
            .iter()
            .map(|shift| Row {
                likeliest_from: Some(shift.last_before.to_string()),
                likeliest_to: Some(shift.first_after.to_string()),
                superiority: Some(rounded(shift.superiority)),
                p: Some(rounded_p(shift.p)),
                p_corrected: Some(rounded_p(shift.p_corrected)),
                direction: Some(if shift.superiority > 0.5 { &codebook.high } else { &codebook.low }),
                ..moved(shift.from, shift.to, shift.before.mean, shift.after.mean, shift.size())
            })
            .collect(),
        Verdict::Drift(drift) => vec![moved(drift.from, drift.to, drift.before, drift.after, drift.size)],
        Verdict::Swing(swing) => {
            let ranks = codebook.issue(pair.index);
            vec![Row {
                p: Some(rounded_p(swing.p)),
                p_corrected: Some(rounded_p(swing.p_corrected)),
                statement_id: Some(&swing.statement_id),
                ..moved(swing.date, swing.date, swing.rest, swing.day, ranks.rank(swing.day) - ranks.rank(swing.rest))
            }]
        }
        Verdict::Steady | Verdict::TooFew => vec![common()],
    }
}
