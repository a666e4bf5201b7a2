//! What the test of shifts holds: `cargo bench --bench simulation [-- REPLICATIONS] [PART…]`.
//! The parts: false, moods, power, kinds, dates, families, detectable.
//!
//! Speakers are generated whose positions are known: steady, shifted once or twice, or drifting, on
//! irregular days with one to six statements each, whose days may resemble the days before. Each is
//! judged by the whole procedure, as `stance shifts` judges it, and beside it by what else could have
//! been done. The tables stand in docs/simulation.md; the seeds are fixed.

#![allow(clippy::disallowed_methods, reason = "generated worlds need not be the same on every platform")]
#![allow(clippy::print_stdout, reason = "the figures are what it is for")]

use std::env;

use chrono::{Days, NaiveDate};
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use rayon::prelude::*;
use stance::codebook::{Codebook, IssueIndex};
use stance::file::document::Document;
use stance::series::Series;
use stance::shift::{self, Correction, Pair, Request, Verdict};

const SPEAKERS: [&str; 30] = [
    "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v", "w",
    "x", "y", "z", "ä", "ö", "ü", "ß",
];

/// How a speaker is made.
#[derive(Clone, Copy)]
struct World {
    /// On how many days something is said.
    days: usize,
    /// The autocorrelation of the days' own effects.
    dependence: f64,
    /// The standard deviation of a statement about its day, in levels.
    noise: f64,
    /// Whether the dependence is from one calendar day to the next, and so less across a silence.
    by_calendar: bool,
    /// The position by the share of days that have passed, 0 to 1, in levels.
    position: fn(f64) -> f64,
}

const DAY_EFFECT: f64 = 0.8;

fn steady(_: f64) -> f64 {
    0.0
}

fn shifted(passed: f64) -> f64 {
    if passed < 0.5 { -0.75 } else { 0.75 }
}

fn shifted_early(passed: f64) -> f64 {
    if passed < 0.25 { -0.75 } else { 0.75 }
}

fn shifted_twice(passed: f64) -> f64 {
    if (1.0 / 3.0..2.0 / 3.0).contains(&passed) { 1.0 } else { -1.0 }
}

fn drifting(passed: f64) -> f64 {
    3.0 * (passed - 0.5)
}

fn normal(rng: &mut Pcg64Mcg) -> f64 {
    let (a, b): (f64, f64) = (rng.random(), rng.random());
    (-2.0 * (1.0 - a).ln()).sqrt() * (std::f64::consts::TAU * b).cos()
}

/// One generated speaker.
fn speak(world: World, speaker: &'static str, rng: &mut Pcg64Mcg) -> Series<'static> {
    speak_at(world, speaker, rng, world.position)
}

fn speak_at(
    world: World,
    speaker: &'static str,
    rng: &mut Pcg64Mcg,
    position_at: impl Fn(f64) -> f64,
) -> Series<'static> {
    let mut date = NaiveDate::from_ymd_opt(2025, 1, 1).unwrap_or_default();
    let mut effect = normal(rng);
    let mut series = Series::new(speaker, IssueIndex(0));
    for day in 0..world.days {
        if day > 0 {
            // Bursts of days in a row, and silences.
            let gap = if rng.random_range(0..10) < 7 { rng.random_range(1..3) } else { rng.random_range(3..20) };
            date = date.checked_add_days(Days::new(gap)).unwrap_or(date);
            let dependence = if world.by_calendar { world.dependence.powi(gap as i32) } else { world.dependence };
            effect = dependence * effect + (1.0 - dependence.powi(2)).sqrt() * normal(rng);
        }
        let position = position_at(day as f64 / world.days as f64) + DAY_EFFECT * effect;
        for _ in 0..rng.random_range(1..=6) {
            let said = position + world.noise * normal(rng);
            let position = (said.round() as i32).clamp(-2, 2);
            series.add_day(date, (position + 2) as usize, 5);
        }
    }
    series
}

fn codebook() -> Codebook {
    let mut text =
        "title = \"t\"\nlow = \"low\"\nhigh = \"high\"\n[[issue]]\nid = \"i\"\nname = \"I\"\nquestion = \"?\"\n"
            .to_owned();
    for level in -2..=2 {
        text += &format!("[[issue.level]]\nposition = {level}\nwords = \"{level}\"\ndefinition = \"{level}\"\n");
    }
    Codebook::parse(&Document::new("codebook.toml", text), &mut Vec::new()).expect("the codebook above is sound")
}

fn judge(series: &[Series<'_>], codebook: &Codebook, seed: u64) -> Vec<Pair> {
    let request = Request { alpha: 0.05, correction: Correction::Holm, seed, event: None };
    shift::verdicts(series, codebook, &request, || {}).pairs
}

/// Judges many speakers of a world, each alone.
fn many(world: World, replications: usize, codebook: &Codebook) -> Vec<(Series<'static>, Pair)> {
    (0..replications)
        .into_par_iter()
        .map(|replication| {
            let seed = replication as u64 * 1_000 + world.days as u64;
            let series = speak(world, SPEAKERS[0], &mut Pcg64Mcg::seed_from_u64(seed));
            let pair = judge(std::slice::from_ref(&series), codebook, seed).remove(0);
            (series, pair)
        })
        .collect()
}

fn percent(judged: &[(Series<'_>, Pair)], of: impl Fn(&Pair) -> bool) -> f64 {
    100.0 * judged.iter().filter(|(_, pair)| of(pair)).count() as f64 / judged.len() as f64
}

fn moved(pair: &Pair) -> bool {
    matches!(pair.verdict, Verdict::Shift { .. } | Verdict::Drift(_))
}

/// The p that another test gives to the speakers of a world, ascending.
fn others(world: World, replications: usize, block: usize) -> Vec<f64> {
    let p = |replication: usize| {
        let seed = replication as u64 * 1_000 + world.days as u64;
        let series = speak(world, SPEAKERS[0], &mut Pcg64Mcg::seed_from_u64(seed));
        let means: Vec<f64> = series.days.iter().map(stance::series::Day::mean).collect();
        permuted(&means, block, &mut Pcg64Mcg::seed_from_u64(seed))
    };
    let mut all: Vec<f64> = (0..replications).into_par_iter().map(p).collect();
    all.sort_by(f64::total_cmp);
    all
}

/// The share of speakers whose p is at most so much, in percent.
fn at_most(p: &[f64], level: f64) -> f64 {
    100.0 * p.partition_point(|p| *p <= level) as f64 / p.len() as f64
}

/// The p of the largest standardised difference of day means, by permuting blocks of days; a block of
/// one day is the exact permutation test.
fn permuted(means: &[f64], block: usize, rng: &mut Pcg64Mcg) -> f64 {
    const PERMUTATIONS: usize = 499;
    let aside = 3.max(means.len() / 10);
    let farthest = |means: &[f64]| {
        let (count, sum) = (means.len() as f64, means.iter().sum::<f64>());
        let mut before = 0.0;
        let mut best: f64 = 0.0;
        for (place, mean) in means.iter().enumerate().take(means.len() - aside) {
            before += mean;
            let k = (place + 1) as f64;
            if place + 1 >= aside {
                best = best.max((before - sum * k / count).powi(2) / (k * (count - k)));
            }
        }
        best
    };
    let observed = farthest(means) - 1e-12;
    let mut reached = 1;
    let mut rearranged = Vec::with_capacity(means.len());
    for _ in 0..PERMUTATIONS {
        let offset = rng.random_range(0..block);
        let (head, rest) = means.split_at(offset.min(means.len()));
        let mut blocks: Vec<&[f64]> = std::iter::once(head).chain(rest.chunks(block)).collect();
        blocks.shuffle(rng);
        rearranged.clear();
        blocks.iter().for_each(|block| rearranged.extend_from_slice(block));
        reached += usize::from(farthest(&rearranged) >= observed);
    }
    f64::from(reached as u32) / f64::from(PERMUTATIONS as u32 + 1)
}

fn row(name: &str, cells: &[f64]) {
    let cells: Vec<String> =
        cells.iter().map(|cell| if cell.is_nan() { "–".to_owned() } else { format!("{cell:.1}") }).collect();
    println!("| {name} | {} |", cells.join(" | "));
}

fn header(title: &str, columns: &[String]) {
    println!("\n{title}\n\n| | {} |\n|---|{}", columns.join(" | "), "---|".repeat(columns.len()));
}

fn main() {
    let replications = env::args().filter_map(|argument| argument.parse::<usize>().ok()).next().unwrap_or(1_000);
    let codebook = codebook();
    let error = 100.0 * 1.96 * (0.05_f64 * 0.95 / replications as f64).sqrt();
    println!("{replications} speakers a figure, {} families; ± {error:.1} points at 5 %", replications / 10);
    let parts: [(&str, Part); 7] = [
        ("false", false_shifts),
        ("moods", moods),
        ("power", power),
        ("kinds", kinds),
        ("dates", dates),
        ("families", |replications, codebook| families(replications / 10, codebook)),
        ("detectable", detectable),
    ];
    let named = |name: &str| env::args().any(|argument| argument == name);
    let all = !parts.iter().any(|(name, _)| named(name));
    for (_, part) in parts.into_iter().filter(|(name, _)| all || named(name)) {
        part(replications, &codebook);
    }
}

/// A part of the simulation: how many speakers a figure, and the scale.
type Part = fn(usize, &Codebook);

const SIZES: [usize; 6] = [8, 10, 20, 40, 80, 200];

fn columns(sizes: &[usize]) -> Vec<String> {
    sizes.iter().map(|days| format!("{days} days")).collect()
}

fn false_shifts(replications: usize, codebook: &Codebook) {
    for noise in [0.5, 1.0] {
        header(
            &format!("Steady speakers called moved, in %; statements vary by {noise} within a day"),
            &columns(&SIZES),
        );
        for dependence in [0.0, 0.2, 0.4, 0.6] {
            let world = |days| World { days, dependence, noise, by_calendar: false, position: steady };
            let judged: Vec<_> = SIZES.iter().map(|days| many(world(*days), replications, codebook)).collect();
            let of = |of: fn(&Pair) -> bool| judged.iter().map(|judged| percent(judged, of)).collect::<Vec<_>>();
            row(&format!("AR {dependence}: **shift or drift**"), &of(moved));
            row(&format!("AR {dependence}: swing"), &of(|pair| matches!(pair.verdict, Verdict::Swing(_))));
            let other = |block: fn(usize) -> usize| {
                SIZES
                    .iter()
                    .map(|days| at_most(&others(world(*days), replications, block(*days)), 0.05))
                    .collect::<Vec<_>>()
            };
            row(&format!("AR {dependence}: exact permutation of days"), &other(|_| 1));
            row(&format!("AR {dependence}: blocks of n^⅓ days"), &other(|days| (days as f64).cbrt().ceil() as usize));
        }
    }
}

/// Moods that last for days of the calendar, whatever is said in them: not the model of the test.
fn moods(replications: usize, codebook: &Codebook) {
    let sizes = [10, 20, 40, 80, 200];
    header("Steady speakers called moved, in %, by moods that fade from day to day of the calendar", &columns(&sizes));
    for (dependence, half_life) in [(0.7, "2 days"), (0.8, "3 days"), (0.9, "a week"), (0.95, "two weeks")] {
        let called = |days: usize| {
            let world = World { days, dependence, noise: 0.5, by_calendar: true, position: steady };
            percent(&many(world, replications, codebook), moved)
        };
        row(&format!("half gone after {half_life}"), &sizes.map(called));
    }
}

fn power(replications: usize, codebook: &Codebook) {
    let sizes = [8, 10, 15, 20, 40, 80];
    for noise in [0.5, 1.0] {
        header(
            &format!("Shifts of 1.5 levels that are found, in %; statements vary by {noise} within a day"),
            &columns(&sizes),
        );
        for (name, dependence, position) in [
            ("halfway", 0.0, shifted as fn(f64) -> f64),
            ("halfway, AR 0.4", 0.4, shifted),
            ("after a quarter", 0.0, shifted_early),
        ] {
            let world = |days| World { days, dependence, noise, by_calendar: false, position };
            let found = sizes.iter().map(|days| percent(&many(world(*days), replications, codebook), moved));
            row(&format!("{name}: **ours**"), &found.collect::<Vec<_>>());
            let exact: Vec<Vec<f64>> = sizes.iter().map(|days| others(world(*days), replications, 1)).collect();
            let rejects = exact.iter().map(|p| at_most(p, 0.05));
            row(&format!("{name}: exact permutation of days"), &rejects.collect::<Vec<_>>());
            let held = exact.iter().zip(sizes).map(|(p, days)| {
                let steady = World { days, dependence: 0.4, noise, by_calendar: false, position: steady };
                let null = others(steady, replications, 1);
                let level = null[(null.len() as f64 * 0.07) as usize].min(0.05);
                // Where more than 7 % of steady speakers have the smallest p there is, no level holds.
                if level <= null[0] { f64::NAN } else { at_most(p, level - 1e-9) }
            });
            row(&format!("{name}: the same, held to 7 % of steady speakers at AR 0.4"), &held.collect::<Vec<_>>());
            let blocks = sizes
                .iter()
                .map(|days| at_most(&others(world(*days), replications, (*days as f64).cbrt().ceil() as usize), 0.05));
            row(&format!("{name}: blocks of n^⅓ days"), &blocks.collect::<Vec<_>>());
        }
    }
}

/// What is found where something is: one shift, two, or a drift.
fn kinds(replications: usize, codebook: &Codebook) {
    let sizes = [20, 40, 80, 200];
    for (name, position) in [
        ("One shift of 1.5 levels", shifted as fn(f64) -> f64),
        ("Two shifts of 2 levels, there and back", shifted_twice),
        ("A drift over 3 levels", drifting),
    ] {
        for dependence in [0.0, 0.4] {
            header(&format!("{name}, AR {dependence}, is called, in %"), &columns(&sizes));
            let world = |days| World { days, dependence, noise: 0.5, by_calendar: false, position };
            let judged: Vec<_> = sizes.iter().map(|days| many(world(*days), replications, codebook)).collect();
            let shifts = |pair: &Pair| match &pair.verdict {
                Verdict::Shift { shifts } => shifts.len(),
                _ => 0,
            };
            let of = |of: &dyn Fn(&Pair) -> bool| judged.iter().map(|judged| percent(judged, of)).collect::<Vec<_>>();
            row("one shift", &of(&|pair| shifts(pair) == 1));
            row("two shifts", &of(&|pair| shifts(pair) == 2));
            row("more shifts", &of(&|pair| shifts(pair) > 2));
            row("drift", &of(&|pair| matches!(pair.verdict, Verdict::Drift(_))));
            row("swing", &of(&|pair| matches!(pair.verdict, Verdict::Swing(_))));
        }
    }
}

/// How often the dates of a single shift that was found hold the true one.
fn dates(replications: usize, codebook: &Codebook) {
    let sizes = [10, 20, 40, 80, 200];
    header("Dates of one shift of 1.5 levels halfway, where one is found", &columns(&sizes));
    for dependence in [0.0, 0.2, 0.4] {
        let (mut covers, mut width, mut off) = (Vec::new(), Vec::new(), Vec::new());
        for days in sizes {
            let world = World { days, dependence, noise: 0.5, by_calendar: false, position: shifted };
            let (mut inside, mut widths, mut distances) = (0, Vec::new(), Vec::new());
            for (series, pair) in many(world, replications, codebook) {
                let Verdict::Shift { shifts } = &pair.verdict else { continue };
                let [found] = shifts.as_slice() else { continue };
                let dates: Vec<NaiveDate> = series.days.iter().map(|day| day.date).collect();
                let first = dates[days.div_ceil(2)];
                inside += usize::from(found.from < first && first <= found.to);
                widths.push((found.to - found.from).num_days());
                distances.push((found.first_after - first).num_days().abs());
            }
            widths.sort_unstable();
            distances.sort_unstable();
            covers.push(100.0 * f64::from(inside as u32) / widths.len().max(1) as f64);
            width.push(widths.get(widths.len() / 2).map_or(f64::NAN, |width| *width as f64));
            off.push(distances.get(distances.len() / 2).map_or(f64::NAN, |off| *off as f64));
        }
        row(&format!("AR {dependence}: **holds the true date**, in % (stated: 90)"), &covers);
        row(&format!("AR {dependence}: median width, in days"), &width);
        row(&format!("AR {dependence}: median distance of the likeliest date, in days"), &off);
    }
}

/// How often among 30 steady pairs, judged together, any is called moved.
fn families(replications: usize, codebook: &Codebook) {
    let sizes = [15, 20, 40];
    header("Families of 30 steady pairs with any called moved, in %", &columns(&sizes));
    for dependence in [0.0, 0.2, 0.4] {
        let any = |days: usize| {
            let world = World { days, dependence, noise: 0.5, by_calendar: false, position: steady };
            let families = (0..replications).into_par_iter().filter(|replication| {
                let seed = *replication as u64 * 1_000 + days as u64;
                let mut rng = Pcg64Mcg::seed_from_u64(seed);
                let series: Vec<Series<'_>> = SPEAKERS.iter().map(|speaker| speak(world, speaker, &mut rng)).collect();
                judge(&series, codebook, seed).iter().any(moved)
            });
            100.0 * families.count() as f64 / replications as f64
        };
        row(&format!("AR {dependence}"), &sizes.map(any));
    }
}

/// How often a shift is found whose size is the one that steady speakers are told would be found four
/// times in five.
fn detectable(replications: usize, codebook: &Codebook) {
    const SIZES: [usize; 4] = [16, 20, 40, 80];
    header("What is said to be found four times in five, and how often it is", &columns(&SIZES));
    for dependence in [0.0, 0.4] {
        let (mut said, mut found) = (Vec::new(), Vec::new());
        for days in SIZES {
            let world = World { days, dependence, noise: 0.5, by_calendar: false, position: steady };
            let mut sizes: Vec<f64> =
                many(world, replications, codebook).iter().filter_map(|(_, pair)| pair.detectable).collect();
            sizes.sort_by(f64::total_cmp);
            let size = sizes.get(sizes.len() / 2).copied().unwrap_or(f64::NAN);
            said.push(size);
            let judged = (0..replications).into_par_iter().filter(|replication| {
                let seed = *replication as u64 * 1_000 + days as u64;
                let mut rng = Pcg64Mcg::seed_from_u64(seed);
                let series = speak_shifted(world, size, &mut rng);
                moved(&judge(std::slice::from_ref(&series), codebook, seed)[0])
            });
            found.push(100.0 * judged.count() as f64 / replications as f64);
        }
        row(&format!("AR {dependence}: said, in levels (median)"), &said);
        row(&format!("AR {dependence}: found, in %"), &found);
    }
}

/// A speaker who shifts by so many levels halfway.
fn speak_shifted(world: World, size: f64, rng: &mut Pcg64Mcg) -> Series<'static> {
    speak_at(world, SPEAKERS[0], rng, |passed| if passed < 0.5 { -size / 2.0 } else { size / 2.0 })
}
