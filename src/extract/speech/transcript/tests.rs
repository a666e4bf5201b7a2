use crate::extract::speech::cues::Cues;
use crate::extract::speech::people::People;
use crate::extract::speech::quoted::Quoted;
use crate::extract::speech::transcript::transcript;

fn said(text: &str) -> Vec<String> {
    let cues = Cues::english();
    let people = People::parse(
        "[[speaker]]\nname = \"Alex Example\"\naliases = [\"THE MAYOR\"]\ntitles = [\"the mayor\"]\npronoun = \"he\"\n",
        &cues,
    )
    .unwrap();
    let (found, _) = transcript(text, None, &people, &cues).unwrap_or_default();
    let line = |quoted: &Quoted| {
        let words: Vec<&str> = quoted.spans.iter().map(|span| &text[span.clone()]).collect();
        format!("{}: {}", quoted.speaker.as_ref().map_or("?", |speaker| &speaker.name), words.join(" | "))
    };
    found.iter().map(line).collect()
}

#[test]
fn each_way_to_write_a_turn_is_read() {
    let text = "Remarks by the Mayor\n\nMarch 3, 2025\n\n\
        THE MAYOR:  Thank you all. We will build the tram. (Applause.) Nobody will stop us.\n\n\
        Q    Mr. Mayor, why did you change your mind?\n\n\
        THE MAYOR:  I did not.\n\nI said we needed the money first.\n\n\
        RITA MARSH, CHAIRWOMAN, SHOPKEEPERS' UNION (via video link): It is the wrong line.\n\n\
        MS. MARSH:  Nobody asked us.\n\n\
        Dr Dora Lind (Labour): I beg to move that the tram be built.\n\n\
        Mr. HOLM. I yield to the lady.\n\n\
        [00:12:03] Jan O'Neil: Yes.\n";
    assert_eq!(
        said(text),
        [
            "Alex Example: Thank you all. We will build the tram. | Nobody will stop us.",
            "Q: Mr. Mayor, why did you change your mind?",
            "Alex Example: I did not.",
            "Alex Example: I said we needed the money first.",
            "Rita Marsh: It is the wrong line.",
            "Rita Marsh: Nobody asked us.",
            "Dora Lind: I beg to move that the tram be built.",
            "Holm: I yield to the lady.",
            "Jan O'Neil: Yes.",
        ]
    );
}

#[test]
fn an_interview_may_name_its_speakers_once() {
    let text = "Olaf Berg on the tram. Interview: Dora Lind\n\nLind: Will it last?\n\nBerg: It will last.\n\n\
        And the price?\n\nWe do not talk about that.\n\nThe mayor says it is too high.\n\nHe has never seen it.\n\n\
        Has he asked?\n\nNot once.\n\nWill you ask him?\n\nNo, I will not.\n\nOlaf Berg, 63, was born in Marn.\n";
    // Who asks has no rows.
    let rows: Vec<String> = said(text).into_iter().filter(|row| !row.starts_with('?')).collect();
    assert_eq!(
        rows,
        [
            "Olaf Berg: It will last.",
            "Olaf Berg: We do not talk about that.",
            "Olaf Berg: He has never seen it.",
            "Olaf Berg: Not once.",
            "Olaf Berg: No, I will not.",
        ]
    );
    let other = text.replace("Not once.", "Not once. Why?");
    assert!(said(&other).is_empty(), "a question where answers stand");
}

#[test]
fn an_article_with_colons_is_no_transcript() {
    for text in [
        "Verdict: It is late.\n\nPrice: 3 crowns.\n\nWhere: The old hall.\n\nWhen: On Monday.\n",
        "Mayor Holm said: “We wait.”\n\nBut remember this: nobody came.\n\nThe tram, she said: never.\n",
        "Ann Lee: We wait.\n\nThe council met on Monday, and nobody came.\n",
    ] {
        assert_eq!(said(text), [""; 0], "{text}");
    }
}

#[test]
fn a_long_turn_is_cut_where_a_sentence_stands_for_itself() {
    let sentence = "The town needs a tram that crosses the river and reaches the valley before the winter comes. ";
    let text = format!("ANN LEE: {}\n\nBO HOLM: No.\n\nANN LEE: But yes.\n", sentence.repeat(20));
    let rows = said(&text);
    assert!((4..8).contains(&rows.len()), "{rows:?}");
    assert!(rows.iter().all(|row| row.len() < 900 && row.ends_with('.')));
}

#[test]
fn only_a_pull_quote_goes() {
    let text = "ANN LEE: “We met in the spring of last year.”\n\n\
        We will build the tram across the river. Nobody will stop us.\n\n\
        “We will build the tram across the river.”\n\n\
        BO HOLM: We met in the spring of last year. Yes.\n\n“It is late for all of us in town.”\n\n\
        ANN LEE: Bo wrote this.\n\n“It is late for all of us in town.”\n";
    let rows = said(text);
    let count = |words: &str| rows.iter().filter(|row| row.contains(words)).count();
    assert_eq!(count("across the river"), 1, "{rows:?}");
    assert_eq!(count("late for all of us"), 2, "neither repeats words without marks: {rows:?}");
    assert_eq!(count("spring of last year"), 2, "the first paragraph of a turn stays: {rows:?}");
}

#[test]
fn letters_stay_whole() {
    for text in ["Ä: Ö", "ÄÖÜ, ß: é\n\nÉ: (“\n\nQ\u{a0} é\n\nQ. ", "[12:30]\n\nA:\n\nQ:\n\nA:\n\nŁ Ł: Ł"]
    {
        said(text);
    }
}
