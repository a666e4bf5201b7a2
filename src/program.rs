//! Which program this is: its version, and the build, so that two programs of one version can be told apart.

use std::fmt;

/// A program that computed something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// Its version.
    pub version: String,
    /// Its build: 12 digits of a hash of its sources. Empty if it is not known.
    pub build: String,
}

/// The version of this program.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
/// The build of this program: see `build.rs`.
pub const BUILD: &str = env!("STANCE_BUILD");
/// Both, as they are printed.
pub const VERSION_AND_BUILD: &str = concat!(env!("CARGO_PKG_VERSION"), " (build ", env!("STANCE_BUILD"), ")");

impl Program {
    /// This one.
    pub fn this() -> Program {
        Program { version: VERSION.to_owned(), build: BUILD.to_owned() }
    }
}

impl fmt::Display for Program {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let build = if self.build.is_empty() { "unknown" } else { &self.build };
        write!(to, "{} (build {build})", self.version)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_build_is_named_by_its_sources() {
        assert!(BUILD.len() == 12 && BUILD.bytes().all(|byte| byte.is_ascii_hexdigit()), "{BUILD}");
        assert_eq!(Program::this().to_string(), VERSION_AND_BUILD);
        let old = Program { version: "0.0.7".to_owned(), build: String::new() };
        assert_eq!(old.to_string(), "0.0.7 (build unknown)");
    }
}
