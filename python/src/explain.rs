//! Why a text has its labels.

use pyo3::prelude::*;
use stance::cli::explain;
use stance::corpus::Corpus;
use stance::file::corpus_files::STATEMENTS;
use stance::rule::topic::{Beside, Said};

use crate::corpus::{Files, NAME};
use crate::failure::{raise, request};
use crate::rules::{Book, REQUIRED};

/// Explains a text in the words of `stance explain`.
pub fn explain(
    py: Python<'_>,
    book: &Book,
    text: &str,
    speaker: Option<&str>,
    date: Option<&str>,
    context: Option<&str>,
) -> PyResult<String> {
    let dated = book.rules.rules.iter().any(|rule| rule.since.is_some() || rule.until.is_some());
    let date = match date {
        Some(date) => date,
        None if dated => return Err(request("there is no date for the text", "add date=\"YYYY-MM-DD\"")),
        None => "2000-01-01",
    };
    let mut files = Files::new(book.codebook_text(), book.rules_text());
    let header: Vec<&str> = REQUIRED.into_iter().chain(book.columns.iter().map(String::as_str)).collect();
    let mut cells = ["the text", date, speaker.unwrap_or("anyone"), text].map(str::to_owned).to_vec();
    cells.resize(header.len(), String::new());
    files.add(STATEMENTS, &header, vec![(0, cells)]);
    let explained = py.allow_threads(|| -> Result<String, stance::error::Error> {
        let corpus = Corpus::of_texts(NAME, &files.texts)?;
        let Some(statement) = corpus.statements.rows.first() else { return Ok(String::new()) };
        let mut said = Said::statement(statement);
        if let Some(words) = context {
            said.beside = Beside::Words(words);
        }
        let whole = explain::text(&corpus, None, statement, &said);
        // The first line names the statement, and a text has no name.
        Ok(whole.split_once('\n').map_or(String::new(), |(_, rest)| rest.to_owned()))
    });
    explained.map_err(|error| match error {
        invalid @ stance::error::Error::Invalid(_) => files.raise(invalid),
        other => raise(other),
    })
}
