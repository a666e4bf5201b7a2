//! Verdicts as sentences that a reporter can check.

use crate::codebook::Codebook;
use crate::shift::stress::{Stress, Without};
use crate::shift::{Drift, Latest, Pair, Shift, Swing, Verdict};
use crate::words::{self, day, days, level, many, percent, shortened};

/// The longest quotation in a sentence, in characters.
const LONGEST_QUOTATION: usize = 140;

/// A pair's verdict: first what was found, then one line for each thing that it rests on.
pub fn sentences(pair: &Pair, codebook: &Codebook) -> Vec<String> {
    let scale = Scale { pair, codebook };
    let mut lines = match &pair.verdict {
        Verdict::Shift { shifts } => scale.shifts(shifts),
        Verdict::Drift(drift) => scale.drift(drift),
        Verdict::Swing(swing) => scale.swing(swing),
        Verdict::Steady => scale.steady(),
        Verdict::TooFew => scale.too_few(),
    };
    if let Some(latest) = &pair.latest {
        lines.push(scale.latest(latest));
    }
    lines.push(scale.rests_on());
    lines.extend(scale.relabelled());
    if let Some(stress) = &pair.stress {
        lines.extend(stressed(stress));
    }
    lines
}

struct Scale<'p> {
    pair: &'p Pair,
    codebook: &'p Codebook,
}

impl Scale<'_> {
    /// A value on the scale, with the words of the nearest level.
    fn at(&self, value: f64) -> String {
        let nearest = self.codebook.issue(self.pair.index).nearest(value);
        nearest.map_or(level(value), |nearest| format!("{} (near “{}”)", level(value), nearest.words))
    }

    fn towards(&self, change: f64) -> &str {
        if change > 0.0 { &self.codebook.high } else { &self.codebook.low }
    }

    fn tested(&self) -> String {
        match (self.pair.p, self.pair.p_corrected) {
            (Some(p), Some(corrected)) => both(p, corrected),
            _ => String::new(),
        }
    }

    fn shifts(&self, shifts: &[Shift]) -> Vec<String> {
        let one = |shift: &Shift| {
            let when = if shift.from == shift.last_before && shift.to == shift.first_after {
                format!("between {}", days(shift.from, shift.to, "and"))
            } else {
                format!(
                    "between {} (90 %), likeliest between {}",
                    days(shift.from, shift.to, "and"),
                    days(shift.last_before, shift.first_after, "and")
                )
            };
            format!(
                "shift toward {} {when}: from {} on {} to {} on {}, {} levels. A later statement stands higher than an \
                 earlier one in {} of pairs, ties halved. {}",
                self.towards(shift.size()),
                self.at(shift.before.mean),
                many(shift.before.days, "day"),
                self.at(shift.after.mean),
                many(shift.after.days, "day"),
                level(shift.size()),
                percent(shift.superiority),
                both(shift.p, shift.p_corrected)
            )
        };
        shifts.iter().map(one).collect()
    }

    fn drift(&self, drift: &Drift) -> Vec<String> {
        vec![format!(
            "drift toward {}, little by little, from {} on {} to {} on {}. {}",
            self.towards(drift.after - drift.before),
            self.at(drift.before),
            day(drift.from),
            self.at(drift.after),
            day(drift.to),
            both(drift.p, drift.p_corrected)
        )]
    }

    fn swing(&self, swing: &Swing) -> Vec<String> {
        let since = if swing.last {
            "It is the last day on which something was said: one day is not a trend, and only later statements can tell \
             whether it lasts."
        } else {
            "Before and after, the position is that of the other days."
        };
        vec![format!(
            "swing on {}: {}, while the other days stand at {}: {}. {since} {}",
            day(swing.date),
            self.at(swing.day),
            self.at(swing.rest),
            words::quoted(&swing.text, swing.indirect, LONGEST_QUOTATION),
            both(swing.p, swing.p_corrected)
        )]
    }

    fn steady(&self) -> Vec<String> {
        let mean = self.pair.mean.map_or(String::new(), |mean| format!(" The mean is {}.", self.at(mean)));
        let detectable = self.pair.detectable.map_or(String::new(), |size| {
            let most = self.codebook.issue(self.pair.index).levels.iter().map(|level| level.position.0);
            let range = f64::from(most.clone().max().unwrap_or(0) - most.min().unwrap_or(0));
            if size >= range {
                " With so few days even a shift from one end of the scale to the other could be missed.".to_owned()
            } else {
                format!(" A lasting shift of {size:.1} levels halfway would have been found four times in five.")
            }
        });
        vec![format!("steady: no shift was found.{mean}{detectable} {}", self.tested())]
    }

    fn too_few(&self) -> Vec<String> {
        let pair = self.pair;
        let takes = match pair.days_needed {
            Some(needed) if needed > pair.days => format!("; it takes {needed} or more"),
            _ => "; both sides of the date need 3 or more".to_owned(),
        };
        let smallest = if pair.smallest_p < 1.0 {
            format!(" The smallest p that {} can give is {}.", many(pair.days, "day"), words::p(pair.smallest_p))
        } else {
            String::new()
        };
        vec![format!("too few to tell: {}{takes}.{smallest}", many(pair.days, "day"))]
    }

    fn latest(&self, latest: &Latest) -> String {
        format!(
            "On {}, the last day, {}: {}. Before, the mean was {}. One day is not a trend; only later statements can tell \
             whether it lasts.",
            day(latest.date),
            self.at(latest.day),
            words::quoted(&latest.text, latest.indirect, LONGEST_QUOTATION),
            self.at(latest.before)
        )
    }

    fn rests_on(&self) -> String {
        let pair = self.pair;
        let mut line = format!("{} on {}", many(pair.statements, "statement"), many(pair.days, "day"));
        if pair.by_month > 0 {
            line += &format!("; {} more known by the month only, not tested", pair.by_month);
        }
        if pair.by_rules > 0 {
            line += &format!("; {} labelled by rules", pair.by_rules);
        }
        line + "."
    }

    fn relabelled(&self) -> Option<String> {
        let relabelled = self.pair.relabelled?;
        if relabelled.measured_on == 0 {
            return Some(
                "How often rules err here is not known: no statement is labelled by both hand and rules.".to_owned(),
            );
        }
        Some(format!(
            "Rules differ from hands on {} of {} labelled by both. With rule labels changed as often, the verdict stands \
             in {} of {} repeats.",
            percent(relabelled.wrong),
            many(relabelled.measured_on, "statement"),
            relabelled.stands,
            relabelled.repeats
        ))
    }
}

fn both(p: f64, corrected: f64) -> String {
    if corrected > p {
        format!("p {}, corrected {}.", words::p(p), words::p(corrected))
    } else {
        format!("p {}.", words::p(p))
    }
}

fn stressed(stress: &Stress) -> Vec<String> {
    const MOST_NAMED: usize = 3;
    let (runs, stands) = stress.share();
    let kinds: Vec<String> = stress
        .by
        .iter()
        .map(|kind| {
            let what = match kind.without {
                Without::Statement => "each statement",
                Without::Day => "each day",
                Without::Source => "each source",
                Without::Rule => "each rule",
                Without::Coder => "each coder",
                Without::Indirect => "paraphrases",
            };
            let mut line = format!("{what} {} of {}", kind.stands, kind.runs);
            if kind.without != Without::Statement && !kind.overturned.is_empty() {
                let named = |(name, word): &(String, &str)| format!("{name}: {word}");
                let mut names: Vec<String> = kind.overturned.iter().take(MOST_NAMED).map(named).collect();
                if kind.overturned.len() > MOST_NAMED {
                    names.push("…".to_owned());
                }
                line += &format!(" ({})", names.join("; "));
            }
            line
        })
        .collect();
    let mut lines = vec![format!("It stands in {stands} of {runs} re-runs; without {}.", kinds.join(", without "))];
    lines.push(match stress.rests_on.as_slice() {
        [] => "No single statement overturns it.".to_owned(),
        [(id, text)] => format!("It rests on one statement: {id}, “{}”.", shortened(text, LONGEST_QUOTATION)),
        several => {
            let told = |(id, text): &(String, String)| format!("{id}, “{}”", shortened(text, LONGEST_QUOTATION));
            let mut told: Vec<String> = several.iter().take(MOST_NAMED).map(told).collect();
            if several.len() > MOST_NAMED {
                told.push("…".to_owned());
            }
            format!("The loss of any one of {} overturns it: {}.", many(several.len(), "statement"), told.join("; "))
        }
    });
    lines
}
