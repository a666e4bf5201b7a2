//! How a figure is drawn: geometry, then SVG through plotters, then pixels. Nothing here depends on
//! stances.

pub mod style;
pub(crate) mod vision;
pub mod palette;
pub mod face;
pub mod logo;
pub mod dress;
mod text;
mod axis;
mod dodge;
mod flags;
pub(crate) mod placed;
mod quotes;
mod levels;
mod rows;
mod layout;
pub(crate) mod svg;
mod fallback;
pub(crate) mod paint;
pub(crate) mod outlines;
pub(crate) mod png;
