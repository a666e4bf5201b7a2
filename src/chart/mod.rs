//! Pictures of positions over time, as SVG and PNG.
//!
//! Flow, one way: a chart kind takes what it draws from `source`, its title from `headline`, its quotations from
//! `telling` and its own words from `locale`, and says what to draw (`figure`); `layout` gives it geometry, with
//! dates from `axis`, event labels from `flags`, tied marks from `dodge` and blocks of words from `quotes`; [`svg()`]
//! draws that (`paint`); [`outlines()`] turns its letters into shapes, and [`png()`] the whole into pixels. All text is
//! measured and set in the embedded Inter and in fonts that are given (`face`), never in one of the machine, so
//! that the same figure gives the same bytes everywhere.

pub mod figure;
pub mod locale;
pub mod style;
pub mod face;
mod text;
mod axis;
mod dodge;
mod flags;
mod placed;
mod quotes;
mod levels;
mod rows;
mod layout;
mod svg;
mod paint;
mod outlines;
mod png;
pub mod source;
mod headline;
mod telling;
// Chart kinds: one file each.
pub mod timeline;
pub mod months;
pub mod coverage;
pub mod speakers;
pub mod shift;

pub use crate::chart::outlines::outlines;
pub use crate::chart::paint::{Drawn, svg};
pub use crate::chart::placed::{LeftOut, Size};
pub use crate::chart::png::png;
pub use crate::chart::svg::{MILLIMETRE, Unit};
