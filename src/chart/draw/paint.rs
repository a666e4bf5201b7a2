//! Draws a placed figure with plotters.

use std::fmt::Display;

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Circle, PathElement, Polygon, Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBColor, ShapeStyle, TextStyle};

use crate::chart::draw::dress::Dress;
use crate::chart::draw::face::Fonts;
use crate::chart::draw::layout::fill;
use crate::chart::draw::placed::{
    Anchor, Arrow, Group, Leader, LeftOut, Line, MarkShape, Placed, PlacedCurve, Rect, Size, TextLine,
};
use crate::chart::draw::style::{
    ARROW, BAND_COLOUR, BAND_OPACITY, CASING, CLAIM_STROKE, CURVE, CURVE_STROKE, HAIRLINE, HALO, MARK_STROKE, PAPER,
    QUOTED, RANGE_OPACITY, RING, RINGED, RULE_DASH, Rgb, SOFT, SPAN, SPAN_OPACITY, Theme, Weight,
};
use crate::chart::draw::svg::{Control, Extra, LengthUnit, SvgBackend, SvgDocument, UNITS};
use crate::chart::figure::{Figure, MarkKind};
use crate::error::{Error, Result};

/// A picture as an SVG document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// The document.
    pub svg: String,
    /// What there was no room for in its height.
    pub left_out: Vec<LeftOut>,
}

/// Draws `figure` as an SVG document of a given size, with its looks and fonts. Its lengths are in the
/// given unit, with 96 pixels to an inch.
///
/// # Errors
/// [`Error::Request`] if the height is too low. [`Error::Draw`] if the width cannot be laid out, a mark
/// is on no level, panels do not share the rows that they should share, or the picture is too tall.
pub fn svg(
    figure: &Figure,
    size: Size,
    unit_of_length: LengthUnit,
    dress: impl Into<Dress>,
    fonts: &Fonts,
) -> Result<Drawn> {
    let dress = dress.into();
    let (layout, zoom) = fill(figure, size, fonts, &dress)?;
    let control = Control::new(dress.theme, fonts.middle());
    let canvas = (unit(layout.width), unit(layout.height));
    let backend = SvgBackend::new(&control, (canvas.0.unsigned_abs(), canvas.1.unsigned_abs()));
    let pen = Pen { area: backend.into_drawing_area(), control, theme: dress.theme };
    pen.rectangle((0, 0), canvas, PAPER.filled())?;
    for group in layout.groups() {
        let named = !group.name.is_empty();
        if named {
            pen.control.open(&group.name, "");
        }
        pen.group(group)?;
        if named {
            pen.control.close();
        }
    }
    pen.area.present().map_err(refused)?;
    if let (Some(logo), Some(place)) = (&dress.logo, layout.logo) {
        pen.control.picture(&logo.shapes, logo.size, place);
    }
    let document = SvgDocument {
        size: (layout.width, layout.height),
        zoom,
        unit: unit_of_length,
        language: figure.language,
        families: &fonts.families(),
        title: &figure.title,
        description: &figure.description,
    };
    Ok(Drawn { svg: pen.control.document(&document), left_out: layout.left_out })
}

/// A plotters drawing area, and the handle for what plotters cannot express.
struct Pen {
    area: DrawingArea<SvgBackend, Shift>,
    control: Control,
    theme: Theme,
}

impl Pen {
    fn group(&self, group: &Group) -> Result<()> {
        group.spans.iter().try_for_each(|span| self.span(span))?;
        group.lines.iter().try_for_each(|line| self.line(line))?;
        group.curves.iter().filter(|curve| !curve.band.is_empty()).try_for_each(|curve| self.band(curve))?;
        group.leaders.iter().try_for_each(|leader| self.leader(leader))?;
        group.ranges.iter().try_for_each(|(range, colour)| self.range(range, *colour))?;
        group.arrows.iter().try_for_each(|arrow| self.arrow(arrow))?;
        group.marks.iter().try_for_each(|mark| self.mark(mark))?;
        group.curves.iter().try_for_each(|curve| self.curve(curve))?;
        group.words.iter().try_for_each(|words| self.words(words))
    }

    fn line(&self, line: &Line) -> Result<()> {
        let dash = line.rule.then_some(RULE_DASH);
        self.control.next(Extra { dash, ..Extra::default() });
        let points = vec![crisp(line.from, line), crisp(line.to, line)];
        self.area.draw(&PathElement::new(points, line.colour.stroked(HAIRLINE))).map_err(refused)
    }

    /// Draws the band of a part of a curve.
    fn band(&self, curve: &PlacedCurve) -> Result<()> {
        self.control.next(Extra::default());
        let band = BAND_COLOUR.plotters().mix(self.theme.opacity(BAND_OPACITY)).filled();
        self.area.draw(&Polygon::new(canvas(&curve.band), band)).map_err(refused)
    }

    /// Draws the mean of a part of a curve, with a blank line on both sides that keeps it apart from marks.
    fn curve(&self, curve: &PlacedCurve) -> Result<()> {
        let (colour, width) = if curve.claim { (SOFT, CLAIM_STROKE) } else { (CURVE, CURVE_STROKE) };
        for style in [PAPER.stroked(width + 2.0 * CASING), colour.stroked(width)] {
            self.control.next(Extra::default());
            self.area.draw(&PathElement::new(canvas(&curve.mean), style)).map_err(refused)?;
        }
        Ok(())
    }

    /// Draws the line from a mark to its quotation.
    fn leader(&self, leader: &Leader) -> Result<()> {
        if let Some((x, y, radius)) = leader.ring {
            let outline = Some((SOFT, HAIRLINE));
            self.control.next(Extra { outline, ..Extra::default() });
            let ring = Circle::new((unit(x), unit(y)), unit(radius + QUOTED), PAPER.filled());
            self.area.draw(&ring).map_err(refused)?;
        }
        // The words of a ringed mark may stand elsewhere.
        if leader.points.is_empty() {
            return Ok(());
        }
        self.control.next(Extra::default());
        let points = leader.points.iter().map(|(x, y)| (unit(*x), unit(*y))).collect::<Vec<_>>();
        self.area.draw(&PathElement::new(points, SOFT.stroked(HAIRLINE))).map_err(refused)
    }

    /// Draws the background of the dates of a shift.
    fn span(&self, span: &Rect) -> Result<()> {
        self.control.next(Extra::default());
        let style = SPAN.plotters().mix(self.theme.opacity(SPAN_OPACITY)).filled();
        self.rectangle((unit(span.left), unit(span.top)), (unit(span.right), unit(span.bottom)), style)
    }

    /// Draws the range in which a value may lie.
    fn range(&self, range: &Rect, colour: Rgb) -> Result<()> {
        self.control.next(Extra { corner: (range.bottom - range.top) / 2.0, ..Extra::default() });
        let style = colour.plotters().mix(self.theme.opacity(RANGE_OPACITY)).filled();
        self.rectangle((unit(range.left), unit(range.top)), (unit(range.right), unit(range.bottom)), style)
    }

    /// Draws a change: a shaft, and a head that ends at the later value.
    fn arrow(&self, arrow: &Arrow) -> Result<()> {
        let (width, length, half) = ARROW;
        let ((x, y), (end, _)) = (arrow.from, arrow.to);
        let way = if end < x { -1.0 } else { 1.0 };
        let neck = end - way * length.min((end - x).abs());
        self.control.open("", &arrow.tooltip);
        self.control.next(Extra::default());
        let shaft = vec![(unit(x), unit(y)), (unit(neck), unit(y))];
        self.area.draw(&PathElement::new(shaft, arrow.colour.stroked(width))).map_err(refused)?;
        self.control.next(Extra::default());
        let head = vec![(unit(end), unit(y)), (unit(neck), unit(y - half)), (unit(neck), unit(y + half))];
        self.area.draw(&Polygon::new(head, arrow.colour.filled())).map_err(refused)?;
        self.control.close();
        Ok(())
    }

    /// Draws a mark: hollow, filled, or filled within a ring. A single shape has its own tooltip. The
    /// two shapes of a ringed mark share the tooltip of their group.
    /// If its source has an address, it is a link with that name.
    fn mark(&self, mark: &Placed) -> Result<()> {
        if self.control.open_link(&mark.link, &mark.tooltip) {
            self.bare_mark(mark, String::new())?;
            self.control.close();
            return Ok(());
        }
        self.bare_mark(mark, mark.tooltip.clone())
    }

    fn bare_mark(&self, mark: &Placed, title: String) -> Result<()> {
        match mark.kind {
            MarkKind::Rules => {
                self.shape(mark.shape, -MARK_STROKE / 2.0, PAPER, Some((mark.colour, MARK_STROKE)), title)
            }
            MarkKind::Unverified => match mark.shape {
                MarkShape::Dot(x, y, radius) => {
                    self.control.next(Extra { title, outline: Some((mark.colour, MARK_STROKE)), ..Extra::default() });
                    let corner = |dx: f64, dy: f64| (unit(x + dx * radius), unit(y + dy * radius));
                    let corners = vec![corner(0.0, -1.0), corner(1.0, 0.0), corner(0.0, 1.0), corner(-1.0, 0.0)];
                    self.area.draw(&Polygon::new(corners, PAPER.filled())).map_err(refused)
                }
                shape => self.shape(shape, -MARK_STROKE / 2.0, PAPER, Some((mark.colour, MARK_STROKE)), title),
            },
            MarkKind::Hand => {
                let outline = (mark.outline > 0.0).then_some((PAPER, mark.outline));
                self.shape(mark.shape, 0.0, mark.colour, outline, title)
            }
            MarkKind::HandAgainstRules => {
                self.control.open("", &title);
                self.shape(mark.shape, RING, PAPER, Some((mark.colour, MARK_STROKE)), String::new())?;
                let half = match mark.shape {
                    MarkShape::Dot(_, _, radius) => radius,
                    MarkShape::Bar(Rect { top, bottom, .. }) | MarkShape::Block(Rect { top, bottom, .. }) => {
                        (bottom - top) / 2.0
                    }
                };
                self.shape(mark.shape, (RINGED - 1.0) * half, mark.colour, None, String::new())?;
                self.control.close();
                Ok(())
            }
        }
    }

    /// Draws a dot or a bar, `grow` pixels larger on every side.
    fn shape(&self, shape: MarkShape, grow: f64, fill: Rgb, outline: Option<(Rgb, f64)>, title: String) -> Result<()> {
        let extra = Extra { title, outline, ..Extra::default() };
        match shape {
            MarkShape::Dot(x, y, radius) => {
                self.control.next(extra);
                let dot = Circle::new((unit(x), unit(y)), unit((radius + grow).max(0.5)), fill.filled());
                self.area.draw(&dot).map_err(refused)
            }
            MarkShape::Block(Rect { left, top, right, bottom }) => {
                self.control.next(extra);
                self.rectangle((unit(left), unit(top)), (unit(right), unit(bottom)), fill.filled())
            }
            MarkShape::Bar(Rect { left, top, right, bottom }) => {
                self.control.next(Extra { corner: ((bottom - top) / 2.0 + grow).max(0.0), ..extra });
                let from = (unit(left - grow), unit(top - grow));
                self.rectangle(from, (unit(right + grow), unit(bottom + grow)), fill.filled())
            }
        }
    }

    fn rectangle(&self, from: (i32, i32), to: (i32, i32), style: ShapeStyle) -> Result<()> {
        self.area.draw(&Rectangle::new([from, to], style)).map_err(refused)
    }

    fn words(&self, words: &TextLine) -> Result<()> {
        let halo = words.halo.then_some((PAPER, HALO));
        self.control.next(Extra { halo, ..Extra::default() });
        let place = (unit(words.x), unit(words.y));
        self.area.draw(&Text::new(words.text.as_str(), place, text_style(words))).map_err(refused)
    }
}

/// Returns how plotters writes text: anchored at the middle of its capitals.
fn text_style(words: &TextLine) -> TextStyle<'static> {
    let weight = match words.face.weight {
        Weight::Regular => FontStyle::Normal,
        Weight::SemiBold => FontStyle::Bold,
    };
    let h_pos = match words.anchor {
        Anchor::Start => HPos::Left,
        Anchor::Middle => HPos::Center,
        Anchor::End => HPos::Right,
    };
    let font = FontDesc::new(FontFamily::Name("Inter"), words.face.size * UNITS, weight);
    TextStyle { font, color: words.colour.plotters().to_backend_color(), pos: Pos::new(h_pos, VPos::Center) }
}

impl Rgb {
    fn plotters(self) -> RGBColor {
        RGBColor(self.0, self.1, self.2)
    }

    fn filled(self) -> ShapeStyle {
        self.plotters().filled()
    }

    fn stroked(self, width: f64) -> ShapeStyle {
        self.plotters().stroke_width(unit(width).unsigned_abs())
    }
}

/// Returns points in the canvas's units.
fn canvas(points: &[(f64, f64)]) -> Vec<(i32, i32)> {
    points.iter().map(|(x, y)| (unit(*x), unit(*y))).collect()
}

/// Returns a length in the canvas's units. Layouts are far smaller than the size at which this would
/// saturate.
fn unit(pixels: f64) -> i32 {
    (pixels * UNITS).round() as i32
}

/// Returns an end of a hairline, moved across the line to the middle of a pixel, so that the line is
/// sharp.
fn crisp((x, y): (f64, f64), line: &Line) -> (i32, i32) {
    let middle = |v: f64| v.floor() + 0.5;
    if line.from.0 == line.to.0 { (unit(middle(x)), unit(y)) } else { (unit(x), unit(middle(y))) }
}

/// Converts an error from the drawing library.
fn refused(fault: impl Display) -> Error {
    Error::Draw(fault.to_string())
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::chart::draw::png::png;
    use crate::chart::draw::style::Theme;
    use crate::chart::figure::{Body, Companion, FigureEvent, KeyEntry, LevelTick, Mark, Panel, Quote, Timeline};
    use crate::chart::locale::{ChartLanguage, Locale};

    fn figure(hostile: &str) -> Figure {
        let day = |d| NaiveDate::from_ymd_opt(2025, 3, d).expect("a day of March");
        let mark = |i: u32, kind| Mark {
            id: format!("s{i}"),
            from: day(i),
            to: day(if i == 9 { 30 } else { i }),
            by_month: i == 9,
            position: if i.is_multiple_of(2) { -1 } else { 1 },
            kind,
            tooltip: format!("{i} {hostile}"),
            link: format!("https://example.org/?{hostile}"),
            stands_for: 1,
        };
        let marks = vec![mark(2, MarkKind::Hand), mark(5, MarkKind::Rules), mark(9, MarkKind::HandAgainstRules)];
        let level =
            |position| LevelTick { position, number: position.to_string(), words: format!("{position} {hostile}") };
        let panel = Panel {
            title: hostile.to_owned(),
            note: hostile.to_owned(),
            levels: vec![level(-1), level(1)],
            marks,
            lead: None,
            curve: Vec::new(),
            claim: Vec::new(),
            shifts: Vec::new(),
            quotes: vec![Quote { mark: 0, head: hostile.to_owned(), text: hostile.to_owned(), close: String::new() }],
            empty: Some(hostile.to_owned()),
        };
        let locale = Locale::new(ChartLanguage::En);
        Figure {
            language: locale.tag(),
            calendar: locale.calendar(),
            title: hostile.to_owned(),
            caution: Vec::new(),
            subtitle: hostile.to_owned(),
            key: vec![KeyEntry::Mark(MarkKind::Hand, hostile.to_owned()), KeyEntry::Month(hostile.to_owned())],
            body: Body::Timeline(Timeline {
                from: day(1),
                to: day(31),
                events: vec![FigureEvent { date: day(12), label: hostile.to_owned() }],
                panels: vec![panel.clone(), panel],
            }),
            footer: vec![hostile.to_owned()],
            description: hostile.to_owned(),
            companion: Companion::default(),
            curve: Companion::default(),
            method: Companion::default(),
            lead: None,
        }
    }

    fn draw(words: &str, width: f64) -> String {
        let size = Size { width, height: None };
        svg(&figure(words), size, LengthUnit::Pixels, Theme::Light, &Fonts::embedded()).expect("a picture").svg
    }

    fn raster(svg: &str, scale: f32) -> Result<Vec<u8>> {
        png(svg, scale, &Fonts::embedded())
    }

    #[test]
    fn hostile_text_leaves_the_document_whole() {
        for hostile in ["<script>&]]>\"'", "a\u{0}\u{8}\u{1f}\u{ffff}b", "\u{202e}שלום\u{202c} عربي", "-->", "", "🙂"]
        {
            let svg = draw(hostile, 640.0);
            assert!(!svg.contains("<script") && !svg.contains("]]>"));
            assert!(!svg.chars().any(|c| c < ' ' && c != '\n'), "control characters");
            assert!(raster(&svg, 0.5).is_ok(), "{hostile}");
        }
    }

    #[test]
    fn the_same_figure_gives_the_same_bytes() {
        let svg = draw("Київ", 800.0);
        assert_eq!(svg, draw("Київ", 800.0));
        assert_eq!(raster(&svg, 1.0).expect("a picture"), raster(&svg, 1.0).expect("a picture"));
    }

    #[test]
    fn every_mark_has_its_tooltip_and_every_panel_its_group() {
        let svg = draw("tip", 640.0);
        for tooltip in ["2 tip", "5 tip", "9 tip"] {
            assert_eq!(svg.matches(&format!("<title>{tooltip}</title>")).count(), 2, "{tooltip}");
        }
        assert_eq!(svg.matches(r#"aria-label="tip: tip""#).count(), 2);
        assert!(svg.contains("stroke-dasharray") && svg.contains("paint-order"));
    }
}
