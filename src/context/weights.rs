//! The n-grams' weights: buckets of sixteen, in one of which an n-gram has its weight.

use crate::dictionary::Shared;

/// Sixteen to a nat.
pub(super) const STEP: f32 = 16.0;
/// How many weights a bucket has room for.
const ROOM: usize = 16;
/// Bytes of a bucket: two for each weight that tell n-grams apart, then one for each weight.
const BUCKET: usize = 3 * ROOM;
/// How many weights a bucket is meant to have: few have more than there is room for.
const MEANT: usize = 12;

/// Finds weights in the bytes that [`build`] made.
#[derive(Debug, Clone)]
pub(super) struct Weights {
    bytes: Shared<[u8]>,
    start: usize,
    len: usize,
}

/// The bucket of an n-gram for a reading, and what tells it from others there.
#[inline(always)]
fn place(feature: u64, reading: u8, buckets: usize) -> (usize, u16) {
    let hash = (feature ^ u64::from(reading)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (((hash >> 32) as usize * buckets) >> 32, (hash >> 8) as u16)
}

impl Weights {
    /// The table that lies in `bytes` from `start` on, of `len` bytes.
    pub fn new(bytes: Shared<[u8]>, start: usize, len: usize) -> Self {
        Self { bytes, start, len }
    }

    /// The sum of the weights of n-grams for a reading, in steps.
    #[inline]
    pub fn sum<const N: usize>(&self, features: &[u64; N], reading: u8) -> i32 {
        let (buckets, _) = self.bytes[self.start..self.start + self.len].as_chunks::<BUCKET>();
        if buckets.is_empty() {
            return 0;
        }
        // Every weight of a bucket is looked at, without a branch: one that is somebody else's
        // counts nothing, and so does one that isn't there.
        let mut sums = [0_i16; ROOM];
        for &feature in features {
            let (bucket, check) = place(feature, reading, buckets.len());
            let (checks, weights) = buckets[bucket].split_at(2 * ROOM);
            let slots = checks.as_chunks::<2>().0.iter().zip(weights);
            for (sum, (own, &weight)) in sums.iter_mut().zip(slots) {
                let counts = i16::from(u16::from_le_bytes(*own) == check);
                *sum += -counts & i16::from(weight as i8);
            }
        }
        sums.iter().map(|&sum| i32::from(sum)).sum()
    }
}

/// Lays out `weights`; those that would be nothing in steps are left out, and the smallest of a
/// bucket that there is no room for.
pub(super) fn build(weights: &[(u64, u8, f32)]) -> Vec<u8> {
    let in_steps = |weight: f32| (weight * STEP).round().clamp(-127.0, 127.0) as i8;
    let kept =
        weights.iter().map(|&(feature, reading, weight)| (feature, reading, in_steps(weight)));
    let kept: Vec<(u64, u8, i8)> = kept.filter(|(_, _, weight)| *weight != 0).collect();
    let mut buckets = vec![Vec::new(); kept.len() / MEANT + 1];
    let count = buckets.len();
    for (feature, reading, weight) in kept {
        let (bucket, check) = place(feature, reading, count);
        buckets[bucket].push((check, weight));
    }
    buckets.into_iter().flat_map(bucket_bytes).collect()
}

fn bucket_bytes(mut weights: Vec<(u16, i8)>) -> [u8; BUCKET] {
    weights.sort_unstable_by_key(|&(check, weight)| {
        (std::cmp::Reverse(weight.unsigned_abs()), weight, check)
    });
    let mut bytes = [0; BUCKET];
    for (slot, (check, weight)) in weights.into_iter().take(ROOM).enumerate() {
        bytes[2 * slot..2 * slot + 2].copy_from_slice(&check.to_le_bytes());
        bytes[2 * ROOM + slot] = weight as u8;
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearly_every_weight_is_found_again() {
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
        // A few found no room; the smallest.
        assert!(wrong < 100, "{wrong} of 5000");
        assert_eq!(table.sum(&[feature(9_999_999)], 1), 0);
    }
}
