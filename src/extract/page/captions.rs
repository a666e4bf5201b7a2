//! Captions, as recordings of meetings and broadcasts are saved (SubRip, WebVTT): numbers, times, and a line or two of
//! words. They are written out as a transcript, with a paragraph for each turn:
//!
//! ```text
//! 1                                              Ann Lee: We will build it, and nobody will stop us.
//! 00:00:01.000 --> 00:00:04.200
//! Ann Lee: We will build it, and                 Bo Holm: The courts will.
//!
//! 2
//! 00:00:04.200 --> 00:00:07.900
//! nobody will stop us.
//! ```
//!
//! Who speaks stands before a colon, in a voice tag (`<v Ann Lee>`), or on the first line of each caption.

use crate::extract::page::bold::is_labelled;

/// The fewest captions of a file.
const FEWEST: usize = 3;
/// From this many bytes on, a paragraph that nobody is named for ends with its sentence.
const LONG: usize = 400;
/// Whoever speaks when a change of speaker is marked without a name.
const NOBODY: &str = "Unknown";

/// A piece of a caption: who speaks, if it is said anew, and words.
struct Voice<'t> {
    name: Option<&'t str>,
    words: String,
}

/// Captions as a transcript; `None` if a text is something else.
pub fn captions(text: &str) -> Option<String> {
    // Most texts have no such line, and a search for one is fast.
    if !text.contains("-->") {
        return None;
    }
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let starts: Vec<usize> = (0..lines.len()).filter(|at| is_times(lines[*at])).collect();
    if starts.len() < FEWEST {
        return None;
    }
    let cue = |start: &usize| {
        let rest = &lines[start + 1..];
        let length = rest.iter().take_while(|line| !line.is_empty() && !is_times(line)).count();
        // Without a blank line between captions, the number of the next one is no words.
        let next = rest.get(length).is_some_and(|line| is_times(line));
        let own = &rest[..length];
        if next && own.last().is_some_and(|line| is_number(line)) { &own[..length - 1] } else { own }
    };
    let cues: Vec<&[&str]> = starts.iter().map(cue).collect();
    let headed = cues.iter().filter(|cue| cue.len() > 1 && is_name(cue[0])).count();
    let headed = 3 * headed >= 2 * cues.len();
    let mut out = heading(&lines[..starts[0]]);
    let mut last = String::new();
    let mut length = 0;
    for cue in cues {
        for Voice { name, words } in voices(cue, headed) {
            let name = name.map(in_order).filter(|name| *name != last);
            if words.is_empty() {
                continue;
            }
            match name {
                Some(name) => {
                    begin(&mut out);
                    out += &name;
                    out += ": ";
                    (last, length) = (name, 0);
                }
                None if last.is_empty() && length > LONG && out.ends_with(['.', '!', '?']) => {
                    begin(&mut out);
                    length = 0;
                }
                None if length == 0 => begin(&mut out),
                None => out.push(' '),
            }
            length += words.len();
            out += &words;
        }
    }
    out.push('\n');
    Some(out)
}

/// What stands before the first caption, without the name of the format.
fn heading(lines: &[&str]) -> String {
    let told = |line: &&&str| {
        let field = ["WEBVTT", "Kind:", "Language:", "X-TIMESTAMP", "NOTE", "STYLE"];
        !line.is_empty() && !is_number(line) && !field.into_iter().any(|field| line.starts_with(field))
    };
    lines.iter().filter(told).copied().collect::<Vec<_>>().join("\n\n")
}

/// Begins a paragraph.
fn begin(out: &mut String) {
    if !out.is_empty() {
        *out += "\n\n";
    }
}

/// The words of a caption, by who says them.
fn voices<'t>(cue: &[&'t str], headed: bool) -> Vec<Voice<'t>> {
    let mut voices: Vec<Voice<'t>> = Vec::new();
    let (head, lines) = match cue {
        [name, rest @ ..] if headed && is_name(name) => (Some(*name), rest),
        _ => (None, cue),
    };
    if let Some(name) = head {
        voices.push(Voice { name: Some(name), words: String::new() });
    }
    for line in lines {
        // ">>" is a change of speaker.
        let changes = line.starts_with(">>");
        let line = line.trim_start_matches(['>', ' ']);
        let (name, words) = match voice_tag(line) {
            Some((name, words)) => (Some(name), words),
            None if is_labelled(line) && head.is_none() => {
                let (name, words) = line.split_once(':').unwrap_or(("", line));
                (Some(name), words)
            }
            None => (changes.then_some(NOBODY), line),
        };
        let words = without_tags(words);
        match voices.last_mut() {
            Some(voice) if name.is_none() => {
                if !voice.words.is_empty() {
                    voice.words.push(' ');
                }
                voice.words += &words;
            }
            _ => voices.push(Voice { name, words }),
        }
    }
    voices
}

/// The name and the words of `<v Ann Lee>Yes.</v>`.
fn voice_tag(line: &str) -> Option<(&str, &str)> {
    let (tag, words) = line.strip_prefix("<v")?.split_once('>')?;
    let name = tag.trim_start_matches(|c: char| c == '.' || c.is_alphanumeric()).trim();
    (!name.is_empty()).then_some((name, words))
}

/// Words without tags and the signs of music.
fn without_tags(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut inside = false;
    for c in words.chars() {
        match c {
            '<' | '{' => inside = true,
            '>' | '}' => inside = false,
            '♪' | '♫' => {}
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out.trim().to_owned()
}

/// "Lee, Ann" is Ann Lee.
fn in_order(name: &str) -> String {
    match name.split_once(", ") {
        Some((last, first)) if !first.contains(',') && !last.contains(' ') => format!("{first} {last}"),
        _ => name.to_owned(),
    }
}

/// Whether a line is the times of a caption.
fn is_times(line: &str) -> bool {
    let time = |written: &str| written.trim().starts_with(|c: char| c.is_ascii_digit()) && written.contains(':');
    line.split_once("-->").is_some_and(|(from, to)| time(from) && time(to))
}

/// Whether a line is the number of a caption.
fn is_number(line: &str) -> bool {
    !line.is_empty() && line.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a line may be only the name of who speaks.
fn is_name(line: &str) -> bool {
    const WORDS: usize = 5;
    let words = line.split_whitespace();
    let fits = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c == '(');
    let plain = !line.ends_with(['.', '?', '!', '…', ',', ':', '-']);
    plain && (2..=WORDS).contains(&words.clone().count()) && words.into_iter().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_become_turns() {
        let text = "WEBVTT\n\n1\n00:00:01.000 --> 00:00:04.200\nAnn Lee: We will <i>build</i> it, and\n\n2\n\
            00:00:04.200 --> 00:00:07.900\nnobody will stop us.\n\n3\n00:00:08.100 --> 00:00:10.000\n\
            <v Bo Holm>The courts will.</v>\n\n4\n00:00:10.100 --> 00:00:11.000\n<v Bo Holm>And they have time.</v>\n";
        let expected = "Ann Lee: We will build it, and nobody will stop us.\n\n\
            Bo Holm: The courts will. And they have time.\n";
        assert_eq!(captions(text).as_deref(), Some(expected));
        let close =
            "1\n00:01 --> 00:02\n>> ANN LEE: Yes,\nyes.\n2\n00:03 --> 00:04\n>> No.\n3\n00:05 --> 00:06\nNever.\n";
        assert_eq!(captions(close).as_deref(), Some("ANN LEE: Yes, yes.\n\nUnknown: No. Never.\n"));
        let headed = "Council\n\n0:0:1.1 --> 0:0:2.2\nLee, Ann\nYes.\n\n0:0:3.1 --> 0:0:4.2\nHolm, Bo\nNo.\n\n\
            0:0:5.1 --> 0:0:6.2\nHolm, Bo\nNever.\n";
        assert_eq!(captions(headed).as_deref(), Some("Council\n\nAnn Lee: Yes.\n\nBo Holm: No. Never.\n"));
    }

    #[test]
    fn other_texts_stay_as_they_are() {
        for text in ["", "Ann Lee: Yes.\n\nBo Holm: No.\n", "a --> b\nc --> d\ne --> f\n", "1\n00:01 --> 00:02\nYes.\n"]
        {
            assert_eq!(captions(text), None, "{text}");
        }
    }
}
