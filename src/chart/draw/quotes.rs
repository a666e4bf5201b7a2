//! Quotations in the picture: blocks below a panel, each with a line to its mark.
//!
//! The blocks are in the order of their marks, so that no two lines cross. Each is as close to its mark
//! as it can be without touching another. If the picture is too narrow for all of them, the least
//! important are left out.

use crate::chart::draw::face::{Face, Fonts};
use crate::chart::draw::placed::{Anchor, Group, Leader, MarkShape, Rect, Sheet, TextLine};
use crate::chart::draw::style::{INK, QUOTED, SMALL, SOFT, TIGHT};
use crate::chart::figure::Quote;

/// The widest and the narrowest block.
const WIDTHS: (f64, f64) = (250.0, 140.0);
/// Pixels between blocks.
const GAP: f64 = 22.0;
/// Pixels between two lines that would otherwise run along each other.
const LINE_GAP: f64 = 3.0;
/// The height in which lines go from below their mark to their block.
const REACH: f64 = 16.0;
/// Pixels between two lines that run across to their blocks.
const TRACK: f64 = 6.0;
/// The most lines of a quotation, and of a quotation on a narrow picture. Longer ones are cut at a word.
const LINES: (usize, usize) = (4, 6);
/// The sign for cut words.
const ELLIPSIS: &str = "…";

/// Places quotations below `top`, given the panel's marks and where the dates of its axis begin and end.
/// Lines go around those dates. Returns the lower edge.
pub fn place<'q>(
    quotes: &'q [Quote],
    marks: &[Option<MarkShape>],
    dates: &[(f64, f64)],
    sheet: &Sheet<'_>,
    group: &mut Group,
    (axis, top): (f64, f64),
) -> f64 {
    let most = ((sheet.inner() + GAP) / (WIDTHS.1 + GAP)).floor().max(1.0) as usize;
    let placed = |quote: &'q Quote| Some((quote, marks.get(quote.mark).copied().flatten()?));
    let mut shown: Vec<(&Quote, MarkShape)> = quotes.iter().filter_map(placed).take(most).collect();
    if shown.is_empty() {
        return top;
    }
    shown.sort_by(|(a, one), (b, other)| foot(*one).0.total_cmp(&foot(*other).0).then(a.mark.cmp(&b.mark)));
    let count = shown.len() as f64;
    let wide = ((sheet.inner() - (count - 1.0) * GAP) / count).min(WIDTHS.0);
    let xs: Vec<f64> = shown.iter().map(|(_, mark)| foot(*mark).0).collect();
    let xs = parted(&xs);
    let pasts = pasts(&xs, dates);
    let lefts = spread(&xs, wide, (sheet.margin, sheet.width - sheet.margin));
    let (head, body) = (Face::semibold(SMALL), Face::regular(SMALL));
    let line = SMALL * 1.28;
    // A line ends above the first words, so that it cannot be mistaken for the line of the next block.
    let end = |((quote, _), (left, x)): (&(&Quote, MarkShape), (&f64, &f64))| {
        x.clamp(left + 3.0, left + 3.0 + sheet.fonts.width(&quote.head, head).min(wide - 6.0))
    };
    let ends: Vec<f64> = shown.iter().zip(lefts.iter().zip(&pasts)).map(end).collect();
    let tracks = tracks(&pasts, &ends);
    let deepest = tracks.iter().copied().max().unwrap_or(0) as f64;
    let lines_top = top + REACH + TRACK * deepest;
    let mut bottom = lines_top;
    let ways = xs.into_iter().zip(pasts).zip(ends.into_iter().zip(tracks));
    for (((quote, mark), left), ((x, past), (end, track))) in shown.into_iter().zip(lefts).zip(ways) {
        let ring = match mark {
            MarkShape::Dot(x, y, radius) => Some((x, y, radius)),
            MarkShape::Bar(_) | MarkShape::Block(_) => None,
        };
        let turn = top + 4.0 + TRACK * track as f64;
        let below = [(x, axis + 1.0), (past, axis + 6.0), (past, turn), (end, turn), (end, lines_top - 2.0)];
        let points = std::iter::once((x, below_mark(mark, x))).chain(below).collect();
        group.leaders.push(Leader { ring, points });
        let most = if sheet.small { LINES.1 } else { LINES.0 };
        let heads = sheet.fonts.wrap_at_most(&quote.head, head, wide, 2).into_iter().map(|text| (text, head, INK));
        let texts = cut(quote, sheet.fonts, body, wide, most).into_iter().map(|text| (text, body, SOFT));
        let mut y = lines_top + SMALL * TIGHT / 2.0;
        for (text, face, colour) in heads.chain(texts) {
            group.words.push(TextLine { text, x: left, y, anchor: Anchor::Start, face, colour, halo: false });
            y += line;
        }
        bottom = bottom.max(y - line / 2.0);
    }
    bottom
}

/// The bottom of a mark.
fn foot(mark: MarkShape) -> (f64, f64) {
    match mark {
        MarkShape::Dot(x, y, radius) => (x, y + radius),
        MarkShape::Bar(Rect { left, right, bottom, .. }) | MarkShape::Block(Rect { left, right, bottom, .. }) => {
            (f64::midpoint(left, right), bottom)
        }
    }
}

/// Where a line at `x` begins below its mark: at the ring around it, if it has one.
fn below_mark(mark: MarkShape, x: f64) -> f64 {
    match mark {
        MarkShape::Dot(middle, y, radius) => {
            let (ring, aside) = (radius + QUOTED, x - middle);
            y + (ring * ring - aside * aside).max(0.0).sqrt()
        }
        MarkShape::Bar(_) | MarkShape::Block(_) => foot(mark).1 + QUOTED,
    }
}

/// Where lines run down from marks at ascending xs: directly below them, or side by side if marks share
/// a day.
fn parted(xs: &[f64]) -> Vec<f64> {
    let mut parted = Vec::with_capacity(xs.len());
    for near in xs.chunk_by(|a, b| b - a < LINE_GAP) {
        let middle = near.iter().sum::<f64>() / near.len() as f64;
        let first = middle - LINE_GAP * near.len().saturating_sub(1) as f64 / 2.0;
        parted.extend((0..near.len()).map(|i| first + LINE_GAP * i as f64));
    }
    parted
}

/// Where lines at ascending xs pass the dates below an axis without running through a date or along each
/// other.
fn pasts(xs: &[f64], dates: &[(f64, f64)]) -> Vec<f64> {
    let clear = 4.0;
    let around = |x: f64| dates.iter().find(|(left, right)| left - clear < x && x < right + clear);
    let goes_left = |x: f64| around(x).filter(|(left, right)| x - left < right - x);
    let mut pasts = Vec::with_capacity(xs.len());
    for (place, x) in xs.iter().enumerate() {
        pasts.push(match (goes_left(*x), around(*x)) {
            (Some(date), _) => {
                let inner = xs[place + 1..].iter().filter(|other| goes_left(**other) == Some(date)).count();
                date.0 - clear - LINE_GAP * inner as f64
            }
            (None, Some(date)) => {
                let inner = xs[..place].iter().filter(|x| goes_left(**x).is_none() && around(**x) == Some(date));
                date.1 + clear + LINE_GAP * inner.count() as f64
            }
            (None, None) => *x,
        });
    }
    pasts
}

/// How deep each line turns across to its block, from 0, so that none crosses another or runs along it. Lines come
/// down at ascending `pasts` and end at ascending `ends`.
fn tracks(pasts: &[f64], ends: &[f64]) -> Vec<usize> {
    let mut tracks = vec![0; pasts.len()];
    let across = |i: usize| (pasts[i].min(ends[i]) - LINE_GAP, pasts[i].max(ends[i]) + LINE_GAP);
    let meet = |i: usize, k: usize| across(i).0 <= across(k).1 && across(k).0 <= across(i).1;
    // Of lines that go to the left, one that comes down further right turns deeper: it passes below the others.
    for i in 0..pasts.len() {
        if ends[i] < pasts[i] {
            let above = (0..i).filter(|k| ends[*k] < pasts[*k] && meet(i, *k)).map(|k| tracks[k] + 1);
            tracks[i] = above.max().unwrap_or(0);
        }
    }
    for i in (0..pasts.len()).rev() {
        if ends[i] >= pasts[i] {
            let above = (i + 1..pasts.len()).filter(|k| ends[*k] > pasts[*k] && meet(i, *k)).map(|k| tracks[k] + 1);
            tracks[i] = above.max().unwrap_or(0);
        }
    }
    tracks
}

/// Returns the left edges of blocks of a given width between two pixels. Each is as close below its x as
/// possible, and they are `GAP` apart. The xs ascend.
fn spread(xs: &[f64], wide: f64, (from, to): (f64, f64)) -> Vec<f64> {
    let mut lefts: Vec<f64> = Vec::with_capacity(xs.len());
    for x in xs {
        let least = lefts.last().map_or(from, |left| left + wide + GAP);
        lefts.push((x - 0.3 * wide).max(least));
    }
    let mut most = to - wide;
    for left in lefts.iter_mut().rev() {
        *left = left.min(most);
        most = *left - wide - GAP;
    }
    lefts
}

/// Returns the lines of a quotation: all of it, or as many whole words as fit and an ellipsis.
pub fn cut(quote: &Quote, fonts: &Fonts, face: Face, wide: f64, most: usize) -> Vec<String> {
    let mut lines = fonts.wrap(&quote.text, face, wide);
    if lines.len() <= most {
        return lines;
    }
    lines.truncate(most);
    let end = format!("{ELLIPSIS}{}", quote.close);
    if let Some(last) = lines.last_mut() {
        let bare = |text: &str| text.trim_end_matches(|c: char| c.is_whitespace() || ",;:–—-".contains(c)).to_owned();
        let mut kept = bare(last);
        while fonts.width(&format!("{kept}{end}"), face) > wide {
            match kept.rsplit_once(char::is_whitespace) {
                Some((shorter, _)) => kept = bare(shorter),
                None => break,
            }
        }
        *last = format!("{kept}{end}");
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::draw::placed::Size;
    use crate::math::square;

    fn quote(mark: usize, text: &str) -> Quote {
        Quote { mark, head: format!("No. {mark}, 8 July 2025"), text: text.to_owned(), close: "”".to_owned() }
    }

    #[test]
    fn blocks_are_apart_inside_and_near_their_marks() {
        for xs in [vec![0.0, 1.0, 2.0], vec![900.0, 910.0, 920.0, 930.0], vec![100.0, 500.0, 900.0], vec![10.0]] {
            let wide = 200.0;
            let lefts = spread(&xs, wide, (28.0, 1172.0));
            assert!(lefts.windows(2).all(|pair| pair[1] - pair[0] >= wide + GAP - 1e-9), "{lefts:?}");
            assert!(lefts[0] >= 28.0 && lefts[lefts.len() - 1] + wide <= 1172.0 + 1e-9, "{lefts:?}");
        }
        assert_eq!(spread(&[500.0], 200.0, (28.0, 1172.0)), [440.0]);
    }

    #[test]
    fn long_quotations_are_cut_at_a_word_and_short_ones_stay_whole() {
        let fonts = Fonts::embedded();
        let face = Face::regular(SMALL);
        let long = "“We will build the line, ".to_owned() + &"and then the next one, ".repeat(30) + "in time”";
        let lines = cut(&quote(0, &long), &fonts, face, 200.0, 4);
        assert_eq!(lines.len(), 4);
        let shown = lines.join(" ");
        assert!(shown.ends_with("…”") && !shown.ends_with(",…”"), "{shown}");
        assert!(long.starts_with(shown.trim_end_matches("…”")), "{shown}");
        assert!(lines.iter().all(|line| fonts.width(line, face) <= 200.0));
        assert_eq!(cut(&quote(0, "“Yes.”"), &fonts, face, 200.0, 4), ["“Yes.”"]);
    }

    #[test]
    fn lines_of_one_day_and_of_one_date_lie_beside_one_another() {
        assert_eq!(parted(&[10.0, 10.0, 90.0]), [8.5, 11.5, 90.0]);
        let dates = [(40.0, 80.0)];
        let past = pasts(&[10.0, 45.0, 48.0, 70.0, 75.0, 95.0], &dates);
        assert_eq!(past, [10.0, 33.0, 36.0, 84.0, 87.0, 95.0]);
        let fonts = Fonts::embedded();
        let sheet = Sheet::new(Size { width: 1200.0, height: None }, &fonts);
        let quotes = [quote(0, "“Yes.”"), quote(1, "“No.”")];
        let marks = [Some(MarkShape::Dot(300.0, 20.0, 5.0)), Some(MarkShape::Dot(300.0, 60.0, 5.0))];
        let mut group = Group::default();
        place(&quotes, &marks, &[], &sheet, &mut group, (80.0, 100.0));
        let down = |leader: &Leader| (leader.points[0].0, leader.points[1].0);
        let (first, second) = (down(&group.leaders[0]), down(&group.leaders[1]));
        assert!(first == (298.5, 298.5) && second == (301.5, 301.5), "{first:?} {second:?}");
        // Each begins at the ring around its mark.
        for (leader, y) in group.leaders.iter().zip([20.0, 60.0]) {
            let (x, foot) = leader.points[0];
            assert!(((square(x - 300.0) + square(foot - y)).sqrt() - 5.0 - QUOTED).abs() < 1e-9);
        }
    }

    #[test]
    fn lines_to_blocks_do_not_cross() {
        for xs in [vec![900.0, 910.0, 920.0, 930.0], vec![10.0, 20.0, 30.0, 40.0], vec![10.0, 500.0, 505.0, 1100.0]] {
            let lefts = spread(&xs, 250.0, (28.0, 1172.0));
            let ends: Vec<f64> = xs.iter().zip(&lefts).map(|(x, left)| x.clamp(left + 3.0, left + 80.0)).collect();
            let tracks = tracks(&xs, &ends);
            for i in 0..xs.len() {
                for k in (0..xs.len()).filter(|k| *k != i) {
                    let (low, high) = (xs[i].min(ends[i]), xs[i].max(ends[i]));
                    // The line of k comes down at its x to its track, and goes on at its end from there.
                    let down = low < xs[k] && xs[k] < high && tracks[k] >= tracks[i];
                    let on = low < ends[k] && ends[k] < high && tracks[k] <= tracks[i];
                    assert!(!down && !on, "{xs:?} {ends:?} {tracks:?}");
                }
            }
        }
        assert_eq!(tracks(&[100.0], &[100.0]), [0]);
    }

    #[test]
    fn narrow_pictures_show_the_most_telling() {
        let fonts = Fonts::embedded();
        let sheet = Sheet::new(Size { width: 360.0, height: None }, &fonts);
        let quotes: Vec<Quote> = [3, 0, 2, 1].map(|mark| quote(mark, "“Yes.”")).into();
        let marks: Vec<Option<MarkShape>> =
            (0..4).map(|i| Some(MarkShape::Dot(100.0 + 50.0 * f64::from(i), 60.0, 5.0))).collect();
        let mut group = Group::default();
        let bottom = place(&quotes, &marks, &[(140.0, 170.0)], &sheet, &mut group, (80.0, 100.0));
        assert_eq!(group.leaders.len(), 2);
        assert!(group.words[0].text.starts_with("No. 0") && bottom > 100.0);
        // The second line goes around the date that it would run through.
        let points = group.leaders.iter().flat_map(|leader| &leader.points);
        let in_dates = |(x, y): &&(f64, f64)| (82.0..100.0).contains(y) && (141.0..169.0).contains(x);
        assert_eq!(points.filter(in_dates).count(), 0);
        assert_eq!(place(&[], &marks, &[], &sheet, &mut Group::default(), (80.0, 100.0)), 100.0);
    }
}
