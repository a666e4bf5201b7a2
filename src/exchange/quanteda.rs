//! The rules as a dictionary of quanteda: YAML with a key per issue, and under it a key per level with its patterns.
//!
//! quanteda finds words and phrases wherever they stand. It has no contexts, no topics, no gaps and nothing that must or
//! must not stand beside a phrase, so a rule that needs one of these is left out and named in a comment. Keys and
//! patterns stand in quotation marks, because R and Python read a bare `no` as false.

use std::collections::{BTreeMap, BTreeSet};

use crate::codebook::{IssueIndex, Position};
use crate::error::{Error, Result};
use crate::exchange::material::Material;
use crate::exchange::{Exported, Loss};
use crate::rule::pattern::{Pattern, Phrase, PhraseItem, WordPattern};
use crate::rule::{Rule, Scope};

/// The most phrases that the alternatives of one pattern may give.
const MOST: usize = 500;

/// The dictionary.
///
/// # Errors
/// [`Error::Request`] if no rule can be written so.
pub fn dictionary(material: &Material<'_>) -> Result<Exported> {
    if material.rules.rules.is_empty() {
        let what = format!("{} has no rules", material.name);
        return Err(Error::request(what, "write rules in rules.toml first: a dictionary is made of them"));
    }
    let mut patterns: BTreeMap<(IssueIndex, Position), BTreeSet<String>> = BTreeMap::new();
    let mut left: Vec<String> = Vec::new();
    let (mut cased, mut conditions) = (0, BTreeMap::<&str, usize>::new());
    let rules = material.rules.rules.iter().filter(|rule| material.issues.contains(&rule.issue));
    for rule in rules {
        if let Some(needed) = needs(rule) {
            left.push(format!("{}: it needs {needed}", rule.id));
            continue;
        }
        for condition in narrowed_by(rule) {
            *conditions.entry(condition).or_default() += 1;
        }
        let mut phrases = BTreeSet::new();
        let mut why = None;
        for written in &rule.any {
            match globs(&written.pattern, &mut cased) {
                Ok(globs) => phrases.extend(globs),
                Err(fault) => why = why.or(Some(fault)),
            }
        }
        if let Some(why) = why {
            left.push(format!("{}, in part: {why}", rule.id));
        }
        patterns.entry((rule.issue, rule.position)).or_default().extend(phrases);
    }
    patterns.retain(|_, phrases| !phrases.is_empty());
    if patterns.is_empty() {
        let what = "no rule can be written as a dictionary";
        return Err(Error::request(what, format!("quanteda has words and phrases only; {}", left.join("; "))));
    }
    let text = yaml(material, &patterns, &left);
    let mut losses = vec![Loss::new(
        "contexts, topics and the domain: a dictionary finds its words wherever they stand, negated or not",
    )];
    losses.push(Loss::new("priorities: where 2 levels are found, quanteda counts both"));
    for (condition, count) in conditions {
        Loss::count(&mut losses, count, "rule", &format!("without the {condition} that limits it"));
    }
    Loss::count(&mut losses, cased, "word", "whose capitals count: a dictionary ignores case");
    losses.extend(left.iter().map(|rule| Loss::new(format!("rule {rule}"))));
    Ok(Exported::one(text.into_bytes(), losses))
}

/// What a rule needs that a dictionary cannot say, so that its words alone would say something else.
fn needs(rule: &Rule) -> Option<&'static str> {
    if !rule.all.is_empty() {
        Some("other words near by (`all`)")
    } else if !rule.none.is_empty() {
        Some("words that are not there (`none`)")
    } else if rule.any.is_empty() {
        Some("no phrase (`any`)")
    } else {
        None
    }
}

/// The limits of a rule that are lost. Where it stands in the text does not matter for a single phrase.
fn narrowed_by(rule: &Rule) -> Vec<&'static str> {
    let mut conditions = Vec::new();
    if !rule.speakers.is_empty() {
        conditions.push("speaker");
    }
    if rule.since.is_some() || rule.until.is_some() {
        conditions.push("date");
    }
    if rule.scope == Scope::Clause {
        conditions.push("clause");
    }
    conditions
}

/// The phrases of a pattern as globs.
///
/// # Errors
/// What it has that a glob cannot say.
fn globs(pattern: &Pattern, cased: &mut usize) -> std::result::Result<Vec<String>, &'static str> {
    match pattern {
        Pattern::Regex(_) => Err("it has a regular expression"),
        Pattern::Phrase(phrase) => {
            let phrases = spread(phrase, cased)?;
            let texts = phrases.into_iter().filter(|words| !words.is_empty()).map(|words| words.join(" "));
            Ok(texts.collect())
        }
    }
}

/// Every way to read a phrase, as the globs of its words.
fn spread(phrase: &Phrase, cased: &mut usize) -> std::result::Result<Vec<Vec<String>>, &'static str> {
    let mut ways: Vec<Vec<String>> = vec![Vec::new()];
    for item in &phrase.0 {
        let next: Vec<Vec<String>> = match item {
            PhraseItem::Word(word) => vec![vec![match word {
                WordPattern::Exact(word) => literal(word)?,
                WordPattern::Prefix(word) => format!("{}*", literal(word)?),
                WordPattern::Cased(word) => {
                    *cased += 1;
                    literal(word)?
                }
                WordPattern::Any => "*".to_owned(),
            }]],
            PhraseItem::Gap(_) => return Err("it has a gap between words"),
            PhraseItem::Either(phrases) | PhraseItem::List(_, phrases) => {
                let mut next = Vec::new();
                for phrase in phrases.iter() {
                    next.extend(spread(phrase, cased)?);
                }
                next
            }
        };
        if ways.len() * next.len() > MOST {
            return Err("its alternatives give too many phrases");
        }
        ways = ways.iter().flat_map(|way| next.iter().map(move |more| [&way[..], more].concat())).collect();
    }
    Ok(ways)
}

/// A word in which no letter has a meaning for globs.
fn literal(word: &str) -> std::result::Result<String, &'static str> {
    if word.contains(['*', '?']) { Err("a word has * or ? in it") } else { Ok(word.to_owned()) }
}

fn yaml(
    material: &Material<'_>,
    patterns: &BTreeMap<(IssueIndex, Position), BTreeSet<String>>,
    left: &[String],
) -> String {
    let mut text = format!(
        "# The rules of {} as a dictionary. In R: dictionary(file = \"….yml\"), and look up with valuetype = \"glob\".\n",
        material.name.replace(char::is_control, " ")
    );
    let mut last = None;
    for ((issue, position), phrases) in patterns {
        if last != Some(*issue) {
            text += &format!("{}:\n", quoted(&material.issue(*issue).id));
            last = Some(*issue);
        }
        text += &format!("  {}:\n", quoted(&material.choice(*issue, Some(*position))));
        phrases.iter().for_each(|phrase| text += &format!("    - {}\n", quoted(phrase)));
    }
    if !left.is_empty() {
        text += "\n# Left out, because a dictionary cannot say it:\n";
        left.iter().for_each(|rule| text += &format!("#   {}\n", rule.replace(char::is_control, " ")));
    }
    text
}

/// A text in the quotation marks of YAML, where a backslash begins an escape as in JSON.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                out += &format!("\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out + "\""
}
