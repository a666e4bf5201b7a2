//! What coders have to do with a verdict, as sentences.

use crate::shift::rerun::{Handover, Recoded};
use crate::shift::{Pair, Verdict};
use crate::words::{day, level, many, percent};

/// A line on the change of coder, if there is one, and a line on the verdict with the labels of other coders.
pub fn sentences(pair: &Pair) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(handover) = &pair.handover {
        lines.push(coincide(handover, &pair.verdict));
    }
    if let Some(recoded) = &pair.recoded {
        lines.push(match &pair.handover {
            Some(handover) => as_one_coder(handover, recoded),
            None => as_others(recoded),
        });
    }
    lines
}

fn coincide(handover: &Handover, verdict: &Verdict) -> String {
    let Handover { date, before, after, shared, enough, bias, bias_interval } = handover;
    let mut line = format!(
        "Coder and time coincide: before {} {} of {} are by {}, from then on {} of {} by {}.",
        day(*date),
        before.labels,
        many(before.all, "label"),
        before.coder,
        after.labels,
        after.all,
        after.coder
    );
    let Some(bias) = bias else {
        return line + " No statement has a position by both, so nothing shows how they compare.";
    };
    let on = format!("On the {} to which both gave a position", many(*shared, "statement"));
    let range = match bias_interval {
        Some((low, high)) => format!("({} to {})", level(*low), level(*high)),
        None if *enough => "(no labels differ)".to_owned(),
        None => "(too few for an interval)".to_owned(),
    };
    let higher = match *bias {
        bias if bias > 0.0 => format!("{} is {bias:.1} levels higher", after.coder),
        bias if bias < 0.0 => format!("{} is {:.1} levels lower", after.coder, -bias),
        _ => "neither is higher".to_owned(),
    };
    let unclear = bias_interval.is_none_or(|(low, high)| low <= 0.0 && high >= 0.0);
    let moved = match verdict {
        Verdict::Shift { .. } | Verdict::Return { .. } => {
            let shifts = verdict.shifts();
            shifts.iter().find(|shift| shift.first_after == *date).or(shifts.first()).map(|shift| shift.size())
        }
        Verdict::Drift(drift) => Some(drift.size),
        Verdict::Swing(_) | Verdict::Steady | Verdict::TooFew => None,
    };
    let so = match moved {
        _ if *enough && bias_interval.is_none() => "so nothing shows that the change of coder matters",
        _ if unclear => "so how they compare is not clear",
        Some(size) if size * bias > 0.0 => "so part of the shift may be a change of coder",
        Some(_) => "so the change of coder works against the shift",
        None => "so the change of coder may hide a shift",
    };
    line += &format!(" {on}, {higher} {range}, {so}.");
    line
}

fn as_one_coder(handover: &Handover, recoded: &Recoded) -> String {
    let Recoded { repeats, stands, .. } = recoded;
    if *repeats == 0 {
        return match handover {
            Handover { shared: 0, .. } => "So the verdict cannot be told from a change of coder.",
            Handover { enough: false, .. } => {
                "So few shared statements cannot tell the verdict from a change of coder."
            }
            _ => {
                "Some labels are by coders who share no statement with one of the two, so the verdict cannot be told from \
                 a change of coder."
            }
        }
        .to_owned();
    }
    let ends = if recoded.withstands() {
        "It withstands the difference between them."
    } else {
        "It does not withstand the difference between them."
    };
    format!(
        "With all labels as one of them might have given them, half of the runs as {} and half as {}, the verdict holds \
         in {stands} of {repeats} runs. {ends}",
        handover.before.coder, handover.after.coder
    )
}

fn as_others(recoded: &Recoded) -> String {
    if recoded.measured_on == 0 {
        return "How far coders differ on this issue is unknown: no 2 of them have read the same statement.".to_owned();
    }
    format!(
        "Coders differ on {} of {} that 2 have read. With labels redrawn at that rate, the verdict holds in {} of {} \
         runs.",
        percent(recoded.differ),
        many(recoded.measured_on, "statement"),
        recoded.stands,
        recoded.repeats
    )
}
