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

/// The fonts of a picture: the embedded Inter or a font in its place, and fonts added for letters that these
/// lack. Fonts installed on the machine are never used.
#[derive(Debug)]
pub struct Fonts {
    /// The font in place of Inter, regular and bold.
    main: Option<[Loaded; 2]>,
    more: Vec<Loaded>,
    database: Arc<Database>,
}

/// A font that was given.
#[derive(Debug)]
struct Loaded {
    font: FontVec,
    family: String,
    weight: Weight,
}

impl Fonts {
    /// Returns only the embedded fonts.
    pub fn embedded() -> Fonts {
        let mut database = Database::new();
        database.load_font_source(Source::Binary(Arc::new(INTER_REGULAR)));
        database.load_font_source(Source::Binary(Arc::new(INTER_SEMIBOLD)));
        database.set_sans_serif_family(INTER);
        Fonts { main: None, more: Vec::new(), database: Arc::new(database) }
    }

    /// Adds a font, given as the bytes of a TTF or OTF file, for letters that the earlier fonts lack.
    ///
    /// # Errors
    /// [`Error::Request`] if it is not such a font; `name` says which file it is.
    pub fn add(&mut self, name: &str, bytes: Vec<u8>) -> Result<()> {
        let font = self.load(name, bytes)?;
        self.more.push(font);
        Ok(())
    }

    /// Takes a font in place of Inter, given as the names and the bytes of its regular and its bold file. Letters that
    /// it lacks are those of Inter.
    ///
    /// # Errors
    /// [`Error::Request`] if one of them is not a font, or they are of two families.
    pub fn set_main(&mut self, regular: (&str, Vec<u8>), bold: (&str, Vec<u8>)) -> Result<()> {
        let names = (regular.0, bold.0);
        let pair = [self.load(regular.0, regular.1)?, self.load(bold.0, bold.1)?];
        let [one, other] = [&pair[0].family, &pair[1].family];
        if one != other {
            return Err(Error::request(
                format!("{} is of the family `{one}`, and {} of `{other}`", names.0, names.1),
                "give two files of one family, or the same file twice",
            ));
        }
        self.main = Some(pair);
        Ok(())
    }

    fn load(&mut self, name: &str, bytes: Vec<u8>) -> Result<Loaded> {
        let refused =
            || Error::request(format!("{name} cannot be read as a font"), "give the path of a .ttf or .otf file");
        let font = FontVec::try_from_vec(bytes.clone()).map_err(|_| refused())?;
        let database = Arc::make_mut(&mut self.database);
        let added = database.load_font_source(Source::Binary(Arc::new(bytes)));
        let face = added.first().and_then(|id| database.face(*id)).ok_or_else(refused)?;
        let family = face.families.first().map(|(family, _)| family.clone()).ok_or_else(refused)?;
        let weight = if face.weight.0 >= BOLD { Weight::SemiBold } else { Weight::Regular };
        Ok(Loaded { font, family, weight })
    }

    /// Returns the fonts in the form that the renderer needs.
    pub fn database(&self) -> Arc<Database> {
        self.database.clone()
    }

    /// Returns the families of all fonts, each once, in the order in which a letter is looked for.
    pub fn families(&self) -> Vec<&str> {
        let mut families: Vec<&str> = Vec::new();
        for (_, family) in self.fonts(Weight::Regular) {
            if !families.contains(&family) {
                families.push(family);
            }
        }
        families
    }

    /// Returns the characters of `text` that no font can show, each once, in order.
    pub fn missing(&self, text: &str) -> Vec<char> {
        let mut missing = Vec::new();
        for c in text.chars().filter(|c| is_drawn(*c)) {
            if self.fonts(Weight::Regular).all(|(font, _)| !has(font, c)) && !missing.contains(&c) {
                missing.push(c);
            }
        }
        missing
    }

    /// Returns the family of the font that shows a character, if it is not the first one.
    pub fn other_family(&self, c: char, weight: Weight) -> Option<&str> {
        let mut fonts = self.fonts(weight);
        fonts.next().filter(|(first, _)| is_drawn(c) && !has(*first, c))?;
        fonts.find(|(font, _)| has(*font, c)).map(|(_, family)| family)
    }

    /// Returns how far one character moves the pen, in pixels.
    pub fn advance(&self, c: char, face: Face) -> f64 {
        if direction::is_mark(c) {
            return 0.0;
        }
        let mut fonts = self.fonts(face.weight).map(|(font, _)| font);
        let first = fonts.next().filter(|first| !has(*first, c));
        let other = first.and_then(|_| fonts.find(|font| has(*font, c)));
        advance(other.unwrap_or_else(|| self.first(face.weight).0), c, face.size)
    }

    /// Returns how far the middle of the capitals is above the baseline, in em.
    pub fn middle(&self) -> f64 {
        let capital = |font: &FontVec| {
            let bounds = font.outline(font.glyph_id('H'))?.bounds;
            let units = font.units_per_em()?;
            Some(f64::from((bounds.max.y - bounds.min.y).abs() / units) / 2.0)
        };
        let main = self.main.as_ref().and_then(|[regular, _]| capital(&regular.font));
        main.filter(|middle| (0.2..0.6).contains(middle)).unwrap_or(INTER_MIDDLE)
    }

    fn first(&self, weight: Weight) -> (&dyn Font, &str) {
        match (&self.main, weight) {
            (Some([regular, _]), Weight::Regular) => (&regular.font, &regular.family),
            (Some([_, bold]), Weight::SemiBold) => (&bold.font, &bold.family),
            (None, _) => (embedded(weight), INTER),
        }
    }

    /// All fonts with their families, in the order in which a letter is looked for in text of a weight.
    fn fonts(&self, weight: Weight) -> impl Iterator<Item = (&dyn Font, &str)> {
        let inter: (&dyn Font, &str) = (embedded(weight), INTER);
        let alike = self.more.iter().filter(move |more| more.weight == weight);
        let others = self.more.iter().filter(move |more| more.weight != weight);
        let more = alike.chain(others).map(|more| (&more.font as &dyn Font, more.family.as_str()));
        std::iter::once(self.first(weight)).chain(self.main.is_some().then_some(inter)).chain(more)
    }
}

/// The weight from which a font is bold.
const BOLD: u16 = 600;
/// The family of the embedded fonts.
const INTER: &str = "Inter";
/// How far the middle of Inter's capitals is above the baseline, in em.
const INTER_MIDDLE: f64 = 0.3635;

/// Whether a character is drawn at all.
fn is_drawn(c: char) -> bool {
    !c.is_whitespace() && !c.is_control() && !direction::is_mark(c)
}

/// Whether a font has a glyph for a character. Glyph 0 marks a missing character.
fn has(font: &dyn Font, c: char) -> bool {
    font.glyph_id(c) != GlyphId(0)
}

fn advance(font: &dyn Font, c: char, size: f64) -> f64 {
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
        assert_eq!(fonts.families(), ["Inter"]);
        fonts.set_main(("a.otf", INTER_REGULAR.to_vec()), ("b.otf", INTER_SEMIBOLD.to_vec())).expect("one family");
        assert!(fonts.other_family('a', Weight::Regular).is_none());
        assert!((fonts.middle() - INTER_MIDDLE).abs() < 0.001, "{}", fonts.middle());
        let refusal = fonts.add("notes.txt", b"no font".to_vec()).expect_err("no font").to_string();
        assert!(refusal.contains("notes.txt") && refusal.contains(".ttf"), "{refusal}");
    }
}
