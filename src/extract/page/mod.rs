//! From a file to the text of its article.

pub mod encoding;
pub mod tags;
pub mod metadata;
pub mod marked;
pub mod bold;
pub mod captions;
pub mod headings;

use std::collections::HashSet;

use chrono::NaiveDate;
use dom_smoothie::{Config, Readability};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::extract::page::bold::turned_bold;
use crate::extract::page::captions::captions;
pub use crate::extract::page::encoding::Fault;
use crate::extract::page::encoding::decode;
use crate::extract::page::headings::plain_headings;
use crate::extract::page::marked::{is_quotable, marked};
use crate::extract::page::metadata::{day, metadata};
use crate::extract::page::tags::{Shape, all_text, shape, text};
use crate::words;

/// The format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PageFormat {
    /// Plain text.
    Text,
    /// HTML.
    Html,
    /// Markdown (CommonMark).
    Markdown,
}

/// The article of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The format of the file.
    pub format: PageFormat,
    /// The text, with blank lines between paragraphs. Plain text stays as it was in the file, except
    /// that a byte order mark is removed and captions are written out as a transcript.
    pub text: String,
    /// The headline, if the file names it. Like the next two, it is a [`label`].
    pub title: Option<String>,
    /// The publisher, if the file names it.
    pub publisher: Option<String>,
    /// The address, if the file names it.
    pub url: Option<String>,
    /// The day of publication, if the file gives it in machine-readable form. The text may give it too.
    pub published: Option<NaiveDate>,
    /// Whether that day is of universal time, so that the local day may be the one before or after.
    pub universal: bool,
    /// What the file gives as the day of publication in any other form: "9 April 2031".
    pub dated: Option<String>,
    /// For HTML, the lines between the headline and the text: the byline, and often the day.
    pub head: String,
    /// For HTML and Markdown, the lines that a reader may see but that are not part of the text.
    pub left_out: Vec<String>,
}

/// The deepest nesting of a page that is given to the tree builder.
const DEEPEST: usize = 500;

/// The most attributes of a tag in a page that is given to the tree builder, which compares each with
/// all others.
const MOST_ATTRIBUTES: usize = 500;

/// The longest page, in bytes, that is given to the tree builder, which does not always take linear
/// time.
const LONGEST_TREE: usize = 2 << 20;

/// The shortest plausible article in a page, in bytes. If less is found, all text of the page is used.
const SHORTEST_ARTICLE: usize = 250;

impl PageFormat {
    /// The format of a file, by its name and how it begins. A name without a known ending says nothing,
    /// and neither does `.txt` if the text is clearly HTML.
    pub fn guess(name: &str, text: &str) -> PageFormat {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        match ending.as_deref() {
            Some("html" | "htm" | "xhtml" | "shtml") => return PageFormat::Html,
            Some("md" | "markdown" | "mkd" | "mdown") => return PageFormat::Markdown,
            _ => {}
        }
        let begins = |tag: &str| {
            let start = text.trim_start();
            start.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag))
        };
        let html = ["<!doctype html", "<html", "<head", "<body", "<article", "<div", "<p>"];
        if html.into_iter().any(begins) { PageFormat::Html } else { PageFormat::Text }
    }
}

/// Reads a file. Only the ending of `name` counts.
///
/// A fault says that the bytes are not text, or that the page has no text.
pub fn read(bytes: &[u8], name: &str) -> Result<Page, Fault> {
    let written = decode(bytes, charset(bytes).as_deref())?;
    match PageFormat::guess(name, &written) {
        PageFormat::Text => {
            let (left_out, dated) = (Vec::new(), None);
            Ok(Page {
                format: PageFormat::Text,
                text: captions(&written).unwrap_or(written),
                title: None,
                publisher: None,
                url: None,
                published: None,
                universal: false,
                dated,
                head: String::new(),
                left_out,
            })
        }
        PageFormat::Markdown => not_empty(labelled(markdown(&written))),
        PageFormat::Html => not_empty(labelled(html(&written))),
    }
}

/// What a page says about itself, made safe for a cell: on one line, without invisible characters or
/// characters that change the direction of writing, and without the marks at its beginning that make a
/// spreadsheet run it as a formula (`=`, `+`, `-`, `@`). `=HYPERLINK(…)` becomes `HYPERLINK(…)`. Titles
/// are not quotations, so nothing is lost, and a page cannot run a program on the reader's machine.
/// `None` if nothing is left.
pub fn label(written: &str) -> Option<String> {
    let plain = words::plain(written);
    Some(plain[words::after_formula_marks(&plain)..].to_owned()).filter(|label| !label.is_empty())
}

fn labelled(page: Page) -> Page {
    let safe = |written: Option<String>| written.and_then(|written| label(&written));
    Page { title: safe(page.title), publisher: safe(page.publisher), url: safe(page.url), ..page }
}

fn not_empty(page: Page) -> Result<Page, Fault> {
    if page.text.trim().is_empty() {
        return Err(Fault::new("the page has no text", "save the article's text as plain text"));
    }
    Ok(page)
}

/// The encoding named at the beginning of an HTML page.
fn charset(bytes: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    let (_, after) = start.split_once("charset=")?;
    let after = after.trim_start_matches(['"', '\'']);
    let end = after.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_'))?;
    Some(after[..end].to_owned())
}

/// The article in an HTML page.
fn html(written: &str) -> Page {
    let about = metadata(written);
    let below = about.heading.map(|at| all_text(&written[at..]));
    let headed = plain_headings(written);
    let written = headed.as_deref().unwrap_or(written);
    let turned = turned_bold(written);
    let written = &marked(turned.as_deref().unwrap_or(written));
    let fits = |shape: Shape| shape.depth <= DEEPEST && shape.attributes <= MOST_ATTRIBUTES;
    let article = if written.len() <= LONGEST_TREE && fits(shape(written)) { article(written) } else { None };
    let text = article.filter(|article| article.len() >= SHORTEST_ARTICLE).unwrap_or_else(|| text(written));
    Page {
        format: PageFormat::Html,
        head: below.map(|below| head(&below, &text)).unwrap_or_default(),
        left_out: outside(&all_text(written), &text),
        text,
        title: about.title,
        publisher: about.publisher,
        url: about.url,
        published: about.published,
        universal: about.universal,
        dated: about.dated,
    }
}

/// The most bytes between the headline of a page and its text. More would be something else.
const LONGEST_HEAD: usize = 1000;

/// The lines of a page below its headline, up to the first line of the article. None if the article does not follow soon.
fn head(below: &str, article: &str) -> String {
    let own: HashSet<String> = article.lines().map(letters).filter(|line| !line.is_empty()).collect();
    let mut head = String::new();
    for line in below.lines().skip(1) {
        if own.contains(&letters(line)) {
            return head;
        }
        head += line;
        head.push('\n');
        if head.len() > LONGEST_HEAD {
            break;
        }
    }
    String::new()
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The paragraphs of a page that are not in its article.
fn outside(page: &str, article: &str) -> Vec<String> {
    let own: HashSet<String> = article.lines().map(letters).collect();
    let is_outside = |line: &&str| {
        let letters = letters(line);
        !letters.is_empty() && !own.contains(&letters)
    };
    page.lines().filter(is_outside).map(str::to_owned).collect()
}

/// The text of the part of a page that is most like an article.
fn article(written: &str) -> Option<String> {
    let config = Config { disable_json_ld: true, ..Config::default() };
    let mut page = Readability::new(written, None, Some(config)).ok()?;
    Some(text(&page.parse().ok()?.content))
}

/// The text of a Markdown file, and the values from its header.
fn markdown(written: &str) -> Page {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut page = Page {
        format: PageFormat::Markdown,
        text: String::new(),
        title: None,
        publisher: None,
        url: None,
        published: None,
        universal: false,
        dated: None,
        head: String::new(),
        left_out: Vec::new(),
    };
    // How many elements are open that are left out with everything in them.
    let mut out = 0;
    // Where the text of a block quotation begins.
    let mut quoting: Option<usize> = None;
    let mut heading: Option<String> = None;
    let mut header: Option<String> = None;
    for event in Parser::new_ext(written, options) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => {
                if let Some(text) = heading.take().filter(|text| !text.is_empty()) {
                    page.left_out.push(text.clone());
                    page.title = page.title.or(Some(text));
                }
            }
            Event::Start(Tag::MetadataBlock(_)) => header = Some(String::new()),
            Event::End(TagEnd::MetadataBlock(_)) => read_header(&header.take().unwrap_or_default(), &mut page),
            Event::Start(Tag::CodeBlock(_) | Tag::Image { .. } | Tag::HtmlBlock | Tag::FootnoteDefinition(_)) => {
                out += 1
            }
            Event::End(TagEnd::CodeBlock | TagEnd::Image | TagEnd::HtmlBlock | TagEnd::FootnoteDefinition) => out -= 1,
            Event::Start(Tag::List(_) | Tag::Item) if out == 0 => end_paragraph(&mut page.text),
            Event::Start(Tag::BlockQuote(_)) if out == 0 => {
                end_paragraph(&mut page.text);
                quoting.get_or_insert(page.text.len());
            }
            Event::End(TagEnd::BlockQuote(_)) if out == 0 => {
                end_paragraph(&mut page.text);
                if let Some(start) = quoting.take() {
                    quoted(&mut page.text, start);
                }
            }
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableRow | TagEnd::TableHead) if out == 0 => {
                end_paragraph(&mut page.text)
            }
            Event::Text(text) | Event::Code(text) => match (&mut heading, &mut header) {
                (Some(heading), _) => heading.push_str(&text),
                (_, Some(header)) => header.push_str(&text),
                _ if out == 0 => page.text.push_str(&text),
                _ => page.left_out.extend(text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned)),
            },
            Event::SoftBreak if out == 0 && heading.is_none() => page.text.push(' '),
            Event::HardBreak if out == 0 && heading.is_none() => page.text.push('\n'),
            Event::End(TagEnd::TableCell) => page.text.push(' '),
            Event::Rule => end_paragraph(&mut page.text),
            _ => {}
        }
    }
    page.text.truncate(page.text.trim_end().len());
    page
}

/// Puts the paragraphs of a block quotation, from a byte on, in quotation marks. Only the last one is closed.
fn quoted(text: &mut String, start: usize) {
    let written = text.split_off(start);
    let mut open: Option<usize> = None;
    for paragraph in written.split("\n\n").filter(|paragraph| !paragraph.is_empty()) {
        let marks = is_quotable(paragraph);
        if let Some(end) = open.take().filter(|_| !marks) {
            text.insert(end, '”');
        }
        text.push_str(if marks { "“" } else { "" });
        text.push_str(paragraph);
        open = marks.then_some(text.len());
        text.push_str("\n\n");
    }
    if let Some(end) = open {
        text.insert(end, '”');
    }
}

fn end_paragraph(text: &mut String) {
    text.truncate(text.trim_end().len());
    if !text.is_empty() {
        text.push_str("\n\n");
    }
}

/// Reads the header of a Markdown file: lines of a name, a colon and a value.
fn read_header(header: &str, page: &mut Page) {
    for line in header.lines() {
        let Some((name, value)) = line.split_once(':') else { continue };
        let value = value.trim().trim_matches(['"', '\'']);
        if value.is_empty() {
            continue;
        }
        match name.trim().to_lowercase().as_str() {
            "title" | "headline" => page.title = Some(value.to_owned()),
            "publisher" | "site" | "source" if !value.starts_with("http") => page.publisher = Some(value.to_owned()),
            "url" | "link" | "source" | "canonical" => page.url = Some(value.to_owned()),
            "date" | "published" | "publisheddate" | "pubdate" => {
                page.published = page.published.or(day(value));
                page.dated = page.dated.take().or_else(|| Some(value.to_owned()));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_passed_through() {
        let text = "  One.\r\n\r\n<b> & two.\n";
        let page = read(text.as_bytes(), "a.txt").unwrap();
        assert_eq!((page.format, page.text.as_str(), page.published), (PageFormat::Text, text, None));
    }

    #[test]
    fn the_format_is_guessed() {
        for (name, text, format) in [
            ("a.HTML", "x", PageFormat::Html),
            ("a.txt", "\n <!DOCTYPE html><p>x", PageFormat::Html),
            ("-", "<html>", PageFormat::Html),
            ("notes.md", "x", PageFormat::Markdown),
            ("a.txt", "# x", PageFormat::Text),
            ("", "", PageFormat::Text),
        ] {
            assert_eq!(PageFormat::guess(name, text), format, "{name} {text}");
        }
    }

    #[test]
    fn the_lines_between_headline_and_article_are_kept() {
        let paragraph =
            format!("<p>{}</p>", "The mayor, Ada Holm, said on Tuesday that the tram will stay. ".repeat(9));
        let html = format!(
            "<nav>Today: 9 May 2031</nav><h1>Tram stays</h1><div>Press release</div><div class=date>3 May 2031</div>\
            <article>{paragraph}{paragraph}</article><p>More: 1 May 2031</p>"
        );
        let page = read(html.as_bytes(), "a.html").unwrap();
        let lines: Vec<&str> = page.head.lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(lines, ["Press release", "3 May 2031"]);
        assert_eq!(read(paragraph.as_bytes(), "a.html").unwrap().head, "");
    }

    #[test]
    fn an_article_is_taken_out_of_its_page() {
        let sentence = "The mayor, Ada Holm, said on Tuesday that the tram, the bridge, and the pier will stay. ";
        let html = format!(
            "<html><head><title>Tram</title><meta property='article:published_time' content='2031-02-28'></head><body>\
             <nav><a href='/'>Home</a></nav><article><h1>Tram</h1><p>{0}{0}</p><script>var a = '<p>no</p>';</script>\
             <p>“We wait,” she said.{0}</p></article><footer>Rights</footer></body></html>",
            sentence.repeat(3)
        );
        let page = read(html.as_bytes(), "a.html").unwrap();
        assert_eq!(page.title.as_deref(), Some("Tram"));
        assert_eq!(page.published, NaiveDate::from_ymd_opt(2031, 2, 28));
        assert_eq!(page.text.split("\n\n").count(), 2, "{}", page.text);
        assert!(page.text.contains("“We wait,” she said.The mayor"));
        assert_eq!(page.left_out, ["Home", "Tram", "Rights"]);
        assert!(!page.text.contains("no") && !page.text.contains("Rights") && !page.text.contains("Home"));
    }

    #[test]
    fn a_page_of_any_depth_is_read() {
        let html = format!("<html>{}<p>The tram is late.</p>", "<div><b>".repeat(50_000));
        assert_eq!(read(html.as_bytes(), "a.html").unwrap().text, "The tram is late.");
        assert!(read(b"<html><script>x</script>", "a.html").unwrap_err().what.contains("no text"));
    }

    #[test]
    fn markdown_is_read() {
        let text = "---\ntitle: Tram\ndate: 2031-02-03\n---\n# Tram\n\nThe **tram**\nis [late](x).\n\n> She said.\n\n- One.\n- Two.\n\n![gate](a.jpg)\n\n```\nx\n```\n";
        let page = read(text.as_bytes(), "a.md").unwrap();
        assert_eq!(page.text, "The tram is late.\n\nShe said.\n\nOne.\n\nTwo.");
        assert_eq!(page.left_out, ["Tram", "gate", "x"]);
        assert_eq!((page.title.as_deref(), page.published), (Some("Tram"), NaiveDate::from_ymd_opt(2031, 2, 3)));
    }

    #[test]
    fn what_a_page_says_of_itself_is_harmless_in_a_cell() {
        assert_eq!(label(" =\t@HYPERLINK(\"x\")").as_deref(), Some("HYPERLINK(\"x\")"));
        assert_eq!(label("Tram\u{202e} \u{1b}[2K\nlate\u{200b}").as_deref(), Some("Tram [2K late"));
        assert_eq!((label("-5 % for trams").as_deref(), label("=+")), (Some("-5 % for trams"), None));
        let header = "---\ntitle: '=1+1'\nurl: \"@SUM(A1)\"\n---\nThe tram is late.\n";
        let page = read(header.as_bytes(), "a.md").unwrap();
        assert_eq!((page.title.as_deref(), page.url.as_deref()), (Some("1+1"), Some("SUM(A1)")));
    }

    #[test]
    fn a_page_in_another_encoding_is_read() {
        let (bytes, _, _) =
            encoding_rs::WINDOWS_1251.encode("<html><meta charset=\"windows-1251\"><p>Трамвай їде.</p>");
        assert_eq!(read(&bytes, "a.html").unwrap().text, "Трамвай їде.");
    }
}
