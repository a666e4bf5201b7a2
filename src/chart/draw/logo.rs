//! A logo of one's own, beside the footer.

use resvg::usvg::{Options, Tree, WriteOptions};

use crate::chart::draw::face::Fonts;
use crate::error::{Error, Result};

/// A logo as shapes, without scripts, links or anything from elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Logo {
    /// What is inside its SVG element, on one line.
    pub shapes: String,
    /// Width and height in its own units.
    pub size: (f64, f64),
}

impl Logo {
    /// Reads an SVG. Its letters become outlines, and pictures that it refers to are left out. `name` says
    /// which file it is.
    ///
    /// # Errors
    /// [`Error::Request`] if it is not an SVG, or is empty.
    pub fn read(name: &str, bytes: &[u8], fonts: &Fonts) -> Result<Logo> {
        let refused = |what: String| Error::request(what, "give an SVG with shapes, as a drawing program exports it");
        let mut options = Options { fontdb: fonts.database(), font_family: "Inter".to_owned(), ..Options::default() };
        options.image_href_resolver.resolve_string = Box::new(|_, _| None);
        let tree = Tree::from_data(bytes, &options)
            .map_err(|fault| refused(format!("{name} cannot be read as an SVG: {fault}")))?;
        let size = (f64::from(tree.size().width()), f64::from(tree.size().height()));
        let written = tree.to_string(&WriteOptions { id_prefix: Some("logo-".to_owned()), ..WriteOptions::default() });
        let inner = written.split_once('>').and_then(|(_, rest)| rest.rsplit_once("</svg>"));
        let shapes = inner.map_or("", |(inner, _)| inner).split_whitespace().collect::<Vec<_>>().join(" ");
        if shapes.is_empty() {
            return Err(refused(format!("{name} has no shape in it")));
        }
        Ok(Logo { shapes, size })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_shapes_are_taken() {
        let text = br##"<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><script>alert(1)</script>
            <image href="http://example.org/x.png" width="5" height="5"/><a href="javascript:x"><rect width="20"
            height="10" fill="#ff0000" onclick="x()"/></a></svg>"##;
        let logo = Logo::read("logo.svg", text, &Fonts::embedded()).expect("a logo");
        assert_eq!(logo.size, (20.0, 10.0));
        assert!(logo.shapes.contains("#ff0000") && !logo.shapes.contains('\n'), "{}", logo.shapes);
        for forbidden in ["script", "href", "javascript", "onclick", "example.org"] {
            assert!(!logo.shapes.contains(forbidden), "{forbidden}: {}", logo.shapes);
        }
        let refusal = Logo::read("notes.txt", b"no logo", &Fonts::embedded()).expect_err("no SVG").to_string();
        assert!(refusal.contains("notes.txt"), "{refusal}");
    }
}
