//! Who speaks, as a paragraph of a transcript begins with it.

use std::ops::Range;

use crate::extract::speech::cues::*;
use crate::extract::speech::transcript::stop::stopped;
use crate::extract::speech::transcript::who::{Head, floor, is_loud, is_name};

/// The longest name with its office, in bytes.
const LONGEST_HEAD: usize = 140;
/// Who speaks, if a paragraph begins with it.
pub fn head(text: &str, line: Range<usize>, cues: &Cues) -> Option<Head> {
    let stamp = stamp(&text[line.clone()]);
    let mut at = line.start + stamp;
    let rest = &text[at..line.end];
    // ">>" is a change of speaker, with a name or without one.
    if let Some(rest) = rest.strip_prefix(">>") {
        let words = line.end - rest.trim_start_matches(['>', ' ', '\t']).len();
        let nobody = || Head { name: at..at + 2, office: None, words, loud: false };
        return (words < line.end).then(|| head(text, words..line.end, cues).unwrap_or_else(nobody));
    }
    let trimmed = rest.trim_start_matches(['*', '_', ' ', '\t']);
    at += rest.len() - trimmed.len();
    at += numbered(trimmed);
    let rest = &text[at..line.end];
    let marked = letter(text, at, line.end, cues).or_else(|| surname(text, at, line.end, cues));
    let marked = marked.or_else(|| timed(text, at..line.end, stamp > 0, cues));
    let marked = marked.or_else(|| columned(text, at..line.end, cues));
    if let Some(head) = marked.or_else(|| stopped(text, at, line.end, cues)) {
        return Some(head);
    }
    let near = floor(rest, LONGEST_HEAD);
    let colon = outer_colon(&rest[..near])?;
    let label = &rest[..colon];
    let after = &rest[colon + 1..];
    let words = at + colon + 1 + (after.len() - after.trim_start_matches([' ', '\t', '*', '_', '\u{a0}']).len());
    // "Ingredients:" is a heading, "Moderator:" and "LIND:" are not.
    if words >= line.end && after.trim().is_empty() && !label.contains(' ') {
        let known = is_loud(label) && label.len() > 1 || cues.class(&label.to_lowercase()) & (QUESTIONER | TITLE) != 0;
        if !known {
            return None;
        }
    }
    let begins = text[words..line.end].chars().next();
    if !after.is_empty() && !after.starts_with([' ', '\t', '*', '_', '\u{a0}']) {
        return None;
    }
    if begins.is_some_and(|c| c.is_lowercase()) {
        return None;
    }
    let name_end = label.find([',', '(', '[', '–', '—', '/']).unwrap_or(label.len());
    let name = label[..name_end].trim_end_matches([' ', '\t', '*', '_']);
    // "Foreign Secretary, Ann Lee said:" in a press release: what follows is in quotation marks.
    let says =
        label.rsplit(' ').next().is_some_and(|last| cues.class(last) & SAY != 0 && cues.class(last) & FINITE != 0);
    if says && label.contains(' ') {
        return None;
    }
    let office = label[name_end..].trim_matches([',', ' ', '(', ')', '[', ']', '–', '—', '/']);
    let offset = label[name_end..].find(office).unwrap_or(0);
    let office =
        office.contains(char::is_alphabetic).then(|| at + name_end + offset..at + name_end + offset + office.len());
    // "The Minister for Trams (Ann Lee):": the office first.
    let article = cues.class(&first_word(name)) & DETERMINER != 0;
    if let Some(inside) = office.clone().filter(|_| article) {
        let person = &text[inside.clone()];
        let person = !person.contains(['(', ')', ',']) && (2..=4).contains(&person.split(' ').count());
        let bracket = label[name_end..].starts_with('(');
        if person
            && bracket
            && is_name(&text[inside.clone()], cues)
            && cues.class(&first_word(&text[inside.clone()])) & DETERMINER == 0
        {
            return Some(Head { name: inside, office: Some(at..at + name.len()), words, loud: false });
        }
    }
    let loud = is_loud(name);
    is_name(name, cues).then(|| Head { name: at..at + name.len(), office, words, loud })
}

/// The first word in lower case.
fn first_word(text: &str) -> String {
    text.split(' ').next().unwrap_or("").to_lowercase()
}

/// The first colon that is not in brackets: "Ann Lee (00:12): Yes."
fn outer_colon(text: &str) -> Option<usize> {
    let mut depth = 0;
    text.char_indices().find_map(|(at, c)| {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ => {}
        }
        (c == ':' && depth <= 0).then_some(at)
    })
}

/// How many bytes of a line are a time at its beginning: `[00:12:03] `, `12:03 `, `03.03.31, 10:32 - `.
fn stamp(line: &str) -> usize {
    let mut end = line.find(|c| !is_of_stamp(c)).unwrap_or(line.len());
    let half =
        line.get(end..end + 2).is_some_and(|half| half.eq_ignore_ascii_case("am") || half.eq_ignore_ascii_case("pm"));
    if half && line[end + 2..].starts_with([']', ')', ' ', '-']) {
        end += 2;
        end += line[end..].find(|c| !is_of_stamp(c)).unwrap_or(line.len() - end);
    }
    if line[..end].contains(':') { end } else { 0 }
}

/// Whether a time and its day may have a character.
fn is_of_stamp(c: char) -> bool {
    c.is_ascii_digit()
        || matches!(
            c,
            ':' | '[' | ']' | '(' | ')' | '.' | ',' | '/' | '-' | '–' | '>' | ' ' | '\t' | '\u{a0}' | '\u{202f}'
        )
}

/// How many bytes of a line are the number of a question: "12. Ann Lee (Marn) (Lab): …". A list has no groups.
fn numbered(line: &str) -> usize {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let Some(after) = rest.strip_prefix(". ").filter(|_| rest.len() < line.len()) else { return 0 };
    let label = after.split(':').next().unwrap_or("");
    if label.len() < after.len() && label.ends_with(')') { line.len() - after.len() } else { 0 }
}

/// A line that is only a name and a time: "Dora Lind, 10:32", "00:00:12 Dora Lind". `stamped` is whether the time came first.
fn timed(text: &str, line: Range<usize>, stamped: bool, cues: &Cues) -> Option<Head> {
    const LONGEST: usize = 60;
    let rest = &text[line.clone()];
    let ends = rest.ends_with(|c: char| c.is_ascii_digit() || matches!(c, ')' | ']' | 'M' | 'm'));
    if rest.len() > LONGEST || !(stamped || ends) || !rest.starts_with(char::is_uppercase) {
        return None;
    }
    let half = ["AM", "PM", "am", "pm"].into_iter().find_map(|half| rest.strip_suffix(half));
    let written = half.unwrap_or(rest);
    let name = written.trim_end_matches(is_of_stamp);
    let behind = written[name.len()..].contains(':');
    let name = if behind { name } else { rest };
    let words = name.split(' ');
    // "March 5, 10:32" is no name, but "Jan Tarn, 10:32" is one.
    let is_day = |class: Class| class & CALENDAR != 0 && class & (MALE_NAME | FEMALE_NAME) == 0;
    let day = words.clone().any(|word| is_day(cues.class(&word.to_lowercase())));
    let sure = (2..=4).contains(&words.count()) || cues.class(&name.to_lowercase()) & QUESTIONER != 0;
    let fits = (behind || stamped) && sure && !day && !name.ends_with('.') && is_name(name, cues);
    fits.then(|| Head { name: line.start..line.start + name.len(), office: None, words: line.end, loud: false })
}

/// "Q", "A", "Q.", "Q:" before words.
fn letter(text: &str, at: usize, end: usize, cues: &Cues) -> Option<Head> {
    let rest = &text[at..end];
    let word = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    let class = cues.class(&rest[..word].to_lowercase());
    if word != 1 || class & (QUESTIONER | ANSWERER) == 0 || !rest.starts_with(char::is_uppercase) {
        return None;
    }
    let after = &rest[word..];
    let marks = after.trim_start_matches(['.', ':', ' ', '\t', '\u{a0}', ')']);
    let gap = after.len() - marks.len();
    // "10:05 A.M." is a time.
    let space = after.trim_start_matches(['.', ':', ')']).starts_with([' ', '\t', '\u{a0}']);
    // "Q Thank you.", where a page lost its spaces. "A" alone is mostly an article.
    let lost = class & QUESTIONER != 0 && class & ANSWERER == 0 && marks.starts_with(|c: char| !c.is_lowercase());
    let parted = space && (after.starts_with(['.', ':', '\t', ')']) || gap > 1 || lost);
    (parted && gap > 0 && !marks.is_empty()).then_some(Head {
        name: at..at + word,
        office: None,
        words: at + word + gap,
        loud: true,
    })
}

/// "LIND     We will build it.": a name in capitals in a column of its own.
fn columned(text: &str, line: Range<usize>, cues: &Cues) -> Option<Head> {
    const LONGEST: usize = 40;
    const WORDS: usize = 3;
    let rest = &text[line.clone()];
    let near = &rest[..floor(rest, LONGEST)];
    let gap = near.find("   ").or_else(|| near.find('\t'))?;
    let name = &rest[..gap];
    let words = rest[gap..].trim_start();
    let sentence =
        words.starts_with(char::is_uppercase) && words.split_whitespace().count() >= WORDS && !is_loud(words);
    (is_loud(name) && name.len() > 2 && sentence && is_name(name, cues)).then(|| Head {
        name: line.start..line.start + gap,
        office: None,
        words: line.end - words.len(),
        loud: true,
    })
}

/// "Mr. HOLM. I yield.", "The SPEAKER. Order!"
fn surname(text: &str, at: usize, end: usize, cues: &Cues) -> Option<Head> {
    let rest = &text[at..floor(&text[..end], at + 60)];
    let (title, name) = rest.split_once(' ')?;
    let class = cues.class(&title.to_lowercase());
    let titled =
        title.starts_with(char::is_uppercase) && class & (HONORIFIC | DETERMINER | TITLE) != 0 && !is_loud(title);
    let stop = name.find(". ")?;
    let own = name[..stop].split(" of ").next().unwrap_or("");
    // "The SPEAKER pro tempore."
    let (large, small): (Vec<&str>, Vec<&str>) = own.split(' ').partition(|word| is_loud(word));
    let loud = own.split(' ').next().is_some_and(is_loud)
        && small.len() <= 2
        && large.iter().map(|word| word.len()).sum::<usize>() > 2;
    let length = title.len() + 1 + own.len();
    (titled && loud).then(|| Head {
        name: at..at + length,
        office: None,
        words: at + title.len() + 1 + stop + 2,
        loud: true,
    })
}
