//! The timeline of one speaker: a panel per issue, every statement with a position a mark.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use polars::prelude::*;

use crate::chart::figure::{CurvePoint, Event, Figure, KeyEntry, Level, Mark, MarkKind, Panel};
use crate::codebook::{Codebook, Issue, IssueIndex, Position};
use crate::corpus::Corpus;
use crate::date;
use crate::error::{Error, Result};
use crate::frame::{LabelFrame, Selection};
use crate::series::{Basis, Series};
use crate::statement::Statement;
use crate::timeline::{self, Curve};
use crate::words;

/// The speaker with most positions in a frame; of several, the first by name.
///
/// # Errors
/// Whatever polars refuses.
pub fn most_labelled(labels: &LabelFrame) -> Result<Option<String>> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let (speakers, positions) = (labels.data().column("speaker")?.str()?, labels.data().column("position")?.i32()?);
    for (speaker, position) in speakers.iter().zip(positions.iter()) {
        if let (Some(speaker), Some(_)) = (speaker, position) {
            *counts.entry(speaker).or_default() += 1;
        }
    }
    let most = counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0)));
    Ok(most.map(|(speaker, _)| speaker.to_owned()))
}

/// Builds the timeline of a speaker from a frame that holds that speaker's labels alone.
///
/// The time axis covers the whole months of the marks, or what the selection asks for.
///
/// # Errors
/// [`Error::Request`] where the speaker has no position in the frame and the selection no dates.
pub fn timeline(
    corpus: &Corpus,
    labels: &LabelFrame,
    speaker: &str,
    selection: &Selection,
    seed: u64,
) -> Result<Figure> {
    let rows = Row::all(labels)?;
    let series = Series::all(labels, &corpus.codebook, Basis::Both)?;
    let curve = |issue: IssueIndex| {
        let own = series.iter().find(|series| series.issue == issue);
        own.map(|series| timeline::curve(series, seed)).filter(|curve| !curve.values.is_empty())
    };
    let issues: Vec<IssueIndex> = corpus
        .codebook
        .indices()
        .filter(|issue| selection.issues.is_empty() || selection.issues.contains(issue))
        .collect();
    let drawn = || rows.iter().filter(|row| row.position.is_some());
    let first = selection.from.or_else(|| drawn().map(|row| date::month_start(row.from)).min());
    let last = selection.to.or_else(|| drawn().map(|row| date::month_end(row.to)).max());
    let (Some(from), Some(to)) = (first, last) else {
        let what = format!("{speaker} has no statement with a position here");
        return Err(Error::request(what, "choose another speaker, other issues or other dates; `stance check` counts"));
    };
    // Where nothing is drawn, the end that was not asked for is unknown.
    let to = to.max(from);
    let panels: Vec<Panel> =
        issues.iter().map(|&issue| panel(&corpus.codebook, issue, &rows, curve(issue).as_ref(), (from, to))).collect();
    let names: Vec<&str> = issues.iter().map(|&issue| corpus.codebook.issue(issue).name.as_str()).collect();
    let title = format!("{speaker}: {}", names.join(", "));
    let subtitle = format!(
        "Every statement with a position is a mark, {} to {}. Higher: {}; lower: {}.",
        words::day(from),
        words::day(to),
        corpus.codebook.high,
        corpus.codebook.low
    );
    Ok(Figure {
        description: describe(&title, &panels, from, to),
        key: key(&panels),
        events: events(corpus, from, to),
        footer: footer(corpus, &rows, speaker, selection),
        title,
        subtitle,
        from,
        to,
        panels,
    })
}

/// What a mark needs of a row of the frame.
struct Row<'f> {
    id: &'f str,
    from: NaiveDate,
    to: NaiveDate,
    by_month: bool,
    issue: &'f str,
    position: Option<i32>,
    conflict: bool,
    kind: MarkKind,
    tooltip: String,
    publisher: Option<&'f str>,
}

impl<'f> Row<'f> {
    fn all(labels: &'f LabelFrame) -> Result<Vec<Row<'f>>> {
        let frame = labels.data();
        let text = |name: &str| -> Result<&'f StringChunked> { Ok(frame.column(name)?.str()?) };
        let number = |name: &str| -> Result<&'f Int32Chunked> { Ok(frame.column(name)?.i32()?) };
        let (ids, issues, origins) = (text("statement_id")?, text("issue")?, text("origin")?);
        let (precisions, speakers, levels) = (text("date_precision")?, text("speaker")?, text("level")?);
        let (kinds, texts, publishers) = (text("kind")?, text("text")?, text("source_publisher")?);
        let (positions, hands, rules) = (number("position")?, number("hand_position")?, number("rule_position")?);
        let days: Vec<Option<NaiveDate>> = frame.column("date")?.date()?.as_date_iter().collect();
        let mut rows = Vec::with_capacity(days.len());
        for (i, day) in days.into_iter().enumerate() {
            let (Some(id), Some(issue), Some(day)) = (ids.get(i), issues.get(i), day) else { continue };
            let by_month = precisions.get(i) == Some("month");
            let kind = match (origins.get(i), hands.get(i), rules.get(i)) {
                (Some("rules"), ..) => MarkKind::Rules,
                (_, Some(hand), Some(rule)) if hand != rule => MarkKind::HandAgainstRules,
                _ => MarkKind::Hand,
            };
            let when = if by_month { day.format("%B %Y").to_string() } else { words::day(day) };
            let words = texts.get(i).unwrap_or("");
            let words =
                if kinds.get(i) == Some("direct") { format!("“{words}”") } else { format!("{words} (paraphrase)") };
            let publisher = publishers.get(i);
            let mut tooltip = format!(
                "{when}, {}: {} ({}). {words}",
                speakers.get(i).unwrap_or(""),
                levels.get(i).unwrap_or(""),
                Position(positions.get(i).unwrap_or(0))
            );
            if let Some(publisher) = publisher {
                tooltip += &format!(" {publisher}");
            }
            rows.push(Row {
                id,
                from: if by_month { date::month_start(day) } else { day },
                to: if by_month { date::month_end(day) } else { day },
                by_month,
                issue,
                position: positions.get(i),
                conflict: origins.get(i) == Some("conflict"),
                kind,
                tooltip,
                publisher,
            });
        }
        Ok(rows)
    }
}

fn panel(
    codebook: &Codebook,
    issue: IssueIndex,
    rows: &[Row<'_>],
    curve: Option<&Curve>,
    (from, to): (NaiveDate, NaiveDate),
) -> Panel {
    let issue: &Issue = codebook.issue(issue);
    let own = || rows.iter().filter(|row| row.issue == issue.id);
    let marks: Vec<Mark> = own()
        .filter_map(|row| {
            Some(Mark {
                id: row.id.to_owned(),
                // Of a month that reaches beyond the axis, only the part within is drawn.
                from: row.from.max(from),
                to: row.to.min(to),
                by_month: row.by_month,
                position: row.position?,
                kind: row.kind,
                tooltip: row.tooltip.clone(),
            })
        })
        .collect();
    let conflicts = own().filter(|row| row.conflict).count();
    let days: BTreeSet<NaiveDate> =
        own().filter(|row| row.position.is_some() && !row.by_month).map(|row| row.from).collect();
    let mut note = format!("{} on {}", words::many(marks.len(), "statement"), words::many(days.len(), "day"));
    let by_month = own().filter(|row| row.position.is_some() && row.by_month).count();
    if by_month > 0 {
        note += &format!(", {by_month} dated by month only");
    }
    if conflicts > 0 {
        note += &format!("; {conflicts} in conflict, without a position");
    }
    if marks.is_empty() && conflicts == 0 {
        note.clear();
    }
    if let Some(curve) = curve {
        note += &format!("; mean over {} days to either side", curve.bandwidth);
    }
    let empty = marks.is_empty().then(|| "No statement with a position".to_owned());
    let levels = issue.levels.iter().map(|l| Level { position: l.position.0, words: l.words.clone() }).collect();
    let curve = curve.map_or(Vec::new(), parts);
    Panel { title: issue.name.clone(), note, levels, marks, curve, empty }
}

/// The parts of a curve as a figure has them.
fn parts(curve: &Curve) -> Vec<Vec<CurvePoint>> {
    let point =
        |value: &timeline::Value| CurvePoint { date: value.date, mean: value.mean, low: value.low, high: value.high };
    curve.parts().map(|part| part.iter().map(point).collect()).collect()
}

/// Explains the kinds of marks that are there.
fn key(panels: &[Panel]) -> Vec<KeyEntry> {
    let marks = || panels.iter().flat_map(|panel| &panel.marks);
    let mut key: Vec<KeyEntry> = [
        (MarkKind::Hand, "labelled by hand"),
        (MarkKind::HandAgainstRules, "by hand, where the rules say otherwise"),
        (MarkKind::Rules, "labelled by rules"),
    ]
    .into_iter()
    .filter(|(kind, _)| marks().any(|mark| mark.kind == *kind))
    .map(|(kind, words)| KeyEntry::Mark(kind, words.to_owned()))
    .collect();
    if marks().any(|mark| mark.by_month) {
        key.push(KeyEntry::Month("only the month is known".to_owned()));
    }
    if panels.iter().any(|panel| !panel.curve.is_empty()) {
        key.push(KeyEntry::Curve(
            "smoothed mean with its 90 % bootstrap band; none where too little was said".to_owned(),
        ));
    }
    key
}

fn events(corpus: &Corpus, from: NaiveDate, to: NaiveDate) -> Vec<Event> {
    let mut events: Vec<Event> = corpus
        .events
        .rows
        .iter()
        .filter(|event| (from..=to).contains(&event.date))
        .map(|event| Event { date: event.date, label: event.label.clone() })
        .collect();
    events.sort_by(|a, b| (a.date, &a.label).cmp(&(b.date, &b.label)));
    events
}

fn footer(corpus: &Corpus, rows: &[Row<'_>], speaker: &str, selection: &Selection) -> Vec<String> {
    let drawn = || rows.iter().filter(|row| row.position.is_some());
    let statements: BTreeSet<&str> = drawn().map(|row| row.id).collect();
    let days: BTreeSet<NaiveDate> = drawn().filter(|row| !row.by_month).map(|row| row.from).collect();
    let publishers: BTreeSet<&str> = drawn().filter_map(|row| row.publisher).collect();
    let (count, by_hand) = (drawn().count(), drawn().filter(|row| row.kind != MarkKind::Rules).count());
    let spoken = |s: &&Statement| s.speaker == speaker && s.date.overlaps(selection.from, selection.to);
    let all = corpus.statements.rows.iter().filter(spoken).count();
    let mut counts = format!(
        "n = {} with {} on {}; {by_hand} labelled by hand, {} by rules.",
        words::many(statements.len(), "statement"),
        words::many(count, "position"),
        words::many(days.len(), "day"),
        count - by_hand
    );
    if all > statements.len() {
        counts += &format!(" Not drawn: {} without a position here.", words::many(all - statements.len(), "statement"));
    }
    let mut lines = vec![counts];
    if let Some(coders) = corpus.codebook.coders.as_ref().filter(|coders| by_hand > 0 && !coders.is_empty()) {
        let coders: Vec<String> =
            coders.iter().map(|(name, who)| format!("{name}, {}", who.trim_end_matches('.'))).collect();
        lines.push(format!("Coders: {}.", coders.join("; ")));
    }
    let read_in = match publishers.len() {
        0 => String::new(),
        count => format!(", as read in {}", words::many(count, "publication")),
    };
    lines.push(format!("Source: {} ({}){read_in}.", corpus.codebook.title.trim_end_matches('.'), corpus.name()));
    lines
}

/// The picture in words.
fn describe(title: &str, panels: &[Panel], from: NaiveDate, to: NaiveDate) -> String {
    let mut text = format!("{title}, {} to {}.", words::day(from), words::day(to));
    for panel in panels {
        let counts: Vec<String> = panel
            .levels
            .iter()
            .rev()
            .map(|level| (level, panel.marks.iter().filter(|mark| mark.position == level.position).count()))
            .filter(|(_, count)| *count > 0)
            .map(|(level, count)| format!("{count} at {} ({})", level.words, Position(level.position)))
            .collect();
        let counts = if counts.is_empty() { "none with a position".to_owned() } else { counts.join(", ") };
        text += &format!(" {}: {}: {counts}.", panel.title, panel.note);
    }
    text
}
