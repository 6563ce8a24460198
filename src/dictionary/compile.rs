use std::collections::HashMap;

use super::group::FlatEntry;
use super::trie::{self, Node};
use super::{Dictionary, DictionaryError, DictionaryGroup};

/// A group in compiled form: the two parts that a [`Table`](super::Table) is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompiledTable {
    /// Header, character codes, trie and entry records, all little-endian 32-bit numbers.
    pub index: Vec<u8>,
    /// The candidates of all entries, then the names of the dictionaries.
    pub strings: String,
}

/// What begins every index; changes with the layout.
pub(super) const MAGIC: u32 = u32::from_le_bytes(*b"JFT1");
/// The pages of 256 characters that Unicode has.
pub(super) const PAGES: usize = 0x110000 / 256;
/// 32-bit words of the header: magic, pages, nodes, entries, dictionaries, start of the names.
pub(super) const HEADER_WORDS: usize = 6;
/// 32-bit words of a trie node: base, check, entry.
pub(super) const NODE_WORDS: usize = 3;
/// 32-bit words of an entry: start, end of the default, end of all candidates, dictionary.
pub(super) const ENTRY_WORDS: usize = 4;
/// What stands between candidates, and after each dictionary's name; no entry holds it.
pub(super) const SEPARATOR: char = '\0';

/// Flattens `group` and lays its entries out as they are looked up.
///
/// ```
/// use jianfan::dictionary::{Dictionary, Entry, Table, compile};
///
/// let words = Dictionary::new("words", [Entry::new("头发", "頭髮")]).unwrap();
/// let table = Table::from(compile(&words.into()).unwrap());
/// assert_eq!(table.longest("头发长").matched, Some((6, 0)));
/// ```
///
/// # Errors
///
/// [`DictionaryError::TooLarge`] for more than 4 GiB of candidates or 2³¹ characters of keys.
pub fn compile(group: &DictionaryGroup) -> Result<CompiledTable, DictionaryError> {
    let flat = group.flatten();
    let codes = trie::assign_codes(flat.iter().map(|flat| flat.entry.key.as_str()));
    let nodes = build_trie(&flat, &codes)?;
    let mut strings = Strings::default();
    let records: Vec<u32> = flat.iter().flat_map(|flat| strings.add(flat)).collect();
    let names = strings.finish()?;
    let mut words = Vec::new();
    let (directory, pages) = build_pages(&codes);
    words.extend([MAGIC, pages.len() as u32 / 256, nodes.len() as u32]);
    words.extend([flat.len() as u32, names.count, names.start]);
    words.extend(directory);
    words.extend(pages);
    words.extend(nodes.iter().flat_map(|node| [node.base, node.check, node.entry]));
    words.extend(records);
    Ok(CompiledTable {
        index: words.into_iter().flat_map(u32::to_le_bytes).collect(),
        strings: names.strings,
    })
}

fn build_trie(
    flat: &[FlatEntry<'_>],
    codes: &HashMap<char, u32>,
) -> Result<Vec<Node>, DictionaryError> {
    let characters: usize = flat.iter().map(|flat| flat.entry.key.len()).sum();
    // Every slot number stays below the number of key characters plus that of the codes.
    if characters >= 1 << 31 {
        return Err(DictionaryError::TooLarge { what: "the keys" });
    }
    let encode = |key: &str| key.chars().map(|character| codes[&character]).collect();
    let mut keys: Vec<(Vec<u32>, u32)> =
        (0..).zip(flat).map(|(index, flat)| (encode(&flat.entry.key), index)).collect();
    keys.sort();
    let (keys, entries): (Vec<_>, Vec<_>) = keys.into_iter().unzip();
    Ok(trie::build(&keys, &entries))
}

/// The directory (for each 256 characters of Unicode the number of their page) and the pages
/// (256 codes each, zero for a character that is in no key). Page zero is empty.
fn build_pages(codes: &HashMap<char, u32>) -> (Vec<u32>, Vec<u32>) {
    let mut directory = vec![0; PAGES];
    let mut pages = vec![0; 256];
    let mut sorted: Vec<_> = codes.iter().collect();
    sorted.sort();
    for (&character, &code) in sorted {
        let (high, low) = (character as usize / 256, character as usize % 256);
        if directory[high] == 0 {
            directory[high] = pages.len() as u32 / 256;
            pages.resize(pages.len() + 256, 0);
        }
        pages[directory[high] as usize * 256 + low] = code;
    }
    (directory, pages)
}

#[derive(Default)]
struct Strings<'a> {
    text: String,
    dictionaries: Vec<&'a Dictionary>,
}

struct Names {
    strings: String,
    start: u32,
    count: u32,
}

impl<'a> Strings<'a> {
    /// Adds the candidates; returns the entry's record.
    fn add(&mut self, flat: &FlatEntry<'a>) -> [u32; ENTRY_WORDS] {
        let candidates = &flat.entry.candidates;
        let start = self.text.len();
        let default_end = start + candidates[0].len();
        for (index, candidate) in candidates.iter().enumerate() {
            if index > 0 {
                self.text.push(SEPARATOR);
            }
            self.text.push_str(candidate);
        }
        let end = self.text.len();
        // Numbers past 32 bits are refused by `finish`.
        [start as u32, default_end as u32, end as u32, self.number(flat.dictionary)]
    }

    fn number(&mut self, dictionary: &'a Dictionary) -> u32 {
        let known = self.dictionaries.iter().position(|one| std::ptr::eq(*one, dictionary));
        known.unwrap_or_else(|| {
            self.dictionaries.push(dictionary);
            self.dictionaries.len() - 1
        }) as u32
    }

    fn finish(mut self) -> Result<Names, DictionaryError> {
        let start = self.text.len();
        for dictionary in &self.dictionaries {
            self.text.push_str(&dictionary.name().replace(SEPARATOR, ""));
            self.text.push(SEPARATOR);
        }
        u32::try_from(self.text.len())
            .map_err(|_| DictionaryError::TooLarge { what: "the candidates" })?;
        Ok(Names { strings: self.text, start: start as u32, count: self.dictionaries.len() as u32 })
    }
}
