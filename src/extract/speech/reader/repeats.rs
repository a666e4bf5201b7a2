//! Words that a page shows twice: in its text, and again in large letters beside it.

use crate::extract::speech::quoted::{How, Quoted, QuotedKind};

/// Among how many findings before and behind the same words are looked for.
const NEAR: usize = 12;

/// The fewest words.
const WORDS: usize = 4;

/// Drops quotations that are a paragraph of their own without a speaker, if a finding nearby has all their words.
pub fn drop_repeats(text: &str, found: &mut Vec<Quoted>) {
    let words: Vec<String> = found.iter().map(|quoted| words_of(text, quoted)).collect();
    let repeats = |at: usize| {
        let carried = found[at].speaker.as_ref().is_none_or(|speaker| speaker.how == How::Carried);
        let own = &words[at];
        let around = at.saturating_sub(NEAR)..(at + NEAR + 1).min(found.len());
        found[at].kind == QuotedKind::Direct
            && carried
            && own.split_whitespace().count() >= WORDS
            && stands_alone(text, &found[at])
            && around.into_iter().any(|other| {
                let longer =
                    words[other].len() > own.len() || words[other] == *own && !stands_alone(text, &found[other]);
                other != at && longer && words[other].contains(own.as_str())
            })
    };
    let repeated: Vec<bool> = (0..found.len()).map(repeats).collect();
    let mut at = 0;
    found.retain(|_| {
        at += 1;
        !repeated[at - 1]
    });
}

/// The words of a finding in lower case, with a space on each side.
fn words_of(text: &str, quoted: &Quoted) -> String {
    let mut all = String::from(" ");
    for span in &quoted.spans {
        for word in text[span.clone()].split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            all.extend(word.chars().flat_map(char::to_lowercase));
            all.push(' ');
        }
    }
    all
}

/// Whether nothing but marks stands beside a finding on its lines.
fn stands_alone(text: &str, quoted: &Quoted) -> bool {
    let (Some(first), Some(last)) = (quoted.spans.first(), quoted.spans.last()) else { return false };
    let plain = |c: &char| c.is_alphanumeric();
    let before = text[..first.start].rsplit('\n').next().unwrap_or("");
    let behind = text[last.end..].split('\n').next().unwrap_or("");
    !before.chars().any(|c| plain(&c)) && !behind.chars().any(|c| plain(&c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::speech::attribution::Confidence;
    use crate::extract::speech::quoted::Speaker;

    fn quoted(text: &str, words: &str, how: How) -> Quoted {
        let start = text.rfind(words).unwrap();
        let start = if how == How::Named { text.find(words).unwrap() } else { start };
        let span = start..start + words.len();
        Quoted {
            kind: QuotedKind::Direct,
            spans: vec![span.clone()],
            quoted: vec![span],
            turned: false,
            cue: None,
            speaker: Some(Speaker { name: "Ann Lee".to_owned(), role: None, mention: None, how }),
            runner_up: None,
            confidence: Confidence::Medium,
            paragraph: 0,
        }
    }

    #[test]
    fn words_shown_again_are_no_second_quotation() {
        let text = "“The tram is late, and it stays so,” said Ann Lee.\n“The tram is late”\n“The bus is late, too”";
        let first = quoted(text, "The tram is late, and it stays so,", How::Named);
        let again = |words| vec![first.clone(), quoted(text, words, How::Carried)];
        for (words, left) in [("The tram is late", 1), ("The bus is late, too", 2)] {
            let mut found = again(words);
            drop_repeats(text, &mut found);
            assert_eq!(found.len(), left, "{words}");
        }
    }
}
