//! JSON as Stance writes it: indented, and with numbers that are the same on every machine.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter, Serializer};

use crate::error::{Error, Result};

/// Writes a value as indented JSON with a final line break. Numbers have 6 decimals at most, and those below a thousandth
/// have 10: further digits are chance, and may differ between machines.
///
/// # Errors
/// [`Error::Output`] if the value cannot be written as JSON.
pub fn pretty<T: Serialize>(value: &T) -> Result<String> {
    let mut out = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut out, Rounded(PrettyFormatter::new()));
    value.serialize(&mut serializer).map_err(|error| Error::Output(error.into()))?;
    out.push(b'\n');
    Ok(String::from_utf8_lossy(&out).into_owned())
}

/// A number as results are written: with 6 decimals at most. Zero has no sign.
pub fn rounded(value: f64) -> f64 {
    const DECIMALS: f64 = 1_000_000.0;
    (value * DECIMALS).round() / DECIMALS + 0.0
}

/// The indented form, with numbers rounded.
struct Rounded<'f>(PrettyFormatter<'f>);

impl Formatter for Rounded<'_> {
    fn write_f64<W: ?Sized + Write>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        /// Below this, 6 decimals would leave too little of a level that many looks or pairs share.
        const SMALL: f64 = 0.001;
        const DECIMALS: f64 = 1e10;
        let written = if value.abs() < SMALL { (value * DECIMALS).round() / DECIMALS + 0.0 } else { rounded(value) };
        self.0.write_f64(writer, written)
    }

    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_and_the_rest_is_as_serde_writes_it() {
        let value = serde_json::json!({"a": [0.123_456_789, -0.000_000_000_01, 2.0, 7, 0.000_012_345_678_9], "b": {}, "c": "é\n"});
        let text = pretty(&value).unwrap();
        assert_eq!(
            text,
            "{\n  \"a\": [\n    0.123457,\n    0.0,\n    2.0,\n    7,\n    0.0000123457\n  ],\n  \"b\": {},\n  \"c\": \"é\\n\"\n}\n"
        );
    }
}
