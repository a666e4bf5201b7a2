//! Statements that are too many for memory: read, labelled and written a few at a time, in the order of the input.
//!
//! ```text
//! file ─▶ source: pieces ─▶ pipeline ─▶ rows ─▶ statements ─▶ label: a frame's pieces ─▶ file
//!                            (all cores)                  └─▶ count: a tally ─▶ verdicts
//! ```
//!
//! A piece is some rows as they are written: bytes of a CSV or of JSON lines, or columns of a Parquet file or an Arrow
//! stream. Where pieces begin depends on the file alone, and they are put together in their order, so that the output
//! is the same on any number of threads. No more than a few pieces are in memory.

pub mod columns;
pub mod split;
pub mod source;
pub mod rows;
pub mod pipeline;
pub mod fault;
pub mod label;
pub mod counting;
pub mod hands;

use crate::frame::arrow::ArrowRows;

/// Rows that follow each other in a file.
pub enum StreamPiece {
    /// Whole records of a CSV.
    Table(split::Chunk),
    /// Whole lines with a JSON object each.
    Lines(split::Chunk),
    /// Rows by columns.
    Columns(ArrowRows),
}
