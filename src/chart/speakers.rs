//! Many speakers on one scale: a panel per issue, a row per speaker, every statement a mark at its day,
//! higher in its row where its position is higher.

use std::collections::BTreeMap;

use chrono::Datelike;

use crate::chart::figure::{Across, Body, Figure, Form, Item, Row, RowPanel, Table, Tone};
use crate::chart::source::{Labelled, MOST_SPEAKERS, Source};
use crate::codebook::Issue;
use crate::error::Result;
use crate::words::{day, level, many};

/// In which order the speakers stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The highest mean position first; of equals, by name.
    Position,
    /// By name.
    Name,
}

/// Builds the rows of speakers.
///
/// # Errors
/// [`crate::error::Error::Request`] where there is no position to draw.
pub fn speakers(source: &Source<'_>, order: Order) -> Result<Figure> {
    let (from, to) = source.span()?;
    let panels = source.issues().map(|(index, issue)| {
        let mut by_speaker: BTreeMap<&str, Vec<&Labelled<'_>>> = BTreeMap::new();
        for label in source.labelled(index) {
            by_speaker.entry(label.speaker).or_default().push(label);
        }
        let mut speakers: Vec<(&str, Vec<&Labelled<'_>>)> = by_speaker.into_iter().collect();
        let all = speakers.len();
        if all > MOST_SPEAKERS {
            speakers.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then(a.0.cmp(b.0)));
            speakers.truncate(MOST_SPEAKERS);
            speakers.sort_by_key(|(speaker, _)| *speaker);
        }
        if order == Order::Position {
            speakers.sort_by(|a, b| mean(&b.1).total_cmp(&mean(&a.1)).then(a.0.cmp(b.0)));
        }
        let rows: Vec<Row> = speakers.iter().map(|(speaker, labels)| row(issue, speaker, labels)).collect();
        let positions = issue.levels.iter().map(|level| level.position.0).collect();
        let mut note = format!("{} by {}", many(source.labelled(index).count(), "statement"), many(all, "speaker"));
        if all > rows.len() {
            note += &format!("; drawn are the {} with most statements", rows.len());
        }
        RowPanel {
            title: issue.name.clone(),
            note,
            across: Across::Days(from, to),
            positions,
            note_head: "statements, mean".to_owned(),
            rows,
        }
    });
    let panels: Vec<RowPanel> = panels.collect();
    let title = format!("{}: every statement with a position", source.speaker());
    let ordered = match order {
        Order::Position => "by their mean, the highest first",
        Order::Name => "by name",
    };
    let by_month = if source.rows().iter().any(|row| row.by_month) {
        " Where only the month is known, the mark stands at its middle."
    } else {
        ""
    };
    let subtitle = format!(
        "{} to {}. Within a row, the higher, the nearer to {}; the line is the middle of the scale. Speakers stand \
         {ordered}; a mean of few statements says little.{by_month}",
        day(from),
        day(to),
        source.corpus.codebook.high
    );
    let mut description = format!("{title}, {} to {}.", day(from), day(to));
    for panel in &panels {
        let rows: Vec<String> = panel.rows.iter().map(|row| format!("{}: {}", row.words, row.note)).collect();
        description += &format!(" {}: {}. {}.", panel.title, panel.note, rows.join("; "));
    }
    let key = source.levels_key().into_iter().chain(source.marks_key()).collect();
    Ok(Figure {
        title,
        subtitle,
        key,
        body: Body::Rows(Table { panels }),
        footer: source.footer(),
        description,
        companion: source.quotations(),
    })
}

fn mean(labels: &[&Labelled<'_>]) -> f64 {
    labels.iter().map(|label| f64::from(label.position)).sum::<f64>() / labels.len().max(1) as f64
}

fn row(issue: &Issue, speaker: &str, labels: &[&Labelled<'_>]) -> Row {
    let highest = issue.levels.len().saturating_sub(1).max(1) as f64;
    let item = |label: &&Labelled<'_>| {
        let rank = issue.levels.iter().position(|level| level.position.0 == label.position).unwrap_or(0) as f64;
        // A statement of which only the month is known stands at its middle.
        let (first, last) = (label.from.num_days_from_ce(), label.to.num_days_from_ce());
        let at = f64::from(first.midpoint(last));
        let form = Form::Lifted(at, 2.0 * rank / highest - 1.0, label.kind);
        Item { form, tone: Tone::Position(label.position), tooltip: label.tooltip.clone() }
    };
    Row {
        words: speaker.to_owned(),
        note: format!("{}, {}", labels.len(), level(mean(labels))),
        items: labels.iter().map(item).collect(),
    }
}
