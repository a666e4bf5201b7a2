//! A part of a whole, with how sure it is.

use std::fmt;

/// How many of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// How many are counted: at most `whole`.
    pub part: usize,
    /// Of how many.
    pub whole: usize,
}

impl Share {
    /// The 95 % interval of the share by Wilson's method, from 0 to 1: E. B. Wilson, "Probable inference, the law of
    /// succession, and statistical inference", JASA 22 (1927). It takes the cases to be independent. `None` of nothing.
    pub fn interval(self) -> Option<(f64, f64)> {
        /// The standard normal deviate that 2.5 % exceed.
        const Z: f64 = 1.959_963_984_540_054;
        if self.whole == 0 {
            return None;
        }
        let (n, share) = (self.whole as f64, self.part as f64 / self.whole as f64);
        let middle = share + Z * Z / (2.0 * n);
        let half = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
        let scale = 1.0 + Z * Z / n;
        // The ends are exact if nothing or everything is counted; rounding must not move them.
        let low = if self.part == 0 { 0.0 } else { ((middle - half) / scale).max(0.0) };
        let high = if self.part == self.whole { 1.0 } else { ((middle + half) / scale).min(1.0) };
        Some((low, high))
    }
}

/// As people read it: `3 of 4 (30 to 95 %)`.
impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = |share: f64| (100.0 * share).round();
        match self.interval() {
            Some((low, high)) => write!(f, "{} of {} ({} to {} %)", self.part, self.whole, whole(low), whole(high)),
            None => f.write_str("0 of 0"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in
    /// Medicine 17 (1998), table I, method 3.
    #[test]
    fn the_interval_is_wilsons() {
        for (part, whole, low, high) in
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
        {
            let (l, h) = Share { part, whole }.interval().unwrap();
            assert!((l - low).abs() < 6e-5 && (h - high).abs() < 6e-5, "{part} of {whole}: {l} to {h}");
        }
        assert_eq!(Share { part: 3, whole: 4 }.to_string(), "3 of 4 (30 to 95 %)");
        assert_eq!(Share { part: 0, whole: 0 }.to_string(), "0 of 0");
        assert_eq!(Share { part: 7, whole: 7 }.to_string(), "7 of 7 (65 to 100 %)");
    }
}
