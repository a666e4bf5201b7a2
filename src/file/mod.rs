//! The only door to the disk: reading what people save, and writing it back byte for byte.

pub mod table;
pub mod json;
pub mod splice;
pub mod document;
