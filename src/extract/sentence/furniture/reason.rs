//! Why a part of a text is left out, as the rest of the program tells it.

/// Why a part of a text is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Menus, buttons, links, lists of topics.
    Navigation,
    /// The article's headline, repeated or above it, and headings inside it.
    Headline,
    /// Who wrote it, and about the author.
    Byline,
    /// When it was published or posted, and nothing else.
    Stamp,
    /// What is under a picture, and whose picture it is.
    Caption,
    /// The beginning of another article, or an invitation to read, hear or see one.
    Teaser,
    /// What the site says about itself: cookies, newsletters, apps, rights.
    Notice,
}

impl Reason {
    /// The reason as a person reads it.
    pub fn words(self) -> &'static str {
        match self {
            Reason::Navigation => "navigation",
            Reason::Headline => "headline",
            Reason::Byline => "byline",
            Reason::Stamp => "time or date alone",
            Reason::Caption => "caption or credit",
            Reason::Teaser => "teaser of another article",
            Reason::Notice => "notice of the site",
        }
    }
}
