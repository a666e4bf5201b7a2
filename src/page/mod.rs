//! HTML from data, without I/O: what the report and the desk share.
//!
//! A [`shell::WebPage`] is a whole document: head, policy, style, main part, footer. [`statement`] shows statements, as a
//! card and as a row, with a [`chip`] for each position; [`table`] is the table of them, [`verdict`] a finding with what
//! it rests on, [`tint`] the colours of levels and pictures on either background. `style.css` with
//! `dark.css`, and `page.js`, are the only style and the only script.
//!
//! Every text is escaped by maud and read in the direction of its own words. An address becomes a link only if it is
//! one of the web ([`link::web`]). All of it can be read without the script, which sorts, filters and searches tables
//! ([`table`]), and opens the card of a statement beside its mark in a picture: a mark is any link to `#stance-12` in an
//! element with the class `chart`, and the card is made from the row or the card with that id.

pub mod link;
pub mod tint;
pub mod shell;
pub mod chip;
pub mod statement;
pub mod verdict;
pub mod table;
