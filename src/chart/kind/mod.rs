//! What is drawn: one file for each kind of chart, from a study to a figure. Nothing here depends on
//! pixels.

pub mod view;
mod naming;
pub(crate) mod finding;
mod facts;
mod caution;
pub(crate) mod headline;
mod period;
mod telling;
pub mod timeline;
pub mod months;
pub mod coverage;
pub mod speakers;
pub mod card;
pub mod dumbbell;
pub mod shift;
pub mod planned;
pub mod news;
