//! Pictures of positions over time, as SVG and PNG.
//!
//! The data flows one way. A chart kind takes what it draws from `kind::view`, what was found and its line
//! from `finding`, its title from `headline`, its quotations from `telling` and its fixed words from
//! `locale`, and gives what to draw (`figure`).
//! `layout` adds the geometry, with dates from `axis`, event labels from `flags`, separated marks from
//! `dodge` and blocks of words from `quotes`. [`svg()`] draws that (`paint`). [`outlines()`] turns its
//! letters into shapes, and [`png()`] turns the whole into pixels, and
//! `embed` puts it into a part of a web page. All text is measured and set in the
//! embedded Inter and in fonts given by the user (`face`), never in a font installed on the machine, so
//! that the same figure gives the same bytes everywhere.

pub mod figure;
pub mod direction;
pub mod locale;
pub mod draw;
pub mod kind;
pub mod embed;
pub mod house;
pub mod picture;

pub use crate::chart::draw::outlines::outlines;
pub use crate::chart::draw::paint::{Drawn, svg};
pub use crate::chart::draw::placed::{LeftOut, Size};
pub use crate::chart::draw::png::png;
pub use crate::chart::draw::svg::{LengthUnit, MILLIMETRE};
