//! The program `stance`: the command line of the library, and its exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(stance::cli::main(std::env::args_os()))
}
