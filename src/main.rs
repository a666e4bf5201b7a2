//! `stance`: parse → run → report → exit code.

use std::process::ExitCode;

use clap::Parser;

mod cli;

fn main() -> ExitCode {
    let args = cli::args::Args::parse();
    match cli::run(args) {
        Ok(outcome) => outcome.exit_code(),
        Err(error) => cli::report(&error),
    }
}
