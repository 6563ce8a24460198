//! Words that are written in another way at the place: compiled at build time, used where they lie.
//!
//! | part | content |
//! |---|---|
//! | header | 32-bit words: number of slots, number of entries |
//! | pairs | a bit for each hash of the first two codes of a key |
//! | marks | two bits for each hash of codes: one if they may be a key, two if a longer key may begin with them |
//! | slots | two words each: what tells keys apart (zero: empty), the number of the first entry |
//! | entries | sixteen bytes each, see [`Entry`] |
//! | strings | keys, as they are written, and values |

use crate::context::hash::Hash;

/// Where text is from, as a bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Sources(pub u8);

impl Sources {
    pub const MAINLAND: Self = Self(1);
    pub const TAIWAN: Self = Self(2);
    pub const HONG_KONG: Self = Self(4);
    pub const TRADITIONAL: Self = Self(8);
    pub const SINGAPORE: Self = Self(16);
    pub const MALAYSIA: Self = Self(32);
    pub const MACAU: Self = Self(64);
    #[allow(dead_code, reason = "the build uses it")]
    pub const ALL: Self = Self(0x7f);

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

/// Where text goes, of the places that share a table: a bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Places(pub u8);

impl Places {
    /// The place that the table is named after.
    pub const FIRST: Self = Self(1);
    /// Macau beside Hong Kong, Singapore beside the mainland.
    pub const SECOND: Self = Self(2);
    /// Malaysia beside the mainland.
    pub const THIRD: Self = Self(4);
    #[allow(dead_code, reason = "the build uses it")]
    pub const ALL: Self = Self(7);

    /// Whether both have one in common.
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// What an entry is for, and what it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entry {
    pub kind: Kind,
    pub sources: Sources,
    pub places: Places,
    /// The table of regional words that it is from.
    pub field: u8,
    /// The number of its condition, from one; zero if it holds everywhere.
    pub condition: u16,
    /// The word is one of the place's own: it only keeps shorter keys off, and has its spelling.
    pub stays: bool,
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
    pub entry: Entry,
}

/// Bytes of the bits of pairs.
const PAIRS: usize = 1 << 15;
/// Bytes of the marks, and what they say.
const MARKS: usize = 1 << 16;
const KEY: u8 = 1;
const BEGINNING: u8 = 2;
const HEADER: usize = 8;
/// Bytes of an entry: sources, places, flags (one for the kind, two if it is the last of its key, four if that has
/// ASCII characters, eight if it stays), length of the key in codes, place and length of the key and of the value among the strings,
/// condition (two bytes), field, nothing.
const ENTRY: usize = 16;
/// The longest key.
pub(crate) const LONGEST: usize = 16;

fn pair_bit(first: u16, second: u16) -> usize {
    let pair = u64::from(first) << 16 | u64::from(second);
    (pair.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as usize & (8 * PAIRS - 1)
}

/// Where the mark of what has this hash is: its byte, and how far it is shifted in it.
fn mark_of(hash: Hash) -> (usize, usize) {
    let mark = (hash.0 >> 40) as usize & (4 * MARKS - 1);
    (mark / 4, 2 * (mark % 4))
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
    let mut marks = vec![0_u8; MARKS];
    let (mut entries, mut strings) = (Vec::new(), String::new());
    for group in groups {
        let codes = &group[0].codes;
        if let [first, second, ..] = codes[..] {
            let bit = pair_bit(first, second);
            pairs[bit / 8] |= 1 << (bit % 8);
        }
        for end in 1..=codes.len() {
            let (byte, shift) = mark_of(Hash::of(&codes[..end]));
            marks[byte] |= if end == codes.len() { KEY } else { BEGINNING } << shift;
        }
        let hash = Hash::of(codes);
        let mut slot = slot_of(hash, slots);
        while table[2 * slot] != 0 {
            slot = (slot + 1) % slots;
        }
        table[2 * slot] = check(hash);
        table[2 * slot + 1] = (entries.len() / ENTRY) as u32;
        for (index, row) in group.iter().enumerate() {
            let Entry { kind, sources, places, field, condition, stays } = row.entry;
            let is_last = index + 1 == group.len();
            let has_letters = row.key.bytes().any(|byte| byte.is_ascii());
            let bits = [kind == Kind::Region, is_last, has_letters, stays];
            let flags = bits.iter().rev().fold(0, |flags, &bit| flags << 1 | u8::from(bit));
            entries.extend([sources.0, places.0, flags, codes.len() as u8]);
            for text in [&row.key, &row.value] {
                entries.extend((strings.len() as u32 | (text.len() as u32) << 24).to_le_bytes());
                strings.push_str(text);
            }
            entries.extend(condition.to_le_bytes());
            entries.extend([field, 0]);
        }
    }
    assert!(strings.len() < 1 << 24, "the words fit");
    let mut bytes: Vec<u8> = [slots as u32, (entries.len() / ENTRY) as u32]
        .into_iter()
        .flat_map(u32::to_le_bytes)
        .collect();
    bytes.extend(pairs);
    bytes.extend(marks);
    bytes.extend(table.into_iter().flat_map(u32::to_le_bytes));
    bytes.extend(entries);
    bytes.extend(strings.as_bytes());
    bytes
}

/// Finds words in the bytes that [`build`] made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WordTable {
    pairs: &'static [u8; PAIRS],
    marks: &'static [u8; MARKS],
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
    /// Whether the key has ASCII characters, of which several have one code.
    pub has_letters: bool,
    /// What is written in its place; nothing if it only keeps others off.
    pub value: Option<&'static str>,
    pub entry: Entry,
}

impl WordTable {
    pub fn new(bytes: &'static [u8]) -> Self {
        let word = |at: usize| {
            u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]) as usize
        };
        let (slots, entries) = (8 * word(0), ENTRY * word(4));
        let (pairs, rest) = bytes[HEADER..].split_first_chunk().expect("the pairs");
        let (marks, rest) = rest.split_first_chunk().expect("the marks");
        let (slots, rest) = rest.split_at(slots);
        let (entries, strings) = rest.split_at(entries);
        let strings = std::str::from_utf8(strings).expect("the strings are text");
        Self { pairs, marks, slots, entries, strings }
    }

    /// Whether a key may begin with these two codes.
    #[inline(always)]
    pub fn may_begin(&self, first: u16, second: u16) -> bool {
        let bit = pair_bit(first, second);
        self.pairs[bit / 8] >> (bit % 8) & 1 != 0
    }

    /// The longest word that `codes` begins with and that `accept` accepts.
    #[inline]
    pub fn find(&self, codes: &[u16], mut accept: impl FnMut(&Word) -> bool) -> Option<Word> {
        let mut hash = Hash::START;
        // The hashes of what may be a key, by its length.
        let mut hashes = [Hash::START; LONGEST + 1];
        let mut keys = 0_u32;
        for (&code, len) in codes.iter().zip(1..=LONGEST) {
            hash = hash.then(code);
            hashes[len] = hash;
            let mark = self.mark(hash);
            keys |= u32::from(mark & KEY) << len;
            if mark & BEGINNING == 0 {
                break;
            }
        }
        while keys != 0 {
            let len = keys.ilog2() as usize;
            keys ^= 1 << len;
            let found = self
                .first_entry(hashes[len])
                .and_then(|first| self.words(first, len).find(&mut accept));
            if found.is_some() {
                return found;
            }
        }
        None
    }

    #[inline]
    fn mark(&self, hash: Hash) -> u8 {
        let (byte, shift) = mark_of(hash);
        self.marks[byte] >> shift & (KEY | BEGINNING)
    }

    /// The number of the first entry of the key with this hash.
    fn first_entry(&self, hash: Hash) -> Option<usize> {
        let (slots, _) = self.slots.as_chunks::<8>();
        let mut slot = slot_of(hash, slots.len());
        loop {
            let entry = u64::from_le_bytes(slots[slot]);
            if entry == 0 {
                return None;
            }
            if entry as u32 == check(hash) {
                return Some((entry >> 32) as usize);
            }
            slot = if slot + 1 < slots.len() { slot + 1 } else { 0 };
        }
    }

    /// The words among the entries of a key, of which `first` is the first, that have so many codes.
    /// Words in ASCII have the same codes if they are as long.
    fn words(self, first: usize, len: usize) -> impl Iterator<Item = Word> {
        let (entries, _) = self.entries.as_chunks::<ENTRY>();
        let group = entries[first..].split_inclusive(|entry| entry[2] & 2 != 0).next();
        let group = group.unwrap_or(&[]).iter().filter(move |entry| usize::from(entry[3]) == len);
        group.map(move |bytes| {
            let value = self.string(bytes, 8);
            let entry = Entry {
                kind: if bytes[2] & 1 == 0 { Kind::Orthography } else { Kind::Region },
                sources: Sources(bytes[0]),
                places: Places(bytes[1]),
                field: bytes[14],
                condition: u16::from_le_bytes([bytes[12], bytes[13]]),
                stays: bytes[2] & 8 != 0,
            };
            let value = (!value.is_empty()).then_some(value);
            Word { len, key: self.string(bytes, 4), has_letters: bytes[2] & 4 != 0, value, entry }
        })
    }

    fn string(self, entry: &[u8; ENTRY], at: usize) -> &'static str {
        let place = u32::from_le_bytes([entry[at], entry[at + 1], entry[at + 2], entry[at + 3]]);
        let start = (place & 0xff_ffff) as usize;
        &self.strings[start..start + (place >> 24) as usize]
    }
}
