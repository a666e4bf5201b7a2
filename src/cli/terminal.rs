//! Everything printed on the terminal passes here, so nothing in a file or a page can act on it.
//!
//! Text for people passes [`printable`], so no command can forget it. The program's own colours pass
//! [`Gate::styled`], which lets through only the codes that the program uses.

use std::io::{self, IsTerminal, Stderr, Stdout, Write};

use anstream::AutoStream;
use stance::error::Result;
use stance::words::printable;

use super::args::TableFormat;
use super::stdout_failed;

/// A stream for people.
pub struct Gate<W> {
    inner: W,
}

/// A stream for people into which the program writes its own colours. Text from a file must pass
/// [`stance::words::printable_line`] before it is written between them.
pub struct Styled<'g, W> {
    inner: &'g mut W,
}

/// The standard output, for text that people read.
pub fn out() -> Gate<AutoStream<Stdout>> {
    Gate { inner: anstream::stdout() }
}

/// The standard error, for text that people read.
pub fn err() -> Gate<AutoStream<Stderr>> {
    Gate { inner: anstream::stderr() }
}

/// Prints a result: a table for people through the gate, and other formats as data.
pub fn print(text: &str, format: TableFormat) -> Result<()> {
    match format {
        TableFormat::Table => out().write_all(text.as_bytes()).map_err(stdout_failed),
        TableFormat::Csv | TableFormat::Json => print_data(text.as_bytes()),
    }
}

/// Prints data: byte for byte for a program, and through the gate if a person reads them on a terminal.
pub fn print_data(bytes: &[u8]) -> Result<()> {
    let mut stdout = data();
    stdout.write_all(bytes).and_then(|()| stdout.flush()).map_err(stdout_failed)
}

/// The standard output for data: through the gate if a person reads it on a terminal.
pub fn data() -> Box<dyn Write> {
    if io::stdout().is_terminal() { Box::new(out()) } else { Box::new(io::stdout().lock()) }
}

impl<W: Write> Gate<W> {
    /// The same stream, with the program's own colours.
    pub fn styled(&mut self) -> Styled<'_, W> {
        Styled { inner: &mut self.inner }
    }
}

impl<W: Write> Write for Gate<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.inner.write_all(printable(&String::from_utf8_lossy(bytes)).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }

    /// Each write is checked as a whole.
    fn write_fmt(&mut self, text: std::fmt::Arguments<'_>) -> io::Result<()> {
        self.write_all(text.to_string().as_bytes())
    }
}

impl<W: Write> Write for Styled<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(bytes);
        let mut out = String::with_capacity(text.len());
        let mut rest = &*text;
        while let Some(at) = rest.find('\u{1b}') {
            let code = own_code(&rest[at..]);
            out += &printable(&rest[..at]);
            match code {
                0 => out += "\\u{1b}",
                _ => out += &rest[at..at + code],
            }
            rest = &rest[at + code.max(1)..];
        }
        out += &printable(rest);
        self.inner.write_all(out.as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }

    fn write_fmt(&mut self, text: std::fmt::Arguments<'_>) -> io::Result<()> {
        self.write_all(text.to_string().as_bytes())
    }
}

/// The length in bytes of the code for a colour or a weight that begins a text. It is 0 if the text does not begin
/// with one.
fn own_code(text: &str) -> usize {
    let Some(inside) = text.strip_prefix("\u{1b}[") else { return 0 };
    let Some(end) =
        inside.find(|c: char| !c.is_ascii_digit() && c != ';').filter(|end| inside[*end..].starts_with('m'))
    else {
        return 0;
    };
    // Bold, dim, underlined, and the colours of letters that the program sets. None of them hides letters.
    let is_allowed = |number: &str| matches!(number.parse(), Ok(0 | 1 | 2 | 4 | 31 | 33 | 36 | 91 | 93 | 94 | 96));
    if inside[..end].split(';').all(is_allowed) { "\u{1b}[".len() + end + 1 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_colours_of_the_program_pass_and_only_where_it_sets_them() {
        let text =
            "\u{1b}[1m\u{1b}[31mbold\u{1b}[0m \u{1b}[35mmine \u{1b}[8mhidden \u{1b}]0;title\u{7} \u{1b}[2Kwiped\n";
        let mut gate = Gate { inner: Vec::new() };
        write!(gate, "{text}").unwrap();
        assert!(!gate.inner.contains(&0x1b) && gate.inner.ends_with(b"wiped\n"));
        let mut gate = Gate { inner: Vec::new() };
        write!(gate.styled(), "{text}").unwrap();
        let shown = String::from_utf8(gate.inner).unwrap();
        assert_eq!(
            shown,
            "\u{1b}[1m\u{1b}[31mbold\u{1b}[0m \\u{1b}[35mmine \\u{1b}[8mhidden \\u{1b}]0;title\\u{7} \\u{1b}[2Kwiped\n"
        );
    }
}
