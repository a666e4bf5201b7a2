//! Event labels: text beside the top of each event's rule, like a flag on a pole.
//!
//! Labels do not touch, and no pole runs through a label. A flag is to the right or the left of its
//! pole. A label that reaches over a neighbour's pole is higher than the neighbour's label.

use crate::chart::draw::face::{Face, Fonts};
use crate::chart::draw::style::TIGHT;

/// Pixels between a pole and its label.
const GAP: f64 = 4.0;
/// Free pixels between labels, and between a label and another label's pole.
const CLEAR: f64 = 3.0;
/// Most lines of a label; more are cut.
const MOST_LINES: usize = 3;
/// How many pixels of height justify folding a label that could stay unfolded.
const FOLD: f64 = 6.0;
/// With more events than this, all flags are on the left, which always fits.
const MOST_TRIED: usize = 60;

/// The side of its pole on which a flag is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlagSide {
    /// The text ends at the pole.
    Left,
    /// The text begins at the pole.
    Right,
}

/// A placed label.
#[derive(Debug, Clone, PartialEq)]
pub struct Flag {
    /// The x of the pole.
    pub x: f64,
    /// The label's lines.
    pub lines: Vec<String>,
    /// The side of the text.
    pub side: FlagSide,
    /// Left edge of the text.
    pub left: f64,
    /// Right edge of the text.
    pub right: f64,
    /// Lower edge of the label above the foot of all flags. Upwards is positive.
    pub bottom: f64,
    /// Upper edge of the label, measured the same way.
    pub top: f64,
    /// Whether the label has one more line than it needs.
    pub folded: bool,
}

/// A label's lines, and the space they need.
#[derive(Debug)]
struct Cloth {
    lines: Vec<String>,
    width: f64,
    height: f64,
}

/// An event before its label is placed: the label unfolded, and folded into one more line.
#[derive(Debug)]
struct Pole {
    x: f64,
    cloths: [Cloth; 2],
}

/// The room for flags: between two pixels, in rows of a given height.
#[derive(Debug, Clone, Copy)]
struct Space {
    room: (f64, f64),
    row: f64,
}

impl Space {
    /// Returns the foot of the first row at or above a height, so that labels line up.
    fn row_at(&self, height: f64) -> f64 {
        (height / self.row - 1e-6).ceil().max(0.0) * self.row
    }
}

/// How one flag is placed: on which side, and whether it is folded.
type Way = (FlagSide, bool);

/// Places the labels of poles at ascending xs between the pixels `room`. An event without words has a
/// flag without lines. The space from `room.0` to the first pole limits the width of the labels.
pub fn place(events: &[(f64, &str)], room: (f64, f64), widest: f64, fonts: &Fonts, face: Face) -> Vec<Flag> {
    let space = Space { room, row: face.size * TIGHT + CLEAR };
    let poles = poles(events, room, widest, fonts, face);
    let mut best = all_left(&poles, &space);
    let mut ways = vec![(FlagSide::Left, false); poles.len()];
    for plan in plans(poles.len()) {
        if let Some(flags) = fly(&poles, &plan, &space).filter(|flags| cost(flags) < cost(&best)) {
            (best, ways) = (flags, plan);
        }
    }
    improve(&poles, best, ways, &space)
}

fn all_left(poles: &[Pole], space: &Space) -> Vec<Flag> {
    let ways = vec![(FlagSide::Left, false); poles.len()];
    let endless = Space { room: (f64::NEG_INFINITY, f64::INFINITY), ..*space };
    fly(poles, &ways, space).or_else(|| fly(poles, &ways, &endless)).unwrap_or_default()
}

fn poles(events: &[(f64, &str)], room: (f64, f64), widest: f64, fonts: &Fonts, face: Face) -> Vec<Pole> {
    let first = events.first().map_or(room.0, |event| event.0);
    let widest = widest.min(first - GAP - room.0).max(1.0);
    let folds = events.len() <= MOST_TRIED;
    events.iter().map(|&(x, label)| pole((x, label), widest, folds, fonts, face)).collect()
}

fn pole((x, label): (f64, &str), widest: f64, folds: bool, fonts: &Fonts, face: Face) -> Pole {
    let cloth = |lines: Vec<String>| {
        let width = lines.iter().map(|line| fonts.width(line, face)).fold(0.0, f64::max);
        let height = lines.len() as f64 * face.size * TIGHT;
        Cloth { lines, width, height }
    };
    let whole = cloth(fonts.wrap_evenly(label, face, widest, MOST_LINES));
    let word = label.split_whitespace().map(|word| fonts.width(word, face)).fold(0.0, f64::max);
    let folds = folds && whole.lines.len() < MOST_LINES && word < whole.width;
    let limits = (word.ceil() as i32..whole.width as i32).rev().map(f64::from);
    let narrower = limits.filter(|_| folds).find(|&max| fonts.wrap(label, face, max).len() > whole.lines.len());
    let folded = cloth(fonts.wrap_evenly(label, face, narrower.unwrap_or(widest), MOST_LINES));
    Pole { x, cloths: [whole, folded] }
}

/// Returns the plans to try: all flags on one side, or the side changes at one event.
fn plans(n: usize) -> Vec<Vec<Way>> {
    let split = |at: usize, first: FlagSide, then: FlagSide| {
        (0..n).map(|i| (if i < at { first } else { then }, false)).collect()
    };
    let tried = if n > MOST_TRIED { 0 } else { n };
    (0..tried)
        .flat_map(|at| [split(at, FlagSide::Left, FlagSide::Right), split(at, FlagSide::Right, FlagSide::Left)])
        .collect()
}

/// Turns or folds single flags as long as that improves the whole.
fn improve(poles: &[Pole], mut best: Vec<Flag>, mut ways: Vec<Way>, space: &Space) -> Vec<Flag> {
    let tried = if poles.len() > MOST_TRIED { 0 } else { poles.len() };
    loop {
        let before = cost(&best);
        for i in 0..tried {
            let (side, folded) = ways[i];
            let other = if side == FlagSide::Left { FlagSide::Right } else { FlagSide::Left };
            for way in [(other, folded), (side, !folded), (other, !folded)] {
                let mut plan = ways.clone();
                plan[i] = way;
                if let Some(flags) = fly(poles, &plan, space).filter(|flags| cost(flags) < cost(&best)) {
                    (best, ways) = (flags, plan);
                }
            }
        }
        if cost(&best) >= before {
            return best;
        }
    }
}

/// Returns the cost of a plan, most important first: its height and folds, the sum of heights, and flags
/// on the left.
fn cost(flags: &[Flag]) -> (i64, i64, usize) {
    let folds = flags.iter().filter(|flag| flag.folded).count() as f64;
    let height = flags.iter().map(|flag| flag.top).fold(0.0, f64::max) + folds * FOLD;
    let sum: f64 = flags.iter().map(|flag| flag.top).sum();
    (height.round() as i64, sum.round() as i64, flags.iter().filter(|flag| flag.side == FlagSide::Left).count())
}

/// Places every flag on its side as low as possible; `None` if one would leave the room, or if two reach
/// over each other's poles.
fn fly(poles: &[Pole], ways: &[Way], space: &Space) -> Option<Vec<Flag>> {
    let room = space.room;
    let mut flags: Vec<Flag> = poles.iter().zip(ways).map(|(pole, &way)| hoist(pole, way)).collect();
    if flags.iter().any(|flag| flag.left < room.0 - 0.01 || flag.right > room.1 + 0.01) {
        return None;
    }
    let reaches = |a: &Flag, b: &Flag| !a.lines.is_empty() && a.left - CLEAR < b.x && b.x < a.right + CLEAR;
    let over: Vec<Vec<usize>> = flags
        .iter()
        .map(|a| (0..flags.len()).filter(|&b| reaches(a, &flags[b]) && flags[b].x != a.x).collect())
        .collect();
    let mut waiting: Vec<usize> = (0..flags.len()).collect();
    let mut up: Vec<usize> = Vec::new();
    let mut is_up = vec![false; flags.len()];
    while !waiting.is_empty() {
        let ready = waiting.iter().position(|&i| over[i].iter().all(|&b| is_up[b]))?;
        let i = waiting.remove(ready);
        let foot = over[i].iter().map(|&b| flags[b].top + CLEAR).fold(0.0, f64::max);
        let height = flags[i].top;
        flags[i].bottom = lowest(&flags, &up, &flags[i], space.row_at(foot), space);
        flags[i].top = flags[i].bottom + height;
        up.push(i);
        is_up[i] = true;
    }
    Some(flags)
}

/// Returns a flag at the foot of its pole.
fn hoist(pole: &Pole, (side, folded): Way) -> Flag {
    let Cloth { lines, width, height } = &pole.cloths[usize::from(folded)];
    let (left, right) = match side {
        FlagSide::Left => (pole.x - GAP - width, pole.x - GAP),
        FlagSide::Right => (pole.x + GAP, pole.x + GAP + width),
    };
    Flag { x: pole.x, lines: lines.clone(), side, left, right, bottom: 0.0, top: *height, folded }
}

/// Returns the foot of the lowest row, at or above `foot`, at which a flag touches none of those already
/// placed.
fn lowest(flags: &[Flag], up: &[usize], flag: &Flag, mut foot: f64, space: &Space) -> f64 {
    let beside = |other: &Flag| flag.left < other.right + CLEAR && other.left < flag.right + CLEAR;
    let mut rivals: Vec<&Flag> = up.iter().map(|&i| &flags[i]).filter(|other| beside(other)).collect();
    rivals.sort_by(|a, b| a.bottom.total_cmp(&b.bottom));
    for rival in rivals {
        if foot < rival.top + CLEAR && rival.bottom < foot + flag.top + CLEAR {
            foot = space.row_at(rival.top + CLEAR);
        }
    }
    foot
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACE: Face = Face { size: 12.0, weight: crate::chart::draw::style::Weight::Regular };
    const WORDS: [&str; 6] =
        ["Jeddah talks", "White House with Europeans", "", "Alaska summit", "NATO summit, The Hague", "Ultimatum"];

    fn fly_all(xs: &[f64], room: (f64, f64), widest: f64) -> Vec<Flag> {
        let events: Vec<(f64, &str)> = xs.iter().enumerate().map(|(i, &x)| (x, WORDS[i % WORDS.len()])).collect();
        place(&events, room, widest, &Fonts::embedded(), FACE)
    }

    fn check(flags: &[Flag], room: (f64, f64)) {
        for (i, a) in flags.iter().enumerate() {
            assert!(a.left >= room.0 - 0.01 && a.right <= room.1 + 0.01, "{a:?} leaves the room");
            for (j, b) in flags.iter().enumerate().filter(|&(j, b)| j != i && !b.lines.is_empty()) {
                let level = a.bottom < b.top && b.bottom < a.top;
                assert!(!(level && a.left < b.right && b.left < a.right), "{i} {a:?} touches {j} {b:?}");
                let pole_passes = a.top > b.bottom && b.left < a.x && a.x < b.right;
                assert!(!pole_passes || a.lines.is_empty(), "the pole of {a:?} runs through {b:?}");
            }
        }
    }

    #[test]
    fn labels_never_touch_or_leave_the_picture() {
        for plot in [230.0, 500.0, 1000.0, 3800.0] {
            let room = (10.0, 110.0 + plot);
            for n in 0..=15 {
                let even: Vec<f64> = (0..n).map(|i| 100.0 + plot * f64::from(i) / 15.0).collect();
                let late: Vec<f64> = (0..n).map(|i| 100.0 + plot - f64::from(15 - i) * 3.0).collect();
                let squares: Vec<f64> = (0..n).map(|i| 100.0 + plot * f64::from(i * i) / 225.0).collect();
                let tied: Vec<f64> = (0..n).map(|i| 100.0 + plot * f64::from(i / 3) / 5.0).collect();
                for xs in [even, late, squares, tied] {
                    check(&fly_all(&xs, room, 130.0), room);
                }
            }
        }
    }

    #[test]
    fn lone_events_fly_low_and_to_the_right() {
        let flags = fly_all(&[200.0, 600.0], (0.0, 1000.0), 130.0);
        assert!(flags.iter().all(|flag| flag.bottom == 0.0 && flag.side == FlagSide::Right));
        let flags = fly_all(&[200.0, 990.0], (0.0, 1000.0), 130.0);
        assert_eq!(flags[1].side, FlagSide::Left);
    }

    #[test]
    fn hundreds_of_events_and_no_room_do_not_panic() {
        let xs: Vec<f64> = (0..300).map(|i| 100.0 + f64::from(i)).collect();
        check(&fly_all(&xs, (10.0, 400.0), 130.0), (10.0, 400.0));
        assert_eq!(fly_all(&[0.0], (0.0, 10.0), 1.0).len(), 1);
        assert!(fly_all(&[], (0.0, 0.0), 1.0).is_empty());
    }
}
