//! The n-grams' weights: a hash table of three bytes for each.

use crate::dictionary::Shared;

/// Sixteen to a nat.
pub(super) const STEP: f32 = 16.0;
/// Bytes of a slot: two that tell n-grams apart, and the weight.
const SLOT: usize = 3;
/// What a slot without weight holds in the first two bytes.
const EMPTY: u16 = 0;

/// Finds weights in the bytes that [`build`] made.
#[derive(Debug, Clone)]
pub(super) struct Weights {
    bytes: Shared<[u8]>,
    start: usize,
    slots: usize,
}

/// Where an n-gram for a reading is looked for first, as a fraction of all slots, and what tells
/// it from others there.
#[inline(always)]
fn place(feature: u64, reading: u8) -> (u64, u16) {
    let hash = (feature ^ u64::from(reading)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (hash >> 32, (hash >> 8) as u16 | 1)
}

#[inline(always)]
fn slot_of(fraction: u64, slots: usize) -> usize {
    (fraction as usize * slots) >> 32
}

impl Weights {
    /// The table that lies in `bytes` from `start` on, of `len` bytes.
    pub fn new(bytes: Shared<[u8]>, start: usize, len: usize) -> Self {
        Self { bytes, start, slots: len / SLOT }
    }

    /// The sum of the weights of n-grams for a reading, in steps.
    #[inline]
    pub fn sum<const N: usize>(&self, features: &[u64; N], reading: u8) -> i32 {
        let table = Slots { bytes: &self.bytes[self.start..], count: self.slots };
        // First all places, so that their slots are on their way to the cache together.
        let places = features.map(|feature| place(feature, reading));
        let first = places.map(|(fraction, _)| table.get(slot_of(fraction, table.count)));
        let pairs = places.into_iter().zip(first);
        pairs.map(|((fraction, check), first)| table.weight(fraction, check, first)).sum()
    }
}

/// The slots of a table, where they lie.
#[derive(Clone, Copy)]
struct Slots<'a> {
    bytes: &'a [u8],
    count: usize,
}

impl Slots<'_> {
    /// What the slot of that number holds; a byte more is read, and left away.
    #[inline(always)]
    fn get(self, slot: usize) -> u32 {
        let chunk = self.bytes.get(slot * SLOT..).and_then(<[u8]>::first_chunk::<4>);
        chunk.map_or(0, |chunk| u32::from_le_bytes(*chunk) & 0xff_ffff)
    }

    /// The weight with `check`, looked for from a place on at which `entry` is.
    #[inline(always)]
    fn weight(self, fraction: u64, check: u16, entry: u32) -> i32 {
        if entry as u16 == EMPTY {
            0
        } else if entry as u16 == check {
            weight_of(entry)
        } else {
            self.search(slot_of(fraction, self.count), check)
        }
    }

    /// The weight with `check` in one of the slots behind this one.
    fn search(self, mut slot: usize, check: u16) -> i32 {
        // A table is never full, unless it was made by somebody else.
        for _ in 0..self.count {
            slot = if slot + 1 < self.count { slot + 1 } else { 0 };
            let entry = self.get(slot);
            if entry as u16 == check {
                return weight_of(entry);
            }
            if entry as u16 == EMPTY {
                return 0;
            }
        }
        0
    }
}

#[inline(always)]
fn weight_of(entry: u32) -> i32 {
    i32::from((entry >> 16) as i8)
}

/// Lays out `weights`; of those that would be nothing in steps, none is kept.
pub(super) fn build(weights: &[(u64, u8, f32)]) -> Vec<u8> {
    let in_steps = |weight: f32| (weight * STEP).round().clamp(-127.0, 127.0) as i8;
    let mut kept: Vec<(u64, u8, i8)> = weights
        .iter()
        .map(|&(feature, reading, weight)| (feature, reading, in_steps(weight)))
        .collect();
    kept.retain(|(_, _, weight)| *weight != 0);
    kept.sort_unstable();
    let slots = kept.len() * 7 / 4 + 8;
    // One byte more, so that four can be read at every slot.
    let mut table = vec![0; slots * SLOT + 1];
    for (feature, reading, weight) in kept {
        let (fraction, check) = place(feature, reading);
        let mut slot = slot_of(fraction, slots);
        while table[slot * SLOT..slot * SLOT + 2] != EMPTY.to_le_bytes() {
            slot = (slot + 1) % slots;
        }
        let [low, high] = check.to_le_bytes();
        table[slot * SLOT..(slot + 1) * SLOT].copy_from_slice(&[low, high, weight as u8]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_weight_is_found_again() {
        let feature = |number: u64| number.wrapping_mul(0x2545_f491_4f6c_dd1d);
        let weights: Vec<_> = (0..5000)
            .map(|number| (feature(number), 1 + (number % 3) as u8, number as f32 / 1000.0 - 2.5))
            .collect();
        let table = build(&weights);
        let len = table.len();
        let table = Weights::new(Shared::Counted(table.into()), 0, len);
        let mut wrong = 0;
        for (feature, reading, weight) in weights {
            wrong += usize::from(table.sum(&[feature], reading) != (weight * STEP).round() as i32);
        }
        // Two n-grams in 32,768 that lie side by side look alike.
        assert!(wrong < 5, "{wrong} of 5000");
        assert_eq!(table.sum(&[feature(9_999_999)], 1), 0);
    }
}
