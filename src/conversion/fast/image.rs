//! The composed steps as bytes: laid out at build time, used where they lie.
//!
//! | part | content |
//! |---|---|
//! | header | 32-bit words: magic, pages, bits of the filters of pairs, of anchors and of records, bits of the slots, longest key |
//! | directory | for each 64 characters of the BMP the number of their page, two bytes each |
//! | pages | 64 words each: what to xor the UTF-8 bytes of a character with, and [`LOOK`], [`ODD`], [`ASK`] |
//! | filters | two bits for each hash: of two neighbours in a key; of an anchor with its neighbours; of the first characters of a record |
//! | slots | a word each: the lower end of the hash, and where its records are, from the start of the records |
//! | records | count in two bytes, then for each: length of the key, length of the value, rank, key, value; padded so that sixteen bytes can be read at any place |
//!
//! Page zero is that of 64 characters that stay as they are. Keys of the segmentation that don't
//! [tell](super::anchors) have no record: the table of the segmentation finds them.

use std::collections::BTreeSet;
use std::iter::repeat_n;

use super::anchors::{Anchors, tells};
use super::compose::{Composed, Rank, Record};
use super::hash::{hash_odd, hash_of, upper};

/// What begins every image; changes with the layout.
pub(super) const MAGIC: u32 = u32::from_le_bytes(*b"JFF4");
pub(super) const HEADER: usize = 7 * 4;
pub(super) const DIRECTORY: usize = 2 * 1024;
pub(super) const PAGE: usize = 64 * 4;
/// The bit of a page's word for a character that has to be looked at.
pub(super) const LOOK: u32 = 1 << 31;
/// The bit for one that keys have next to characters of other lengths.
pub(super) const ODD: u32 = 1 << 30;
/// The bit for one about which the steps are asked.
pub(super) const ASK: u32 = 1 << 29;
/// A slot without records. No bucket begins at the last place, behind which is padding.
pub(super) const EMPTY: u32 = u32::MAX;
/// Added to the rank of a record about which the steps are asked.
pub(super) const LEAVE: u8 = 0x80;
/// Added to the rank of a record which counts only if no key begins inside of it.
pub(super) const CHECK: u8 = 0x40;
/// How many bytes more than a record has may be read at its place.
pub(super) const PADDING: usize = 32;

/// The parts of an image.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parts<'a> {
    pub directory: &'a [u8],
    pub pages: &'a [u8],
    /// Of pairs, of anchors, of records.
    pub filters: [&'a [u8]; 3],
    pub slots: &'a [u8],
    pub records: &'a [u8],
    /// The bytes of the longest key.
    pub longest: usize,
}

impl<'a> Parts<'a> {
    /// The parts of an image that [`build`] made.
    pub fn of(image: &'a [u8]) -> Self {
        let field = |number: usize| {
            let at = 4 * number;
            u32::from_le_bytes([image[at], image[at + 1], image[at + 2], image[at + 3]])
        };
        assert_eq!(field(0), MAGIC, "not the image of composed steps");
        let (directory, rest) = image[HEADER..].split_at(DIRECTORY);
        let (pages, mut rest) = rest.split_at(field(1) as usize * PAGE);
        let filters = [2, 3, 4].map(|number| {
            let (filter, behind) = rest.split_at((1 << field(number)) / 8);
            rest = behind;
            filter
        });
        let (slots, records) = rest.split_at(4 << field(5));
        Self { directory, pages, filters, slots, records, longest: field(6) as usize }
    }
}

/// The image of `composed`; `None` if a key or a value is too long for it.
pub(crate) fn build(composed: &Composed) -> Option<Vec<u8>> {
    let anchors = Anchors::new(composed);
    let is_kept = |record: &&Record| record.rank != Rank::Segment || tells(composed, record);
    let buckets = Buckets::new(composed.records.iter().filter(is_kept))?;
    let keys: Vec<Vec<char>> =
        composed.records.iter().map(|record| record.key.chars().collect()).collect();
    let changing = composed.characters.keys().copied();
    let hashes = [pairs(&keys), looked_at(&keys, changing, &anchors), buckets.hashes()];
    let empty = || vec![0; (1 << LEAST_BITS) / 64];
    let filters = [0, 1, 2].map(|one| with_hashes(empty(), &hashes[one], SPARSENESS[one]));
    let mut characters = CharacterPages::default();
    let known = composed.characters.keys().chain(anchors.characters.keys());
    for &one in known.filter(|one| one.len_utf8() == 3) {
        *characters.word(one) = word(composed, &anchors, one);
    }
    let (slots, records) = buckets.slots();
    let longest = composed.records.iter().map(|record| record.key.len()).max();
    Some(write(&characters, &filters, &slots, &records, longest.unwrap_or(0)))
}

/// The image of such parts.
pub(super) fn write(
    characters: &CharacterPages,
    filters: &[Vec<u64>; 3],
    slots: &[u8],
    records: &[u8],
    longest: usize,
) -> Vec<u8> {
    let mut header = vec![MAGIC, (characters.pages.len() / 64) as u32];
    header.extend(filters.iter().map(|filter| (64 * filter.len()).ilog2()));
    header.extend([(slots.len() / 4).ilog2(), longest as u32]);
    let mut image: Vec<u8> = header.into_iter().flat_map(u32::to_le_bytes).collect();
    image.extend(characters.directory.iter().flat_map(|page| page.to_le_bytes()));
    image.extend(characters.pages.iter().flat_map(|word| word.to_le_bytes()));
    image.extend(filters.iter().flatten().flat_map(|word| word.to_le_bytes()));
    image.extend(slots);
    image.extend(records);
    image
}

/// The hashes of all neighbours in keys.
pub(super) fn pairs(keys: &[Vec<char>]) -> BTreeSet<u32> {
    keys.iter().flat_map(|key| key.windows(2)).map(|pair| upper(hash_of(pair))).collect()
}

/// The hashes of anchors with their neighbours, and of the characters of four bytes that don't
/// simply stay: those in keys, and of `changing`.
pub(super) fn looked_at(
    keys: &[Vec<char>],
    changing: impl Iterator<Item = char>,
    anchors: &Anchors,
) -> BTreeSet<u32> {
    let characters = keys.iter().flatten().copied().chain(changing);
    let long = characters.filter(|one| one.len_utf8() == 4);
    let long = long.map(|one| upper(hash_odd(one.into(), 0)));
    anchors.hashes.iter().copied().chain(long).collect()
}

/// A word for each character of three bytes.
pub(super) struct CharacterPages {
    pub directory: Vec<u16>,
    pub pages: Vec<u32>,
}

impl Default for CharacterPages {
    fn default() -> Self {
        Self { directory: vec![0; DIRECTORY / 2], pages: vec![0; 64] }
    }
}

impl CharacterPages {
    /// The word of `one`, on a page of its own if it had none.
    pub fn word(&mut self, one: char) -> &mut u32 {
        let (high, low) = (one as usize >> 6, one as usize & 0x3f);
        if self.directory[high] == 0 {
            // The BMP has 1024 pages.
            self.directory[high] = (self.pages.len() / 64) as u16;
            self.pages.resize(self.pages.len() + 64, 0);
        }
        &mut self.pages[self.directory[high] as usize * 64 + low]
    }
}

/// The word of a character.
fn word(composed: &Composed, anchors: &Anchors, one: char) -> u32 {
    let bytes = |character: char| {
        let mut bytes = [0; 4];
        character.encode_utf8(&mut bytes);
        u32::from_le_bytes(bytes)
    };
    let look = match anchors.characters.get(&one) {
        None => 0,
        Some(false) => LOOK,
        Some(true) => LOOK | ODD,
    };
    match composed.becomes(one) {
        Some(to) => look | (bytes(one) ^ bytes(to)),
        None => LOOK | ASK,
    }
}

/// A filter that has those of `words` and `hashes`, with so many bits for each of `hashes` at least.
///
/// Two bits of one word stand for a hash. The uppermost bits of the hash say which word, so that each
/// stands for as many of those of a larger filter.
pub(super) fn with_hashes(words: Vec<u64>, hashes: &BTreeSet<u32>, sparseness: usize) -> Vec<u64> {
    let wanted = (sparseness * hashes.len()).next_power_of_two() / 64;
    let times = (wanted / words.len()).max(1);
    let mut words: Vec<u64> = words.into_iter().flat_map(|word| repeat_n(word, times)).collect();
    let bits = (64 * words.len()).ilog2();
    for &hash in hashes {
        words[word_of(hash, bits)] |= mask_of(hash);
    }
    words
}

/// Which word of a filter of `1 << bits` bits a hash has its bits in.
#[inline(always)]
pub(super) fn word_of(hash: u32, bits: u32) -> usize {
    (hash >> (32 - bits + 6)) as usize
}

/// Which bits those are.
#[inline(always)]
pub(super) fn mask_of(hash: u32) -> u64 {
    1 << (hash & 63) | 1 << (hash >> 6 & 63)
}

/// Bits for each hash of two neighbours, of an anchor with its neighbours, and of a record. Most
/// anchors are dismissed, so that theirs must be right more often.
pub(super) const SPARSENESS: [usize; 3] = [8, 32, 16];

/// A filter of a KiB costs nothing.
const LEAST_BITS: u32 = 13;

/// The records by the hash of their first two or three characters, each bucket in the order in
/// which its records are tried.
struct Buckets(Vec<(u32, Vec<u8>)>);

impl Buckets {
    fn new<'a>(records: impl Iterator<Item = &'a Record>) -> Option<Self> {
        let mut sorted: Vec<(u32, &Record)> =
            records.map(|record| (hash_of_start(&record.key), record)).collect();
        let order = |&(hash, record): &(u32, &Record)| {
            (hash, record.rank, std::cmp::Reverse(record.key.len()), record.key.clone())
        };
        sorted.sort_by_key(order);
        let mut buckets: Vec<(u32, Vec<u8>)> = Vec::new();
        for (hash, record) in sorted {
            if buckets.last().is_none_or(|bucket| bucket.0 != hash) {
                buckets.push((hash, vec![0; 2]));
            }
            let (_, bytes) = buckets.last_mut()?;
            let count = u16::from_le_bytes([bytes[0], bytes[1]]).checked_add(1)?;
            bytes[..2].copy_from_slice(&count.to_le_bytes());
            write_record(record, bytes)?;
        }
        Some(Self(buckets))
    }

    fn hashes(&self) -> BTreeSet<u32> {
        self.0.iter().map(|(hash, _)| *hash).collect()
    }

    /// The slots, in which a hash is looked for from its own slot on, and all records.
    fn slots(self) -> (Vec<u8>, Vec<u8>) {
        let len: usize = self.0.iter().map(|(_, bucket)| bucket.len()).sum::<usize>() + PADDING;
        let place_bits = place_bits(len);
        // One in eight is free, and one at least.
        let bits = (self.0.len() * 8 / 7 + 2).next_power_of_two().ilog2();
        let mut slots = vec![EMPTY; 1 << bits];
        let mut records = Vec::new();
        for (hash, bucket) in self.0 {
            let mut slot = (hash >> (32 - bits)) as usize;
            while slots[slot] != EMPTY {
                slot = (slot + 1) % slots.len();
            }
            slots[slot] = hash << place_bits | records.len() as u32;
            records.extend(bucket);
        }
        records.extend([0; PADDING]);
        (slots.into_iter().flat_map(u32::to_le_bytes).collect(), records)
    }
}

/// How many bits a place in records of so many bytes has in a slot.
pub(super) fn place_bits(len: usize) -> u32 {
    len.ilog2() + 1
}

/// What a record is found by: the first three characters of its key if all of them have three
/// bytes, or else the first two.
fn hash_of_start(key: &str) -> u32 {
    let start: Vec<char> = key.chars().take(3).collect();
    upper(hash_of(&start))
}

fn write_record(record: &Record, bytes: &mut Vec<u8>) -> Option<()> {
    let (value, leave) = match &record.value {
        Some(value) => (value.as_str(), 0),
        None => ("", LEAVE),
    };
    let check = if record.check { CHECK } else { 0 };
    let rank = record.rank as u8 | leave | check;
    bytes.extend([record.key.len().try_into().ok()?, value.len().try_into().ok()?, rank]);
    bytes.extend(record.key.as_bytes());
    bytes.extend(value.as_bytes());
    Some(())
}
