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

use rustc_hash::{FxHashMap, FxHashSet};

use crate::extract::sentence::TextPart;
use crate::extract::speech::attribution::Confidence;
use crate::extract::speech::cues::{ANSWERER, Cues, NOBODY, SUBJECT};
use crate::extract::speech::people::People;
use crate::extract::speech::quoted::{How, Quoted, QuotedKind, Speaker};
use crate::extract::speech::speech;

mod who;
mod paragraphs;
mod stop;
mod head;
mod asked;
mod dashes;
mod labels;
mod quiet;
mod rows;
mod taking_turns;

use asked::asked_turns;
use dashes::dash_turns;
use head::head;
use labels::Labels;
use quiet::quiet_turns;
use rows::rows;
use taking_turns::taking_turns;
use who::Head;

/// The fewest turns of a transcript.
const TURNS: usize = 3;
/// The longest line without a mark, in bytes, that stands between turns and is nobody's.
const LABEL: usize = 60;
/// One paragraph in this many, at least, begins a turn.
const ONE_IN: usize = 6;

/// A turn: who, and everything up to the next turn.
#[derive(Debug, Clone)]
struct Turn {
    /// Where it begins, with its head.
    start: usize,
    head: Head,
    paragraph: usize,
    /// The paragraphs of its words.
    blocks: Vec<Range<usize>>,
}

/// The turns of a transcript, as quotations, and where each turn is with its head; `None` if the text is something
/// else.
pub fn transcript(
    text: &str,
    title: Option<&str>,
    people: &People,
    cues: &Cues,
) -> Option<(Vec<Quoted>, Vec<Range<usize>>)> {
    let mut turns = turns(text, cues)?;
    let above = &text[..turns[0].start];
    // A text without a title has its headline on its first line.
    let title = title.or_else(|| above.lines().map(str::trim).find(|line| !line.is_empty())).unwrap_or("");
    let mut labels = Labels::before(title, above, cues);
    for turn in &turns {
        labels.learn(text, turn, cues);
    }
    // Nobody knows who answers, so it is an article as well.
    if turns.iter().any(|turn| turn.head.name.is_empty()) && !labels.has_answerer() {
        return None;
    }
    // Where those who answer go by their names, as at a briefing, a question is a turn, too.
    let name = |turn: &Turn| text[turn.head.name.clone()].to_lowercase();
    let asked = turns.iter().any(|turn| labels::asks(&name(turn), cues));
    let is_name = |name: &str| !name.is_empty() && !labels::asks(name, cues) && cues.class(name) & ANSWERER == 0;
    labels.questions = turns.iter().any(|turn| is_name(&name(turn)));
    let (mut found, mut places) = (Vec::new(), Vec::new());
    let speakers: Vec<_> = turns.iter().map(|turn| labels.speaker(text, turn, people, cues)).collect();
    let asking = if asked { Vec::new() } else { interviewers(text, &turns, &speakers) };
    // What follows the last turn is often about whoever spoke: "Ann Lee is the mayor. Her book …"
    if let (Some(turn), Some(Some((speaker, _)))) = (turns.last_mut(), speakers.last()) {
        let about = |block: &Range<usize>| speaker.name.contains(' ') && text[block.clone()].contains(&speaker.name);
        let end = turn.blocks.iter().skip(1).position(about).map_or(turn.blocks.len(), |at| at + 1);
        turn.blocks.truncate(end);
    }
    for (turn, speaker) in turns.iter().zip(speakers) {
        let end = turn.blocks.last().map_or(turn.head.words, |block| block.end);
        places.push(turn.start..end);
        let speaker = speaker.filter(|(speaker, _)| !asking.contains(&speaker.name));
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

/// Who only asks, where one person answers: most of their turns are questions, and few of the other's. Half of them is
/// enough if they address the other by name. An interviewer may go by two names, in full and in short.
fn interviewers(text: &str, turns: &[Turn], speakers: &[Option<(Speaker, Confidence)>]) -> Vec<String> {
    const NAMES: usize = 3;
    let mut counts: Vec<(&str, usize, usize)> = Vec::new();
    for (turn, (speaker, _)) in turns.iter().zip(speakers).filter_map(|(turn, who)| Some((turn, who.as_ref()?))) {
        let question = turn.blocks.last().is_some_and(|block| text[block.clone()].trim_end().ends_with('?'));
        match counts.iter_mut().find(|(name, ..)| *name == speaker.name) {
            Some((_, all, asked)) => (*all, *asked) = (*all + 1, *asked + usize::from(question)),
            None => counts.push((&speaker.name, 1, usize::from(question))),
        }
    }
    let Some(answers) = counts.iter().position(|(_, all, asked)| *all > 2 && 4 * asked <= *all) else {
        return Vec::new();
    };
    let (answers, ..) = counts.swap_remove(answers);
    let last = answers.rsplit(' ').next().unwrap_or(answers);
    let addressed = turns.iter().zip(speakers).any(|(turn, who)| {
        let other = who.as_ref().is_some_and(|(who, _)| who.name != answers);
        other && turn.blocks.iter().any(|block| text[block.clone()].contains(last))
    });
    let (all, asked) = counts.iter().fold((0, 0), |(all, asked), (_, more, again)| (all + more, asked + again));
    let few = !counts.is_empty() && counts.len() < NAMES;
    if few && all > 2 && (3 * asked >= 2 * all || addressed && 2 * asked >= all) {
        counts.into_iter().map(|(name, ..)| name.to_owned()).collect()
    } else {
        Vec::new()
    }
}

/// What someone else said, as the speakers of a transcript quote it: words in quotation marks beside a verb of saying
/// and a name.
pub fn retold(text: &str, parts: &[TextPart], turns: &[Range<usize>], people: &People, cues: &Cues) -> Vec<Quoted> {
    let within = |part: &&TextPart| {
        let next = turns.partition_point(|turn| turn.end <= part.range.start);
        turns.get(next).is_some_and(|turn| turn.start <= part.range.start)
    };
    let inner: Vec<TextPart> =
        parts.iter().filter(within).cloned().map(|part| TextPart { skipped: None, ..part }).collect();
    let named = |quoted: &Quoted| {
        quoted.kind != QuotedKind::Indirect
            && !quoted.turned
            && quoted.cue.is_some()
            && quoted.speaker.as_ref().is_some_and(|speaker| speaker.how == How::Named)
    };
    let mut found = speech(text, &inner, people, cues);
    found.retain(named);
    for quoted in &mut found {
        // The words around are the speaker's own.
        quoted.spans.clone_from(&quoted.quoted);
    }
    found
}

/// The parts of a text that are in no turn.
pub fn outside(parts: &[TextPart], turns: &[Range<usize>]) -> Vec<TextPart> {
    let within = |part: &&TextPart| {
        let next = turns.partition_point(|turn| turn.end <= part.range.start);
        turns.get(next).is_none_or(|turn| part.range.end <= turn.start)
    };
    parts.iter().filter(within).cloned().collect()
}

/// Whether a text has as many questions as an interview without names.
fn asks_often(text: &str) -> bool {
    const QUESTIONS: usize = 3;
    text.bytes().filter(|byte| *byte == b'?').take(QUESTIONS).count() == QUESTIONS
}

fn turns(text: &str, cues: &Cues) -> Option<Vec<Turn>> {
    loud_turns(text, cues)
        .or_else(|| quiet_turns(text, cues))
        .or_else(|| taking_turns(text, cues))
        .or_else(|| asks_often(text).then(|| dash_turns(text).or_else(|| asked_turns(text, cues))).flatten())
}

/// Turns that begin with the name of the speaker and a mark.
fn loud_turns(text: &str, cues: &Cues) -> Option<Vec<Turn>> {
    let mut turns: Vec<Turn> = Vec::new();
    let (mut lines, mut loud, mut number) = (0, 0, 0);
    let mut names: FxHashMap<&str, usize> = FxHashMap::default();
    let mut gap = true;
    let mut start = 0;
    let small = small_label(text);
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
        let own = small.and_then(|small| asked_by(small, trimmed, from));
        if let Some(head) = own.or_else(|| head(text, range.clone(), cues)) {
            lines += usize::from(!gap);
            loud += usize::from(head.loud);
            *names.entry(&text[head.name.clone()]).or_default() += 1;
            let words = head.words..range.end;
            let blocks = if words.is_empty() { Vec::new() } else { vec![words] };
            turns.push(Turn { start: from, head, paragraph: number, blocks });
        } else if let Some(turn) = turns.last_mut() {
            match turn.blocks.last_mut().filter(|_| !gap) {
                Some(block) => block.end = range.end,
                None => turn.blocks.push(range),
            }
        }
        gap = false;
    }
    // "Tram line: Special report" is a heading, and "12.34 pm" or "Column 412" is no turn's.
    let ends = |range: &Range<usize>| is_said(text, range);
    let clock = |range: &Range<usize>| is_clock(&text[range.clone()]) || is_interruption(&text[range.clone()], cues);
    if let Some(last) = turns.last_mut() {
        // What follows the end of an interview is the paper's: "■", "* * *", "###  This transcript was edited".
        let ends = |block: &Range<usize>| {
            let line = &text[block.clone()];
            !line.contains(char::is_alphanumeric) || line.starts_with('#')
        };
        let end = last.blocks.iter().position(ends).unwrap_or(last.blocks.len());
        last.blocks.truncate(end);
    }
    if turns.len() < TURNS || turns.len() * ONE_IN < lines || names.len() < 2 {
        return None;
    }
    // Names that stand alone with a time are also those of reporters on a live page, and places stand before a dash.
    let weak = |turn: &&Turn| {
        let between = &text[turn.head.name.end..turn.head.words];
        let alone = turn.blocks.first().is_none_or(|block| block.start > turn.head.words);
        let alone = alone && !text[..turn.head.words].trim_end().ends_with(':');
        alone || between.contains(['–', '—']) && !between.contains('.')
    };
    let quoting = |turn: &&Turn| turn.blocks.iter().any(|block| text[block.clone()].contains(['“', '„', '«', '"']));
    if 2 * turns.iter().filter(weak).count() > turns.len()
        && (3 * turns.iter().filter(quoting).count() > turns.len() || !is_talk(text, &turns, cues))
    {
        return None;
    }
    // "A town and its tram: a panel" and "Ann Lee: “We wait”" are headlines.
    let heads = |turn: &Turn| {
        let ends = |block: &Range<usize>| text[block.clone()].ends_with(['.', '!', '?', '…', ')', ']', '—', '-']);
        let within = |block: &Range<usize>| text[block.clone()].starts_with(['“', '„', '«', '"']);
        let once = names[&text[turn.head.name.clone()]] == 1;
        let headline = !turn.blocks.iter().any(ends) && (once || turn.blocks.iter().all(within));
        // "INTERVIEW. Three years later, …": what the text is, before others speak in turn.
        let name = &text[turn.head.name.clone()];
        let kind = once && !name.contains(' ') && turn.head.office.is_none() && names.len() > 2;
        let kind = kind && names.values().filter(|count| **count > 1).count() > 1;
        !turn.blocks.is_empty() && (headline || kind)
    };
    let first = turns.iter().take_while(|turn| heads(turn)).count();
    turns.drain(..first);
    let pulled = pull_quotes(text, &turns);
    for turn in &mut turns {
        let mut first = true;
        let keeps = |block: &Range<usize>| !pulled.contains(&block.start) && ends(block) && !clock(block);
        turn.blocks.retain(|block| std::mem::take(&mut first) || keeps(block));
    }
    let others = names.values().filter(|count| **count > 1).count() > 1;
    turns.retain(|turn| {
        let name = &text[turn.head.name.clone()];
        let once = names[name] == 1 && !turn.head.loud && turn.blocks.len() == 1;
        // "Interview: Jon Tarn", where all others speak again and again.
        let label = others && !name.contains(' ') && turn.head.office.is_none();
        !once || turn.blocks.iter().all(ends) && !label
    });
    // "Verdict: It is late" and "Price: 3 crowns" are no turns: names are said again, or written large, or long.
    let again = turns.iter().filter(|turn| names[&text[turn.head.name.clone()]] > 1).count();
    let long = turns.iter().filter(|turn| text[turn.head.name.clone()].contains(' ')).count();
    let sure = 2 * loud.max(again).max(long) > turns.len();
    (turns.len() >= TURNS && turns.len() * ONE_IN >= lines && sure).then_some(turns)
}

/// Whether people speak in some turns, and not a reporter about others: one of four has "I", "we" or "you", or a question.
fn is_talk(text: &str, turns: &[Turn], cues: &Cues) -> bool {
    const LETTERS: usize = 8;
    let own = |word: &str| word.len() <= LETTERS && cues.class(&word.to_lowercase()) & NOBODY != 0;
    let speaks = |block: &Range<usize>| {
        text[block.clone()].split(|c: char| !c.is_alphabetic()).any(own) || text[block.clone()].contains('?')
    };
    4 * turns.iter().filter(|turn| turn.blocks.iter().any(speaks)).count() >= turns.len()
}

/// A name in small letters that asks again and again, as some papers write theirs: "taz: Why?"
fn small_label(text: &str) -> Option<&str> {
    const LONGEST: usize = 16;
    let mut found: Vec<(&str, usize, usize)> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| line.starts_with(char::is_lowercase)) {
        let end = line.find(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '-' | '&')).unwrap_or(line.len());
        let after = line[end..].strip_prefix(": ").unwrap_or("");
        if end <= LONGEST && after.starts_with(char::is_uppercase) {
            let asks = usize::from(line.ends_with('?'));
            match found.iter_mut().find(|(label, ..)| *label == &line[..end]) {
                Some((_, all, asked)) => (*all, *asked) = (*all + 1, *asked + asks),
                None => found.push((&line[..end], 1, asks)),
            }
        }
    }
    found.into_iter().find(|(_, all, asked)| *all > 1 && 2 * asked >= *all).map(|(label, ..)| label)
}

/// The head of a paragraph that begins with such a name.
fn asked_by(small: &str, line: &str, from: usize) -> Option<Head> {
    let after = line.strip_prefix(small)?.strip_prefix(": ")?;
    let words = from + line.len() - after.trim_start().len();
    Some(Head { name: from..from + small.len(), office: None, words, loud: false })
}

/// Where the pull quotes among the paragraphs of turns begin: a paragraph in marks whose words are a whole paragraph
/// without marks, or a part of one that is near. Of two that are alike, both in marks, neither is one.
fn pull_quotes(text: &str, turns: &[Turn]) -> FxHashSet<usize> {
    const NEAR: usize = 20;
    let blocks: Vec<&Range<usize>> = turns.iter().flat_map(|turn| &turn.blocks).collect();
    let lines: Vec<&str> = blocks.iter().map(|block| &text[block.start..block.end]).collect();
    let whole: FxHashSet<&str> = lines.iter().copied().collect();
    let repeats = |number: usize| {
        let inner = within_marks(lines[number]);
        if inner.len() + 2 >= lines[number].len() || inner.len() <= LABEL / 3 {
            return false;
        }
        let near = &lines[number.saturating_sub(NEAR)..lines.len().min(number + NEAR + 1)];
        // The same words in marks are no source: else both would go.
        whole.contains(inner) || near.iter().any(|line| line.contains(inner) && within_marks(line) != inner)
    };
    (0..lines.len()).filter(|number| repeats(*number)).map(|number| blocks[number].start).collect()
}

/// Whether a paragraph between turns may have been said: it is long, or has a mark.
fn is_said(text: &str, block: &Range<usize>) -> bool {
    let marks = ['.', '!', '?', '…', '”', '"', '—', '–', '-', ',', ';', ':', '’', ')', ']'];
    block.len() > LABEL || text[block.clone()].contains(marks)
}

/// A line without the quotation marks around it.
fn within_marks(line: &str) -> &str {
    line.trim_matches(['“', '”', '"', '„', '«', '»', '‘', '’'])
}

/// Whether a line is only a time: "12.34 pm".
fn is_clock(line: &str) -> bool {
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ':'));
    let rest = digits.trim().len();
    let alone = digits.len() < line.len() && rest <= "a.m.".len() && line.contains(['.', ':']);
    // "END 12:58 P.M. EST".
    let clock = line.split(' ').any(|word| {
        word.split_once(':').is_some_and(|(hour, _)| !hour.is_empty() && hour.bytes().all(|b| b.is_ascii_digit()))
    });
    alone || clock && line.len() <= LABEL && !line.contains(char::is_lowercase)
}

/// "Opposition members interjecting—": a short line up to a dash in which nobody says "I" or "we".
fn is_interruption(line: &str, cues: &Cues) -> bool {
    let word = |word: &str| cues.class(&word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
    line.len() <= LABEL
        && line.ends_with('—')
        && line.contains(' ')
        && !line.contains(['.', ',', '!', '?'])
        && line.split(' ').all(|own| word(own) & SUBJECT == 0)
}

#[cfg(test)]
mod tests;
