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
        // First all places, so that their slots are on their way to the cache together.
        let places = features.map(|feature| place(feature, reading));
        let slots = places.map(|(fraction, check)| (slot_of(fraction, self.slots), check));
        let first = slots.map(|(slot, _)| self.slot(slot));
        let mut sum = 0;
        for ((slot, check), first) in slots.into_iter().zip(first) {
            sum += self.weight(slot, check, first);
        }
        sum
    }

    #[inline(always)]
    fn slot(&self, slot: usize) -> [u8; SLOT] {
        let at = self.start + slot * SLOT;
        self.bytes.get(at..).and_then(<[u8]>::first_chunk).copied().unwrap_or_default()
    }

    /// The weight with `check`, looked for from the slot of that number on, which has `entry`.
    #[inline(always)]
    fn weight(&self, mut slot: usize, check: u16, mut entry: [u8; SLOT]) -> i32 {
        // A table is never full, unless it was made by somebody else.
        for _ in 0..=self.slots {
            let [low, high, weight] = entry;
            let found = u16::from_le_bytes([low, high]);
            if found == check {
                return i32::from(weight as i8);
            }
            if found == EMPTY {
                return 0;
            }
            slot = if slot + 1 < self.slots { slot + 1 } else { 0 };
            entry = self.slot(slot);
        }
        0
    }
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
    let mut table = vec![0; slots * SLOT];
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
