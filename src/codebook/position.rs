//! A level of a scale as a number.

use std::fmt;

use serde::Deserialize;

/// One level of an issue's scale, as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub struct Position(pub i32);

impl Position {
    /// Reads a whole number as people and programs write it: `-2`, `−2`, `+1`, `5.0`, `5,0`. `None` beyond 2,000,000,000
    /// on either side, so that its opposite and the next number are positions too.
    pub fn read(text: &str) -> Option<Position> {
        let text = text.trim();
        let (sign, digits) = match text.strip_prefix(['-', '−', '–']) {
            Some(digits) => (-1, digits),
            None => (1, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
        let is_number = !whole.is_empty() && whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit());
        let within = |whole: &i32| *whole <= 2_000_000_000;
        let whole: i32 =
            whole.parse().ok().filter(within).filter(|_| is_number && fraction.bytes().all(|byte| byte == b'0'))?;
        Some(Position(sign * whole))
    }
}

/// With its sign, as people write it: `+1`, `0`, `-1`.
impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == 0 { f.write_str("0") } else { write!(f, "{:+}", self.0) }
    }
}
