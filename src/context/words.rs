//! The words of the lattice: a hash table of eight bytes for each.

use super::hash::Hash;
use super::parameters::Word;
use crate::dictionary::Shared;

/// Eight to a nat.
pub(super) const STEP: f32 = 8.0;
/// The longest word.
pub(super) const LONGEST: usize = 8;
/// Bytes of a slot: four that tell words apart, the cost, and three with the readings.
const SLOT: usize = 8;
/// Three bits for each character hold the number of its reading, or this.
const NO_READING: u32 = 7;

/// Finds words in the bytes that [`build`] made.
#[derive(Debug, Clone)]
pub(super) struct Words {
    bytes: Shared<[u8]>,
    start: usize,
    slots: usize,
    /// Where the bits for the beginnings of words are: as many bytes as make a power of two.
    beginnings: usize,
    beginnings_len: usize,
}

/// A word that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    /// What the path through it costs, in steps.
    pub cost: u32,
    readings: u32,
}

impl Found {
    /// The number of the reading that the character at `place` of the word has in it.
    pub fn reading(self, place: usize) -> Option<u8> {
        let reading = self.readings >> (3 * place) & 7;
        (reading != NO_READING).then_some(reading as u8)
    }
}

/// What tells the words of one slot apart; never zero.
fn check(hash: Hash) -> u32 {
    hash.0 as u32 | 1
}

fn slot_of(hash: Hash, slots: usize) -> usize {
    ((hash.0 >> 32) as usize * slots) >> 32
}

fn bit_of(hash: Hash, bytes: usize) -> (usize, u8) {
    let bit = (hash.0 >> 24) as usize & (8 * bytes - 1);
    (bit / 8, 1 << (bit % 8))
}

impl Words {
    /// The table of `len` bytes that lies in `bytes` from `start` on, and behind it the bits of
    /// the beginnings, `beginnings_len` bytes, a power of two.
    pub fn new(bytes: Shared<[u8]>, start: usize, len: usize, beginnings_len: usize) -> Self {
        Self { bytes, start, slots: len / SLOT, beginnings: start + len, beginnings_len }
    }

    /// The word with this hash.
    #[inline]
    pub fn find(&self, hash: Hash) -> Option<Found> {
        let table = &self.bytes[self.start..self.start + self.slots * SLOT];
        let mut slot = slot_of(hash, self.slots);
        for _ in 0..self.slots {
            let Some(chunk) = table.get(slot * SLOT..).and_then(<[u8]>::first_chunk::<SLOT>) else {
                slot = 0;
                continue;
            };
            let entry = u64::from_le_bytes(*chunk);
            if entry == 0 {
                return None;
            }
            if entry as u32 == check(hash) {
                let (cost, readings) = ((entry >> 32 & 0xff) as u32, (entry >> 40) as u32);
                return Some(Found { cost, readings });
            }
            slot += 1;
        }
        None
    }

    /// Whether longer words may begin with what has this hash.
    #[inline]
    pub fn goes_on(&self, hash: Hash) -> bool {
        let (byte, mask) = bit_of(hash, self.beginnings_len);
        self.bytes[self.beginnings + byte] & mask != 0
    }
}

/// Lays out `words`: the table, and the bits of the beginnings.
pub(super) fn build(words: &[Word]) -> (Vec<u8>, Vec<u8>) {
    let slots = words.len() * 3 / 2 + 8;
    let mut table = vec![0; slots * SLOT];
    let mut beginnings = vec![0; (words.len() / 2).next_power_of_two().max(64)];
    for word in words {
        let mut slot = slot_of(Hash::of(&word.codes), slots);
        while table[slot * SLOT..(slot + 1) * SLOT] != [0; SLOT] {
            slot = (slot + 1) % slots;
        }
        table[slot * SLOT..(slot + 1) * SLOT].copy_from_slice(&entry(word).to_le_bytes());
        for end in 1..word.codes.len() {
            let (byte, mask) = bit_of(Hash::of(&word.codes[..end]), beginnings.len());
            beginnings[byte] |= mask;
        }
    }
    (table, beginnings)
}

fn entry(word: &Word) -> u64 {
    let cost = (word.cost * STEP).round().clamp(1.0, 255.0) as u64;
    let reading = |place: usize| {
        let number = word.readings.get(place).copied().flatten();
        number.map_or(NO_READING, u32::from).min(NO_READING)
    };
    let readings = (0..LONGEST).fold(0, |bits, place| bits | reading(place) << (3 * place));
    u64::from(check(Hash::of(&word.codes))) | cost << 32 | u64::from(readings) << 40
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_their_beginnings_are_found() {
        let words = [
            Word { codes: vec![3, 4], cost: 5.0, readings: vec![None, Some(1)] },
            Word { codes: vec![3, 4, 5], cost: 9.5, readings: vec![Some(0), None, None] },
        ];
        let (mut bytes, beginnings) = build(&words);
        let len = bytes.len();
        bytes.extend(&beginnings);
        let table = Words::new(Shared::Counted(bytes.into()), 0, len, beginnings.len());
        let found = table.find(Hash::of(&[3, 4])).unwrap();
        assert_eq!((found.cost, found.reading(0), found.reading(1)), (40, None, Some(1)));
        let found = table.find(Hash::of(&[3, 4, 5])).unwrap();
        assert_eq!((found.cost, found.reading(0), found.reading(2)), (76, Some(0), None));
        assert_eq!(table.find(Hash::of(&[3])), None);
        assert!(table.goes_on(Hash::of(&[3])) && table.goes_on(Hash::of(&[3, 4])));
    }
}
