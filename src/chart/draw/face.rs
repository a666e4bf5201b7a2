//! Type: sizes and weights, and the fonts in which all text is measured and set.

use std::sync::{Arc, LazyLock};

use ab_glyph::{Font, FontRef, FontVec, GlyphId};
use resvg::usvg::fontdb::{Database, Source};

use crate::chart::direction;
use crate::chart::draw::style::{INTER_REGULAR, INTER_SEMIBOLD, Weight};
use crate::error::{Error, Result};

/// A size and weight of type.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Face {
    /// Size in pixels.
    pub size: f64,
    /// Weight.
    pub weight: Weight,
}

impl Face {
    /// Returns the regular face of a size.
    pub fn regular(size: f64) -> Face {
        Face { size, weight: Weight::Regular }
    }

    /// Returns the semibold face of a size.
    pub fn semibold(size: f64) -> Face {
        Face { size, weight: Weight::SemiBold }
    }
}

/// The fonts of a picture: the embedded Inter, and fonts added for letters that Inter lacks. Fonts
/// installed on the machine are never used.
#[derive(Debug)]
pub struct Fonts {
    more: Vec<FontVec>,
    families: Vec<String>,
    database: Arc<Database>,
}

impl Fonts {
    /// Returns only the embedded fonts.
    pub fn embedded() -> Fonts {
        let mut database = Database::new();
        database.load_font_source(Source::Binary(Arc::new(INTER_REGULAR)));
        database.load_font_source(Source::Binary(Arc::new(INTER_SEMIBOLD)));
        database.set_sans_serif_family("Inter");
        Fonts { more: Vec::new(), families: Vec::new(), database: Arc::new(database) }
    }

    /// Adds a font, given as the bytes of a TTF or OTF file, for letters that the earlier fonts lack.
    ///
    /// # Errors
    /// [`Error::Request`] if it is not such a font; `name` says which file it is.
    pub fn add(&mut self, name: &str, bytes: Vec<u8>) -> Result<()> {
        let refused =
            || Error::request(format!("{name} cannot be read as a font"), "give the path of a .ttf or .otf file");
        let font = FontVec::try_from_vec(bytes.clone()).map_err(|_| refused())?;
        let database = Arc::make_mut(&mut self.database);
        let added = database.load_font_source(Source::Binary(Arc::new(bytes)));
        let face = added.first().and_then(|id| database.face(*id)).ok_or_else(refused)?;
        self.families.extend(face.families.first().map(|(family, _)| family.clone()));
        self.more.push(font);
        Ok(())
    }

    /// Returns the fonts in the form that the renderer needs.
    pub fn database(&self) -> Arc<Database> {
        self.database.clone()
    }

    /// Returns the families of the added fonts, in order.
    pub fn families(&self) -> &[String] {
        &self.families
    }

    /// Returns the characters of `text` that no font can show, each once, in order.
    pub fn missing(&self, text: &str) -> Vec<char> {
        let mut missing = Vec::new();
        for c in text.chars().filter(|c| !c.is_whitespace() && !c.is_control() && !direction::is_mark(*c)) {
            if !has(embedded(Weight::Regular), c) && !self.more.iter().any(|font| has(font, c)) && !missing.contains(&c)
            {
                missing.push(c);
            }
        }
        missing
    }

    /// Returns how far one character moves the pen, in pixels.
    pub fn advance(&self, c: char, face: Face) -> f64 {
        if direction::is_mark(c) {
            return 0.0;
        }
        let inter = embedded(face.weight);
        match self.more.iter().find(|font| !has(inter, c) && has(*font, c)) {
            Some(other) => advance(other, c, face.size),
            None => advance(inter, c, face.size),
        }
    }
}

/// Whether a font has a glyph for a character. Glyph 0 marks a missing character.
fn has(font: &impl Font, c: char) -> bool {
    font.glyph_id(c) != GlyphId(0)
}

fn advance(font: &impl Font, c: char, size: f64) -> f64 {
    let units = font.units_per_em().unwrap_or(1000.0);
    f64::from(font.h_advance_unscaled(font.glyph_id(c)) / units) * size
}

/// Returns an embedded font, parsed on first use.
fn embedded(weight: Weight) -> &'static FontRef<'static> {
    const PARSES: &str = "the embedded fonts parse: they are part of the program";
    static REGULAR: LazyLock<FontRef<'static>> =
        LazyLock::new(|| FontRef::try_from_slice(INTER_REGULAR).expect(PARSES));
    static SEMIBOLD: LazyLock<FontRef<'static>> =
        LazyLock::new(|| FontRef::try_from_slice(INTER_SEMIBOLD).expect(PARSES));
    match weight {
        Weight::Regular => &REGULAR,
        Weight::SemiBold => &SEMIBOLD,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_characters_are_named_once() {
        let fonts = Fonts::embedded();
        assert!(fonts.missing("Zelenskyy, Erdoğan, Київ, Łódź → “−2…+2”\n\u{1}").is_empty());
        assert_eq!(fonts.missing("שלום של 中"), ['ש', 'ל', 'ו', 'ם', '中']);
    }

    #[test]
    fn a_font_that_is_added_has_its_family_and_nonsense_is_refused() {
        let mut fonts = Fonts::embedded();
        fonts.add("again.otf", INTER_REGULAR.to_vec()).expect("Inter is a font");
        assert_eq!(fonts.families().len(), 1);
        assert!(fonts.families()[0].starts_with("Inter"));
        let refusal = fonts.add("notes.txt", b"no font".to_vec()).expect_err("no font").to_string();
        assert!(refusal.contains("notes.txt") && refusal.contains(".ttf"), "{refusal}");
    }
}
