//! Which font shows which letters, said to the renderer.
//!
//! A browser looks for each letter in one family after the other. The renderer sets a whole text in the first font that
//! has all of its letters, which would put Latin words beside an Arabic name into the Arabic font. So the letters that
//! the first font lacks are named with the font that has them.

use std::borrow::Cow;

use resvg::usvg::{FontResolver, Options, Tree};

use crate::chart::direction;
use crate::chart::draw::face::Fonts;
use crate::chart::draw::style::Weight;
use crate::chart::draw::svg::in_list;
use crate::error::{Error, Result};

/// Reads a document of ours as the renderer shows it.
///
/// # Errors
/// [`Error::Draw`] if it is not SVG.
pub fn tree(svg: &str, fonts: &Fonts) -> Result<Tree> {
    // Every letter is named with its font, so the renderer looks for none.
    let font_resolver = FontResolver { select_fallback: Box::new(|_, _, _| None), ..FontResolver::default() };
    let options =
        Options { fontdb: fonts.database(), font_family: "Inter".to_owned(), font_resolver, ..Options::default() };
    Tree::from_str(&named(&direction::for_renderer(svg), fonts), &options)
        .map_err(|fault| Error::Draw(format!("the SVG cannot be read: {fault}")))
}

/// A document of ours in which every letter that the first font lacks is in an element with its font.
fn named<'s>(svg: &'s str, fonts: &Fonts) -> Cow<'s, str> {
    if fonts.families().len() < 2 {
        return svg.into();
    }
    let mut out = String::with_capacity(svg.len() + 1024);
    for line in svg.split_inclusive('\n') {
        let text = line.strip_prefix("<text").and_then(|rest| rest.split_once('>'));
        let parted = text.and_then(|(head, rest)| Some((head, rest.rsplit_once("</text>")?)));
        let Some((head, (words, after))) = parted else {
            out += line;
            continue;
        };
        let weight = if head.contains("font-weight=\"600\"") { Weight::SemiBold } else { Weight::Regular };
        out += &format!("<text{head}>");
        let mut now: Option<&str> = None;
        for piece in pieces(words) {
            let family = shown(piece).and_then(|c| fonts.other_family(c, weight));
            if family != now {
                out += if now.is_some() { "</tspan>" } else { "" };
                if let Some(family) = family {
                    out += &format!("<tspan font-family=\"{}\">", in_list(family));
                }
                now = family;
            }
            out += piece;
        }
        out += if now.is_some() { "</tspan></text>" } else { "</text>" };
        out += after;
    }
    out.into()
}

/// The tags, character references and letters of a line of markup, one after another.
fn pieces(markup: &str) -> impl Iterator<Item = &str> {
    let mut rest = markup;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = match first {
            '<' => rest.find('>').map(|at| at + 1),
            '&' => rest.find(';').map(|at| at + 1),
            _ => None,
        };
        let (piece, after) = rest.split_at(end.unwrap_or(first.len_utf8()));
        rest = after;
        Some(piece)
    })
}

/// The letter that a piece of markup shows. `None` for a tag.
fn shown(piece: &str) -> Option<char> {
    match piece {
        "&amp;" => Some('&'),
        "&lt;" => Some('<'),
        "&gt;" => Some('>'),
        "&quot;" => Some('"'),
        "&apos;" => Some('\''),
        _ => match piece.strip_prefix("&#").and_then(|number| number.strip_suffix(';')) {
            Some(number) => match number.strip_prefix('x') {
                Some(digits) => u32::from_str_radix(digits, 16).ok(),
                None => number.parse().ok(),
            }
            .and_then(char::from_u32),
            None => piece.chars().next().filter(|c| *c != '<' || piece.len() == 1),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::draw::style::INTER_REGULAR;

    #[test]
    fn markup_is_no_letter() {
        let found: Vec<&str> = pieces("<tspan x=\"1\">é&amp;&#x42;</tspan>").collect();
        assert_eq!(found, ["<tspan x=\"1\">", "é", "&amp;", "&#x42;", "</tspan>"]);
        assert_eq!(
            found.iter().map(|piece| shown(piece)).collect::<Vec<_>>(),
            [None, Some('é'), Some('&'), Some('B'), None]
        );
    }

    #[test]
    fn only_what_the_first_font_lacks_is_named() {
        let mut fonts = Fonts::embedded();
        let line = "<text x=\"1\" font-weight=\"600\">Ann &amp; Б</text>\n<rect/>\n";
        assert!(matches!(named(line, &fonts), Cow::Borrowed(_)));
        fonts.add("again.otf", INTER_REGULAR.to_vec()).expect("a font");
        assert_eq!(named(line, &fonts), line);
    }
}
