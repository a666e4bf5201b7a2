//! Where a pattern occurs, in statements that whoever writes the rules may see.

use std::ops::Range;

use crate::corpus::Corpus;
use crate::file::document::Document;
use crate::rule::engine::{EngineBuilder, Reading};
use crate::rule::file;
use crate::rule::pattern::{Pattern, PatternFault};
use crate::statement::Verified;

/// A place at which a pattern occurs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurrence {
    /// The statement, by its place in the corpus.
    pub statement: usize,
    /// The words, in bytes of its text.
    pub span: Range<usize>,
}

/// Finds a pattern, by date, then id. It may use the lists of `rules`, a file of rules.
///
/// # Errors
/// The fault of the pattern.
pub fn search(corpus: &Corpus, rules: &Document, written: &str) -> Result<Vec<Occurrence>, PatternFault> {
    let pattern = Pattern::parse_with(written, &file::lists(rules))?;
    let mut builder = EngineBuilder::default();
    let id = builder.add(&pattern, true);
    builder.part_clauses(&corpus.rules.clauses);
    let (engine, mut reading, mut found) = (builder.build(), Reading::default(), Vec::new());
    let rows = &corpus.statements.rows;
    let taken = |place: &usize| !rows[*place].unseen && rows[*place].verified != Verified::Rejected;
    let mut places: Vec<usize> = (0..rows.len()).filter(taken).collect();
    places.sort_by_key(|place| (rows[*place].date.written, rows[*place].id.as_str()));
    let mut hits = Vec::new();
    for place in places {
        let text = &rows[place].text;
        engine.read(text, &mut reading);
        hits.clear();
        let mut start = 0;
        while start < reading.words().len() {
            let sentence = reading.sentence_of(start);
            start = sentence.end;
            engine.find(id, text, sentence, &mut reading, &mut hits);
        }
        found.extend(hits.iter().map(|hit| Occurrence { statement: place, span: reading.span(hit.first, hit.last) }));
    }
    Ok(found)
}
