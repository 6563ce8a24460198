//! Words that are written in another way at the place: laid out by [`layout`](super::layout), used
//! where they lie.
//!
//! | part | content |
//! |---|---|
//! | header | 32-bit words: number of buckets, of heads |
//! | pairs | a bit for each hash of the first two codes of a key |
//! | marks | two bits for each hash of codes: one if they may be a key, two if a longer key may begin with them |
//! | buckets | a word each: the number of its first row; one more for the end |
//! | heads | eight bytes each, see [`HEAD`] |
//! | rows | twelve bytes each, see [`ROW`], by the buckets of their keys; those of one key in their order |
//!
//! The values lie apart, as text. Keys don't: a hash tells them. Those with ASCII characters, of
//! which several have one code, stand before their values.

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
    /// Simplified text of which nothing else is known. Only its words are looked at by this.
    pub const SIMPLIFIED: Self = Self(128);
    #[allow(dead_code, reason = "the build uses it")]
    pub const ALL: Self = Self(0xff);

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
    /// A row of orthography that stays is for words that have that spelling already.
    pub stays: bool,
}

/// Bytes of the bits of pairs.
pub(crate) const PAIRS: usize = 1 << 15;
/// Bytes of the marks, and what they say.
pub(crate) const MARKS: usize = 1 << 16;
pub(crate) const KEY: u8 = 1;
pub(crate) const BEGINNING: u8 = 2;
pub(crate) const HEADER: usize = 8;
/// Bytes of a head, of which many rows have the same: sources, places, flags (one for the kind, two
/// if it stays, four if the key has ASCII characters), field, condition (two bytes), nothing (two).
pub(crate) const HEAD: usize = 8;
/// Bytes of a row: what tells keys apart (four), the place (three) and the length of the value, the
/// number of the head (two), length of the key in codes, nothing.
pub(crate) const ROW: usize = 12;
/// The longest key.
pub(crate) const LONGEST: usize = 16;

pub(crate) fn pair_bit(first: u16, second: u16) -> usize {
    let pair = u64::from(first) << 16 | u64::from(second);
    (pair.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as usize & (8 * PAIRS - 1)
}

/// Where the mark of what has this hash is: its byte, and how far it is shifted in it.
pub(crate) fn mark_of(hash: Hash) -> (usize, usize) {
    let mark = (hash.0 >> 40) as usize & (4 * MARKS - 1);
    (mark / 4, 2 * (mark % 4))
}

pub(crate) fn check(hash: Hash) -> u32 {
    hash.0 as u32 | 1
}

pub(crate) fn bucket_of(hash: Hash, buckets: usize) -> usize {
    ((hash.0 >> 32) as usize * buckets) >> 32
}

/// Whose table of words it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    Builtin,
    User,
}

/// Finds words in bytes that were laid out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WordTable<'a> {
    pairs: &'a [u8; PAIRS],
    marks: &'a [u8; MARKS],
    buckets: &'a [[u8; 4]],
    heads: &'a [[u8; HEAD]],
    rows: &'a [[u8; ROW]],
    strings: &'a str,
    origin: Origin,
}

/// A word that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word {
    /// How many codes its key has.
    pub len: usize,
    /// Whether the key has ASCII characters, of which several have one code.
    pub has_letters: bool,
    pub entry: Entry,
    /// Whose table it is in.
    pub origin: Origin,
    /// Where its value is, and how long.
    value: (usize, usize),
}

impl<'a> WordTable<'a> {
    /// The table of these bytes, and the text of its values.
    pub fn new(bytes: &'a [u8], strings: &'a str, origin: Origin) -> Self {
        let word = |at: usize| {
            u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]) as usize
        };
        let (pairs, rest) = bytes[HEADER..].split_first_chunk().expect("the pairs");
        let (marks, rest) = rest.split_first_chunk().expect("the marks");
        let (buckets, rest) = rest.split_at(4 * (word(0) + 1));
        let (heads, rows) = rest.split_at(HEAD * word(4));
        let (buckets, heads, rows) =
            (buckets.as_chunks().0, heads.as_chunks().0, rows.as_chunks().0);
        Self { pairs, marks, buckets, heads, rows, strings, origin }
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
        // A bit for each length of what may be a key.
        let mut keys = 0_u32;
        for (&code, len) in codes.iter().zip(1..=LONGEST) {
            hash = hash.then(code);
            let mark = self.mark(hash);
            keys |= u32::from(mark & KEY) << len;
            if mark & BEGINNING == 0 {
                break;
            }
        }
        while keys != 0 {
            let len = keys.ilog2() as usize;
            keys ^= 1 << len;
            let found = self.words(Hash::of(&codes[..len]), len).find(&mut accept);
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

    /// The words of the key with this hash and so many codes, in the order in which they count.
    #[inline]
    fn words(&self, hash: Hash, len: usize) -> impl Iterator<Item = Word> {
        let bucket = bucket_of(hash, self.buckets.len() - 1);
        let [first, end] =
            [bucket, bucket + 1].map(|number| u32::from_le_bytes(self.buckets[number]) as usize);
        let is_key = move |row: &&[u8; ROW]| {
            let [a, b, c, d, .., own_len, _] = **row;
            u32::from_le_bytes([a, b, c, d]) == check(hash) && usize::from(own_len) == len
        };
        self.rows[first..end].iter().filter(is_key).map(|row| self.word(row))
    }

    fn word(&self, row: &[u8; ROW]) -> Word {
        let &[_, _, _, _, low, middle, high, value_len, head_low, head_high, len, _] = row;
        let head = self.heads[usize::from(u16::from_le_bytes([head_low, head_high]))];
        let entry = Entry {
            kind: if head[2] & 1 == 0 { Kind::Orthography } else { Kind::Region },
            sources: Sources(head[0]),
            places: Places(head[1]),
            field: head[3],
            condition: u16::from_le_bytes([head[4], head[5]]),
            stays: head[2] & 2 != 0,
        };
        let start = u32::from_le_bytes([low, middle, high, 0]) as usize;
        let value = (start, usize::from(value_len));
        let (len, has_letters) = (usize::from(len), head[2] & 4 != 0);
        Word { len, has_letters, entry, origin: self.origin, value }
    }

    /// What is written in the word's place; nothing if it only keeps others off.
    pub fn value(&self, word: &Word) -> Option<&'a str> {
        let (start, len) = word.value;
        (len > 0).then(|| &self.strings[start..start + len])
    }

    /// The characters of a key that has ASCII ones.
    pub fn key(&self, word: &Word) -> impl DoubleEndedIterator<Item = char> + use<'a> {
        let before = &self.strings[..word.value.0];
        let start = before.char_indices().rev().nth(word.len - 1).map_or(0, |(start, _)| start);
        before[start..].chars()
    }
}
