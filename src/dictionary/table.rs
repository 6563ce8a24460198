use super::CompiledTable;
use super::compile::{ENTRY_WORDS, HEADER_WORDS, MAGIC, NODE_WORDS, PAGES, SEPARATOR};
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
    default_len: usize,
    dictionary: &'a str,
}

impl<'a> TableEntry<'a> {
    /// The first candidate, which conversion writes.
    pub fn default(&self) -> &'a str {
        &self.candidates[..self.default_len]
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

/// Where the parts of an index begin, in bytes.
#[derive(Debug, Clone, Copy)]
struct Layout {
    pages: usize,
    nodes: usize,
    node_count: usize,
    entries: usize,
    names: usize,
}

impl Layout {
    fn read(index: &[u8]) -> Self {
        assert_eq!(word(index, 0), MAGIC as usize, "not the index of a compiled table");
        let [page_count, node_count, names] = [1, 2, 5].map(|field| word(index, field));
        let pages = 4 * (HEADER_WORDS + PAGES);
        let nodes = pages + 4 * 256 * page_count;
        Self { pages, nodes, node_count, entries: nodes + 4 * NODE_WORDS * node_count, names }
    }
}

/// The `number`th 32-bit word of `bytes`.
fn word(bytes: &[u8], number: usize) -> usize {
    let at = 4 * number;
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]) as usize
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
        let mut node = 0;
        let mut matched = None;
        for (start, character) in text.char_indices() {
            let Some(child) = self.child(node, character) else {
                return Longest { matched, open: false };
            };
            node = child;
            let entry = self.node_word(node, 2);
            if entry != 0 {
                matched = Some((start + character.len_utf8(), entry - 1));
            }
        }
        let open = self.node_word(node, 0) != 0;
        Longest { matched, open }
    }

    /// The entry with the given number, as [`Table::longest`] returns it.
    ///
    /// # Panics
    ///
    /// If the table has no entry of that number.
    pub fn entry(&self, number: usize) -> TableEntry<'_> {
        let [start, default_end, end, dictionary] =
            [0, 1, 2, 3].map(|field| self.entry_word(number, field));
        let mut names = self.strings[self.layout.names..].split(SEPARATOR);
        TableEntry {
            candidates: &self.strings[start..end],
            default_len: default_end - start,
            dictionary: names.nth(dictionary).unwrap_or_default(),
        }
    }

    /// The default candidate of the entry with the given number.
    ///
    /// # Panics
    ///
    /// If the table has no entry of that number.
    pub fn default(&self, number: usize) -> &str {
        &self.strings[self.entry_word(number, 0)..self.entry_word(number, 1)]
    }

    fn child(&self, node: usize, character: char) -> Option<usize> {
        let base = self.node_word(node, 0);
        let code = self.code(character);
        let child = base + code;
        let is_child = base != 0
            && code != 0
            && child < self.layout.node_count
            && self.node_word(child, 1) == node;
        is_child.then_some(child)
    }

    fn code(&self, character: char) -> usize {
        let (high, low) = (character as usize / 256, character as usize % 256);
        let page = word(&self.index, HEADER_WORDS + high);
        word(&self.index[self.layout.pages..], page * 256 + low)
    }

    fn node_word(&self, node: usize, field: usize) -> usize {
        word(&self.index[self.layout.nodes..], node * NODE_WORDS + field)
    }

    fn entry_word(&self, entry: usize, field: usize) -> usize {
        word(&self.index[self.layout.entries..], entry * ENTRY_WORDS + field)
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
