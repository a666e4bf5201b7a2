//! Stance answers one question: did this speaker's position on this issue move, when, by how
//! much, and how sure are we?
//!
//! A corpus is a folder of dated statements, a codebook, rules, and labels by hand. What happens
//! to it goes one way:
//!
//! The modules below stand in reading order: a module uses only those above it.

pub mod error;
pub mod table;
pub mod date;
pub mod document;
pub mod statement;
pub mod codebook;
pub mod event;
pub mod label;
