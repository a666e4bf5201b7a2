//! By which rule a day counts as the day of words.

use std::ops::Range;

use crate::extract::day::expression::{Meaning, Tense};
use crate::extract::day::lexicon::flag;
use crate::extract::day::piece::TokenShape;
use crate::extract::day::said::{DayBasis, Days, NEAR, Named, Sentence, inside};
use crate::extract::day::tense::verb;

/// How many tokens of quoted words may come between.
const LONGEST_QUOTE: usize = 400;

impl Days<'_> {
    /// By which rule a day counts, if it does.
    pub(in crate::extract::day::said) fn basis(
        &self,
        sentence: &Sentence<'_>,
        named: &Named,
        cue: &Range<usize>,
        near: &Range<usize>,
    ) -> Option<DayBasis> {
        if self.never_counts(named) {
            return None;
        }
        let Range { start, end } = named.tokens;
        // "Tuesday's post is a surprise": what the sentence is about.
        if self.tokens.is(end, flag::POSSESSIVE) && named.expression.range.start <= near.start {
            return None;
        }
        if start >= cue.start && end <= cue.end {
            return Some(DayBasis::Verb);
        }
        if end <= cue.start {
            if self.in_clause(named, near) {
                return None;
            }
            let opens = self.opens(named, near);
            let near_by = !self.is_cut_off(sentence, end..cue.start, false);
            let comma = (end..cue.start).any(|token| self.tokens.is_mark(token, ','));
            if near_by && (opens || !comma) {
                return Some(DayBasis::Verb);
            }
            // In "… came on Saturday, saying", the day is next to the verb that "saying" belongs to.
            let part = near_by && self.is_participle(cue.start);
            return (part || opens || self.in_occasion(named, near) || self.in_setting(named, near))
                .then_some(DayBasis::Frame);
        }
        if start < cue.end {
            return None;
        }
        if !self.is_cut_off(sentence, cue.end..start, true) {
            return Some(DayBasis::Verb);
        }
        (self.in_occasion(named, near) && !self.in_clause(named, near)).then_some(DayBasis::Frame)
    }

    /// Whether a day cannot be the day of the words, wherever it is.
    pub(in crate::extract::day::said) fn never_counts(&self, named: &Named) -> bool {
        let Range { start, end } = named.tokens;
        let mut before = start;
        while before > 0 && !self.tokens.sentence_begins(before) && self.tokens.is(before - 1, flag::ON | flag::THE) {
            before -= 1;
        }
        let limit = before > 0 && !self.tokens.sentence_begins(before) && self.tokens.is(before - 1, flag::LIMIT);
        // "By Monday he was calling it a test": not a limit.
        let by_then = limit
            && self.tokens.is(before - 1, flag::BY_THEN)
            && (end..end + 3).any(|token| self.tokens.is(token, flag::PAST))
            && (before < 2
                || self.tokens.sentence_begins(before - 1)
                || self.tokens.tokens[before - 2].shape == TokenShape::Mark);
        if named.expression.tense == Tense::Future && !by_then {
            return true;
        }
        // "Since" can also begin a sentence.
        if limit && !by_then {
            return true;
        }
        let the = start > 0 && self.tokens.is(start - 1, flag::THE);
        let noun = self
            .tokens
            .tokens
            .get(end)
            .is_some_and(|token| token.shape == TokenShape::Word && !token.capital && token.spaced);
        let owned = self.tokens.is(end, flag::POSSESSIVE);
        let tells_apart = owned
            || (the && noun && matches!(named.expression.meaning, Meaning::Date { .. } | Meaning::Weekday { .. }));
        tells_apart && !(end..end + 5).any(|token| self.tokens.is(token, flag::OCCASION))
    }

    fn is_participle(&self, token: usize) -> bool {
        let endings = &self.tokens.words.progressive_endings;
        token < self.tokens.tokens.len()
            && endings.iter().any(|ending| self.tokens.written(token).ends_with(ending.as_str()))
    }

    /// Whether something between a day and the verb of saying separates them. Quoted words may come
    /// between: "called it “a mistake” on Tuesday".
    fn is_cut_off(&self, sentence: &Sentence<'_>, between: Range<usize>, after: bool) -> bool {
        if between.len() > LONGEST_QUOTE {
            return true;
        }
        let mut narrated = 0;
        between.clone().any(|token| {
            if inside(sentence.quotes, self.tokens.tokens[token].start()) {
                return false;
            }
            narrated += 1;
            let class = self.tokens.class(token);
            if narrated > NEAR || self.tokens.is_mark(token, ':') || self.tokens.is_mark(token, ';') {
                return true;
            }
            if class.is(flag::CLAUSE) && !class.is(flag::SPEAKING) {
                return !self.is_about_occasion(token);
            }
            let participle =
                after && token > between.start && self.tokens.is_mark(token - 1, ',') && self.is_participle(token);
            let described = token > between.start && self.is_article(token - 1);
            let helps =
                class.is(flag::PAST) && (token + 1..token + 3).any(|next| self.tokens.is(next, flag::MADE_PUBLIC));
            (participle || verb(&self.tokens, token).is_some())
                && !class.is(flag::MADE_PUBLIC | flag::SPEAKING | flag::OCCASION)
                && !described
                && !helps
        })
    }

    fn is_article(&self, token: usize) -> bool {
        self.tokens.is(token, flag::THE) || self.tokens.class(token).count == 2
    }
}
