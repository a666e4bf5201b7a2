//! Separates marks in the same place, by rule and never at random, and only across the level's line.
//!
//! Dates are exact: a mark moves up or down within its level's band, never sideways.

use crate::chart::draw::style::{BAR, MARK_GAP};

/// How far apart neighbouring days must be before they take turns in lanes, as a share of a mark's
/// radius. It is below 2, so that marks of adjoining days may overlap slightly and do not zigzag.
const REACH: f64 = 1.5;
/// A pile is crowded if each of its marks has less than this share of a mark's width.
const CROWDED: f64 = 0.65;
/// Coins closer than this many radii hide one another.
const HIDES: f64 = 0.9;
/// Free pixels between bars.
const BAR_GAP: f64 = 2.0;

/// Returns how far each of the marks at `xs` (ascending) is from its level's line, at most `band`.
pub fn dots(xs: &[f64], radius: f64, band: f64) -> Vec<f64> {
    place(xs, radius, band).0
}

/// Moves marks, at most `band` from their level's line, so that a line drawn over them leaves them visible. `across`
/// is how far from the level's line that line is at a mark's x, and `clear` the distance at which it covers nothing.
/// The marks on either side of it keep their distances from one another.
pub fn make_room(
    xs: &[f64],
    offsets: &mut [f64],
    across: impl Fn(f64) -> Option<f64>,
    (radius, clear, band): (f64, f64, f64),
) {
    let before = offsets.to_vec();
    for (place, x) in xs.iter().enumerate() {
        let Some(line) = across(*x) else { continue };
        let near = xs.partition_point(|other| *other < x - 4.0 * radius)
            ..xs.partition_point(|other| *other <= x + 4.0 * radius);
        // A mark exactly behind the line goes above it.
        let above = before[place] <= line;
        let side = before[near].iter().filter(|offset| (**offset <= line) == above);
        let gap = side.map(|offset| (offset - line).abs()).fold(f64::INFINITY, f64::min);
        let more = (clear - gap).max(0.0);
        let moved = if above { before[place] - more } else { before[place] + more };
        let moved = moved.clamp(-band, band);
        // If a level has no room for it on its side, it stands on the other one.
        let other = (if above { line + clear } else { line - clear }).clamp(-band, band);
        offsets[place] = if (other - line).abs() > (moved - line).abs() + 1e-9 { other } else { moved };
    }
}

/// Returns how many of the marks at `xs` (ascending) would be hard to distinguish from their neighbours.
pub fn crowded(xs: &[f64], radius: f64, band: f64) -> usize {
    place(xs, radius, band).1
}

/// Returns how far each bar is from its level's line, given the level's dots as (x, offset), with x
/// ascending. Bars go beside the dots of the same days if there is room within `band`. Bars start in
/// ascending order.
pub fn bars(spans: &[(f64, f64)], dots: &[(f64, f64)], radius: f64, band: f64) -> Vec<f64> {
    let tracks = lanes(band, BAR + BAR_GAP);
    let mut beside: Vec<(f64, f64)> = Vec::new();
    let mut full = 0;
    let mut offsets = Vec::with_capacity(spans.len());
    for &(from, to) in spans {
        beside.retain(|&(end, _)| end + BAR_GAP > from);
        let clear = |offset: &f64| beside.iter().all(|(_, other)| (offset - other).abs() >= BAR + BAR_GAP - 1e-9);
        if let Some(offset) = open_tracks((from, to), dots, radius, band).into_iter().find(clear) {
            beside.push((to, offset));
            offsets.push(offset);
        } else {
            // No track is free: the bars take turns from the outside in, behind the dots.
            offsets.push(tracks[tracks.len() - 1 - full % tracks.len()]);
            full += 1;
        }
    }
    offsets
}

/// Returns the offsets at which a bar touches no dot, closest to the line first.
fn open_tracks((from, to): (f64, f64), dots: &[(f64, f64)], radius: f64, band: f64) -> Vec<f64> {
    let near = dots.partition_point(|dot| dot.0 < from - radius)..dots.partition_point(|dot| dot.0 <= to + radius);
    let step = BAR + BAR_GAP;
    if near.is_empty() {
        return lanes(band, step);
    }
    let low = dots[near.clone()].iter().map(|dot| dot.1).fold(f64::INFINITY, f64::min);
    let high = dots[near].iter().map(|dot| dot.1).fold(f64::NEG_INFINITY, f64::max);
    let clear = radius + MARK_GAP + BAR / 2.0;
    let most = (band / step).max(0.0) as usize;
    let outward = (0..=most).map(|k| k as f64 * step).flat_map(|more| [low - clear - more, high + clear + more]);
    let mut tracks: Vec<f64> = outward.filter(|offset| offset.abs() <= band).collect();
    tracks.sort_by(|a, b| a.abs().total_cmp(&b.abs()));
    tracks
}

/// Returns how far each of the marks at `xs` (ascending) is from its line if marks that would hide one
/// another overlap like coins, at most `band`. They take turns above and below, because a pile in one
/// direction would look like a falling or rising position.
pub fn coins(xs: &[f64], radius: f64, band: f64) -> Vec<f64> {
    let mut offsets = Vec::with_capacity(xs.len());
    for pile in xs.chunk_by(|a, b| b - a < HIDES * radius) {
        let places = even_pile(pile.len(), radius, band);
        let (mut above, mut below) = (places.iter(), places.iter().rev());
        offsets.extend((0..pile.len()).filter_map(|i| if i % 2 == 0 { above.next() } else { below.next() }));
    }
    offsets
}

fn place(xs: &[f64], radius: f64, band: f64) -> (Vec<f64>, usize) {
    let step = 2.0 * radius + MARK_GAP;
    let reach = REACH * radius;
    let lanes = lanes(band, step);
    let mut free_from = vec![f64::NEG_INFINITY; lanes.len()];
    let mut offsets = Vec::with_capacity(xs.len());
    let mut crowd = 0;
    let days: Vec<&[f64]> = xs.chunk_by(|a, b| a == b).collect();
    for (i, day) in days.iter().enumerate() {
        let (x, n) = (day[0], day.len());
        let alone = (i == 0 || x - days[i - 1][0] >= reach) && days.get(i + 1).is_none_or(|next| next[0] - x >= reach);
        let free: Vec<usize> = (0..lanes.len()).filter(|&lane| free_from[lane] <= x).take(n).collect();
        let mut pile: Vec<f64> = if alone || free.len() < n {
            even_pile(n, step, band)
        } else {
            free.iter().map(|&lane| lanes[lane]).collect()
        };
        pile.sort_by(f64::total_cmp);
        if free.len() < n && (n == 1 || pile[1] - pile[0] < CROWDED * 2.0 * radius) {
            crowd += n;
        }
        for (lane, free_from) in lanes.iter().zip(&mut free_from) {
            if pile.iter().any(|offset| (offset - lane).abs() < step / 2.0) {
                *free_from = x + reach;
            }
        }
        offsets.append(&mut pile);
    }
    (offsets, crowd)
}

/// Returns the offsets of the lanes within a band, from the line outwards, up and down in turn.
fn lanes(band: f64, step: f64) -> Vec<f64> {
    let each_side = (band / step).max(0.0) as usize;
    let outward = (1..=each_side).flat_map(|k| [-(k as f64) * step, k as f64 * step]);
    std::iter::once(0.0).chain(outward).collect()
}

/// Returns `n` offsets around the line, `step` apart, or closer if the band requires it.
fn even_pile(n: usize, step: f64, band: f64) -> Vec<f64> {
    let gaps = n.saturating_sub(1) as f64;
    let step = if gaps * step > 2.0 * band { 2.0 * band / gaps } else { step };
    (0..n).map(|i| ((i as f64 - gaps / 2.0) * step).clamp(-band, band)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::square;

    const RADIUS: f64 = 5.0;
    const BAND: f64 = 18.0;

    #[test]
    fn lone_marks_stay_on_their_line_and_pairs_straddle_it() {
        assert_eq!(dots(&[0.0, 100.0], RADIUS, BAND), [0.0, 0.0]);
        assert_eq!(dots(&[50.0, 50.0], RADIUS, BAND), [-5.5, 5.5]);
    }

    #[test]
    fn neighbours_do_not_cover_each_other() {
        let xs: Vec<f64> = (0..60).map(|i| f64::from(i) * 4.2).collect();
        let offsets = dots(&xs, RADIUS, BAND);
        for i in 0..xs.len() {
            for j in 0..i {
                let apart = (square(xs[i] - xs[j]) + square(offsets[i] - offsets[j])).sqrt();
                assert!(apart >= REACH * RADIUS - 1e-9, "{i} and {j}: {apart}");
            }
        }
    }

    #[test]
    fn big_piles_overlap_evenly_within_the_band() {
        let offsets = dots(&[7.0; 600], RADIUS, BAND);
        assert_eq!((offsets[0], offsets[599]), (-BAND, BAND));
        assert!(offsets.windows(2).all(|pair| (pair[1] - pair[0] - 2.0 * BAND / 599.0).abs() < 1e-9));
        assert_eq!(crowded(&[7.0; 600], RADIUS, BAND), 600);
        assert_eq!(crowded(&[7.0; 3], RADIUS, BAND), 0);
    }

    #[test]
    fn bars_keep_clear_of_dots_and_of_each_other() {
        assert_eq!(bars(&[(0.0, 100.0)], &[], RADIUS, BAND), [0.0]);
        let offset = bars(&[(0.0, 100.0)], &[(50.0, 0.0)], RADIUS, BAND)[0];
        assert!(offset.abs() >= RADIUS + BAR / 2.0 && offset.abs() <= BAND);
        let beside_two = bars(&[(0.0, 100.0)], &[(50.0, -5.5), (50.0, 5.5)], RADIUS, 14.4)[0];
        assert!(beside_two.abs() >= 5.5 + RADIUS + BAR / 2.0);
        let two = bars(&[(0.0, 100.0), (0.0, 100.0)], &[], RADIUS, BAND);
        assert!((two[0] - two[1]).abs() > BAR);
        assert!(bars(&[(0.0, 9.0); 500], &[(5.0, 0.0)], RADIUS, BAND).iter().all(|o| o.abs() <= BAND));
    }

    #[test]
    fn coins_take_turns_around_their_line() {
        assert_eq!(coins(&[0.0, 50.0], RADIUS, BAND), [0.0, 0.0]);
        assert_eq!(coins(&[0.0, 1.0, 2.0], RADIUS, BAND), [-5.0, 5.0, 0.0]);
        let chain: Vec<f64> = (0..40).map(f64::from).collect();
        let offsets = coins(&chain, RADIUS, 2.0);
        assert!(offsets.iter().all(|offset| offset.abs() <= 2.0));
        let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len() as f64;
        assert!((mean(&offsets[..20]) - mean(&offsets[20..])).abs() < 0.2, "{offsets:?}");
    }

    #[test]
    fn marks_make_room_for_a_line_and_keep_their_distances() {
        let xs = [0.0, 50.0, 50.0, 100.0];
        let moved = |line: f64| {
            let mut offsets = dots(&xs, RADIUS, BAND);
            make_room(&xs, &mut offsets, |x| (x < 90.0).then_some(line), (RADIUS, 8.0, BAND));
            offsets
        };
        assert_eq!(moved(0.0), [-8.0, -8.0, 8.0, 0.0]);
        assert_eq!(moved(-4.0), [4.0, -12.0, 5.5, 0.0]);
        assert_eq!(moved(30.0), dots(&xs, RADIUS, BAND), "a line far away moves nothing");
        let piled = [7.0; 3];
        let mut offsets = dots(&piled, RADIUS, BAND);
        make_room(&piled, &mut offsets, |_| Some(0.0), (RADIUS, 8.0, 30.0));
        assert_eq!(offsets, [-19.0, -8.0, 11.0]);
    }

    #[test]
    fn nothing_to_place_and_no_room_do_not_panic() {
        assert!(dots(&[], RADIUS, BAND).is_empty());
        assert_eq!(dots(&[1.0, 1.0], RADIUS, 0.0), [0.0, 0.0]);
        assert_eq!(bars(&[(0.0, 1.0)], &[(0.5, 0.0)], RADIUS, 0.0), [0.0]);
    }
}
