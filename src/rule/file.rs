//! `rules.toml`: where the user works.

use std::ops::Range;

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use crate::codebook::{Codebook, Position};
use crate::document::{self, Document};
use crate::error::Problem;
use crate::rule::pattern::Pattern;
use crate::rule::{InlineTest, Rule, Rules, TestKind};
use crate::table::nearest;

/// Reads the rules of a corpus; every fault is added to `problems`, and any fault gives `None`.
///
/// `speakers` are those of the corpus, if they are known: a rule for nobody among them is a warning.
pub fn parse(
    document: Document,
    codebook: &Codebook,
    speakers: Option<&[&str]>,
    problems: &mut Vec<Problem>,
) -> Option<Rules> {
    let before = faults(problems);
    let mut root = document.root(problems)?;
    let mut rules: Vec<(Range<usize>, Rule)> = Vec::new();
    for entry in document::take_entries(&mut root, "rule") {
        let span = entry.span();
        let Some(raw) = document.read::<RawRule>(entry, problems) else { continue };
        let reader = RuleReader { document: &document, codebook, speakers, problems };
        let id_span = raw.id.span();
        let Some(rule) = reader.rule(raw, span) else { continue };
        if let Some((first, _)) = rules.iter().find(|(_, other)| other.id == rule.id) {
            let line = document.fault(first.clone(), "", "").place.map_or(0, |place| place.line);
            let what = format!("the rule id `{}` is taken: the rule on line {line} has it", rule.id);
            problems.push(document.fault(id_span, what, "name each rule after what it alone catches"));
            continue;
        }
        rules.push((id_span, rule));
    }
    document.read::<RawRules>(root, problems);
    if faults(problems) > before {
        return None;
    }
    Some(Rules::new(document, rules.into_iter().map(|(_, rule)| rule).collect()))
}

fn faults(problems: &[Problem]) -> usize {
    problems.iter().filter(|problem| problem.is_fault()).count()
}

/// What may stand at the top of the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRules {
    /// Only there when `rule` is not a list of tables, so that the key is known and its kind refused.
    #[serde(default, rename = "rule")]
    _rule: Vec<RawRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    id: Spanned<String>,
    issue: Spanned<String>,
    position: Spanned<i32>,
    #[serde(default)]
    any: Vec<Spanned<String>>,
    #[serde(default)]
    all: Vec<Spanned<String>>,
    #[serde(default)]
    none: Vec<Spanned<String>>,
    #[serde(default)]
    speaker: Vec<Spanned<String>>,
    since: Option<Spanned<Datetime>>,
    until: Option<Spanned<Datetime>>,
    #[serde(default)]
    priority: i32,
    #[serde(default)]
    note: String,
    #[serde(default, rename = "match")]
    matching: Vec<Spanned<String>>,
    #[serde(default)]
    reject: Vec<Spanned<String>>,
    #[serde(default)]
    todo: Vec<Spanned<String>>,
}

/// Turns what one `[[rule]]` says into a rule, and reports all that is wrong with it.
struct RuleReader<'r> {
    document: &'r Document,
    codebook: &'r Codebook,
    speakers: Option<&'r [&'r str]>,
    problems: &'r mut Vec<Problem>,
}

impl RuleReader<'_> {
    fn rule(mut self, raw: RawRule, span: Range<usize>) -> Option<Rule> {
        let before = faults(self.problems);
        let id = raw.id.get_ref().trim();
        if id.is_empty() {
            self.fault(raw.id.span(), "the rule's id is empty", "name the rule after what it catches");
        }
        if raw.any.is_empty() && raw.all.is_empty() {
            let what = format!("the rule `{id}` has no pattern");
            self.fault(span, what, "add any = [\"…\"] or all = [\"…\"]: what the rule looks for");
        }
        let issue = self.codebook.find(raw.issue.get_ref());
        if issue.is_none() {
            let what = format!("unknown issue `{}`", raw.issue.get_ref());
            self.fault(raw.issue.span(), what, format!("the codebook has: {}", self.codebook.issue_list()));
        }
        let position = Position(*raw.position.get_ref());
        if let Some(issue) = issue.map(|issue| self.codebook.issue(issue))
            && issue.level(position).is_none()
        {
            let what = format!("the scale of `{}` has no position {position}", issue.id);
            self.fault(raw.position.span(), what, format!("its levels are {}", issue.level_list()));
        }
        let (any, all, none) = (self.patterns(raw.any), self.patterns(raw.all), self.patterns(raw.none));
        let known = self.speakers.unwrap_or_default();
        for speaker in raw.speaker.iter().filter(|_| self.speakers.is_some()) {
            if !known.contains(&speaker.get_ref().as_str()) {
                let near = nearest(speaker.get_ref(), known.iter().copied());
                let hint = near.map_or("check the spelling".to_owned(), |near| format!("did you mean `{near}`?"));
                let what = format!("nobody called `{}` speaks in this corpus", speaker.get_ref());
                self.problems.push(self.document.warning(speaker.span(), what, hint));
            }
        }
        let (since, until) = (self.day(raw.since.as_ref()), self.day(raw.until.as_ref()));
        if let (Some(first), Some(last), Some(written)) = (since, until, &raw.until)
            && last < first
        {
            let what = format!("the rule ends on {last}, before it begins on {first}");
            self.fault(written.span(), what, "exchange `since` and `until`");
        }
        let tests = [(TestKind::Match, raw.matching), (TestKind::Reject, raw.reject), (TestKind::Todo, raw.todo)]
            .into_iter()
            .flat_map(|(kind, texts)| {
                let test = move |text: Spanned<String>| InlineTest { kind, span: text.span(), text: text.into_inner() };
                texts.into_iter().map(test)
            })
            .collect();
        let rule = Rule {
            id: id.to_owned(),
            issue: issue?,
            position,
            any,
            all,
            none,
            speakers: raw.speaker.into_iter().map(Spanned::into_inner).collect(),
            since,
            until,
            priority: raw.priority,
            note: raw.note,
            tests,
        };
        (faults(self.problems) == before).then_some(rule)
    }

    fn fault(&mut self, span: Range<usize>, what: impl Into<String>, hint: impl Into<String>) {
        self.problems.push(self.document.fault(span, what, hint));
    }

    fn patterns(&mut self, written: Vec<Spanned<String>>) -> Vec<Pattern> {
        let mut patterns = Vec::new();
        for text in written {
            match Pattern::parse(text.get_ref()) {
                Ok(pattern) => patterns.push(pattern),
                Err(error) => {
                    let what = format!("{}, in the pattern `{}`", error.what, text.get_ref());
                    let offset = text.span().start + self.offset_in_string(&text, error.offset);
                    self.fault(offset..offset, what, error.hint);
                }
            }
        }
        patterns
    }

    /// Where a byte of a string's value stands in the string as it is written, quotes included.
    fn offset_in_string(&self, text: &Spanned<String>, offset: usize) -> usize {
        let written = &self.document.text[text.span()];
        // With escapes the two differ; then the string's beginning has to do.
        written.find(text.get_ref().as_str()).map_or(0, |start| start + offset)
    }

    fn day(&mut self, written: Option<&Spanned<Datetime>>) -> Option<NaiveDate> {
        let written = written?;
        let date = match written.get_ref() {
            Datetime { date: Some(date), time: None, offset: None } => {
                NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
            }
            _ => None,
        };
        if date.is_none() {
            self.fault(written.span(), format!("`{}` is not a day", written.get_ref()), "write it as 2025-08-15");
        }
        date
    }
}
