//! Verdicts and curves on series whose answer is known, through the library; then the verbs.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use stance::codebook::{Codebook, IssueIndex};
use stance::curve;
use stance::file::document::Document;
use stance::math::square;
use stance::series::Series;
use stance::shift::{self, Correction, Pair, Request, Verdict, Verdicts, words};

use crate::support::{Workdir, bundled};

fn codebook(levels: &[i32]) -> Codebook {
    let mut text =
        "title = \"t\"\nlow = \"no\"\nhigh = \"yes\"\n[[issue]]\nid = \"tram\"\nname = \"Tram\"\nquestion = \"?\"\n"
            .to_owned();
    for level in levels {
        text += &format!("[[issue.level]]\nposition = {level}\nwords = \"level {level}\"\ndefinition = \"d\"\n");
    }
    Codebook::parse(&Document::new("codebook.toml", text), &mut Vec::new()).unwrap()
}

fn five() -> Codebook {
    codebook(&[-2, -1, 0, 1, 2])
}

fn date(day: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 1, 1).unwrap() + Days::new(day)
}

/// A statement for each day and position.
fn series(said: &[(u64, i32)]) -> Series<'static> {
    on_scale(said, &[-2, -1, 0, 1, 2])
}

fn on_scale(said: &[(u64, i32)], levels: &[i32]) -> Series<'static> {
    let mut series = Series::new("Alex", IssueIndex(0));
    for (day, position) in said {
        let rank = levels.iter().position(|level| level == position).unwrap();
        series.add_day(date(*day), rank, levels.len());
    }
    series
}

/// One statement a day, every third day.
fn daily(positions: &[i32]) -> Series<'static> {
    let said: Vec<(u64, i32)> = positions.iter().enumerate().map(|(i, p)| (3 * i as u64, *p)).collect();
    series(&said)
}

const REQUEST: Request = Request { alpha: 0.05, correction: Correction::Holm, seed: 1, event: None };

fn verdicts(series: &[Series<'_>], codebook: &Codebook, request: &Request) -> Verdicts {
    shift::verdicts(series, codebook, request, || {})
}

fn judge(series: Series<'_>) -> Pair {
    verdicts(&[series], &five(), &REQUEST).pairs.remove(0)
}

#[test]
fn a_clear_shift_is_found_with_its_date_and_size() {
    let positions: Vec<i32> = [-1, -1, 0, -1, -2, -1, -1, 0, -1, -1, 1, 2, 1, 1, 0, 1, 1, 2, 1, 1].to_vec();
    let pair = judge(daily(&positions));
    let Verdict::Shift { shifts } = &pair.verdict else { panic!("{:?}", pair.verdict) };
    assert_eq!(shifts.len(), 1);
    let shift = &shifts[0];
    assert_eq!((shift.last_before, shift.first_after), (date(27), date(30)));
    assert!(shift.from <= shift.last_before && shift.first_after <= shift.to);
    assert!((shift.before.mean + 0.9).abs() < 1e-9 && (shift.after.mean - 1.1).abs() < 1e-9);
    assert!((shift.size() - 2.0).abs() < 1e-9);
    // Of the hundred pairs all but two zeros against one are higher: 98, and two ties.
    assert!((shift.superiority - 0.99).abs() < 1e-9);
    assert!(shift.p < 0.01 && shift.p_corrected >= shift.p);
    let told = words::sentences(&pair, &five()).join(" ");
    assert!(told.contains("shift toward yes") && told.contains("+2.0 levels"), "{told}");
    let (likely, pairs) = (shift.likely, shift.superiority_range);
    assert!(likely.range.low > 0.5 && likely.size <= 2.0 && likely.range.high > 2.0, "{likely:?}");
    assert!(pairs.low > 0.5 && pairs.low < 0.99 && pairs.high > 0.99, "{pairs:?}");
    assert!(told.contains("99 % of pairs (95 %:"), "{told}");
}

/// A size at a date that was searched for, and is printed only because it was found, is likely too large.
#[test]
fn a_size_that_was_searched_for_is_called_too_large_and_one_at_a_chosen_date_is_not() {
    let positions: Vec<i32> = (0..24).map(|i| [-1, 0, 1, -1, 0][i * 3 % 5] + i32::from(i >= 12)).collect();
    let pair = judge(daily(&positions));
    let Verdict::Shift { shifts } = &pair.verdict else { panic!("{:?}", pair.verdict) };
    assert!(shifts[0].likely.size < shifts[0].size() - 0.05, "{:?}", shifts[0]);
    let told = words::sentences(&pair, &five()).join(" ");
    assert!(
        told.contains("levels. The date was searched for, so this is likely too large: about +")
            && told.contains(" levels is likelier (95 %: "),
        "{told}"
    );
    let request = Request { event: Some(date(36)), ..REQUEST };
    let pair = verdicts(&[daily(&positions)], &five(), &request).pairs.remove(0);
    let Verdict::Shift { shifts } = &pair.verdict else { panic!("{:?}", pair.verdict) };
    assert!((shifts[0].likely.size - shifts[0].size()).abs() < 1e-9);
    let told = words::sentences(&pair, &five()).join(" ");
    assert!(told.contains("levels (95 %: +") && !told.contains("too large"), "{told}");
}

#[test]
fn steady_says_within_what_range_and_what_could_have_been_found() {
    let pair = judge(daily(&(0..40).map(|i| i * 7 % 3 - 1).collect::<Vec<i32>>()));
    assert_eq!(pair.verdict, Verdict::Steady);
    let (later, half) = (pair.later.unwrap(), pair.detectable.unwrap());
    assert!(later.low < 0.0 && later.high > 0.0 && later.high < 1.5, "{later:?}");
    assert!(pair.detectable_quarter.unwrap() > half);
    let told = words::sentences(&pair, &five()).join(" ");
    assert!(told.contains("The later half of the days is between 0."), "{told}");
    assert!(told.contains("halfway through would be found about 4 times in 5; after a quarter"), "{told}");
    let few = judge(daily(&(0..14).map(|i| i * 7 % 3 - 1).collect::<Vec<i32>>()));
    assert_eq!((few.verdict.word(), few.detectable_quarter), ("steady", None), "3 days are no quarter to find");
}

/// All at one end, a middle that nobody used, 2 levels: every number is a number.
#[test]
fn a_lopsided_scale_gives_numbers_and_words() {
    let ends = |i: i32| if i % 3 == 0 { 2 } else { -2 };
    let cases: [Vec<i32>; 5] = [
        vec![2; 30],
        (0..30).map(ends).collect(),
        (0..30).map(|i| if i < 15 { -2 } else { 2 }).collect(),
        (0..30).map(|i| if i == 29 { -2 } else { 2 }).collect(),
        (0..45).map(|i| if (15..30).contains(&i) { 2 } else { -2 }).collect(),
    ];
    for positions in cases {
        for levels in [vec![-2, 2], vec![-2, -1, 0, 1, 2]] {
            let said: Vec<(u64, i32)> = positions.iter().enumerate().map(|(i, p)| (3 * i as u64, *p)).collect();
            for event in [None, Some(date(45))] {
                let codebook = codebook(&levels);
                let request = Request { event, ..REQUEST };
                let pair = verdicts(&[on_scale(&said, &levels)], &codebook, &request).pairs.remove(0);
                let mut all: Vec<f64> = [pair.detectable, pair.detectable_quarter].into_iter().flatten().collect();
                let mut ranges: Vec<_> = pair.later.into_iter().collect();
                for shift in pair.verdict.shifts() {
                    ranges.extend([shift.likely.range, shift.superiority_range]);
                    assert!(shift.superiority_range.low >= 0.0 && shift.superiority_range.high <= 1.0);
                    all.push(shift.likely.size);
                }
                all.extend(ranges.iter().flat_map(|range| [range.low, range.high]));
                assert!(all.iter().all(|number| number.is_finite()), "{levels:?} {positions:?}: {all:?}");
                assert!(ranges.iter().all(|range| range.low <= range.high));
                let told = words::sentences(&pair, &codebook).join(" ");
                assert!(!told.contains("NaN") && !told.contains("inf "), "{told}");
            }
        }
    }
}

#[test]
fn two_shifts_in_a_row_are_listed_by_date() {
    let mut positions = Vec::new();
    for level in [-2, 0, 2] {
        positions.extend((0..16).map(|i| if i % 4 == 0 { (level + 1_i32).clamp(-2, 2) } else { level }));
    }
    let pair = judge(daily(&positions));
    let Verdict::Shift { shifts } = &pair.verdict else { panic!("{:?}", pair.verdict) };
    let starts: Vec<NaiveDate> = shifts.iter().map(|shift| shift.first_after).collect();
    assert_eq!(starts, [date(48), date(96)]);
    assert!(shifts.iter().all(|shift| shift.size() > 1.0 && shift.p_corrected <= 0.05));
}

#[test]
fn a_change_that_is_undone_is_a_return() {
    let position = |i: i32| if (25..50).contains(&i) { 1 } else { -1 } + i32::from(i % 4 == 0);
    let pair = judge(daily(&(0..75).map(position).collect::<Vec<i32>>()));
    let Verdict::Return { shifts } = &pair.verdict else { panic!("{:?}", pair.verdict) };
    let starts: Vec<NaiveDate> = shifts.iter().map(|shift| shift.first_after).collect();
    assert_eq!(starts, [date(75), date(150)]);
    assert!(shifts[0].size() > 1.0 && shifts[1].size() < -1.0);
    let told = words::sentences(&pair, &five());
    assert!(told[0].starts_with("return: the position moved toward yes and back. It was -0.7"), "{told:?}");
    assert!(told[1].starts_with("It moved between") && told[2].starts_with("It moved back between"), "{told:?}");
}

#[test]
fn a_change_little_by_little_is_a_drift() {
    let positions: Vec<i32> = (0..50).map(|i| -2 + (i + 5 * (i % 2)) / 13).collect();
    let pair = judge(daily(&positions));
    let Verdict::Drift(drift) = &pair.verdict else { panic!("{:?}", pair.verdict) };
    assert!(drift.before < -1.5 && drift.after > 1.5 && drift.before >= -2.0 && drift.after <= 2.0, "{drift:?}");
    assert_eq!((drift.from, drift.to), (date(0), date(147)));
}

#[test]
fn a_single_day_apart_is_a_swing_and_is_named() {
    let mut positions = vec![-2; 16];
    positions[7] = 2;
    let pair = judge(daily(&positions));
    let Verdict::Swing(swing) = &pair.verdict else { panic!("{:?}", pair.verdict) };
    assert_eq!((swing.date, swing.rank, swing.at_an_end), (date(21), 4, false));
    let mut last = vec![-2; 16];
    last[15] = 2;
    let Verdict::Swing(swing) = judge(daily(&last)).verdict else { panic!("a swing") };
    assert!(swing.at_an_end);
    let mut first = vec![-2; 16];
    first[0] = 2;
    let pair = judge(daily(&first));
    let told = words::sentences(&pair, &five()).join(" ");
    assert!(told.contains("on one side of it"), "{told}");
    // A shift and a swing are tested together, among all pairs.
    let several: Vec<Series<'_>> =
        ["a", "b", "c"].iter().map(|speaker| Series { speaker, ..daily(&positions) }).collect();
    let judged = verdicts(&several, &five(), &REQUEST);
    let Verdict::Swing(swing) = &judged.pairs[0].verdict else { panic!("a swing") };
    assert_eq!((judged.pairs[0].p, judged.pairs[0].p_corrected), (Some(swing.p), Some(swing.p_corrected)));
    assert!(swing.p_corrected > swing.p && swing.p_corrected <= 3.0 * swing.p);
}

#[test]
fn a_last_day_apart_is_told_where_no_verdict_tells_it() {
    let pair = judge(daily(&[-1, 0, -1, -2, 2]));
    assert_eq!(pair.verdict, Verdict::TooFew);
    let latest = pair.latest.as_ref().unwrap();
    assert_eq!((latest.date, latest.day, latest.before), (date(12), 2.0, -1.0));
    let told = words::sentences(&pair, &five()).join(" ");
    assert!(told.contains("One day is not a trend"), "{told}");
    assert!(judge(daily(&[-1, 0, -1, -2, 0])).latest.is_none());
    assert!(judge(daily(&[-1, 2])).latest.is_none(), "one day before is nothing to stand apart from");
}

#[test]
fn too_few_days_are_told_with_how_many_it_takes() {
    for said in [vec![(0, 1)], vec![(0, 1), (0, -1), (0, 2)], vec![(0, -2), (30, 2)], vec![(0, 1); 100]] {
        let pair = judge(series(&said));
        assert_eq!(pair.verdict, Verdict::TooFew);
        assert!(!pair.tested && pair.p.is_none() && pair.smallest_p > 0.05);
        assert!(pair.days_needed.is_some_and(|needed| needed >= 8), "{:?}", pair.days_needed);
    }
}

/// Among many pairs p has to be smaller, which takes more days.
#[test]
fn what_could_not_be_found_among_so_many_pairs_is_not_tested() {
    let short: Vec<i32> = vec![-1, -1, -1, -1, -1, 1, 1, 1, 1, 1];
    let alone = judge(daily(&short));
    assert!(alone.tested && matches!(alone.verdict, Verdict::Shift { .. }), "{alone:?}");
    let many: Vec<Series<'_>> = (0..40).map(|_| daily(&short)).collect();
    let judged = verdicts(&many, &five(), &REQUEST);
    let untested = judged.pairs.iter().filter(|pair| !pair.tested).count();
    assert!(untested > 0 && judged.tested + untested == 40);
    for pair in &judged.pairs {
        assert!(pair.tested || pair.days_needed.is_some_and(|needed| needed > 10));
        assert!(!pair.tested || pair.smallest_p * judged.tested as f64 <= 0.05);
    }
}

#[test]
fn days_that_are_all_alike_are_steady() {
    let pair = judge(daily(&[1; 30]));
    assert_eq!((pair.verdict, pair.p, pair.mean), (Verdict::Steady, Some(1.0), Some(1.0)));
}

#[test]
fn months_are_counted_and_not_tested() {
    let mut all = Series::new("Alex", IssueIndex(0));
    for (place, position) in [1, 0, 1, -1, 0, 1, 0, 1, 1, 0].into_iter().enumerate() {
        let from = date(31 * place as u64);
        all.add_month(from, from + Days::new(30), (position + 2) as usize, 5);
    }
    let pair = judge(all);
    assert_eq!((pair.verdict.word(), pair.days, pair.statements, pair.by_month), ("too few", 0, 0, 10));
}

#[test]
fn any_scale_is_judged() {
    for levels in [vec![0, 1], (0..11).collect(), vec![-7, 3, 100]] {
        let (low, high) = (levels[0], levels[levels.len() - 1]);
        let positions: Vec<i32> = (0..24).map(|i| if i < 12 { low } else { high }).collect();
        let daily = |positions: &[i32]| {
            let said: Vec<(u64, i32)> = positions.iter().enumerate().map(|(i, p)| (3 * i as u64, *p)).collect();
            on_scale(&said, &levels)
        };
        let pair = verdicts(&[daily(&positions)], &codebook(&levels), &REQUEST).pairs.remove(0);
        let Verdict::Shift { shifts } = &pair.verdict else { panic!("{levels:?}") };
        // The size counts levels, the means are numbers on the scale.
        assert!((shifts[0].size() - (levels.len() - 1) as f64).abs() < 1e-9);
        assert_eq!((shifts[0].before.mean, shifts[0].after.mean), (f64::from(low), f64::from(high)));
        let mixed: Vec<i32> = (0..24).map(|i| levels[i * 7 % levels.len()]).collect();
        let pair = verdicts(&[daily(&mixed)], &codebook(&levels), &REQUEST).pairs.remove(0);
        assert_eq!(pair.verdict.word(), "steady", "{levels:?}");
    }
}

#[test]
fn an_event_is_tested_at_its_date_alone() {
    let positions: Vec<i32> = (0..20).map(|i| if i < 10 { -1 } else { 1 }).collect();
    let at = |day: u64| {
        let request = Request { event: Some(date(day)), ..REQUEST };
        verdicts(&[daily(&positions)], &five(), &request).pairs.remove(0)
    };
    let pair = at(30);
    let Verdict::Shift { shifts } = &pair.verdict else { panic!("a shift at the date") };
    assert_eq!((shifts[0].from, shifts[0].to), (date(27), date(30)));
    let told = words::sentences(&pair, &five()).join(" ");
    assert!(told.contains("the days from 31 January 2025 on differ") && told.contains("does not show"), "{told}");
    assert_eq!(at(3).verdict, Verdict::TooFew, "one day before the date");
    let none = at(300);
    assert_eq!((none.verdict.clone(), none.smallest_p), (Verdict::TooFew, 1.0));
    let told = words::sentences(&none, &five()).join(" ");
    assert!(told.contains("all of them on one side"), "{told}");
    let calm: Vec<i32> = (0..20).map(|i| i % 2).collect();
    let request = Request { event: Some(date(30)), ..REQUEST };
    assert_eq!(verdicts(&[daily(&calm)], &five(), &request).pairs[0].verdict, Verdict::Steady);
}

/// What re-runs are held to is the level that the other pairs leave.
#[test]
fn a_pair_is_called_moved_at_the_level_that_the_others_leave() {
    let strong: Vec<i32> = (0..24).map(|i| if i < 12 { -2 } else { 2 }).collect();
    let calm: Vec<i32> = (0..24).map(|i| i * i % 5 - 2).collect();
    for (others, expected) in [(vec![&strong, &strong], "shift"), (vec![&calm, &calm], "shift")] {
        let mut all = vec![Series { speaker: "A", ..daily(&strong) }];
        all.extend(others.iter().zip(["B", "C"]).map(|(positions, speaker)| Series { speaker, ..daily(positions) }));
        for correction in [Correction::Holm, Correction::BenjaminiHochberg, Correction::None] {
            let judged = verdicts(&all, &five(), &Request { correction, ..REQUEST });
            assert_eq!(judged.pairs[0].verdict.word(), expected);
            assert!(
                judged
                    .pairs
                    .iter()
                    .all(|pair| { (pair.verdict.word() == "shift") == (pair.p_corrected.unwrap() <= 0.05) })
            );
        }
    }
}

#[test]
fn statements_in_conflict_are_counted() {
    let mut all = daily(&[1, 0, 1]);
    all.conflicts = 7;
    let pair = judge(all);
    assert_eq!(pair.conflicts, 7);
    let told = words::sentences(&pair, &five()).join(" ");
    assert!(told.contains("7 more in conflict"), "{told}");
}

/// R 4.3: `p.adjust(c(.01, .02, .03, .04, .05), "holm")` and `"BH"`; here through verdicts, whose p
/// are what they are, so that only the relations are checked.
#[test]
fn p_is_corrected_by_the_number_of_pairs() {
    let several: Vec<Series<'_>> = [[-1, 1], [0, 1], [0, 0]]
        .iter()
        .map(|[before, after]| {
            let position = |i: i32| if i < 12 { *before } else { *after } + i32::from(i % 3 == 0);
            daily(&(0..24).map(position).collect::<Vec<i32>>())
        })
        .collect();
    let corrected = |correction| {
        let judged = verdicts(&several, &five(), &Request { correction, ..REQUEST });
        let p = |pair: &Pair| (pair.p.unwrap(), pair.p_corrected.unwrap());
        judged.pairs.iter().map(p).collect::<Vec<(f64, f64)>>()
    };
    let mut sorted: Vec<f64> = corrected(Correction::None).iter().map(|(p, _)| *p).collect();
    sorted.sort_by(f64::total_cmp);
    assert!(corrected(Correction::None).iter().all(|(p, corrected)| p == corrected));
    for (p, holm) in corrected(Correction::Holm) {
        let expected = (0..3)
            .take_while(|rank| sorted[*rank] <= p)
            .map(|rank| sorted[rank] * (3 - rank) as f64)
            .fold(0.0, f64::max)
            .min(1.0);
        assert!((holm - expected).abs() < 1e-12);
    }
    for (p, bh) in corrected(Correction::BenjaminiHochberg) {
        let expected = (0..3)
            .filter(|rank| sorted[*rank] >= p)
            .map(|rank| sorted[rank] * 3.0 / (rank + 1) as f64)
            .fold(1.0, f64::min);
        assert!((bh - expected).abs() < 1e-12);
    }
}

#[test]
fn verdicts_depend_on_neither_threads_nor_neighbours() {
    let speakers = ["A", "B", "C", "D"];
    let many: Vec<Series<'_>> = speakers
        .iter()
        .enumerate()
        .map(|(i, speaker)| {
            let positions: Vec<i32> =
                (0..30).map(|day| ((day + i as i32) * 7 % 5 + day / 10 - 3).clamp(-2, 2)).collect();
            Series { speaker, ..daily(&positions) }
        })
        .collect();
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| verdicts(&many, &five(), &REQUEST))
    };
    assert_eq!(on(1), on(7));
    let alone = |seed| verdicts(&many[1..2], &five(), &Request { seed, ..REQUEST }).pairs[0].p;
    assert_eq!(alone(1), on(2).pairs[1].p);
    assert_ne!(alone(2), alone(1));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, rng_seed: RngSeed::Fixed(20_250_815), ..ProptestConfig::default() })]

    #[test]
    fn whatever_was_said_there_is_a_verdict_and_a_curve(
        said in prop::collection::vec((0_u64..90, -2_i32..=2, prop::bool::weighted(0.1)), 1..60),
        event in prop::option::of(0_u64..90),
    ) {
        let mut said = said;
        said.sort_unstable();
        let mut all = Series::new("Alex", IssueIndex(0));
        for (day, position, by_month) in said {
            let rank = (position + 2) as usize;
            if by_month {
                all.add_month(date(day), date(day + 30), rank, 5);
            } else {
                all.add_day(date(day), rank, 5);
            }
        }
        let request = Request { event: event.map(date), ..REQUEST };
        let judged = verdicts(std::slice::from_ref(&all), &five(), &request);
        let pair = &judged.pairs[0];
        prop_assert!(pair.p.is_none_or(|p| p > 0.0 && p <= 1.0));
        prop_assert!(pair.p_corrected.is_none_or(|p| p >= pair.p.unwrap() && p <= 1.0));
        prop_assert!(!words::sentences(pair, &five()).is_empty());
        if let Verdict::Shift { shifts } = &pair.verdict {
            for shift in shifts {
                prop_assert!(shift.from <= shift.last_before && shift.first_after <= shift.to);
                prop_assert!((0.0..=1.0).contains(&shift.superiority));
            }
        }
        for value in curve::curve(&all, five().issue(IssueIndex(0)), 1).values {
            prop_assert!(value.low <= value.mean && value.mean <= value.high);
            prop_assert!(value.low >= -2.0 && value.high <= 2.0 && value.days >= curve::FEWEST_DAYS);
        }
    }
}

#[test]
fn a_curve_is_absent_where_nothing_was_said() {
    let said: Vec<(u64, i32)> = (0..10).chain(100..110).map(|day| (day, 1)).collect();
    let curve = curve::curve(&series(&said), five().issue(IssueIndex(0)), 1);
    let days: Vec<NaiveDate> = curve.values.iter().map(|value| value.date).collect();
    assert!(days.iter().all(|day| *day <= date(9 + 14) || *day >= date(100 - 14)));
    assert_eq!(curve.parts().count(), 2);
    let one = |value: f64| (value - 1.0).abs() < 1e-9;
    assert!(curve.values.iter().all(|value| one(value.mean) && one(value.low) && one(value.high)));
    assert!(
        curve::curve(&series(&[(0, 1), (1, 1)]), five().issue(IssueIndex(0)), 1).values.is_empty(),
        "two days are too few"
    );
}

#[test]
fn a_curve_is_the_kernel_mean_of_the_days() {
    let said: Vec<(u64, i32)> = (0..30).map(|day| (day, i32::from(day >= 15))).collect();
    let curve = curve::curve(&series(&said), five().issue(IssueIndex(0)), 1);
    let width = f64::from(curve.bandwidth);
    for value in &curve.values {
        let weight = |day: u64| (1.0 - square((value.date - date(day)).num_days() as f64 / width)).max(0.0);
        let (sum, all) = said.iter().fold((0.0, 0.0), |(sum, all), (day, position)| {
            (sum + weight(*day) * f64::from(*position), all + weight(*day))
        });
        assert!((value.mean - sum / all).abs() < 1e-12);
    }
    assert_eq!(curve, curve::curve(&series(&said), five().issue(IssueIndex(0)), 1));
}

#[test]
fn a_statement_of_a_month_is_spread_over_it() {
    let mut all = series(&[(0, 0), (1, 0), (2, 0), (3, 0), (4, 0), (5, 0), (6, 0)]);
    all.add_month(date(0), date(30), 4, 5);
    let curve = curve::curve(&all, five().issue(IssueIndex(0)), 1);
    assert!(curve.values.iter().all(|value| value.mean > 0.0 && value.mean < 2.0));
    assert!(curve.values.last().unwrap().mean > curve.values[2].mean, "late in the month only the month weighs in");
}

fn corpus() -> String {
    bundled()[0].to_str().unwrap().to_owned()
}

#[test]
fn shifts_tells_the_same_in_every_format_and_says_how_many_were_tested() {
    let (workdir, corpus) = (Workdir::new(), corpus());
    let run = |more: &[&str]| {
        let run = workdir.run(&[&["shifts", "--corpus", &corpus], more].concat());
        assert_eq!((run.code, run.stderr.as_str()), (0, ""));
        run.stdout
    };
    let table = run(&[]);
    assert!(table.contains("Of 64 pairs of speaker and issue, 8 had enough days"), "{table}");
    assert!(table.contains("One day is not a trend"), "{table}");
    let csv = run(&["--format", "csv"]);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    for column in ["speaker", "issue", "verdict", "from", "to", "p", "p_corrected", "statements", "days"] {
        assert!(header.iter().any(|name| name == column), "{column}");
    }
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 64);
    let json: serde_json::Value = serde_json::from_str(&run(&["--format", "json"])).unwrap();
    assert_eq!((json["tested"].as_u64(), json["seed"].as_u64()), (Some(8), Some(2025)));
    let pairs = json["pairs"].as_array().unwrap();
    for (row, pair) in rows.iter().zip(pairs) {
        assert_eq!(&row[2], pair["verdict"]["word"].as_str().unwrap());
    }
    assert_eq!(run(&[]), table, "the same bytes each time");
}

#[test]
fn shifts_by_rules_are_repeated_with_the_errors_of_rules() {
    let (workdir, corpus) = (Workdir::new(), corpus());
    let args = ["shifts", "--corpus", &corpus, "--origin", "rules", "--speaker", "Donald Trump", "--stress"];
    let run = workdir.run(&args);
    assert_eq!(run.code, 0);
    for part in ["Rules and coders differ on", "of 100 runs", "without any one rule", "without any one source"] {
        assert!(run.stdout.contains(part), "{part}: {}", run.stdout);
    }
    assert!(!run.stdout.contains("any one coder"), "coders give nothing to what rules say: {}", run.stdout);
}

#[test]
fn requests_that_cannot_be_met_say_why() {
    let workdir = Workdir::with_fixture("base");
    for (args, what) in [
        (vec!["shifts", "--alpha", "0"], "write a significance level"),
        (vec!["shifts", "--alpha", "NaN"], "write a significance level"),
        (vec!["shifts", "--event", "2025-02-30"], "is not a day of the calendar"),
        (vec!["shifts", "--from", "2030-01-01"], "the selection has no statement with a position"),
        (vec!["agree"], "c has no labels by hand"),
    ] {
        let _ = std::fs::remove_dir_all(workdir.path().join("c/labels"));
        let run = workdir.run(&[&args[..], &["--corpus", "c"]].concat());
        assert_eq!(run.code, 2, "{args:?}");
        assert!(run.stderr.contains(what), "{args:?}: {}", run.stderr);
    }
}

#[test]
fn agree_measures_lists_and_hands_over_for_adjudication() {
    let (workdir, corpus) = (Workdir::new(), corpus());
    let run = workdir.run(&["agree", "--corpus", &corpus, "--disagreements", "differ.csv"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    for part in [
        "0.99 (",
        "0.95 (",
        "0.98 (",
        "Who codes higher?",
        "Labels by month",
        "They differ on 56 labels",
        "Between settled labels by hand and labels by rules",
    ] {
        assert!(run.stdout.contains(part), "{part}: {}", run.stdout);
    }
    let text = String::from_utf8(workdir.read("differ.csv")).unwrap();
    assert_eq!(csv::Reader::from_reader(text.as_bytes()).records().count(), 56);
    workdir.write("differ.csv", text.replacen('?', "1", 1));
    let again = workdir.run(&["agree", "--corpus", &corpus, "--disagreements", "differ.csv"]);
    assert!(again.code == 2 && again.stderr.contains("already exists"), "{}", again.stderr);
    let own = format!("{corpus}/labels/new.csv");
    assert_eq!(workdir.run(&["agree", "--corpus", &corpus, "--disagreements", &own]).code, 2);
}

#[test]
fn of_many_speakers_those_with_most_statements_are_drawn() {
    let workdir = Workdir::with_fixture("base");
    let mut statements = "id,date,speaker,text\n".to_owned();
    let mut labels = "statement_id,issue,position\n".to_owned();
    for speaker in 0..100 {
        for day in 1..=(1 + speaker % 3) {
            statements += &format!("s{speaker}-{day},2025-01-0{day},Speaker {speaker},We will see.\n");
            labels += &format!("s{speaker}-{day},tram,1\n");
        }
    }
    workdir.write("c/statements.csv", statements);
    workdir.write("c/labels/anna.csv", labels);
    let _ = std::fs::remove_file(workdir.path().join("c/labels/ben.csv"));
    workdir.write("c/events.csv", "date,label\n");
    let run = workdir.run(&["chart", "speakers", "shift", "--corpus", "c", "--format", "svg", "--out", "."]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let svg = String::from_utf8(workdir.read("speakers.svg")).unwrap();
    assert!(svg.contains("by 100 speakers; showing the 60 with most statements"));
    assert!(svg.contains(">Speaker 2</text>") && !svg.contains(">Speaker 99</text>"));
    let svg = String::from_utf8(workdir.read("shift.svg")).unwrap();
    assert!(svg.contains("of 100 speakers tested; showing the first 60"));
}

/// What a picture says of an issue does not depend on whether the others are drawn.
#[test]
fn a_picture_of_a_part_is_judged_as_one_of_the_whole() {
    let (workdir, corpus) = (Workdir::new(), corpus());
    let args = ["chart", "timeline", "--corpus", &corpus, "--issue", "sanctions", "--format", "svg", "--out", "."];
    assert_eq!(workdir.run(&args).code, 0);
    let svg = String::from_utf8(workdir.read("timeline-donald-trump_on_sanctions.svg")).unwrap();
    // Alone, p would be 0.007.
    assert!(svg.contains("Donald Trump on “Sanctions on Russia”: no lasting shift found"));
}

/// Every mark of the picture is a row of the table beside it, and says its day and its words.
#[test]
fn the_table_beside_a_timeline_has_every_mark() {
    let (workdir, corpus) = (Workdir::new(), corpus());
    let args = ["chart", "timeline", "--corpus", &corpus, "--format", "svg", "--out", "."];
    assert_eq!(workdir.run(&args).code, 0);
    let text = String::from_utf8(workdir.read("timeline-donald-trump.csv")).unwrap();
    let svg = String::from_utf8(workdir.read("timeline-donald-trump.svg")).unwrap();
    let rows: Vec<csv::StringRecord> =
        csv::Reader::from_reader(text.as_bytes()).records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 106);
    let said = svg.lines().filter(|line| line.contains("<title>") && line.contains(", Donald Trump: ")).count();
    assert_eq!(said, rows.len());
    for (place, row) in rows.iter().enumerate() {
        assert_eq!(row[0], (place + 1).to_string());
        assert!(!row[10].is_empty(), "a mark without its quotation: {row:?}");
    }
}

#[test]
fn a_coder_alone_and_one_without_overlap_are_named() {
    let workdir = Workdir::with_fixture("base");
    workdir.write("c/labels/anna.csv", "statement_id,issue,position\na-1,tram,1\na-2,tram,\n");
    let codebook = String::from_utf8(workdir.read("c/codebook.toml")).unwrap();
    let named = |line: &&str| !line.starts_with("[coders]") && !line.starts_with("anna") && !line.starts_with("ben");
    workdir.write("c/codebook.toml", codebook.lines().filter(named).collect::<Vec<_>>().join("\n"));
    std::fs::remove_file(workdir.path().join("c/labels/ben.csv")).unwrap();
    let run = workdir.run(&["agree", "--corpus", "c"]);
    assert!(run.stdout.contains("Agreement needs 2 coders; there is only one, anna"), "{}{}", run.stdout, run.stderr);
    workdir.write("c/labels/ben.csv", "statement_id,issue,position\na-1,tram,1\na-2,tram,\n");
    workdir.write("c/labels/cleo.csv", "statement_id,issue,position\nb-1,tram,0\n");
    let run = workdir.run(&["agree", "--corpus", "c", "--format", "csv"]);
    assert!(run.stdout.contains("undefined (all labels equal)"), "{}{}", run.stdout, run.stderr);
    let run = workdir.run(&["agree", "--corpus", "c"]);
    assert!(run.stdout.contains("cleo shares no statement"), "{}", run.stdout);
}

/// What adjudication has not settled cannot slip into the labels as a decision.
#[test]
fn an_open_disagreement_is_no_label() {
    let workdir = Workdir::with_fixture("base");
    workdir.write("c/labels/anna.csv", "statement_id,issue,position\na-1,tram,1\n");
    workdir.write("c/labels/ben.csv", "statement_id,issue,position\na-1,tram,-1\n");
    assert_eq!(workdir.run(&["agree", "--corpus", "c", "--disagreements", "open.csv"]).code, 0);
    let open = workdir.read("open.csv");
    assert!(String::from_utf8_lossy(&open).contains("a-1,tram,?,,2,+1,-1,"), "{}", String::from_utf8_lossy(&open));
    workdir.write("c/labels/adjudicated.csv", open);
    let check = workdir.run(&["check", "--corpus", "c"]);
    assert_eq!(check.code, 0, "{}{}", check.stdout, check.stderr);
    for part in ["coders differ on `tram` of `a-1`", "1 left open in adjudicated.csv", "tram: 0 by hand"] {
        assert!(check.stdout.contains(part), "{part}: {}", check.stdout);
    }
}

#[test]
fn the_curve_that_is_exported_is_the_one_that_is_drawn() {
    let (workdir, corpus) = (Workdir::new(), corpus());
    let args = ["label", "--timeline", "--corpus", &corpus, "--speaker", "Volodymyr Zelensky", "-o", "curves.csv"];
    assert_eq!(workdir.run(&args).code, 0);
    let text = String::from_utf8(workdir.read("curves.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(
        reader.headers().unwrap(),
        vec!["speaker", "issue", "date", "mean", "low", "high", "effective_days", "bandwidth"]
    );
    // Days on which nothing is drawn have a row without values.
    let drawn = |row: csv::StringRecord| (!row[3].is_empty()).then(|| row[1].to_owned());
    let issues: Vec<String> = reader.records().filter_map(|row| drawn(row.unwrap())).collect();
    assert!(text.contains(",,,,"), "a gap in the curve is a gap in the file");
    let points = |issue: &str| issues.iter().filter(|other| *other == issue).count();
    let chart = workdir.run(&[
        "chart",
        "--corpus",
        &corpus,
        "--speaker",
        "Volodymyr Zelensky",
        "--format",
        "svg",
        "--out",
        ".",
    ]);
    assert_eq!(chart.code, 0, "{}", chart.stderr);
    let svg = String::from_utf8(workdir.read("timeline-volodymyr-zelensky.svg")).unwrap();
    // A curve is drawn where nothing moved; other lines have few ends.
    let lines = String::from_utf8(workdir.read("timeline-volodymyr-zelensky-curve.csv")).unwrap();
    let rows_of = |issue: &str| lines.lines().filter(|line| line.starts_with(&format!("{issue},"))).count();
    let curves: Vec<&str> = ["territory", "sanctions", "aid"].into_iter().filter(|issue| rows_of(issue) > 8).collect();
    assert!(!curves.is_empty() && curves.iter().all(|issue| rows_of(issue) == points(issue)), "{curves:?}");
    // A band has two corners for each day on the curve; those of the key and of other lines have four.
    let bands = svg.lines().filter_map(|line| line.strip_prefix("<polygon points=\"")?.split('"').next());
    let corners: usize = bands.map(|points| points.split(' ').count()).filter(|corners| *corners > 4).sum();
    assert_eq!(corners, 2 * curves.iter().map(|issue| points(issue)).sum::<usize>());
}
