//! Before and after: a panel per issue, a row per speaker, an arrow for every shift that was found, and
//! for the rest what can be said.

use crate::chart::figure::{
    Across, Body, Companion, Figure, Form, Item, KeyEntry, Level, MarkKind, Row, RowPanel, Table, Tone,
};
use crate::chart::source::{Labelled, MOST_SPEAKERS, Source};
use crate::codebook::Issue;
use crate::error::Result;
use crate::shift::{Pair, Shift, Verdict};
use crate::words::{days, level, many};

/// Builds the shifts of all speakers with a position.
///
/// # Errors
/// [`crate::error::Error::Request`] where there is no position to draw.
pub fn shift(source: &Source<'_>) -> Result<Figure> {
    source.span()?;
    let panels = source.issues().map(|(index, issue)| {
        let mut pairs: Vec<&Pair> = source.pairs().filter(|pair| pair.index == index).collect();
        // Those of whom most is known first.
        pairs.sort_by(|a, b| b.days.cmp(&a.days).then_with(|| a.speaker.cmp(&b.speaker)));
        let tested = pairs.iter().filter(|pair| pair.tested).count();
        let mut note = format!("{tested} of {} tested", many(pairs.len(), "speaker"));
        if pairs.len() > MOST_SPEAKERS {
            // Where not all can be drawn, those who moved come first.
            pairs.sort_by_key(|pair| pair.verdict.change().is_none());
            pairs.truncate(MOST_SPEAKERS);
            note += &format!("; drawn are {MOST_SPEAKERS}: who moved, then those with most days");
        }
        let rows = pairs.iter().map(|pair| row(source, issue, pair)).collect();
        let levels = issue.levels.iter().map(|l| Level { position: l.position.0, words: l.words.clone() });
        let positions = issue.levels.iter().map(|level| level.position.0).collect();
        RowPanel {
            title: issue.name.clone(),
            note,
            across: Across::Levels(levels.collect()),
            positions,
            note_head: String::new(),
            rows,
        }
    });
    let panels: Vec<RowPanel> = panels.collect();
    let moved = |pair: &&Pair| pair.verdict.change().is_some();
    let (found, all) = (source.pairs().filter(moved).count(), source.pairs().count());
    let few = source.pairs().filter(|pair| pair.verdict == Verdict::TooFew).count();
    let mut parts = Vec::new();
    if found > 0 {
        parts.push(format!("{} moved", many(found, "position")));
    } else if few < all {
        parts.push("no lasting shift found".to_owned());
    }
    if few > 0 {
        parts.push(format!("too few statements on {few} of {} to tell", many(all, "position")));
    }
    let title = format!("{}: {}", source.speaker(), parts.join("; "));
    let subtitle = format!(
        "A row per speaker. {} of {} of speaker and issue have days enough to be tested. The farther to the right, the nearer to {}.",
        source.pairs().filter(|pair| pair.tested).count(),
        many(all, "pair"),
        source.corpus.codebook.high
    );
    let entry = |drawn: bool, entry: KeyEntry| drawn.then_some(entry);
    let key = [
        entry(found > 0, KeyEntry::Arrow("moved: from the mean before to the mean after".to_owned())),
        entry(few + found < all, KeyEntry::Mark(MarkKind::Hand, "no shift was found: the mean".to_owned())),
        entry(few < all, KeyEntry::Tone(Tone::Plain(0), Vec::new(), "90 % range of a mean".to_owned())),
        entry(few > 0, KeyEntry::Mark(MarkKind::Rules, "too few days to tell: the statements".to_owned())),
    ];
    let key = key.into_iter().flatten().collect();
    let mut description = format!("{title}. {subtitle}");
    for panel in &panels {
        let rows: Vec<String> = panel.rows.iter().map(|row| format!("{}: {}", row.words, row.note)).collect();
        description += &format!(" {}: {}. {}.", panel.title, panel.note, rows.join("; "));
    }
    let (footer, companion) = (source.footer(), companion(source));
    Ok(Figure { title, subtitle, key, body: Body::Rows(Table { panels }), footer, description, companion })
}

/// What every row shows: means, and the standard errors behind the ranges.
fn companion(source: &Source<'_>) -> Companion {
    let header =
        vec!["speaker", "issue", "verdict", "from", "to", "before", "before_error", "after", "after_error", "days"];
    let number = |value: Option<f64>| value.map_or(String::new(), |value| format!("{value:.3}"));
    let mut rows = Vec::new();
    for pair in source.pairs() {
        let mut put = |from: String, to: String, sides: [Option<f64>; 4]| {
            let mut cells = vec![pair.speaker.clone(), pair.issue.clone(), pair.verdict.word().to_owned(), from, to];
            cells.extend(sides.map(number));
            cells.push(pair.days.to_string());
            rows.push(cells);
        };
        match &pair.verdict {
            Verdict::Shift { shifts } => {
                for shift in shifts {
                    let (before, after) = (shift.before, shift.after);
                    let sides = [Some(before.mean), before.error, Some(after.mean), after.error];
                    put(shift.from.to_string(), shift.to.to_string(), sides);
                }
            }
            Verdict::Drift(drift) => {
                put(drift.from.to_string(), drift.to.to_string(), [Some(drift.before), None, Some(drift.after), None]);
            }
            Verdict::Swing(_) | Verdict::Steady => {
                put(String::new(), String::new(), [pair.mean, pair.error, None, None])
            }
            Verdict::TooFew => put(String::new(), String::new(), [pair.mean, None, None, None]),
        }
    }
    Companion { header, rows }
}

fn row(source: &Source<'_>, issue: &Issue, pair: &Pair) -> Row {
    let at = |value: f64| issue.rank(value);
    let mut items = Vec::new();
    let highest = issue.levels.len().saturating_sub(1) as f64;
    let mut range = |mean: f64, error: Option<f64>| {
        if let Some(error) = error {
            // The error counts levels, as ranks do; the mean is a number on the scale.
            let (rank, reach) = (at(mean), NINE_OF_TEN * error);
            let form = Form::Range((rank - reach).max(0.0), (rank + reach).min(highest));
            items.push(Item { form, tone: Tone::Plain(1), tooltip: String::new() });
        }
    };
    let (mut drawn, note) = match &pair.verdict {
        Verdict::Shift { shifts } => {
            for shift in shifts {
                range(shift.before.mean, shift.before.error);
                range(shift.after.mean, shift.after.error);
            }
            (shifts.iter().map(|shift| arrow(issue, shift)).collect(), told(shifts))
        }
        Verdict::Drift(drift) => {
            let note = format!("drift, {} to {}", level(drift.before), level(drift.after));
            let form = Form::Arrow(at(drift.before), at(drift.after));
            (vec![Item { form, tone: Tone::Plain(2), tooltip: note.clone() }], note)
        }
        Verdict::Swing(_) | Verdict::Steady | Verdict::TooFew => {
            let mean = pair.mean.unwrap_or(0.0);
            let few = pair.verdict == Verdict::TooFew;
            let note = match &pair.verdict {
                Verdict::TooFew => format!("too few: {}", many(pair.days, "day")),
                Verdict::Swing(swing) => format!("swing on {}, {} days", swing.date.format("%-d %b"), pair.days),
                _ => format!("no shift found, {} days", pair.days),
            };
            let dot = |at: f64, kind: MarkKind, tone: Tone, tooltip: String| Item {
                form: Form::Dot(at, kind),
                tone,
                tooltip,
            };
            let dots = if few {
                let own = source.labelled(pair.index).filter(|label| label.speaker == pair.speaker);
                let rank = |label: &Labelled<'_>| issue.rank(f64::from(label.position));
                own.map(|label| dot(rank(label), MarkKind::Rules, Tone::Plain(1), label.tooltip.clone())).collect()
            } else {
                range(mean, pair.error);
                vec![dot(at(mean), MarkKind::Hand, Tone::Plain(2), format!("{note}, mean {}", level(mean)))]
            };
            (dots, note)
        }
    };
    items.append(&mut drawn);
    Row { words: pair.speaker.clone(), note, items }
}

/// Standard errors within which nine means of ten would lie.
const NINE_OF_TEN: f64 = 1.645;

fn arrow(issue: &Issue, shift: &Shift) -> Item {
    let (from, to) = (issue.rank(shift.before.mean), issue.rank(shift.after.mean));
    let when = days(shift.from, shift.to, "and");
    let tooltip = format!("from {} to {} between {when}", level(shift.before.mean), level(shift.after.mean));
    Item { form: Form::Arrow(from, to), tone: Tone::Plain(2), tooltip }
}

fn told(shifts: &[Shift]) -> String {
    let one = |shift: &Shift| {
        format!("{} levels, {} to {}", level(shift.size()), shift.from.format("%-d %b"), shift.to.format("%-d %b"))
    };
    shifts.iter().map(one).collect::<Vec<_>>().join("; ")
}
