//! Where everything goes: turns a [`Figure`] and a size into placed things in pixels.
//!
//! Pure geometry. Title, subtitle, key and footer are set here, and the plots between them in `levels`
//! and `rows`.

use crate::chart::draw::dress::Dress;
use crate::chart::draw::face::{Face, Fonts};
use crate::chart::draw::logo::Logo;
use crate::chart::draw::placed::{
    Arrow, Group, Layout, LeftOut, MOST_LINES, MarkShape, Placed, PlacedCurve, Plots, Rect, Sheet, Size, stack,
};
use crate::chart::draw::style::{
    BAR, FAINT, FOOTER, INK, LEADING, MAX_HEIGHT, MAX_WIDTH, MIN_WIDTH, RADII, SOFT, TIGHT, TITLE, TITLE_NARROW,
};
use crate::chart::draw::text::kept_together;
use crate::chart::figure::{Body, Figure, KeyEntry, MarkKind, Quote};

use crate::chart::draw::{levels, quotes, rows};
use crate::error::{Error, Result};

/// Width of a sample in the key, and length of its bar.
const KEY_BAR: f64 = 18.0;
/// The most width and height of a logo.
const LOGO: (f64, f64) = (120.0, 34.0);
/// Free space between the footer and the logo.
const LOGO_GAP: f64 = 20.0;
/// Height of the sample of a curve's band in the key.
const KEY_BAND: f64 = 11.0;

/// Places a figure in a picture of a given size. If a height is given, rows and levels are closer
/// together or further apart. If that is not enough, some things are left out: [`Layout::left_out`]
/// lists them.
///
/// # Errors
/// [`Error::Request`] if the height is too low for what is to be drawn. [`Error::Draw`] if the width
/// cannot be laid out, a mark is on no level, panels do not share the rows that they should share, or
/// the picture is too tall.
pub fn layout(figure: &Figure, size: Size, fonts: &Fonts, dress: &Dress) -> Result<Layout> {
    let Size { width, height } = size;
    if !(f64::from(MIN_WIDTH)..=f64::from(MAX_WIDTH)).contains(&width) {
        return Err(Error::Draw(format!(
            "a picture cannot be {width:.0} pixels wide: the width must be from {MIN_WIDTH} to {MAX_WIDTH}"
        )));
    }
    let sheet_of = |size: Size| Sheet { palette: dress.palette, ..Sheet::new(size, fonts) };
    let (sheet, logo) = (sheet_of(size), dress.logo.as_ref());
    let (header, plots, feet) = parts(figure, size, &sheet, logo)?;
    let mut needed = (plots.bottom + feet).ceil();
    let height = height.unwrap_or(needed);
    if needed > height + 1.0 {
        // A taller picture may have larger type and wider margins, and so need still more height.
        let higher = Size { height: Some(needed), ..size };
        let (_, plots, feet) = parts(figure, higher, &sheet_of(higher), logo)?;
        needed = needed.max((plots.bottom + feet).ceil());
        return Err(Error::request(
            format!("a height of {height:.0} pixels is too low for this picture, which needs {needed:.0}"),
            "give it more height, or draw fewer issues, speakers or days",
        ));
    }
    if height > MAX_HEIGHT {
        return Err(Error::Draw(format!(
            "the picture would be {height} pixels high, more than {MAX_HEIGHT}: draw fewer panels at a time"
        )));
    }
    let mut footer = Group::default();
    foot(figure, &sheet, logo, &mut footer, height - feet);
    let logo = logo.map(|logo| {
        let (wide, high) = shown(logo);
        let (right, bottom) = (width - sheet.margin, height - sheet.margin);
        Rect { left: right - wide, top: bottom - high, right, bottom }
    });
    let blank = height - needed;
    Ok(Layout {
        width,
        height,
        blank,
        left_out: plots.left_out,
        head: header,
        panels: plots.panels,
        foot: footer,
        logo,
    })
}

/// The share of a given height from which a blank part is filled: everything is drawn larger.
const BLANK: f64 = 0.1;
/// How many times as many lines the words in and beside the plots may take for it.
const MORE_LINES: f64 = 1.3;
/// How many times as large everything may be drawn to fill a given height.
const ZOOMS: [f64; 6] = [1.6, 1.5, 1.4, 1.3, 1.2, 1.1];

/// Places a figure as [`layout`] does. If a given height is more than there is to draw, the layout is that of a smaller
/// picture, which is drawn larger: the second value is how many times. No word may be lost by it.
///
/// # Errors
/// As [`layout`].
pub fn fill(figure: &Figure, size: Size, fonts: &Fonts, dress: &Dress) -> Result<(Layout, f64)> {
    let plain = layout(figure, size, fonts, dress)?;
    let Some(height) = size.height.filter(|height| plain.blank > BLANK * height && plain.left_out.is_empty()) else {
        return Ok((plain, 1.0));
    };
    let (letters, lines) = (plain.letters(), plain.lines() as f64);
    for zoom in ZOOMS.into_iter().filter(|zoom| size.width / zoom >= f64::from(MIN_WIDTH)) {
        let smaller = Size { width: size.width / zoom, height: Some(height / zoom) };
        if let Ok(larger) = layout(figure, smaller, fonts, dress)
            && larger.left_out.is_empty()
            && larger.letters() == letters
            && larger.lines() as f64 <= MORE_LINES * lines
        {
            return Ok((larger, zoom));
        }
    }
    Ok((plain, 1.0))
}

/// Places everything except the footer; returns the head, the plots, and the height of footer and
/// margin.
fn parts(figure: &Figure, size: Size, sheet: &Sheet<'_>, logo: Option<&Logo>) -> Result<(Group, Plots, f64)> {
    let mut header = Group::default();
    let (top, sentences) = head(figure, sheet, &mut header);
    let feet = foot(figure, sheet, logo, &mut Group::default(), 0.0) + sheet.margin;
    let room = size.height.map(|height| height - feet);
    let mut plots = match &figure.body {
        Body::Timeline(timeline) => levels::place(timeline, &figure.calendar, *sheet, top, room)?,
        Body::Rows(table) => rows::place(table, &figure.calendar, *sheet, top, room)?,
    };
    plots.left_out.extend((sentences > 0).then_some(LeftOut::Sentences(sentences)));
    Ok((header, plots, feet))
}

/// Places title, subtitle and key; returns the lower edge, and how many sentences of the subtitle are left out.
fn head(figure: &Figure, sheet: &Sheet<'_>, group: &mut Group) -> (f64, usize) {
    let title = Face::semibold(if sheet.small { TITLE_NARROW } else { TITLE });
    let subtitle = Face::regular(sheet.heading());
    let mut bottom = sheet.margin;
    let lines = sheet.fonts.wrap_evenly(&kept_together(&figure.title), title, sheet.inner(), MOST_LINES);
    bottom = stack(group, lines, (sheet.margin, bottom), title, TIGHT, INK);
    if !figure.caution.is_empty() {
        let lines = sheet.fonts.wrap(&kept_together(&figure.caution.join(" ")), subtitle, sheet.inner());
        bottom = stack(group, lines, (sheet.margin, bottom + 5.0), subtitle, LEADING, INK);
    }
    // No sentence is cut in half. Findings come first, so the last sentences go.
    let sentences: Vec<&str> = figure.subtitle.split('\n').collect();
    let fits = |count: &usize| {
        let said = kept_together(&sentences[..*count].join(" "));
        sheet.fonts.wrap(&said, subtitle, sheet.inner()).len() <= MOST_LINES
    };
    let kept = (1..=sentences.len()).rev().find(fits).unwrap_or(1);
    let said = kept_together(&sentences[..kept].join(" "));
    let lines = sheet.fonts.wrap_evenly(&said, subtitle, sheet.inner(), MOST_LINES);
    if !lines.is_empty() {
        bottom = stack(group, lines, (sheet.margin, bottom + 5.0), subtitle, LEADING, SOFT);
    }
    if let Some(lead) = &figure.lead {
        bottom = place_lead(lead, sheet, group, bottom + 16.0);
    }
    let bottom = if figure.key.is_empty() { bottom } else { key(&figure.key, sheet, group, bottom + 12.0) };
    (bottom, sentences.len() - kept)
}

/// Places a large quotation and who said it, in the largest type that takes few lines; returns the lower
/// edge.
fn place_lead(lead: &Quote, sheet: &Sheet<'_>, group: &mut Group, top: f64) -> f64 {
    const SIZES: [f64; 5] = [34.0, 29.0, 25.0, 21.0, 18.0];
    const MOST: usize = 5;
    let smallest = Face::semibold(SIZES[SIZES.len() - 1]);
    let fits = |face: &Face| sheet.fonts.wrap(&lead.text, *face, sheet.inner()).len() <= MOST;
    let face = SIZES.into_iter().map(Face::semibold).find(fits).unwrap_or(smallest);
    let lines = quotes::cut(lead, sheet.fonts, face, sheet.inner(), MOST);
    let bottom = stack(group, lines, (sheet.margin, top), face, TIGHT, INK);
    let by = Face::regular(sheet.heading());
    let lines = sheet.fonts.wrap_at_most(&lead.head, by, sheet.inner(), MOST_LINES);
    stack(group, lines, (sheet.margin, bottom + 6.0), by, LEADING, SOFT)
}

/// Places the footer; returns the lower edge.
fn foot(figure: &Figure, sheet: &Sheet<'_>, logo: Option<&Logo>, group: &mut Group, top: f64) -> f64 {
    let face = Face::regular(FOOTER);
    let logo = logo.map(shown);
    let room = sheet.inner() - logo.map_or(0.0, |(wide, _)| wide + LOGO_GAP);
    let mut bottom = top;
    for (i, line) in figure.footer.iter().enumerate() {
        let lines = sheet.fonts.wrap_at_most(&kept_together(line), face, room, MOST_LINES);
        bottom = stack(group, lines, (sheet.margin, bottom + if i == 0 { 22.0 } else { 2.0 }), face, LEADING, FAINT);
    }
    // The logo stands at the foot of the picture, below the plots.
    bottom.max(top + logo.map_or(0.0, |(_, high)| high + 22.0))
}

/// The width and height of a logo in the picture.
fn shown(logo: &Logo) -> (f64, f64) {
    let (wide, high) = logo.size;
    let scale = (LOGO.0 / wide).min(LOGO.1 / high);
    (wide * scale, high * scale)
}

/// Places the key as samples and words in running lines; returns the lower edge.
fn key(entries: &[KeyEntry], sheet: &Sheet<'_>, group: &mut Group, top: f64) -> f64 {
    let face = sheet.note_face();
    let line_height = face.size * 1.55;
    let (mut x, mut y) = (sheet.margin, top + line_height / 2.0);
    for entry in entries {
        let words = entry.words();
        let indent = KEY_BAR + 6.0;
        if x > sheet.margin && x + indent + sheet.fonts.width(words, face) > sheet.width - sheet.margin {
            (x, y) = (sheet.margin, y + line_height);
        }
        key_sample(entry, sheet, (x, y), group);
        let lines = sheet.fonts.wrap_at_most(words, face, sheet.width - sheet.margin - x - indent, MOST_LINES);
        let widest = lines.iter().map(|line| sheet.fonts.width(line, face)).fold(0.0, f64::max);
        let more = lines.len().saturating_sub(1) as f64 * face.size * LEADING;
        stack(group, lines, (x + indent, y - face.size * LEADING / 2.0), face, LEADING, SOFT);
        (x, y) = if more > 0.0 { (sheet.margin, y + more + line_height) } else { (x + indent + widest + 24.0, y) };
    }
    // If the last entry was wrapped, it has already moved to the next line.
    if x == sheet.margin { y - line_height / 2.0 } else { y + line_height / 2.0 }
}

fn key_sample(entry: &KeyEntry, sheet: &Sheet<'_>, (x, y): (f64, f64), group: &mut Group) {
    let right = x + KEY_BAR;
    let middle = x + KEY_BAR / 2.0;
    let bar = |thick: f64| Rect { left: x, top: y - thick / 2.0, right, bottom: y + thick / 2.0 };
    let (shape, kind, colour) = match entry {
        KeyEntry::Mark(kind, _) => (MarkShape::Dot(middle, y, RADII[0]), *kind, SOFT),
        KeyEntry::Month(_) => (MarkShape::Bar(bar(BAR)), MarkKind::Hand, SOFT),
        KeyEntry::Tone(tone, positions, _) => {
            let square = Rect { left: middle - 6.0, right: middle + 6.0, ..bar(12.0) };
            (MarkShape::Block(square), MarkKind::Hand, rows::colour(*tone, positions, sheet.palette))
        }
        KeyEntry::Curve(_) => {
            let Rect { left, top, right, bottom } = bar(KEY_BAND);
            let band = vec![(left, top), (right, top), (right, bottom), (left, bottom)];
            group.curves.push(PlacedCurve { mean: vec![(x, y), (right, y)], band, claim: false });
            return;
        }
        KeyEntry::Claim(_) => {
            let mean = vec![(x, y), (right, y)];
            return group.curves.push(PlacedCurve { mean, band: Vec::new(), claim: true });
        }
        KeyEntry::Tick(_) => {
            let tick = Rect { left: middle - 1.5, right: middle + 1.5, ..bar(16.0) };
            (MarkShape::Block(tick), MarkKind::Hand, SOFT)
        }
        KeyEntry::Span(_) => return group.spans.push(bar(14.0)),
        KeyEntry::Arrow(_) => {
            let (from, to, tooltip) = ((x, y), (right, y), String::new());
            return group.arrows.push(Arrow { from, to, colour: SOFT, tooltip });
        }
    };
    group.marks.push(Placed { shape, kind, colour, outline: 0.0, tooltip: String::new(), link: String::new() });
}
