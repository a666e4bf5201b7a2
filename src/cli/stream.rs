//! Files of many rows: opening them, saying how far they are, and `stance label FILE`.

use std::io::{self, Read, Write};
use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};
use stance::codebook::Codebook;
use stance::corpus::{Corpus, Selection};
use stance::count::Tally;
use stance::count::row::WordsKept;
use stance::error::{Error, Result};
use stance::file::input::InputProgress;
use stance::file::kind::OutputKind;
use stance::file::save::Growing;
use stance::frame::export;
use stance::frame::pieces::FrameWriter;
use stance::rule::Scratch;
use stance::stream::counting::{self, RowKind};
use stance::stream::fault::{FAULT_COLUMNS, FaultList, listed_as_csv};
use stance::stream::hands::{self, HandLabels};
use stance::stream::label::{REQUIRED, StatementLayout, StreamCounts, StreamLabeller, pieces};
use stance::stream::pipeline;
use stance::stream::source::{self, ColumnsAsked, RowSource};
use stance::words;

use super::args::{LabelArgs, StreamArgs, WhichArgs};
use super::label::{format_of, not_on_a_terminal};
use super::{Outcome, source as corpora};

/// Labels the statements of files and writes the result.
pub fn label(args: &LabelArgs) -> Result<Outcome> {
    let format = format_of(args.format, args.output.as_deref())?;
    not_on_a_terminal(format, args.output.as_deref())?;
    let corpus = corpora::load(&args.corpus)?;
    let selection = select(&corpus, &args.speaker, &args.which)?;
    let sources = open(&args.files, &args.stream, |_| ColumnsAsked { required: &REQUIRED, only: None })?;
    source::alike(&sources)?;
    let Some(first) = sources.first() else { return Ok(Outcome::Fine) };
    let layouts: Vec<_> = sources.iter().map(|source| source.layout.clone()).collect();
    let statements = StatementLayout::new(&first.layout, &corpus);
    let labeller = StreamLabeller::new(&corpus, selection);
    let empty = labeller.empty(&statements)?.into_data();
    let mut to = match &args.output {
        Some(path) => {
            let file = Growing::begin(path, export::kind_of(&empty, format)?, args.force)?;
            Destination::File(Box::new(file), path)
        }
        None => Destination::Stdout(super::terminal::data()),
    };
    let mut skipped = Skipped::begin(&args.stream, args.force)?;
    let mut writer = to.named(|to| FrameWriter::begin(&empty, format, to))?;
    let bar = StreamBar::new("labelling", &sources);
    let mut counts = StreamCounts::default();
    let worker = || {
        let mut scratch = Scratch::default();
        let (labeller, statements, layouts) = (&labeller, &statements, &layouts);
        move |(place, piece): (usize, _)| {
            labeller.piece(piece, (&*layouts[place], statements), &mut scratch, args.all, format)
        }
    };
    let done = pipeline::run(rayon::current_num_threads(), pieces(sources), worker, |labelled| {
        skipped.list().take(labelled.problems)?;
        to.named(|to| writer.put(labelled.frame, to))?;
        counts.add(labelled.counts);
        bar.show(counts);
        Ok(())
    });
    bar.end();
    done?;
    to.named(|to| writer.finish(to))?;
    let mut warnings = to.finish()?;
    warnings.extend(skipped.finish()?);
    corpora::warn(&warnings);
    say(&counts, Some(&labeller), &args.stream);
    Ok(Outcome::Fine)
}

/// Opens all files before anything is read of them.
///
/// # Errors
/// Those of [`RowSource::open`], and [`Error::Request`] if the standard input is named twice.
pub fn open<P: AsRef<Path>>(
    files: &[P],
    args: &StreamArgs,
    asked: impl Fn(&[String]) -> ColumnsAsked,
) -> Result<Vec<RowSource>> {
    if files.iter().filter(|file| file.as_ref() == Path::new("-")).count() > 1 {
        return Err(Error::request("the standard input (-) is named twice", "name it once"));
    }
    let stdin = || -> Box<dyn Read + Send> { Box::new(io::stdin()) };
    let open =
        |file: &P| RowSource::open(file.as_ref(), args.input_format.map(Into::into), Some(&args.column), &asked, stdin);
    files.iter().map(open).collect()
}

/// The counts in a file: what `stance count` or `stance label` writes, or a table of another program. Of labels, a few
/// statements are `kept` in words.
///
/// # Errors
/// [`Error::Request`] if the file has statements, and those of [`counting::count`].
pub fn counts_of(path: &Path, codebook: &Codebook, kept: Option<WordsKept>) -> Result<Tally> {
    let stdin = || -> Box<dyn Read + Send> { Box::new(io::stdin()) };
    let kind = |names: &[String]| match RowKind::of(names) {
        // Without issue and position they may be counts with a column missing, so these are asked for.
        RowKind::Statements if !names.iter().any(|name| name == "text") => RowKind::Counts,
        kind => kind,
    };
    let asked = |names: &[String]| match kept {
        Some(_) => kind(names).columns_with_words(),
        None => kind(names).columns(),
    };
    let source = RowSource::open(path, None, None, asked, stdin)?;
    if kind(&source.layout.header.names) == RowKind::Statements {
        let what = format!("{} has statements, not labels or counts", path.display());
        return Err(Error::request(what, format!("count them first: `stance count {} -o counts.csv`", path.display())));
    }
    let sources = vec![source];
    let bar = StreamBar::new("reading", &sources);
    let counted = counting::count(sources, codebook, None, kept, &mut FaultList::Stop, |counts| bar.show(counts));
    bar.end();
    Ok(counted?.0)
}

/// The labels by hand in a file that `stance label` has written. `shell` has the codebook.
///
/// # Errors
/// [`Error::Request`] if the file has statements or counts, and those of [`hands::read`].
pub fn hands_of(path: &Path, shell: &Corpus) -> Result<HandLabels> {
    let stdin = || -> Box<dyn Read + Send> { Box::new(io::stdin()) };
    let asked = |names: &[String]| match RowKind::of(names) {
        RowKind::Labels => hands::ASKED,
        kind => kind.columns(),
    };
    let source = RowSource::open(path, None, None, asked, stdin)?;
    if RowKind::of(&source.layout.header.names) != RowKind::Labels {
        let what = format!("{} has no labels of coders, and agreement compares these", path.display());
        return Err(Error::request(what, "name a file that `stance label` has written, not statements or counts"));
    }
    hands::read(source, &shell.codebook, shell.codebook_text())
}

/// Turns the arguments into a selection. The speakers of a stream are not known before it was read.
///
/// # Errors
/// [`Error::Request`] if the codebook does not have the issue, or the dates are in the wrong order.
pub fn select(corpus: &Corpus, speakers: &[String], which: &WhichArgs) -> Result<Selection> {
    let selection = corpora::select(corpus, &[], which)?;
    Ok(Selection { speakers: speakers.iter().map(|name| words::name(name)).collect(), ..selection })
}

/// Says what was read, on the standard error.
pub fn say(counts: &StreamCounts, labeller: Option<&StreamLabeller<'_>>, args: &StreamArgs) {
    let grouped = |count: usize, what: &str| {
        let digits = count.to_string();
        let mut shown = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                shown.push(',');
            }
            shown.push(digit);
        }
        format!("{shown} {what}{}", if count == 1 { "" } else { "s" })
    };
    let mut text = match labeller {
        Some(_) => format!(
            "stance: {} read, {} taken, {} with labels by hand\n",
            grouped(counts.statements, "statement"),
            grouped(counts.positions, "position"),
            grouped(counts.by_hand, "statement")
        ),
        None => format!("stance: {} read\n", grouped(counts.statements, "row")),
    };
    if counts.unverified > 0 {
        let left = grouped(counts.unverified, "statement");
        text += &format!("stance: {left} left out, not verified yet; add --include-unverified to take them\n");
    }
    if counts.other_words > 0 {
        let others = grouped(counts.other_words, "statement");
        text +=
            &format!("stance: {others} with the id of the corpus and other words; no label by hand is used for them\n");
    }
    if let Some(path) = args.skip_faults.as_ref().filter(|_| counts.faults > 0) {
        let faults = grouped(counts.faults, "fault");
        text += &format!("stance: {faults} in rows that are left out; see {}\n", path.display());
    }
    // What was written is there, whether this can be said or not.
    let _ = super::terminal::err().write_all(text.as_bytes());
}

/// Where the output goes.
enum Destination<'p> {
    File(Box<Growing>, &'p Path),
    Stdout(Box<dyn Write>),
}

impl Destination<'_> {
    /// Writes, and names the file in an error.
    fn named<T>(&mut self, write: impl FnOnce(&mut dyn Write) -> Result<T>) -> Result<T> {
        match self {
            Destination::Stdout(to) => write(to),
            Destination::File(to, path) => write(&mut **to).map_err(|error| match error {
                Error::Output(source) => Error::Write { path: path.to_owned(), source },
                other => other,
            }),
        }
    }

    fn finish(self) -> Result<Vec<stance::error::Warning>> {
        match self {
            Destination::File(to, _) => to.finish(),
            Destination::Stdout(mut to) => to.flush().map(|()| Vec::new()).map_err(Error::Output),
        }
    }
}

/// Where the faults of rows go that are left out.
pub struct Skipped {
    to: Option<Growing>,
}

impl Skipped {
    /// Begins the list of faults, if faults are to be skipped.
    ///
    /// # Errors
    /// Those of [`Growing::begin`].
    pub fn begin(args: &StreamArgs, force: bool) -> Result<Skipped> {
        let Some(path) = &args.skip_faults else { return Ok(Skipped { to: None }) };
        let kind = OutputKind::Table(FAULT_COLUMNS.map(str::to_owned).to_vec());
        let mut to = Growing::begin(path, kind, force)?;
        let written = to.write_all(&listed_as_csv(&[], true));
        written.map_err(|source| Error::Write { path: path.clone(), source })?;
        Ok(Skipped { to: Some(to) })
    }

    /// What is done with a fault.
    pub fn list(&mut self) -> FaultList<'_> {
        match &mut self.to {
            Some(to) => FaultList::Skip(to),
            None => FaultList::Stop,
        }
    }

    /// Moves the list into its place. Returns warnings.
    ///
    /// # Errors
    /// Those of [`Growing::finish`].
    pub fn finish(self) -> Result<Vec<stance::error::Warning>> {
        self.to.map_or(Ok(Vec::new()), Growing::finish)
    }
}

/// How far files are read, as a bar on a terminal.
pub struct StreamBar {
    bar: ProgressBar,
    progress: Vec<InputProgress>,
}

impl StreamBar {
    /// A bar for these files. If one of them is a pipe, nobody knows how much is left.
    pub fn new(doing: &str, sources: &[RowSource]) -> StreamBar {
        let progress: Vec<InputProgress> = sources.iter().map(|source| source.progress.clone()).collect();
        let known = progress.iter().all(|progress| progress.length.is_some());
        let template = match known {
            true => format!("{doing} {{bar:40}} {{human_pos}} statements, {{per_sec:.0}}, {{eta}} left"),
            false => format!("{doing} {{spinner}} {{human_pos}} statements, {{per_sec:.0}}"),
        };
        let style = ProgressStyle::with_template(&template).unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = if known { ProgressBar::new(0) } else { ProgressBar::new_spinner() };
        StreamBar { bar: bar.with_style(style), progress }
    }

    /// Shows how many statements were read. How many there are is guessed from the bytes.
    pub fn show(&self, counts: StreamCounts) {
        let (read, all) = self
            .progress
            .iter()
            .fold((0, 0), |(read, all), progress| (read + progress.read(), all + progress.length.unwrap_or(0)));
        if all > 0 && read > 0 {
            self.bar.set_length((counts.statements as f64 * all as f64 / read as f64) as u64);
        }
        self.bar.set_position(counts.statements as u64);
    }

    /// Takes the bar away.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}
