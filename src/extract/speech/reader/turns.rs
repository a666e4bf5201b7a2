//! Words with a separate speaker: the turns of an interview, and the name below a paragraph of
//! quotation.

use std::ops::Range;

use crate::extract::sentence::TextPart;
use crate::extract::speech::attribution::Confidence;
use crate::extract::speech::block::Block;
use crate::extract::speech::item::items;
use crate::extract::speech::phrase::{NounPhrase, Who};
use crate::extract::speech::piece::{SIGNATURE, signature};
use crate::extract::speech::quoted::{Quoted, QuotedKind};
use crate::extract::speech::reader::Reader;
use crate::extract::speech::reader::posts::is_post_head;

/// Whether several paragraphs of a text begin with a name and a colon.
pub fn is_interview(text: &str, parts: &[TextPart]) -> bool {
    const TURNS: usize = 2;
    const LONGEST_NAME: usize = 60;
    let turn = |part: &&TextPart| {
        let (head, _) = text[part.range.clone()].split_once(':').unwrap_or(("", ""));
        let names = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c == '(');
        !head.is_empty() && head.len() <= LONGEST_NAME && head.split_whitespace().all(names)
    };
    let begins = |(i, part): &(usize, &TextPart)| *i == 0 || parts[*i - 1].paragraph != part.paragraph;
    let first = parts.iter().enumerate().filter(begins).map(|(_, part)| part);
    first.filter(|part| part.skipped.is_none()).filter(turn).take(TURNS).count() == TURNS
}

impl Reader<'_, '_> {
    /// Adds what someone says in an interview.
    pub(in crate::extract::speech::reader) fn add_turn(
        &mut self,
        block: &Block<'_>,
        name: usize,
        words: Range<usize>,
        paragraph: usize,
    ) {
        let subject = NounPhrase { items: block.names[name].items.clone(), who: Who::Name(name) };
        let resolved = self.memory.resolve(block, &subject, Confidence::Medium);
        self.memory.remember(&resolved);
        let span = block.bytes(words);
        self.found.push(Quoted {
            kind: QuotedKind::Direct,
            spans: vec![span.clone()],
            quoted: vec![span],
            turned: false,
            cue: None,
            speaker: resolved.speaker,
            runner_up: None,
            confidence: resolved.confidence,
            paragraph,
        });
    }

    /// A part that is not a sentence may still name the speaker of the words above it: "— Ann Lee".
    pub(in crate::extract::speech::reader) fn aside(&mut self, part: &TextPart) {
        let text = &self.text[part.range.clone()];
        let dash = text.starts_with(['—', '–', '-', '―', '(']) || text.starts_with(char::is_uppercase);
        if self.alone.is_some() && dash && text.len() <= 8 * SIGNATURE {
            let items = items(self.text, part.range.clone(), std::slice::from_ref(&part.range), &[], self.cues);
            let block = Block::new(self.text, self.cues, items, &mut self.memory.cast);
            self.signed(&block);
        }
        self.alone = None;
        self.poster = None;
        if self.listing.is_some() {
            let items = items(self.text, part.range.clone(), std::slice::from_ref(&part.range), &[], self.cues);
            let block = Block::new(self.text, self.cues, items, &mut self.memory.cast);
            self.listed(&block, part.paragraph);
            return;
        }
        if is_post_head(text) {
            let items = items(self.text, part.range.clone(), std::slice::from_ref(&part.range), &[], self.cues);
            let block = Block::new(self.text, self.cues, items, &mut self.memory.cast);
            self.post_head(&block);
        }
    }

    /// A paragraph that is only a name, below one that was all quotation, names its speaker: "— Ann Lee,
    /// Paris".
    ///
    /// Without a dash it may also be the heading of the words after it. It counts as a heading, unless
    /// the first such words of the text had none.
    pub(in crate::extract::speech::reader) fn signed(&mut self, block: &Block<'_>) {
        let alone = std::mem::take(&mut self.alone);
        let Some(name) = signature(block) else { return };
        let dash = block.items[0].is_dash() || block.items[0].is_mark('(');
        let signs = dash || self.signs.unwrap_or(alone.is_some());
        if !dash {
            self.signs = Some(signs);
        }
        let Some(number) = alone.filter(|_| signs) else { return };
        let subject = NounPhrase { items: block.names[name].items.clone(), who: Who::Name(name) };
        let resolved = self.memory.resolve(block, &subject, Confidence::High);
        self.memory.remember(&resolved);
        resolved.give(&mut self.found[number]);
        // A signature may include a date: "— Ann Lee, 3 March".
        self.found[number].cue = Some(block.bytes(subject.items));
    }
}
