//! `stance count`: positions by speaker, issue and day, of any number of statements or labels.

use stance::error::{Error, Result};
use stance::file::save::{Output, Plan};
use stance::frame::{self, export};
use stance::stream::counting::{self, RowKind};
use stance::stream::label::StreamLabeller;
use stance::words::name;

use super::args::CountArgs;
use super::label::{format_of, not_on_a_terminal};
use super::stream::{Skipped, StreamBar, open, say, select};
use super::{Outcome, source};

/// Counts, and writes the counts.
pub fn run(args: &CountArgs) -> Result<Outcome> {
    let format = format_of(args.format, args.output.as_deref())?;
    not_on_a_terminal(format, args.output.as_deref())?;
    let sources = open(&args.files, &args.stream, |names| RowKind::of(names).columns())?;
    let is_labelled = sources.iter().all(|source| RowKind::of(&source.layout.header.names) != RowKind::Statements);
    if is_labelled && stance::label::Whose::from(args.origin) != stance::label::Whose::Both {
        let what = "--origin chooses among labels of statements, and these files have labels or counts";
        return Err(Error::request(what, "leave it out, or name the files with the statements"));
    }
    // Only statements need rules; counts and labels need the codebook alone.
    let corpus = if is_labelled { None } else { Some(source::load(&args.corpus)?) };
    let codebook = match &corpus {
        Some(corpus) => corpus.codebook.clone(),
        None => source::codebook(&args.corpus)?,
    };
    let labeller = corpus
        .as_ref()
        .map(|corpus| Ok::<_, Error>(StreamLabeller::new(corpus, select(corpus, &args.speaker, &args.which)?)))
        .transpose()?;
    let mut skipped = Skipped::begin(&args.stream, args.force)?;
    let bar = StreamBar::new("counting", &sources);
    let whose = args.origin.into();
    let labelling = labeller.as_ref().map(|labeller| (labeller, whose));
    let counted = counting::count(sources, &codebook, labelling, None, &mut skipped.list(), |counts| bar.show(counts));
    bar.end();
    let (tally, counts) = counted?;
    let speakers: Vec<String> = args.speaker.iter().map(|written| name(written)).collect();
    let issues = source::issues(&codebook, &args.which)?;
    let tally = tally.within(args.which.from, args.which.to).only(&speakers, &issues);
    let frame = frame::counts(&tally.rows(&codebook))?;
    let mut bytes = Vec::new();
    export::write(&frame, format, &mut bytes)?;
    match &args.output {
        Some(path) => {
            let output = Output { path: path.clone(), kind: export::kind_of(&frame, format)?, bytes };
            source::warn(&Plan::new(vec![output], args.force)?.write()?);
        }
        None => super::terminal::print_data(&bytes)?,
    }
    source::warn(&skipped.finish()?);
    say(&counts, labeller.as_ref(), &args.stream);
    Ok(Outcome::Fine)
}
