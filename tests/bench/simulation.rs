//! How often the tests of shifts err: `cargo bench --bench simulation [-- SPEAKERS] [--quick] [PART…]`.
//! The parts: steady, power, kinds, dates, sizes, coders, families, detectable, plan, looks, cost. `--calibration` takes the worlds that
//! the constants were chosen on instead of those set aside.
//!
//! Speakers are generated whose positions are known, in worlds that differ in what usually goes wrong
//! (`worlds.rs`). Each is judged by the whole procedure, as `stance shifts` judges it, and beside it by
//! what else could be done (`rivals.rs`). The tables stand in docs/simulation.md; the seeds are fixed.

#![allow(clippy::disallowed_methods, reason = "generated worlds need not be the same on every platform")]
#![allow(clippy::print_stdout, reason = "the figures are what it is for")]

mod rivals;
mod worlds;

use std::env;
use std::sync::LazyLock;
use std::time::Instant;

use chrono::NaiveDate;
use rand::SeedableRng;
use rand_pcg::Pcg64Mcg;
use rayon::prelude::*;
use stance::codebook::Codebook;
use stance::file::document::Document;
use stance::math::Interval;
use stance::series::{Day, Series};
use stance::shift::plan::{Moment, Planned, usual_spread};
use stance::shift::{self, Correction, Pair, Request, Verdict};
use worlds::{Path, Twist, World, alternatives, alternatives_aside, body, coded, split};

/// Names, because the seed of a test depends on them.
static SPEAKERS: LazyLock<Vec<String>> =
    LazyLock::new(|| (0..10_000).map(|speaker| format!("speaker {speaker}")).collect());
const SIZES: [usize; 5] = [8, 12, 20, 40, 80];
const ARS: [f64; 3] = [0.0, 0.2, 0.4];
/// What the stated certainty of dates is compared in.
const AT_RISK: [f64; 2] = [0.0, 0.4];

/// What was asked for.
struct Asked {
    /// How many speakers a figure.
    speakers: usize,
    /// Whether the worlds are those that the constants were chosen on.
    calibration: bool,
}

impl Asked {
    /// Where the seeds begin: speakers set aside are none that the constants were chosen on, and none of the 6
    /// looks before at these worlds, whose seeds began at 40,000, 80,000, 120,000, 160,000, 200,000 and 240,000.
    fn base(&self) -> u64 {
        if self.calibration { 0 } else { 280_000 }
    }

    fn worlds(&self) -> Vec<World> {
        let (mut calibration, aside) = split();
        calibration.extend(worlds::wide());
        if self.calibration { calibration } else { aside }
    }
}

fn codebook(levels: usize) -> Codebook {
    let mut text =
        "title = \"t\"\nlow = \"low\"\nhigh = \"high\"\n[[issue]]\nid = \"i\"\nname = \"I\"\nquestion = \"?\"\n"
            .to_owned();
    for level in 0..levels {
        text += &format!("[[issue.level]]\nposition = {level}\nwords = \"{level}\"\ndefinition = \"{level}\"\n");
    }
    Codebook::parse(&Document::new("codebook.toml", text), &mut Vec::new()).expect("the codebook above is sound")
}

fn judge(series: &[Series<'_>], codebook: &Codebook, correction: Correction, seed: u64) -> Vec<Pair> {
    let request = Request { alpha: 0.05, correction, seed, event: None };
    shift::verdicts(series, codebook, &request, || {}).pairs
}

/// The seed of a speaker, by the place of the world, the number of days and the speaker.
fn seed(place: u64, days: usize, speaker: usize) -> u64 {
    place.wrapping_mul(1_000_003) + speaker as u64 * 1_009 + days as u64
}

/// Judges many speakers of a world without correction, as if each were alone.
fn many(world: &World, days: usize, path: Path, speakers: usize, place: u64) -> Vec<(Series<'static>, Pair)> {
    let speak = |(speaker, name): (usize, &'static String)| {
        world.speak(name, days, path, &mut Pcg64Mcg::seed_from_u64(seed(place, days, speaker)))
    };
    let series: Vec<Series<'_>> = SPEAKERS.iter().take(speakers).enumerate().map(speak).collect();
    let pairs = judge(&series, &codebook(world.levels()), Correction::None, place);
    series.into_iter().zip(pairs).collect()
}

fn moved(pair: &Pair) -> bool {
    pair.verdict.moved()
}

fn swung(pair: &Pair) -> bool {
    matches!(pair.verdict, Verdict::Swing(_))
}

/// What is found among speakers, in %: moved, swing, either, and what each rival finds.
const COLUMNS: usize = 3 + rivals::NAMES.len();

fn found(world: &World, days: usize, path: Path, speakers: usize, place: u64) -> [f64; COLUMNS] {
    let judged: Vec<[bool; COLUMNS]> = many(world, days, path, speakers, place)
        .into_par_iter()
        .enumerate()
        .map(|(speaker, (series, pair))| {
            let means: Vec<f64> = series.days.iter().map(Day::mean).collect();
            let mut all = [moved(&pair), swung(&pair), moved(&pair) || swung(&pair)].to_vec();
            all.extend(rivals::all(&means, seed(place, days, speaker)));
            std::array::from_fn(|column| all[column])
        })
        .collect();
    std::array::from_fn(|column| {
        100.0 * judged.iter().filter(|found| found[column]).count() as f64 / judged.len() as f64
    })
}

fn row(name: &str, cells: &[f64]) {
    let cells: Vec<String> =
        cells.iter().map(|cell| if cell.is_nan() { "–".to_owned() } else { format!("{cell:.1}") }).collect();
    println!("| {name} | {} |", cells.join(" | "));
}

fn header(title: &str, columns: &[String]) {
    println!("\n{title}\n\n| | {} |\n|---|{}", columns.join(" | "), "---|".repeat(columns.len()));
}

fn columns() -> Vec<String> {
    ["moved", "swing", "either"].into_iter().chain(rivals::NAMES).map(str::to_owned).collect()
}

fn sizes(sizes: &[usize]) -> Vec<String> {
    sizes.iter().map(|days| format!("{days} days")).collect()
}

/// The mean of figures that exist.
fn mean(cells: impl Iterator<Item = f64>) -> f64 {
    let cells: Vec<f64> = cells.filter(|cell| !cell.is_nan()).collect();
    cells.iter().sum::<f64>() / cells.len() as f64
}

/// How many times as many speakers judge the worst world again.
const AGAIN: usize = 4;

/// Steady speakers. The worst of many figures is too high by chance, so the worst world of each number of days is judged
/// again, with more and other speakers.
fn steady(asked: &Asked) {
    let worlds = asked.worlds();
    let (mut summary, mut again) = (Vec::new(), Vec::new());
    for days in SIZES {
        header(&format!("Steady speakers on {days} days with a finding, in %"), &columns());
        let cells: Vec<[f64; COLUMNS]> = worlds
            .iter()
            .enumerate()
            .map(|(place, world)| {
                let mut found = found(world, days, Path::Steady, asked.speakers, asked.base() + place as u64);
                // A day at the other end of the scale is a swing.
                if world.twist == Twist::Outlier {
                    (found[1], found[2]) = (f64::NAN, found[0]);
                }
                row(&format!("{} AR {}", world.name, world.ar), &found);
                found
            })
            .collect();
        for ar in ARS {
            let of = || worlds.iter().zip(&cells).filter(|(world, _)| world.ar == ar).map(|(_, found)| found);
            let means: [f64; COLUMNS] = std::array::from_fn(|column| mean(of().map(|found| found[column])));
            summary.push((format!("{days} days, mean at AR {ar}"), means));
        }
        let most = |column: usize| cells.iter().map(|found| found[column]).fold(0.0, f64::max);
        summary.push((format!("**{days} days, worst world**"), std::array::from_fn(most)));
        let (place, _) = cells.iter().enumerate().max_by(|a, b| a.1[2].total_cmp(&b.1[2])).expect("there are worlds");
        let (world, speakers) = (&worlds[place], AGAIN * asked.speakers);
        let other = asked.base() + 30_000 + place as u64;
        let judged = many(world, days, Path::Steady, speakers, other);
        let wrong = |pair: &Pair| moved(pair) || (swung(pair) && world.twist != Twist::Outlier);
        let share = judged.iter().filter(|(_, pair)| wrong(pair)).count() as f64 / speakers as f64;
        let error = 196.0 * (share * (1.0 - share) / speakers as f64).sqrt();
        again.push((
            format!("{days} days: {} AR {}", world.name, world.ar),
            [cells[place][2], 100.0 * share, 100.0 * share - error, 100.0 * share + error],
        ));
    }
    header("Steady speakers with a finding, in %: means and worst worlds", &columns());
    summary.iter().for_each(|(name, cells)| row(name, cells));
    let columns = ["first", "again", "from", "to"].map(str::to_owned);
    header(
        "The worst world of each number of days, in %: first, and again with 4 times as many other speakers",
        &columns,
    );
    again.iter().for_each(|(name, cells)| row(name, cells));
}

/// Speakers who changed.
fn power(asked: &Asked) {
    type Alternatives = fn(f64) -> Vec<worlds::Alternative>;
    let some: [(&str, Alternatives); 2] =
        [("in the worlds that constants were chosen on", alternatives), ("in worlds set aside", alternatives_aside)];
    let mut place = asked.base() + 500;
    for ar in AT_RISK {
        for (title, changes) in some {
            header(&format!("Changes that are found, in %, {title}, AR {ar}"), &columns());
            for change in changes(ar) {
                row(change.name, &found(&change.world, change.days, change.path, 2 * asked.speakers, place));
                place += 1;
            }
        }
    }
}

/// What a change is called.
fn kinds(asked: &Asked) {
    let days = [20, 40, 80];
    for (name, path) in [
        ("One shift of 2 levels halfway", Path::Step(2.0, 0.5)),
        ("One shift of 2 levels after a quarter", Path::Step(2.0, 0.25)),
        ("There and back, 2 levels", Path::Return(2.0, 1.0 / 3.0, 2.0 / 3.0)),
        ("A drift over 3 levels", Path::Drift(3.0)),
    ] {
        for ar in AT_RISK {
            header(&format!("{name}, AR {ar}, is called, in %"), &sizes(&days));
            let judged = days.map(|days| many(&body("plain", ar), days, path, asked.speakers, asked.base() + 700));
            let share = |of: &dyn Fn(&Pair) -> bool| {
                judged.each_ref().map(|judged| {
                    100.0 * judged.iter().filter(|(_, pair)| of(pair)).count() as f64 / judged.len() as f64
                })
            };
            let shifts = |pair: &Pair| if let Verdict::Shift { shifts } = &pair.verdict { shifts.len() } else { 0 };
            row("one shift", &share(&|pair| shifts(pair) == 1));
            row("2 shifts", &share(&|pair| shifts(pair) == 2));
            row("return", &share(&|pair| matches!(pair.verdict, Verdict::Return { .. })));
            row("more shifts", &share(&|pair| shifts(pair) > 2));
            row("drift", &share(&|pair| matches!(pair.verdict, Verdict::Drift(_))));
            row("swing", &share(&swung));
        }
    }
}

/// How often the dates of a single shift that was found hold the true one.
fn dates(asked: &Asked) {
    let days = [12, 20, 40, 80];
    header("Dates of one shift, where one is found", &sizes(&days));
    for (when, name) in [(0.5, "2 levels halfway"), (0.25, "2 levels after a quarter")] {
        for ar in AT_RISK {
            let (mut covers, mut width) = (Vec::new(), Vec::new());
            for days in days {
                let path = Path::Step(2.0, when);
                let (mut inside, mut widths) = (0, Vec::new());
                for (series, pair) in many(&body("plain", ar), days, path, asked.speakers, asked.base() + 800) {
                    let Verdict::Shift { shifts } = &pair.verdict else { continue };
                    let [found] = shifts.as_slice() else { continue };
                    let dates: Vec<NaiveDate> = series.days.iter().map(|day| day.date).collect();
                    let first = dates[(days as f64 * when).ceil() as usize];
                    inside += usize::from(found.from < first && first <= found.to);
                    widths.push((found.to - found.from).num_days());
                }
                widths.sort_unstable();
                covers.push(100.0 * inside as f64 / widths.len() as f64);
                width.push(widths.get(widths.len() / 2).map_or(f64::NAN, |width| *width as f64));
            }
            row(&format!("{name}, AR {ar}: **holds the true date**, in % (stated: 90)"), &covers);
            row(&format!("{name}, AR {ar}: median width, in days"), &width);
        }
    }
}

/// How often the ranges of the size and of the share of pairs hold the true ones, for one shift that is found.
fn sizes_hold(asked: &Asked) {
    /// Found, seen, likely, size holds, share of pairs holds: sums.
    type Cell = [f64; 5];
    let days = [12, 20, 40, 80];
    let changes =
        [("1 level halfway", 1.0, 0.5), ("2 levels halfway", 2.0, 0.5), ("2 levels after a quarter", 2.0, 0.25)];
    let worlds: Vec<World> = asked.worlds().into_iter().filter(|world| AT_RISK.contains(&world.ar)).collect();
    let mut all: Vec<(usize, usize, Cell)> = Vec::new();
    for (number, world) in worlds.iter().enumerate() {
        for (change, (_, size, when)) in changes.into_iter().enumerate() {
            let (before, after, pairs) = world.seen(size);
            for days in days {
                let holds = |range: Interval, real: f64| f64::from(u8::from(range.low <= real && real <= range.high));
                let mut cell: Cell = [0.0; 5];
                let place = asked.base() + 850 + number as u64;
                for (_, pair) in many(world, days, Path::Step(size, when), asked.speakers, place) {
                    let [shift] = pair.verdict.shifts() else { continue };
                    let own = [
                        1.0,
                        shift.size() - (after - before),
                        shift.likely.size - (after - before),
                        100.0 * holds(shift.likely.range, after - before),
                        100.0 * holds(shift.superiority_range, pairs),
                    ];
                    cell.iter_mut().zip(own).for_each(|(sum, own)| *sum += own);
                }
                all.push((number, change, cell.map(|sum| sum / cell[0])));
                all.last_mut().into_iter().for_each(|(.., means)| means[0] = cell[0]);
            }
        }
    }
    // A figure from few speakers is mostly chance.
    let enough = asked.speakers as f64 / 5.0;
    let of = |wanted: &dyn Fn(usize, usize, usize) -> bool| -> Vec<Cell> {
        let cells = all.iter().enumerate().filter(|(place, (number, change, cell))| {
            cell[0] >= enough && wanted(*number, *change, days[place % days.len()])
        });
        cells.map(|(_, (.., cell))| *cell).collect()
    };
    let average = |cells: &[Cell], column: usize| mean(cells.iter().map(|cell| cell[column]));
    let least = |cells: &[Cell], column: usize| cells.iter().map(|cell| cell[column]).fold(100.0, f64::min);
    header("The size of one shift that is found, minus the true size, in levels: means of all worlds", &sizes(&days));
    for (change, (name, ..)) in changes.iter().enumerate() {
        let row_of = |column| days.map(|days| average(&of(&|_, c, d| (c, d) == (change, days)), column));
        row(&format!("{name}: seen"), &row_of(1));
        row(&format!("{name}: likely"), &row_of(2));
    }
    header(
        "How often the range of the size of such a shift holds it, in % (stated: 95): means of all worlds",
        &sizes(&days),
    );
    for ar in AT_RISK {
        for (change, (name, ..)) in changes.iter().enumerate() {
            let row_of =
                |column| days.map(|days| average(&of(&|w, c, d| (worlds[w].ar, c, d) == (ar, change, days)), column));
            row(&format!("{name}, AR {ar}: **size**"), &row_of(3));
            row(&format!("{name}, AR {ar}: share of pairs"), &row_of(4));
        }
    }
    let columns = ["size, mean", "lowest cell", "share of pairs, mean", "lowest cell"].map(str::to_owned);
    header("The same by world, over all numbers of days and changes", &columns);
    for (number, world) in worlds.iter().enumerate() {
        let own = of(&|w, _, _| w == number);
        let cells = [average(&own, 3), least(&own, 3), average(&own, 4), least(&own, 4)];
        row(&format!("{} AR {}", world.name, world.ar), &cells);
    }
    header("Steady speakers whose range of later minus earlier half holds 0, in % (stated: 95)", &sizes(&days));
    for (place, world) in worlds.iter().enumerate() {
        let holds = days.map(|days| {
            let judged = many(world, days, Path::Steady, asked.speakers, asked.base() + 870 + place as u64);
            let steady: Vec<Interval> = judged.iter().filter_map(|(_, pair)| pair.later).collect();
            100.0 * steady.iter().filter(|later| later.low <= 0.0 && later.high >= 0.0).count() as f64
                / steady.len() as f64
        });
        row(&format!("{} AR {}", world.name, world.ar), &holds);
    }
}

/// How often a steady speaker seems to have moved because a second coder, who labels one level higher, takes
/// over.
fn coders(asked: &Asked) {
    let days = [12, 20, 40, 80];
    header("Steady speakers whose coder changes, called moved, in %", &sizes(&days));
    for share in [0.0, 0.3, 0.6] {
        for ar in AT_RISK {
            let world = body("plain", ar);
            let moved = days.map(|days| {
                let speak = |(speaker, name): (usize, &'static String)| {
                    let mut rng = Pcg64Mcg::seed_from_u64(seed(asked.base() + 890, days, speaker));
                    let series = world.speak(name, days, Path::Steady, &mut rng);
                    coded(series, share, &mut rng)
                };
                let series: Vec<Series<'_>> = SPEAKERS.iter().take(asked.speakers).enumerate().map(speak).collect();
                let judged = judge(&series, &codebook(world.levels()), Correction::None, asked.base());
                100.0 * judged.iter().filter(|pair| moved(pair)).count() as f64 / judged.len() as f64
            });
            row(&format!("one level higher on {:.0} % of statements, AR {ar}", 100.0 * share), &moved);
        }
    }
}

/// How often any of 30 steady pairs is reported, judged together.
fn families(asked: &Asked) {
    let days = [20, 40];
    header("Families of 30 steady speakers with any finding, in %", &sizes(&days));
    let families = asked.speakers / 10;
    for ar in ARS {
        let worlds: Vec<(usize, World)> = asked.worlds().into_iter().enumerate().collect();
        let mut all = vec![Vec::new(); days.len()];
        for (place, world) in worlds.iter().filter(|(_, world)| world.ar == ar && world.twist != Twist::Outlier) {
            let codebook = codebook(world.levels());
            let cells = days.map(|days| {
                let any = |family: usize| {
                    let seed = seed(asked.base() + 20_000 + *place as u64, days, family);
                    let mut rng = Pcg64Mcg::seed_from_u64(seed);
                    let series: Vec<Series<'_>> = SPEAKERS[..30]
                        .iter()
                        .map(|speaker| world.speak(speaker, days, Path::Steady, &mut rng))
                        .collect();
                    judge(&series, &codebook, Correction::Holm, seed).iter().any(|pair| moved(pair) || swung(pair))
                };
                100.0 * (0..families).into_par_iter().filter(|family| any(*family)).count() as f64 / families as f64
            });
            row(&format!("{} AR {ar}", world.name), &cells);
            all.iter_mut().zip(cells).for_each(|(all, cell)| all.push(cell));
        }
        let means: Vec<f64> = all.into_iter().map(|cells| mean(cells.into_iter())).collect();
        row(&format!("**mean at AR {ar}**"), &means);
    }
}

/// How often a shift is found whose size is the one that steady verdicts say would be found 4 times in 5. The mean moves
/// by that size, which takes a larger step if the scale ends.
fn detectable(asked: &Asked) {
    let days = [12, 20, 40, 80];
    header("What is said to be found 4 times in 5, and how often it is", &sizes(&days));
    for name in ["plain", "7 levels", "noisy", "floor", "11 levels"] {
        for ar in AT_RISK {
            let (world, base) = (body(name, ar), asked.base() + 900);
            let steady = days.map(|days| many(&world, days, Path::Steady, asked.speakers, base));
            for (when, name_of) in [(0.5, "halfway"), (0.25, "after a quarter")] {
                let said = steady.each_ref().map(|judged| {
                    let of = |pair: &Pair| if when < 0.5 { pair.detectable_quarter } else { pair.detectable };
                    let mut sizes: Vec<f64> = judged.iter().filter_map(|(_, pair)| of(pair)).collect();
                    sizes.sort_by(f64::total_cmp);
                    sizes.get(sizes.len() / 2).copied().unwrap_or(f64::NAN)
                });
                row(&format!("{name} AR {ar}: said {name_of}, in levels (median)"), &said);
                let share = |place: usize| {
                    let Some(step) = (!said[place].is_nan()).then(|| world.step(said[place])).flatten() else {
                        return f64::NAN;
                    };
                    let judged = many(&world, days[place], Path::Step(step, when), asked.speakers, base + 1);
                    100.0 * judged.iter().filter(|(_, pair)| moved(pair)).count() as f64 / judged.len() as f64
                };
                let found: Vec<f64> = (0..days.len()).map(share).collect();
                row(&format!("{name} AR {ar}: found {name_of}, in %"), &found);
            }
        }
    }
}

/// What `stance plan` says is found 4 times in 5, and how often it is. Only the test is the same: dates are irregular here,
/// all rearrangements are made, and the whole procedure judges.
fn plan(asked: &Asked) {
    let days = [12, 20, 40, 80];
    header("What a plan says 4 times in 5 find, and how often it is found", &sizes(&days));
    for ar in [0.0, 0.2, 0.4] {
        let world = body("plain", ar);
        let planned = Planned {
            levels: 5,
            statements: 3.5,
            ar,
            spread: usual_spread(5),
            pairs: 1,
            alpha: 0.05,
            speakers: 400,
            seed: 2025,
        };
        for (moment, when) in [(Moment::Halfway, 0.5), (Moment::Quarter, 0.25)] {
            let said = days.map(|days| planned.size(moment, days).unwrap_or(f64::NAN));
            row(&format!("AR {ar}: said {}, in levels", moment.words()), &said);
            let share = |place: usize| {
                let Some(step) = (!said[place].is_nan()).then(|| world.step(said[place])).flatten() else {
                    return f64::NAN;
                };
                let judged = many(&world, days[place], Path::Step(step, when), asked.speakers, asked.base() + 950);
                100.0 * judged.iter().filter(|(_, pair)| moved(pair)).count() as f64 / judged.len() as f64
            };
            let found: Vec<f64> = (0..days.len()).map(share).collect();
            row(&format!("AR {ar}: found {}, in %", moment.words()), &found);
        }
    }
}

/// How many weekly looks.
const LOOKS: usize = 30;

/// Which of the weekly looks at a speaker is the first that finds a change, if each tests at this level.
fn first_look(series: &Series<'_>, alpha: f64, codebook: &Codebook, seed: u64) -> Option<usize> {
    (0..LOOKS).find(|look| {
        let mut so_far = series.clone();
        so_far.days.truncate(look_days(*look));
        let request = Request { alpha, correction: Correction::None, seed, event: None };
        shift::verdicts(&[so_far], codebook, &request, || {}).pairs.iter().any(moved)
    })
}

/// How many days there are at a look: 10 at the first, and 3 more every second week.
fn look_days(look: usize) -> usize {
    10 + 3 * look / 2
}

/// Whoever looks every week: how often a steady speaker is ever called moved, and how late a shift is found.
fn looks(asked: &Asked) {
    let columns = ["each look at 0.05", "0.05 divided by the looks"].map(str::to_owned);
    let levels = [0.05, 0.05 / LOOKS as f64];
    let all = look_days(LOOKS - 1);
    let firsts = |world: &World, path: Path, base: u64, alpha: f64| -> Vec<Option<usize>> {
        let book = codebook(world.levels());
        let speak = |speaker: usize| {
            let mut rng = Pcg64Mcg::seed_from_u64(seed(base, all, speaker));
            first_look(&world.speak(&SPEAKERS[speaker], all, path, &mut rng), alpha, &book, base)
        };
        (0..asked.speakers).into_par_iter().map(speak).collect()
    };
    header("Steady speakers who are called moved in any of 30 weekly looks, in %", &columns);
    for (name, ar) in [("plain", 0.0), ("plain", 0.2), ("plain", 0.4), ("floor", 0.4), ("variance", 0.4)] {
        let ever = levels.map(|alpha| {
            let firsts = firsts(&body(name, ar), Path::Steady, asked.base() + 970, alpha);
            100.0 * firsts.iter().flatten().count() as f64 / firsts.len() as f64
        });
        row(&format!("{name}, AR {ar}"), &ever);
    }
    // The shift comes between 2 looks.
    let before = LOOKS / 3;
    let when = (look_days(before - 1) as f64 + 0.5) / all as f64;
    header("Looks until a shift of 2 levels after the tenth look is found: mean of those found; found, in %", &columns);
    for ar in [0.0, 0.4] {
        let world = body("plain", ar);
        let step = world.step(2.0).expect("the scale has room");
        let each = levels.map(|alpha| firsts(&world, Path::Step(step, when), asked.base() + 980, alpha));
        let later = |firsts: &Vec<Option<usize>>| {
            let after: Vec<f64> = firsts
                .iter()
                .flatten()
                .filter(|look| **look >= before)
                .map(|look| (look + 1 - before) as f64)
                .collect();
            (mean(after.iter().copied()), 100.0 * after.len() as f64 / firsts.len() as f64)
        };
        let told = each.each_ref().map(later);
        row(&format!("AR {ar}: looks"), &told.map(|(looks, _)| looks));
        row(&format!("AR {ar}: found after it, in %"), &told.map(|(_, found)| found));
    }
}

/// How long a large corpus takes: 1,000 pairs of 200 days, one of ten with a shift.
fn cost(asked: &Asked) {
    let pairs = if asked.speakers < 100 { 100 } else { 1_000 };
    let series: Vec<Series<'_>> = SPEAKERS[..pairs]
        .iter()
        .enumerate()
        .map(|(pair, name)| {
            let path = if pair % 10 == 0 { Path::Step(1.5, 0.5) } else { Path::Steady };
            body("plain", 0.0).speak(name, 200, path, &mut Pcg64Mcg::seed_from_u64(pair as u64))
        })
        .collect();
    let (codebook, start) = (codebook(5), Instant::now());
    let found = judge(&series, &codebook, Correction::Holm, 1).iter().filter(|pair| moved(pair)).count();
    println!(
        "\n{pairs} pairs of 200 days: {:.1} s on {} threads, {found} found to have moved",
        start.elapsed().as_secs_f64(),
        rayon::current_num_threads()
    );
}

/// A part of the simulation.
type Part = fn(&Asked);

fn main() {
    let number = env::args().filter_map(|argument| argument.parse::<usize>().ok()).next();
    let named = |name: &str| env::args().any(|argument| argument == name);
    let speakers = number.unwrap_or(if named("--quick") { 20 } else { 400 });
    let asked = Asked { speakers, calibration: named("--calibration") };
    let error = 100.0 * 1.96 * (0.05_f64 * 0.95 / speakers as f64).sqrt();
    println!("{speakers} speakers a figure, {} families; ± {error:.1} points at 5 %", speakers / 10);
    let parts: [(&str, Part); 11] = [
        ("steady", steady),
        ("power", power),
        ("kinds", kinds),
        ("dates", dates),
        ("sizes", sizes_hold),
        ("coders", coders),
        ("families", families),
        ("detectable", detectable),
        ("plan", plan),
        ("looks", looks),
        ("cost", cost),
    ];
    let all = !parts.iter().any(|(name, _)| named(name));
    for (_, part) in parts.into_iter().filter(|(name, _)| all || named(name)) {
        part(&asked);
    }
}
