//! Compiled OpenCC dictionaries, the `.ocd2` files of OpenCC 1.1 and later.
//!
//! Such a file is the text `OPENCC_MARISA_0.2.5`, a [marisa-trie] image of the keys, and the
//! values, all little-endian:
//!
//! - the number of entries and the length of all texts in bytes (32 bits each);
//! - the texts one after another, each closed by a NUL;
//! - for each key, in the order of the keys' ids in the trie, the number of its values (16 bits)
//!   and the length of each with its NUL (16 bits).
//!
//! [marisa-trie]: https://github.com/s-yata/marisa-trie

use std::ffi::CStr;

use super::marisa::{Reader, read_keys};
use super::{Dictionary, DictionaryError, Entry, InvalidEntry};

const HEADER: &str = "OPENCC_MARISA_0.2.5";

/// Reads a compiled dictionary.
///
/// `name` is what errors and `explain` call it, usually the path. A key without a value becomes
/// itself, as in OpenCC.
///
/// The file may come from anywhere: whatever is in it, its size bounds the memory and the time
/// that reading it takes.
///
/// ```
/// use jianfan::dictionary::ocd2;
///
/// let error = ocd2::parse("house.ocd2", "软件\t軟體\n".as_bytes()).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "house.ocd2: not a readable .ocd2 dictionary: \
///      it does not begin with \u{201c}OPENCC_MARISA_0.2.5\u{201d}",
/// );
/// ```
///
/// # Errors
///
/// [`DictionaryError::Damaged`] for a file that is not an `.ocd2` dictionary, is cut short or
/// contradicts itself, and for keys and values that no dictionary can hold: text that is not
/// UTF-8 or holds a NUL, an empty key, a key that stands twice.
pub fn parse(name: &str, bytes: &[u8]) -> Result<Dictionary, DictionaryError> {
    let damaged = |problem| DictionaryError::Damaged { file: name.to_owned(), problem };
    let entries = read_entries(bytes).map_err(damaged)?;
    Dictionary::new(name, entries).map_err(|invalid| damaged(describe(invalid)))
}

fn read_entries(bytes: &[u8]) -> Result<Vec<Entry>, String> {
    let body = bytes
        .strip_prefix(HEADER.as_bytes())
        .ok_or_else(|| format!("it does not begin with \u{201c}{HEADER}\u{201d}"))?;
    let mut reader = Reader::new(body);
    let keys = read_keys(&mut reader)?;
    let entries = read_values(&mut reader, keys)?;
    match reader.remaining() {
        0 => Ok(entries),
        _ => Err("it goes on after the last value".to_owned()),
    }
}

fn read_values(reader: &mut Reader<'_>, keys: Vec<String>) -> Result<Vec<Entry>, String> {
    let count = reader.u32("the number of entries")?;
    if usize::try_from(count) != Ok(keys.len()) {
        return Err(format!("it has {} keys, but values for {count}", keys.len()));
    }
    let length = reader.u32("the length of the values")?;
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    let mut texts = Reader::new(reader.take(length, "the values")?);
    let entries = std::iter::zip(1.., keys)
        .map(|(number, key)| read_entry(key, number, reader, &mut texts))
        .collect::<Result<_, _>>()?;
    match texts.remaining() {
        0 => Ok(entries),
        _ => Err("it has values that belong to no key".to_owned()),
    }
}

/// Reads the values of the key with the given number: their lengths from `lengths`, themselves
/// from `texts`.
fn read_entry(
    key: String,
    number: usize,
    lengths: &mut Reader<'_>,
    texts: &mut Reader<'_>,
) -> Result<Entry, String> {
    let count = lengths.u16("the lengths of the values")?;
    if count == 0 {
        return Ok(Entry::new(key.clone(), key));
    }
    let value = |_| {
        let length = lengths.u16("the lengths of the values")?;
        let text = texts
            .try_take(length.into())
            .ok_or_else(|| format!("a value of key {number} lies outside the values"))?;
        read_value(text, number)
    };
    let candidates = (0..count).map(value).collect::<Result<_, _>>()?;
    Ok(Entry { key, candidates })
}

fn read_value(text: &[u8], number: usize) -> Result<String, String> {
    let text = CStr::from_bytes_with_nul(text)
        .map_err(|_| format!("a value of key {number} does not end at its only NUL"))?;
    let text = text.to_str().map_err(|_| format!("a value of key {number} is not UTF-8"))?;
    Ok(text.to_owned())
}

/// Says what is wrong in one line, however long the key and whatever control characters it holds.
fn describe(invalid: InvalidEntry) -> String {
    match invalid {
        InvalidEntry::Duplicate(key) => {
            let start: String = key.chars().take(20).collect();
            let ellipsis = if start.len() < key.len() { "…" } else { "" };
            format!("the key {start:?}{ellipsis} stands twice")
        }
        other => other.to_string(),
    }
}
