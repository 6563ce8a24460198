//! A model as bytes: laid out by the trainer, used where it lies.
//!
//! | part | content |
//! |---|---|
//! | header | 32-bit words: magic, and the length of each part in the order below |
//! | classes | 64 bytes each, sorted by code: see [`CLASS`] |
//! | evidence | a bit for each pair of a class and a neighbour, by their hash |
//! | weights | see `weights.rs` |
//! | words | see `words.rs` |
//! | beginnings | bits of what words begin with |

use super::parameters::{Class, Parameters, Side};
use super::{weights, words};

/// What begins every model; changes with the layout, the codes and the hashes.
pub(super) const MAGIC: u32 = u32::from_le_bytes(*b"JFC2");
/// How many parts follow the header.
pub(super) const PARTS: usize = 5;
pub(super) const HEADER: usize = 4 * (1 + PARTS);
/// The bytes of a class: code (2), number of readings (1), nothing (1), bias in steps (8 × 2),
/// votes in steps (2 × 2), nothing (8), readings (8 × 4).
pub(super) const CLASS: usize = 64;
/// The most readings that a class has.
pub(super) const READINGS: usize = 8;
/// The bytes of the evidence.
pub(super) const EVIDENCE: usize = 1 << 16;

/// The bit of the evidence for a neighbour of a class.
#[inline]
pub(super) fn evidence_bit(class: u16, side: Side, code: u16) -> usize {
    let pair = u64::from(class) << 17 | u64::from(code) << 1 | u64::from(side == Side::Behind);
    let hash = pair.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (hash >> 32) as usize & (8 * EVIDENCE - 1)
}

impl Parameters {
    /// The model of these parameters, as [`Model::from_bytes`](super::Model::from_bytes) takes it.
    ///
    /// Scores are kept in steps of a sixteenth of a nat, costs of words in steps of an eighth;
    /// classes past the 65,535th reading and readings past the eighth are left out.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut classes: Vec<&Class> = self.classes.iter().collect();
        classes.sort_by_key(|class| class.code);
        let classes = classes.into_iter().flat_map(class_bytes).collect();
        let (words, beginnings) = words::build(&self.words);
        let parts =
            [classes, self.evidence_bytes(), weights::build(&self.weights), words, beginnings];
        let lengths = parts.iter().map(|part| part.len() as u32);
        let header = std::iter::once(MAGIC).chain(lengths).flat_map(u32::to_le_bytes);
        header.chain(parts.iter().flatten().copied()).collect()
    }

    fn evidence_bytes(&self) -> Vec<u8> {
        let mut bits = vec![0; EVIDENCE];
        for &(class, side, code) in &self.evidence {
            let bit = evidence_bit(class, side, code);
            bits[bit / 8] |= 1 << (bit % 8);
        }
        bits
    }
}

fn class_bytes(class: &Class) -> Vec<u8> {
    let in_steps = |nats: f32| (nats * weights::STEP).round().clamp(-30000.0, 30000.0) as i16;
    let readings = &class.readings[..class.readings.len().min(READINGS)];
    let mut bytes = class.code.to_le_bytes().to_vec();
    bytes.extend([readings.len() as u8, 0]);
    let bias =
        (0..READINGS).map(|reading| class.bias.get(reading).map_or(0, |bias| in_steps(*bias)));
    bytes.extend(bias.flat_map(i16::to_le_bytes));
    bytes.extend(class.vote.iter().flat_map(|vote| in_steps(*vote).to_le_bytes()));
    bytes.extend([0; 8]);
    let readings = (0..READINGS).map(|reading| readings.get(reading).map_or(0, |&one| one as u32));
    bytes.extend(readings.flat_map(u32::to_le_bytes));
    bytes
}
