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
pub mod draw;
pub mod kind;
pub mod picture;

pub use crate::chart::draw::outlines::outlines;
pub use crate::chart::draw::paint::{Drawn, svg};
pub use crate::chart::draw::placed::{LeftOut, Size};
pub use crate::chart::draw::png::png;
pub use crate::chart::draw::svg::{LengthUnit, MILLIMETRE};
