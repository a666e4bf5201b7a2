//! Which quotations are set in a picture: those that a reader would ask for first.
//!
//! In this order, at most one of a day and four a panel: one of the last day before and one of the first day after every
//! shift, one of the first and of the last day of a drift, that of a swing, that of a last day apart; the latest at the
//! highest and at the lowest position taken; the first and the last of all. Of several on such a day, and at such a
//! position, direct ones come before paraphrases, even where a paraphrase is later. Those of which only the month is known have no place to point at and are passed over.

use chrono::NaiveDate;

use crate::chart::source::Labelled;
use crate::shift::{Latest, Verdict};

/// The most quotations in a panel.
const MOST: usize = 4;

/// Returns the places of the quotations to show, among a speaker's statements on an issue by date, given the verdict
/// and a last day apart; the most telling first.
pub fn telling(own: &[&Labelled<'_>], verdict: Option<&Verdict>, latest: Option<&Latest>) -> Vec<usize> {
    let days: Vec<usize> = (0..own.len()).filter(|place| !own[*place].by_month).collect();
    let direct_of = |places: Vec<usize>| places.iter().copied().find(|p| !own[*p].indirect).or(places.first().copied());
    let on = |day: NaiveDate| direct_of(days.iter().copied().filter(|p| own[*p].from == day).collect());
    let named = |id: &str| days.iter().copied().find(|place| own[*place].id == id);
    let latest_at = |position: Option<i32>| {
        direct_of(days.iter().rev().copied().filter(|p| Some(own[*p].position) == position).collect())
    };
    let mut wanted: Vec<Option<usize>> = Vec::new();
    match verdict {
        Some(Verdict::Shift { shifts }) => {
            wanted.extend(shifts.iter().flat_map(|shift| [on(shift.last_before), on(shift.first_after)]));
        }
        Some(Verdict::Drift(drift)) => wanted.extend([on(drift.from), on(drift.to)]),
        Some(Verdict::Swing(swing)) => wanted.push(named(&swing.statement_id)),
        Some(Verdict::Steady | Verdict::TooFew) | None => {}
    }
    wanted.extend(latest.map(|latest| named(&latest.statement_id)));
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
    use crate::shift::{Drift, Swing};

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
        assert_eq!(telling(&own, None, None), [1, 3, 0, 4]);
        assert_eq!(telling(&own[..1], None, None), [0]);
        assert!(telling(&[], None, None).is_empty());
    }

    #[test]
    fn what_a_verdict_rests_on_comes_first() {
        let positions = [("a", 2), ("b", 0), ("c", 0), ("d", 0), ("e", -2), ("f", 0)];
        let all: Vec<Labelled<'static>> =
            positions.iter().zip(1..).map(|((id, at), day)| statement(id, day, *at, false)).collect();
        let own: Vec<&Labelled<'_>> = all.iter().collect();
        let day = |day| NaiveDate::from_ymd_opt(2025, 3, day).expect("a day of March");
        let of = |verdict: &Verdict| telling(&own, Some(verdict), None);
        let drift = Drift { from: day(2), to: day(4), before: 0.0, after: 1.0, size: 1.0, p: 0.01, p_corrected: 0.02 };
        assert_eq!(of(&Verdict::Drift(drift)), [1, 3, 0, 4]);
        let swing = Swing {
            date: day(3),
            statement_id: "c".to_owned(),
            text: String::new(),
            indirect: false,
            rest: 0.0,
            day: 1.0,
            at_an_end: false,
            p: 0.01,
            p_corrected: 0.02,
        };
        assert_eq!(of(&Verdict::Swing(swing)), [2, 0, 4, 5]);
        let latest = Latest {
            date: day(6),
            statement_id: "f".to_owned(),
            text: String::new(),
            indirect: false,
            day: 0.0,
            before: 1.0,
        };
        assert_eq!(telling(&own, Some(&Verdict::Steady), Some(&latest)), [5, 0, 4]);
    }
}
