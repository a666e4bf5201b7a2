//! The position of a day in its sentence: what opens it, and which phrase or clause it belongs to.

use std::ops::Range;

use crate::extract::day::expression::Tense;
use crate::extract::day::lexicon::flag;
use crate::extract::day::piece::TokenShape;
use crate::extract::day::said::{Days, NEAR, Named};
use crate::extract::day::tense::verb;

impl Days<'_> {
    /// Whether a day opens its sentence, with at most a word or two before it.
    pub(in crate::extract::day::said) fn opens(&self, named: &Named, near: &Range<usize>) -> bool {
        let skipped = flag::ON | flag::OPENER | flag::EARLY | flag::LATE | flag::BEFORE_MONTH | flag::BEFORE_YEAR;
        let mut token = named.tokens.start;
        while token > 0 && self.tokens.tokens[token - 1].start() >= near.start && !self.tokens.sentence_begins(token) {
            // "…, and on Monday he said" begins a clause of its own.
            // "How far it went: on 2 August X said".
            if self.tokens.is_mark(token - 1, ':') || self.tokens.is_mark(token - 1, ';') {
                return true;
            }
            if token > 1 && self.tokens.is(token - 1, flag::AND | flag::OPENER) && self.tokens.is_mark(token - 2, ',') {
                return true;
            }
            if !self.tokens.is(token - 1, skipped) && self.tokens.tokens[token - 1].shape == TokenShape::Word {
                return false;
            }
            token -= 1;
        }
        true
    }

    /// Whether a day is in a phrase about the occasion: after a noun or participle for an occasion, with
    /// no verb and few commas between.
    pub(in crate::extract::day::said) fn in_occasion(&self, named: &Named, near: &Range<usize>) -> bool {
        let mut commas = 0;
        for token in (named.tokens.start.saturating_sub(NEAR)..named.tokens.start).rev() {
            let class = self.tokens.class(token);
            commas += usize::from(self.tokens.is_mark(token, ','));
            if self.begins(token + 1, near) || self.tokens.tokens[token].is_quote() || commas > 3 {
                break;
            }
            if class.is(flag::OCCASION | flag::SPEAKING) {
                return true;
            }
            if commas > 1 && verb(&self.tokens, token).is_some() {
                break;
            }
        }
        // "At Tuesday's briefing".
        (named.tokens.end..named.tokens.end + 5).any(|token| self.tokens.is(token, flag::OCCASION))
    }

    /// Whether a day is in a first clause that says when the words were said: "When he came home on
    /// Monday, he told …".
    pub(in crate::extract::day::said) fn in_setting(&self, named: &Named, near: &Range<usize>) -> bool {
        (named.tokens.start.saturating_sub(NEAR)..named.tokens.start)
            .rev()
            .take_while(|&token| !self.tokens.is_mark(token, ','))
            .find(|&token| self.begins(token, near))
            .is_some_and(|token| self.tokens.is(token, flag::SETTING))
    }

    /// Whether a day belongs to a separate clause, judged by the words between it and the comma before
    /// it, or the beginning of the sentence.
    pub(in crate::extract::day::said) fn in_clause(&self, named: &Named, near: &Range<usize>) -> bool {
        for token in (named.tokens.start.saturating_sub(NEAR)..named.tokens.start).rev() {
            let parts = [',', ':', ';'].into_iter().any(|mark| self.tokens.is_mark(token, mark));
            if self.begins(token + 1, near) || parts || self.tokens.tokens[token].is_quote() {
                break;
            }
            // "That was how she put it when she came out on Monday": the nearest one says when.
            if self.tokens.is(token, flag::SETTING) && !self.tokens.is(token, flag::CLAUSE) {
                break;
            }
            // "But", "so" and "as" may begin a sentence.
            let opener = self.tokens.is(token, flag::OPENER | flag::SETTING) && self.begins(token, near);
            if self.tokens.is(token, flag::CLAUSE) && !opener && !self.is_about_occasion(token) {
                return true;
            }
        }
        false
    }

    /// Whether a day is that of something the sentence only mentions, in a participle clause behind a comma: "The talks
    /// were about the deal, signed in Oslo on 2 June".
    pub(in crate::extract::day::said) fn in_participle(&self, named: &Named, near: &Range<usize>) -> bool {
        let first = named.tokens.start.saturating_sub(NEAR);
        let open = |token: &usize| !self.begins(token + 1, near) && !self.tokens.tokens[*token].is_quote();
        let Some(comma) =
            (first..named.tokens.start).rev().take_while(open).find(|token| self.tokens.is_mark(*token, ','))
        else {
            return false;
        };
        let past = |token: usize| verb(&self.tokens, token) == Some(Tense::Past);
        past(comma + 1) && (first..comma).rev().take_while(open).any(past)
    }

    /// Whether a token is the first of its sentence.
    fn begins(&self, token: usize, near: &Range<usize>) -> bool {
        let outside = token.checked_sub(1).is_none_or(|before| self.tokens.tokens[before].start() < near.start);
        outside || self.tokens.sentence_begins(token)
    }

    /// Whether a clause describes the occasion: "an interview that was aired on Sunday".
    pub(in crate::extract::day::said) fn is_about_occasion(&self, token: usize) -> bool {
        let noun = (token.saturating_sub(2)..token).any(|before| self.tokens.is(before, flag::OCCASION));
        noun && (token + 1..token + 4).any(|next| self.tokens.is(next, flag::MADE_PUBLIC))
    }
}
