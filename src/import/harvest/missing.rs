//! Numbers among positions that are hardly levels: 9 or 99 for "no answer", and slips.

use std::collections::{BTreeMap, BTreeSet};

use crate::codebook::Position;
use crate::import::scale::is_code;

/// A number this far from all others is hardly a level of the same scale.
const FAR: i32 = 3;
/// As few cells as show the range of a scale that begins at 1.
const MANY: usize = 10;

/// 0 below a scale that usually begins at 1, such as 1 to 5: surveys write it for "no answer".
pub fn zero(counts: &BTreeMap<Position, usize>) -> Option<Position> {
    const ENDS: [i32; 2] = [5, 7];
    let (lowest, highest) = (counts.keys().next()?.0, counts.keys().next_back()?.0);
    (lowest == 0 && ENDS.contains(&highest) && counts.len() > 3).then_some(Position(0))
}

/// The numbers that stand apart from all others, by how many cells have each number.
pub fn far(counts: &BTreeMap<Position, usize>) -> BTreeSet<Position> {
    let mut far = codes(counts);
    let others: BTreeMap<Position, usize> =
        counts.iter().filter(|(number, _)| !far.contains(number)).map(|(number, count)| (*number, *count)).collect();
    far.extend(below(&others));
    far.extend(rare(&others));
    far
}

/// Codes for missing answers with a gap before the scale that the others are on, however many cells have them.
fn codes(counts: &BTreeMap<Position, usize>) -> BTreeSet<Position> {
    let mut rest: Vec<i32> = counts.keys().map(|number| number.0).collect();
    let mut found = BTreeSet::new();
    // From the outside in, one end after the other.
    loop {
        let beyond = |end: i32, next: i32, own: &[i32]| {
            let widest = own.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap_or(1);
            let gap = (end - next).abs();
            // The codes beside it, such as 98 beside 99, leave no gap of their own.
            gap >= FAR && gap * 2 >= widest * 3
        };
        let inner: Vec<i32> = rest.iter().copied().filter(|number| !is_code(*number)).collect();
        let inside = if inner.len() >= 2 { &inner[..] } else { &rest[..] };
        let (Some(low), Some(high)) = (inside.first().copied(), inside.last().copied()) else { return found };
        if inside.len() < 2 {
            return found;
        }
        let outer = rest.iter().copied().find(|number| {
            let outside = *number < low || *number > high;
            let next = if *number < low { low } else { high };
            outside && is_code(*number) && beyond(*number, next, inside)
        });
        match outer {
            Some(number) => {
                found.insert(Position(number));
                rest.retain(|other| *other != number);
            }
            None => return found,
        }
    }
}

/// -1 below a scale that has no other number with this sign: `-1` among 1 to 5 is no level, and no scale from -5 to 5.
fn below(counts: &BTreeMap<Position, usize>) -> Option<Position> {
    let mut numbers = counts.keys().map(|number| number.0);
    let (lowest, next) = (numbers.next()?, numbers.next()?);
    let highest = numbers.next_back()?;
    let has_zero = next == 0;
    let alone = lowest == -1 && next >= 0 && (highest >= 4 || (!has_zero && highest >= 3));
    alone.then_some(Position(lowest))
}

/// Other numbers that are rare and far away.
fn rare(counts: &BTreeMap<Position, usize>) -> BTreeSet<Position> {
    let all: usize = counts.values().sum();
    // The run of neighbours that most cells are in.
    let mut runs: Vec<BTreeSet<Position>> = Vec::new();
    for number in counts.keys().copied() {
        match runs.last_mut().filter(|run| run.last().is_some_and(|last| number.0.saturating_sub(last.0) < FAR)) {
            Some(run) => drop(run.insert(number)),
            None => runs.push(BTreeSet::from([number])),
        }
    }
    let weight = |run: &BTreeSet<Position>| run.iter().map(|number| counts[number]).sum::<usize>();
    let Some(main) = runs.iter().max_by_key(|run| weight(run)) else { return BTreeSet::new() };
    // On a scale with both signs, a stranger is seen at once. From 1 on, 5 may be rare and sound.
    let (inside, strangers) = (weight(main), all - weight(main));
    let span = main.last().zip(main.first()).map_or(0, |(last, first)| last.0.saturating_sub(first.0));
    let reach = main.iter().map(|number| number.0.abs()).max().unwrap_or(0);
    // Further away than any scale of such a beginning goes.
    let out_of_reach = |number: &Position| number.0.abs() > reach && number.0.abs() - reach > 5 * (span + 1);
    let is_scale = match main.first() {
        Some(lowest) if lowest.0 < 0 => inside * 4 >= all * 3,
        _ => main.len() >= 3 && all >= MANY && strangers * 10 <= all,
    };
    let outside = counts.keys().copied().filter(|number| !main.contains(number));
    if main.len() < 2 {
        BTreeSet::new()
    } else if is_scale {
        outside.filter(|number| number.0.abs() > reach).collect()
    } else {
        outside.filter(out_of_reach).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn far_of(cells: &[(i32, usize)]) -> Vec<i32> {
        let counts = cells.iter().map(|(number, count)| (Position(*number), *count)).collect();
        far(&counts).into_iter().map(|number| number.0).collect()
    }

    #[test]
    fn codes_for_no_answer_are_no_levels() {
        let scale = [(1, 2), (2, 2), (3, 2), (4, 2), (5, 2)];
        for codes in
            [&[8][..], &[9], &[8, 9], &[99], &[98, 99], &[88, 99], &[-99], &[-99, 99], &[-1], &[999], &[-98, -97]]
        {
            let cells: Vec<(i32, usize)> = scale.into_iter().chain(codes.iter().map(|code| (*code, 4))).collect();
            let mut wanted = codes.to_vec();
            wanted.sort_unstable();
            assert_eq!(far_of(&cells), wanted, "{codes:?}");
        }
        assert_eq!(far_of(&[(1, 3), (5, 2), (99, 2)]), [99]);
        assert_eq!(far_of(&[(-2, 3), (2, 2), (9, 1)]), [9]);
        assert_eq!(far_of(&[(-2, 3), (0, 2), (2, 2), (-9, 1)]), [-9]);
        assert_eq!(far_of(&[(0, 3), (5, 2), (10, 2), (-1, 1)]), [-1]);
    }

    #[test]
    fn zero_below_a_scale_that_begins_at_1_may_be_no_answer() {
        let zero_of = |numbers: &[i32]| zero(&numbers.iter().map(|number| (Position(*number), 2)).collect());
        for numbers in [&[0, 1, 2, 3, 4, 5][..], &[0, 1, 3, 5], &[0, 1, 2, 3, 4, 5, 6, 7]] {
            assert_eq!(zero_of(numbers), Some(Position(0)), "{numbers:?}");
        }
        for numbers in [&[0, 1, 2][..], &[0, 1, 2, 3, 4], &[0, 2, 5, 8, 10], &[-5, 0, 3, 5], &[1, 2, 3, 5], &[0, 5]] {
            assert_eq!(zero_of(numbers), None, "{numbers:?}");
        }
    }

    #[test]
    fn long_and_sparse_scales_are_scales() {
        for cells in [
            &[(0, 1), (20, 1), (50, 2), (80, 1), (99, 1)][..],
            &[(0, 1), (50, 1), (100, 2)],
            &[(1, 1), (4, 1), (7, 2), (10, 1)],
            &[(1, 3), (2, 2), (9, 1), (8, 1), (6, 2), (4, 1), (5, 1), (7, 1)],
            &[(-1, 3), (0, 2), (1, 1)],
            &[(-1, 3), (1, 2), (2, 1)],
            &[(-2, 3), (2, 2)],
            &[(1, 5), (5, 4)],
            &[(-50, 1), (0, 3), (40, 1), (100, 2)],
        ] {
            assert_eq!(far_of(cells), Vec::<i32>::new(), "{cells:?}");
        }
    }
}
