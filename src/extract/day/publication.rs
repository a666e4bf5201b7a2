//! When a text was published, as it says itself.
//!
//! Only a full date counts, and only in a place where a page gives its own date: after a word such as
//! "published", next to a time of day, in the line with place and agency at the start of a report, or on
//! a short line of its own. A date in running text is the date of something else. If there is any doubt,
//! no date is given, and the user supplies it. Dates below the head of the page belong to other articles
//! or to the page's own furniture, except for a stamp with a time of day on the last lines of a page whose
//! head has none, as agencies send it.

use std::ops::Range;

use chrono::NaiveDate;

use crate::extract::day::expression::{Expression, Meaning};
use crate::extract::day::find::Mentions;
use crate::extract::day::lexicon::{flag, unit};
use crate::extract::day::piece::TokenShape;
use crate::extract::day::resolve::resolve;
use crate::extract::day::token::Tokens;

/// When a text was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// The day.
    pub date: NaiveDate,
    /// Where the text gives it, in bytes.
    pub range: Range<usize>,
}

/// The sign that a date is the page's own, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sign {
    /// "Published".
    Published,
    /// A time of day.
    Time,
    /// The place and the agency: "KYIV, March 3, 2025 (Reuters) -".
    Dateline,
    /// A short line of its own, with the weekday.
    OwnLineWeekday,
    /// A short line of its own.
    OwnLine,
    /// No line of its own, but joined to the words on both sides, as on pages saved without their lines:
    /// "Pier to close3 March 2025Share".
    Joined,
}

/// How far from the start of a page its date may be, in bytes. Navigation may come before it.
const HEAD: usize = 3000;
/// How far from its end the stamp of a report may be, in bytes.
const FOOT: usize = 200;
/// How far below a page's own date, in bytes, a label and its date belong to another article: "More on this story …
/// Published 1 March 2025".
const BELOW: usize = 800;
/// The longest line, in bytes without the date, that is not running text.
const SHORT_LINE: usize = 80;

/// Finds the day on which a text says it was published. `None` if it gives no day, or several without a
/// best sign for one of them.
pub fn publication(mentions: &Mentions<'_>) -> Option<Publication> {
    let head = mentions.found.iter().take_while(|(expression, _)| expression.range.end <= HEAD);
    best_sign(mentions, head, |_, _| true).or_else(|| {
        let text = mentions.tokens.text;
        let foot = text.trim_end().len().saturating_sub(FOOT).max(HEAD);
        let last = mentions.found.iter().rev().take_while(|(expression, _)| expression.range.start >= foot);
        best_sign(mentions, last, |sign, expression| {
            let line = line_of(text, &expression.range);
            let short = line.len() - expression.range.len() <= SHORT_LINE && !is_sentence(&text[line]);
            short && matches!(sign, Sign::Published | Sign::Time)
        })
    })
}

/// The day with the best sign among some, if it is only one.
fn best_sign<'m>(
    mentions: &Mentions<'_>,
    among: impl Iterator<Item = &'m (Expression, Range<usize>)>,
    counts: impl Fn(Sign, &Expression) -> bool,
) -> Option<Publication> {
    let mut best: Option<(Sign, Publication)> = None;
    let mut doubtful = false;
    for (expression, at) in among {
        let Some(sign) = sign(&mentions.tokens, expression, at).filter(|sign| counts(*sign, expression)) else {
            continue;
        };
        // The year is given, so the date does not depend on the day of publication.
        let Some(day) = resolve(expression, NaiveDate::default(), None) else { continue };
        let own = |(known, found): &(Sign, Publication)| {
            *known == Sign::Joined && expression.range.start > found.range.end + BELOW
        };
        if best.as_ref().is_some_and(own) {
            continue;
        }
        match &best {
            Some((known, _)) if *known < sign => {}
            Some((known, found)) if *known == sign => doubtful |= found.date != day.day,
            _ => {
                doubtful = false;
                best = Some((sign, Publication { date: day.day, range: expression.range.clone() }));
            }
        }
    }
    best.filter(|_| !doubtful).map(|(_, found)| found)
}

/// The first full date in words that are known to contain one, such as the page's own heading for it.
pub fn full_date(mentions: &Mentions<'_>) -> Option<NaiveDate> {
    let full = |expression: &Expression| matches!(expression.meaning, Meaning::Date { year: Some(_), more: 0, .. });
    let (found, _) = mentions.found.iter().find(|(expression, _)| full(expression))?;
    resolve(found, NaiveDate::default(), None).map(|resolved| resolved.day)
}

/// The sign that a date is the page's own, if there is one.
fn sign(tokens: &Tokens<'_>, expression: &Expression, at: &Range<usize>) -> Option<Sign> {
    let Meaning::Date { year: Some(_), weekday, more: 0, .. } = expression.meaning else { return None };
    let before = before(tokens, at.start);
    match before {
        Before::Published => return Some(Sign::Published),
        // A later version says nothing about the first.
        Before::Updated | Before::Other => return None,
        Before::Nothing => {}
    }
    if owned(tokens, at) {
        return None;
    }
    if time_follows(tokens, at.end) || time_precedes(tokens, at.start) {
        return Some(Sign::Time);
    }
    if is_dateline(tokens, at) {
        return Some(Sign::Dateline);
    }
    let line = line_of(tokens.text, &expression.range);
    // "— Ann Lee, 3 March 2025" signs the text above it.
    let first = tokens.tokens.partition_point(|token| token.start() < line.start);
    let signs = tokens.is_dash(first) && (first..at.start).any(|i| tokens.tokens[i].shape == TokenShape::Word);
    if line.len() - expression.range.len() <= SHORT_LINE && !signs && !is_sentence(&tokens.text[line]) {
        return Some(if weekday.is_some() { Sign::OwnLineWeekday } else { Sign::OwnLine });
    }
    let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let (before, after) = (&tokens.text[..expression.range.start], &tokens.text[expression.range.end..]);
    if letter(before.chars().next_back()) && letter(after.chars().next()) {
        return Some(Sign::Joined);
    }
    None
}

/// What comes directly before a date.
enum Before {
    Published,
    Updated,
    /// A word that makes it part of a sentence.
    Other,
    Nothing,
}

fn before(tokens: &Tokens<'_>, at: usize) -> Before {
    let mut token = at;
    // A colon, a bar or a bracket may come between. A full stop ends what came before.
    for _ in 0..3 {
        let Some(mark) = token.checked_sub(1) else { return Before::Nothing };
        let marks = [':', '|', '(', '-', '–', '—', '·', '•', ','];
        if !marks.iter().any(|&c| tokens.is_mark(mark, c)) {
            break;
        }
        token -= 1;
    }
    let Some(word) = token.checked_sub(1) else { return Before::Nothing };
    let class = tokens.class(word);
    let parted = token < at;
    // On the line above, only the word itself counts: "Published" above its date.
    if class.is(flag::NOT_PUBLISHED) {
        Before::Other
    } else if class.is(flag::PUBLISHED) && (parted || is_label(tokens, word)) {
        Before::Published
    } else if class.is(flag::UPDATED) && (parted || is_label(tokens, word)) {
        Before::Updated
    } else if class.is(flag::UPDATED) && !tokens.tokens[at].line {
        // "This article was last reviewed 3 March 2025".
        Before::Other
    } else if class.is(flag::RUNNING) && !tokens.tokens[at].line {
        // "Updated at 10:15 on 3 March 2025", "published in Kyiv on 3 March 2025".
        match (0..word)
            .rev()
            .take(6)
            .take_while(|&t| !tokens.tokens[t + 1].line)
            .find(|&t| tokens.is(t, flag::PUBLISHED | flag::UPDATED))
        {
            Some(label) if is_label(tokens, label) && tokens.is(label, flag::PUBLISHED) => Before::Published,
            Some(label) if is_label(tokens, label) => Before::Updated,
            _ => Before::Other,
        }
    } else {
        // A time may come between the word and its date: "Updated 10:15 GMT, 3 March 2025".
        match (0..=word)
            .rev()
            .take(8)
            .take_while(|&t| !tokens.tokens[t + 1].line)
            .find(|&t| tokens.is(t, flag::PUBLISHED | flag::UPDATED | flag::NOT_PUBLISHED))
        {
            Some(label) if time_between(tokens, label + 1..at) && tokens.is(label, flag::PUBLISHED) => {
                Before::Published
            }
            Some(label) if time_between(tokens, label + 1..at) && tokens.is(label, flag::UPDATED) => Before::Updated,
            _ => Before::Nothing,
        }
    }
}

/// Whether a word such as "published" or "date" labels what follows it and is not part of a sentence ("a
/// letter published on 3 March 2025"). A label begins a line, follows a mark, or is joined to the text
/// before it, as on saved pages.
fn is_label(tokens: &Tokens<'_>, word: usize) -> bool {
    let Some(before) = word.checked_sub(1) else { return true };
    let token = &tokens.tokens[word];
    token.line
        || tokens.tokens[before].shape == TokenShape::Mark && !tokens.is_mark(before, ',')
        || !token.spaced
        || token.capital
}

/// Whether some tokens are only a time of day.
fn time_between(tokens: &Tokens<'_>, between: Range<usize>) -> bool {
    let mut digits = false;
    for token in between {
        let shape = tokens.tokens[token].shape;
        digits |= shape == TokenShape::Number;
        let zone = shape == TokenShape::Word && tokens.tokens[token].len() <= 5;
        if shape == TokenShape::Word && !zone && tokens.class(token).weekday == 0 {
            return false;
        }
    }
    digits
}

/// Whether a time of day follows: "12:58 AM", "at 6.55am", "T06:55", "- 14:30 GMT".
fn time_follows(tokens: &Tokens<'_>, at: usize) -> bool {
    for skipped in 0..3 {
        let token = at + skipped;
        if tokens.tokens.get(token).is_none_or(|next| next.line) {
            return false;
        }
        if is_time(tokens, token) {
            return true;
        }
    }
    false
}

/// Whether a time of day comes before it on the same line: "06:55, 28 February 2025".
fn time_precedes(tokens: &Tokens<'_>, at: usize) -> bool {
    (at.saturating_sub(7)..at).any(|token| {
        is_time(tokens, token)
            && !(token + 1..=at).any(|next| tokens.tokens[next].line)
            && time_between(tokens, token..at)
    })
}

/// Whether a time of day begins at a token: "9.45pm", "10:15".
pub(crate) fn is_time(tokens: &Tokens<'_>, at: usize) -> bool {
    let number = |token: usize, digits| tokens.tokens.get(token).and_then(|token| token.number(digits));
    let Some(hour) = number(at, 1..3).filter(|hour| *hour < 25) else { return false };
    let part = |token: usize| tokens.is(token, flag::PART_OF_DAY) || tokens.class(token).unit == unit::HOUR;
    let clock = (tokens.is_mark(at + 1, ':') || tokens.is_mark(at + 1, '.'))
        && tokens.glued(at + 1)
        && tokens.glued(at + 2)
        && number(at + 2, 2..3).is_some_and(|minute| minute < 60);
    if clock {
        return tokens.is_mark(at + 1, ':') || part(at + 3);
    }
    hour < 13 && tokens.is(at + 1, flag::PART_OF_DAY)
}

/// Whether a date belongs to a noun or a possessive: "March 3, 2025's vote".
fn owned(tokens: &Tokens<'_>, at: &Range<usize>) -> bool {
    tokens.is(at.end, flag::POSSESSIVE)
}

/// Whether a date is in the place line of an agency report: "KYIV, March 3, 2025 (Reuters) -".
fn is_dateline(tokens: &Tokens<'_>, at: &Range<usize>) -> bool {
    let Some(mut first) = at.start.checked_sub(1) else { return false };
    if !tokens.is_mark(first, ',') {
        return false;
    }
    let mut words = 0;
    while !tokens.tokens[first].line {
        let Some(before) = first.checked_sub(1) else { return false };
        first = before;
        words += 1;
        let token = &tokens.tokens[first];
        if words > 8 || (token.shape == TokenShape::Word && !token.capital) {
            return false;
        }
    }
    let next = |token: usize| tokens.is_mark(token, '(') || tokens.is_mark(token, '/') || tokens.is_dash(token);
    // "DEN HAAG, 26. Juni 2025. Am Ende …": a place in capitals, and then the report.
    let loud = |token: usize| tokens.written(token).chars().all(|c| !c.is_lowercase());
    let ends = (tokens.is_mark(at.end, '.') || tokens.is_mark(at.end, ':'))
        && tokens.tokens.get(at.end + 1).is_some_and(|next| next.capital && !next.line)
        && (first..at.start).all(loud)
        && tokens.written(first).chars().count() > 2;
    next(at.end) || next(at.end + 1) || ends
}

fn line_of(text: &str, range: &Range<usize>) -> Range<usize> {
    // Longer lines are running text anyway, and must not be read again for each date.
    let mut from = range.start.saturating_sub(4 * SHORT_LINE);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let mut to = (range.end + 4 * SHORT_LINE).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let start = text[from..range.start].rfind('\n').map_or(from, |newline| from + newline + 1);
    let end = text[range.end..to].find('\n').map_or(to, |newline| range.end + newline);
    let line = &text[start..end];
    let lead = line.len() - line.trim_start().len();
    start + lead..(start + line.trim_end().len()).max(range.end)
}

/// Whether a line reads like a sentence: it ends like one.
fn is_sentence(line: &str) -> bool {
    let line = line.trim_end_matches(['"', '”', '’', ')', ' ']);
    line.ends_with(['.', '!', '?', ':']) && line.split_whitespace().count() > 6
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::day::lexicon::DayLexicon;

    fn found(text: &str) -> Option<String> {
        publication(&Mentions::of(text, &DayLexicon::english())).map(|found| {
            assert!(text.get(found.range).is_some());
            found.date.to_string()
        })
    }

    #[test]
    fn the_date_of_another_article_below_is_not_that_of_the_page() {
        let words = "The pier was late again, and the mayor said nothing of it. ".repeat(20);
        let page = |below: &str| format!("Pier to close, says mayorMenuHome3 March 2025ShareSaveAnn Lee{words}{below}");
        assert_eq!(
            found(&page("More on this storyTram to openPublished 1 March 2025Top stories")).as_deref(),
            Some("2025-03-03")
        );
        assert_eq!(
            found(&page("More on this storyTram to open1 March 2025Top stories")).as_deref(),
            Some("2025-03-03")
        );
        assert_eq!(found("MenuHome3 March 2025Ann LeePublished 4 March 2025The pier").as_deref(), Some("2025-03-04"));
    }

    #[test]
    fn a_page_says_when_it_was_published() {
        for (text, day) in [
            (
                "The bridge is open\n\nby Ann Field March 3, 2025 12:58 AM 2 min read\nThe bridge of Oslo, seen on May 1, 2024. (A. Lens)",
                "2025-03-03",
            ),
            (
                "The king went home.\nFriday 28 February 2025 06:55, UK\nThe king left on 27 February 2025, he said.",
                "2025-02-28",
            ),
            (" date 2025-09-24 + x\n\nThe king went home.", "2025-09-24"),
            ("The bridge is openPublished 3 March 2025ShareSave\nText.", "2025-03-03"),
            (
                "The bridge is open\nPublished: Monday, 3 March 2025\nUpdated: Tuesday, 4 March 2025\nText.",
                "2025-03-03",
            ),
            ("The bridge is open\nPublished\n3 March 2025\nText.", "2025-03-03"),
            ("The bridge is open\n10:15, 4 March 2025\nText.", "2025-03-04"),
            ("OSLO, March 3, 2025 (Wire) - The bridge is open.", "2025-03-03"),
            ("NEW HAVEN, March 3, 2025. The bridge is open.", "2025-03-03"),
            (
                &format!("OSLO, Aug 12 (Wire) - Text.\n{}\n\n12-AUG-2025 15:48 GMT\n", "It is. ".repeat(600)),
                "2025-08-12",
            ),
            ("The bridge is open\nMarch 3, 2025\nThe bridge opened on March 2, 2025.", "2025-03-03"),
            ("The bridge is open\n31.01.2025\nText.", "2025-01-31"),
            ("The bridge is open\n2025-01-31T06:55:00Z\nText.", "2025-01-31"),
            ("The bridge is open\nMar 3, 2025, 4:05pm EST\nText.", "2025-03-03"),
        ] {
            assert_eq!(found(text).as_deref(), Some(day), "{text}");
        }
    }

    #[test]
    fn what_is_not_beyond_doubt_is_not_guessed() {
        for text in [
            "",
            "The bridge is open\n2 days ago\nText.",
            "Published 4 hours ago. The bridge is open.",
            "The bridge of Oslo, seen on May 1, 2024. (A. Lens)",
            "The king was born on 3 March 1937 and became king on 17 January 1991, as his father had wished.",
            "Published 03/04/2025\nText.",
            "The bridge is open\nUpdated 10:15 GMT, 4 March 2025\nText.",
            "The bridge is open\nUpdated at 10:15 on 4 March 2025\nText.",
            "The bridge is open\nLast reviewed: 4 March 2025\nText.",
            "March 3\nText.",
            "31 February 2025\nText.",
            "The king read a letter published on 3 March 2025 and said nothing of it at all, to anyone.",
            "One thing\nMarch 3, 2025\nAnother thing\nMarch 4, 2025\nText.",
            "Copyright 2025. 3.5.2 of the manual.",
            "Oslo, March 3, 2025. It was late.",
            &format!("{}\nOther news\nMarch 3, 2025\n", "It is. ".repeat(600)),
            "“The bridge stays.”\n— Ann Lee, 3 March 2025",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
