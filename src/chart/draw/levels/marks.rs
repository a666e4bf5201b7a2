//! The marks of a panel and its curve: what is drawn for the statements.

use crate::chart::draw::dodge;
use crate::chart::draw::levels::page::{NEAR, PanelPage};
use crate::chart::draw::placed::{Group, MarkShape, Placed, PlacedCurve, Rect};
use crate::chart::draw::style::{BAR, CASING, CLAIM_STROKE, CURVE_STROKE, MARK_OUTLINE};
use crate::chart::figure::{CurvePoint, Mark, Panel};

/// Places a part of a curve. Anything outside the axis is cut off.
pub fn place_curve(part: &[CurvePoint], panel: &Panel, page: &PanelPage<'_>, plot_bottom: f64) -> PlacedCurve {
    let part: Vec<&CurvePoint> = part.iter().filter(|point| page.axis.contains(point.date)).collect();
    let point = |point: &CurvePoint, rank: f64| (page.axis.x(point.date), plot_bottom - page.level_height(panel, rank));
    let lower = part.iter().map(|p| point(p, p.low));
    let upper = part.iter().rev().map(|p| point(p, p.high));
    let band = lower.chain(upper).collect();
    PlacedCurve { mean: part.iter().map(|p| point(p, p.mean)).collect(), band, claim: false }
}

/// Places a straight part of the line of a finding. It has a band only if its range is known.
pub fn place_claim(ends: &[CurvePoint; 2], panel: &Panel, page: &PanelPage<'_>, plot_bottom: f64) -> PlacedCurve {
    let placed = place_curve(ends, panel, page, plot_bottom);
    let known = ends.iter().any(|end| end.low < end.high);
    PlacedCurve { claim: true, band: if known { placed.band } else { Vec::new() }, ..placed }
}

/// Places the marks, with bars first so that the marks of single days are on top, and clear of the curves that the
/// group has. Returns where each mark is.
pub fn place_marks(panel: &Panel, page: &PanelPage<'_>, group: &mut Group, plot_bottom: f64) -> Vec<Option<MarkShape>> {
    let positions: Vec<i32> = panel.levels.iter().map(|level| level.position).collect();
    let mut placed: Vec<(bool, usize, Placed)> = Vec::with_capacity(panel.marks.len());
    for (rank, level) in panel.levels.iter().enumerate() {
        // A position that a scale has twice is drawn once.
        if positions[..rank].contains(&level.position) {
            continue;
        }
        let y = plot_bottom - page.level_height(panel, rank as f64);
        let colour = page.sheet.palette.colour(level.position, &positions);
        for (i, shape, outline) in place_level_marks(panel, level.position, page, y, &group.curves) {
            let Mark { kind, tooltip, link, .. } = &panel.marks[i];
            let mark = Placed { shape, kind: *kind, colour, outline, tooltip: tooltip.clone(), link: link.clone() };
            placed.push((matches!(shape, MarkShape::Dot(..)), i, mark));
        }
    }
    placed.sort_by_key(|(dot, i, _)| (*dot, *i));
    let mut places = vec![None; panel.marks.len()];
    for (_, i, mark) in placed {
        places[i] = Some(mark.shape);
        group.marks.push(mark);
    }
    places
}

/// Places the marks of one level, each with its index in the panel and the width of its outline.
fn place_level_marks(
    panel: &Panel,
    position: i32,
    page: &PanelPage<'_>,
    y: f64,
    curves: &[PlacedCurve],
) -> Vec<(usize, MarkShape, f64)> {
    let here = panel.marks.iter().enumerate().filter(|(_, mark)| mark.position == position);
    let (mut dots, mut bars): (Vec<_>, Vec<_>) = here.partition(|(_, mark)| !mark.by_month);
    dots.sort_by_key(|(_, mark)| mark.from);
    bars.sort_by_key(|(_, mark)| (mark.from.min(mark.to), mark.from.max(mark.to)));
    let xs: Vec<f64> = dots.iter().map(|(_, mark)| page.axis.x(mark.from)).collect();
    let band = page.band_in(panel);
    let mut offsets = dodge::dots(&xs, page.radius, band);
    for curve in curves {
        let stroke = if curve.claim { CLAIM_STROKE } else { CURVE_STROKE };
        let clear = page.radius + CASING + stroke / 2.0;
        let across = |x: f64| height(curve, x).map(|height| height - y);
        dodge::make_room(&xs, &mut offsets, across, (page.radius, clear, band));
    }
    let outlines = outlines(&xs, &offsets);
    let around: Vec<(f64, f64)> = xs.into_iter().zip(offsets).collect();
    let spans: Vec<(f64, f64)> = bars.iter().map(|(_, mark)| span(mark, page)).collect();
    let tracks = dodge::bars(&spans, &around, page.radius, NEAR * page.step_in(panel));
    let bar = |((left, right), offset): ((f64, f64), f64)| {
        MarkShape::Bar(Rect { left, right, top: y + offset - BAR / 2.0, bottom: y + offset + BAR / 2.0 })
    };
    let dot = |(x, offset): (f64, f64)| MarkShape::Dot(x, y + offset, page.radius);
    let bars = bars.into_iter().zip(spans.into_iter().zip(tracks)).map(|((i, _), place)| (i, bar(place), MARK_OUTLINE));
    let dots = dots.into_iter().zip(around).zip(outlines).map(|(((i, _), place), line)| (i, dot(place), line));
    bars.chain(dots).collect()
}

/// The y of a curve's mean at an x, if it runs there.
fn height(curve: &PlacedCurve, x: f64) -> Option<f64> {
    let next = curve.mean.partition_point(|(end, _)| *end < x);
    let (right, to) = *curve.mean.get(next)?;
    let (left, from) = if next == 0 { (right, to) } else { curve.mean[next - 1] };
    if x < left || right <= left {
        return (x == right).then_some(to);
    }
    Some(from + (to - from) * (x - left) / (right - left))
}

/// Returns the width of every dot's outline. It is thinner in tight piles, which would otherwise be all
/// outline.
fn outlines(xs: &[f64], offsets: &[f64]) -> Vec<f64> {
    let mut widths = Vec::with_capacity(xs.len());
    for day in xs.chunk_by(|a, b| a == b) {
        let first = widths.len();
        let apart = if day.len() > 1 { offsets[first + 1] - offsets[first] } else { f64::INFINITY };
        let width = (apart / 4.0).min(MARK_OUTLINE);
        widths.extend(day.iter().map(|_| if width < 0.3 { 0.0 } else { width }));
    }
    widths
}

/// Returns the pixels covered by a mark of several days. They are never fewer than a bar is thick, so
/// that the mark is visible on long axes.
fn span(mark: &Mark, page: &PanelPage<'_>) -> (f64, f64) {
    let (left, right) = (page.axis.x(mark.from.min(mark.to)), page.axis.x(mark.from.max(mark.to)));
    let grow = (1.6 * BAR - (right - left)).max(0.0) / 2.0;
    (left - grow, right + grow)
}
