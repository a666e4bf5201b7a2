//! A phrase as an automaton: its states are its words, and an edge says which word may follow and after how many others
//! (Glushkov's construction, with gaps on the edges).
//!
//! Where 2 lists follow one another, each word of the first leads to each of the second. So an automaton is only built
//! when a text needs it.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::rule::engine::places::{SetId, Step, ways_in};
use crate::rule::pattern::Gap;

/// The number of a state.
pub type StateId = u32;

/// A phrase, to be followed word by word.
#[derive(Debug)]
pub struct Automaton {
    states: Vec<State>,
    /// The states with which it may begin.
    first: Vec<StateId>,
    /// What may follow: for each list of edges that states share, its part of `edges`.
    forks: Vec<Range<usize>>,
    edges: Vec<Edge>,
}

/// A word of a phrase, or several if any of them will do.
#[derive(Debug)]
struct State {
    set: SetId,
    /// Whether the phrase may end here.
    last: bool,
    /// The words that may follow, as the number of a fork.
    fork: usize,
}

/// A word that may follow another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Edge {
    /// The word.
    pub state: StateId,
    /// How many other words may come before it.
    pub room: usize,
    /// Whether these words must belong to one clause.
    pub within: bool,
}

/// An automaton that is being built.
#[derive(Default)]
struct Builder {
    /// For each state its words, whether the phrase may end there, and what follows.
    states: Vec<(SetId, bool, Vec<Edge>)>,
    first: Vec<StateId>,
}

/// A way into the next item of a phrase: the word before it, if there is one, and the room after that
/// word.
type Tail = (Option<StateId>, Room);

/// The room between 2 words that match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Room {
    /// None: they stand next to one another.
    Next,
    /// Up to so many words of the same clause.
    Within(usize),
    /// Up to so many words of any clause.
    Across(usize),
}

impl Room {
    /// The room with a gap added to it. Of gaps that follow one another, because what is between them was left out,
    /// one that may run across clauses opens the whole.
    fn and(self, gap: Gap) -> Room {
        match (self, gap.across) {
            (Room::Next, false) => Room::Within(gap.words),
            (Room::Next, true) => Room::Across(gap.words),
            (Room::Within(words), false) => Room::Within(words + gap.words),
            (Room::Within(words) | Room::Across(words), _) => Room::Across(words + gap.words),
        }
    }

    fn edge(self, state: StateId) -> Edge {
        let (room, within) = match self {
            Room::Next => (0, false),
            Room::Within(words) => (words, true),
            Room::Across(words) => (words, false),
        };
        Edge { state, room, within }
    }
}

impl Builder {
    /// Adds steps after what comes before them, and returns the ways out of them.
    fn add(&mut self, steps: &[Step], choices: &[Arc<[Step]>], mut tails: Vec<Tail>) -> Vec<Tail> {
        for step in steps {
            match step {
                // Room before the first word makes no difference.
                Step::Gap(gap) => {
                    tails.iter_mut().filter(|tail| tail.0.is_some()).for_each(|tail| tail.1 = tail.1.and(*gap))
                }
                Step::Word(set) => tails = self.add_state(*set, &tails),
                Step::Either(words, ways) => {
                    let mut out = words.map_or(Vec::new(), |set| self.add_state(set, &tails));
                    for choice in ways_in(ways) {
                        out.extend(self.add(&choices[choice], choices, tails.clone()));
                    }
                    tails = out;
                }
            }
            // If two ways of a kind lead out of the same word, the one with more room allows everything that the
            // other allows.
            tails.sort_unstable_by_key(|tail| std::cmp::Reverse(*tail));
            tails.dedup_by_key(|tail| (tail.0, std::mem::discriminant(&tail.1)));
        }
        tails
    }

    /// Adds a state after what comes before it, and returns the way out of it.
    fn add_state(&mut self, set: SetId, tails: &[Tail]) -> Vec<Tail> {
        let state = self.states.len() as StateId;
        self.states.push((set, false, Vec::new()));
        for (before, room) in tails {
            match before {
                Some(before) => self.states[*before as usize].2.push(room.edge(state)),
                None => self.first.push(state),
            }
        }
        vec![(Some(state), Room::Next)]
    }
}

impl Automaton {
    /// The automaton of a phrase. `choices` are those of its engine.
    pub fn new(steps: &[Step], choices: &[Arc<[Step]>]) -> Automaton {
        let mut builder = Builder::default();
        for (before, _) in builder.add(steps, choices, vec![(None, Room::Next)]) {
            // The parser rejects a pattern that may be empty.
            if let Some(state) = before {
                builder.states[state as usize].1 = true;
            }
        }
        let (mut forks, mut edges) = (Vec::new(), Vec::new());
        // States that the same may follow share a fork.
        let mut known: HashMap<Vec<Edge>, usize> = HashMap::new();
        let state = |(set, last, mut follow): (SetId, bool, Vec<Edge>)| {
            follow.sort_unstable_by_key(|edge| (edge.room, edge.within, edge.state));
            follow.dedup();
            let fork = *known.entry(follow).or_insert_with_key(|follow| {
                edges.extend_from_slice(follow);
                forks.push(edges.len() - follow.len()..edges.len());
                forks.len() - 1
            });
            State { set, last, fork }
        };
        let states = builder.states.into_iter().map(state).collect();
        Automaton { states, first: builder.first, forks, edges }
    }

    /// The states with which the phrase may begin.
    pub fn first(&self) -> &[StateId] {
        &self.first
    }

    /// The words that a state takes.
    pub fn set(&self, state: StateId) -> SetId {
        self.states[state as usize].set
    }

    /// Whether the phrase may end with a state.
    pub fn is_last(&self, state: StateId) -> bool {
        self.states[state as usize].last
    }

    /// What may follow a state.
    pub fn follow(&self, state: StateId) -> &[Edge] {
        &self.edges[self.forks[self.states[state as usize].fork].clone()]
    }
}
