use std::collections::HashMap;

use super::group::FlatEntry;
use super::trie::{self, Node};
use super::{Dictionary, DictionaryError, DictionaryGroup};

/// A group in compiled form: the two parts that a [`Table`](super::Table) is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompiledTable {
    /// Header, character codes, trie, and where the candidates of each entry are; all numbers
    /// little-endian.
    ///
    /// | part | content |
    /// |---|---|
    /// | header | 32-bit words: magic, pages, nodes, entries, start of the names, bytes of a code |
    /// | directory | for each 256 characters of Unicode the number of their page, 16 bits each |
    /// | pages | 256 codes each, zero for a character that is in no key; page zero is empty |
    /// | nodes | two words each: base, the uppermost bit of which says that a key ends, and check |
    /// | ranks | for each 64 nodes how many keys end before them, 32 bits, and at which, 64 bits |
    /// | entries | in the order of their nodes: where the candidates begin, a word each and one for the end; then the number of the dictionary, 16 bits each |
    pub index: Vec<u8>,
    /// The candidates of all entries, then the names of the dictionaries.
    pub strings: String,
}

/// What begins every index; changes with the layout.
pub(super) const MAGIC: u32 = u32::from_le_bytes(*b"JFT2");
/// The pages of 256 characters that Unicode has.
pub(super) const PAGES: usize = 0x110000 / 256;
/// 32-bit words of the header.
pub(super) const HEADER_WORDS: usize = 6;
/// The bit of a node's base that says that a key ends there.
pub(super) const ENTRY: u32 = 1 << 31;
/// Nodes that share a rank, and the bytes of a rank with their bits.
pub(super) const RANK_NODES: usize = 64;
pub(super) const RANK_BYTES: usize = 4 + 8;
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
/// [`DictionaryError::TooLarge`] for more than 4 GiB of candidates, 2³¹ characters of keys, or 2¹⁶
/// dictionaries.
pub fn compile(group: &DictionaryGroup) -> Result<CompiledTable, DictionaryError> {
    let flat = group.flatten();
    let codes = trie::assign_codes(flat.iter().map(|flat| flat.entry.key.as_str()));
    let nodes = build_trie(&flat, &codes)?;
    let entries = nodes.iter().filter_map(|node| node.entry.checked_sub(1));
    let mut strings = Strings::default();
    let entries: Vec<(u32, u16)> =
        entries.map(|entry| strings.add(&flat[entry as usize])).collect::<Result<_, _>>()?;
    let names = strings.finish()?;
    let code_len = if u16::try_from(codes.len()).is_ok() { 2 } else { 4 };
    let (directory, pages) = build_pages(&codes);
    let header = [
        MAGIC,
        pages.len() as u32 / 256,
        nodes.len() as u32,
        entries.len() as u32,
        names.start,
        code_len as u32,
    ];
    let mut index: Vec<u8> = header.into_iter().flat_map(u32::to_le_bytes).collect();
    index.extend(directory.into_iter().flat_map(u16::to_le_bytes));
    let code_bytes = |code: u32| code.to_le_bytes().into_iter().take(code_len);
    index.extend(pages.into_iter().flat_map(code_bytes));
    for node in &nodes {
        let entry = if node.entry > 0 { ENTRY } else { 0 };
        index.extend([node.base | entry, node.check].into_iter().flat_map(u32::to_le_bytes));
    }
    index.extend(ranks(&nodes));
    let starts = entries.iter().map(|(start, _)| *start).chain([names.start]);
    index.extend(starts.flat_map(u32::to_le_bytes));
    index.extend(entries.iter().flat_map(|(_, dictionary)| dictionary.to_le_bytes()));
    Ok(CompiledTable { index, strings: names.strings })
}

/// For each 64 nodes how many keys end before them, and at which of them keys end.
fn ranks(nodes: &[Node]) -> Vec<u8> {
    let (mut bytes, mut rank) = (Vec::new(), 0_u32);
    for some in nodes.chunks(RANK_NODES) {
        let ends = (0..).zip(some).filter(|(_, node)| node.entry > 0);
        let bits = ends.fold(0_u64, |bits, (place, _)| bits | 1 << place);
        bytes.extend(rank.to_le_bytes());
        bytes.extend(bits.to_le_bytes());
        rank += bits.count_ones();
    }
    bytes
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

/// The directory and the pages of an index.
fn build_pages(codes: &HashMap<char, u32>) -> (Vec<u16>, Vec<u32>) {
    let mut directory = vec![0; PAGES];
    let mut pages = vec![0; 256];
    let mut sorted: Vec<_> = codes.iter().collect();
    sorted.sort();
    for (&character, &code) in sorted {
        let (high, low) = (character as usize / 256, character as usize % 256);
        if directory[high] == 0 {
            // Unicode has 4352 pages.
            directory[high] = (pages.len() / 256) as u16;
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
}

impl<'a> Strings<'a> {
    /// Adds the candidates; returns where they begin, and the number of the dictionary.
    fn add(&mut self, flat: &FlatEntry<'a>) -> Result<(u32, u16), DictionaryError> {
        let start = self.text.len();
        for (index, candidate) in flat.entry.candidates.iter().enumerate() {
            if index > 0 {
                self.text.push(SEPARATOR);
            }
            self.text.push_str(candidate);
        }
        // Numbers past 32 bits are refused by `finish`.
        Ok((start as u32, self.number(flat.dictionary)?))
    }

    fn number(&mut self, dictionary: &'a Dictionary) -> Result<u16, DictionaryError> {
        let known = self.dictionaries.iter().position(|one| std::ptr::eq(*one, dictionary));
        let number = known.unwrap_or_else(|| {
            self.dictionaries.push(dictionary);
            self.dictionaries.len() - 1
        });
        number
            .try_into()
            .map_err(|_| DictionaryError::TooLarge { what: "the list of dictionaries" })
    }

    fn finish(mut self) -> Result<Names, DictionaryError> {
        let start = self.text.len();
        for dictionary in &self.dictionaries {
            self.text.push_str(&dictionary.name().replace(SEPARATOR, ""));
            self.text.push(SEPARATOR);
        }
        u32::try_from(self.text.len())
            .map_err(|_| DictionaryError::TooLarge { what: "the candidates" })?;
        Ok(Names { strings: self.text, start: start as u32 })
    }
}
