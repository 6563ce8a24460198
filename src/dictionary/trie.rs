//! Builds the double-array trie of a table: keys as sequences of character codes.
//!
//! The child of a node under code `c` is the slot `base[node] + c`, and it is that node's child
//! only if `check[slot]` names the node (Aoe 1989). Codes are dense and count from one, the
//! commonest character first, so that the children of a node lie close together.

use std::collections::HashMap;

/// What marks a slot without parent.
pub(super) const NO_PARENT: u32 = u32::MAX;

/// One slot of the double array.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    /// Where the children lie, by code; zero for a node without children.
    pub base: u32,
    /// The parent's slot, or [`NO_PARENT`].
    pub check: u32,
    /// The entry whose key ends here, counted from one; zero for none.
    pub entry: u32,
}

const FREE: Node = Node { base: 0, check: NO_PARENT, entry: 0 };

/// Gives each character of `keys` a code from one upward, the commonest first.
pub(super) fn assign_codes<'a>(keys: impl Iterator<Item = &'a str>) -> HashMap<char, u32> {
    let mut counts: HashMap<char, usize> = HashMap::new();
    for character in keys.flat_map(str::chars) {
        *counts.entry(character).or_default() += 1;
    }
    let mut characters: Vec<(usize, char)> = counts.into_iter().map(|(c, n)| (n, c)).collect();
    characters.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let codes = (1..).zip(characters);
    codes.map(|(code, (_, character))| (character, code)).collect()
}

/// Builds the trie of `keys`, which are sorted as sequences of codes and all different; the
/// entry of `keys[i]` is `entries[i]`.
pub(super) fn build(keys: &[Vec<u32>], entries: &[u32]) -> Vec<Node> {
    let mut builder = Builder { keys, entries, nodes: vec![FREE], next_free: vec![1] };
    let mut pending = vec![Subtree { slot: 0, first: 0, last: keys.len(), depth: 0 }];
    // Breadth first: the root's thousands of children find the array empty.
    while !pending.is_empty() {
        pending = pending.into_iter().flat_map(|subtree| builder.place_children(subtree)).collect();
    }
    builder.nodes
}

/// The keys `first..last`, which share their first `depth` codes, below `slot`.
struct Subtree {
    slot: usize,
    first: usize,
    last: usize,
    depth: usize,
}

struct Builder<'a> {
    keys: &'a [Vec<u32>],
    entries: &'a [u32],
    nodes: Vec<Node>,
    /// For each slot, a slot at or after it where the search for a free one goes on.
    next_free: Vec<usize>,
}

impl Builder<'_> {
    fn place_children(&mut self, subtree: Subtree) -> Vec<Subtree> {
        let Subtree { slot, mut first, last, depth } = subtree;
        if first < last && self.keys[first].len() == depth {
            self.nodes[slot].entry = self.entries[first] + 1;
            first += 1;
        }
        let groups = self.group_by_code(first, last, depth);
        if groups.is_empty() {
            return Vec::new();
        }
        let codes: Vec<usize> = groups.iter().map(|group| group.0).collect();
        let base = self.find_base(&codes);
        self.nodes[slot].base = base as u32;
        let children = groups.into_iter().map(|(code, first, last)| {
            self.occupy(base + code, slot);
            Subtree { slot: base + code, first, last, depth: depth + 1 }
        });
        children.collect()
    }

    /// The runs of `keys[first..last]` with the same code at `depth`, as (code, first, last).
    fn group_by_code(&self, first: usize, last: usize, depth: usize) -> Vec<(usize, usize, usize)> {
        let mut groups: Vec<(usize, usize, usize)> = Vec::new();
        for index in first..last {
            let code = self.keys[index][depth] as usize;
            match groups.last_mut() {
                Some(group) if group.0 == code => group.2 = index + 1,
                _ => groups.push((code, index, index + 1)),
            }
        }
        groups
    }

    /// The lowest base from one upward under which the slots of all `codes` are free.
    fn find_base(&mut self, codes: &[usize]) -> usize {
        let lowest = codes[0];
        let mut slot = self.free_from(lowest + 1);
        loop {
            let base = slot - lowest;
            if codes.iter().all(|code| self.is_free(base + code)) {
                return base;
            }
            slot = self.free_from(slot + 1);
        }
    }

    fn is_free(&self, slot: usize) -> bool {
        slot >= self.nodes.len() || (slot > 0 && self.nodes[slot].check == NO_PARENT)
    }

    /// The first free slot from `slot` on; remembers the way, so that the next search is short.
    fn free_from(&mut self, slot: usize) -> usize {
        let mut end = slot;
        while end < self.nodes.len() && !self.is_free(end) {
            end = self.next_free[end];
        }
        let mut passed = slot;
        while passed < end && passed < self.nodes.len() {
            passed = std::mem::replace(&mut self.next_free[passed], end);
        }
        end
    }

    fn occupy(&mut self, slot: usize, parent: usize) {
        while self.nodes.len() <= slot {
            self.nodes.push(FREE);
            self.next_free.push(self.nodes.len());
        }
        self.nodes[slot].check = parent as u32;
        self.next_free[slot] = slot + 1;
    }
}
