//! The command line. Each command has a file, which reads, calls the library, and writes.

use std::ffi::OsString;
use std::io::{self, ErrorKind};

use clap::Parser;
use stance::error::{Error, Result};

pub mod agree;
#[allow(missing_docs, reason = "a doc comment is help text, and flattened flags have their own")]
pub mod args;
mod asked;
mod bundle;
mod changes;
pub mod chart;
mod check;
mod completions;
mod count;
mod counts;
mod desk;
pub mod explain;
mod export;
mod extract;
mod find;
mod import;
mod init;
mod label;
mod man;
mod output;
mod pairs;
mod plan;
mod report;
mod review;
mod revision;
mod rules;
mod sheet;
mod shifts;
mod source;
mod stream;
mod terminal;
mod unseen;
mod watch;

use args::{Args, Verb};

/// How a command that could do its work ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Everything worked.
    Fine,
    /// `check` found faults.
    FaultsFound,
    /// Some of the texts could not be read. The others were.
    FilesFailed,
    /// Some pictures could not be drawn. The others were.
    PicturesFailed,
    /// `changes` found a verdict that is new or gone.
    VerdictsChanged,
    /// `bundle check` found a difference.
    BundleDiffers,
    /// None of the texts could be read.
    NothingRead,
}

impl Outcome {
    /// The exit code for this outcome.
    pub fn exit_code(self) -> u8 {
        match self {
            Outcome::Fine => 0,
            Outcome::FaultsFound
            | Outcome::FilesFailed
            | Outcome::PicturesFailed
            | Outcome::VerdictsChanged
            | Outcome::BundleDiffers => 1,
            Outcome::NothingRead => 2,
        }
    }
}

/// Parses the arguments, runs the command, and prints why it failed if it did. The first argument is the name of the
/// program. Returns the exit code.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let args = match Args::try_parse_from(arguments) {
        Ok(args) => args,
        Err(error) => {
            // Help and versions come this way too. If they cannot be printed, the exit code must do.
            let _ = error.print();
            return u8::try_from(error.exit_code()).unwrap_or(2);
        }
    };
    match run(args) {
        Ok(outcome) => outcome.exit_code(),
        Err(error) => report(&error),
    }
}

/// The arguments of a command, after the name of the program.
///
/// # Errors
/// [`Error::Request`] in the words that the command line prints.
pub fn parse<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Result<Args> {
    Args::try_parse_from(arguments).map_err(|error| {
        let text = error.render().to_string();
        let (what, hint) = text.trim_end().split_once("\n\n").unwrap_or((&text, "see `stance --help`"));
        Error::request(what.trim_start_matches("error: "), hint.trim())
    })
}

/// Runs the command in the arguments.
pub fn run(args: Args) -> Result<Outcome> {
    match args.verb {
        Verb::Init(args) => init::run(&args),
        Verb::Import(args) => import::run(&args),
        Verb::Extract(args) if args.review => review::run(&args),
        Verb::Extract(args) => extract::run(&args),
        Verb::Check(args) => check::run(&args),
        Verb::Sheet(args) => sheet::run(&args),
        Verb::Label(args) if !args.files.is_empty() => stream::label(&args),
        Verb::Label(args) => label::run(&args),
        Verb::Count(args) => count::run(&args),
        Verb::Export(args) => export::run(&args),
        Verb::Plan(args) => plan::run(&args),
        Verb::Shifts(args) => shifts::run(&args),
        Verb::Changes(args) => changes::run(&args),
        Verb::Bundle(args) => bundle::run(&args),
        Verb::Agree(args) => agree::run(&args),
        Verb::Chart(args) => chart::run(&args),
        Verb::Desk(args) => desk::run(&args),
        Verb::Report(args) => report::run(&args),
        Verb::Find(args) => find::run(&args),
        Verb::Explain(args) => explain::run(&args),
        Verb::Rules(args) => rules::run(&args),
        Verb::Watch(args) => watch::run(&args),
        Verb::Completions(args) => completions::run(&args),
        Verb::Man(args) => man::run(&args),
    }
}

/// Prints why the command failed. A closed pipe is not an error: the reader has seen enough.
pub fn report(error: &Error) -> u8 {
    if let Error::Output(source) = error
        && source.kind() == ErrorKind::BrokenPipe
    {
        return 0;
    }
    let mut stderr = terminal::err();
    // If the standard error cannot be written either, the exit code must do.
    let _ = match error {
        Error::Invalid(problems) => output::print_problems(&mut stderr, problems),
        other => output::print_error(&mut stderr, &other.to_string()),
    };
    2
}

fn stdout_failed(source: io::Error) -> Error {
    Error::Output(source)
}
