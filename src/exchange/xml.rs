//! XML as other tools read it.

use std::borrow::Cow;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::error::{Error, Result};

/// Whether XML 1.0 can hold a character.
pub fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'..) && !matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// A text with U+FFFD for each character that XML 1.0 cannot hold.
pub fn allowed(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_allowed) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().map(|c| if is_allowed(c) { c } else { char::REPLACEMENT_CHARACTER }).collect())
    }
}

/// A document that is written element by element. Everything is escaped.
pub struct XmlText {
    writer: Writer<Vec<u8>>,
    failure: Option<std::io::Error>,
}

impl XmlText {
    /// Begins a document, with its declaration.
    pub fn new() -> XmlText {
        let mut document = XmlText::fragment();
        document.event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
        document
    }

    /// Begins a part of a document, without a declaration.
    pub fn fragment() -> XmlText {
        XmlText { writer: Writer::new_with_indent(Vec::new(), b' ', 1), failure: None }
    }

    /// Opens an element.
    pub fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        let start = element(name, attributes);
        self.event(Event::Start(start));
    }

    /// Closes an element.
    pub fn close(&mut self, name: &str) {
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// An element without content.
    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        let element = element(name, attributes);
        self.event(Event::Empty(element));
    }

    /// An element with a text.
    pub fn text(&mut self, name: &str, text: &str) {
        self.open(name, &[]);
        self.event(Event::Text(BytesText::new(&allowed(text))));
        self.close(name);
    }

    /// The document with a final line break.
    ///
    /// # Errors
    /// [`Error::Output`] if it could not be composed.
    pub fn finish(self) -> Result<Vec<u8>> {
        match self.failure {
            Some(failure) => Err(Error::Output(failure)),
            None => {
                let mut bytes = self.writer.into_inner();
                bytes.push(b'\n');
                Ok(bytes)
            }
        }
    }

    fn event(&mut self, event: Event<'_>) {
        if let Err(error) = self.writer.write_event(event) {
            self.failure.get_or_insert(error);
        }
    }
}

/// A parser turns a line break in an attribute into a space, so it is one already.
fn element(name: &str, attributes: &[(&str, &str)]) -> BytesStart<'static> {
    let mut element = BytesStart::new(name.to_owned());
    for (name, value) in attributes {
        let value: String =
            allowed(value).chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c }).collect();
        element.push_attribute((*name, value.as_str()));
    }
    element
}
