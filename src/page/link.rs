//! Links out of a page.

use maud::{Markup, html};

use crate::chart::locale::Locale;

/// An address that a page may link to: one of the web, without white space or control characters. Anything else, such
/// as `javascript:`, is `None`.
pub fn web(address: &str) -> Option<&str> {
    let scheme = |scheme: &str| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    let is_web = scheme("https://") || scheme("http://");
    (is_web && !address.chars().any(|c| c.is_whitespace() || c.is_control())).then_some(address)
}

/// Where a statement was read: its publisher, as a link if there is an address of the web, or else as words. Without a
/// publisher the words are the title, then the host of the address. Empty if nothing is known.
pub fn source(locale: &Locale, publisher: &str, title: &str, address: &str) -> Markup {
    let host = web(address).and_then(|address| address.split('/').nth(2)).unwrap_or_default();
    let words = [publisher, title, host].into_iter().find(|words| !words.trim().is_empty()).unwrap_or_default();
    html! {
        @if let Some(address) = web(address) {
            a href=(address) {
                bdi { @if words.is_empty() { (locale.say("embed-source", &[])) } @else { (words) } }
            }
        } @else if !words.is_empty() {
            bdi { (words) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::locale::ChartLanguage;

    #[test]
    fn only_addresses_of_the_web_are_links() {
        for address in ["https://a.example/x?y=1&z='\"<", "HTTP://a.example"] {
            assert_eq!(web(address), Some(address));
        }
        for address in
            ["", "javascript:alert(1)", "data:text/html,x", "//a.example", "https:/a", " https://a", "http://a b"]
        {
            assert_eq!(web(address), None, "{address}");
        }
        let locale = Locale::new(ChartLanguage::En);
        let shown = source(&locale, "<b>A", "", "https://a.example/\"onclick='x'").into_string();
        assert!(shown.contains("&lt;b&gt;A") && shown.contains("&quot;onclick"), "{shown}");
        assert_eq!(source(&locale, "A", "", "javascript:x").into_string(), "<bdi>A</bdi>");
        assert!(source(&locale, "", "", "https://a.example/x").into_string().contains("<bdi>a.example</bdi>"));
        assert_eq!(source(&locale, "", "", "").into_string(), "");
    }
}
