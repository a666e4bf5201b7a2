//! The narrator within words that were said: "« C'est fini, a-t-il dit. Partons. »", "«Мы ждём, — сказал он. — Пора»",
//! and words that only dashes set off: "— Деньги есть, — сказал он."
//!
//! Which of these a language has, its file says.

use std::ops::Range;

use crate::extract::speech::cues::{AUXILIARY, Cues, DETERMINER, FINITE, PREPOSITION, SAY, SUBJECT, TITLE, WEAK};
use crate::extract::speech::quotation::{Marks, QuotedStretch};
use crate::extract::speech::section::SaidWithin;

/// How many words of the narrator may come before the verb.
const BEFORE: usize = 6;

/// The most words of the narrator between two dashes.
const MOST: usize = 40;

/// Splits quotations where the narrator comes between, and finds words that begin their paragraph with a dash.
pub fn cut(text: &str, block: Range<usize>, all: Vec<QuotedStretch>, cues: &Cues) -> Vec<QuotedStretch> {
    let Some(within) = cues.said_within else { return all };
    let mut found: Vec<QuotedStretch> = Vec::with_capacity(all.len());
    let mut lead = None;
    if let Some(start) = after_dash(text, block.clone()) {
        let spoken = spoken(text, start..block.end, SaidWithin::Dashes, cues);
        // Without a narrator it is an item of a list.
        if spoken.len() > 1 || spoken.first().is_some_and(|first| first.end < block.end) {
            let whole = QuotedStretch {
                outer: block.clone(),
                inner: start..block.end,
                depth: 0,
                closed: true,
                marks: Marks::Dash,
                goes_on: false,
            };
            found.extend(pieces(&whole, &spoken));
            lead = spoken.last().map(|last| last.end);
        }
    }
    for stretch in all {
        if lead.is_some_and(|end| stretch.outer.start < end) {
            // Marks within words that a dash begins.
            if found
                .iter()
                .any(|piece| piece.inner.start <= stretch.outer.start && stretch.outer.end <= piece.inner.end)
            {
                found.push(QuotedStretch { depth: stretch.depth + 1, ..stretch });
            }
            continue;
        }
        let own = stretch.depth == 0 && matches!(stretch.marks, Marks::Angled | Marks::Double);
        let spoken = if own { spoken(text, stretch.inner.clone(), within, cues) } else { Vec::new() };
        let rest = spoken.last().is_some_and(|last| last.end < stretch.inner.end);
        if spoken.len() > 1 || rest {
            found.extend(pieces(&stretch, &spoken));
        } else {
            found.push(stretch);
        }
    }
    found.sort_by_key(|quotation| (quotation.outer.start, std::cmp::Reverse(quotation.outer.end)));
    found
}

/// The parts of a quotation that were spoken, as quotations.
fn pieces(whole: &QuotedStretch, spoken: &[Range<usize>]) -> Vec<QuotedStretch> {
    let last = spoken.len().saturating_sub(1);
    let piece = |(i, part): (usize, &Range<usize>)| {
        let ends = i == last && part.end == whole.inner.end;
        let outer = if i == 0 { whole.outer.start } else { part.start }..if ends { whole.outer.end } else { part.end };
        QuotedStretch { outer, inner: part.clone(), closed: whole.closed || !ends, goes_on: i > 0, ..whole.clone() }
    };
    spoken.iter().enumerate().map(piece).collect()
}

/// Where the words begin, if a block begins with a dash and a space.
fn after_dash(text: &str, block: Range<usize>) -> Option<usize> {
    let own = &text[block.clone()];
    let rest = own.strip_prefix(is_dash)?;
    let words = rest.trim_start();
    (words.len() < rest.len() && words.starts_with(|c: char| c.is_alphanumeric())).then(|| block.end - words.len())
}

fn is_dash(c: char) -> bool {
    matches!(c, '—' | '–' | '-' | '―')
}

/// The stretches of some words that are not the narrator's, in order.
fn spoken(text: &str, within: Range<usize>, by: SaidWithin, cues: &Cues) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = within.start;
    let mut at = within.start;
    while let Some(c) = text[at..within.end].chars().next() {
        let next = at + c.len_utf8();
        if matches!(c, ',' | '.' | '!' | '?' | '…') {
            let narrator = match by {
                SaidWithin::Dashes => between_dashes(text, next..within.end, cues),
                SaidWithin::Commas => between_commas(text, next..within.end, c, cues),
            };
            if let Some(narrator) = narrator {
                found.push(start..next);
                start = narrator.end;
                at = narrator.end;
                continue;
            }
        }
        at = next;
    }
    if text[start..within.end].contains(char::is_alphanumeric) {
        found.push(start..within.end);
    }
    found
}

/// " — сказал он. — ": the narrator from the first dash, and where the words go on.
fn between_dashes(text: &str, within: Range<usize>, cues: &Cues) -> Option<Range<usize>> {
    let own = &text[within.clone()];
    let rest = own.trim_start().strip_prefix(is_dash)?;
    let words = rest.trim_start();
    if words.len() == rest.len() || !words.starts_with(char::is_lowercase) {
        return None;
    }
    let from = within.end - words.len();
    let mut says = false;
    let mut end = within.end;
    let mut place = from;
    for (count, word) in words.split_inclusive(char::is_whitespace).enumerate() {
        let bare = word.trim();
        if count > 0 && bare.chars().all(is_dash) && !bare.is_empty() {
            end = place + word.len();
            break;
        }
        if count > MOST {
            break;
        }
        says |= count <= BEFORE && class_of(bare, cues) & SAY != 0;
        place += word.len();
    }
    says.then_some(from..end)
}

/// ", a-t-il dit. ": the narrator from the verb, and where the words go on.
fn between_commas(text: &str, within: Range<usize>, mark: char, cues: &Cues) -> Option<Range<usize>> {
    let own = &text[within.clone()];
    let words = own.trim_start();
    if mark == '.' || words.len() == own.len() || !words.starts_with(char::is_lowercase) {
        return None;
    }
    let from = within.end - words.len();
    let mut verb = None;
    let mut place = from;
    for word in words.split_inclusive(char::is_whitespace).take(BEFORE) {
        let class = class_of(word.trim(), cues);
        let attached = cues.attached_to(word.trim()).is_some();
        let after = place + word.len();
        if class & SAY != 0 && class & FINITE != 0 && (class & WEAK == 0 || attached || place > from) {
            verb = Some((after, attached));
            break;
        }
        if class & AUXILIARY == 0 {
            return None;
        }
        place = after;
    }
    let (behind, attached) = verb?;
    // The subject follows: a pronoun, a name, or a phrase with its article. Or the pronoun came before the verb.
    let next = text[behind..within.end].split_whitespace().next().unwrap_or("");
    let class = class_of(next, cues);
    let pronoun = text[from..behind].split_whitespace().any(|word| cues.attached_to(word).is_some());
    let ends = text[..behind].trim_end().ends_with(['.', ',']);
    if !(attached || pronoun || ends || next.starts_with(char::is_uppercase) || class & (DETERMINER | SUBJECT) != 0) {
        return None;
    }
    let mut at = if ends { text[..behind].trim_end().len() - 1 } else { behind };
    let mut apposed = false;
    loop {
        let stop = text[at..within.end].find([',', '.', '!', '?', ';']).map_or(within.end, |stop| at + stop);
        if stop == within.end {
            return Some(from..within.end);
        }
        let after = &text[stop + 1..within.end];
        // "explique Jeanne Pasquier, ingénieure, mais": what she is belongs to the narrator.
        let next = after.split_whitespace().next().unwrap_or("");
        let trade = class_of(next, cues) & TITLE != 0;
        // "s'est félicité le ministre, Jean Durand, après la rencontre. ": so is a name, and what ties to it.
        let office = text[from..stop].split_whitespace().any(|word| class_of(word, cues) & TITLE != 0);
        let named = office && next.starts_with(char::is_uppercase);
        let trade = trade || named || apposed && class_of(next, cues) & PREPOSITION != 0;
        apposed |= named;
        // "M. Durand", "8,5 %": no end.
        let inside = !after.is_empty() && !after.starts_with(char::is_whitespace)
            || text[..stop].rsplit(|c: char| !c.is_alphanumeric()).next().is_some_and(|word| word.chars().count() == 1);
        if !(inside || text[stop..].starts_with(',') && trade) {
            return Some(from..within.end - after.trim_start().len());
        }
        at = stop + 1;
    }
}

/// What a word with the marks around it may be. Of "l'a", "s'est" and "a-t-il" it is the verb.
fn class_of(word: &str, cues: &Cues) -> u128 {
    let mut bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    if let Some(at) = cues.attached_to(bare) {
        bare = &bare[..at];
    }
    if let Some((first, rest)) = bare.split_once(['\'', '’']).filter(|(first, _)| cues.is_elided(first)) {
        bare = if rest.is_empty() { first } else { rest };
    }
    cues.class(&bare.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::speech::quotation::quotations;

    fn found<'t>(code: &str, text: &'t str) -> Vec<&'t str> {
        let cues = Cues::of(code);
        let all = quotations(text, 0..text.len(), &cues);
        let all = cut(text, 0..text.len(), all, &cues);
        all.iter().map(|stretch| text[stretch.inner.clone()].trim()).collect()
    }

    #[test]
    fn the_narrator_within_the_marks_is_left_out() {
        for (code, text, expected) in [
            ("fr", "« C'est fini, a-t-il dit. Partons. »", vec!["C'est fini,", "Partons."]),
            (
                "fr",
                "« Il y a un risque, explique Jeanne Pasquier, ingénieure, mais il est faible. »",
                vec!["Il y a un risque,", "mais il est faible."],
            ),
            ("fr", "« C'est une honte, s'est indignée Sophie Marchand. »", vec!["C'est une honte,"]),
            ("fr", "« Nous irons, dit-elle, jusqu'au bout »", vec!["Nous irons,", "jusqu'au bout"]),
            ("fr", "« Le maire, les élus, tout le monde ment »", vec!["Le maire, les élus, tout le monde ment"]),
            ("ru", "«Мы ждём, — сказал он. — Пора»", vec!["Мы ждём,", "Пора"]),
            ("ru", "«Жизнь — это работа, — сказал он»", vec!["Жизнь — это работа,"]),
            ("ru", "«Время, место — всё известно»", vec!["Время, место — всё известно"]),
            ("uk", "— Гроші є, — сказав Бойко. — Немає бажання.", vec!["Гроші є,", "Немає бажання."]),
            ("uk", "— перший пункт, другий пункт", vec![]),
            ("en", "“We go, he said. Now”", vec!["We go, he said. Now"]),
        ] {
            assert_eq!(found(code, text), expected, "{text}");
        }
    }

    #[test]
    fn marks_without_end_take_no_time() {
        for (code, piece) in [("fr", "« a, dit-il, "), ("ru", "«а, — сказал, — "), ("uk", "— а, "), ("fr", ", a, a")]
        {
            let text = piece.repeat(20_000);
            assert!(found(code, &text).len() <= 60_000, "{code}");
        }
    }
}
