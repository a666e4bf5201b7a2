//! What is new, in sentences.

use crate::codebook::Codebook;
use crate::date::Grain;
use crate::shift::Request;
use crate::study::changes::{
    ChangedVerdict, NewIssue, NewSpeaker, TestOfPair, TurnReason, UntestedPair, VerdictTurn, WhatIsNew,
};
use crate::words::{alpha as level, listed, many, p as p_in_words};

/// The most pairs that are listed one by one.
const MOST_NAMED: usize = 12;

/// How an issue is called: by its name, or if the codebook does not have it any more, by its id.
fn name<'c>(codebook: &'c Codebook, id: &'c str) -> &'c str {
    codebook.find(id).map_or(id, |issue| &codebook.issue(issue).name)
}

impl ChangedVerdict {
    /// What became of the verdict, and what can be the reason.
    pub fn sentence(&self, codebook: &Codebook, grain: Grain) -> String {
        let (who, issue) = (&self.speaker, name(codebook, &self.issue));
        let told = match self.turn {
            VerdictTurn::New => format!("New: {who} on {issue}: {}{}", self.sentence, self.was()),
            VerdictTurn::Other => format!("Changed: {who} on {issue}: {}{}", self.sentence, self.was()),
            VerdictTurn::Gone => {
                format!("Gone: {who} on {issue}. It was: {} {}", self.sentence, self.is(grain))
            }
        };
        let differs: Vec<String> = self.reasons.iter().filter_map(given).collect();
        match (differs.is_empty(), self.turn) {
            (false, _) => format!("{told} What differs: {}.", differs.join("; ")),
            // Neither the positions nor the number of pairs: what is left are the p of others, the level and the chance of
            // the rearrangements.
            (true, _) => {
                format!("{told} Its own positions are the same; the p of other pairs, or their labels, are others.")
            }
        }
    }

    /// The verdict before.
    fn was(&self) -> String {
        let figures = self.test_before.map(tested).unwrap_or_default();
        format!(" Before, the verdict was “{}”{figures}.", self.before.unwrap_or("no position"))
    }

    /// The verdict now, with its p and why nothing is found any more.
    fn is(&self, grain: Grain) -> String {
        let unit = grain.word();
        let Some(test) = self.test_after else { return "Now no statement takes a position.".to_owned() };
        let word = self.after.unwrap_or("no position");
        let why = self.reasons.iter().find_map(|reason| match reason {
            TurnReason::TooFewDays { needed } => {
                let takes = match needed {
                    Some(needed) => format!("it takes {needed} at the level {}", level(test.level)),
                    None => format!("no number of {unit}s would do at the level {}", level(test.level)),
                };
                Some(format!(": {}, and {takes}", many(test.days, unit)))
            }
            TurnReason::AboveLevel => Some(format!("{}, above the level {}", tested(test), level(test.level))),
            _ => None,
        });
        format!("Now the verdict is “{word}”{}.", why.unwrap_or_else(|| tested(test)))
    }
}

/// The p of a test, in brackets.
fn tested(test: TestOfPair) -> String {
    match (test.p, test.p_corrected) {
        (Some(p), Some(corrected)) => format!(" (p {}, corrected {})", p_in_words(p), p_in_words(corrected)),
        _ => String::new(),
    }
}

/// What a test was given that it was not given before.
fn given(reason: &TurnReason) -> Option<String> {
    let are = |count: usize| if count == 1 { "is" } else { "are" };
    match *reason {
        TurnReason::NewPositions { count } => Some(format!("{} {} new", many(count, "position"), are(count))),
        TurnReason::GonePositions { count } => Some(format!("{} {} gone", many(count, "position"), are(count))),
        TurnReason::OtherPositions { count } => {
            let one = if count == 1 { "is another" } else { "are others" };
            Some(format!("{} {one}", many(count, "position")))
        }
        TurnReason::OtherFamily { before, after } => {
            Some(format!("p is corrected for {} instead of {before}", many(after, "pair")))
        }
        TurnReason::NoPosition | TurnReason::TooFewDays { .. } | TurnReason::AboveLevel | TurnReason::BelowLevel => {
            None
        }
    }
}

impl WhatIsNew {
    /// The numbers of new statements and positions.
    pub fn counted(&self) -> String {
        let new = self.new_statements.len();
        let are = if new == 1 { "is" } else { "are" };
        let mut counts = format!("{} of {} {are} new", many(new, "statement"), self.statements);
        if self.gone_statements > 0 {
            counts += &format!("; {} that were there before are gone", self.gone_statements);
        }
        if self.new_positions > 0 {
            let positions = many(self.new_positions, "position");
            counts += &format!("; earlier statements take {positions} that they did not take");
        }
        counts + "."
    }

    /// Who and what was not there before, or is gone; nothing if all were there.
    pub fn who_and_what(&self, codebook: &Codebook, by: &str) -> Vec<String> {
        let mut out = Vec::new();
        let list = |names: Vec<String>| listed(names.iter().map(String::as_str));
        if !self.new_speakers.is_empty() {
            let named = |new: &NewSpeaker| format!("{} ({})", new.name, many(new.statements, "statement"));
            let names = list(self.new_speakers.iter().map(named).collect());
            out.push(format!("{} for the first time: {names}.", many(self.new_speakers.len(), by)));
        }
        if !self.new_issues.is_empty() {
            let named = |new: &NewIssue| {
                let added = if new.in_codebook_before { "" } else { ", new in the codebook" };
                format!("{} ({}{added})", name(codebook, &new.issue), many(new.positions, "position"))
            };
            let names = list(self.new_issues.iter().map(named).collect());
            out.push(format!("{} for the first time: {names}.", many(self.new_issues.len(), "issue")));
        }
        if !self.gone_speakers.is_empty() {
            out.push(format!("No statement any more: {}.", list(self.gone_speakers.clone())));
        }
        if !self.gone_issues.is_empty() {
            let names = self.gone_issues.iter().map(|id| name(codebook, id).to_owned()).collect();
            out.push(format!("No position any more: {}.", list(names)));
        }
        out
    }

    /// What differs in how statements are read, apart from the statements; nothing if that is the same.
    pub fn read_otherwise(&self) -> Vec<String> {
        let mut out = Vec::new();
        if !self.other_reading.is_empty() {
            let are = if self.other_reading.len() == 1 { "is" } else { "are" };
            let files = listed(self.other_reading.iter().copied());
            out.push(format!(
                "{files} {are} not the same as then, so positions and verdicts may differ for that reason alone."
            ));
        }
        if let Some([was, is]) = self.other_settle {
            out.push(format!("Labels of coders who differ are settled by {is} now, and were by {was}."));
        }
        out
    }

    /// The pairs that this look cannot test: a sentence, and a row for each that has something new or would be tested in one
    /// look.
    pub fn cannot_be_tested(
        &self,
        codebook: &Codebook,
        request: &Request,
        grain: Grain,
    ) -> Option<(String, Vec<[String; 4]>, Option<String>)> {
        let unit = grain.word();
        if self.untested.is_empty() {
            return None;
        }
        let (mut named, mut rest): (Vec<&UntestedPair>, Vec<&UntestedPair>) =
            self.untested.iter().partition(|pair| pair.new_positions > 0 || pair.tested_in_one_look);
        // Those that are nearest to a test come first.
        named.sort_by_key(|pair| std::cmp::Reverse((pair.tested_in_one_look, pair.days, pair.new_positions)));
        rest.extend(named.split_off(named.len().min(MOST_NAMED)));
        let stricter = self.untested.iter().filter(|pair| pair.tested_in_one_look).count();
        let have = |count: usize| if count == 1 { "has" } else { "have" };
        let count = self.untested.len();
        let mut what =
            format!("{} {} too few {unit}s to be tested at {}", many(count, "pair"), have(count), level(request.alpha));
        if stricter > 0 {
            what += &format!("; {stricter} of them would be tested if this were the only look");
        }
        let row = |pair: &&UntestedPair| {
            let needs = match pair.days_needed {
                Some(needed) => format!("needs {}", many(needed, unit)),
                None => "no number would do".to_owned(),
            };
            let one = if pair.tested_in_one_look { ", tested if this were the only look" } else { "" };
            [
                format!("  {}", pair.speaker),
                name(codebook, &pair.issue).to_owned(),
                format!("{}, {} new", many(pair.days, unit), many(pair.new_positions, "position")),
                format!("{needs}{one}"),
            ]
        };
        let fresh = rest.iter().filter(|pair| pair.new_positions > 0).count();
        let more = match rest.len() {
            0 => None,
            rest => {
                let have = if fresh == 1 { "has a new position" } else { "have new positions" };
                let are = if rest == 1 { "is" } else { "are" };
                Some(format!("{} {are} not listed here; {fresh} of them {have}. --json names all.", many(rest, "pair")))
            }
        };
        let end = if named.is_empty() { "." } else { ":" };
        Some((what + end, named.iter().map(row).collect(), more))
    }
}
