//! Which quotations are set in a picture: the ones a reader would ask for first.
//!
//! They are chosen in this order, at most one for a day and four in a panel: for every shift, one from
//! the last day before and one from the first day after; for a drift, one from its first and one from
//! its last day; the quotation of a swing; the quotation of a last day that stands apart; the latest at
//! the highest and at the lowest position taken; the first and the last of all. If there are several on
//! such a day or at such a position, direct ones come before paraphrases, even later ones. Statements
//! dated only by month have no place to point at and are skipped, and so are those that were only counted.

use chrono::NaiveDate;

use crate::chart::kind::view::Marked;
use crate::date::Grain;
use crate::shift::{Latest, Quotation, Verdict};

/// The most quotations in a panel.
const MOST: usize = 4;

/// Returns the indices of the quotations to show, among a speaker's statements on an issue by date,
/// given the verdict, a last day that stands apart and the unit of the test. The most important come first.
pub fn telling(
    panel_marks: &[&Marked<'_>],
    verdict: Option<&Verdict>,
    latest: Option<&Latest>,
    grain: Grain,
) -> Vec<usize> {
    let quotable = |place: &usize| !panel_marks[*place].by_month() && panel_marks[*place].has_words();
    let days: Vec<usize> = (0..panel_marks.len()).filter(quotable).collect();
    let direct_of =
        |places: Vec<usize>| places.iter().copied().find(|p| !panel_marks[*p].indirect()).or(places.first().copied());
    let within = |start: NaiveDate| {
        days.iter().copied().filter(move |p| grain.of(panel_marks[*p].statement.date) == Some(start))
    };
    let on = |start: NaiveDate| direct_of(within(start).collect());
    // Of a longer unit, what was said last before a shift is nearest to it.
    let before = |start: NaiveDate| match grain {
        Grain::Day => on(start),
        _ => direct_of(within(start).collect::<Vec<_>>().into_iter().rev().collect()),
    };
    let named = |id: &str| days.iter().copied().find(|place| panel_marks[*place].id() == id);
    let shown = |said: Option<&Quotation>| said.and_then(|said| named(&said.statement_id));
    let latest_at = |position: Option<i32>| {
        direct_of(days.iter().rev().copied().filter(|p| Some(panel_marks[*p].position) == position).collect())
    };
    let mut wanted: Vec<Option<usize>> = Vec::new();
    match verdict {
        Some(moved @ (Verdict::Shift { .. } | Verdict::Return { .. })) => {
            wanted.extend(moved.shifts().iter().flat_map(|shift| [before(shift.last_before), on(shift.first_after)]));
        }
        Some(Verdict::Drift(drift)) => wanted.extend([on(drift.from), before(drift.to)]),
        Some(Verdict::Swing(swing)) => wanted.push(shown(swing.quotation.as_ref())),
        Some(Verdict::Steady | Verdict::TooFew) | None => {}
    }
    wanted.extend(latest.map(|latest| shown(latest.quotation.as_ref())));
    let positions = || days.iter().map(|place| panel_marks[*place].position);
    wanted.extend([latest_at(positions().max()), latest_at(positions().min())]);
    wanted.extend([days.first().copied(), days.last().copied()]);
    let mut chosen: Vec<usize> = Vec::new();
    for place in wanted.into_iter().flatten() {
        if chosen.len() < MOST && chosen.iter().all(|other| panel_marks[*other].from() != panel_marks[place].from()) {
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
    use crate::date::{Precision, StatementDate};
    use crate::math::Interval;
    use crate::shift::size::Likely;
    use crate::shift::{Drift, Swing};
    use crate::statement::{Kind, Statement};

    fn statement(id: &str, day: u32, kind: Kind) -> Statement {
        let written = NaiveDate::from_ymd_opt(2025, 3, day).expect("a day of March");
        let date = StatementDate { written, precision: Precision::Day };
        Statement { kind, ..Statement::new(id, date, "Ada", "Yes.".to_owned()) }
    }

    fn marks<'s>(statements: &'s [Statement], positions: &[i32]) -> Vec<Marked<'s>> {
        let mark = |(statement, position): (&'s Statement, &i32)| Marked {
            number: 1,
            statement,
            who: &statement.speaker,
            issue: IssueIndex(0),
            position: *position,
            kind: MarkKind::Hand,
            by_rules: false,
            tooltip: String::new(),
            stands_for: 1,
        };
        statements.iter().zip(positions).map(mark).collect()
    }

    fn quotation(id: &str) -> Option<Quotation> {
        Some(Quotation { statement_id: id.to_owned(), text: String::new(), indirect: false })
    }

    #[test]
    fn extremes_come_first_and_then_the_ends() {
        let kinds = [Kind::Direct, Kind::Direct, Kind::Indirect, Kind::Direct, Kind::Direct];
        let days = ["a", "b", "c", "d", "e"].iter().zip(1..).zip(kinds);
        let statements: Vec<Statement> = days.map(|((id, day), kind)| statement(id, day, kind)).collect();
        let all = marks(&statements, &[0, 1, 1, -2, 0]);
        let own: Vec<&Marked<'_>> = all.iter().collect();
        // The latest at the highest position is a paraphrase, so the direct one before it is shown.
        assert_eq!(telling(&own, None, None, Grain::Day), [1, 3, 0, 4]);
        assert_eq!(telling(&own[..1], None, None, Grain::Day), [0]);
        assert!(telling(&[], None, None, Grain::Day).is_empty());
    }

    #[test]
    fn what_a_verdict_rests_on_comes_first() {
        let ids = ["a", "b", "c", "d", "e", "f"];
        let statements: Vec<Statement> =
            ids.iter().zip(1..).map(|(id, day)| statement(id, day, Kind::Direct)).collect();
        let all = marks(&statements, &[2, 0, 0, 0, -2, 0]);
        let panel_marks: Vec<&Marked<'_>> = all.iter().collect();
        let day = |day| NaiveDate::from_ymd_opt(2025, 3, day).expect("a day of March");
        let places_for = |verdict: &Verdict| telling(&panel_marks, Some(verdict), None, Grain::Day);
        let likely = Likely { size: 1.0, range: Interval { low: 0.5, high: 1.5 } };
        let drift =
            Drift { from: day(2), to: day(4), before: 0.0, after: 1.0, size: 1.0, likely, p: 0.01, p_corrected: 0.02 };
        assert_eq!(places_for(&Verdict::Drift(drift)), [1, 3, 0, 4]);
        let swing = Swing {
            date: day(3),
            quotation: quotation("c"),
            rank: 0,
            rest: 0.0,
            day: 1.0,
            at_an_end: false,
            p: 0.01,
            p_corrected: 0.02,
        };
        assert_eq!(places_for(&Verdict::Swing(swing)), [2, 0, 4, 5]);
        let latest = Latest { date: day(6), quotation: quotation("f"), rank: 0, day: 0.0, before: 1.0 };
        assert_eq!(telling(&panel_marks, Some(&Verdict::Steady), Some(&latest), Grain::Day), [5, 0, 4]);
    }
}
