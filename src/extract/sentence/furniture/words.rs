//! The section `furniture` of a language's file, and what its word lists alone show about a line: its
//! time, the owner of a picture, or its author.

use rustc_hash::FxHashSet;
use serde::Deserialize;

use crate::extract::sentence::shape::{is_name, is_saying};

/// The section `furniture` of a language's file. All phrases are in lower case, with straight
/// apostrophes.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FurnitureWords {
    /// Whole lines, buttons and links.
    pub navigation: Vec<String>,
    /// Where a list of other articles begins.
    pub sections: Vec<String>,
    /// Beginnings of longer lines of that kind.
    pub section_openings: Vec<String>,
    /// Lines at the top, before which nothing belongs to the article.
    pub tops: Vec<String>,
    /// Beginnings of sentences and lines about the site.
    pub notices: Vec<String>,
    /// Beginnings of paragraphs about an earlier version of the article.
    pub corrections: Vec<String>,
    /// Phrases inside sentences about the site.
    pub notices_within: Vec<String>,
    /// The beginning of a short sentence about the site, and a phrase inside it.
    pub notice_pairs: Vec<[String; 2]>,
    /// Beginnings of invitations to other articles.
    pub teasers: Vec<String>,
    /// Marks before an invitation.
    pub pointers: Vec<String>,
    /// Before the name of an author.
    pub bylines: Vec<String>,
    /// What authors are called, at the end of a line.
    pub roles: FxHashSet<String>,
    /// What follows the name of an author in a sentence about the author.
    pub abouts: FxHashSet<String>,
    /// Beginnings of captions.
    pub captions: Vec<String>,
    /// Agencies and other owners of pictures.
    pub credits: FxHashSet<String>,
    /// Small words in a credit.
    pub credit_words: FxHashSet<String>,
    /// What comes between a name and the owner of a picture.
    pub owner_joins: FxHashSet<String>,
    /// What a credit in brackets contains.
    pub picture_words: Vec<String>,
    /// Words in lines that give only a time.
    pub stamps: FxHashSet<String>,
}

impl FurnitureWords {
    /// Whether a line gives only a time.
    pub fn is_stamp(&self, folded: &str) -> bool {
        let mut digits = false;
        let (mut words, mut others) = (0, 0);
        for word in
            folded.split(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '·' | '•' | '(' | ')' | '-' | '–'))
        {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            if word.is_empty() {
                continue;
            }
            let number = word.starts_with(|c: char| c.is_ascii_digit());
            let unit = word.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | '/' | 't'));
            digits |= number;
            words += 1;
            if !(self.stamps.contains(word) || (number && (unit.is_empty() || self.stamps.contains(unit)))) {
                others += 1;
            }
        }
        // "Saturday 1 March 2031 09:40, Port Calder" includes a place.
        digits && (others == 0 || (others <= 2 && words >= others + 4))
    }

    /// Whether a line gives the owner of a picture: "Reuters", "Ada Holm/AFP via Getty Images".
    pub fn is_credit(&self, written: &str) -> bool {
        let bare = written.trim_matches(|c: char| !c.is_alphanumeric());
        let name = |word: &str| {
            let small = word.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_uppercase());
            !small || self.credit_words.contains(word)
        };
        bare.split([' ', '/']).all(name) && self.names_owner(bare)
    }

    /// Whether the owner of a picture is named at the end of a line, or before or after a slash.
    fn names_owner(&self, line: &str) -> bool {
        let known = |name: &str| self.credits.contains(name.trim().to_lowercase().as_str());
        let tail = |part: &str| {
            let mut words = part.trim().rsplitn(3, ' ');
            let last = words.next().unwrap_or("");
            known(last) || words.next().is_some_and(|before| known(&format!("{before} {last}")))
        };
        line.split(['/', '|']).any(|part| {
            let words: Vec<&str> = part.split(' ').collect();
            let mut sides = words.split(|word| self.owner_joins.contains(*word)).map(|side| side.join(" "));
            sides.any(|side| known(&side) || tail(&side))
        })
    }

    /// Whether a paragraph ends with the owner of a picture: "(Ada Holm/AFP)", "Photograph: Ada
    /// Holm/AFP".
    pub fn ends_in_credit(&self, paragraph: &str) -> bool {
        let bare = paragraph.trim_end_matches(['.', ' ']);
        let Some(inside) = bare.strip_suffix([')', ']']) else { return false };
        let open = inside.char_indices().rev().take(120).find(|&(_, c)| matches!(c, '(' | '['));
        open.is_some_and(|(i, _)| {
            let credit = &inside[i + 1..];
            let folded = credit.to_lowercase();
            let picture = folded.contains('/')
                || folded.split(' ').any(|word| self.owner_joins.contains(word))
                || self.picture_words.iter().any(|word| folded.contains(word.as_str()));
            let name = credit
                .split_once('/')
                .is_some_and(|(name, owner)| is_name(name.trim()) && owner.starts_with(char::is_uppercase));
            name || (picture && self.names_owner(credit))
        })
    }

    /// Whether a paragraph is about the author with that name.
    pub fn is_about(&self, paragraph: &str, name: &str) -> bool {
        paragraph.strip_prefix(name).is_some_and(|rest| {
            rest.split_whitespace().next().is_some_and(|word| self.abouts.contains(word)) && !is_saying(paragraph)
        })
    }
}
