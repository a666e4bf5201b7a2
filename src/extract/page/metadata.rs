//! What an HTML page says about itself: title, publisher, address, day of publication.

use chrono::{Datelike, NaiveDate};
use serde_json::Value;

use crate::extract::page::tags::{Tag, Tags, decoded};

/// What a page says about itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The headline.
    pub title: Option<String>,
    /// The name of the site.
    pub publisher: Option<String>,
    /// The address.
    pub url: Option<String>,
    /// The day of publication at the source.
    pub published: Option<NaiveDate>,
    /// Whether that day is of universal time, and no stamp of the page has a zone of its own.
    pub universal: bool,
    /// The same as written, each on its own line.
    pub dated: Option<String>,
    /// Where the headline of the page is, in bytes.
    pub heading: Option<usize>,
}

/// The names under which pages give a value, the best first.
const TITLES: &[&str] = &["og:title", "twitter:title", "headline", "dc.title", "title"];
const PUBLISHERS: &[&str] = &["og:site_name", "application-name", "publisher", "article:publisher", "dc.publisher"];
const ADDRESSES: &[&str] = &["og:url", "twitter:url"];
const DAYS: &[&str] = &[
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "publish-date",
    "publish_date",
    "publication_date",
    "publicationdate",
    "pubdate",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "article_date_original",
    "date",
];

/// Reads what a page says about itself.
pub fn metadata(html: &str) -> Metadata {
    let mut named: Vec<(String, String)> = Vec::new();
    let mut found = Metadata::default();
    let mut linked = Metadata::default();
    let mut times: Vec<(usize, NaiveDate)> = Vec::new();
    let mut written: Vec<(usize, String)> = Vec::new();
    // Days of stamps with a zone of their own: the local day.
    let mut local: Vec<NaiveDate> = Vec::new();
    let mut heading = None;
    let mut tags = Tags::new(html).peekable();
    while let Some(tag) = tags.next() {
        if tag.closes {
            continue;
        }
        let inside = |next: Option<&Tag<'_>>| {
            let end = next.map_or(html.len(), |next| next.range.start);
            html[tag.range.end..end].to_owned()
        };
        if tag.is_one_of(&["meta"]) {
            let name = ["property", "name", "itemprop"].into_iter().find_map(|key| tag.attribute(key));
            if let (Some(name), Some(content)) = (name, tag.attribute("content")) {
                named.push((name.to_lowercase(), content));
            }
        } else if tag.is_one_of(&["link"])
            && tag.attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"))
        {
            found.url = found.url.or_else(|| tag.attribute("href"));
        } else if tag.is_one_of(&["title"]) && found.title.is_none() {
            found.title = Some(decoded(&inside(tags.peek())));
        } else if tag.is_one_of(&["h1"]) && heading.is_none() {
            heading = Some(tag.range.start);
        } else if tag.is_one_of(&["time"]) {
            let stamp = tag.attribute("datetime");
            local.extend(stamp.as_deref().filter(|stamp| stamp.len() > 11 && !is_universal(stamp)).and_then(day));
            // "<time>Oslo, 3 May 2031</time>": as it is written.
            if stamp.is_none() {
                written.push((tag.range.start, decoded(&inside(tags.peek()))));
            }
            let day = stamp.and_then(|written| day(&written));
            times.extend(day.map(|day| (tag.range.start, day)));
        } else if tag.is_one_of(&["script"])
            && tag.attribute("type").is_some_and(|kind| kind.contains("ld+json"))
            && let Ok(value) = serde_json::from_str(&inside(tags.peek()))
        {
            read_linked(&value, &mut linked);
        }
    }
    let named = |names: &[&str]| {
        names.iter().find_map(|wanted| named.iter().find(|(name, value)| name == wanted && !value.trim().is_empty()))
    };
    let text = |names: &[&str]| named(names).map(|(_, value)| value.clone());
    let stamp = DAYS.iter().find_map(|name| named(&[name]).filter(|(_, value)| day(value).is_some()));
    let universal = stamp.is_some_and(|(_, value)| is_universal(value));
    let near = |published: NaiveDate| {
        local.iter().copied().find(|local| universal && (*local - published).num_days().abs() == 1).unwrap_or(published)
    };
    let address = text(ADDRESSES).filter(|url| url.starts_with("http"));
    Metadata {
        heading,
        universal,
        title: text(TITLES).or(linked.title).or(found.title).and_then(tidy),
        publisher: text(PUBLISHERS).filter(|name| !name.starts_with("http")).or(linked.publisher).and_then(tidy),
        url: found.url.filter(|url| url.starts_with("http")).or(address).or(linked.url),
        dated: text(DAYS)
            .into_iter()
            .chain(linked.dated)
            .chain(first_below(&written, heading))
            .reduce(|all, one| format!("{all}\n{one}")),
        published: DAYS
            .iter()
            .find_map(|name| named(&[name]).and_then(|(_, value)| day(value)))
            .map(near)
            .or(linked.published)
            .or_else(|| day_of_times(&times, heading)),
    }
}

/// Whether a machine-readable time is in universal time.
fn is_universal(stamp: &str) -> bool {
    let stamp = stamp.trim();
    stamp.len() > 11 && (stamp.ends_with(['Z', 'z']) || stamp.ends_with("+00:00") || stamp.ends_with("+0000"))
}

/// The day given by the times in a page: the only one, or the first below the headline.
fn day_of_times(times: &[(usize, NaiveDate)], heading: Option<usize>) -> Option<NaiveDate> {
    let (_, first) = *times.first()?;
    if times.iter().all(|(_, day)| *day == first) {
        return Some(first);
    }
    let heading = heading?;
    times.iter().find(|(at, _)| *at > heading).map(|(_, day)| *day)
}

/// The day of the first time below the headline that is only written out, or of the only one.
fn first_below(written: &[(usize, String)], heading: Option<usize>) -> Option<String> {
    let below = written.iter().find(|(at, _)| heading.is_some_and(|heading| *at > heading));
    below.or(written.first().filter(|_| written.len() == 1)).map(|(_, day)| day.clone())
}

/// Reads the linked data (JSON-LD) of a page. Values found first stay.
fn read_linked(value: &Value, found: &mut Metadata) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| read_linked(item, found)),
        Value::Object(fields) => {
            let text = |key: &str| fields.get(key).and_then(Value::as_str).map(str::to_owned);
            found.dated = found.dated.take().or_else(|| text("datePublished"));
            if let Some(published) = text("datePublished").and_then(|written| day(&written)) {
                found.published = found.published.or(Some(published));
                found.title = found.title.take().or_else(|| text("headline"));
                let publisher =
                    fields.get("publisher").and_then(|publisher| publisher.get("name")).and_then(Value::as_str);
                found.publisher = found.publisher.take().or_else(|| publisher.map(str::to_owned));
                found.url = found.url.take().or_else(|| text("url")).filter(|url| url.starts_with("http"));
            }
            if let Some(graph) = fields.get("@graph") {
                read_linked(graph, found);
            }
        }
        _ => {}
    }
}

/// The day at the beginning of a machine-readable time: "2031-02-28T06:55:00Z".
pub fn day(written: &str) -> Option<NaiveDate> {
    let written = written.trim();
    let dashed = written.get(..10).and_then(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok());
    let whole = || {
        written
            .get(..8)
            .filter(|_| !written.contains('-'))
            .and_then(|day| NaiveDate::parse_from_str(day, "%Y%m%d").ok())
    };
    // Machines write these where they know no day.
    dashed.or_else(whole).filter(|day| day.year() > 1700 && (day.year(), day.ordinal()) != (1970, 1))
}

/// A text with single spaces; `None` if nothing is left.
fn tidy(text: String) -> Option<String> {
    let tidy = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!tidy.is_empty()).then_some(tidy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_what_it_is() {
        let html = "<title>Tram | The Bell</title><meta property='og:title' content='Tram &amp; bridge'>\
            <meta property=\"og:site_name\" content=\"The Bell\"><link rel=canonical href='https://bell.example/tram'>\
            <meta property='article:published_time' content='2031-02-28T06:55:00+01:00'>";
        let read = metadata(html);
        assert_eq!(read.title.as_deref(), Some("Tram & bridge"));
        assert_eq!(read.publisher.as_deref(), Some("The Bell"));
        assert_eq!(read.url.as_deref(), Some("https://bell.example/tram"));
        assert_eq!(read.published, NaiveDate::from_ymd_opt(2031, 2, 28));
    }

    #[test]
    fn linked_data_and_times_give_the_day() {
        let linked = r#"<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"Tram",
            "datePublished":"2031-02-01","publisher":{"name":"The Bell"}}]}</script>"#;
        assert_eq!(metadata(linked).published, NaiveDate::from_ymd_opt(2031, 2, 1));
        assert_eq!(metadata(linked).publisher.as_deref(), Some("The Bell"));
        let times = "<time datetime='2031-01-01'></time><h1>Tram</h1><time datetime='2031-02-03T10:00'></time>";
        assert_eq!(metadata(times).published, NaiveDate::from_ymd_opt(2031, 2, 3));
        let none = "<time datetime='2031-02-31'></time><time datetime='Kyїv'></time>";
        assert_eq!(metadata(none).published, None);
    }
}
