//! A finding, and what it rests on.

use maud::{Markup, html};

/// A verdict: its word, the finding as a heading of level 3, and a line for each thing that it rests on. The lines are
/// in the language of their tag, which may be another than the page's.
pub fn verdict(word: &str, finding: &str, (language, lines): (&str, &[String])) -> Markup {
    let class = word.replace(' ', "-");
    html! {
        article class={ "verdict " (class) } {
            h3 dir="auto" { (finding) }
            @if !lines.is_empty() {
                ul lang=(language) { @for line in lines { li dir="auto" { (line) } } }
            }
        }
    }
}
