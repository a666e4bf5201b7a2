//! Days in a text: which are named, which day each one is, on which day words were said, and when
//! the text was published. What a language calls its days stands in its file.
//!
//! The way through: [`Mentions::of`] reads the days of a text once; [`publication()`] (or the caller) gives the
//! day of publication; [`Days::of`] says which days were meant; [`Days::said_on`] says for each sentence that
//! reports words on which day they were said, with what [`Carry`] brings on from the sentences before.
//! [`expressions`] and [`resolve()`] are the parts by themselves.

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
