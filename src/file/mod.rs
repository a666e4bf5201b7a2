//! The only way to the disk: reads what people save, and writes it back byte for byte.

pub mod read;
pub mod input;
pub mod table;
pub mod json;
pub mod records;
pub mod scratch;
pub mod splice;
pub mod document;
pub mod database;
pub mod search;
pub mod peer;
pub mod corpus_files;
pub mod content;
pub mod kind;
pub mod writers;
pub mod temporary;
pub mod rights;
pub mod replace;
pub mod save;
pub mod edited;
