//! Why a part of a text is left out, in the words that users see.

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
    /// The text under a picture, and the credit of the picture.
    Caption,
    /// The beginning of another article, or an invitation to read, hear or watch something.
    Teaser,
    /// What the site says about itself: cookies, newsletters, apps, rights.
    Notice,
}

impl Reason {
    /// The reason as shown to a person.
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
