//! A whole page.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use crate::chart::locale::Locale;

/// The style of every page, and of a part of one, in light colours.
pub const STYLE: &str = include_str!("style.css");
/// What the dark scheme changes in it.
pub const DARK_STYLE: &str = include_str!("dark.css");
/// The script of every page. It is given nothing but the page, and reaches nothing outside it.
pub const SCRIPT: &str = include_str!("page.js");

/// How a page gets its style and its script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Assets {
    /// Inside: the page is one file, and its own policy allows nothing but these two.
    Inline {
        /// More style, after [`STYLE`] and [`DARK_STYLE`]: such as [`crate::page::tint::levels`].
        style: String,
    },
    /// By the addresses of styles and scripts. Whoever serves the page sets its policy.
    Linked {
        /// The styles, in order.
        styles: Vec<String>,
        /// The scripts, in order.
        scripts: Vec<String>,
    },
}

/// A page.
#[derive(Debug, Clone)]
pub struct WebPage {
    /// What the browser shows as its name.
    pub title: String,
    /// Style and script.
    pub assets: Assets,
    /// Above the main part: the name of the page, and ways to others.
    pub header: Markup,
    /// The main part.
    pub main: Markup,
    /// Below it.
    pub footer: Markup,
}

impl WebPage {
    /// The document, in the language of `locale`.
    pub fn document(&self, locale: &Locale) -> String {
        let body = html! {
            a class="skip" href="#main" { (locale.say("page-skip", &[])) }
            header { (self.header) }
            main id="main" tabindex="-1" { (self.main) }
            footer { (self.footer) }
        };
        let page = html! {
            (DOCTYPE)
            html class="stance" lang=(locale.tag()) {
                head {
                    meta charset="utf-8";
                    @if let Some(policy) = self.assets.policy() {
                        meta http-equiv="Content-Security-Policy" content=(policy);
                    }
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="referrer" content="no-referrer";
                    meta name="color-scheme" content="light dark";
                    meta name="generator" content={ "Stance " (env!("CARGO_PKG_VERSION")) };
                    title { (self.title) }
                    (self.assets.style())
                }
                body { (body) (self.assets.script()) }
            }
        };
        allowed(page.into_string())
    }
}

impl Assets {
    /// The policy that a page of one file has: no address at all, and only the style and the script inside it, by their
    /// hashes.
    pub fn policy(&self) -> Option<String> {
        let Assets::Inline { style } = self else { return None };
        let (style, script) = (hash(&whole(style)), hash(SCRIPT));
        Some(format!(
            "default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; img-src data:; \
             base-uri 'none'; form-action 'none'"
        ))
    }

    /// The elements for the style.
    pub fn style(&self) -> Markup {
        html! {
            @match self {
                Assets::Inline { style } => style { (PreEscaped(whole(style))) },
                Assets::Linked { styles, .. } => @for style in styles { link rel="stylesheet" href=(style); },
            }
        }
    }

    /// The elements for the script.
    pub fn script(&self) -> Markup {
        html! {
            @match self {
                Assets::Inline { .. } => script { (PreEscaped(SCRIPT)) },
                Assets::Linked { scripts, .. } => @for script in scripts { script src=(script) defer {} },
            }
        }
    }
}

fn whole(style: &str) -> String {
    format!("{STYLE}{DARK_STYLE}{style}")
}

/// The SHA-256 of a text as a policy writes it.
fn hash(text: &str) -> String {
    STANDARD.encode(Sha256::digest(text.as_bytes()))
}

/// Whether HTML allows a character.
pub fn is_allowed(c: char) -> bool {
    let control = c.is_control() && !matches!(c, '\n' | '\t');
    let none = matches!(c, '\u{fdd0}'..='\u{fdef}') || (c as u32) & 0xfffe == 0xfffe;
    !control && !none
}

/// A document with only what HTML allows: any other character is shown as U+FFFD. Lines end with a line feed.
pub fn allowed(document: String) -> String {
    let document = if document.contains("\r\n") { document.replace("\r\n", "\n") } else { document };
    let forbidden = |c: char| !is_allowed(c);
    if document.contains(forbidden) { document.replace(forbidden, "\u{fffd}") } else { document }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::locale::ChartLanguage;

    fn page(assets: Assets) -> String {
        let page = WebPage {
            title: "A < B".to_owned(),
            assets,
            header: html! { h1 { "A" } },
            main: html! { p { "x\u{0}y\u{1b}z\u{9b}" } },
            footer: html! { "end" },
        };
        page.document(&Locale::new(ChartLanguage::De))
    }

    #[test]
    fn a_page_of_one_file_allows_only_its_own_style_and_script() {
        let page = page(Assets::Inline { style: ".l0-0{--level:#000000}".to_owned() });
        assert!(page.starts_with("<!DOCTYPE html><html class=\"stance\" lang=\"de\">"));
        assert!(page.contains("default-src 'none'") && page.contains("A &lt; B"));
        let inside = |name: &str| page.split(&format!("<{name}>")).nth(1).unwrap().split(&format!("</{name}>")).next();
        for name in ["style", "script"] {
            let hash = hash(inside(name).unwrap());
            assert!(page.contains(&format!("{name}-src 'sha256-{hash}'")), "{name}");
        }
        assert!(page.contains("x\u{fffd}y\u{fffd}z\u{fffd}"));
    }

    #[test]
    fn the_style_and_the_script_can_be_inside_a_page() {
        for (text, end) in [(STYLE, "</style"), (DARK_STYLE, "</style"), (SCRIPT, "</script")] {
            assert!(!text.to_lowercase().contains(end) && !text.contains("<!--"));
        }
        for word in
            ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval", "fetch", "http", "import"]
        {
            assert!(!SCRIPT.contains(word), "page.js has `{word}`");
        }
        assert!(!STYLE.contains("url(") && !STYLE.contains("@import"));
    }

    #[test]
    fn a_served_page_names_its_files() {
        let linked = Assets::Linked { styles: vec!["/style.css".to_owned()], scripts: vec!["/page.js".to_owned()] };
        let page = page(linked);
        assert!(page.contains(r#"<link rel="stylesheet" href="/style.css">"#) && !page.contains("Content-Security"));
        assert!(page.contains(r#"<script src="/page.js" defer></script>"#));
    }
}
