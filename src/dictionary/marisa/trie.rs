//! A nested trie, and how its keys are put together again.

use super::level::{Label, Level};
use super::reader::Reader;
use super::tail::Tail;

const MAGIC: &[u8] = b"We love Marisa.\0";
const CACHE_WIDTH: u64 = 12;
/// The deepest nesting marisa can be asked for.
const MAX_LEVELS: usize = 127;

/// Keys as paths of a trie whose longer labels are paths of a second trie, and so on; the longer
/// labels of the last trie stand in the tail.
pub(super) struct Trie<'a> {
    outermost: Level<'a>,
    nested: Vec<Level<'a>>,
    tail: Tail<'a>,
}

impl<'a> Trie<'a> {
    /// Reads the levels from the outside in, then their closing parts.
    pub(super) fn read(reader: &mut Reader<'a>) -> Result<Self, String> {
        if reader.take(MAGIC.len(), "the header of the trie")? != MAGIC {
            return Err("the header of the trie is wrong".to_owned());
        }
        let trie = Self::read_levels(reader)?;
        for _ in 0..=trie.nested.len() {
            skip_closing_part(reader)?;
        }
        Ok(trie)
    }

    fn read_levels(reader: &mut Reader<'a>) -> Result<Self, String> {
        let (outermost, mut tail) = Level::read(reader)?;
        let mut nested = Vec::new();
        let mut has_links = outermost.has_links();
        while has_links && tail.is_empty() {
            let number = nested.len() + 2;
            if number > MAX_LEVELS {
                return Err(format!("more than {MAX_LEVELS} tries are nested"));
            }
            let level;
            (level, tail) =
                Level::read(reader).map_err(|problem| format!("in trie {number}, {problem}"))?;
            has_links = level.has_links();
            nested.push(level);
        }
        Ok(Self { outermost, nested, tail })
    }

    /// The nodes at which keys end, in the order of the keys' ids.
    pub(super) fn terminals(&self) -> Result<impl Iterator<Item = usize>, String> {
        let flags = &self.outermost.terminals;
        let nodes = self.outermost.nodes.len();
        // marisa appends one flag that belongs to no node.
        if flags.len() != nodes + 1 || flags.get(nodes) == Some(true) {
            return Err("the terminal flags do not fit the number of nodes".to_owned());
        }
        Ok(std::iter::zip(0.., flags.iter()).filter_map(|(node, flag)| flag.then_some(node)))
    }
}

/// Skips what only serves searching: the cache, the number of nodes below the root and the
/// configuration.
fn skip_closing_part(reader: &mut Reader<'_>) -> Result<(), String> {
    reader.vector(CACHE_WIDTH, "the cache")?;
    reader.u32("the number of first-level nodes")?;
    reader.u32("the configuration")?;
    Ok(())
}

/// Puts keys together, within a limit: in a crafted trie, each level may multiply the length.
pub(super) struct Restorer<'a> {
    trie: &'a Trie<'a>,
    /// How many more labels and bytes may be visited.
    budget: usize,
}

impl<'a> Restorer<'a> {
    pub(super) fn new(trie: &'a Trie<'a>, budget: usize) -> Self {
        Self { trie, budget }
    }

    /// The key that ends at `node`.
    pub(super) fn key(&mut self, node: usize) -> Result<Vec<u8>, String> {
        let upwards: Vec<Label> = self.trie.outermost.upwards(node).collect();
        let mut key = Vec::new();
        for label in upwards.into_iter().rev() {
            self.append(label, &self.trie.nested, &mut key)?;
        }
        Ok(key)
    }

    /// Appends the text of `label`, whose link would lead into the first of the `inner` tries.
    ///
    /// The inner tries hold their texts backwards, so that going up to the root reads forwards.
    fn append(
        &mut self,
        label: Label,
        inner: &[Level<'_>],
        key: &mut Vec<u8>,
    ) -> Result<(), String> {
        self.spend(1)?;
        match (label, inner.split_first()) {
            (Label::Byte(byte), _) => key.push(byte),
            (Label::Link(offset), None) => {
                let text = self.trie.tail.label(offset)?;
                self.spend(text.len())?;
                key.extend_from_slice(text);
            }
            (Label::Link(node), Some((next, inner))) => {
                if node == 0 || node >= next.nodes.len() {
                    return Err("a label links to a node that is not there".to_owned());
                }
                for label in next.upwards(node) {
                    self.append(label, inner, key)?;
                }
            }
        }
        Ok(())
    }

    fn spend(&mut self, amount: usize) -> Result<(), String> {
        self.budget = self
            .budget
            .checked_sub(amount)
            .ok_or("the keys are far longer than a file of this size justifies")?;
        Ok(())
    }
}
