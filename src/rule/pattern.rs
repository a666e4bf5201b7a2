//! The phrase language of rules: `swap* ... (territory|land)`.
//!
//! | written | means |
//! |---|---|
//! | `land swap` | these words, next to one another |
//! | `swap*` | a word that begins with "swap" |
//! | `*` | any one word |
//! | `...` | a gap of up to 5 words within a clause; `...8` of up to 8 |
//! | `....` | a gap that may run from one clause into another; `....8` of up to 8 words |
//! | `(a\|b c)` | one of these; `(a\|)` makes it optional |
//! | `=US` | this word in exactly these letters |
//! | `<weapons>` | one of the phrases of a named list |
//! | `/…/` | a regular expression |

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::rule::text::Words;
use crate::words::{did_you_mean, listed};

/// The phrases of each named list, shared by the patterns.
pub type Lists = BTreeMap<String, Arc<[Phrase]>>;

/// How many words fit into `...`.
pub const DEFAULT_GAP: usize = 5;
/// The widest gap that a pattern may ask for.
pub const WIDEST_GAP: usize = 50;
/// How deep alternatives may be nested.
const DEEPEST: usize = 20;
/// The longest pattern allowed, in bytes.
pub const LONGEST: usize = 10_000;
/// The most words that a pattern may name, including the words of its lists.
const MOST_WORDS: usize = 4_000;

/// A parsed pattern.
#[derive(Debug, Clone)]
pub enum Pattern {
    /// Words, gaps and alternatives.
    Phrase(Phrase),
    /// A regular expression, without regard to case.
    Regex(regex::Regex),
}

/// Words, gaps and alternatives, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase(pub Vec<PhraseItem>);

/// One element of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PhraseItem {
    /// A word.
    Word(WordPattern),
    /// Room for other words.
    Gap(Gap),
    /// One of several phrases.
    Either(Arc<[Phrase]>),
    /// One of the phrases of a named list.
    List(String, Arc<[Phrase]>),
}

/// Room for other words between two that match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gap {
    /// The most words that it skips.
    pub words: usize,
    /// Whether it may run from one clause into another.
    pub across: bool,
}

/// What a single word must look like.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WordPattern {
    /// This word, in its normal form.
    Exact(String),
    /// A word with this beginning.
    Prefix(String),
    /// This word in exactly these letters.
    Cased(String),
    /// Any word.
    Any,
}

/// Why a text is not a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternFault {
    /// The byte of the pattern to point at.
    pub offset: usize,
    /// What is wrong.
    pub what: String,
    /// How to fix it.
    pub hint: &'static str,
}

impl Pattern {
    /// Reads a pattern that uses no named list.
    ///
    /// # Errors
    /// The first fault, with its place in the text.
    pub fn parse(text: &str) -> Result<Pattern, PatternFault> {
        Pattern::parse_with(text, &Lists::new())
    }

    /// Reads a pattern that may use named lists.
    ///
    /// # Errors
    /// The first fault, with its place in the text.
    pub fn parse_with(text: &str, lists: &Lists) -> Result<Pattern, PatternFault> {
        if text.len() > LONGEST {
            let what = format!("the pattern has {} bytes, more than {LONGEST}", text.len());
            return Err(PatternFault { offset: 0, what, hint: "split it into several" });
        }
        let trimmed = text.trim();
        if let Some(body) = trimmed.strip_prefix('/').and_then(|rest| rest.strip_suffix('/')) {
            return regex(text, body);
        }
        let mut parser = Parser { text, at: 0, lists, split: Words::default() };
        let phrase = parser.phrase(0)?;
        if parser.at < text.len() {
            return Err(parser.fault("`)` without `(`", "remove it, or open the alternatives with `(`"));
        }
        if phrase.count() > MOST_WORDS {
            let what = format!("the pattern and its lists name more than {MOST_WORDS} words");
            return Err(PatternFault { offset: 0, what, hint: "use shorter lists, or fewer of them" });
        }
        if phrase.needs_no_word() {
            let what = "the pattern can match without any word of its own".to_owned();
            return Err(PatternFault { offset: 0, what, hint: "write at least one word that must be there" });
        }
        Ok(Pattern::Phrase(phrase))
    }
}

impl Phrase {
    /// Whether the phrase could match without a single word that it names.
    fn needs_no_word(&self) -> bool {
        self.0.iter().all(|item| match item {
            PhraseItem::Word(word) => *word == WordPattern::Any,
            PhraseItem::Gap(_) => true,
            PhraseItem::Either(choices) | PhraseItem::List(_, choices) => choices.iter().any(Phrase::needs_no_word),
        })
    }

    /// How many words the phrase names.
    fn count(&self) -> usize {
        let words_in = |item: &PhraseItem| match item {
            PhraseItem::Word(_) => 1,
            PhraseItem::Gap(_) => 0,
            PhraseItem::Either(choices) | PhraseItem::List(_, choices) => choices.iter().map(Phrase::count).sum(),
        };
        self.0.iter().map(words_in).sum()
    }

    /// Widens every gap by `more` words, so that the phrase matches what nearly matched.
    pub fn widened(&self, more: usize) -> Phrase {
        self.with_gaps(&|gap| Gap { words: gap.words + more, ..gap })
    }

    /// Lets every gap run across clauses.
    pub fn across(&self) -> Phrase {
        self.with_gaps(&|gap| Gap { across: true, ..gap })
    }

    fn with_gaps(&self, change: &impl Fn(Gap) -> Gap) -> Phrase {
        let within = |choices: &[Phrase]| choices.iter().map(|choice| choice.with_gaps(change)).collect();
        let item = |item: &PhraseItem| match item {
            PhraseItem::Gap(gap) => PhraseItem::Gap(change(*gap)),
            PhraseItem::Either(choices) => PhraseItem::Either(within(choices)),
            PhraseItem::List(name, choices) => PhraseItem::List(name.clone(), within(choices)),
            word => word.clone(),
        };
        Phrase(self.0.iter().map(item).collect())
    }
}

fn regex(text: &str, body: &str) -> Result<Pattern, PatternFault> {
    const LARGEST: usize = 1 << 20;
    let start = text.find('/').map_or(0, |slash| slash + 1);
    let fault = |offset: usize, reason: &str, hint| PatternFault {
        offset: start + offset.min(body.len()),
        what: format!("the regular expression `{body}` is not valid: {reason}"),
        hint,
    };
    const FIX: &str = "fix it, or write the words without slashes";
    if let Err(error) = regex_syntax::ParserBuilder::new().case_insensitive(true).build().parse(body) {
        let (offset, reason) = match &error {
            regex_syntax::Error::Parse(error) => (error.span().start.offset, error.kind().to_string()),
            regex_syntax::Error::Translate(error) => (error.span().start.offset, error.kind().to_string()),
            _ => (0, error.to_string()),
        };
        return Err(fault(offset, &reason, FIX));
    }
    let built = regex::RegexBuilder::new(body).case_insensitive(true).size_limit(LARGEST).build();
    let regex = built.map_err(|_| fault(0, "it is too large", "use fewer or smaller repetitions"))?;
    if regex.is_match("") {
        return Err(fault(0, "it matches a text without letters", "write at least one letter that must be there"));
    }
    Ok(Pattern::Regex(regex))
}

struct Parser<'p> {
    text: &'p str,
    at: usize,
    lists: &'p Lists,
    /// The words of what was read last.
    split: Words,
}

impl Parser<'_> {
    fn fault(&self, what: &str, hint: &'static str) -> PatternFault {
        PatternFault { offset: self.at, what: what.to_owned(), hint }
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    /// Reads items up to the end of the text, of the alternative or of all alternatives.
    fn phrase(&mut self, depth: usize) -> Result<Phrase, PatternFault> {
        let mut items = Vec::new();
        loop {
            let rest = &self.text[self.at..];
            self.at += rest.len() - rest.trim_start().len();
            match self.peek() {
                None | Some('|' | ')') => break,
                Some('(') => items.push(self.either(depth + 1)?),
                Some('.' | '…') if matches!(items.last(), Some(PhraseItem::Gap(_))) => {
                    return Err(self.fault("two gaps follow one another", "write one, such as ...10"));
                }
                Some('.' | '…') => items.push(self.gap()?),
                Some('=') => items.push(self.cased()?),
                Some('<') => items.push(self.list()?),
                Some(_) => self.words(&mut items)?,
            }
        }
        if depth == 0 {
            if self.peek() == Some('|') {
                return Err(self.fault("`|` outside parentheses", "put the alternatives in parentheses: (a|b)"));
            }
            if items.is_empty() {
                return Err(self.fault("the pattern is empty", "write the words to look for"));
            }
            for end in [items.first(), items.last()] {
                if matches!(end, Some(PhraseItem::Gap(_))) {
                    return Err(self.fault("the pattern begins or ends with a gap", "put words on both sides of `...`"));
                }
            }
        }
        Ok(Phrase(items))
    }

    fn either(&mut self, depth: usize) -> Result<PhraseItem, PatternFault> {
        if depth > DEEPEST {
            return Err(self.fault("alternatives are nested too deep", "write them side by side"));
        }
        let open = self.at;
        self.at += 1;
        let mut choices = vec![self.phrase(depth)?];
        while self.peek() == Some('|') {
            self.at += 1;
            choices.push(self.phrase(depth)?);
        }
        if self.peek() != Some(')') {
            self.at = open;
            return Err(self.fault("`(` without `)`", "close the alternatives with `)`"));
        }
        self.at += 1;
        if choices.iter().all(|choice| choice.0.is_empty()) {
            self.at = open;
            return Err(self.fault("the alternatives are empty", "write words between `(` and `)`"));
        }
        Ok(PhraseItem::Either(choices.into()))
    }

    fn gap(&mut self) -> Result<PhraseItem, PatternFault> {
        let rest = &self.text[self.at..];
        let Some(after) = rest.strip_prefix('…').or_else(|| rest.strip_prefix("...")) else {
            return Err(self.fault("a full stop is not a word", "remove it, or write `...` for a gap"));
        };
        let (across, after) = after.strip_prefix('.').map_or((false, after), |after| (true, after));
        let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let words = if digits == 0 { DEFAULT_GAP } else { after[..digits].parse().unwrap_or(usize::MAX) };
        if words > WIDEST_GAP {
            return Err(self.fault("the gap is wider than 50 words", "narrow it: a wide gap joins unrelated words"));
        }
        self.at = self.text.len() - after.len() + digits;
        Ok(PhraseItem::Gap(Gap { words, across }))
    }

    /// Reads `=Word`.
    fn cased(&mut self) -> Result<PhraseItem, PatternFault> {
        let rest = &self.text[self.at + 1..];
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '|')).unwrap_or(rest.len());
        let word = &rest[..end];
        let mut split = Words::default();
        split.split(word);
        if split.words().len() != 1 || split.words()[0].span != (0..word.len()) {
            return Err(self.fault(&format!("`={word}` is not `=` and one word"), "write =US, with nothing between"));
        }
        self.at += 1 + end;
        Ok(PhraseItem::Word(WordPattern::Cased(word.to_owned())))
    }

    /// Reads `<name>`.
    fn list(&mut self) -> Result<PhraseItem, PatternFault> {
        let rest = &self.text[self.at + 1..];
        let Some(end) = rest.find('>') else {
            return Err(self.fault("`<` without `>`", "name a list of [lists], such as <weapons>"));
        };
        let name = rest[..end].trim();
        let Some(phrases) = self.lists.get(name) else {
            // With very many lists, only the first are compared and shown, because every pattern may
            // name a missing one.
            const MOST: usize = 500;
            let names = || self.lists.keys().map(String::as_str);
            let known = if self.lists.is_empty() { "none".to_owned() } else { listed(names()) };
            let guess = did_you_mean(name, names().take(MOST)).map_or(String::new(), |guess| format!(" ({guess})"));
            let what = format!("there is no list `{name}`{guess}; the file has: {known}");
            return Err(self.fault(&what, "add it under [lists], above the rules"));
        };
        self.at += 1 + end + 1;
        Ok(PhraseItem::List(name.to_owned(), phrases.clone()))
    }

    /// Reads a run without white space: one word, or several if it is a contraction or hyphenated.
    fn words(&mut self, items: &mut Vec<PhraseItem>) -> Result<(), PatternFault> {
        let rest = &self.text[self.at..];
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '|' | '*' | '<' | '='))
            .unwrap_or(rest.len());
        // Nearly all words have neither.
        let has_dots = rest.as_bytes()[..end].iter().any(|byte| *byte == b'.' || !byte.is_ascii());
        let dots = has_dots.then(|| rest[..end].find("...").or_else(|| rest[..end].find('…'))).flatten().unwrap_or(end);
        let run = &rest[..end.min(dots)];
        let star = rest[run.len()..].starts_with('*');
        if let Some(mark) = run.bytes().position(|byte| b"?/\\[]{}+^$#@&;:!\"".contains(&byte)) {
            self.at += mark;
            let what = format!("`{}` has no meaning here", run[mark..].chars().next().unwrap_or(' '));
            return Err(self.fault(&what, "write words only: punctuation is not compared; a regular expression is /…/"));
        }
        self.split.split(run);
        let split = &self.split;
        let mut words: Vec<WordPattern> =
            split.words().iter().map(|word| WordPattern::Exact(split.normal(run, word))).collect();
        match (words.last_mut(), star) {
            (Some(last), true) => {
                if let WordPattern::Exact(word) = last {
                    *last = WordPattern::Prefix(std::mem::take(word));
                }
            }
            (None, true) if run.is_empty() => words.push(WordPattern::Any),
            (None, _) => {
                return Err(
                    self.fault(&format!("`{run}` has no letter or digit"), "remove it: punctuation is not compared")
                );
            }
            (Some(_), false) => {}
        }
        self.at += run.len() + usize::from(star);
        if star && self.peek().is_some_and(char::is_alphanumeric) {
            return Err(self.fault("`*` is inside a word", "write it at the end of the word"));
        }
        items.extend(words.into_iter().map(PhraseItem::Word));
        Ok(())
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Pattern::Phrase(phrase) => phrase.fmt(f),
            Pattern::Regex(regex) => write!(f, "/{regex}/"),
        }
    }
}

impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, item) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str(" ")?;
            }
            match item {
                PhraseItem::Word(WordPattern::Exact(word)) => f.write_str(word)?,
                PhraseItem::Word(WordPattern::Prefix(word)) => write!(f, "{word}*")?,
                PhraseItem::Word(WordPattern::Cased(word)) => write!(f, "={word}")?,
                PhraseItem::List(name, _) => write!(f, "<{name}>")?,
                PhraseItem::Word(WordPattern::Any) => f.write_str("*")?,
                PhraseItem::Gap(Gap { words, across }) => {
                    f.write_str(if *across { "...." } else { "..." })?;
                    if *words != DEFAULT_GAP {
                        write!(f, "{words}")?;
                    }
                }
                PhraseItem::Either(choices) => {
                    let choices: Vec<String> = choices.iter().map(Phrase::to_string).collect();
                    write!(f, "({})", choices.join("|"))?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_prints_as_it_is_understood() {
        for (written, printed) in [
            ("Land  Swap*", "land swap*"),
            ("swap* ... (territory|some land|)", "swap* ... (territory|some land|)"),
            ("won’t…8sell", "will not ...8 sell"),
            ("land-swap*", "land swap*"),
            ("if....we …. sell", "if .... we .... sell"),
            ("if ....8we ....0 sell", "if ....8 we ....0 sell"),
            ("wo n't", "wo not"),
            ("no * more", "no * more"),
            ("the =US (=U.S|)", "the =US (=U.S|)"),
        ] {
            let pattern = Pattern::parse(written).unwrap();
            assert_eq!(pattern.to_string(), printed);
            assert_eq!(Pattern::parse(printed).unwrap().to_string(), printed);
        }
    }

    #[test]
    fn a_fault_is_shown_where_it_is() {
        for (written, offset, what) in [
            ("", 0, "empty"),
            ("land (swap|", 5, "`(` without `)`"),
            ("land swap)", 9, "`)` without `(`"),
            ("a|b", 1, "outside parentheses"),
            ("... land", 8, "begins or ends with a gap"),
            ("land ...99 swap", 5, "wider than 50"),
            ("cl?se", 2, "no meaning"),
            ("/close", 0, "no meaning"),
            ("land ....", 9, "begins or ends with a gap"),
            (".... land", 9, "begins or ends with a gap"),
            ("land ....51 swap", 5, "wider than 50"),
            ("land ..... swap", 9, "two gaps"),
            ("land .... ... swap", 10, "two gaps"),
            ("la*nd", 3, "inside a word"),
            ("land -", 5, "no letter or digit"),
            ("* *", 0, "without any word of its own"),
            ("* (land|)", 0, "without any word of its own"),
            ("/land(/", 5, "regular expression"),
            ("/é(/", 3, "regular expression"),
            ("/x*/", 1, "without letters"),
            ("//", 1, "without letters"),
            ("a ... ... b", 6, "two gaps"),
            ("()", 0, "alternatives are empty"),
            ("send <arms>", 5, "no list `arms`"),
            ("send <arms", 5, "`<` without `>`"),
            ("the =won't", 4, "one word"),
            ("the = us", 4, "one word"),
        ] {
            let fault = Pattern::parse(written).unwrap_err();
            assert!(fault.what.contains(what), "{written}: {fault:?}");
            assert_eq!(fault.offset, offset, "{written}: {fault:?}");
        }
    }

    #[test]
    fn deep_nesting_is_refused_rather_than_followed() {
        assert!(Pattern::parse(&"(".repeat(9_000)).unwrap_err().what.contains("too deep"));
    }
}
