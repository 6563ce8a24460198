//! Words that are written in another way at the place: compiled at build time, used where they lie.
//!
//! | part | content |
//! |---|---|
//! | header | 32-bit words: number of slots, number of entries |
//! | pairs | a bit for each hash of the first two codes of a key |
//! | beginnings | a bit for each hash of two or more codes that a longer key begins with |
//! | slots | two words each: what tells keys apart (zero: empty), the number of the first entry |
//! | entries | sixteen bytes each: sources, table, last of its key, length of the key in codes, place and length of the key and of the value among the strings |
//! | strings | keys, as they are written, and values |

use crate::context::hash::Hash;

/// Where text is from, as a bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sources(pub u8);

impl Sources {
    pub const MAINLAND: Self = Self(1);
    pub const TAIWAN: Self = Self(2);
    pub const HONG_KONG: Self = Self(4);
    pub const TRADITIONAL: Self = Self(8);

    /// Whether both have one in common.
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// Which kind of table a row is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// How a place writes a word.
    Orthography = 0,
    /// Which word a place uses.
    Region = 1,
}

/// A row before it is compiled, by the build.
#[allow(dead_code, reason = "the build uses it")]
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// The word as the table has it.
    pub key: String,
    pub codes: Vec<u16>,
    /// What is written in its place; nothing if the row only keeps others off.
    pub value: String,
    pub sources: Sources,
    pub kind: Kind,
}

/// Bytes of the bits of pairs, and of beginnings.
const PAIRS: usize = 1 << 15;
const HEADER: usize = 8;
const ENTRY: usize = 16;
/// The longest key.
pub(crate) const LONGEST: usize = 16;

fn pair_bit(first: u16, second: u16) -> usize {
    let pair = u64::from(first) << 16 | u64::from(second);
    (pair.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as usize & (8 * PAIRS - 1)
}

fn beginning_bit(hash: Hash) -> usize {
    (hash.0 >> 40) as usize & (8 * PAIRS - 1)
}

fn check(hash: Hash) -> u32 {
    hash.0 as u32 | 1
}

fn slot_of(hash: Hash, slots: usize) -> usize {
    ((hash.0 >> 32) as usize * slots) >> 32
}

#[allow(dead_code, reason = "the build uses it")]
/// Lays out `rows`; of two with the same key and a source in common the first counts.
pub(crate) fn build(rows: &[Row]) -> Vec<u8> {
    let mut sorted: Vec<&Row> = rows.iter().filter(|row| row.codes.len() <= LONGEST).collect();
    sorted.sort_by(|a, b| a.codes.cmp(&b.codes));
    let groups: Vec<&[&Row]> = sorted.chunk_by(|a, b| a.codes == b.codes).collect();
    let slots = groups.len() * 2 + 1;
    let mut table = vec![0_u32; 2 * slots];
    let mut pairs = vec![0_u8; PAIRS];
    let mut beginnings = vec![0_u8; PAIRS];
    let (mut entries, mut strings) = (Vec::new(), String::new());
    for group in groups {
        let codes = &group[0].codes;
        if let [first, second, ..] = codes[..] {
            let bit = pair_bit(first, second);
            pairs[bit / 8] |= 1 << (bit % 8);
        }
        for end in 2..codes.len() {
            let bit = beginning_bit(Hash::of(&codes[..end]));
            beginnings[bit / 8] |= 1 << (bit % 8);
        }
        let hash = Hash::of(codes);
        let mut slot = slot_of(hash, slots);
        while table[2 * slot] != 0 {
            slot = (slot + 1) % slots;
        }
        table[2 * slot] = check(hash);
        table[2 * slot + 1] = (entries.len() / ENTRY) as u32;
        for (index, row) in group.iter().enumerate() {
            let is_last = index + 1 == group.len();
            let head = [row.sources.0, row.kind as u8, u8::from(is_last), codes.len() as u8];
            entries.extend(head);
            for text in [&row.key, &row.value] {
                entries.extend((strings.len() as u32 | (text.len() as u32) << 24).to_le_bytes());
                strings.push_str(text);
            }
            entries.extend([0; 4]);
        }
    }
    assert!(strings.len() < 1 << 24, "the words fit");
    let mut bytes: Vec<u8> = [slots as u32, (entries.len() / ENTRY) as u32]
        .into_iter()
        .flat_map(u32::to_le_bytes)
        .collect();
    bytes.extend(pairs);
    bytes.extend(beginnings);
    bytes.extend(table.into_iter().flat_map(u32::to_le_bytes));
    bytes.extend(entries);
    bytes.extend(strings.as_bytes());
    bytes
}

/// Finds words in the bytes that [`build`] made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WordTable {
    pairs: &'static [u8; PAIRS],
    beginnings: &'static [u8; PAIRS],
    slots: &'static [u8],
    entries: &'static [u8],
    strings: &'static str,
}

/// A word that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word {
    /// How many codes its key has.
    pub len: usize,
    pub key: &'static str,
    /// What is written in its place; nothing if it only keeps others off.
    pub value: Option<&'static str>,
    pub kind: Kind,
}

impl WordTable {
    pub fn new(bytes: &'static [u8]) -> Self {
        let word = |at: usize| {
            u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]) as usize
        };
        let (slots, entries) = (8 * word(0), ENTRY * word(4));
        let (pairs, rest) = bytes[HEADER..].split_first_chunk().expect("the pairs");
        let (beginnings, rest) = rest.split_first_chunk().expect("the beginnings");
        let (slots, rest) = rest.split_at(slots);
        let (entries, strings) = rest.split_at(entries);
        let strings = std::str::from_utf8(strings).expect("the strings are text");
        Self { pairs, beginnings, slots, entries, strings }
    }

    /// Whether a key may begin with these two codes.
    #[inline(always)]
    pub fn may_begin(&self, first: u16, second: u16) -> bool {
        let bit = pair_bit(first, second);
        self.pairs[bit / 8] >> (bit % 8) & 1 != 0
    }

    /// The longest word that `codes` begins with, that holds for one of the sources, and that
    /// `accept` accepts.
    pub fn find(
        &self,
        codes: &[u16],
        sources: Sources,
        kinds: &[Kind],
        mut accept: impl FnMut(&Word) -> bool,
    ) -> Option<Word> {
        let mut hash = Hash::START;
        // For each length the number of the first entry, from one.
        let mut entries = [0; LONGEST];
        let mut len = 0;
        for &code in codes.iter().take(LONGEST) {
            hash = hash.then(code);
            entries[len] = self.first_entry(hash);
            len += 1;
            if len > 1 && !self.goes_on(hash) {
                break;
            }
        }
        (1..=len).rev().find_map(|len| {
            let first = entries[len - 1].checked_sub(1)? as usize;
            self.words(first, len, sources, kinds).find(&mut accept)
        })
    }

    /// Whether longer keys may begin with what has this hash.
    fn goes_on(&self, hash: Hash) -> bool {
        let bit = beginning_bit(hash);
        self.beginnings[bit / 8] >> (bit % 8) & 1 != 0
    }

    /// The number of the first entry of the key with this hash, from one, or zero.
    fn first_entry(&self, hash: Hash) -> u32 {
        let (slots, _) = self.slots.as_chunks::<8>();
        let mut slot = slot_of(hash, slots.len());
        loop {
            let entry = u64::from_le_bytes(slots[slot]);
            if entry == 0 {
                return 0;
            }
            if entry as u32 == check(hash) {
                return 1 + (entry >> 32) as u32;
            }
            slot = if slot + 1 < slots.len() { slot + 1 } else { 0 };
        }
    }

    /// The words among the entries of a key, of which `first` is the first, that have so many codes
    /// and hold for one of the sources. Words in ASCII have the same codes if they are as long.
    fn words<'k>(
        self,
        first: usize,
        len: usize,
        sources: Sources,
        kinds: &'k [Kind],
    ) -> impl Iterator<Item = Word> + 'k {
        let (entries, _) = self.entries.as_chunks::<ENTRY>();
        let group = entries[first..].split_inclusive(|entry| entry[2] != 0).next().unwrap_or(&[]);
        group.iter().filter_map(move |entry| {
            let kind = if entry[1] == 0 { Kind::Orthography } else { Kind::Region };
            let holds = Sources(entry[0]).meets(sources) && kinds.contains(&kind);
            (holds && usize::from(entry[3]) == len).then(|| {
                let value = self.string(entry, 8);
                let value = (!value.is_empty()).then_some(value);
                Word { len, key: self.string(entry, 4), value, kind }
            })
        })
    }

    fn string(self, entry: &[u8; ENTRY], at: usize) -> &'static str {
        let place = u32::from_le_bytes([entry[at], entry[at + 1], entry[at + 2], entry[at + 3]]);
        let start = (place & 0xff_ffff) as usize;
        &self.strings[start..start + (place >> 24) as usize]
    }
}
