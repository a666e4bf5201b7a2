//! Letters as outlines, for programs that lack the fonts of a picture.
//!
//! The renderer shapes every text, so that kerning and scripts are right. Its outlines replace the text,
//! and the words remain as the label of their group.

use std::collections::HashMap;

use resvg::tiny_skia::PathSegment;
use resvg::usvg::{Group, Node};

use crate::chart::direction;
use crate::chart::draw::face::Fonts;
use crate::chart::draw::fallback;
use crate::error::Result;

/// What remains of a text besides its letters.
const KEPT: [&str; 5] = ["fill", "stroke", "stroke-width", "stroke-linejoin", "paint-order"];

/// Returns a document from [`crate::chart::draw::paint::svg`] with outlines in place of its text.
///
/// # Errors
/// [`crate::error::Error::Draw`] if it is not such a document.
pub fn outlines(svg: &str, fonts: &Fonts) -> Result<String> {
    // Each element is on a line of its own. The numbers identify the texts.
    let mut numbered = String::with_capacity(svg.len());
    let svg = &*direction::for_renderer(svg);
    for (number, line) in svg.lines().enumerate() {
        match line.strip_prefix("<text ") {
            Some(rest) => numbered += &format!("<text id=\"{number}\" {rest}\n"),
            None => numbered += &format!("{line}\n"),
        }
    }
    let tree = fallback::tree(&numbered, fonts)?;
    let mut letters = HashMap::new();
    collect(tree.root(), &mut letters);
    let mut out = String::with_capacity(4 * svg.len());
    for (number, line) in svg.lines().enumerate() {
        if line.starts_with("<text ") {
            let kept: String = KEPT.iter().filter_map(|name| attribute(line, name)).collect();
            let words = line.split_once('>').and_then(|(_, rest)| rest.strip_suffix("</text>")).unwrap_or("");
            let path = letters.get(&number.to_string()).map_or("", String::as_str);
            out += &format!("<g role=\"img\" aria-label=\"{words}\"><path d=\"{path}\"{kept}/></g>\n");
        } else {
            out += &format!("{line}\n");
        }
    }
    Ok(out)
}

/// Returns an attribute of an element as it is written, preceded by a space.
fn attribute(line: &str, name: &str) -> Option<String> {
    let start = line.find(&format!(" {name}=\""))?;
    let value = line[start + name.len() + 3..].split('"').next()?;
    Some(format!(" {name}=\"{value}\""))
}

/// Collects the outlines of the texts in a group by their ids.
fn collect(group: &Group, letters: &mut HashMap<String, String>) {
    for node in group.children() {
        match node {
            Node::Group(inner) => collect(inner, letters),
            Node::Text(text) => {
                let mut path = String::new();
                trace(text.flattened(), &mut path);
                letters.insert(text.id().to_owned(), path);
            }
            Node::Path(_) | Node::Image(_) => {}
        }
    }
}

/// Appends the outlines in a group as path data, in pixels with 2 decimals.
fn trace(group: &Group, out: &mut String) {
    for node in group.children() {
        match node {
            Node::Group(inner) => trace(inner, out),
            Node::Path(path) => {
                let Some(data) = path.data().clone().transform(path.abs_transform()) else { continue };
                for segment in data.segments() {
                    let (letter, points) = match segment {
                        PathSegment::MoveTo(a) => ('M', vec![a]),
                        PathSegment::LineTo(a) => ('L', vec![a]),
                        PathSegment::QuadTo(a, b) => ('Q', vec![a, b]),
                        PathSegment::CubicTo(a, b, c) => ('C', vec![a, b, c]),
                        PathSegment::Close => ('Z', Vec::new()),
                    };
                    let points: Vec<String> = points.iter().map(|p| format!("{:.2} {:.2}", p.x, p.y)).collect();
                    out.push(letter);
                    *out += &points.join(" ");
                }
            }
            Node::Text(_) | Node::Image(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::draw::png::png;

    const PICTURE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"200\" height=\"60\" font-family=\"Inter\">\n\
        <text x=\"5\" y=\"40\" font-size=\"30\" font-weight=\"600\" fill=\"#102030\">Київ &amp; AV</text>\n\
        <text x=\"5\" y=\"20\" font-size=\"12\" fill=\"#102030\"> </text>\n</svg>\n";

    #[test]
    fn outlines_look_like_the_letters_and_keep_their_words() {
        let fonts = Fonts::embedded();
        let traced = outlines(PICTURE, &fonts).expect("a document");
        assert!(!traced.contains("<text") && traced.contains("aria-label=\"Київ &amp; AV\""), "{traced}");
        let pixels = |svg: &str| {
            let bytes = png(svg, 1.0, &fonts).expect("a picture");
            let mut decoder = ::png::Decoder::new(std::io::Cursor::new(bytes));
            decoder.set_transformations(::png::Transformations::EXPAND);
            let mut reader = decoder.read_info().expect("a PNG");
            let mut buffer = vec![0; reader.output_buffer_size().expect("a size")];
            reader.next_frame(&mut buffer).expect("pixels");
            buffer
        };
        let (letters, outlines) = (pixels(PICTURE), pixels(&traced));
        let apart: u32 = letters.iter().zip(&outlines).map(|(a, b)| u32::from(a.abs_diff(*b))).sum();
        assert!(letters.iter().any(|value| *value < 100), "nothing is drawn");
        assert!(f64::from(apart) / (letters.len() as f64) < 0.5, "{apart}");
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        assert!(outlines("<svg", &Fonts::embedded()).is_err());
    }
}
