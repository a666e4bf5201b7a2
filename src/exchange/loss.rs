//! What a format has no place for.

use std::fmt;

use crate::words::many;

/// One thing that an export leaves out or changes, in a line for people.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Loss(String);

impl Loss {
    /// A loss that does not depend on a count.
    pub fn new(what: impl Into<String>) -> Loss {
        Loss(what.into())
    }

    /// Adds a loss of so many things, if there is any: `3 reasons …`.
    pub fn count(losses: &mut Vec<Loss>, count: usize, noun: &str, rest: &str) {
        if count > 0 {
            losses.push(Loss(format!("{} {rest}", many(count, noun))));
        }
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
