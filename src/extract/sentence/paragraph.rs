//! Lines to paragraphs: blank lines separate them, and so do single line breaks, unless a sentence
//! continues over the break.

use std::ops::Range;

/// A paragraph of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Where it is, in bytes, without the white space around it.
    pub range: Range<usize>,
    /// The block it belongs to, from 0. Paragraphs in a block have no blank line between them.
    pub block: usize,
}

/// The longest line, in bytes, in a text that was wrapped by hand or by a mail program.
const LONGEST_WRAPPED_LINE: usize = 100;

/// The shortest line, in bytes, at whose end a sentence may continue on the next line.
const SHORTEST_BROKEN_LINE: usize = 40;

/// The shortest line, in bytes, of a column.
const SHORTEST_COLUMN: usize = 16;

/// How many bytes the lines of a column may lack.
const SLACK: usize = 3;

/// From so many lines on, paragraphs of a column may end within a block.
const COLUMN_LINES: usize = 12;

/// Of so many lines of a long column, one may be short in the middle of a sentence: a page number, a heading.
const MOST_UNEVEN: usize = 12;

/// Splits a text into paragraphs, in order. `byline` says whether a line that begins with a lower-case
/// letter is a byline, and so a separate paragraph.
pub fn paragraphs(text: &str, byline: impl Fn(&str) -> bool) -> Vec<Paragraph> {
    let blocks = blocks(text);
    let column = is_column(text, &blocks);
    let mut paragraphs = Vec::new();
    for (block, lines) in blocks.iter().enumerate() {
        if column && is_of_column(text, lines) {
            join_column(text, lines, block, &mut paragraphs);
        } else {
            join(text, lines, block, &byline, &mut paragraphs);
        }
    }
    paragraphs
}

/// The lines between blank lines, without the white space around them.
fn blocks(text: &str) -> Vec<Vec<Range<usize>>> {
    let mut blocks: Vec<Vec<Range<usize>>> = Vec::new();
    let mut start = 0;
    let mut parted = true;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            parted = true;
        } else {
            let from = start + (line.len() - line.trim_start().len());
            let line = from..from + trimmed.len();
            match blocks.last_mut().filter(|_| !parted) {
                Some(block) => block.push(line),
                None => blocks.push(std::iter::once(line).collect()),
            }
            parted = false;
        }
        start += line.len();
    }
    blocks
}

/// Whether most blocks of a text are paragraphs of a narrow column.
fn is_column(text: &str, blocks: &[Vec<Range<usize>>]) -> bool {
    const LEAST: usize = 3;
    let several = blocks.iter().filter(|lines| lines.len() >= LEAST);
    let (mut all, mut columns) = (0, 0);
    for lines in several {
        all += 1;
        columns += usize::from(Wrapping::of(text, lines).is_some_and(|wrapping| wrapping.column));
    }
    columns >= LEAST && columns * 2 > all
}

/// Whether a block of a text in a narrow column is a paragraph, although its edge is uneven: it ends like a sentence, and
/// goes on in small letters.
fn is_of_column(text: &str, lines: &[Range<usize>]) -> bool {
    const LEAST: usize = 3;
    let ends = lines.last().is_some_and(|last| ends_sentence(&text[last.clone()]));
    let small = lines.iter().skip(1).any(|line| text[line.clone()].starts_with(char::is_lowercase));
    let widest = lines.iter().map(Range::len).max().unwrap_or(0);
    let wrapped = Wrapping::of(text, lines).is_some();
    lines.len() >= LEAST && ends && small && !wrapped && widest < SHORTEST_BROKEN_LINE + SHORTEST_COLUMN
}

/// Adds the paragraphs of such a block.
fn join_column(text: &str, lines: &[Range<usize>], block: usize, paragraphs: &mut Vec<Paragraph>) {
    for (i, line) in lines.iter().enumerate() {
        let item = begins_item(&text[line.clone()]);
        match paragraphs.last_mut() {
            Some(last) if i > 0 && !item => last.range.end = line.end,
            _ => paragraphs.push(Paragraph { range: line.clone(), block }),
        }
    }
}

/// Adds the paragraphs formed by the lines of a block.
fn join(
    text: &str,
    lines: &[Range<usize>],
    block: usize,
    byline: &impl Fn(&str) -> bool,
    paragraphs: &mut Vec<Paragraph>,
) {
    // In a column, an indented line begins a paragraph.
    let starts: Vec<usize> = std::iter::once(0).chain(indents(text, lines)).chain([lines.len()]).collect();
    for part in starts.windows(2) {
        join_lines(text, &lines[part[0]..part[1]], block, byline, paragraphs);
    }
}

/// The lines of a block, after the first, that are set in from the others, if only some of them are.
fn indents(text: &str, lines: &[Range<usize>]) -> Vec<usize> {
    const LEAST: usize = 2;
    let indented = |line: &Range<usize>| {
        let from = text[..line.start].rfind('\n').map_or(0, |newline| newline + 1);
        line.start - from >= LEAST
    };
    let found: Vec<usize> = (1..lines.len()).filter(|i| indented(&lines[*i])).collect();
    // A list or a poem is set in as a whole.
    if found.len() * 2 > lines.len() || lines.first().is_some_and(|first| indented(first) && found.is_empty()) {
        return Vec::new();
    }
    found
}

/// Adds the paragraphs formed by lines that follow each other.
fn join_lines(
    text: &str,
    lines: &[Range<usize>],
    block: usize,
    byline: &impl Fn(&str) -> bool,
    paragraphs: &mut Vec<Paragraph>,
) {
    let wrapped = Wrapping::of(text, lines);
    for (i, line) in lines.iter().enumerate() {
        let goes_on = i > 0 && {
            let (before, this) = (&text[lines[i - 1].clone()], &text[line.clone()]);
            // In a wrapped text, "by Ada Holm" may be the rest of a sentence.
            let wrapped_line = wrapped.as_ref().is_some_and(|wrapped| wrapped.is_full(text, &lines[i - 1..=i]))
                && !begins_item(this)
                && (lines.len() > 2 || !byline(this));
            wrapped_line || (runs_on(before, this) && !byline(this))
        };
        match paragraphs.last_mut() {
            Some(last) if goes_on => last.range.end = line.end,
            _ => paragraphs.push(Paragraph { range: line.clone(), block }),
        }
    }
}

/// The width at which a block was wrapped.
struct Wrapping {
    width: usize,
    /// Whether it is a narrow column.
    column: bool,
}

impl Wrapping {
    /// The width of a block whose lines are as full as possible, except where a paragraph ends; `None` if it was not
    /// wrapped.
    fn of(text: &str, lines: &[Range<usize>]) -> Option<Wrapping> {
        let length = |line: &Range<usize>| text[line.clone()].chars().count();
        let mut lengths: Vec<usize> = lines.iter().map(length).collect();
        lengths.sort_unstable();
        let widest = lengths.last().copied().unwrap_or(0);
        // A narrow column: short lines are also menus, so sentences have to run on in small letters and end.
        let small = |line: &Range<usize>| text[line.clone()].starts_with(char::is_lowercase);
        let ends = |line: &Range<usize>| ends_sentence(&text[line.clone()]);
        let few = lines.len() < COLUMN_LINES;
        let column = if few {
            lines.last().is_some_and(ends) && lines.iter().skip(1).any(small)
        } else {
            lines.iter().any(ends) && lines.iter().skip(1).filter(|line| small(line)).count() * 3 > lines.len()
        };
        // In a long column, a page may be numbered, a line may stand out, and paragraphs end without a blank line.
        let loose = column && !few;
        let width = if loose { lengths[lengths.len() * 9 / 10 - 1] } else { widest };
        let wrapping = Wrapping { width, column };
        let uneven = lines.windows(2).filter(|pair| !(wrapping.is_full(text, pair) || loose && ends(&pair[0]))).count();
        let mid_sentence = |pair: &[Range<usize>]| !ends(&pair[0]);
        let wrapped = lines.len() > 1
            && width <= LONGEST_WRAPPED_LINE
            && (uneven == 0 || loose && uneven * MOST_UNEVEN <= lines.len())
            && lines.windows(2).filter(|pair| mid_sentence(pair)).count() * 2 >= lines.len() - 1;
        wrapped.then_some(wrapping)
    }

    /// Whether the first of two lines had no room for the next word.
    fn is_full(&self, text: &str, pair: &[Range<usize>]) -> bool {
        let shortest = if self.column { SHORTEST_COLUMN } else { SHORTEST_BROKEN_LINE };
        let next = text[pair[1].clone()].split_whitespace().next().map_or(0, |word| word.chars().count());
        let length = text[pair[0].clone()].chars().count();
        // A column of even edges may still have room for a short word.
        length + 1 + next + usize::from(self.column) * SLACK > self.width && length >= shortest
    }
}

/// Whether a sentence continues over the break between two lines.
fn runs_on(before: &str, this: &str) -> bool {
    let small = this.chars().next().is_some_and(char::is_lowercase);
    let open = before.ends_with([',', ';']);
    before.len() >= SHORTEST_BROKEN_LINE && !ends_sentence(before) && (small || open)
}

/// Whether a line is a list item or a quoted line, as marked in plain text and Markdown.
fn begins_item(line: &str) -> bool {
    let mark = |c: char| matches!(c, '-' | '*' | '+' | '•' | '·' | '>' | '#' | '–' | '—');
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.starts_with(mark) || (number.len() < line.len() && number.starts_with(". "))
}

/// Whether a text ends like a sentence, ignoring quotation marks and brackets at its end.
pub fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(is_closer).ends_with(['.', '!', '?', '…', ':', '。', '！', '？', '؟', '۔'])
}

/// Whether a character may close what comes before it.
pub fn is_closer(c: char) -> bool {
    matches!(c, '"' | '”' | '“' | '’' | '\'' | '»' | '«' | '›' | ')' | ']' | '}' | '*' | '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        paragraphs(text, |line| line.starts_with("by ")).into_iter().map(|p| &text[p.range]).collect()
    }

    #[test]
    fn blank_lines_and_whole_lines_part_paragraphs() {
        assert_eq!(split("One.\n\n  Two.  \r\n\r\nThree.\nFour."), ["One.", "Two.", "Three.", "Four."]);
        assert_eq!(split(""), [""; 0]);
        assert_eq!(split(" \n\t\n"), [""; 0]);
    }

    #[test]
    fn a_sentence_may_run_on_over_a_break() {
        let text = "The mayor denied that the tram was late and conceded\nthere were gaps.\nHe left.";
        assert_eq!(split(text), ["The mayor denied that the tram was late and conceded\nthere were gaps.", "He left."]);
        let heading = "Mayor claims the tram could take a significant step\nby Ada Holm February 1, 2031";
        assert_eq!(split(heading).len(), 2);
    }

    #[test]
    fn a_wrapped_block_is_one_paragraph() {
        let text = "The council met on Tuesday to talk about the bridge and the tram that\n\
                    Mayor Holm wants to build across it. Nobody was said to be against the\n\
                    Holm plan, but the vote was put off.\n\nNext.";
        assert_eq!(split(text).len(), 2);
    }

    #[test]
    fn an_indented_line_of_a_column_begins_a_paragraph() {
        let text = "The council met on Tues-\nday to talk about the\ntram. “It is late,” she\nsaid.\n  It will be built\n\
                    soon, say those who must\nknow it.";
        assert_eq!(split(text).len(), 2);
        assert!(split(text)[1].starts_with("It will"));
    }

    #[test]
    fn a_paragraph_with_an_uneven_edge_is_one_in_a_text_of_columns() {
        let even = "The council met on Tues-\nday to talk about the\ntram. It is late, and so\nis the bridge to it.";
        let uneven = "The minister of de-\nfence said that\nthe har-\nbour would be closed for a while.";
        let text = format!("{even}\n\n{even}\n\n{even}\n\n{uneven}");
        assert_eq!(split(&text).len(), 4);
        // A list has no small letters and no full stop.
        assert_eq!(split(&format!("{even}\n\n{even}\n\n{even}\n\nTrams\nFerries\nBridges")).len(), 6);
    }
}
