//! Who holds an office that a text names before its holder: "its defence minister warned …", and in the next paragraph
//! "Ann Lee told reporters".

use crate::extract::speech::attribution::Confidence;
use crate::extract::speech::cues::{ARTICLE, Cues, FORMER, GENITIVE, HONORIFIC, ORGANISATION, OWNING, TITLE};
use crate::extract::speech::quoted::{How, Quoted, Speaker};

/// How many bytes of a text are its opening, where the news comes before the names.
const OPENING: usize = 3000;
/// The most words of a description.
const WORDS: usize = 6;

/// Gives the words of an office without a name, in the opening, to whoever is named first in the words that follow.
pub fn name_holders(text: &str, found: &mut [Quoted], cues: &Cues) {
    let mut holders: Vec<(String, String, Speaker)> = Vec::new();
    for i in 0..found.len() {
        let Some(office) = described(&found[i], cues) else { continue };
        let known =
            holders.iter().find(|(whole, head, _)| *whole == office.whole || *head == office.head && office.short);
        let holder = match known {
            Some((.., holder)) => holder.clone(),
            None => {
                let Some(holder) = holder(text, found, i, &office, cues) else { continue };
                holders.push((office.whole, office.head, holder.clone()));
                holder
            }
        };
        let quoted = &mut found[i];
        quoted.confidence = quoted.confidence.min(Confidence::Medium);
        let mention = quoted.speaker.as_ref().and_then(|speaker| speaker.mention.clone());
        quoted.runner_up = quoted.speaker.take();
        quoted.speaker = Some(Speaker { mention, how: How::Title, ..holder });
    }
}

/// An office without a name.
struct Office {
    whole: String,
    head: String,
    /// Whether it is only "the minister".
    short: bool,
}

fn described(quoted: &Quoted, cues: &Cues) -> Option<Office> {
    let speaker = quoted.speaker.as_ref().filter(|speaker| speaker.role.is_none() && speaker.how != How::Named)?;
    let whole = speaker.name.to_lowercase();
    let words: Vec<&str> = whole.split_whitespace().collect();
    // "The head of the Valley board": the office comes before what it is of.
    let genitive = words.iter().position(|word| cues.class(word) & GENITIVE != 0).filter(|at| *at > 1);
    let head = genitive.map_or(words.last(), |at| words.get(at - 1));
    let head = head.filter(|_| (2..=WORDS + genitive.map_or(0, |_| WORDS)).contains(&words.len()))?;
    let class = cues.class(head);
    let definite = |word: &str| cues.class(word) & (ARTICLE | OWNING) != 0 && cues.class(word) & FORMER == 0;
    let own = words[0].ends_with("'s") || words[0].ends_with("’s");
    let office = class & TITLE != 0 && class & HONORIFIC == 0 && (definite(words[0]) || own);
    office.then(|| Office {
        head: (*head).to_owned(),
        short: words.len() == 2 && cues.class(words[0]) & ARTICLE != 0,
        whole: whole.clone(),
    })
}

/// Who is named first after some words, in full and in the same or the next paragraph, with the office or none.
fn holder(text: &str, found: &[Quoted], at: usize, office: &Office, cues: &Cues) -> Option<Speaker> {
    let end = found[at].spans.last()?.end;
    let next = found[at + 1..]
        .iter()
        .find(|quoted| quoted.speaker.as_ref().is_some_and(|speaker| speaker.how == How::Named))?;
    let speaker = next.speaker.as_ref()?;
    let name = &speaker.name;
    let last = name.rsplit(' ').next().unwrap_or(name);
    let role = speaker.role.as_deref().map(str::to_lowercase);
    let fits = role.is_none_or(|role| role.split(' ').any(|word| word == office.head));
    // "The coach shrugged. “We wait,” said his assistant, Ann Lee": someone else.
    let other = speaker.mention.as_ref().and_then(|mention| text.get(..mention.start)).is_some_and(|before| {
        let described = before.trim_end().strip_suffix(',');
        let word = described.and_then(|before| before.rsplit(|c: char| !c.is_alphanumeric() && c != '-').next());
        word.is_some_and(|word| cues.is_person(&word.to_lowercase()) && word.to_lowercase() != office.head)
    });
    // "Ann Lee, mayor of Ghent, said": another office.
    let other = other
        || speaker.mention.as_ref().and_then(|mention| text.get(mention.end..)).is_some_and(|behind| {
            let apposition = behind.strip_prefix(", ").and_then(|rest| rest.split(',').next()).unwrap_or("");
            let first = apposition.split(' ').find(|word| cues.class(&word.to_lowercase()) & ARTICLE == 0);
            first.is_some_and(|word| cues.class(word) & TITLE != 0 && word != office.head)
        });
    let body = cues.class(&last.to_lowercase()) & ORGANISATION != 0;
    let near = next.paragraph <= found[at].paragraph + 1 && end <= OPENING && !text[..end].contains(last);
    // "The mayor spoke to reporters. “It is late,” Ann Lee said": the very next words of the paragraph.
    let beside = next.paragraph == found[at].paragraph && std::ptr::eq(next, &found[at + 1]);
    ((near || beside) && fits && !other && !body && name.contains(' ')).then(|| speaker.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(name: &str, role: Option<&str>, how: How, at: usize) -> Quoted {
        let speaker = Speaker { name: name.to_owned(), role: role.map(str::to_owned), mention: None, how };
        Quoted {
            kind: crate::extract::speech::quoted::QuotedKind::Direct,
            spans: std::iter::once(at..at + 4).collect(),
            quoted: std::iter::once(at..at + 4).collect(),
            turned: false,
            cue: None,
            speaker: Some(speaker),
            runner_up: None,
            confidence: Confidence::High,
            paragraph: at / 10,
        }
    }

    #[test]
    fn an_office_is_whoever_is_named_next() {
        let text = "words its defence minister. Ann Lee told all of it. The minister left. The mayor stayed.";
        let speakers = |role: Option<&str>, first: &str| {
            let mut found = vec![
                quoted(first, None, How::Title, 0),
                quoted("Ann Lee", role, How::Named, 14),
                quoted("The minister", None, How::Title, 44),
            ];
            name_holders(text, &mut found, &Cues::english());
            found.into_iter().map(|quoted| quoted.speaker.unwrap().name).collect::<Vec<_>>().join("; ")
        };
        assert_eq!(speakers(None, "its defence minister"), "Ann Lee; Ann Lee; Ann Lee");
        assert_eq!(speakers(Some("Mayor"), "its defence minister"), "its defence minister; Ann Lee; The minister");
        assert_eq!(speakers(None, "a minister"), "a minister; Ann Lee; The minister");
        assert_eq!(speakers(None, "its ministry"), "its ministry; Ann Lee; The minister");
    }
}
