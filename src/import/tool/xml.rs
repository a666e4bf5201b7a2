//! XML as a tree. A document type is refused: nothing is fetched, and no entity is expanded.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::error::Place;

/// How deep elements may be within each other.
const DEEPEST: usize = 200;

/// An element.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Element {
    /// Its name without a prefix.
    pub name: String,
    /// Its attributes, by their names without a prefix.
    pub attributes: Vec<(String, String)>,
    /// The elements in it.
    pub children: Vec<Element>,
    /// The text right in it.
    pub text: String,
}

impl Element {
    /// An attribute. Empty if there is none.
    pub fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The elements of a name right in it.
    pub fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The first element of a name right in it.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The text of the first element of a name right in it, without white space around it.
    pub fn text_of(&self, name: &str) -> &str {
        self.child(name).map_or("", |child| child.text.trim())
    }
}

/// Why a text is not XML: what is wrong, and where.
pub type XmlFault = (String, Place);

/// Reads the root element of a text.
///
/// # Errors
/// What is wrong, and where.
pub fn read(text: &str) -> Result<Element, XmlFault> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    loop {
        let event = reader.read_event();
        let at = usize::try_from(reader.buffer_position()).unwrap_or(0);
        let fault = |what: String| Err((what, Place::of(text, at)));
        match event {
            Err(error) => return fault(format!("this is not sound XML: {error}")),
            Ok(Event::Start(start)) => {
                if open.len() >= DEEPEST {
                    return fault(format!("elements are more than {DEEPEST} deep"));
                }
                match element(&start) {
                    Ok(element) => open.push(element),
                    Err(what) => return fault(what),
                }
            }
            Ok(Event::Empty(start)) => match element(&start) {
                Ok(element) => close(&mut open, &mut root, element),
                Err(what) => return fault(what),
            },
            Ok(Event::End(_)) => {
                if let Some(element) = open.pop() {
                    close(&mut open, &mut root, element);
                }
            }
            Ok(Event::Text(text)) => add(&mut open, &text.xml10_content()),
            Ok(Event::CData(text)) => add(&mut open, &text.xml10_content()),
            Ok(Event::GeneralRef(name)) => match resolved(&name) {
                Some(c) => add(&mut open, c.encode_utf8(&mut [0; 4])),
                None => return fault(format!("`&{};` is not a character", &*name)),
            },
            Ok(Event::DocType(_)) => return fault("the file has a document type, which is not read".to_owned()),
            Ok(Event::Eof) => break,
            Ok(_) => {}
        }
    }
    match root {
        Some(root) if open.is_empty() => Ok(root),
        _ => Err(("the file ends in the middle of its XML".to_owned(), Place::of(text, text.len()))),
    }
}

fn element(start: &BytesStart<'_>) -> Result<Element, String> {
    let mut element = Element { name: start.local_name().as_ref().to_owned(), ..Element::default() };
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| format!("this is not sound XML: {error}"))?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| error.to_string())?;
        element.attributes.push((attribute.key.local_name().as_ref().to_owned(), value.into_owned()));
    }
    Ok(element)
}

fn close(open: &mut [Element], root: &mut Option<Element>, element: Element) {
    match open.last_mut() {
        Some(parent) => parent.children.push(element),
        None => drop(root.get_or_insert(element)),
    }
}

fn add(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
    }
}

/// The character of `amp` or `#38`.
fn resolved(name: &quick_xml::events::BytesRef<'_>) -> Option<char> {
    match &**name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => name.resolve_char_ref().ok().flatten(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_has_names_attributes_and_text() {
        let root =
            read("\u{feff}<?xml version=\"1.0\"?><a:b x:y=\"1 &amp; 2\"><c>x &lt;&#233;<d/>y</c></a:b>").unwrap();
        assert_eq!((root.name.as_str(), root.attribute("y"), root.text_of("c")), ("b", "1 & 2", "x <éy"));
        assert_eq!(root.child("c").unwrap().children.len(), 1);
    }

    #[test]
    fn what_is_not_sound_or_may_expand_is_refused() {
        for (text, says) in [
            ("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "document type"),
            ("<a>&b;</a>", "is not a character"),
            ("<a><b></a>", "not sound"),
            ("<a>", "ends in the middle"),
            ("", "ends in the middle"),
        ] {
            assert!(read(text).unwrap_err().0.contains(says), "{text}: {:?}", read(text));
        }
        assert!(read(&"<a>".repeat(300)).unwrap_err().0.contains("deep"));
    }
}
