//! What a picture wears: its background, its colours and its logo.

use crate::chart::draw::logo::Logo;
use crate::chart::draw::palette::Palette;
use crate::chart::draw::style::Theme;

/// The looks of a picture, apart from size and type.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Dress {
    /// The background.
    pub theme: Theme,
    /// The colours of the scales.
    pub palette: Palette,
    /// A logo beside the footer.
    pub logo: Option<Logo>,
}

/// A background with the usual colours and no logo.
impl From<Theme> for Dress {
    fn from(theme: Theme) -> Dress {
        Dress { theme, ..Dress::default() }
    }
}
