//! What was said in a text, and by whom.
//!
//! The steps: [`Cues`] are what a language says about its words. A paragraph becomes a row of words,
//! marks and quotations (`quotation`, `item`). Names are remembered (`people`, `cast`, `block`,
//! `phrase`), and verbs find their subjects (`verb`). That gives each quotation its speaker
//! (`attribution`, `piece`) and each report its words (`indirect`), across paragraphs (`memory`,
//! `reader`). An office named before its holder gets its name last (`holder`).

pub mod declension;
pub mod section;
pub mod cues;
pub mod quotation;
pub mod incise;
pub mod item;
pub mod people;
pub mod cast;
pub mod block;
pub mod phrase;
pub mod behind;
pub mod able;
pub mod verb;
pub mod attribution;
pub mod indirect;
pub mod quoted;
pub mod memory;
mod unnamed;
pub mod holder;
mod variation;
pub mod piece;
mod reader;
pub mod transcript;

pub use crate::extract::speech::attribution::Confidence;
pub use crate::extract::speech::cues::Cues;
pub use crate::extract::speech::people::People;
pub use crate::extract::speech::quoted::{How, Quoted, QuotedKind, Speaker};
pub use crate::extract::speech::reader::{is_post_head, speech};
