//! A study as one HTML file, to hand on to people who have nothing installed. It needs no network and no script.
//!
//! The finding comes first ([`findings`]), then the charts, in which each mark leads to its statement ([`pictures`]),
//! then every statement with its source ([`statements`]), how far the labels can be trusted ([`trust`]), the method,
//! what was left out and the versions ([`method`]). Sentences about verdicts are those of the charts and of `shifts`. What
//! only English has stays English, and is marked so. This room makes texts; it reads and writes nothing.

use maud::{Markup, PreEscaped, html};

use crate::chart::draw::palette::Palette;
use crate::chart::kind::view::View;
use crate::chart::locale::{ChartLanguage, Locale};
use crate::error::Result;
use crate::file::kind::signed;
use crate::page::shell::{Assets, STYLE, WebPage, allowed};
use crate::page::tint::{self, Schemes};
use crate::rule::RuleDecisions;
use crate::study::Study;
use crate::words::shortened;

pub mod statements;
pub mod pictures;
pub mod findings;
pub mod trust;
pub mod method;

use crate::chart::draw::face::Fonts;
use statements::Listed;

/// How a report is made.
#[derive(Debug)]
pub struct Format {
    /// The language of headings, titles and dates.
    pub language: ChartLanguage,
    /// Whether it is a part to put into a page of others: no document around it, and light colours only.
    pub part: bool,
    /// The colours of the scales.
    pub palette: Palette,
    /// The fonts of the charts.
    pub fonts: Fonts,
    /// The speakers who get a chart of their own. Empty: those with a finding, then those with most statements.
    pub speakers: Vec<String>,
}

impl Default for Format {
    fn default() -> Format {
        Format {
            language: ChartLanguage::En,
            part: false,
            palette: Palette::default(),
            fonts: Fonts::embedded(),
            speakers: Vec::new(),
        }
    }
}

/// The longest title of a document, in characters.
const LONGEST_TITLE: usize = 120;

/// Writes the report: a document, or a part of one, signed so that it is recognised as Stance's own.
///
/// # Errors
/// [`crate::error::Error::Request`] if the study shows no position.
pub fn report(study: &Study<'_>, decisions: &RuleDecisions, format: &Format) -> Result<String> {
    study.not_empty()?;
    let locale = Locale::new(format.language).of_groups(study.ask.by.is_some());
    let view = View::new(study, study.ask.selection.clone(), &locale);
    let listed = Listed::of(study);
    let gallery = pictures::pictures(study, &view, format, &listed);
    let found = findings::findings(&view);
    let sections = [
        ("found", found.section),
        ("pictures", pictures::section(&gallery, &locale, |_| html! {})),
        ("statements", statements::section(&listed, &view)),
        ("agreement", trust::agreement(study, decisions, &locale)),
        ("rules", trust::rules(study, decisions, &locale)),
        ("method", method::method(study, &view)),
        ("left-out", method::left_out(study, &listed, &gallery, &locale)),
        ("versions", method::versions(&view, &listed)),
    ];
    let title = study.corpus.codebook.title.as_str();
    let head = html! {
        h1 dir="auto" { (title) }
        p class="lead" dir="auto" { (found.title) "." }
    };
    let body = html! {
        @for (name, section) in &sections {
            section id={ "stance-" (name) } {
                h2 { (locale.say(&format!("report-{name}"), &[])) }
                (section)
            }
        }
    };
    let scales = tint::levels(&study.corpus.codebook, &format.palette, schemes(format));
    let text = if format.part {
        part(&locale, &head, &body, &scales)
    } else {
        let names = sections.map(|(name, _)| name);
        let dark = tint::pictures(gallery.drawings.iter().flat_map(|drawing| drawing.svgs()));
        let page = WebPage {
            title: shortened(&format!("{}. {title}", found.title), LONGEST_TITLE),
            assets: Assets::Inline { style: scales + &dark },
            header: html! { (head) (contents(&names, &locale)) },
            main: body,
            footer: html! { p { "Stance " (env!("CARGO_PKG_VERSION")) } },
        };
        page.document(&locale)
    };
    Ok(signed(text))
}

fn schemes(format: &Format) -> Schemes {
    if format.part { Schemes::Light } else { Schemes::Both }
}

/// The ways to the sections.
fn contents(names: &[&str], locale: &Locale) -> Markup {
    html! {
        nav class="screen" aria-label=(locale.say("report-contents", &[])) {
            ul {
                @for name in names {
                    li { a href={ "#stance-" (name) } { (locale.say(&format!("report-{name}"), &[])) } }
                }
            }
        }
    }
}

/// The report without a document around it. Its style reaches nothing outside it.
fn part(locale: &Locale, head: &Markup, body: &Markup, scales: &str) -> String {
    let part = html! {
        div class="stance" lang=(locale.tag()) {
            style { (PreEscaped(STYLE)) (PreEscaped(scales)) }
            (head) (body)
        }
    };
    allowed(part.into_string())
}
