//! Finds everything that was said in a text, and who said it.

use std::ops::Range;

use crate::extract::sentence::TextPart;
use crate::extract::speech::block::Block;
use crate::extract::speech::cast::Cast;
use crate::extract::speech::cues::Cues;
use crate::extract::speech::holder::name_holders;
use crate::extract::speech::incise::cut;
use crate::extract::speech::indirect;
use crate::extract::speech::item::items;
use crate::extract::speech::memory::{Memory, ResolvedSpeaker};
use crate::extract::speech::people::People;
use crate::extract::speech::piece::{carry_within, pieces, turn};
use crate::extract::speech::quotation::{QuotedStretch, quotations};
use crate::extract::speech::quoted::Quoted;

mod posts;
mod lists;
mod turns;
mod reports;
mod direct;
mod onward;
mod reported;
mod repeats;

pub use posts::is_post_head;
use repeats::drop_repeats;
use reports::planned;
use turns::is_interview;

/// Finds everything that was said in a text, in the order in which it begins.
///
/// It reads one paragraph at a time, and remembers who was named and who spoke last.
pub fn speech(text: &str, parts: &[TextPart], people: &People, cues: &Cues) -> Vec<Quoted> {
    let memory = Memory { cast: Cast::new(people, cues), last: None, topic: None, unnamed: Vec::new() };
    let mut reader = Reader {
        text,
        cues,
        memory,
        run: None,
        run_on: None,
        alone: None,
        listing: None,
        poster: None,
        signs: None,
        interview: is_interview(text, parts),
        found: Vec::new(),
    };
    let mut start = 0;
    while start < parts.len() {
        let same = |part: &&TextPart| part.skipped.is_none() && part.paragraph == parts[start].paragraph;
        let length = parts[start..].iter().take_while(same).count();
        if length > 0 {
            let next = parts.get(start + length).filter(|next| next.skipped.is_none());
            reader.block(&parts[start..start + length], next.map(|next| next.range.clone()));
        } else {
            reader.aside(&parts[start]);
        }
        start += length.max(1);
    }
    let mut found = reader.found;
    found.sort_by_key(|quoted| (quoted.spans[0].start, std::cmp::Reverse(quoted.spans[0].end)));
    drop_repeats(text, &mut found);
    name_holders(text, &mut found, cues);
    found
}

struct Reader<'t, 'p> {
    text: &'t str,
    cues: &'t Cues,
    memory: Memory<'p>,
    /// The number of the last finding, if it is not closed yet.
    run: Option<usize>,
    /// The number of the finding that this paragraph continued.
    run_on: Option<usize>,
    /// The number of the last finding, if its paragraph was all quotation.
    alone: Option<usize>,
    /// Who said the points of the list below: "X also said:".
    listing: Option<ResolvedSpeaker>,
    /// Who wrote the post below, as the line above it says.
    poster: Option<ResolvedSpeaker>,
    /// Whether names are below the words, in paragraphs of their own; `None` until known.
    signs: Option<bool>,
    /// Whether the text is laid out as an interview.
    interview: bool,
    found: Vec<Quoted>,
}

impl Reader<'_, '_> {
    fn block(&mut self, parts: &[TextPart], next: Option<Range<usize>>) {
        let range = parts[0].range.start..parts[parts.len() - 1].range.end;
        let paragraph = parts[0].paragraph;
        let sentences: Vec<Range<usize>> = parts.iter().map(|part| part.range.clone()).collect();
        let all = cut(self.text, range.clone(), quotations(self.text, range.clone(), self.cues), self.cues);
        let top: Vec<&QuotedStretch> = all.iter().filter(|quotation| quotation.depth == 0).collect();
        let items = items(self.text, range, &sentences, &top, self.cues);
        let block = Block::new(self.text, self.cues, items, &mut self.memory.cast);
        self.memory.grow_older();
        self.signed(&block);
        if self.listed(&block, paragraph) || self.posted(&block, paragraph) {
            return;
        }
        if let Some((name, words)) = turn(&block, &self.memory.cast).filter(|_| self.interview) {
            self.run = None;
            return self.add_turn(&block, name, words, paragraph);
        }
        let mut pieces = pieces(&block, &top, &self.memory.cast);
        carry_within(&block, &mut pieces, &self.memory.cast);
        let reports = indirect::reports(&block, &self.memory.cast);
        let first = self.found.len();
        let (reports, taken) = planned(&block, &top, &pieces, reports);
        self.add_all(&block, &top, &pieces, (reports, &taken), paragraph);
        self.add_reported(&block, first, paragraph);
        self.nested(&all, paragraph);
        self.found[first..].sort_by_key(|quoted| quoted.spans[0].start);
        self.go_on(&block, &top, first, next);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::speech::attribution::Confidence;
    use crate::extract::speech::phrase::{NounPhrase, Who};
    use crate::extract::speech::quoted::QuotedKind;

    const SPEAKERS: &str = "[[speaker]]\nname = \"Volodymyr Zelensky\"\naliases = [\"Zelenskyy\", \"Зеленський\"]\ntitles = [\"Ukraine's leader\"]\npronoun = \"he\"\n\n[[speaker]]\nname = \"Ada Holm\"\ntitles = [\"the mayor of Bergen\", \"the mayor\"]\npronoun = \"she\"\n";

    /// Paragraphs at line breaks, and sentences at full stops before capitals, so that the test does not
    /// depend on other modules.
    fn parts(text: &str) -> Vec<TextPart> {
        let mut parts = Vec::new();
        let mut start = 0;
        for (paragraph, line) in text.split('\n').enumerate() {
            let end = start + line.len();
            let mut from = start;
            for (i, _) in line.match_indices(". ") {
                parts.push(TextPart { range: from..start + i + 1, paragraph, skipped: None });
                from = start + i + 2;
            }
            if from < end {
                parts.push(TextPart { range: from..end, paragraph, skipped: None });
            }
            start = end + 1;
        }
        parts
    }

    fn all(text: &str) -> Vec<Quoted> {
        let cues = Cues::english();
        speech(text, &parts(text), &People::parse(SPEAKERS, &cues).unwrap(), &cues)
    }

    /// Every finding as "speaker: words".
    fn said(text: &str) -> Vec<String> {
        let line = |quoted: &Quoted| {
            let words: Vec<&str> = quoted.spans.iter().map(|span| &text[span.clone()]).collect();
            let speaker = quoted.speaker.as_ref().map_or("?", |speaker| speaker.name.as_str());
            format!("{speaker}: {}", words.join(" | "))
        };
        all(text).iter().map(line).collect()
    }

    #[test]
    fn the_verb_may_be_on_either_side() {
        for text in [
            "“The bridge stays,” said Olaf Berg.",
            "“The bridge stays,” Olaf Berg said in a statement on Monday.",
            "“The bridge stays,” Olaf Berg, the finance chief, who is 61, told reporters.",
            "Finance chief Olaf Berg told the paper: “The bridge stays,”",
            "In Oslo on Friday, Olaf Berg (Labour) said, “The bridge stays,”",
            "“The bridge stays,” — Olaf Berg",
            "Olaf Berg: “The bridge stays,”",
            "According to Olaf Berg, “The bridge stays,”",
            "The party's spokesman, Olaf Berg, wrote in a post on X: “The bridge stays,”",
        ] {
            assert_eq!(said(text), ["Olaf Berg: The bridge stays,"], "{text}");
        }
    }

    #[test]
    fn a_quotation_that_is_split_is_joined() {
        assert_eq!(said("“We want,” Olaf Berg said, “to end it.”"), ["Olaf Berg: We want, | to end it."]);
        let few = "“We wait,” said Olaf Berg (left), “until spring.”";
        assert_eq!(said(few), ["Olaf Berg: We wait, | until spring."]);
        assert_eq!(said("“It is late,” said Olaf Berg. “Go home.”"), ["Olaf Berg: It is late, | Go home."]);
    }

    #[test]
    fn a_run_over_paragraphs_is_one_quotation() {
        let text = "“The first is money.\n“The second is time.\n“The third is luck,” Olaf Berg said.\nHe left.";
        assert_eq!(said(text), ["Olaf Berg: The first is money. | The second is time. | The third is luck,"]);
    }

    #[test]
    fn a_mark_left_open_does_not_reach_the_next_paragraph() {
        let text = "Olaf Berg said: “It is late. We go.\nThe bridge was built in 1950.\n“We stay here,” said Ida Lund.";
        assert_eq!(said(text), ["Olaf Berg: It is late. We go.", "Ida Lund: We stay here,"]);
    }

    #[test]
    fn names_titles_and_pronouns_lead_to_the_person() {
        let text = "Finance chief Olaf Berg came late.\n“The money is gone,” Berg said. He added: “All of it.”\n“I saw it coming,” the mayor of Bergen said.\nЗеленський left. “We need planes,” Ukraine’s leader said.\n“We need them now,” Zelenskyy added.";
        let expected = ["Olaf Berg: The money is gone,", "Olaf Berg: All of it.", "Ada Holm: I saw it coming,"];
        assert_eq!(said(text)[..3], expected);
        assert_eq!(said(text)[3..], ["Volodymyr Zelensky: We need planes,", "Volodymyr Zelensky: We need them now,"]);
    }

    #[test]
    fn the_role_is_kept_and_the_name_is_without_it() {
        let found = all("“We will win,” said Prime Minister Ida Lund.");
        let speaker = found[0].speaker.clone().unwrap();
        assert_eq!((speaker.name.as_str(), speaker.role.as_deref()), ("Ida Lund", Some("Prime Minister")));
        assert_eq!(found[0].confidence, Confidence::High);
    }

    #[test]
    fn a_paragraph_of_words_alone_goes_on_with_the_speaker() {
        let found = said("“It is late now,” said Olaf Berg.\n“And we are all tired of it.”");
        assert_eq!(found[1], "Olaf Berg: And we are all tired of it.");
        let text = "“And we are all tired of it.”\n— Olaf Berg, Oslo";
        assert_eq!(said(text), ["Olaf Berg: And we are all tired of it."]);
    }

    #[test]
    fn words_within_words_belong_to_who_said_them() {
        let text = "“Olaf Berg said, ‘I want peace now,’ and I believed him,” Ida Lund recalled.";
        let expected =
            ["Ida Lund: Olaf Berg said, ‘I want peace now,’ and I believed him,", "Olaf Berg: I want peace now,"];
        assert_eq!(said(text), expected);
    }

    #[test]
    fn terms_and_titles_are_no_quotations() {
        for text in [
            "The “smart” bridge was closed.",
            "He read “The Old Man and the Sea” at school.",
            "It is a “smart bridge of sorts” in the town.",
            "She was on NBC's “Meet the Press” today.",
        ] {
            assert_eq!(said(text), [] as [&str; 0], "{text}");
        }
    }

    #[test]
    fn reports_end_where_the_narrator_goes_on() {
        for (text, expected) in [
            ("Olaf Berg said he would try to get some money back.", "Olaf Berg: he would try to get some money back"),
            ("Olaf Berg said on Monday that the tram is late, but nobody cares.", "Olaf Berg: that the tram is late"),
            ("Olaf Berg vowed to build the bridge.", "Olaf Berg: to build the bridge"),
            ("The bridge will be built, Olaf Berg said.", "Olaf Berg: The bridge will be built"),
            ("The bridge, Olaf Berg said, will be built soon.", "Olaf Berg: The bridge | will be built soon"),
            ("The bridge will be built, according to Olaf Berg.", "Olaf Berg: The bridge will be built"),
            ("According to Olaf Berg, the bridge will be built.", "Olaf Berg: the bridge will be built"),
            ("Olaf Berg asked whether it would rain.", "Olaf Berg: whether it would rain"),
            ("Olaf Berg told Ida Lund that it would rain (see page 3).", "Olaf Berg: that it would rain"),
            ("Olaf Berg called the bridge a “total wreck” on Monday.", "Olaf Berg: called the bridge a “total wreck”"),
        ] {
            assert_eq!(said(text), [expected], "{text}");
        }
    }

    #[test]
    fn a_report_belongs_to_the_speaker_of_its_clause() {
        for (text, expected) in [
            ("That came after Olaf Berg’s office said the tram is late.", "Olaf Berg’s office: the tram is late"),
            ("The ride comes after Olaf Berg spent the year insisting that it is safe.", "Olaf Berg: that it is safe"),
            ("Olaf Berg came late, and speaking to Ida Lund, said he was tired.", "Olaf Berg: he was tired"),
            ("Mayor Ida Lund had promised there would be no tolls.", "Ida Lund: there would be no tolls"),
            ("Olaf Berg told Reuters the tram was early.", "Olaf Berg: the tram was early"),
            ("Olaf Berg told NBC's “Meet the Press” on Sunday that it was early.", "Olaf Berg: that it was early"),
            ("Olaf Berg said on Friday there would be no tram.", "Olaf Berg: there would be no tram"),
            ("Olaf Berg said earlier that day that it was late.", "Olaf Berg: that it was late"),
            ("The tram stays, Olaf Berg said on Monday, a day after Ida Lund left.", "Olaf Berg: The tram stays"),
            ("The president of Ukraine's deputy, Pavlo Lund, said it was late.", "Pavlo Lund: it was late"),
            ("Theresa May said the tram is late.", "Theresa May: the tram is late"),
            ("The tide is out, said a fishmonger who left.", "a fishmonger: The tide is out"),
        ] {
            assert_eq!(said(text), [expected], "{text}");
        }
        assert!(all("Olaf Berg will say on Monday that the tram is late.").is_empty());
        assert!(all("Olaf Berg told it to reporters.").is_empty());
        let denied = said("Olaf Berg denied that Ida Lund had offered to leave.");
        assert_eq!(denied, ["Olaf Berg: denied that Ida Lund had offered to leave"]);
        assert!(all("Olaf Berg did not deny that Ida Lund had left.").is_empty());
        assert!(all("Olaf Berg declined to say that Ida Lund had left.").is_empty());
        assert!(all("Olaf Berg reports citing foreign media.").is_empty());
    }

    #[test]
    fn reports_are_found_by_other_words_than_verbs_of_saying() {
        let expected = "Olaf Berg: that the tram is late";
        for text in [
            "Olaf Berg is convinced that the tram is late.",
            "Olaf Berg made it clear that the tram is late.",
            "Olaf Berg issued a warning that the tram is late.",
            "A warning by Olaf Berg that the tram is late was ignored by all.",
            "Ida Lund was told by Olaf Berg that the tram is late.",
            "Olaf Berg told a crowd of two hundred people in the northern town of Hamar on Sunday that the tram is late.",
        ] {
            assert_eq!(said(text), [expected], "{text}");
        }
        assert!(all("It is clear that the tram is late.").is_empty());
        assert!(all("Olaf Berg is not convinced that the tram is late.").is_empty());
        assert_eq!(said("In Olaf Berg’s view, the tram is late."), ["Olaf Berg: the tram is late"]);
    }

    #[test]
    fn reports_begin_and_end_where_clauses_do() {
        for (text, expected) in [
            ("Olaf Berg acknowledged the tram had stopped.", "the tram had stopped"),
            ("Olaf Berg told reporters in the hall he would leave.", "he would leave"),
            ("Olaf Berg said in a statement on Monday the tram would stop.", "the tram would stop"),
            ("Olaf Berg warned that it was late, speaking after a meeting on Monday.", "that it was late"),
            ("Olaf Berg said it was late before warning that it would rain.", "it was late"),
            ("The tram, Olaf Berg said, will stop here.", "The tram | will stop here"),
        ] {
            assert_eq!(said(text)[0], format!("Olaf Berg: {expected}"), "{text}");
        }
        let one = said("Olaf Berg said that it was late and that it would rain.");
        assert_eq!(one, ["Olaf Berg: that it was late and that it would rain"]);
        let two = said("Olaf Berg said that it was late and that it would be “a mess”.");
        assert_eq!(two, ["Olaf Berg: that it was late", "Olaf Berg: that it would be “a mess”"]);
        assert!(all("Olaf Berg said something in Norwegian.").is_empty());
    }

    #[test]
    fn people_are_described_anew() {
        for (text, expected) in [
            ("In Oslo, Olaf Berg struck another note. “It is late now,” the finance chief wrote.", "Olaf Berg"),
            ("In Oslo, Olaf Berg struck another note. “It is late now,” the Norwegian said.", "Olaf Berg"),
            (
                "In Oslo, Mayor Ida Lund struck another note. “It is late now,” the finance minister said.",
                "the finance minister",
            ),
            (
                "“It is late now,” said Olaf Berg. Ida Lund, he added, wants it. “She is late, too,” he said.",
                "Olaf Berg",
            ),
        ] {
            let found = said(text);
            assert!(found.last().is_some_and(|last| last.starts_with(&format!("{expected}: "))), "{text} {found:?}");
        }
    }

    #[test]
    fn a_turn_of_an_interview_is_its_speakers() {
        let text = "Reporter: Will it be built this year?\nOlaf Berg: Because it pays. It is ours.\nVerdict: It is late for all of us.\nBerg: I said so long ago.";
        assert_eq!(said(text), ["Olaf Berg: Because it pays. It is ours.", "Olaf Berg: I said so long ago."]);
        assert!(all("Olaf Berg: Born in the north, he was mayor until spring.").is_empty());
        let text = "Ida Lund: We wait for you.\nOlaf Berg: The tram is late, Ida Lund said on Monday.";
        assert!(said(text)[1].starts_with("Ida Lund: "));
    }

    #[test]
    fn an_office_of_something_else_is_someone_else() {
        for (text, expected) in [
            ("“It is late for us,” the mayor of Ghent said.", "the mayor of Ghent"),
            ("“It is late for us,” the deputy mayor said.", "the deputy mayor"),
            ("“It is late for us,” the Ghent mayor said.", "the Ghent mayor"),
            ("“It is late for us,” the mayor of Bergen said.", "Ada Holm"),
            ("“It is late for us,” the mayor said on Monday.", "Ada Holm"),
            ("Ada Holm’s predecessor, Lou Bexley, said: “It is late for us.”", "Lou Bexley"),
        ] {
            let found = all(text);
            assert_eq!(found[0].speaker.as_ref().unwrap().name, expected, "{text}");
        }
        let text =
            "Hours after the vote, Olaf Berg told reporters that “it is late for us”.\n“We wait for it,” he said.";
        assert_eq!(said(text)[1], "Olaf Berg: We wait for it,");
        let text = "“I will sign it here,” Ida Lund said.\nHere is Olaf Berg’s full response:\n“We build it alone.”";
        assert_eq!(said(text)[1], "Olaf Berg: We build it alone.");
        let text = "“I will sign it here,” Ida Lund said.\nHere is the letter to Olaf Berg:\n“We build it alone.”";
        assert_eq!(said(text)[1], "Ida Lund: We build it alone.");
    }

    #[test]
    fn words_of_two_people_are_not_sure_to_be_one_persons() {
        let found = all("“The tram is late,” said Olaf Berg and Ida Lund.");
        assert_eq!(found[0].speaker.as_ref().unwrap().name, "Olaf Berg and Ida Lund");
        assert_eq!(found[0].confidence, Confidence::Medium);
        assert_eq!(found[0].runner_up.as_ref().unwrap().name, "Olaf Berg");
    }

    #[test]
    fn mixed_words_keep_what_is_the_speakers_own() {
        let text = "Olaf Berg said he would “never ever” resign.";
        let found = all(text);
        assert_eq!(found[0].kind, QuotedKind::Mixed);
        assert_eq!(&text[found[0].quoted[0].clone()], "never ever");
        assert_eq!(&text[found[0].spans[0].clone()], "he would “never ever” resign");
        assert_eq!(found[0].cue.clone().map(|cue| &text[cue]), Some("said"));
    }

    #[test]
    fn a_pronoun_has_a_runner_up() {
        let text = "Bob Berg met Tom Lund. “We agreed on it,” he said.";
        let found = all(text);
        assert_eq!(found[0].confidence, Confidence::Medium);
        assert_eq!(found[0].speaker.as_ref().unwrap().name, "Bob Berg");
        assert_eq!(found[0].runner_up.as_ref().unwrap().name, "Tom Lund");
    }

    #[test]
    fn nothing_before_a_tag_is_no_report() {
        let cues = Cues::of("de");
        let people = People::parse(SPEAKERS, &cues).unwrap();
        for text in [
            "Otto Lind ist Bürgermeister. Seine Antwort: , sagte Otto Lind, die Lage sei ernst.",
            "Es war kurz, , so Otto Lind, sei die Lage ernst.",
            "Das war neu ; , sagte Otto Lind, die Lage sei ernst.",
        ] {
            for quoted in speech(text, &parts(text), &people, &cues) {
                assert!(quoted.spans.iter().all(|span| !text[span.clone()].is_empty()), "{text}");
            }
        }
    }

    #[test]
    fn no_items_have_no_bytes() {
        let (cues, text) = (Cues::english(), "A diplomat left.");
        let people = People::parse(SPEAKERS, &cues).unwrap();
        let all = 0..text.len();
        let items = items(text, all.clone(), std::slice::from_ref(&all), &[], &cues);
        let block = Block::new(text, &cues, items, &mut Cast::new(&people, &cues));
        assert_eq!([block.bytes(0..0), block.bytes(1..1), block.bytes(1..2)], [0..0, 2..2, 2..10]);
    }

    #[test]
    fn of_many_without_a_name_the_latest_is_remembered() {
        let cues = Cues::english();
        let people = People::parse(SPEAKERS, &cues).unwrap();
        let mut memory = Memory { cast: Cast::new(&people, &cues), last: None, topic: None, unnamed: Vec::new() };
        let text = "A diplomat left.";
        let all = 0..text.len();
        for number in 0..40 {
            let items = items(text, all.clone(), std::slice::from_ref(&all), &[], &cues);
            let block = Block::new(text, &cues, items, &mut memory.cast);
            let subject = NounPhrase { items: 0..2, who: Who::Described };
            memory.note_unnamed(&block, &subject, &format!("diplomat {number}"));
        }
        assert_eq!(memory.unnamed.last().map(|(_, name)| name.as_str()), Some("diplomat 39"));
        assert_eq!(memory.unnamed.first().map(|(_, name)| name.as_str()), Some("diplomat 8"));
    }

    #[test]
    fn no_text_is_too_odd() {
        let alphabet = [
            "“",
            "”",
            "\"",
            "'",
            "’",
            "‘",
            "«",
            "»",
            "(",
            ")",
            ",",
            ".",
            ":",
            "—",
            " ",
            " ",
            "\n",
            "said",
            "He",
            "Berg",
            "Olaf Berg",
            "that",
            "to",
            "who",
            "and",
            "according",
            "the mayor",
            "’s",
            "\0",
            "é",
            "א",
            "\u{301}",
            "0",
            "adding",
            "U.S.",
        ];
        let cues = Cues::english();
        let people = People::parse(SPEAKERS, &cues).unwrap();
        let mut state = 11u64;
        for _ in 0..3000 {
            let mut text = String::new();
            for _ in 0..30 {
                state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                text += alphabet[(state >> 33) as usize % alphabet.len()];
                text += if state >> 62 == 0 { "" } else { " " };
            }
            for quoted in speech(&text, &parts(&text), &people, &cues) {
                let mut spans = quoted.spans.iter().chain(&quoted.quoted).chain(&quoted.cue);
                assert!(spans.all(|span| text.get(span.clone()).is_some()), "{text:?}");
            }
        }
        assert!(all("").is_empty());
    }
}
