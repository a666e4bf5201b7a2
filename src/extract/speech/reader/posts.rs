//! Posts as they are copied: a line with the name and the account, and the post below it without marks.
//!
//! ```text
//! Ann Lee · @annlee · Oct 12
//! We will build it.
//! ```

use crate::extract::speech::attribution::Confidence;
use crate::extract::speech::block::Block;
use crate::extract::speech::item::ItemKind;
use crate::extract::speech::phrase::{NounPhrase, Who};
use crate::extract::speech::quoted::{Quoted, QuotedKind};
use crate::extract::speech::reader::Reader;

/// The longest line above a post, in bytes.
const LONGEST: usize = 100;
/// The fewest items of a post.
const FEWEST: usize = 4;

/// Whether a line may stand above a post: short, with an account and without the end of a sentence.
pub fn is_post_head(line: &str) -> bool {
    let account = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '@' && c != '_');
        word.len() > 2
            && word.starts_with('@')
            && word[1..].chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.'))
    };
    line.len() <= LONGEST && !line.ends_with(['.', '!', '?', '…', '”', '"']) && line.split_whitespace().any(account)
}

impl Reader<'_, '_> {
    /// Remembers the name in a line above a post.
    pub(in crate::extract::speech::reader) fn post_head(&mut self, block: &Block<'_>) {
        let line = block.items.first().zip(block.items.last());
        let line = line.map_or("", |(first, last)| &self.text[first.range.start..last.range.end]);
        self.poster = None;
        let begins =
            block.names.first().filter(|name| name.items.start.min(name.title.start) <= 1 && name.items.len() > 1);
        // "— Ann Lee (@annlee)" stands below a post.
        let below = block.items.first().is_some_and(|first| first.is_dash());
        if let Some(name) = begins.filter(|_| is_post_head(line) && !below) {
            let subject = NounPhrase { items: name.items.clone(), who: Who::Name(0) };
            self.poster = Some(self.memory.resolve(block, &subject, Confidence::High));
        }
    }

    /// Adds a paragraph as a post, if the line above says whose it is; whether it is one.
    pub(in crate::extract::speech::reader) fn posted(&mut self, block: &Block<'_>, paragraph: usize) -> bool {
        let Some(poster) = self.poster.take() else {
            self.post_head(block);
            return false;
        };
        self.memory.remember(&poster);
        let quotes = block.items.iter().any(|item| matches!(item.kind, ItemKind::Quoted(_)));
        if quotes || block.items.len() < FEWEST {
            // "Ann Lee (@annlee): “…”" is read as usual, with her as the one who spoke last.
            if let Some(last) = &mut self.memory.last {
                last.announced = true;
            }
            return false;
        }
        let span = block.bytes(0..block.items.len());
        self.found.push(Quoted {
            kind: QuotedKind::Direct,
            spans: vec![span.clone()],
            quoted: vec![span],
            turned: false,
            cue: None,
            speaker: poster.speaker,
            runner_up: None,
            confidence: Confidence::Medium,
            paragraph,
        });
        true
    }
}
