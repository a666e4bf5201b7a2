//! A picture as a part of a web page: the SVG in a `<figure>`, its caption, and the table of its quotations.

use html_escape::{encode_double_quoted_attribute, encode_text};

use crate::chart::figure::Figure;
use crate::chart::locale::Locale;

/// What every fragment begins with.
const BEGINNING: &str = "<figure class=\"stance-chart\"";

/// The columns of a companion that a page shows, each with the message that names it.
const SHOWN: [(&str, &str); 5] = [
    ("date", "embed-date"),
    ("speaker", "embed-speaker"),
    ("level", "embed-level"),
    ("text", "embed-statement"),
    ("source_publisher", "embed-source"),
];

/// Writes the fragment. The picture is as wide as its place on the page, up to its own width. Only pictures of
/// statements have the table.
pub fn embed(figure: &Figure, svg: &str, locale: &Locale) -> String {
    let fluid = svg.replacen("\">\n<title", "\" style=\"max-width:100%;height:auto\">\n<title", 1);
    let caption: Vec<&str> =
        std::iter::once(figure.title.as_str()).chain(figure.footer.iter().map(String::as_str)).collect();
    let caption: Vec<String> = caption.iter().map(|line| encode_text(line).into_owned()).collect();
    let (language, caption) = (figure.language, caption.join("<br>\n"));
    let table = table(figure, locale);
    format!("{BEGINNING} lang=\"{language}\">\n{fluid}<figcaption>{caption}</figcaption>\n{table}</figure>\n")
}

fn table(figure: &Figure, locale: &Locale) -> String {
    let place = |name: &str| figure.companion.header.iter().position(|column| *column == name);
    let columns: Option<Vec<(usize, &str)>> = SHOWN.iter().map(|(name, id)| Some((place(name)?, *id))).collect();
    let (Some(columns), Some(address)) = (columns, place("source_url")) else { return String::new() };
    let head: String =
        columns.iter().map(|(_, id)| format!("<th scope=\"col\">{}</th>", encode_text(&locale.say(id, &[])))).collect();
    let mut rows = String::new();
    for row in &figure.companion.rows {
        rows += "<tr>";
        for (place, id) in &columns {
            let text = encode_text(&row[*place]);
            let is_web = ["https://", "http://"].iter().any(|scheme| row[address].starts_with(scheme));
            if *id == "embed-source" && is_web {
                let href = encode_double_quoted_attribute(&row[address]);
                let text = if text.is_empty() { encode_text(&row[address]) } else { text };
                rows += &format!("<td><a href=\"{href}\">{text}</a></td>");
            } else {
                // Each cell is read in the direction of its own words.
                rows += &format!("<td dir=\"auto\">{text}</td>");
            }
        }
        rows += "</tr>\n";
    }
    let summary =
        locale.say("embed-summary", &[("statements", &locale.many("statements", figure.companion.rows.len()))]);
    let summary = encode_text(&summary);
    format!(
        "<details>\n<summary>{summary}</summary>\n<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</details>\n"
    )
}
