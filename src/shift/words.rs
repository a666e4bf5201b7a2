//! Verdicts as sentences that a reporter can check.

use crate::codebook::{Codebook, Position};
use crate::math::Interval;
use crate::shift::coded;
use crate::shift::mixture;
use crate::shift::rerun::{Lost, Stress, Without};
use crate::shift::size::Likely;
use crate::shift::{Drift, Latest, Pair, Quotation, Shift, Swing, Verdict};
use crate::words::{self, day, level, many, percent};

/// The longest quotation in a sentence, in characters.
const LONGEST_QUOTATION: usize = 140;

/// A size that would be found, in levels. It is rounded up, because a smaller one is not promised.
pub fn at_least(size: f64) -> String {
    format!("{:.1}", (size * 10.0 - 1e-9).ceil() / 10.0)
}

/// A pair's verdict: first the finding, then one line for each thing that it rests on.
pub fn sentences(pair: &Pair, codebook: &Codebook) -> Vec<String> {
    let scale = Scale { pair, codebook };
    let mut lines = match &pair.verdict {
        Verdict::Shift { shifts } => scale.shifts(shifts),
        Verdict::Return { shifts } => scale.there_and_back(shifts),
        Verdict::Drift(drift) => scale.drift(drift),
        Verdict::Swing(swing) => scale.swing(swing),
        Verdict::Steady => scale.steady(),
        Verdict::TooFew => scale.too_few(),
    };
    if let Some(latest) = &pair.latest {
        lines.push(scale.latest(latest));
    }
    lines.push(scale.rests_on());
    lines.extend(pair.members.as_ref().map(mixture::members));
    lines.extend(pair.mix.iter().map(|change| mixture::changed(change, pair.grain)));
    lines.extend(pair.rates.iter().map(|change| change.sentence(pair.grain)));
    lines.extend(scale.relabelled());
    lines.extend(coded::sentences(pair));
    if let Some(stress) = &pair.stress {
        lines.extend(stressed(stress));
    }
    lines
}

/// How a later statement compares with an earlier one.
fn compared(shift: &Shift) -> String {
    let (how, share, Interval { low, high }) = if shift.superiority > 0.5 {
        ("higher", shift.superiority, shift.superiority_range)
    } else {
        let Interval { low, high } = shift.superiority_range;
        ("lower", 1.0 - shift.superiority, Interval { low: 1.0 - high, high: 1.0 - low })
    };
    format!(
        "A later statement is {how} than an earlier one in {} of pairs (95 %: {} to {}; ties count half).",
        percent(share),
        percent(low),
        percent(high)
    )
}

/// Why the size of a shift is too large on average.
const DATE_SEARCHED: &str = "The date was searched for";
/// Why the size of a drift is.
const PASSED: &str = "Only drifts that pass the test are reported";

/// How large a change is, and how large it likely is. The size at a date that was searched for is too large on
/// average, so that is said if it shows.
fn size(seen: f64, likely: Likely, why: &str) -> String {
    let is_larger = seen.abs() > likely.size.abs();
    let (seen, likely, low, high) =
        (level(seen), level(likely.size), level(likely.range.low), level(likely.range.high));
    if seen == likely || !is_larger {
        format!("{seen} levels (95 %: {low} to {high})")
    } else {
        format!(
            "{seen} levels. {why}, so this is likely too large: about {likely} levels is likelier (95 %: {low} to {high})"
        )
    }
}

/// How far two parts of the days that do not differ visibly may still differ.
fn apart(Interval { low, high }: Interval) -> String {
    let size = |value: f64| format!("{:.1}", value.abs());
    if low < 0.0 && high > 0.0 {
        format!("between {} levels lower and {} higher than", size(low), size(high))
    } else if high > 0.0 {
        format!("between {} and {} levels higher than", size(low), size(high))
    } else {
        format!("between {} and {} levels lower than", size(high), size(low))
    }
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

    /// A number of units of the test.
    fn units(&self, count: usize) -> String {
        many(count, self.pair.grain.word())
    }

    /// Between which days a shift happened, with its certainty.
    fn when(&self, shift: &Shift) -> String {
        let dates = self.pair.grain.both(shift.from, shift.to);
        if shift.from == shift.last_before && shift.to == shift.first_after {
            format!("between {dates}")
        } else {
            let likely = self.pair.grain.both(shift.last_before, shift.first_after);
            format!("between {dates} (90 %), most likely between {likely}")
        }
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
            let sides = format!(
                "from {} over {} to {} over {}, {}",
                self.at(shift.before.mean),
                self.units(shift.before.days),
                self.at(shift.after.mean),
                self.units(shift.after.days),
                size(shift.size(), shift.likely, DATE_SEARCHED),
            );
            // The test compares ranks, and the size compares means: they can differ if most statements
            // go one way and a few go far the other way.
            let up = shift.superiority > 0.5;
            let higher = compared(shift);
            let caveat = if (shift.size() > 0.0) == up && shift.size().abs() >= 0.05 {
                String::new()
            } else {
                " The mean hardly shows it: what changed is how often each position was taken.".to_owned()
            };
            let towards = self.towards(if up { 1.0 } else { -1.0 });
            let p = both(shift.p, shift.p_corrected);
            if let Some(event) = self.pair.event {
                return format!(
                    "the {unit}s from {} on differ from those before, toward {towards}: {sides}. {higher}{caveat} \
                     This does not show that the change came on that date rather than \
                     another. {p}",
                    day(event),
                    unit = self.pair.grain.word()
                );
            }
            let when = self.when(shift);
            format!("shift toward {towards} {when}: {sides}. {higher}{caveat} {p}")
        };
        shifts.iter().map(one).collect()
    }

    /// A change that was undone: where it was, and a line for each of its two steps.
    fn there_and_back(&self, [there, back]: &[Shift; 2]) -> Vec<String> {
        let towards = self.towards(there.size());
        let step = |what: &str, shift: &Shift| {
            format!(
                "{what} {}: {}. {} {}",
                self.when(shift),
                size(shift.size(), shift.likely, DATE_SEARCHED),
                compared(shift),
                both(shift.p, shift.p_corrected)
            )
        };
        vec![
            format!(
                "return: the position moved toward {towards} and back. It was {} over {}, then {} over {}, then {} over {}.",
                self.at(there.before.mean),
                self.units(there.before.days),
                self.at(there.after.mean),
                self.units(there.after.days),
                self.at(back.after.mean),
                self.units(back.after.days)
            ),
            step("It moved", there),
            step("It moved back", back),
        ]
    }

    fn drift(&self, drift: &Drift) -> Vec<String> {
        vec![format!(
            "drift toward {}: a line through the {}s goes from about {} {} to about {} {}, {}. {}",
            self.towards(drift.size),
            self.pair.grain.word(),
            self.at(drift.before),
            self.pair.grain.at(drift.from),
            self.at(drift.after),
            self.pair.grain.at(drift.to),
            size(drift.size, drift.likely, PASSED),
            both(drift.p, drift.p_corrected)
        )]
    }

    fn swing(&self, swing: &Swing) -> Vec<String> {
        let unit = self.pair.grain.word();
        let since = if swing.at_an_end {
            format!(
                " There is no {unit} on one side of it. One {unit} is not a trend: only more statements can show whether it \
                 lasted."
            )
        } else {
            String::new()
        };
        vec![format!(
            "swing {}: {}, while the mean of the other {unit}s is {}{}{since} {}",
            self.pair.grain.at(swing.date),
            self.at(swing.day),
            level(swing.rest),
            shown_by(swing.quotation.as_ref()),
            both(swing.p, swing.p_corrected)
        )]
    }

    fn steady(&self) -> Vec<String> {
        if let (Some(event), Some((before, after))) = (self.pair.event, self.pair.sides) {
            let later = self.pair.later.map_or(String::new(), |later| {
                let unit = self.pair.grain.word();
                format!(" The later {unit}s are {} the earlier ones (95 %){}.", apart(later), self.alone(later))
            });
            return vec![format!(
                "no difference was found (“steady”) between the {} before {}, mean {}, and the {} from then on, mean {}.{later} {}",
                self.units(before.days),
                day(event),
                level(before.mean),
                self.units(after.days),
                level(after.mean),
                self.tested()
            )];
        }
        let unit = self.pair.grain.word();
        let later = self.pair.later.map_or(String::new(), |later| {
            format!(" The later half of the {unit}s is {} the earlier half (95 %){}.", apart(later), self.alone(later))
        });
        let range = self.codebook.issue(self.pair.index).levels.len().saturating_sub(1) as f64;
        let shown = |size: Option<f64>| size.filter(|size| *size < range);
        let detectable = match (self.pair.detectable, shown(self.pair.detectable), shown(self.pair.detectable_quarter))
        {
            (None, ..) => String::new(),
            (_, None, _) => {
                format!(" With so few {unit}s, even a shift from one end of the scale to the other could be missed.")
            }
            (_, Some(half), None) => format!(
                " A lasting shift of {} levels halfway through would be found about 4 times in 5; after a quarter \
                 of the {unit}s, any shift could be missed.",
                at_least(half)
            ),
            (_, Some(half), Some(quarter)) => format!(
                " A lasting shift of {} levels halfway through would be found about 4 times in 5; after a quarter \
                 of the {unit}s, one of {} levels.",
                at_least(half),
                at_least(quarter)
            ),
        };
        vec![format!("no lasting shift was found (“steady”).{later}{detectable} {}", self.tested())]
    }

    /// What is said of a difference that is no finding although its interval does not hold 0.
    fn alone(&self, Interval { low, high }: Interval) -> &'static str {
        if self.pair.p_corrected.is_some() && (low > 0.0 || high < 0.0) {
            " (for this pair alone; corrected for all pairs, that may be chance)"
        } else {
            ""
        }
    }

    fn too_few(&self) -> Vec<String> {
        let pair = self.pair;
        let why = match (pair.event, &pair.sides) {
            (Some(event), None) if pair.days > 0 => {
                format!("{}, all of them on one side of {}", self.units(pair.days), day(event))
            }
            (Some(_), Some((before, after))) => {
                format!(
                    "{} before and {} from then on; it takes 3 on either side and 8 in all",
                    before.days, after.days
                )
            }
            _ => self.units(pair.days),
        };
        let takes = pair.days_needed.map_or(String::new(), |needed| format!("; it takes {needed} or more"));
        let smallest = if pair.smallest_p < 1.0 && !takes.is_empty() {
            format!(" The smallest p that {} can give is {}.", self.units(pair.days), words::p(pair.smallest_p))
        } else {
            String::new()
        };
        vec![format!("too few to tell: {why}{takes}.{smallest}")]
    }

    fn latest(&self, latest: &Latest) -> String {
        format!(
            "{}, the last {unit}, {}{} Before that, the mean was {}. One {unit} is not a trend: only later statements can \
             show whether it lasts.",
            capitalised(&self.pair.grain.at(latest.date)),
            self.at(latest.day),
            shown_by(latest.quotation.as_ref()),
            level(latest.before),
            unit = self.pair.grain.word()
        )
    }

    fn rests_on(&self) -> String {
        let pair = self.pair;
        let at = |(position, count): &(i32, usize)| format!("{count} at {}", Position(*position));
        let taken: Vec<String> = pair.positions.iter().rev().filter(|(_, count)| *count > 0).map(at).collect();
        let mut line = format!("{} on {}", many(pair.statements, "statement"), self.units(pair.days));
        if !taken.is_empty() {
            line += &format!(": {}", taken.join(", "));
        }
        if pair.by_month > 0 {
            line += &format!("; {} more without an exact day, not tested", pair.by_month);
        }
        if pair.conflicts > 0 {
            line += &format!("; {} more in conflict, without a position and not tested", pair.conflicts);
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
                "How often the rules are wrong here is unknown: no statement is labelled both by hand and by rules."
                    .to_owned(),
            );
        }
        Some(format!(
            "Rules and coders differ on {} of {} labelled by both. With rule labels changed at that rate, the verdict \
             holds in {} of {} runs.",
            percent(relabelled.wrong),
            many(relabelled.measured_on, "statement"),
            relabelled.stands,
            relabelled.repeats
        ))
    }
}

/// A sentence with its first letter as a capital.
fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

/// The end of a sentence that a statement shows: a colon and the words, if they are at hand, and one full stop.
fn shown_by(quotation: Option<&Quotation>) -> String {
    let Some(said) = quotation else { return ".".to_owned() };
    let quoted = words::quoted(&said.text, said.indirect, LONGEST_QUOTATION);
    let ended = ["…”", ".”", "!”", "?”"].iter().any(|end| quoted.ends_with(end));
    format!(": {quoted}{}", if ended { "" } else { "." })
}

fn both(p: f64, corrected: f64) -> String {
    let (plain, corrected) = (words::p(p), words::p(corrected));
    if plain == corrected { format!("p {plain}.") } else { format!("p {plain}, corrected {corrected}.") }
}

fn stressed(stress: &Stress) -> Vec<String> {
    const MOST_NAMED: usize = 3;
    let kinds: Vec<String> = stress
        .by
        .iter()
        .map(|kind| {
            let what = match kind.without {
                Without::Statement => "any one statement",
                Without::Day => "any one day",
                Without::Source => "any one source",
                Without::Rule => "any one rule",
                Without::Coder => "any one coder",
                Without::Indirect => "paraphrases",
            };
            let mut line = match kind.runs {
                0 => format!("without {what} too few days are left"),
                runs => format!("without {what} in {} of {runs}", kind.stands),
            };
            if kind.runs > 0 && kind.too_few > 0 {
                line += &format!(" ({} more leave too few days)", kind.too_few);
            }
            if kind.without != Without::Statement && !kind.overturned.is_empty() {
                let named = |(name, word): &(String, &str)| format!("without {name}: {word}");
                let mut names: Vec<String> = kind.overturned.iter().take(MOST_NAMED).map(named).collect();
                if kind.overturned.len() > MOST_NAMED {
                    names.push("…".to_owned());
                }
                line += &format!(" ({})", names.join("; "));
            }
            line
        })
        .collect();
    if stress.runs == 0 {
        return vec![format!("The verdict could not be checked again: {}.", kinds.join("; "))];
    }
    let mut lines = vec![format!("The verdict holds: {}.", kinds.join("; "))];
    let lost_statement = |lost: &Lost| {
        let text = words::quoted(&lost.text, lost.indirect, LONGEST_QUOTATION);
        format!("{}, {text}", lost.statement_id)
    };
    let single = stress.by.iter().find(|kind| kind.without == Without::Statement);
    lines.push(match stress.rests_on.as_slice() {
        [] if single.is_some_and(|kind| kind.runs > 0 && kind.too_few == 0) => {
            "No single statement overturns it.".to_owned()
        }
        [] if single.is_some() => "Without a single statement, there may be too few days to tell.".to_owned(),
        [] => "With so many statements, no single one can decide.".to_owned(),
        [one] => format!("Without one statement the verdict is “{}”: {}.", one.verdict, lost_statement(one)),
        several => {
            let mut all: Vec<String> = several.iter().take(MOST_NAMED).map(lost_statement).collect();
            if several.len() > MOST_NAMED {
                all.push("…".to_owned());
            }
            format!(
                "Without any one of {}, the verdict is another: {}.",
                many(several.len(), "statement"),
                all.join("; ")
            )
        }
    });
    lines
}
