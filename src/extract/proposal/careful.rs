//! Words as a careful editor would take them: whole texts in, rows out.

use crate::extract::language::Language;
use crate::extract::page;
use crate::extract::proposal::{SourceShape, article};
use crate::extract::speech::{Confidence, People};
use crate::file::document::Document;

const SPEAKERS: &str =
    "[[speaker]]\nname = \"Alex Example\"\ntitles = [\"the mayor\", \"the Valley chief\"]\npronoun = \"he\"\n";

/// Each row as "kind speaker: words (day)", of a text published on Monday 3 March 2025.
fn rows_of(text: &str, name: &str, language: &str) -> Vec<String> {
    let language = Language::built_in(language).unwrap();
    let people = People::read(&Document::new("speakers.toml", SPEAKERS.to_owned()), &language.cues, &mut Vec::new());
    let page = page::read(text.as_bytes(), name).unwrap();
    let article = article(&page, &people, &language, "2025-03-03".parse().ok()).unwrap();
    let row = |proposal: &crate::extract::proposal::Proposal| {
        let day = if proposal.date_words.is_some() { format!(" ({})", proposal.date) } else { String::new() };
        format!("{} {}: {}{day}", proposal.kind.word(), proposal.speaker, proposal.text)
    };
    article.proposals.iter().map(row).collect()
}

fn rows(text: &str) -> Vec<String> {
    rows_of(text, "a.txt", "en")
}

#[test]
fn words_never_lose_what_turns_them() {
    for (text, expected) in [
        (
            "Ann Lee had said before that she would not “build a line beyond the river”.",
            "indirect Ann Lee: that she would not “build a line beyond the river”",
        ),
        (
            "Ann Lee said the town could join “in the long term” but not soon.",
            "indirect Ann Lee: the town could join “in the long term” but not soon",
        ),
        (
            "A spokesman said the cabinet had faith in Lee, but declined to say whether it would “go through this year”.",
            "indirect A spokesman: the cabinet had faith in Lee",
        ),
        ("Ann Lee did not say whether the council would “give the money back”.", ""),
        (
            "Ann Lee said the tram wouldn’t be “ready before the winter”.",
            "indirect Ann Lee: the tram wouldn’t be “ready before the winter”",
        ),
        (
            "Ann Lee said the tram was “ready before the winter”.",
            "indirect Ann Lee: the tram was “ready before the winter”",
        ),
    ] {
        assert_eq!(rows(text).join("\n"), expected, "{text}");
    }
}

#[test]
fn separate_quotations_are_separate_rows() {
    let text = "“The town is in trouble, and this is the time to act,” Ann Lee added, labelling the board as a “paper tiger at best”.";
    assert_eq!(
        rows(text),
        [
            "direct Ann Lee: The town is in trouble, and this is the time to act",
            "indirect Ann Lee: labelling the board as a “paper tiger at best”",
        ]
    );
    let text = "“We build,” Ann Lee told the “Gazette” after the vote. She was on “Radio Valley” before.";
    assert_eq!(rows(text), ["direct Ann Lee: We build"]);
}

#[test]
fn only_someone_who_can_speak_is_a_speaker() {
    for (text, speaker) in [
        ("The Valley chief at the time, Jens Holm, said the line could wait.", "Jens Holm"),
        ("In a series of 19 posts, Ann Lee shared pictures with the words “we see you all now”.", "Ann Lee"),
        (
            "As the games began yesterday, the government announced that a tram had been “hit by a bus”.",
            "the government",
        ),
        (
            "Valley officials praised the plan, with Trade Minister Olaf Berg calling it “the first and only good one”.",
            "Olaf Berg",
        ),
        ("“Hard choices have to be made now,” said the Institute for Trams.", "Institute for Trams"),
        ("Sara Cord, of the campaign group Green Line, which got the letters, said: “We wait.”", "Sara Cord"),
        ("Ann Lee, the deputy head of the Valley Board, which runs inns, said “we do wait here”.", "Ann Lee"),
        ("“The state will pay its share of the cost” -- Hugo Brandt", "Hugo Brandt"),
        ("And this from Mayor Bo Lind:\n\n“We will build it all.”", "Bo Lind"),
        ("“We will build it all.”\n\n(Dora Lind, planner)", "Dora Lind"),
    ] {
        let found = rows(text);
        let right = format!(" {speaker}: ");
        assert!(
            !found.is_empty() && found.iter().all(|row| row.contains(&right) || row.contains("officials")),
            "{found:?}"
        );
        assert!(found.last().is_some_and(|row| row.contains(&right)), "{found:?}");
    }
    assert_eq!(rows("Ann Lee has criticised President Karl Holm, who took office in May."), [""; 0]);
    assert_eq!(rows("Polls said the tram was late. The 58 said it was not."), [""; 0]);
}

#[test]
fn people_who_are_described_are_those_named_before() {
    let text = "Kremlin spokesman Olaf Berg met reporters. Ida Lund was there.\n\n“We wait,” the Kremlin spokesman said.\n\n\
        “Nobody waits,” Ida Lund said. “It is late,” the 54-year-old added.\n\n\
        The board said it would wait. It said the line was safe.";
    let found = rows(text);
    assert!(found[0].contains("Olaf Berg: We wait"), "{found:?}");
    assert!(found[2].contains("Ida Lund: It is late"), "{found:?}");
    assert!(found[4].contains(" The board: the line was safe"), "{found:?}");
}

#[test]
fn he_is_whom_the_sentence_before_is_about() {
    let text = "Lena Oakes spoke. “They were there,” she said.\n\nPetr Vasic sneered. “We were not called,” he said.";
    assert_eq!(rows(text), ["direct Lena Oakes: They were there", "direct Petr Vasic: We were not called"]);
}

#[test]
fn a_day_reaches_the_words_of_its_occasion() {
    let text = "In a post on his site, Bo Lind said the line could win.\n\nSaturday's post was a surprise.\n\n\
        During his 2016 campaign, Bo Lind said the line was lost.";
    let found = rows(text);
    assert!(found[0].ends_with("(2025-03-01)"), "{found:?}");
    assert!(!found[1].contains('('), "{found:?}");
}

#[test]
fn elements_of_a_page_and_columns_are_read() {
    let page = "<html><body><article><p>The council of the town met in the old hall for the last time before the summer, \
        and the debate went on until late in the evening.</p><p>Rita Marsh said, <q>Nobody asked us about it at all</q>.</p>\
        <p>Asked about the line, Alex Example replied:</p><blockquote>No, I do not support it, and I have said so before.\
        </blockquote><p>The council had debated for four hours, and most of those who spoke were in favour.</p></article>";
    assert_eq!(
        rows_of(page, "a.html", "en"),
        [
            "direct Rita Marsh: Nobody asked us about it at all",
            "direct Alex Example: No, I do not support it, and I have said so before."
        ]
    );
    let broken = "“We will build the tram be-\nfore the winter comes, and no-\nbody will stop us,” Ann Lee said.\n";
    assert_eq!(
        rows(broken),
        ["direct Ann Lee: We will build the tram before the winter comes, and nobody will stop us"]
    );
    let column = "“We will build the tram before\nthe winter comes, and nobody will\nstop us from doing so,” Mayor\n\
        Ann Lee told reporters after\nthe vote in the council.\n";
    assert_eq!(
        rows(column),
        ["direct Ann Lee: We will build the tram before the winter comes, and nobody will stop us from doing so"]
    );
}

#[test]
fn german_is_read_with_its_verbs_and_names() {
    let text = "Die Stadt baut eine Straßenbahn. „Wir warten nicht länger auf das Geld“, sagte Bürgermeisterin Ida Lund.\n\n\
        In einem Interview erklärte Verkehrsminister Olaf Berg: „Die Linie kommt, und zwar bald.“\n\n\
        „Das ist schön für die Kinder im Tal“, so Kempf.\n\n\
        „Wir haben lange gewartet“, hatte Vereinschef Jan Holm in einem Gespräch erklärt.";
    assert_eq!(
        rows_of(text, "a.txt", "de"),
        [
            "direct Ida Lund: Wir warten nicht länger auf das Geld",
            "direct Olaf Berg: Die Linie kommt, und zwar bald.",
            "direct Kempf: Das ist schön für die Kinder im Tal",
            "direct Jan Holm: Wir haben lange gewartet",
        ]
    );
}

#[test]
fn a_transcript_is_told_and_its_questions_are_unsure() {
    let language = Language::english();
    let text = "Remarks\n\n3 March 2025\n\nTHE MAYOR:  We build it.\n\nQ    Why?\n\nTHE MAYOR:  Because we said on Friday that we do.\n";
    let page = page::read(text.as_bytes(), "a.txt").unwrap();
    let people = People::read(&Document::new("speakers.toml", SPEAKERS.to_owned()), &language.cues, &mut Vec::new());
    let article = article(&page, &people, &language, None).unwrap();
    assert_eq!(article.shape, SourceShape::Transcript);
    let speakers: Vec<&str> = article.proposals.iter().map(|row| row.speaker.as_str()).collect();
    assert_eq!(speakers, ["Alex Example", "Q", "Alex Example"]);
    assert!(article.proposals.iter().all(|row| row.date.to_string() == "2025-03-03"));
    assert_eq!(article.proposals[1].confidence, Confidence::Low);
}

#[test]
fn an_office_before_its_holder_and_a_document_are_people() {
    let text = "Marn will build a quay unless the harbour pays, its trade minister warned on Saturday.\n\n\
        “I need planks, and no promises,” Ida Lund told reporters at the quay.\n\n\
        The minister, who took office in May, said she had asked three towns.\n\n\
        The harbour board denied that it had been asked. The board's statement said the quay was “late by a year”.\n\n\
        One of its nine members, Olaf Berg, said the figure was soft, and that nobody knew it.";
    let found = rows(text);
    assert!(found[..3].iter().all(|row| row.contains(" Ida Lund: ") && row.ends_with("(2025-03-01)")), "{found:?}");
    assert_eq!(found[3], "indirect The harbour board: denied that it had been asked");
    assert!(found[4].starts_with("indirect The board: the quay was “late by a year”"), "{found:?}");
    assert!(found[5].starts_with("indirect Olaf Berg: the figure was soft"), "{found:?}");
}

#[test]
fn words_woven_into_a_clause_keep_it() {
    for (text, expected) in [
        (
            "Ann Lee said the line was “late by a year” and would “cost us all a winter”.",
            "indirect Ann Lee: the line was “late by a year” and would “cost us all a winter”",
        ),
        (
            "Ann Lee said the line was “late by a year” and that nobody had paid.",
            "indirect Ann Lee: the line was “late by a year”\nindirect Ann Lee: that nobody had paid",
        ),
        ("Ann Lee warned against a “bad line”.", "indirect Ann Lee: against a “bad line”"),
        (
            "Ann Lee’s warning on Saturday that it is unsafe was ignored.",
            "indirect Ann Lee: that it is unsafe (2025-03-01)",
        ),
        ("Ann Lee vowed not to stop the tram.", "indirect Ann Lee: not to stop the tram"),
        ("Now, Ann Lee said, the tram must wait for us.", "indirect Ann Lee: the tram must wait for us"),
        ("A spokesman for the mayor, Ann Lee, said it was late.", "indirect A spokesman for the mayor: it was late"),
    ] {
        assert_eq!(rows(text).join("\n"), expected, "{text}");
    }
}

#[test]
fn posts_and_lists_have_their_speakers() {
    let text = "Ann Lee · @annlee · Mar 1\n\nThe fee is a tax on fish and on nothing else.\n\n\
        In the interview, Bo Holm also said:\n\nThe tram will be late for all of us\n\nNobody has to pay for the quay\n\n\
        The council met in the evening.";
    assert_eq!(
        rows(text),
        [
            "direct Ann Lee: The fee is a tax on fish and on nothing else. (2025-03-01)",
            "indirect Bo Holm: The tram will be late for all of us",
            "indirect Bo Holm: Nobody has to pay for the quay",
        ]
    );
    let text = "**Ann Lee** (@annlee), 1 March:\n\n> We will not sell the quay this year.\n>\n> Nor the next year.\n";
    assert_eq!(
        rows_of(text, "a.md", "en"),
        ["direct Ann Lee: We will not sell the quay this year. Nor the next year. (2025-03-01)"]
    );
}

#[test]
fn german_reports_go_on_in_their_form() {
    let text = "Niemand werde alleingelassen, sagte Bürgermeisterin Ida Lund am Samstag. Man müsse jetzt handeln.\n\n\
        Ein Sprecher des Ministeriums wies das zurück: Die Warnung sei verschickt worden.";
    assert_eq!(
        rows_of(text, "a.txt", "de"),
        [
            "indirect Ida Lund: Niemand werde alleingelassen (2025-03-01)",
            "indirect Ida Lund: Man müsse jetzt handeln (2025-03-01)",
            "indirect Ein Sprecher des Ministeriums: Die Warnung sei verschickt worden",
        ]
    );
}

#[test]
fn a_press_release_is_no_transcript() {
    let text = "From: Ministry of Ferries. Published 3 March 2025.\n\nThe ferries will run all night.\n\n\
        Ferry Secretary, Ann Lee said:\n\n“We will run the ferries all night.”\n\n\
        Harbour Secretary, Bo Holm said:\n\n“Every ship that sails is a ship that pays.”\n\n\
        Media enquiries: the line is open from 9am to 6pm.";
    let found = rows(text);
    assert_eq!(
        found,
        [
            "direct Ann Lee: We will run the ferries all night.",
            "direct Bo Holm: Every ship that sails is a ship that pays.",
        ]
    );
}

#[test]
fn tags_are_known_by_their_place_and_not_by_a_list() {
    for (text, speaker) in [
        ("“That is nonsense, all of it,” sniffed Ann Lee.", "Ann Lee"),
        ("“We have a plan for it,” chimed in his assistant, Eva Holt.", "Eva Holt"),
        ("“We go on with it,” Bo Lind shrugged.", "Bo Lind"),
        ("The coach shrugged. “Not at all, my friends,” he said.", "The coach"),
        (
            "A Valley diplomat left. “It is late,” a senior diplomat said. “No,” the diplomat added.",
            "a senior diplomat",
        ),
        ("I rang my friend Marten, who is a nurse. It was late. “They know it all,” he said.", "Marten"),
        ("The line is late, bloggers and officials said on Monday.", "bloggers and officials"),
        ("Ida Lund, who last year called it “a gift from us,” said the mayor had paid.", "Ida Lund"),
    ] {
        let found = rows(text);
        let right = format!(" {speaker}: ");
        assert!(!found.is_empty() && found.iter().all(|row| row.contains(&right)), "{text}: {found:?}");
    }
    for (text, expected) in [
        ("Das sei alles falsch, höhnte Otto Lind.", "indirect Otto Lind: Das sei alles falsch"),
        ("Er sei, erzählte Otto Lind, lange krank gewesen.", "indirect Otto Lind: Er sei lange krank gewesen"),
        (
            "Otto Lind, der Bürgermeister, sagte der Zeitung, die Stadt habe kein Geld.",
            "indirect Otto Lind: die Stadt habe kein Geld",
        ),
        ("Die Stadt habe kein Geld, hieß es aus Kiew.", "indirect Kiew: Die Stadt habe kein Geld"),
    ] {
        assert_eq!(rows_of(text, "a.txt", "de"), [expected], "{text}");
    }
    let text = "« C’est trop tard pour nous », a écrit sur X Marc Lind.";
    assert_eq!(rows_of(text, "a.txt", "fr"), ["direct Marc Lind: C’est trop tard pour nous"]);
}

#[test]
fn questions_of_a_class_make_an_interview() {
    let turn = |i: usize| {
        format!(
            "<p class=\"q\">Why is the line {i} late?</p><p class=\"a\">It is late because nobody paid for it in year {i}.</p>"
        )
    };
    let html = format!(
        "<html><body><article><h1>Talking to Bo Lind</h1><p>Published 3 March 2025</p><p>Bo Lind runs the line.</p>{}<p class=\"bio\">Bo Lind, 46, studied in Neuhafen.</p></article></body></html>",
        (1..6).map(turn).collect::<String>()
    );
    let found = rows_of(&html, "a.html", "en");
    assert_eq!(found.len(), 5, "{found:?}");
    assert!(found.iter().all(|row| row.starts_with("direct Bo Lind: It is late because")), "{found:?}");
}
