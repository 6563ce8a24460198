//! The composed steps as bytes: laid out at build time, used where they lie.
//!
//! | part | content |
//! |---|---|
//! | header | 32-bit words: magic, pages, bits of the filters, bits of the slots, longest key, longest ASCII that a key begins with |
//! | directory | for each 256 characters of the BMP the number of their page, a byte each |
//! | pages | 256 words each: what to xor the UTF-8 bytes of a character with; bit 31: ask |
//! | filters | a bit for each hash by which a key is found: of two characters, then of three |
//! | slots | two words each: the hash, and where its records are, from the start of the records |
//! | records | count, then for each: length of the key behind its first character, length of the value, rank, key, value; padded so that sixteen bytes can be read at any place |
//!
//! Page zero is that of 256 characters that stay as they are.

use super::compose::{Character, Composed, Record};

/// What begins every image; changes with the layout.
pub(super) const MAGIC: u32 = u32::from_le_bytes(*b"JFF1");
pub(super) const HEADER: usize = 6 * 4;
pub(super) const DIRECTORY: usize = 256;
pub(super) const PAGE: usize = 256 * 4;
/// The bit of a page's word for a character about which the steps are asked.
pub(super) const ASK: u32 = 1 << 31;
/// What a slot without records holds in place of their position.
pub(super) const EMPTY: u32 = u32::MAX;
/// Added to the rank of a record about which the steps are asked.
pub(super) const LEAVE: u8 = 0x80;
/// Added to the rank of a record which counts only if no record matches inside of it.
pub(super) const CHECK: u8 = 0x40;
/// How many bytes more than a record has may be read at its place.
pub(super) const PADDING: usize = 32;

/// The hash of two characters of three bytes each: the lowest six bytes of `word`.
#[inline(always)]
pub(super) fn hash_two(word: u64) -> u64 {
    (word << 16).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The hash of three characters of three bytes each, from that of the first two; `word` has all
/// but the first of their bytes.
#[inline(always)]
pub(super) fn hash_three(two: u64, word: u64) -> u64 {
    word.wrapping_mul(0xd6e8_feb8_6659_fd93) ^ two.rotate_left(23)
}

/// The hash of two characters of any length, by their code points.
pub(super) fn hash_odd(first: u32, second: u32) -> u64 {
    (u64::from(first) << 32 | u64::from(second)).wrapping_mul(0xa076_1d64_78bd_642f)
}

/// The image of `composed`; `None` if a key or a value is too long for it.
pub(crate) fn build(composed: &Composed) -> Option<Vec<u8>> {
    let buckets = Buckets::new(&composed.records)?;
    let (directory, pages) = character_pages(composed);
    let (filter_bits, slot_bits) = (buckets.filter_bits(), buckets.slot_bits());
    let longest = composed.records.iter().map(|record| record.key.len()).max().unwrap_or(0);
    let ascii_of = |record: &Record| record.key.bytes().take_while(u8::is_ascii).count();
    let ascii = composed.records.iter().map(ascii_of).max().unwrap_or(0);
    let mut header = vec![MAGIC, pages.len() as u32 / 256, filter_bits, slot_bits];
    header.extend([longest as u32, ascii as u32]);
    let mut image: Vec<u8> = header.into_iter().flat_map(u32::to_le_bytes).collect();
    image.extend(directory);
    image.extend(pages.into_iter().flat_map(u32::to_le_bytes));
    for three in [false, true] {
        image.extend(filter(buckets.hashes(three), filter_bits));
    }
    let (slots, records) = buckets.slots(slot_bits);
    image.extend(slots.into_iter().flatten().flat_map(u32::to_le_bytes));
    image.extend(records);
    Some(image)
}

fn character_pages(composed: &Composed) -> (Vec<u8>, Vec<u32>) {
    let mut directory = vec![0; DIRECTORY];
    let mut pages = vec![0; 256];
    let three_bytes = composed.characters.iter().filter(|(from, _)| from.len_utf8() == 3);
    for (&from, &character) in three_bytes {
        let (high, low) = (from as usize >> 8, from as usize & 0xff);
        if directory[high] == 0 {
            // The BMP has 248 pages without surrogates.
            directory[high] = (pages.len() / 256) as u8;
            pages.resize(pages.len() + 256, 0);
        }
        pages[directory[high] as usize * 256 + low] = difference(from, character);
    }
    (directory, pages)
}

/// The word of a character: what to xor its bytes with.
fn difference(from: char, character: Character) -> u32 {
    let bytes = |character: char| {
        let mut bytes = [0; 4];
        character.encode_utf8(&mut bytes);
        u32::from_le_bytes(bytes)
    };
    match character {
        Character::To(to) if to.len_utf8() == from.len_utf8() => bytes(from) ^ bytes(to),
        _ => ASK,
    }
}

/// The records by the hash of their first two or three characters, each bucket in the order in
/// which its records are tried.
struct Buckets {
    buckets: Vec<(Hash, Vec<u8>)>,
    /// The hashes of where keys that begin with ASCII go on with something else.
    ascii_ends: Vec<u32>,
}

/// What a record is found by; the upper half of a hash counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Hash {
    /// A key of two characters of three bytes each.
    Two(u32),
    /// A longer key, by the first three, which have three bytes each.
    Three(u32),
    /// Any other key, by its first two characters.
    Odd(u32),
}

impl Hash {
    fn of(key: &str) -> Self {
        let lengths: Vec<usize> = key.chars().take(3).map(char::len_utf8).collect();
        let word = |from: usize| {
            let bytes: Vec<u8> = key.bytes().skip(from).chain([0; 8]).take(8).collect();
            u64::from_le_bytes(bytes.try_into().expect("eight bytes"))
        };
        let two = hash_two(word(0));
        match lengths[..] {
            [3, 3] => Self::Two(upper(two)),
            [3, 3, 3] => Self::Three(upper(hash_three(two, word(1)))),
            _ => {
                let mut characters = key.chars().map(u32::from);
                let mut next = || characters.next().unwrap_or(0);
                Self::Odd(upper(hash_odd(next(), next())))
            }
        }
    }

    fn value(self) -> u32 {
        match self {
            Self::Two(hash) | Self::Three(hash) | Self::Odd(hash) => hash,
        }
    }
}

/// The half of a hash that counts.
#[inline(always)]
pub(super) fn upper(hash: u64) -> u32 {
    (hash >> 32) as u32
}

impl Buckets {
    fn new(records: &[Record]) -> Option<Self> {
        let mut sorted: Vec<(Hash, &Record)> =
            records.iter().map(|record| (Hash::of(&record.key), record)).collect();
        let order = |&(hash, record): &(Hash, &Record)| {
            (hash, record.rank, std::cmp::Reverse(record.key.len()), record.key.clone())
        };
        sorted.sort_by_key(order);
        let mut buckets: Vec<(Hash, Vec<u8>)> = Vec::new();
        for (hash, record) in sorted {
            if buckets.last().is_none_or(|bucket| bucket.0 != hash) {
                buckets.push((hash, vec![0]));
            }
            let (_, bytes) = buckets.last_mut()?;
            bytes[0] = bytes[0].checked_add(1)?;
            write_record(record, bytes)?;
        }
        let ascii_ends =
            records.iter().filter_map(|record| hash_of_ascii_end(&record.key)).collect();
        Some(Self { buckets, ascii_ends })
    }

    /// The hashes that are looked for in the filter of three characters, or in the other.
    fn hashes(&self, three: bool) -> Vec<u32> {
        let is_three = |hash: Hash| matches!(hash, Hash::Three(_));
        let chosen = self.buckets.iter().filter(|(hash, _)| is_three(*hash) == three);
        let hashes = chosen.map(|(hash, _)| hash.value());
        hashes.chain(self.ascii_ends.iter().copied().filter(|_| !three)).collect()
    }

    fn filter_bits(&self) -> u32 {
        (FILTER_SPARSENESS * self.buckets.len()).next_power_of_two().ilog2().max(LEAST_FILTER_BITS)
    }

    fn slot_bits(&self) -> u32 {
        (2 * self.buckets.len().max(1)).next_power_of_two().ilog2()
    }

    /// The slots, in which a hash is looked for from its own slot on, and all records.
    fn slots(self, bits: u32) -> (Vec<[u32; 2]>, Vec<u8>) {
        let mut slots = vec![[0, EMPTY]; 1 << bits];
        let mut records = Vec::new();
        for (hash, bucket) in self.buckets {
            let mut slot = (hash.value() >> (32 - bits)) as usize;
            while slots[slot][1] != EMPTY {
                slot = (slot + 1) % slots.len();
            }
            slots[slot] = [hash.value(), records.len() as u32];
            records.extend(bucket);
        }
        records.extend([0; PADDING]);
        (slots, records)
    }
}

/// Bits of a filter for each key at least.
const FILTER_SPARSENESS: usize = 20;

/// A filter of 8 KiB costs nothing.
const LEAST_FILTER_BITS: u32 = 16;

fn filter(hashes: Vec<u32>, bits: u32) -> Vec<u8> {
    let mut filter = vec![0; (1 << bits) / 8];
    for hash in hashes {
        let bit = (hash >> (32 - bits)) as usize;
        filter[bit / 8] |= 1 << (bit % 8);
    }
    filter
}

/// The hash of the last of the ASCII characters that `key` begins with, and what follows.
fn hash_of_ascii_end(key: &str) -> Option<u32> {
    let end = key.find(|character: char| !character.is_ascii())?;
    let last = key[..end].bytes().last()?;
    let next = key[end..].chars().next()?;
    Some(upper(hash_odd(last.into(), next.into())))
}

fn write_record(record: &Record, bytes: &mut Vec<u8>) -> Option<()> {
    let first = record.key.chars().next().map_or(0, char::len_utf8);
    let rest = &record.key[first..];
    let (value, leave) = match &record.value {
        Some(value) => (value.as_str(), 0),
        None => ("", LEAVE),
    };
    let check = if record.check { CHECK } else { 0 };
    let rank = record.rank as u8 | leave | check;
    bytes.extend([rest.len().try_into().ok()?, value.len().try_into().ok()?, rank]);
    bytes.extend(rest.as_bytes());
    bytes.extend(value.as_bytes());
    Some(())
}
