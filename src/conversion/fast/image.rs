//! The composed steps as bytes: laid out at build time, used where they lie.
//!
//! | part | content |
//! |---|---|
//! | header | 32-bit words: magic, pages, bits of the filters of pairs, of anchors and of records, bits of the slots, longest key |
//! | directory | for each 64 characters of the BMP the number of their page, two bytes each |
//! | pages | 64 words each: what to xor the UTF-8 bytes of a character with, and [`LOOK`], [`ODD`], [`ASK`] |
//! | filters | two bits for each hash: of two neighbours in a key; of an anchor with its neighbours; of the first characters of a record |
//! | slots | two words each: the hash, and where its records are, from the start of the records |
//! | records | count in two bytes, then for each: length of the key, length of the value, rank, key, value; padded so that sixteen bytes can be read at any place |
//!
//! Page zero is that of 64 characters that stay as they are. Keys of the segmentation that don't
//! [tell](super::anchors) have no record: the table of the segmentation finds them.

use std::collections::BTreeSet;

use super::anchors::{Anchors, tells};
use super::compose::{Composed, Rank, Record};
use super::hash::{hash_odd, hash_of, upper};

/// What begins every image; changes with the layout.
pub(super) const MAGIC: u32 = u32::from_le_bytes(*b"JFF3");
pub(super) const HEADER: usize = 7 * 4;
pub(super) const DIRECTORY: usize = 2 * 1024;
pub(super) const PAGE: usize = 64 * 4;
/// The bit of a page's word for a character that has to be looked at.
pub(super) const LOOK: u32 = 1 << 31;
/// The bit for one that keys have next to characters of other lengths.
pub(super) const ODD: u32 = 1 << 30;
/// The bit for one about which the steps are asked.
pub(super) const ASK: u32 = 1 << 29;
/// What a slot without records holds in place of their position.
pub(super) const EMPTY: u32 = u32::MAX;
/// Added to the rank of a record about which the steps are asked.
pub(super) const LEAVE: u8 = 0x80;
/// Added to the rank of a record which counts only if no key begins inside of it.
pub(super) const CHECK: u8 = 0x40;
/// How many bytes more than a record has may be read at its place.
pub(super) const PADDING: usize = 32;

/// The image of `composed`; `None` if a key or a value is too long for it.
pub(crate) fn build(composed: &Composed) -> Option<Vec<u8>> {
    let anchors = Anchors::new(composed);
    let is_kept = |record: &&Record| record.rank != Rank::Segment || tells(composed, record);
    let buckets = Buckets::new(composed.records.iter().filter(is_kept))?;
    let hashes = [pairs(composed), looked_at(composed, &anchors), buckets.hashes()];
    let filters: Vec<Filter> = hashes.into_iter().zip(SPARSENESS).map(Filter::new).collect();
    let (directory, pages) = character_pages(composed, &anchors);
    let slot_bits = buckets.slot_bits();
    let longest = composed.records.iter().map(|record| record.key.len()).max().unwrap_or(0);
    let mut header = vec![MAGIC, pages.len() as u32 / 64];
    header.extend(filters.iter().map(|filter| filter.bits));
    header.extend([slot_bits, longest as u32]);
    let mut image: Vec<u8> = header.into_iter().flat_map(u32::to_le_bytes).collect();
    image.extend(directory);
    image.extend(pages.into_iter().flat_map(u32::to_le_bytes));
    let words = filters.into_iter().flat_map(|filter| filter.words);
    image.extend(words.flat_map(u64::to_le_bytes));
    let (slots, records) = buckets.slots(slot_bits);
    image.extend(slots.into_iter().flatten().flat_map(u32::to_le_bytes));
    image.extend(records);
    Some(image)
}

/// The hashes of all neighbours in keys.
fn pairs(composed: &Composed) -> BTreeSet<u32> {
    let mut pairs = BTreeSet::new();
    for record in &composed.records {
        let key: Vec<char> = record.key.chars().collect();
        pairs.extend(key.windows(2).map(|pair| upper(hash_of(pair))));
    }
    pairs
}

/// The hashes of anchors with their neighbours, and of the characters of four bytes that don't
/// simply stay.
fn looked_at(composed: &Composed, anchors: &Anchors) -> BTreeSet<u32> {
    let in_keys = composed.records.iter().flat_map(|record| record.key.chars());
    let long = in_keys.chain(composed.characters.keys().copied()).filter(|one| one.len_utf8() == 4);
    let long = long.map(|one| upper(hash_odd(one.into(), 0)));
    anchors.hashes.iter().copied().chain(long).collect()
}

fn character_pages(composed: &Composed, anchors: &Anchors) -> (Vec<u8>, Vec<u32>) {
    let mut directory: Vec<u16> = vec![0; DIRECTORY / 2];
    let mut pages = vec![0; 64];
    let all = composed.characters.keys().chain(anchors.characters.keys());
    for &one in all.filter(|one| one.len_utf8() == 3) {
        let (high, low) = (one as usize >> 6, one as usize & 0x3f);
        if directory[high] == 0 {
            // The BMP has 1024 pages.
            directory[high] = (pages.len() / 64) as u16;
            pages.resize(pages.len() + 64, 0);
        }
        pages[directory[high] as usize * 64 + low] = word(composed, anchors, one);
    }
    (directory.into_iter().flat_map(u16::to_le_bytes).collect(), pages)
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

/// Two bits for each hash, in one of its words of 64 bits.
struct Filter {
    bits: u32,
    words: Vec<u64>,
}

impl Filter {
    /// A filter of so many bits for each hash at least.
    fn new((hashes, sparseness): (BTreeSet<u32>, usize)) -> Self {
        let bits = (sparseness * hashes.len()).next_power_of_two().ilog2().max(LEAST_BITS);
        let mut words = vec![0; (1 << bits) / 64];
        for hash in hashes {
            words[word_of(hash, bits)] |= mask_of(hash);
        }
        Self { bits, words }
    }
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
const SPARSENESS: [usize; 3] = [8, 32, 16];

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

    fn slot_bits(&self) -> u32 {
        (2 * self.0.len().max(1)).next_power_of_two().ilog2()
    }

    /// The slots, in which a hash is looked for from its own slot on, and all records.
    fn slots(self, bits: u32) -> (Vec<[u32; 2]>, Vec<u8>) {
        let mut slots = vec![[0, EMPTY]; 1 << bits];
        let mut records = Vec::new();
        for (hash, bucket) in self.0 {
            let mut slot = (hash >> (32 - bits)) as usize;
            while slots[slot][1] != EMPTY {
                slot = (slot + 1) % slots.len();
            }
            slots[slot] = [hash, records.len() as u32];
            records.extend(bucket);
        }
        records.extend([0; PADDING]);
        (slots, records)
    }
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
