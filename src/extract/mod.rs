//! From news texts to statements: who said what, on which day.
//!
//! ```text
//! bytes ─▶ page ─▶ sentence ─▶ speech ─▶ proposal ─▶ merge ─▶ statements.csv, for a person to confirm
//!                     └──────▶ day ────────┘
//! ```
//!
//! Nothing here depends on issues or positions. What the program knows about a language is in a file
//! (`language/en.toml`).

mod line;
pub mod page;
pub mod sentence;
pub mod speech;
pub mod day;
pub mod venue;
pub mod wording;
pub mod language;
pub mod proposal;
pub mod merge;
pub mod rows;
pub mod open;
pub mod append;
pub mod keep;
pub mod review;
