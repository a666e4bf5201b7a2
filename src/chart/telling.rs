//! Which quotations are set in a picture: those that a reader would ask for first.
//!
//! In this order, at most one of a day and four a panel: one of the last day before and one of the first day after every
//! shift, one of the first and of the last day of a drift, that of a swing, that of a last day apart; the latest at the
//! highest and at the lowest position taken; the first and the last of all. Of several on such a day, and at such a
//! position, direct ones come before paraphrases, even where a paraphrase is later. Those of which only the month is known have no place to point at and are passed over.

use chrono::NaiveDate;

use crate::chart::source::Labelled;
use crate::shift::{Pair, Verdict};

/// The most quotations in a panel.
const MOST: usize = 4;

/// Returns the places of the quotations to show, among a speaker's statements on an issue by date; the most
/// telling first.
pub fn telling(own: &[&Labelled<'_>], pair: Option<&Pair>) -> Vec<usize> {
    let days: Vec<usize> = (0..own.len()).filter(|place| !own[*place].by_month).collect();
    let direct_of = |places: Vec<usize>| places.iter().copied().find(|p| !own[*p].indirect).or(places.first().copied());
    let on = |day: NaiveDate| direct_of(days.iter().copied().filter(|p| own[*p].from == day).collect());
    let named = |id: &str| days.iter().copied().find(|place| own[*place].id == id);
    let latest_at = |position: Option<i32>| {
        direct_of(days.iter().rev().copied().filter(|p| Some(own[*p].position) == position).collect())
    };
    let mut wanted: Vec<Option<usize>> = Vec::new();
    if let Some(pair) = pair {
        match &pair.verdict {
            Verdict::Shift { shifts } => {
                wanted.extend(shifts.iter().flat_map(|shift| [on(shift.last_before), on(shift.first_after)]));
            }
            Verdict::Drift(drift) => wanted.extend([on(drift.from), on(drift.to)]),
            Verdict::Swing(swing) => wanted.push(named(&swing.statement_id)),
            Verdict::Steady | Verdict::TooFew => {}
        }
        wanted.extend(pair.latest.as_ref().map(|latest| named(&latest.statement_id)));
    }
    let positions = || days.iter().map(|place| own[*place].position);
    wanted.extend([latest_at(positions().max()), latest_at(positions().min())]);
    wanted.extend([days.first().copied(), days.last().copied()]);
    let mut chosen: Vec<usize> = Vec::new();
    for place in wanted.into_iter().flatten() {
        if chosen.len() < MOST && chosen.iter().all(|other| own[*other].from != own[place].from) {
            chosen.push(place);
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::figure::MarkKind;
    use crate::codebook::IssueIndex;

    fn statement(id: &'static str, day: u32, position: i32, indirect: bool) -> Labelled<'static> {
        let from = NaiveDate::from_ymd_opt(2025, 3, day).expect("a day of March");
        Labelled {
            number: 1,
            id,
            speaker: "Ada",
            from,
            to: from,
            by_month: false,
            issue: IssueIndex(0),
            position,
            kind: MarkKind::Hand,
            text: "Yes.",
            indirect,
            publisher: "",
            tooltip: String::new(),
        }
    }

    #[test]
    fn extremes_come_first_and_then_the_ends() {
        let all = [
            statement("a", 1, 0, false),
            statement("b", 2, 1, false),
            statement("c", 3, 1, true),
            statement("d", 4, -2, false),
            statement("e", 5, 0, false),
        ];
        let own: Vec<&Labelled<'_>> = all.iter().collect();
        // The latest at the highest position is a paraphrase, so the direct one before it is shown.
        assert_eq!(telling(&own, None), [1, 3, 0, 4]);
        assert_eq!(telling(&own[..1], None), [0]);
        assert!(telling(&[], None).is_empty());
    }
}
