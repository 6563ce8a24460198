use super::CompiledTable;
use super::compile::{ENTRY, HEADER_WORDS, MAGIC, PAGES, RANK_BYTES, RANK_NODES, SEPARATOR};
use super::shared::Shared;

/// A compiled dictionary group: looked up where its bytes lie, cheap to clone.
#[derive(Debug, Clone)]
pub struct Table {
    index: Shared<[u8]>,
    strings: Shared<str>,
    layout: Layout,
}

/// What a table knows about the beginning of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Longest {
    /// The longest key that the text begins with: its length in bytes and its entry's number.
    pub matched: Option<(usize, usize)>,
    /// The text ends where a longer key could still go on: more text may change the answer.
    pub open: bool,
}

/// The entry of a key, as a table holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableEntry<'a> {
    candidates: &'a str,
    dictionary: &'a str,
}

impl<'a> TableEntry<'a> {
    /// The first candidate, which conversion writes.
    pub fn default(&self) -> &'a str {
        first(self.candidates)
    }

    /// All candidates, the default first.
    pub fn candidates(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.candidates.split(SEPARATOR)
    }

    /// The name of the dictionary that the entry stands in.
    pub fn dictionary(&self) -> &'a str {
        self.dictionary
    }
}

/// The first of some candidates.
fn first(candidates: &str) -> &str {
    candidates.split(SEPARATOR).next().unwrap_or_default()
}

/// Where the parts of an index begin, in bytes.
#[derive(Debug, Clone, Copy)]
struct Layout {
    pages: usize,
    /// A code has four bytes, not two.
    is_wide: bool,
    nodes: usize,
    node_count: usize,
    ranks: usize,
    entries: usize,
    dictionaries: usize,
    names: usize,
}

impl Layout {
    fn read(index: &[u8]) -> Self {
        assert_eq!(word(index, 0), MAGIC as usize, "not the index of a compiled table");
        let [page_count, node_count, entry_count, names, code_len] =
            [1, 2, 3, 4, 5].map(|field| word(index, 4 * field));
        let pages = 4 * HEADER_WORDS + 2 * PAGES;
        let nodes = pages + code_len * 256 * page_count;
        let ranks = nodes + NODE_BYTES * node_count;
        let entries = ranks + RANK_BYTES * node_count.div_ceil(RANK_NODES);
        let dictionaries = entries + 4 * (entry_count + 1);
        Self {
            pages,
            is_wide: code_len == 4,
            nodes,
            node_count,
            ranks,
            entries,
            dictionaries,
            names,
        }
    }
}

/// The bytes of a node.
const NODE_BYTES: usize = 8;

/// The 32 bits of `bytes` at `at`.
fn word(bytes: &[u8], at: usize) -> usize {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]) as usize
}

/// The 16 bits of `bytes` at `at`.
fn half(bytes: &[u8], at: usize) -> usize {
    u16::from_le_bytes([bytes[at], bytes[at + 1]]).into()
}

/// A node of the trie.
#[derive(Clone, Copy)]
struct Node {
    slot: usize,
    /// Where its children are, by code; zero if it has none.
    base: usize,
    /// A key ends here.
    is_end: bool,
}

impl Table {
    /// The table of parts that [`compile`](super::compile()) made at build time.
    pub(crate) fn from_static(index: &'static [u8], strings: &'static str) -> Self {
        Self {
            layout: Layout::read(index),
            index: Shared::Static(index),
            strings: Shared::Static(strings),
        }
    }

    /// Looks up the longest key that `text` begins with.
    ///
    /// ```
    /// use jianfan::dictionary::{Dictionary, Entry, Table, compile};
    ///
    /// let entries = [Entry::new("网", "網"), Entry::new("网络", "網路")];
    /// let table = Table::from(compile(&Dictionary::new("words", entries).unwrap().into()).unwrap());
    /// assert_eq!(table.longest("网上").matched, Some((3, 0)));
    /// assert!(!table.longest("网上").open);
    /// assert!(table.longest("网").open);
    /// assert!(!table.longest("网络").open);
    /// ```
    pub fn longest(&self, text: &str) -> Longest {
        let mut node = self.node(0).0;
        let mut end = None;
        for (start, character) in text.char_indices() {
            let Some(child) = self.child(node, character) else {
                return Longest { matched: self.matched(end), open: false };
            };
            node = child;
            if node.is_end {
                end = Some((start + character.len_utf8(), node));
            }
        }
        Longest { matched: self.matched(end), open: node.base != 0 }
    }

    /// A key's length with the number of its entry instead of its node.
    fn matched(&self, end: Option<(usize, Node)>) -> Option<(usize, usize)> {
        end.map(|(len, node)| (len, self.number(node.slot)))
    }

    /// How many keys end at nodes before `slot`.
    fn number(&self, slot: usize) -> usize {
        let rank = self.layout.ranks + slot / RANK_NODES * RANK_BYTES;
        let bits = word(&self.index, rank + 4) as u64 | (word(&self.index, rank + 8) as u64) << 32;
        let before = bits & ((1 << (slot % RANK_NODES)) - 1);
        word(&self.index, rank) + before.count_ones() as usize
    }

    /// The entry with the given number, as [`Table::longest`] returns it.
    ///
    /// # Panics
    ///
    /// If the table has no entry of that number.
    pub fn entry(&self, number: usize) -> TableEntry<'_> {
        let dictionary = half(&self.index, self.layout.dictionaries + 2 * number);
        let mut names = self.strings[self.layout.names..].split(SEPARATOR);
        TableEntry {
            candidates: self.candidates(number),
            dictionary: names.nth(dictionary).unwrap_or_default(),
        }
    }

    /// The default candidate of the entry with the given number.
    ///
    /// # Panics
    ///
    /// If the table has no entry of that number.
    pub fn default(&self, number: usize) -> &str {
        first(self.candidates(number))
    }

    fn candidates(&self, number: usize) -> &str {
        let at = self.layout.entries + 4 * number;
        &self.strings[word(&self.index, at)..word(&self.index, at + 4)]
    }

    fn child(&self, node: Node, character: char) -> Option<Node> {
        let code = self.code(character);
        let slot = node.base + code;
        if node.base == 0 || code == 0 || slot >= self.layout.node_count {
            return None;
        }
        let (child, parent) = self.node(slot);
        (parent == node.slot).then_some(child)
    }

    fn code(&self, character: char) -> usize {
        let (high, low) = (character as usize / 256, character as usize % 256);
        let page = half(&self.index, 4 * HEADER_WORDS + 2 * high);
        let number = page * 256 + low;
        if self.layout.is_wide {
            word(&self.index, self.layout.pages + 4 * number)
        } else {
            half(&self.index, self.layout.pages + 2 * number)
        }
    }

    /// The node in a slot, and the slot of its parent.
    fn node(&self, slot: usize) -> (Node, usize) {
        let at = self.layout.nodes + NODE_BYTES * slot;
        let (base, parent) = (word(&self.index, at), word(&self.index, at + 4));
        let (is_end, base) = (base & ENTRY as usize != 0, base & !(ENTRY as usize));
        (Node { slot, base, is_end }, parent)
    }
}

impl From<CompiledTable> for Table {
    fn from(compiled: CompiledTable) -> Self {
        Self {
            layout: Layout::read(&compiled.index),
            index: Shared::Counted(compiled.index.into()),
            strings: Shared::Counted(compiled.strings.into()),
        }
    }
}
