//! A stretch of a text as one line.

/// A text with single spaces and no line break. A word that a hyphen breaks at the end of a line is whole again.
pub fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut line_ends = false;
    // Characters that control a terminal are not words.
    for piece in text.split_inclusive(|c: char| c.is_whitespace() || c.is_control()) {
        let word = piece.trim_end_matches(|c: char| c.is_whitespace() || c.is_control());
        if !word.is_empty() {
            let stem = out.strip_suffix('-').filter(|stem| stem.ends_with(char::is_alphabetic)).map(str::len);
            match stem.filter(|_| line_ends) {
                Some(stem) if word.starts_with(char::is_lowercase) => out.truncate(stem),
                // "Ann-\nMarie": the hyphen is the word's own.
                Some(_) if word.starts_with(char::is_uppercase) => {}
                _ if !out.is_empty() => out.push(' '),
                _ => {}
            }
            out.push_str(word);
            line_ends = false;
        }
        line_ends |= piece.ends_with('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_a_column_broke_are_whole() {
        assert_eq!(one_line("Em-\nmanuel  Lav-\nrov"), "Emmanuel Lavrov");
        assert_eq!(one_line("Ann-\nMarie -\n b"), "Ann-Marie - b");
    }
}
