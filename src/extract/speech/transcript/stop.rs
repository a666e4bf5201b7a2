//! Who speaks, where no colon follows: a full stop or a dash, as in the records of many parliaments.
//!
//! ```text
//! M. Paul Renaud, ministre des transports. Madame la députée, …      КОВАЛЬ І.П. Дякую.
//! Dora Lind, author. – Madam President, …                            Mr. Holm.—I rise to ask …
//! ```

use std::ops::Range;

use crate::extract::speech::cues::*;
use crate::extract::speech::transcript::who::{Head, floor, is_loud, is_name};

/// The longest name with its office, in bytes.
const LONGEST: usize = 200;
/// The most words of a name, and of a name in capitals.
const NAME_WORDS: usize = 5;

/// Who speaks, if a paragraph begins with it and a full stop or a dash.
pub fn stopped(text: &str, at: usize, end: usize, cues: &Cues) -> Option<Head> {
    let rest = &text[at..floor(&text[..end], at + LONGEST)];
    if !rest.starts_with(char::is_uppercase) {
        return None;
    }
    dashed(rest, at, cues).or_else(|| shown(rest, at, cues)).filter(|head| {
        let words = &text[head.words..end];
        !words.starts_with(char::is_lowercase) && words.contains(char::is_alphabetic)
    })
}

/// "Mr. Holm.—I rise", "President. – The next item", "DORA LIND – The tram".
fn dashed(rest: &str, at: usize, cues: &Cues) -> Option<Head> {
    let dash = rest.find(['—', '–'])?;
    let before = rest[..dash].trim_end();
    let label = before.strip_suffix('.');
    // Without a full stop, it is a sentence with a dash, unless the name is in capitals.
    let label = match label {
        Some(label) => label,
        // "VELL – The council met" is where the news is from.
        None if is_loud(before) && before.len() < dash && !before.contains(':') && !is_placed(before, cues) => before,
        None => return None,
    };
    let (name, office) = parts(label);
    let role = name.split_once(' ').is_some_and(|(first, own)| class(first, cues) & DETERMINER != 0 && of_office(own));
    let words = at + dash + (rest[dash..].len() - rest[dash..].trim_start_matches(['—', '–', ' ', '\u{a0}']).len());
    (role || is_name(name, cues)).then(|| Head {
        name: at..at + name.len(),
        office: office.map(|office| at + office.start..at + office.end),
        words,
        loud: is_loud(name),
    })
}

/// "M. le président.", "Mme Claire Vasseur, ministre.", "КОВАЛЬ І.П.", "Громов И. П., фракция.", "ГОЛОВУЮЧИЙ."
fn shown(rest: &str, at: usize, cues: &Cues) -> Option<Head> {
    let first = rest.split([' ', '\u{a0}']).next().unwrap_or("");
    let known = class(first.trim_end_matches('.'), cues) | class(first, cues);
    let (from, label) = if known & HONORIFIC != 0 && first.len() < rest.len() {
        let from = first.len() + rest[first.len()..].chars().next().map_or(1, char::len_utf8);
        (from, &rest[from..from + label_end(rest.get(from..)?)?])
    } else {
        let stop = label_end(rest)?;
        let label = &rest[..stop];
        let alone = !label.contains(' ') && known & (TITLE | QUESTIONER) != 0;
        let large = is_loud(label) && is_short(label);
        if !(alone || large || of_initials(parts(label).0)) {
            return None;
        }
        (0, label)
    };
    let (name, office) = parts(label);
    let words: Vec<&str> = name.split(' ').collect();
    let small = |word: &&str| class(word, cues) & (PARTICLE | DETERMINER) != 0;
    let capitals = words.iter().all(|word| word.starts_with(char::is_uppercase) || small(word));
    let named = capitals && name.starts_with(char::is_uppercase);
    // "le président", "la présidente"
    let role = from > 0 && words.len() <= 3 && words.last().is_some_and(|last| class(last, cues) & TITLE != 0);
    let plain = name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '.' | '-' | '\'' | '’' | '\u{a0}'));
    if !plain || words.len() > NAME_WORDS || !(named || role) {
        return None;
    }
    let start = at + from;
    let after = &rest[from + label.len()..];
    Some(Head {
        name: start..start + name.len(),
        office: office.map(|office| start + office.start..start + office.end),
        words: start + label.len() + (after.len() - after.trim_start_matches(['.', ' ', '\t', '\u{a0}']).len()),
        loud: false,
    })
}

/// Whether words are a place.
fn is_placed(words: &str, cues: &Cues) -> bool {
    words.split(' ').any(|word| class(word, cues) & PLACE_NAME != 0)
}

fn class(word: &str, cues: &Cues) -> Class {
    cues.class(&word.to_lowercase())
}

/// Where a label ends: at the first full stop before a space that is not behind initials, or else behind them.
fn label_end(rest: &str) -> Option<usize> {
    let mut depth = 0i32;
    let mut initials = None;
    for (at, c) in rest.char_indices() {
        match c {
            '(' | '«' => depth += 1,
            ')' | '»' => depth -= 1,
            ':' | '!' | '?' | ';' | '“' | '”' | '"' => return initials,
            '.' if depth <= 0 => {
                let next = &rest[at + 1..];
                let word = rest[..at].rsplit([' ', '.', '\u{a0}']).next().unwrap_or("");
                let short = word.chars().count() == 1 && word.starts_with(char::is_uppercase);
                if short {
                    // Whether more of the name or the office follows, is seen at the next full stop.
                    initials = Some(at + 1);
                    let goes_on = next.trim_start().starts_with(',') || next.trim_start().starts_with('(');
                    let another = next.trim_start().chars().take(2).collect::<Vec<_>>();
                    let another = matches!(another.as_slice(), [letter, '.'] if letter.is_uppercase());
                    if !goes_on && !another {
                        return initials;
                    }
                } else if next.starts_with([' ', '\u{a0}', '\t']) {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    initials
}

/// The name of a label, and where its office or group is.
fn parts(label: &str) -> (&str, Option<Range<usize>>) {
    let end = label.find([',', '(', '[']).unwrap_or(label.len());
    let behind = &label[end..];
    let office = behind.trim_matches([',', ' ', '(', ')', '[', ']']);
    let from = end + behind.find(office).unwrap_or(0);
    let office = office.contains(char::is_alphabetic).then(|| from..from + office.len());
    (label[..end].trim_end(), office)
}

/// Whether words in capitals may be a name: no sentence, and no initial.
fn is_short(label: &str) -> bool {
    const WORDS: usize = 3;
    label.chars().count() > 3 && label.split(' ').count() <= WORDS
}

/// "Коваль І.П.", "Громов И. П.": a surname and two initials.
fn of_initials(name: &str) -> bool {
    let Some((last, initials)) = name.split_once([' ', '\u{a0}']) else { return false };
    let letters = initials.split(['.', ' ', '\u{a0}']).filter(|letter| !letter.is_empty());
    let single = |letter: &str| letter.chars().count() == 1 && letter.starts_with(char::is_uppercase);
    last.chars().count() > 1
        && last.starts_with(char::is_uppercase)
        && initials.ends_with('.')
        && (1..=2).contains(&letters.clone().count())
        && letters.into_iter().all(single)
}

/// "Minister of Works": begins with a capital, and no word of it is odd.
fn of_office(own: &str) -> bool {
    let words = own.split(' ');
    own.starts_with(char::is_uppercase)
        && words.clone().count() <= NAME_WORDS
        && words.into_iter().all(|word| word.starts_with(char::is_uppercase) || word.len() <= 3)
}
