//! The words of all patterns, looked up in one pass over the letters of a word.

use std::collections::HashMap;

/// The number of a word of a pattern.
pub type WordId = u32;

/// The number of a kind of word: of all words of texts that satisfy the same words of patterns. Words that satisfy
/// none are of kind 0.
pub type KindId = u32;

/// The class of every byte that is in no word.
const NOWHERE: u8 = 0;

/// Words that are being gathered.
#[derive(Debug, Default)]
pub struct TrieBuilder {
    words: Vec<(String, bool, WordId)>,
}

/// Words and beginnings of words. ASCII letters are looked up in either case.
///
/// The children of all nodes lie in one row of cells, each node's at its class after the node's base; free cells of one
/// node's stretch hold children of others, so the row is short enough to stay near the processor.
#[derive(Debug)]
pub struct Trie {
    /// The class of each byte. Bytes that are in no word share one class.
    classes: [u8; 256],
    nodes: Vec<Node>,
    cells: Vec<Cell>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Node {
    /// The cell of a child of class 0, if there were one.
    base: usize,
    /// The kind of words that go on where no child is.
    beyond: KindId,
    /// The kind of the word that ends here.
    exact: KindId,
}

#[derive(Debug, Clone, Copy)]
struct Cell {
    /// The node whose child it is; [`FREE`] if it is nobody's.
    owner: u32,
    child: u32,
}

/// The owner of a free cell.
const FREE: u32 = u32::MAX;

/// What is satisfied by the words that reach a node: by all of them, and by the one that ends there; and its children,
/// by class.
#[derive(Debug, Default)]
struct Gathered {
    beyond: Vec<WordId>,
    exact: Vec<WordId>,
    children: Vec<(u8, u32)>,
}

impl TrieBuilder {
    /// Adds a word, or the beginning of words, in its normal form.
    pub fn add(&mut self, word: &str, prefix: bool, id: WordId) {
        self.words.push((word.to_owned(), prefix, id));
    }

    /// Builds the trie. Also returns the words of patterns that each kind satisfies, in ascending order.
    pub fn build(self) -> (Trie, Vec<Vec<WordId>>) {
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
        let mut gathered = vec![Gathered::default()];
        for (word, prefix, id) in self.words {
            let mut node = 0;
            for byte in word.bytes() {
                let (next, class) = (gathered.len() as u32, classes[usize::from(byte)]);
                let children = &mut gathered[node as usize].children;
                // Few nodes have many children.
                node = match children.iter().find(|(other, _)| *other == class) {
                    Some((_, child)) => *child,
                    None => {
                        children.push((class, next));
                        gathered.push(Gathered::default());
                        next
                    }
                };
            }
            let slot = &mut gathered[node as usize];
            (if prefix { &mut slot.beyond } else { &mut slot.exact }).push(id);
        }
        let (mut kinds, mut cells) = (Kinds::default(), Cells::default());
        let mut nodes = Vec::with_capacity(gathered.len());
        for place in 0..gathered.len() {
            let Gathered { beyond, mut exact, children } = std::mem::take(&mut gathered[place]);
            exact.extend(&beyond);
            // A node comes before its children.
            for (_, child) in &children {
                gathered[*child as usize].beyond.extend(&beyond);
            }
            let base = cells.add(place as u32, children);
            nodes.push(Node { base, beyond: kinds.number(beyond), exact: kinds.number(exact) });
        }
        (Trie { classes, nodes, cells: cells.finish(width) }, kinds.list)
    }
}

/// Cells that are being filled.
#[derive(Default)]
struct Cells {
    cells: Vec<Cell>,
    /// No cell before this one is free.
    first_free: usize,
    last_base: usize,
}

impl Cells {
    /// Finds room for the children of a node, and returns the node's base.
    fn add(&mut self, owner: u32, mut children: Vec<(u8, u32)>) -> usize {
        /// How many bases are tried before the end of the row is taken.
        const TRIED: usize = 100;
        children.sort_unstable();
        let Some((first, _)) = children.first() else { return 0 };
        let from = self.first_free.saturating_sub(usize::from(*first));
        let is_free = |cell: usize| self.cells.get(cell).is_none_or(|cell| cell.owner == FREE);
        let fits = |base: &usize| children.iter().all(|(class, _)| is_free(base + usize::from(*class)));
        let base = (from..from + TRIED).find(fits).unwrap_or(self.cells.len());
        for (class, child) in children {
            let cell = base + usize::from(class);
            if cell >= self.cells.len() {
                self.cells.resize(cell + 1, Cell { owner: FREE, child: 0 });
            }
            self.cells[cell] = Cell { owner, child };
        }
        while self.cells.get(self.first_free).is_some_and(|cell| cell.owner != FREE) {
            self.first_free += 1;
        }
        self.last_base = self.last_base.max(base);
        base
    }

    /// The cells, so many that every class of every node has one.
    fn finish(mut self, width: usize) -> Vec<Cell> {
        self.cells.resize(self.cells.len().max(self.last_base + width), Cell { owner: FREE, child: 0 });
        self.cells
    }
}

/// Kinds that are being numbered.
struct Kinds {
    numbers: HashMap<Vec<WordId>, KindId>,
    list: Vec<Vec<WordId>>,
}

impl Default for Kinds {
    fn default() -> Kinds {
        Kinds { numbers: HashMap::from([(Vec::new(), 0)]), list: vec![Vec::new()] }
    }
}

impl Kinds {
    fn number(&mut self, mut satisfied: Vec<WordId>) -> KindId {
        satisfied.sort_unstable();
        satisfied.dedup();
        if let Some(number) = self.numbers.get(&satisfied) {
            return *number;
        }
        let number = self.list.len() as KindId;
        self.list.push(satisfied.clone());
        self.numbers.insert(satisfied, number);
        number
    }
}

impl Trie {
    /// The kind of a word.
    pub fn look_up(&self, word: &[u8]) -> KindId {
        let (mut number, mut node) = (0, &self.nodes[0]);
        for &byte in word {
            let cell = self.cells[node.base + usize::from(self.classes[usize::from(byte)])];
            if cell.owner != number {
                return node.beyond;
            }
            number = cell.child;
            node = &self.nodes[number as usize];
        }
        node.exact
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_satisfy_the_same_are_of_one_kind() {
        let mut builder = TrieBuilder::default();
        for (id, (word, prefix)) in
            [("swap", true), ("swapping", false), ("s", false), ("is", false), ("s", true)].into_iter().enumerate()
        {
            builder.add(word, prefix, id as WordId);
        }
        builder.add("s", false, 3);
        let (trie, kinds) = builder.build();
        for (word, satisfied) in [
            ("swap", &[0, 4][..]),
            ("SWAPS", &[0, 4]),
            ("swapping", &[0, 1, 4]),
            ("swappings", &[0, 4]),
            ("swa", &[4]),
            ("s", &[2, 3, 4]),
            ("is", &[3]),
            ("i", &[]),
            ("isn", &[]),
            ("", &[]),
            ("ßwap", &[]),
        ] {
            assert_eq!(kinds[trie.look_up(word.as_bytes()) as usize], satisfied, "{word}");
        }
        assert_eq!(trie.look_up(b"swaps"), trie.look_up(b"swappe"));
        assert_eq!(trie.look_up(b"x"), 0);
    }
}
