//! Stance answers one question: did this speaker's position on this issue move, when, by how
//! much, and how sure are we?
//!
//! A corpus is a folder of dated statements, a codebook, rules, and labels by hand. What happens to it goes one way:
//!
//! ```text
//! data/<corpus>/ ─▶ corpus ─▶ study: labels ─▶ positions ─▶ series ─▶ verdicts ─▶ chart ─▶ charts/<corpus>/
//!                     ├─▶ frame ─▶ *.csv *.ndjson *.parquet
//!                     └─▶ agreement
//! ```
//!
//! [`corpus::Corpus`] reads and checks every file. [`rule::Rules`] label the statements on the fly. [`study::Study`]
//! decides between hands and rules, counts positions by day, and judges whether each position moved; whatever
//! shows a verdict shows a study or a part of one. [`chart`] turns it into pictures in which every statement is a mark, [`frame`] into
//! tables, and [`agreement`] reports how far labels can be trusted. [`extract`] proposes statements from news texts.
//!
//! The modules below are in reading order: a module uses only those above it. `ARCHITECTURE.md` is the map. [`cli`] is
//! last: the command line, which the program and the Python package share.

// The command line names the library as any other program would.
extern crate self as stance;

pub mod program;
pub mod words;
pub mod error;
pub mod math;
pub mod date;
pub mod file;
pub mod statement;
pub mod codebook;
pub mod event;
pub mod extract;
pub mod rule;
pub mod label;
pub mod unseen;
pub mod series;
pub mod shift;
pub mod curve;
pub mod count;
pub mod corpus;
pub mod frame;
pub mod stream;
pub mod agreement;
pub mod draft;
pub mod import;
pub mod study;
pub mod exchange;
pub mod bundle;
pub mod chart;
pub mod page;
pub mod report;
pub mod desk;
// Its help texts are doc comments, with the brackets of a command line and not those of links.
#[allow(rustdoc::broken_intra_doc_links, rustdoc::invalid_html_tags, rustdoc::bare_urls)]
pub mod cli;
