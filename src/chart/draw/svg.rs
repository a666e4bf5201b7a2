//! A plotters backend that writes SVG.
//!
//! plotters works in whole pixels, so its canvas is ten times the size of the picture: one unit is a
//! tenth of a pixel, and the coordinates here have one decimal. A [`Control`] shared with the drawing
//! code adds what plotters cannot express: tooltips, groups, dashes and halos.

use std::cell::RefCell;
use std::convert::Infallible;
use std::fmt::Write;
use std::rc::Rc;

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind};
use plotters_backend::{FontStyle, FontTransform};

use crate::chart::direction;
use crate::chart::draw::placed::Rect;
use crate::chart::draw::style::{FONT_FALLBACK, Rgb, Theme};
use crate::words::fingerprint;

/// Units of the canvas in a pixel.
pub const UNITS: f64 = 10.0;

/// How far the baseline is below the top and the foot of a text, in em.
const BASELINES: (f64, f64) = (0.75, -0.2);

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// What the next shape has that plotters cannot express.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Extra {
    /// Its tooltip; empty for none.
    pub title: String,
    /// The dash and the gap of its stroke, in pixels.
    pub dash: Option<(f64, f64)>,
    /// A stroke around the filled area: colour and width in pixels.
    pub outline: Option<(Rgb, f64)>,
    /// The radius of a rectangle's corners, in pixels.
    pub corner: f64,
    /// The background around a text's letters: colour and width in pixels.
    pub halo: Option<(Rgb, f64)>,
}

#[derive(Debug, Default)]
struct State {
    theme: Theme,
    /// How far the baseline is below the middle of capitals, in em.
    middle: f64,
    body: String,
    next: Extra,
    /// The names of the elements that are open.
    open: Vec<&'static str>,
}

/// Adds what plotters cannot express, and holds the document.
#[derive(Debug, Clone, Default)]
pub struct Control(Rc<RefCell<State>>);

impl Control {
    /// Begins a document with a theme, and with type whose capitals have their middle so many em above the baseline.
    pub fn new(theme: Theme, middle: f64) -> Control {
        let control = Control::default();
        control.0.borrow_mut().theme = theme;
        control.0.borrow_mut().middle = middle;
        control
    }

    /// Returns a colour as the theme shows it, for an attribute.
    fn hex(&self, colour: Rgb) -> String {
        let Rgb(r, g, b) = self.0.borrow().theme.show(colour);
        format!("#{r:02x}{g:02x}{b:02x}")
    }

    /// Returns a colour attribute, with its opacity if it is not full.
    fn colour(&self, attribute: &str, BackendColor { alpha, rgb: (r, g, b) }: BackendColor) -> String {
        let opacity = if alpha < 1.0 { format!(r#" {attribute}-opacity="{alpha:.2}""#) } else { String::new() };
        format!(r#" {attribute}="{}"{opacity}"#, self.hex(Rgb(r, g, b)))
    }

    /// Sets what the next shape has besides.
    pub fn next(&self, extra: Extra) {
        self.0.borrow_mut().next = extra;
    }

    /// Opens a group. The name is for those who cannot see the group, the title is its tooltip, and both
    /// may be empty.
    pub fn open(&self, name: &str, title: &str) {
        let mut state = self.0.borrow_mut();
        let name =
            if name.is_empty() { String::new() } else { format!(r#" role="group" aria-label="{}""#, escape(name)) };
        let title = title_element(title);
        put(&mut state.body, format_args!("<g{name}>{title}\n"));
        state.open.push("g");
    }

    /// Opens a link to a page on the web, or to a statement in the same page (`#stance-…`), with its name for everyone. Returns
    /// whether it did: any other address is not one to follow.
    pub fn open_link(&self, address: &str, name: &str) -> bool {
        let may_follow = ["https://", "http://", "#stance-"].iter().any(|scheme| address.starts_with(scheme));
        if !may_follow || address.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return false;
        }
        let mut state = self.0.borrow_mut();
        put(&mut state.body, format_args!("<a href=\"{}\">{}\n", escape(address), title_element(name)));
        state.open.push("a");
        true
    }

    /// Puts another drawing, given as its shapes and its size, into a rectangle.
    pub fn picture(&self, shapes: &str, (wide, high): (f64, f64), place: Rect) {
        let (x, y) = (decimal(place.left), decimal(place.top));
        let (width, height) = (decimal(place.right - place.left), decimal(place.bottom - place.top));
        let mut state = self.0.borrow_mut();
        let size = format!("x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {wide} {high}\"");
        put(&mut state.body, format_args!("<svg {size} aria-hidden=\"true\">{shapes}</svg>\n"));
    }

    /// Closes the innermost group.
    pub fn close(&self) {
        let mut state = self.0.borrow_mut();
        if let Some(name) = state.open.pop() {
            put(&mut state.body, format_args!("</{name}>\n"));
        }
    }

    /// Returns the document: everything drawn, in a picture of a given size, with its description for
    /// those who cannot see it.
    pub fn document(&self, document: &SvgDocument<'_>) -> String {
        while !self.0.borrow().open.is_empty() {
            self.close();
        }
        let SvgDocument { size: (width, height), zoom, unit, language, families, title, description } = *document;
        // Pictures in the same web page must not share ids.
        let id = fingerprint([title, description].into_iter());
        let (title, description) = (escape(title), escape(description));
        let families: Vec<String> = families.iter().map(|family| in_list(family)).collect();
        let families = format!("{}, {FONT_FALLBACK}", families.join(", "));
        let (shown_width, shown_height) = (unit.of(width * zoom), unit.of(height * zoom));
        let (width, height) = (decimal(width), decimal(height));
        let body = &self.0.borrow().body;
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{shown_width}" height="{shown_height}" viewBox="0 0 {width} {height}" xml:lang="{language}" role="graphics-document document" aria-labelledby="title-{id} desc-{id}" font-family="{families}">
<title id="title-{id}">{title}</title>
<desc id="desc-{id}">{description}</desc>
{body}</svg>
"#
        )
    }

    /// Writes one element, with its tooltip inside if it has one.
    fn element(&self, name: &str, attributes: &str, text: &str) {
        let mut state = self.0.borrow_mut();
        let title = title_element(&std::mem::take(&mut state.next).title);
        if title.is_empty() && text.is_empty() {
            put(&mut state.body, format_args!("<{name}{attributes}/>\n"));
        } else {
            put(&mut state.body, format_args!("<{name}{attributes}>{title}{text}</{name}>\n"));
        }
    }

    /// Returns the attributes of a shape that is filled or stroked.
    fn paint<S: BackendStyle>(&self, style: &S, fill: bool) -> String {
        let next = self.0.borrow().next.clone();
        let mut out = String::new();
        if fill {
            out += &self.colour("fill", style.color());
            if let Some((outline, width)) = next.outline {
                let (outline, width) = (self.hex(outline), decimal(width));
                put(&mut out, format_args!(r#" stroke="{outline}" stroke-width="{width}""#));
            }
        } else {
            let width = decimal(f64::from(style.stroke_width()) / UNITS);
            let stroke = self.colour("stroke", style.color());
            put(&mut out, format_args!(r#" fill="none"{stroke} stroke-width="{width}""#));
        }
        if let Some((dash, gap)) = next.dash {
            put(&mut out, format_args!(r#" stroke-dasharray="{} {}""#, decimal(dash), decimal(gap)));
        }
        if next.corner > 0.0 {
            put(&mut out, format_args!(r#" rx="{}""#, decimal(next.corner)));
        }
        out
    }

    /// Returns the attributes of a text's halo. It is painted first, so that the letters stay whole.
    fn halo(&self) -> String {
        let halo = self.0.borrow().next.halo;
        halo.map_or_else(String::new, |(halo, width)| {
            let (halo, width) = (self.hex(halo), decimal(width));
            format!(r#" stroke="{halo}" stroke-width="{width}" stroke-linejoin="round" paint-order="stroke""#)
        })
    }
}

/// The unit in which a document states its size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LengthUnit {
    /// Pixels.
    Pixels,
    /// Millimetres, with 96 pixels to an inch.
    Millimetres,
}

impl LengthUnit {
    /// Returns a length in pixels as an attribute's value.
    fn of(self, pixels: f64) -> String {
        match self {
            LengthUnit::Pixels => decimal(pixels),
            LengthUnit::Millimetres => format!("{:.2}mm", pixels / MILLIMETRE),
        }
    }
}

/// Pixels in a millimetre, as CSS defines it.
pub const MILLIMETRE: f64 = 96.0 / 25.4;

/// What a document needs besides its drawing.
#[derive(Debug, Clone, Copy)]
pub struct SvgDocument<'d> {
    /// Width and height in pixels.
    pub size: (f64, f64),
    /// How many times as large they are shown.
    pub zoom: f64,
    /// The unit in which it states them.
    pub unit: LengthUnit,
    /// The language tag.
    pub language: &'d str,
    /// The families of its fonts, in the order in which a letter is looked for.
    pub families: &'d [&'d str],
    /// Its title.
    pub title: &'d str,
    /// A description of the picture in words.
    pub description: &'d str,
}

/// The backend. It writes into its [`Control`].
#[derive(Debug)]
pub struct SvgBackend {
    control: Control,
    size: (u32, u32),
}

impl SvgBackend {
    /// Builds a backend for a canvas of a given size in units.
    pub fn new(control: &Control, size: (u32, u32)) -> SvgBackend {
        SvgBackend { control: control.clone(), size }
    }
}

impl DrawingBackend for SvgBackend {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, pixel: BackendColor) -> Drawn {
        let (x, y, fill) = (units(x), units(y), self.control.colour("fill", pixel));
        self.control.element("rect", &format!(r#" x="{x}" y="{y}" width="0.1" height="0.1"{fill}"#), "");
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(&mut self, a: BackendCoord, b: BackendCoord, style: &S, fill: bool) -> Drawn {
        let (x, y) = (units(a.0.min(b.0)), units(a.1.min(b.1)));
        let (width, height) = (units((b.0 - a.0).abs()), units((b.1 - a.1).abs()));
        let paint = self.control.paint(style, fill);
        let attributes = format!(r#" x="{x}" y="{y}" width="{width}" height="{height}"{paint}"#);
        self.control.element("rect", &attributes, "");
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        let mut d = String::new();
        for (i, (x, y)) in path.into_iter().enumerate() {
            put(&mut d, format_args!("{}{} {}", if i == 0 { "M" } else { "L" }, units(x), units(y)));
        }
        let paint = self.control.paint(style, false);
        self.control.element("path", &format!(r#" d="{d}"{paint}"#), "");
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, centre: BackendCoord, radius: u32, style: &S, fill: bool) -> Drawn {
        let (x, y, r) = (units(centre.0), units(centre.1), decimal(f64::from(radius) / UNITS));
        let paint = self.control.paint(style, fill);
        self.control.element("circle", &format!(r#" cx="{x}" cy="{y}" r="{r}"{paint}"#), "");
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, points: I, style: &S) -> Drawn {
        let points: Vec<String> = points.into_iter().map(|(x, y)| format!("{},{}", units(x), units(y))).collect();
        let paint = self.control.paint(style, true);
        self.control.element("polygon", &format!(r#" points="{}"{paint}"#, points.join(" ")), "");
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, (x, y): BackendCoord) -> Drawn {
        let size = style.size() / UNITS;
        let baseline = match style.anchor().v_pos {
            VPos::Top => BASELINES.0,
            VPos::Center => self.control.0.borrow().middle,
            VPos::Bottom => BASELINES.1,
        };
        // A line from right to left begins at its right end.
        let direction = direction::attributes(text);
        let anchor = match (style.anchor().h_pos, direction.is_empty()) {
            (HPos::Left, true) | (HPos::Right, false) => "",
            (HPos::Center, _) => r#" text-anchor="middle""#,
            (HPos::Right, true) | (HPos::Left, false) => r#" text-anchor="end""#,
        };
        let weight = if matches!(style.style(), FontStyle::Bold) { "600" } else { "400" };
        let (x, middle) = (units(x), f64::from(y) / UNITS);
        let turn = match style.transform() {
            FontTransform::None => String::new(),
            FontTransform::Rotate90 => format!(r#" transform="rotate(90 {x} {middle})""#),
            FontTransform::Rotate180 => format!(r#" transform="rotate(180 {x} {middle})""#),
            FontTransform::Rotate270 => format!(r#" transform="rotate(270 {x} {middle})""#),
        };
        let (y, size, fill) =
            (decimal(middle + baseline * size), decimal(size), self.control.colour("fill", style.color()));
        let halo = self.control.halo();
        let attributes = format!(
            r#" x="{x}" y="{y}" font-size="{size}" font-weight="{weight}"{anchor}{direction}{fill}{halo}{turn}"#
        );
        self.control.element("text", &attributes, &escape(text));
        Ok(())
    }
}

/// A font family as an attribute lists it.
pub fn in_list(family: &str) -> String {
    let plain = family.chars().all(|c| c.is_ascii_alphabetic());
    if plain { family.to_owned() } else { format!("'{}'", escape(&family.replace('\'', ""))) }
}

/// Appends formatted text.
fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text).expect("writing to a String cannot fail");
}

fn title_element(title: &str) -> String {
    if title.is_empty() { String::new() } else { format!("<title>{}</title>", escape(title)) }
}

/// Returns units of the canvas as pixels.
fn units(value: i32) -> String {
    decimal(f64::from(value) / UNITS)
}

/// Returns a number with one decimal, or with none if the decimal is zero.
fn decimal(value: f64) -> String {
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Makes any text safe as XML text and as an attribute's value. Characters that XML forbids become
/// U+FFFD.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(c),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const BARE: SvgDocument<'_> = SvgDocument {
        size: (10.0, 20.0),
        unit: LengthUnit::Pixels,
        language: "en",
        zoom: 1.0,
        families: &["Inter"],
        title: "T",
        description: "D",
    };

    #[test]
    fn hostile_text_is_escaped() {
        assert_eq!(escape("<script>&]]>\"'"), "&lt;script&gt;&amp;]]&gt;&quot;&#39;");
        assert_eq!(escape("a\u{0}\u{8}\u{1b}\u{ffff}b\n"), "a\u{fffd}\u{fffd}\u{fffd}\u{fffd}b\n");
        assert_eq!(escape("Київ, Erdoğan, שלום"), "Київ, Erdoğan, שלום");
    }

    #[test]
    fn numbers_have_one_decimal_at_most() {
        assert_eq!([0.0, -0.01, 12.0, 12.34, -3.0].map(decimal), ["0", "0", "12", "12.3", "-3"]);
        assert_eq!(units(1234), "123.4");
    }

    #[test]
    fn groups_left_open_are_closed() {
        let control = Control::default();
        control.open("a & b", "");
        control.open("", "tip");
        let svg = control.document(&BARE);
        assert!(svg.contains(r#"<g role="group" aria-label="a &amp; b">"#) && svg.contains("<g><title>tip</title>"));
        assert_eq!(svg.matches("<g").count(), svg.matches("</g>").count());
        assert!(svg.contains(r#"role="graphics-document document" aria-labelledby="title-"#));
    }

    #[test]
    fn extras_belong_to_one_shape() {
        let control = Control::default();
        let mut backend = SvgBackend::new(&control, (100, 100));
        let black = BackendColor { alpha: 0.5, rgb: (0, 0, 0) };
        control.next(Extra { dash: Some((3.0, 2.5)), title: "one".into(), ..Extra::default() });
        backend.draw_line((0, 0), (15, 20), &black).expect("drawing into a string");
        backend.draw_line((0, 0), (15, 20), &black).expect("drawing into a string");
        let svg = control.document(&BARE);
        assert_eq!(svg.matches(r#"stroke-dasharray="3 2.5""#).count(), 1);
        assert_eq!(svg.matches("<title>one</title>").count(), 1);
        assert!(svg.contains(r##"d="M0 0L1.5 2" fill="none" stroke="#000000" stroke-opacity="0.50""##), "{svg}");
    }
}
