//! What is remembered of a file's content: enough to notice any change, without keeping the file in memory.

use std::fs::File;
use std::hash::Hasher;
use std::io::{self, Read};
use std::path::Path;

/// The length and the hash of a content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Content {
    /// Its length in bytes.
    pub length: u64,
    /// Its hash.
    pub hash: u64,
}

/// A content that comes in parts.
#[derive(Debug, Default)]
pub struct GrowingContent {
    hasher: std::hash::DefaultHasher,
    length: u64,
}

impl GrowingContent {
    /// Adds a part at the end.
    pub fn add(&mut self, bytes: &[u8]) {
        self.hasher.write(bytes);
        self.length += bytes.len() as u64;
    }

    /// The whole so far.
    pub fn content(&self) -> Content {
        Content { length: self.length, hash: self.hasher.finish() }
    }
}

impl Content {
    /// The content of a text in memory.
    pub fn of(bytes: &[u8]) -> Content {
        let mut hasher = std::hash::DefaultHasher::new();
        hasher.write(bytes);
        Content { length: bytes.len() as u64, hash: hasher.finish() }
    }

    /// The rest of a stream, read block by block.
    ///
    /// # Errors
    /// The error of the system.
    pub fn read(mut from: impl Read) -> io::Result<Content> {
        const BLOCK: usize = 64 * 1024;
        let (mut growing, mut block) = (GrowingContent::default(), vec![0; BLOCK]);
        loop {
            match from.read(&mut block) {
                Ok(0) => return Ok(growing.content()),
                Ok(count) => growing.add(&block[..count]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Whether a file has this content. A file that cannot be read has not.
    pub fn is_in(self, path: &Path) -> bool {
        File::open(path).and_then(Content::read).is_ok_and(|there| there == self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_and_a_text_are_compared() {
        let text: Vec<u8> = (0..200_000_u32).map(|i| (i % 251) as u8).collect();
        assert_eq!(Content::read(&text[..]).unwrap(), Content::of(&text));
        let mut other = text.clone();
        other[150_000] ^= 1;
        assert_ne!(Content::of(&other), Content::of(&text));
        assert_ne!(Content::of(&text[1..]), Content::of(&text));
    }
}
