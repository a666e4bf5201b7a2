//! Transcripts and interviews: paragraphs that begin with who speaks.
//!
//! ```text
//! THE MAYOR:  Thank you all.                     Q    Why did you change your mind?
//! RITA MARSH, CHAIRWOMAN (via video link): No.   Mr. HOLM. I yield.
//! [00:12:03] Ann Lee: We will build it.          Dr. Olaf Berg (Green Party): Never.
//! ```
//!
//! A turn lasts until the next one. Long turns are cut between sentences that stand for themselves.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::extract::sentence::TextPart;
use crate::extract::speech::attribution::Confidence;
use crate::extract::speech::cues::{
    ADVERB, AND, ANSWERER, CALENDAR, CONJUNCTION, CONTRAST, Cues, DETERMINER, FEMALE_NAME, FUTURE, HONORIFIC,
    MALE_NAME, NOBODY, PARTICLE, PREPOSITION, QUESTIONER, SUBJECT, TITLE,
};
use crate::extract::speech::people::People;
use crate::extract::speech::quoted::{How, Quoted, QuotedKind, Speaker};

/// The longest name with its office, in bytes.
const LONGEST_HEAD: usize = 140;
/// The most words of a name.
const NAME_WORDS: usize = 6;
/// The fewest turns of a transcript.
const TURNS: usize = 3;
/// One paragraph in this many, at least, begins a turn.
const ONE_IN: usize = 6;
/// From this many bytes on, a row is cut at the next sentence that stands for itself.
const LONG: usize = 600;
/// From this many bytes on, it is cut at the next sentence, whatever it is.
const TOO_LONG: usize = 1500;

/// Who speaks, as a paragraph begins with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The name, without office, party or time.
    pub name: Range<usize>,
    /// The office or party after it.
    pub office: Option<Range<usize>>,
    /// Where the words begin.
    pub words: usize,
    /// Whether the name is written in capitals, or is a letter for question and answer.
    pub loud: bool,
}

/// A turn: who, and everything up to the next turn.
#[derive(Debug, Clone)]
struct Turn {
    head: Head,
    paragraph: usize,
    /// The paragraphs of its words.
    blocks: Vec<Range<usize>>,
}

/// The turns of a transcript, as quotations, and where each turn is with its head; `None` if the text is something
/// else.
pub fn transcript(text: &str, people: &People, cues: &Cues) -> Option<(Vec<Quoted>, Vec<Range<usize>>)> {
    let turns = turns(text, cues)?;
    let mut labels = Labels { answerer: named_in(&text[..turns[0].head.name.start], cues), ..Labels::default() };
    for turn in &turns {
        labels.learn(text, turn, cues);
    }
    let (mut found, mut places) = (Vec::new(), Vec::new());
    for turn in &turns {
        let end = turn.blocks.last().map_or(turn.head.words, |block| block.end);
        places.push(turn.head.name.start..end);
        let speaker = labels.speaker(text, turn, people, cues);
        for block in &turn.blocks {
            for spans in rows(text, block.clone(), cues) {
                found.push(Quoted {
                    kind: QuotedKind::Direct,
                    quoted: spans.clone(),
                    spans,
                    turned: false,
                    cue: None,
                    speaker: speaker.as_ref().map(|(speaker, _)| speaker.clone()),
                    runner_up: None,
                    confidence: speaker.as_ref().map_or(Confidence::Low, |(_, confidence)| *confidence),
                    paragraph: turn.paragraph,
                });
            }
        }
    }
    Some((found, places))
}

/// The parts of a text that are in no turn.
pub fn outside(parts: &[TextPart], turns: &[Range<usize>]) -> Vec<TextPart> {
    let within = |part: &&TextPart| {
        let next = turns.partition_point(|turn| turn.end <= part.range.start);
        turns.get(next).is_none_or(|turn| part.range.end <= turn.start)
    };
    parts.iter().filter(within).cloned().collect()
}

fn turns(text: &str, cues: &Cues) -> Option<Vec<Turn>> {
    loud_turns(text, cues).or_else(|| quiet_turns(text, cues))
}

/// Turns under the name of the speaker, which is a paragraph of its own: "Dora Lind (Valley) (Lab)".
fn quiet_turns(text: &str, cues: &Cues) -> Option<Vec<Turn>> {
    const LONGEST: usize = 90;
    let mut turns: Vec<Turn> = Vec::new();
    let mut names: FxHashMap<&str, usize> = FxHashMap::default();
    let (mut start, mut bracketed) = (0, 0);
    let blocks: Vec<Range<usize>> = text
        .split_inclusive('\n')
        .filter_map(|line| {
            let from = start + (line.len() - line.trim_start().len());
            start += line.len();
            let length = line.trim().len();
            (length > 0).then_some(from..from + length)
        })
        .collect();
    for (number, block) in blocks.iter().enumerate() {
        let line = &text[block.clone()];
        let next = blocks.get(number + 1).map_or("", |next| &text[next.clone()]);
        let head = (line.len() <= LONGEST && next.ends_with(['.', '?', '!', '”', '"']))
            .then(|| quiet_head(text, block.clone(), cues))
            .flatten();
        match (head, turns.last_mut()) {
            (Some(head), _) => {
                bracketed += usize::from(head.office.is_some());
                *names.entry(&text[head.name.clone()]).or_default() += 1;
                turns.push(Turn { head, paragraph: number, blocks: Vec::new() });
            }
            (None, Some(turn)) => turn.blocks.push(block.clone()),
            (None, None) => {}
        }
    }
    let again = names.values().filter(|count| **count > 1).count();
    let many = turns.len() >= TURNS && turns.len() * ONE_IN >= blocks.len() && names.len() > 1;
    (many && bracketed > 0 && again > 0).then_some(turns)
}

/// A line that is only a name, with an office in brackets before or behind it.
fn quiet_head(text: &str, line: Range<usize>, cues: &Cues) -> Option<Head> {
    let written = &text[line.clone()];
    if written.ends_with(['.', ':', ',', '!', '?']) {
        return None;
    }
    let open = written.find(" (");
    let label = written[..open.unwrap_or(written.len())].trim_end();
    let inside = open.map(|open| written[open + 2..].split(')').next().unwrap_or(""));
    let class = |word: &str| cues.class(&word.to_lowercase());
    // "The Minister for Trams (Hugo Brandt)": the office first.
    let office_first = label.split(' ').next().is_some_and(|first| class(first) & DETERMINER != 0);
    let at = |part: &str| {
        let offset = part.as_ptr() as usize - written.as_ptr() as usize;
        line.start + offset..line.start + offset + part.len()
    };
    let person = |name: &str| is_name(name, cues) && (2..=4).contains(&name.split(' ').count());
    let (name, office) = match inside.filter(|inside| !inside.is_empty()) {
        Some(inside) if office_first && person(inside) => (inside, Some(label)),
        Some(inside) if !office_first && person(label) => (label, Some(inside)),
        None if person(label) && !office_first => (label, None),
        _ => return None,
    };
    Some(Head { name: at(name), office: office.map(at), words: line.end, loud: false })
}

/// Turns that begin with the name of the speaker and a mark.
fn loud_turns(text: &str, cues: &Cues) -> Option<Vec<Turn>> {
    let mut turns: Vec<Turn> = Vec::new();
    let (mut lines, mut loud, mut number) = (0, 0, 0);
    let mut names: FxHashMap<&str, usize> = FxHashMap::default();
    let mut gap = true;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        let from = start + (line.len() - line.trim_start().len());
        start += line.len();
        if trimmed.is_empty() {
            gap = true;
            number += 1;
            continue;
        }
        lines += usize::from(gap);
        let range = from..from + trimmed.len();
        if let Some(head) = head(text, range.clone(), cues) {
            lines += usize::from(!gap);
            loud += usize::from(head.loud);
            *names.entry(&text[head.name.clone()]).or_default() += 1;
            let words = head.words..range.end;
            let blocks = if words.is_empty() { Vec::new() } else { vec![words] };
            turns.push(Turn { head, paragraph: number, blocks });
        } else if let Some(turn) = turns.last_mut() {
            match turn.blocks.last_mut().filter(|_| !gap) {
                Some(block) => block.end = range.end,
                None => turn.blocks.push(range),
            }
        }
        gap = false;
    }
    // "Verdict: It is late" and "Price: 3 crowns" are no turns: names are said again, or written large, or long.
    let again = turns.iter().filter(|turn| names[&text[turn.head.name.clone()]] > 1).count();
    let long = turns.iter().filter(|turn| text[turn.head.name.clone()].contains(' ')).count();
    let sure = 2 * loud.max(again).max(long) > turns.len();
    (turns.len() >= TURNS && turns.len() * ONE_IN >= lines && sure && names.len() > 1).then_some(turns)
}

/// Who speaks, if a paragraph begins with it.
pub fn head(text: &str, line: Range<usize>, cues: &Cues) -> Option<Head> {
    let mut at = line.start + stamp(&text[line.clone()]);
    let rest = &text[at..line.end];
    let trimmed = rest.trim_start_matches(['*', '_', ' ', '\t']);
    at += rest.len() - trimmed.len();
    let rest = &text[at..line.end];
    if let Some(head) = letter(text, at, line.end, cues).or_else(|| surname(text, at, line.end, cues)) {
        return Some(head);
    }
    let near = floor(rest, LONGEST_HEAD);
    let colon = outer_colon(&rest[..near])?;
    let label = &rest[..colon];
    let after = &rest[colon + 1..];
    let words = at + colon + 1 + (after.len() - after.trim_start_matches([' ', '\t', '*', '_', '\u{a0}']).len());
    if words >= line.end && after.trim().is_empty() && !label.contains(' ') {
        return None;
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
    let office = label[name_end..].trim_matches([',', ' ', '(', ')', '[', ']', '–', '—', '/']);
    let offset = label[name_end..].find(office).unwrap_or(0);
    let office =
        office.contains(char::is_alphabetic).then(|| at + name_end + offset..at + name_end + offset + office.len());
    let loud = is_loud(name);
    is_name(name, cues).then(|| Head { name: at..at + name.len(), office, words, loud })
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

/// How many bytes of a line are a time at its beginning: "[00:12:03] ", "12:03 ".
fn stamp(line: &str) -> usize {
    let digits =
        |c: char| c.is_ascii_digit() || matches!(c, ':' | '[' | ']' | '(' | ')' | '.' | '-' | '>' | ' ' | '\t');
    let end = line.find(|c| !digits(c)).unwrap_or(line.len());
    if line[..end].contains(':') { end } else { 0 }
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
    let parted = space && (after.starts_with(['.', ':', '\t', ')']) || gap > 1);
    (parted && gap > 0 && !marks.is_empty()).then_some(Head {
        name: at..at + word,
        office: None,
        words: at + word + gap,
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

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// Whether a text is written in capitals.
fn is_loud(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(|c| !c.is_lowercase())
}

/// Whether words may be someone's name or office: each has a capital, or may be within a name.
fn is_name(name: &str, cues: &Cues) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let small = |word: &str| cues.class(&word.to_lowercase()) & (PARTICLE | DETERMINER) != 0;
    let letters = |word: &&&str| word.chars().any(char::is_alphabetic);
    let fits = |word: &&str| {
        let allowed = word.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '\'' | '’' | '#'));
        allowed && (word.starts_with(char::is_uppercase) || small(word) || !word.contains(char::is_alphabetic))
    };
    let first = words.first().is_some_and(|first| first.starts_with(char::is_uppercase));
    // "But remember this:" is a sentence that goes on.
    let sentence = words.len() > 1
        && words.first().is_some_and(|first| {
            cues.class(&first.to_lowercase()) & (CONJUNCTION | SUBJECT | FUTURE | ADVERB) != 0 && !is_loud(name)
        });
    first
        && !sentence
        && words.len() <= NAME_WORDS
        && words.iter().filter(letters).count() > 0
        && words.iter().all(fits)
}

/// The person named last in the lines before the first turn: two or more words with capitals, or one after a first name.
fn named_in(head: &str, cues: &Cues) -> Option<String> {
    let near = floor(head, head.len().saturating_sub(2000));
    let mut best: Option<(bool, String)> = None;
    let mut run: Vec<&str> = Vec::new();
    let mut end = |run: &mut Vec<&str>| {
        let given = |word: &&str| cues.class(&word.to_lowercase()) & (MALE_NAME | FEMALE_NAME) != 0;
        let known = run.first().is_some_and(given);
        if (2..=4).contains(&run.len()) && best.as_ref().is_none_or(|(sure, _)| known || !sure) {
            best = Some((known, run.join(" ")));
        }
        run.clear();
    };
    for line in head[near..].lines() {
        for word in line.split_whitespace() {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            let class = cues.class(&bare.to_lowercase());
            let fits = bare.starts_with(char::is_uppercase)
                && class & (DETERMINER | CALENDAR | TITLE | CONJUNCTION | PREPOSITION) == 0;
            if fits {
                run.push(bare);
            }
            if !fits || word.ends_with([',', '.', ':', ')', ';']) {
                end(&mut run);
            }
        }
        end(&mut run);
    }
    best.map(|(_, name)| name)
}

/// The names of a transcript: the short ones mean the long ones.
#[derive(Default)]
struct Labels {
    /// The full name, by last name in lower case; `None` if two people have it.
    by_last: FxHashMap<String, Option<String>>,
    /// The office that the first turn gives, by full name.
    offices: FxHashMap<String, String>,
    /// The person whom the text names before the first turn, for "A".
    answerer: Option<String>,
}

impl Labels {
    fn learn(&mut self, text: &str, turn: &Turn, cues: &Cues) {
        let name = bare(&text[turn.head.name.clone()], cues);
        if name.contains(' ') {
            let last = name.rsplit(' ').next().unwrap_or(&name).to_lowercase();
            let known = self.by_last.entry(last).or_insert_with(|| Some(name.clone()));
            if known.as_ref().is_some_and(|known| *known != name) {
                *known = None;
            }
        }
        if let Some(office) = &turn.head.office {
            self.offices.entry(name).or_insert_with(|| calm(&text[office.clone()], cues));
        }
    }

    fn speaker(&self, text: &str, turn: &Turn, people: &People, cues: &Cues) -> Option<(Speaker, Confidence)> {
        let written = &text[turn.head.name.clone()];
        let lower = written.to_lowercase();
        let asks = |word: &str| cues.class(word) & QUESTIONER != 0;
        if lower
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .all(|word| asks(word) || word.bytes().all(|b| b.is_ascii_digit()))
        {
            return None;
        }
        let speaker = |name: String, role: Option<String>, how| Speaker {
            name,
            role,
            mention: Some(turn.head.name.clone()),
            how,
        };
        let name = bare(written, cues);
        let known = |name: &str| people.named(name).map(|number| &people.people()[number]);
        let person = known(written).or_else(|| known(&name)).or_else(|| {
            let title =
                lower.split_once(' ').filter(|(first, _)| cues.class(first) & DETERMINER != 0).map(|(_, title)| title);
            title.or(Some(&lower)).and_then(|title| people.titled(title)).map(|number| &people.people()[number])
        });
        if let Some(person) = person {
            return Some((speaker(person.name.clone(), person.role.clone(), How::Named), Confidence::High));
        }
        if cues.class(&lower) & ANSWERER != 0 {
            return self.answerer.clone().map(|name| (speaker(name, None, How::Carried), Confidence::Low));
        }
        let full = self.by_last.get(&name.to_lowercase()).cloned().flatten().unwrap_or(name);
        let person = known(&full);
        let role = self.offices.get(&full).cloned();
        let office = |word: &str| cues.class(&word.to_lowercase()) & (TITLE | DETERMINER) != 0;
        let confidence =
            if full.contains(' ') && !full.split(' ').any(office) { Confidence::High } else { Confidence::Medium };
        Some(match person {
            Some(person) => (speaker(person.name.clone(), person.role.clone().or(role), How::Named), Confidence::High),
            None => (speaker(full, role, How::Named), confidence),
        })
    }
}

/// A name without the titles before it, in usual letters: "MS. RITA MARSH" is Rita Marsh. An office stays.
fn bare(written: &str, cues: &Cues) -> String {
    let calm = calm(written, cues);
    let words: Vec<&str> = calm.split(' ').collect();
    let title = |word: &str| cues.class(&word.to_lowercase()) & (TITLE | HONORIFIC) != 0;
    let first = words.iter().take_while(|word| title(word)).count();
    // "Speaker 1" and "The Mayor" have no other name.
    let named = words[first..].iter().any(|word| word.contains(char::is_alphabetic));
    if named { words[first..].join(" ") } else { calm }
}

/// Words in capitals as they are usually written.
fn calm(written: &str, cues: &Cues) -> String {
    let tidy = written.split_whitespace().collect::<Vec<_>>().join(" ");
    if !is_loud(&tidy)
        && tidy.split(' ').all(|word| !is_loud(word) || word.chars().filter(|c| c.is_alphabetic()).count() < 3)
    {
        return tidy;
    }
    let mut out = String::with_capacity(tidy.len());
    for (i, word) in tidy.split(' ').enumerate() {
        if i > 0 {
            out.push(' ');
        }
        let small = i > 0 && cues.class(&word.to_lowercase()) & (PARTICLE | DETERMINER | AND) != 0;
        let initials = word.contains('.') && word.len() <= 4 && word.trim_end_matches('.').contains('.');
        if !is_loud(word) || initials {
            out += word;
            continue;
        }
        let mut begins = !small;
        let mut letters = 0;
        for c in word.chars() {
            if begins && c.is_alphabetic() {
                out.extend(c.to_uppercase());
            } else {
                out.extend(c.to_lowercase());
            }
            letters += usize::from(c.is_alphabetic());
            // O'Neil, Smith-Holm; McNeil keeps what nobody can know.
            begins = !c.is_alphanumeric() && (c != '\'' && c != '’' || letters < 2) || begins && !c.is_alphabetic();
        }
    }
    out
}

/// The rows of a paragraph of a turn: its words without stage directions, cut if it is long. Each row is its spans.
fn rows(text: &str, block: Range<usize>, cues: &Cues) -> Vec<Vec<Range<usize>>> {
    let mut rows: Vec<Vec<Range<usize>>> = Vec::new();
    let mut row: Vec<Range<usize>> = Vec::new();
    let mut length = 0;
    for sentence in sentences(text, block) {
        let written = &text[sentence.clone()];
        if is_aside(written) {
            continue;
        }
        let stands = !leans(written, cues);
        if !row.is_empty() && (length > LONG && stands || length > TOO_LONG) {
            rows.push(std::mem::take(&mut row));
            length = 0;
        }
        length += written.len();
        match row.last_mut() {
            Some(last) if text[last.end..sentence.start].trim().is_empty() => last.end = sentence.end,
            _ => row.push(sentence),
        }
    }
    if !row.is_empty() {
        rows.push(row);
    }
    // "Thank you." is a turn, but a mark alone is none.
    let says = |spans: &Vec<Range<usize>>| spans.iter().any(|span| text[span.clone()].contains(char::is_alphabetic));
    rows.retain(says);
    rows
}

/// The sentences of a paragraph; what stands in brackets of its own is one.
fn sentences(text: &str, block: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = block.start;
    let bytes = text[block.clone()].char_indices().map(|(i, c)| (block.start + i, c));
    let mut last = ' ';
    let mut open: Option<(usize, char)> = None;
    let push = |range: Range<usize>, found: &mut Vec<Range<usize>>| {
        let written = &text[range.clone()];
        let from = range.start + (written.len() - written.trim_start().len());
        let to = range.start + written.trim_end().len();
        if from < to {
            found.push(from..to);
        }
    };
    for (at, c) in bytes {
        match (c, open) {
            ('(' | '[', None) if last.is_whitespace() || at == start => {
                open = Some((at, if c == '(' { ')' } else { ']' }));
            }
            (c, Some((from, close))) if c == close => {
                if is_aside(&text[from..at + 1]) {
                    push(start..from, &mut found);
                    push(from..at + 1, &mut found);
                    start = at + 1;
                }
                open = None;
            }
            (c, _) if c.is_uppercase() && last.is_whitespace() && open.is_none_or(|(from, _)| at - from > 200) => {
                let before = text[start..at].trim_end();
                let word = before.rsplit(|c: char| c.is_whitespace()).next().unwrap_or("");
                let initials = word.trim_end_matches('.').chars().count() <= 3
                    && word.ends_with('.')
                    && word.starts_with(char::is_uppercase);
                if before.trim_end_matches(['"', '”', '’', ')']).ends_with(['.', '!', '?', '…']) && !initials {
                    push(start..at, &mut found);
                    start = at;
                }
            }
            _ => {}
        }
        last = c;
    }
    push(start..block.end, &mut found);
    found
}

/// Whether words are a stage direction: "(Applause.)", "[Laughter]".
fn is_aside(written: &str) -> bool {
    const LONGEST: usize = 120;
    let round = written.starts_with('(') && written.ends_with(')');
    let square = written.starts_with('[') && written.ends_with(']');
    (round || square)
        && written.len() <= LONGEST
        && (square || written[1..].starts_with(char::is_uppercase) || written.len() < 24)
}

/// Whether a sentence leans on the one before: "But it is late."
fn leans(written: &str, cues: &Cues) -> bool {
    let first = written.split(|c: char| !c.is_alphanumeric() && c != '\'').next().unwrap_or("").to_lowercase();
    let class = cues.class(&first);
    class & (AND | CONTRAST | CONJUNCTION | SUBJECT) != 0 && class & NOBODY == 0
}

#[cfg(test)]
mod tests;
