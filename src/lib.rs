//! Stance answers one question: did this speaker's position on this issue move, when, by how
//! much, and how sure are we?
//!
//! A corpus is a folder of dated statements, a codebook, rules, and labels by hand. What happens
//! to it goes one way:
//!
//! ```text
//! data/<corpus>/ ─▶ corpus ─▶ frame ─▶ series ─▶ timeline ─▶ chart ─▶ charts/<corpus>/*.svg *.png
//!                     ▲          │        └─────▶ shift
//!                     │          └───▶ export ─▶ *.csv *.ndjson *.parquet
//!        statement codebook event label rule
//! ```
//!
//! Beside it, [`agreement`] tells how far labels can be trusted, and [`report`] holds the rules against
//! the hand labels.
//!
//! [`corpus::Corpus`] reads and checks every file; [`rule::Rules`] label the statements on the
//! fly; [`frame::LabelFrame`] holds a row for each statement and issue with a label, where hands
//! win over rules; [`series`] takes it apart by speaker and issue; [`shift`] judges whether a position
//! moved; [`timeline`] smooths it; [`chart`] turns it into a picture in which every statement is a mark, and
//! [`export`] into files.
//!
//! The modules below stand in reading order: a module uses only those above it.

pub mod error;
pub mod math;
pub mod date;
pub mod words;
pub mod file;
pub mod statement;
pub mod codebook;
pub mod event;
pub mod extract;
pub mod rule;
pub mod label;
pub mod series;
pub mod shift;
pub mod curve;
pub mod corpus;
pub mod frame;
pub mod agreement;
pub mod study;
pub mod chart;
