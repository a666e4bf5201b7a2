//! Where something was said, as the sentence that reports it says.

use std::ops::Range;

use serde::Deserialize;

/// What a language says of places and occasions.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VenueWords {
    /// Places, occasions and media that name themselves.
    phrases: Vec<String>,
    /// What stands before a name that tells where.
    before_names: Vec<String>,
    /// Small words within such names.
    within_names: Vec<String>,
}

/// The longest name, in words.
const LONGEST: usize = 6;

impl VenueWords {
    /// Finds where something was said in a sentence that reports it; what stands inside the words said (`quotes`,
    /// bytes of the text) does not count.
    pub fn find(&self, text: &str, sentence: Range<usize>, quotes: &[Range<usize>]) -> Option<String> {
        let own = text.get(sentence.clone())?;
        let lower = own.to_lowercase();
        // Where small letters are longer or shorter, places in the two texts are not the same.
        if lower.len() != own.len() {
            return None;
        }
        let outside = |at: usize| !quotes.iter().any(|quote| quote.contains(&(sentence.start + at)));
        let places = |phrase: &str| {
            let phrase = phrase.to_owned();
            let found: Vec<usize> = lower.match_indices(phrase.as_str()).map(|(at, _)| at).collect();
            found.into_iter().filter(move |at| whole(own, *at, phrase.len())).find(|at| outside(*at))
        };
        let named = self.before_names.iter().find_map(|phrase| {
            let end = places(phrase)? + phrase.len();
            self.name(&own[end..]).map(|name| (phrase, name))
        });
        if let Some((phrase, name)) = named {
            // An interview is named as one; a post is where it stands.
            return Some(if phrase.starts_with("interview") { format!("{phrase} {name}") } else { name });
        }
        self.phrases.iter().find_map(|phrase| places(phrase).map(|at| own[at..at + phrase.len()].to_owned()))
    }

    /// The words with a capital at the beginning of a text.
    fn name(&self, rest: &str) -> Option<String> {
        let capital = |word: &str| word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
        let mut name: Vec<&str> = Vec::new();
        for word in rest.split_whitespace().take(LONGEST) {
            let bare = word.trim_end_matches([',', '.', ';', ':', '!', '?', ')']);
            let small = self.within_names.iter().any(|small| small == bare);
            if !capital(bare) && !small {
                break;
            }
            name.push(bare.trim_end_matches("'s").trim_end_matches("’s"));
            if bare.len() < word.len() {
                break;
            }
        }
        while name.last().is_some_and(|last| !capital(last)) {
            name.pop();
        }
        // "An interview with Russian state television": the name is no more than the beginning of one.
        let next = rest.split_whitespace().nth(name.len()).unwrap_or("");
        if name.len() == 1
            && next.starts_with(char::is_lowercase)
            && !rest.trim_start()[name[0].len()..].starts_with([',', '.'])
        {
            return None;
        }
        (!name.is_empty()).then(|| name.join(" "))
    }
}

/// Whether no letter stands on either side of a stretch.
fn whole(text: &str, at: usize, length: usize) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !letter(text[..at].chars().next_back()) && !letter(text[at + length..].chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::language::Language;

    fn venue(text: &str) -> Option<String> {
        let quotes: Vec<Range<usize>> =
            text.find('“').and_then(|start| Some(start..text.find('”')?)).into_iter().collect();
        Language::english().venues.find(text, 0..text.len(), &quotes)
    }

    #[test]
    fn places_and_media_are_found_outside_the_words_said() {
        assert_eq!(venue("In a post on Truth Social, he wrote: “No.”").as_deref(), Some("Truth Social"));
        assert_eq!(venue("She told reporters in the Oval Office.").as_deref(), Some("Oval Office"));
        let interview = venue("The mayor said so in an interview with Radio Marn on Monday.");
        assert_eq!(interview.as_deref(), Some("interview with Radio Marn"));
        assert_eq!(venue("He said “the press conference was short”."), None);
        assert_eq!(venue("He said no."), None);
        assert_eq!(venue("İn the Oval Office"), None);
    }
}
