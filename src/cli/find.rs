//! `stance find`: finds a pattern in the statements and prints the words around it, or the beginning of a rule.

use std::io::Write;

use anstyle::Style;
use stance::corpus::Selection;
use stance::draft::skeleton;
use stance::error::{Error, Result};
use stance::rule::engine::{EngineBuilder, Reading};
use stance::rule::file;
use stance::rule::pattern::Pattern;
use stance::words::{many, printable_line};

use super::args::{FindArgs, WhichArgs};
use super::{Outcome, source, stdout_failed, unseen};

/// How many characters are shown on each side.
const AROUND: usize = 40;
const FOUND: Style = Style::new().bold().underline();

/// Prints every place where the pattern matches.
pub fn run(args: &FindArgs) -> Result<Outcome> {
    let corpus = source::load_untested(&args.corpus)?;
    let which =
        WhichArgs { issue: Vec::new(), from: args.from, to: args.to, include_unverified: true, sure_days: false };
    // Whoever looks for patterns writes rules.
    let selection = Selection { seen: true, ..source::select(&corpus, &args.speaker, &which)? };
    let pattern = Pattern::parse_with(&args.pattern, &file::lists(&corpus.rules.document)).map_err(|fault| {
        let marked =
            format!("{}\n  {}\n  {}^", fault.what, args.pattern, " ".repeat(characters(&args.pattern[..fault.offset])));
        Error::request(marked, fault.hint)
    })?;
    if args.rule {
        let text = skeleton::skeleton(&corpus, &args.pattern, &pattern, |statement| selection.takes(statement));
        super::terminal::out().write_all(text.as_bytes()).map_err(stdout_failed)?;
        return Ok(Outcome::Fine);
    }
    let mut builder = EngineBuilder::default();
    let id = builder.add(&pattern, true);
    builder.part_clauses(&corpus.rules.clauses);
    let (engine, mut reading, mut hits) = (builder.build(), Reading::default(), Vec::new());
    let decisions = source::label(&corpus);
    let mut statements: Vec<usize> = (0..corpus.statements.rows.len()).collect();
    statements.sort_by_key(|&i| (corpus.statements.rows[i].date.written, corpus.statements.rows[i].id.as_str()));
    let mut stdout = super::terminal::out();
    let (mut places, mut statements_found) = (0, 0);
    for index in statements {
        let statement = &corpus.statements.rows[index];
        if !selection.takes(statement) {
            continue;
        }
        engine.read(&statement.text, &mut reading);
        hits.clear();
        let mut start = 0;
        while start < reading.words().len() {
            let sentence = reading.sentence_of(start);
            start = sentence.end;
            engine.find(id, &statement.text, sentence, &mut reading, &mut hits);
        }
        let labels: Vec<String> = corpus
            .codebook
            .indices()
            .filter_map(|issue| {
                let position = corpus.decision(&decisions, index, issue).position()?;
                Some(format!("{} {position}", corpus.codebook.issue(issue).id))
            })
            .collect();
        statements_found += usize::from(!hits.is_empty());
        for hit in &hits {
            places += 1;
            let span = reading.span(hit.first, hit.last);
            let before = tail(&statement.text[..span.start], AROUND);
            let after: String = statement.text[span.end..].chars().take(AROUND).collect();
            let [before, words, after] = [before, statement.text[span].to_owned(), after].map(|part| one_line(&part));
            let line = format!("{before:>AROUND$}{FOUND}{words}{FOUND:#}{after}");
            let labels = if labels.is_empty() { String::new() } else { format!("  [{}]", labels.join(", ")) };
            let date = statement.date.written;
            let [speaker, id] = [&statement.speaker, &statement.id].map(|cell| one_line(cell));
            writeln!(stdout.styled(), "{date}  {speaker}  {id}{labels}\n    {line}").map_err(stdout_failed)?;
        }
    }

    let closing = format!("{} in {}", many(places, "place"), many(statements_found, "statement"));
    writeln!(stdout, "{closing}{}", unseen::left_out(&corpus, "searched")).map_err(stdout_failed)?;
    Ok(Outcome::Fine)
}

/// A part of a text on one line, with nothing in it that acts on the terminal.
fn one_line(text: &str) -> String {
    printable_line(&text.replace(['\n', '\r'], " ")).into_owned()
}

fn characters(text: &str) -> usize {
    text.chars().count()
}

/// The last characters of a text.
fn tail(text: &str, count: usize) -> String {
    let start = text.char_indices().rev().take(count).last().map_or(text.len(), |(start, _)| start);
    text[start..].to_owned()
}
