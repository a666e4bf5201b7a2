//! The desk: pages on which people code, settle, review, write rules and see what follows. This part makes them from
//! data. Whoever serves them is outside.
//!
//! [`queue`] says which statement comes next, [`coding`] what a coder has answered and how to undo it, [`disputes`] what
//! has to be settled, [`trial`] what other rules would change. [`pages`] are the rooms. Each can be used without the
//! script, as far as forms go: `desk.js` presses their buttons by keys, and puts what comes back into the page.

pub mod words;
pub mod queue;
pub mod coding;
pub mod disputes;
pub mod trial;
pub mod search;
pub mod pages;

/// The style of the desk, beside that of every page.
pub const STYLE: &str = include_str!("desk.css");
/// The script of the desk.
pub const SCRIPT: &str = include_str!("desk.js");
