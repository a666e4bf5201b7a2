//! The words of all patterns, looked up in one pass over the letters of a word.

use std::collections::HashMap;

/// A word's number.
type WordId = u32;

/// The class of every byte that is in no word.
const NOWHERE: u8 = 0;

/// Words that are being gathered.
#[derive(Debug, Default)]
pub struct TrieBuilder {
    words: Vec<(String, bool, WordId)>,
}

/// Words and beginnings of words. ASCII letters are looked up in either case.
#[derive(Debug)]
pub struct Trie {
    /// The class of each byte. Bytes that are in no word share one class.
    classes: [u8; 256],
    width: usize,
    /// For each node and class, the next node. The root, 0, is never a next node, so 0 means "none".
    children: Vec<u32>,
    nodes: Vec<Node>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Node {
    /// The beginning that ends here.
    prefix: Option<WordId>,
    /// The word that ends here.
    exact: Option<WordId>,
}

impl TrieBuilder {
    /// Adds a word, or the beginning of words, in its normal form.
    pub fn add(&mut self, word: &str, prefix: bool, id: WordId) {
        self.words.push((word.to_owned(), prefix, id));
    }

    /// The number of a whole word that was added.
    pub fn find(&self, word: &str) -> Option<WordId> {
        self.words.iter().find(|(other, prefix, _)| other == word && !prefix).map(|(_, _, id)| *id)
    }

    /// Builds the trie.
    pub fn build(self) -> Trie {
        let mut classes = [NOWHERE; 256];
        let mut width = 1;
        for byte in self.words.iter().flat_map(|(word, ..)| word.bytes()) {
            if classes[usize::from(byte)] == NOWHERE {
                // Normal forms have no upper-case ASCII, so no more than 230 classes are needed.
                classes[usize::from(byte)] = width as u8;
                classes[usize::from(byte.to_ascii_uppercase())] = width as u8;
                width += 1;
            }
        }
        let mut edges: HashMap<(u32, u8), u32> = HashMap::new();
        let mut nodes = vec![Node::default()];
        for (word, prefix, id) in self.words {
            let mut node = 0;
            for byte in word.bytes() {
                let next = nodes.len() as u32;
                node = *edges.entry((node, classes[usize::from(byte)])).or_insert(next);
                if node == next {
                    nodes.push(Node::default());
                }
            }
            let slot = &mut nodes[node as usize];
            *(if prefix { &mut slot.prefix } else { &mut slot.exact }) = Some(id);
        }
        let mut children = vec![0; nodes.len() * width];
        for ((node, class), child) in edges {
            children[node as usize * width + usize::from(class)] = child;
        }
        Trie { classes, width, children, nodes }
    }
}

impl Trie {
    /// Adds the numbers of everything that a word satisfies: the word itself, and its beginnings.
    pub fn look_up(&self, word: &[u8], ids: &mut Vec<WordId>) {
        let mut node = 0;
        for &byte in word {
            node = self.children[node * self.width + usize::from(self.classes[usize::from(byte)])] as usize;
            if node == 0 {
                return;
            }
            ids.extend(self.nodes[node].prefix);
        }
        ids.extend(self.nodes[node].exact);
    }
}
