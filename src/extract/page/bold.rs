//! Interviews whose turns are only set in bold: a bold paragraph that ends in a question mark is a question, what
//! follows it an answer, and a bold name that begins a paragraph is who speaks. They are written out, "Q: …", "A: …",
//! "Ann Lee: …", because the article keeps only its text.

use std::collections::{BTreeMap, HashMap};

use crate::extract::page::tags::{Tag, Tags, decoded};

/// The fewest bold questions, or paragraphs that begin with a bold name, of an interview.
const FEWEST: usize = 3;

/// The most words of a name.
const NAME_WORDS: usize = 4;

/// A paragraph of a page.
#[derive(Debug, Default)]
struct Block {
    /// Where its text begins, in bytes of the page.
    start: usize,
    /// Its text.
    text: String,
    /// How many bytes of the text are bold.
    bold: usize,
    /// Where it ends, in bytes of the page.
    end: usize,
    /// The class of its tag.
    class: Option<String>,
    /// The bold text with which it begins, and where that ends in the page.
    lead: Option<(String, usize)>,
}

/// The page with the turns of such an interview written out; `None` if it is something else.
pub fn turned_bold(html: &str) -> Option<String> {
    let mut blocks = blocks(html);
    mark_questions(&mut blocks);
    let bold = |block: &Block| {
        let text = block.text.trim_end();
        block.bold == block.text.len() && text.contains(' ') && text.ends_with(['?', '.', '!', '…', '”', '"'])
    };
    let asks = |block: &&Block| bold(block) && block.text.trim_end().ends_with('?');
    let asked = blocks.iter().filter(asks).count();
    // "You are called reckless." is a question, too, where most bold paragraphs stand alone and are answered.
    let answered = blocks.windows(2).filter(|pair| bold(&pair[0]) && !bold(&pair[1])).count();
    let mixed = asked >= 1 && answered >= FEWEST && answered + 1 >= blocks.iter().filter(|block| bold(block)).count();
    let is_question = |block: &Block| bold(block) && (mixed || block.text.trim_end().ends_with('?'));
    // "L&S: Why?": who asks is written out already.
    let labelled = blocks.iter().filter(|block| is_question(block) && is_labelled(&block.text)).count();
    if labelled > 0 && 2 * labelled >= asked {
        return None;
    }
    let mut inserts: Vec<(usize, &str)> = Vec::new();
    if asked >= FEWEST || mixed {
        let mut asked = false;
        for block in &blocks {
            if is_question(block) {
                inserts.push((block.start, "Q: "));
                asked = true;
            } else if std::mem::take(&mut asked) {
                inserts.push((block.start, "A: "));
            }
        }
        inserts.extend(end_of_answers(&blocks, is_question).map(|end| (end, "</p><p>###")));
    } else {
        let named: Vec<(&str, usize)> = blocks.iter().filter_map(speaker).collect();
        let mut names: HashMap<&str, usize> = HashMap::new();
        named.iter().for_each(|(name, _)| *names.entry(name).or_default() += 1);
        let again = names.values().any(|count| *count > 1);
        if named.len() < FEWEST || names.len() < 2 || !again {
            return None;
        }
        inserts.extend(named.into_iter().map(|(_, end)| (end, ":")));
    }
    let mut out = String::with_capacity(html.len() + 4 * inserts.len());
    let mut at = 0;
    for (place, what) in inserts {
        out.push_str(&html[at..place]);
        out.push_str(what);
        at = place;
    }
    out.push_str(&html[at..]);
    Some(out)
}

/// Where the last answer ends: what follows is not of the class of the answers.
fn end_of_answers(blocks: &[Block], is_question: impl Fn(&Block) -> bool) -> Option<usize> {
    let last = blocks.iter().rposition(&is_question)?;
    let pairs = blocks.windows(2).filter(|pair| is_question(&pair[0]) && !is_question(&pair[1]));
    // In order, so that the choice between classes with as many answers does not change from run to run.
    let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
    pairs.filter_map(|pair| pair[1].class.as_ref()).for_each(|class| *counts.entry(class).or_default() += 1);
    let (class, _) = counts.into_iter().max_by_key(|(_, count)| *count).filter(|(_, count)| *count >= FEWEST)?;
    let answers = blocks[last + 1..].iter().take_while(|block| block.class.as_ref() == Some(class));
    answers.last().map(|block| block.end)
}

/// Treats paragraphs of a class as bold if most of them are questions, and others follow them.
fn mark_questions(blocks: &mut [Block]) {
    let mut counts: HashMap<&str, (usize, usize)> = HashMap::new();
    for pair in blocks.windows(2) {
        let Some(class) = &pair[0].class else { continue };
        let (all, asked) = counts.entry(class.as_str()).or_default();
        *all += 1;
        *asked += usize::from(pair[0].text.trim_end().ends_with('?') && pair[1].class != pair[0].class);
    }
    let questions: Vec<String> = counts
        .into_iter()
        .filter(|(_, (all, asked))| *asked >= FEWEST && 5 * asked >= 3 * all)
        .map(|(class, _)| class.to_owned())
        .collect();
    for block in blocks {
        if block.class.as_ref().is_some_and(|class| questions.contains(class)) {
            block.bold = block.text.len();
        }
    }
}

/// Whether a paragraph begins with who speaks and a colon.
pub fn is_labelled(text: &str) -> bool {
    const LONGEST: usize = 40;
    let label = text.split_once(':').map_or("", |(label, _)| label);
    let fits = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c == '&');
    (1..=LONGEST).contains(&label.len()) && label.split_whitespace().all(fits)
}

/// The name in bold with which a paragraph of someone's words begins, and where it ends.
fn speaker(block: &Block) -> Option<(&str, usize)> {
    let (lead, end) = block.lead.as_ref()?;
    let name = lead.trim();
    let words: Vec<&str> = name.split_whitespace().collect();
    let capitals = words.iter().all(|word| word.starts_with(char::is_uppercase) || word.len() <= 3);
    let plain = name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '.' | '\'' | '’'));
    let rest = block.text.get(lead.len()..)?.trim_start();
    let says = rest.starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '“' | '«' | '„'));
    let fits = (2..=NAME_WORDS).contains(&words.len()) && capitals && plain && says && !name.ends_with('.');
    fits.then_some((name, *end))
}

/// The paragraphs of a page, in order.
fn blocks(html: &str) -> Vec<Block> {
    const BLOCK: &[&str] =
        &["p", "div", "li", "section", "article", "body", "blockquote", "h1", "h2", "h3", "h4", "br"];
    let mut blocks: Vec<Block> = Vec::new();
    let mut block: Option<Block> = None;
    let (mut bold, mut at) = (0usize, 0);
    let finish = |block: &mut Option<Block>, blocks: &mut Vec<Block>| {
        blocks.extend(block.take().filter(|block| block.text.contains(char::is_alphanumeric)));
    };
    for tag in Tags::new(html) {
        if let Some(block) = &mut block {
            add(block, html, at, &tag, bold > 0);
            block.end = tag.range.start;
        }
        at = tag.range.end;
        if tag.is_one_of(BLOCK) {
            // "<p><b>Why?</b><br>Because.</p>": the rest of the paragraph is one of its own.
            let class = block.as_ref().filter(|_| tag.is_one_of(&["br"])).map(|block| block.class.clone());
            finish(&mut block, &mut blocks);
            if let Some(class) = class {
                block = Some(Block { start: at, class, ..Block::default() });
                continue;
            }
            bold = 0;
            if !tag.closes && tag.is_one_of(&["p"]) {
                block = Some(Block { start: at, class: tag.attribute("class"), ..Block::default() });
            }
        } else if tag.is_one_of(&["b", "strong"]) {
            bold = if tag.closes { bold.saturating_sub(1) } else { bold + 1 };
        }
    }
    finish(&mut block, &mut blocks);
    blocks
}

/// Adds the text up to a tag.
fn add(block: &mut Block, html: &str, at: usize, tag: &Tag<'_>, bold: bool) {
    let text = decoded(&html[at..tag.range.start]);
    let text = if block.text.is_empty() { text.trim_start() } else { text.as_str() };
    if text.is_empty() {
        return;
    }
    if bold {
        block.bold += text.len();
        if block.text.is_empty() {
            block.lead = Some((text.to_owned(), tag.range.start));
        }
    } else if text.trim().is_empty() {
        // White space is as bold as what is around it.
        block.bold += text.len();
    }
    block.text.push_str(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bold_questions_and_names_are_written_out() {
        let asked = "<p>Ann Lee, the mayor, met us.</p><p><b>Why now?</b></p><p>It is late.</p><p>Very late.</p>\
            <p><strong>Is it? </strong></p><p>Yes.</p><p><b>Who pays for it?</b></p><p>We do.</p><p><b>And then what?</b></p>";
        let expected = "<p>Ann Lee, the mayor, met us.</p><p>Q: <b>Why now?</b></p><p>A: It is late.</p><p>Very late.</p>\
            <p>Q: <strong>Is it? </strong></p><p>A: Yes.</p><p>Q: <b>Who pays for it?</b></p><p>A: We do.</p>\
            <p>Q: <b>And then what?</b></p>";
        assert_eq!(turned_bold(asked).as_deref(), Some(expected));
        let named = "<p><b>Ann Lee</b> We build it.</p><p><b>Bo Holm</b> We do not.</p><p><b>Ann Lee</b> We do.</p>";
        let told = turned_bold(named).unwrap();
        assert!(told.contains("<b>Ann Lee:</b> We build it.") && told.contains("<b>Bo Holm:</b> We do not."), "{told}");
        let told = "<p><b>Why now?</b></p><p>It is late.</p><p><b>They call you slow.</b></p><p>Let them.</p>\
            <p><b>You said May.</b></p><p>I did.</p>";
        assert!(turned_bold(told).unwrap().contains("<p>Q: <b>They call you slow.</b></p><p>A: Let them.</p>"));
        for other in [
            "<p><b>Why now?</b></p><p>One question only.</p>",
            "<p><b>Ann Lee</b> said so.</p><p><b>Ann Lee</b> left.</p><p><b>Bo Holm</b> stayed.</p>",
            "<p>Is it <b>late?</b></p><p>Is it <b>late?</b></p><p>Is it <b>late?</b></p>",
            "<p><b",
            "",
        ] {
            assert_eq!(turned_bold(other), None, "{other}");
        }
    }

    #[test]
    fn of_two_classes_with_as_many_answers_the_same_is_taken_each_time() {
        let turns = "<p><b>Why now?</b></p><p class='a'>It is late.</p><p><b>Who pays?</b></p><p class='b'>We do.</p>";
        let page = format!("{}<p>It was in May.</p>", turns.repeat(FEWEST));
        for _ in 0..16 {
            let told = turned_bold(&page).unwrap();
            assert!(told.ends_with("We do.</p><p>###</p><p>It was in May.</p>"), "{told}");
        }
    }
}
