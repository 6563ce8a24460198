//! The keys of a [marisa-trie] image (library version 0.2 or 0.3, "grimoire" format).
//!
//! The image holds a trie in level order. Labels longer than a byte are moved out into a second
//! trie, and those of that one into a third; the last trie moves them into a buffer, the tail.
//! Everything is little-endian and padded to eight bytes:
//!
//! 1. sixteen bytes of header;
//! 2. for each trie, from the outside in: the shape (LOUDS bits), the flags of the nodes where
//!    keys end, the flags of the nodes whose label is a link, a label byte for each node, the
//!    upper parts of the links, and the tail, which is empty in all tries but the last;
//! 3. for each trie, from the inside out: a cache, the number of nodes below the root and the
//!    configuration.
//!
//! The id of a key is its rank among the nodes where keys end. This reader lists all keys once
//! and does not search, so it skips the caches and the indexes that only serve searching: damage
//! in them goes unnoticed, and does no harm.
//!
//! [marisa-trie]: https://github.com/s-yata/marisa-trie

mod bits;
mod level;
mod reader;
mod tail;
mod trie;

pub(super) use reader::Reader;
use trie::{Restorer, Trie};

/// Restoring the keys may take this many steps for each byte of the file …
const STEPS_PER_BYTE: usize = 64;
/// … and these on top, for small files whose keys share most of their text.
const FREE_STEPS: usize = 16 << 20;

/// Reads a trie and lists its keys by id. Errors say in plain English what is wrong.
pub(super) fn read_keys(reader: &mut Reader<'_>) -> Result<Vec<String>, String> {
    let budget = reader.remaining().saturating_mul(STEPS_PER_BYTE);
    let trie = Trie::read(reader)?;
    let mut restorer = Restorer::new(&trie, budget.saturating_add(FREE_STEPS));
    std::iter::zip(1.., trie.terminals()?)
        .map(|(number, node)| checked(number, restorer.key(node)?))
        .collect()
}

fn checked(number: usize, key: Vec<u8>) -> Result<String, String> {
    match String::from_utf8(key) {
        Err(_) => Err(format!("key {number} is not UTF-8")),
        Ok(key) if key.is_empty() => Err(format!("key {number} is empty")),
        Ok(key) if key.contains('\0') => Err(format!("key {number} holds a NUL character")),
        Ok(key) => Ok(key),
    }
}
