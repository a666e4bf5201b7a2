//! Verdicts as rows of a table.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;

use crate::codebook::Codebook;
use crate::shift::{Pair, Quotation, Verdict};

/// What the columns hold, in lines of at most 80 characters.
pub const COLUMNS: &str = "\
  speaker, issue, verdict
                        with --by, speaker is the group
  from, to              a shift or return: it happened between these days (90 %);
                        a drift: its first and last day; a swing: its day
  likeliest_from, likeliest_to
                        a shift: the days between which it most likely happened;
                        likeliest_to is the first day of the means after it
  mean                  the mean position of all days
  before, after         a shift: the means before and after it; a drift: the
                        ends of its line; a swing: the mean of the other
                        days, and the mean of its day
  before_level, after_level
                        the levels nearest to these means
  size                  the change from before to after, in levels
  size_likely           a shift or drift: how large it likely is; less than its
                        size if the date was searched for
  size_low, size_high   the range of that (95 %)
  direction             the end of the scale toward which it moved
  superiority           a shift: compare every statement after it with every one
                        before it; the share in which the later is higher, ties
                        counting half
  superiority_low, superiority_high
                        its range (95 %)
  p, p_corrected        p before and after the correction: that of the pair, or
                        of the part of its days with this shift if it is larger
  smallest_p            the smallest p that these days can give
  dependence            how much a day resembles the one before it, as the test
                        takes it, from 0 to 0.85
  days_needed           the smallest number of days that can be tested
  later_low, later_high
                        a steady pair: the mean of the later half of the days
                        minus that of the earlier half lies between these
                        (95 %), in levels; with --event, after minus before
  detectable            the shift halfway through that would be found 4 times in
                        5, in levels
  detectable_quarter    the same for a shift after a quarter of the days; empty
                        if a shift of any size could be missed
  statement_id          a swing: its statement
  latest_statement_id   the statement of a last day that stands apart
  statements, days      how many there are
  by_month              statements without an exact day: not tested by day
  in_conflict           statements with a conflict
  by_rules              statements labelled by rules
  relabelled_stands     how often the verdict stays the same if labels by rules
                        are changed at random, at the measured error rate of
                        the rules, from 0 to 1
  recoded_stands        the same if labels are redrawn as another coder might
                        have given them
  handover              the date on which the coder changes, if coder and time
                        coincide
  coder_before, coder_after, coder_bias
                        who gave most labels on either side, and by how many
                        levels the later coder is higher, if both have read
                        the same statements
  stress_stands         how often it stays the same with --stress, from 0 to 1
  grain                 what counts as a day: day, week, month or quarter
  members, largest_member, largest_share
                        with --by: how many speakers the group has, which has
                        the most statements, and its share of them
  mix_changes           what else changes where the position does: speaker,
                        source_publisher or venue
  rate_before, rate_after
                        statements in 30 days before and after, if they come
                        more or less often where the position changes
  rearrangements        how many rearrangements of its days the test made before
                        its p was clear enough
";

/// One finding, as a row of the CSV.
#[derive(Debug, Serialize, Default)]
pub struct FindingRow<'v> {
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
    size_likely: Option<f64>,
    size_low: Option<f64>,
    size_high: Option<f64>,
    direction: Option<&'v str>,
    superiority: Option<f64>,
    superiority_low: Option<f64>,
    superiority_high: Option<f64>,
    p: Option<f64>,
    p_corrected: Option<f64>,
    smallest_p: f64,
    dependence: Option<f64>,
    days_needed: Option<usize>,
    later_low: Option<f64>,
    later_high: Option<f64>,
    detectable: Option<f64>,
    detectable_quarter: Option<f64>,
    statement_id: Option<&'v str>,
    latest_statement_id: Option<&'v str>,
    statements: usize,
    days: usize,
    by_month: usize,
    in_conflict: usize,
    by_rules: usize,
    relabelled_stands: Option<f64>,
    recoded_stands: Option<f64>,
    handover: Option<String>,
    coder_before: Option<&'v str>,
    coder_after: Option<&'v str>,
    coder_bias: Option<f64>,
    stress_stands: Option<f64>,
    grain: &'static str,
    members: Option<usize>,
    largest_member: Option<&'v str>,
    largest_share: Option<f64>,
    mix_changes: String,
    rate_before: Option<f64>,
    rate_after: Option<f64>,
    rearrangements: Option<usize>,
}

/// A row for each finding of some pairs: one for each shift, or one for a pair without shifts.
pub fn rows<'v>(pairs: impl Iterator<Item = &'v Pair>, codebook: &'v Codebook) -> Vec<FindingRow<'v>> {
    pairs.flat_map(|pair| rows_of(pair, codebook)).collect()
}

/// 3 decimals: further digits are chance.
fn rounded(value: f64) -> f64 {
    // Adding 0 makes -0 0.
    (value * 1_000.0).round() / 1_000.0 + 0.0
}

/// 6 decimals: the smallest p that is tested for is larger.
fn rounded_p(p: f64) -> f64 {
    (p * 1_000_000.0).round() / 1_000_000.0
}

fn id(quotation: Option<&Quotation>) -> Option<&str> {
    quotation.map(|quotation| quotation.statement_id.as_str())
}

fn rows_of<'v>(pair: &'v Pair, codebook: &'v Codebook) -> Vec<FindingRow<'v>> {
    let share = |part: usize, whole: usize| (whole > 0).then(|| rounded(part as f64 / whole as f64));
    let common = || FindingRow {
        speaker: &pair.speaker,
        issue: &pair.issue,
        verdict: pair.verdict.word(),
        p: pair.p.map(rounded_p),
        p_corrected: pair.p_corrected.map(rounded_p),
        rearrangements: pair.rearrangements,
        smallest_p: rounded_p(pair.smallest_p),
        dependence: pair.dependence.map(rounded),
        days_needed: pair.days_needed,
        later_low: pair.later.map(|range| rounded(range.low)),
        later_high: pair.later.map(|range| rounded(range.high)),
        detectable: pair.detectable.map(rounded),
        detectable_quarter: pair.detectable_quarter.map(rounded),
        mean: pair.mean.map(rounded),
        latest_statement_id: pair.latest.as_ref().and_then(|latest| id(latest.quotation.as_ref())),
        in_conflict: pair.conflicts,
        statements: pair.statements,
        days: pair.days,
        by_month: pair.by_month,
        by_rules: pair.by_rules,
        relabelled_stands: pair.relabelled.and_then(|relabelled| share(relabelled.stands, relabelled.repeats)),
        recoded_stands: pair.recoded.and_then(|recoded| share(recoded.stands, recoded.repeats)),
        handover: pair.handover.as_ref().map(|handover| handover.date.to_string()),
        coder_before: pair.handover.as_ref().map(|handover| handover.before.coder.as_str()),
        coder_after: pair.handover.as_ref().map(|handover| handover.after.coder.as_str()),
        coder_bias: pair.handover.as_ref().and_then(|handover| handover.bias).map(rounded),
        stress_stands: pair.stress.as_ref().and_then(|stress| share(stress.stands, stress.runs)),
        grain: pair.grain.word(),
        members: pair.members.as_ref().map(|members| members.count),
        largest_member: pair.members.as_ref().map(|members| members.largest.as_str()),
        largest_share: pair.members.as_ref().map(|members| rounded(members.share)),
        mix_changes: pair
            .mix
            .iter()
            .map(|change| change.column)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect::<Vec<_>>()
            .join(" "),
        rate_before: pair.rates.first().map(|rate| rounded(rate.before)),
        rate_after: pair.rates.first().map(|rate| rounded(rate.after)),
        ..FindingRow::default()
    };
    let level =
        |value: f64| -> Option<&'v str> { codebook.issue(pair.index).nearest(value).map(|level| level.words.as_str()) };
    let moved = |from: NaiveDate, to: NaiveDate, before: f64, after: f64, size: f64| FindingRow {
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
        Verdict::Shift { .. } | Verdict::Return { .. } => pair
            .verdict
            .shifts()
            .iter()
            .map(|shift| FindingRow {
                likeliest_from: Some(shift.last_before.to_string()),
                likeliest_to: Some(shift.first_after.to_string()),
                superiority: Some(rounded(shift.superiority)),
                superiority_low: Some(rounded(shift.superiority_range.low)),
                superiority_high: Some(rounded(shift.superiority_range.high)),
                size_likely: Some(rounded(shift.likely.size)),
                size_low: Some(rounded(shift.likely.range.low)),
                size_high: Some(rounded(shift.likely.range.high)),
                p: Some(rounded_p(shift.p)),
                p_corrected: Some(rounded_p(shift.p_corrected)),
                direction: Some(if shift.superiority > 0.5 { &codebook.high } else { &codebook.low }),
                ..moved(shift.from, shift.to, shift.before.mean, shift.after.mean, shift.size())
            })
            .collect(),
        Verdict::Drift(drift) => vec![FindingRow {
            size_likely: Some(rounded(drift.likely.size)),
            size_low: Some(rounded(drift.likely.range.low)),
            size_high: Some(rounded(drift.likely.range.high)),
            ..moved(drift.from, drift.to, drift.before, drift.after, drift.size)
        }],
        Verdict::Swing(swing) => {
            let ranks = codebook.issue(pair.index);
            vec![FindingRow {
                p: Some(rounded_p(swing.p)),
                p_corrected: Some(rounded_p(swing.p_corrected)),
                statement_id: id(swing.quotation.as_ref()),
                ..moved(swing.date, swing.date, swing.rest, swing.day, ranks.rank(swing.day) - ranks.rank(swing.rest))
            }]
        }
        Verdict::Steady | Verdict::TooFew => vec![common()],
    }
}
