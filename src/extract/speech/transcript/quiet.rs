//! Turns under the name of the speaker, which is a line of its own:
//!
//! ```text
//! Dora Lind (Valley) (Lab)         Dora Lind -- Chief Executive Officer         ADA KROL (HOST)
//! I beg to move.                   Thank you, and good morning.                 Good evening.
//! ```

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::extract::speech::cues::*;
use crate::extract::speech::transcript::who::{Head, is_name};
use crate::extract::speech::transcript::{LABEL, ONE_IN, TURNS, Turn, is_clock, is_said, is_talk};

/// The longest line that is only a name, in bytes.
const LONGEST: usize = 90;
/// Names without an office have to begin one line in this many.
const PLAIN_ONE_IN: usize = 4;

/// The turns of such a text.
pub fn quiet_turns(text: &str, cues: &Cues) -> Option<Vec<Turn>> {
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
        let says = next.len() > LABEL || next.ends_with(['.', '?', '!', '”', '"', ',', ':', '…', '»']);
        let head = (line.len() <= LONGEST && says).then(|| quiet_head(text, block.clone(), cues)).flatten();
        match (head, turns.last_mut()) {
            (Some((head, sure)), _) => {
                bracketed += usize::from(sure);
                *names.entry(&text[head.name.clone()]).or_default() += 1;
                turns.push(Turn { start: head.name.start, head, paragraph: number, blocks: Vec::new() });
            }
            (None, Some(turn)) => turn.blocks.push(block.clone()),
            (None, None) => {}
        }
    }
    if turns.len() < TURNS || turns.len() * ONE_IN < blocks.len() || names.len() < 2 {
        return None;
    }
    let again = names.values().filter(|count| **count > 1).count();
    let sure = bracketed > 0 && again > 0 || again > 1 && is_plain_talk(text, &blocks, &turns, cues);
    for turn in &mut turns {
        turn.blocks.retain(|block| is_said(text, block) && !is_clock(&text[block.clone()]));
    }
    sure.then_some(turns)
}

/// Whether names that stand alone are of people who speak in turn, and no headings, bylines or boxes: the turns begin soon,
/// are many, change their speaker, have few quotations, and some names are of people.
fn is_plain_talk(text: &str, blocks: &[Range<usize>], turns: &[Turn], cues: &Cues) -> bool {
    const FEW: usize = 4;
    let name = |turn: &Turn| &text[turn.head.name.clone()];
    let person = |turn: &&Turn| {
        let first = name(turn).split(' ').next().unwrap_or("").to_lowercase();
        cues.class(&first) & (MALE_NAME | FEMALE_NAME | HONORIFIC | TITLE) != 0
    };
    let same = turns.windows(2).filter(|pair| name(&pair[0]) == name(&pair[1])).count();
    let quoting = blocks.iter().filter(|block| text[(*block).clone()].contains(['“', '„', '«', '"'])).count();
    turns.len() * PLAIN_ONE_IN >= blocks.len()
        && turns[0].paragraph * FEW <= blocks.len()
        && FEW * same <= turns.len()
        && FEW * quoting <= blocks.len()
        && 2 * turns.iter().filter(person).count() >= turns.len()
        && is_talk(text, turns, cues)
}

/// A line that is only a name, with an office before or behind it; and whether the office is set off, by brackets or a
/// double dash.
fn quiet_head(text: &str, line: Range<usize>, cues: &Cues) -> Option<(Head, bool)> {
    let written = &text[line.clone()];
    if written.ends_with(['.', ':', ',', '!', '?']) {
        return None;
    }
    let class = |word: &str| cues.class(&word.to_lowercase());
    let at = |part: &str| {
        let offset = part.as_ptr() as usize - written.as_ptr() as usize;
        line.start + offset..line.start + offset + part.len()
    };
    let person = |name: &str| is_name(name, cues) && (2..=4).contains(&name.split(' ').count());
    let head = |name: &str, office: Option<&str>| Head {
        name: at(name),
        office: office.map(at),
        words: line.end,
        loud: false,
    };
    // "Dora Lind -- Chief Executive Officer", "Dora Lind – Finance"
    let dash = [" -- ", " – ", " — ", " | "].into_iter().find_map(|dash| written.split_once(dash));
    if let Some((name, office)) = dash {
        let sure = written.contains(" -- ");
        return person(name).then(|| (head(name, Some(office)), sure));
    }
    let open = written.find(" (");
    let label = written[..open.unwrap_or(written.len())].trim_end();
    let inside = open.map(|open| written[open + 2..].split(')').next().unwrap_or(""));
    // "The Minister for Trams (Hugo Brandt)": the office first.
    let office_first = label.split(' ').next().is_some_and(|first| class(first) & DETERMINER != 0);
    match inside.filter(|inside| !inside.is_empty()) {
        Some(inside) if office_first && person(inside) => Some((head(inside, Some(label)), true)),
        Some(inside) if !office_first && person(label) => Some((head(label, Some(inside)), true)),
        None if person(label) && !office_first => Some((head(label, None), false)),
        // "Operator", "Moderator"
        None if class(label) & QUESTIONER != 0 && label.len() > 1 => Some((head(label, None), false)),
        _ => None,
    }
}
