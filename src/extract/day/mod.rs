//! Days in a text: which ones it names, which dates they are, when someone spoke, and when the text was
//! published. The names of days in a language are in its file.
//!
//! The steps: [`Mentions::of`] reads the days of a text once. [`publication()`] (or the caller) gives
//! the day of publication. [`Days::of`] says which dates were meant. [`Days::said_on`] gives, for each
//! sentence that reports words, the day on which they were said, using what [`Carry`] keeps from the
//! sentences before. [`expressions`] and [`resolve()`] are the separate parts.

mod section;
mod piece;
mod lexicon;
mod token;
mod expression;
mod calendar;
mod grammar;
mod tense;
mod find;
mod arithmetic;
mod holiday;
mod nearest;
mod resolve;
mod publication;
mod said;
mod carry;

pub use carry::{Carry, TextPlace};
pub use expression::{Count, Expression, Meaning, Tense, TimePart, TimeUnit, Toward};
pub use find::{Mentions, expressions};
pub use lexicon::DayLexicon;
pub use publication::{Publication, full_date, publication};
pub use resolve::{DayPrecision, ResolvedDay, resolve, resolve_in_order};
pub use said::{DayBasis, Days, SaidDay, Sentence};
pub use section::{DaySection, Holiday, PublicationSection, Relative, SayingSection, TenseSection, Yearly};
