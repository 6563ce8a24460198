//! marisa's two packed vectors: of bits, and of numbers of a fixed width.
//!
//! Both are stored in 64-bit little-endian words, lowest bit first, which makes them one run of
//! bits over the bytes as they lie in the file.

use super::reader::{Reader, saturating_usize};

const RANK_INDEX_WIDTH: u64 = 12;
const SELECT_INDEX_WIDTH: u64 = 4;
const WORD_WIDTH: u64 = 8;

/// A vector of bits.
pub(super) struct Bits<'a> {
    bytes: &'a [u8],
    length: usize,
    ones: usize,
}

impl<'a> Bits<'a> {
    /// Reads the bits and skips the rank and select indexes that follow: whoever walks the bits
    /// once, front to back, counts along.
    pub(super) fn read(reader: &mut Reader<'a>, what: &str) -> Result<Self, String> {
        let bytes = reader.vector(WORD_WIDTH, what)?;
        let length = saturating_usize(reader.u32(what)?.into());
        let ones = saturating_usize(reader.u32(what)?.into());
        reader.vector(RANK_INDEX_WIDTH, what)?;
        reader.vector(SELECT_INDEX_WIDTH, what)?;
        reader.vector(SELECT_INDEX_WIDTH, what)?;
        if length.div_ceil(8) > bytes.len() {
            return Err(format!("{what} claims more bits than it has"));
        }
        let bits = Self { bytes, length, ones };
        if bits.iter().filter(|&bit| bit).count() != ones {
            return Err(format!("{what} miscounts its ones"));
        }
        Ok(bits)
    }

    pub(super) fn len(&self) -> usize {
        self.length
    }

    /// How many bits are set.
    pub(super) fn ones(&self) -> usize {
        self.ones
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = bool> + '_ {
        let bits = |byte: &u8| {
            let byte = *byte;
            (0..8).map(move |shift| byte >> shift & 1 == 1)
        };
        self.bytes.iter().flat_map(bits).take(self.length)
    }

    /// The bit at `index`, where there is one.
    pub(super) fn get(&self, index: usize) -> Option<bool> {
        let byte = self.bytes.get(index / 8)?;
        (index < self.length).then_some(byte >> (index % 8) & 1 == 1)
    }
}

/// A vector of numbers of up to 32 bits each.
pub(super) struct Numbers<'a> {
    bytes: &'a [u8],
    width: u32,
    length: usize,
}

impl<'a> Numbers<'a> {
    pub(super) fn read(reader: &mut Reader<'a>, what: &str) -> Result<Self, String> {
        let bytes = reader.vector(WORD_WIDTH, what)?;
        let width = reader.u32(what)?;
        let mask = reader.u32(what)?;
        let length = reader.u64(what)?;
        if width > 32 || u64::from(mask) != low_bits(width) {
            return Err(format!("{what} has an impossible element width"));
        }
        let bits = length.checked_mul(width.into());
        if bits.is_none_or(|bits| saturating_usize(bits.div_ceil(8)) > bytes.len()) {
            return Err(format!("{what} claims more elements than it has"));
        }
        Ok(Self { bytes, width, length: saturating_usize(length) })
    }

    pub(super) fn len(&self) -> usize {
        self.length
    }

    /// All numbers, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = u64> + '_ {
        let width = self.width as usize;
        (0..self.length).map(move |index| self.at_bit(index.saturating_mul(width)))
    }

    /// The number that starts at the bit `start`.
    fn at_bit(&self, start: usize) -> u64 {
        // Seven bits of offset and 32 of number always lie within eight bytes.
        let mut word = [0; 8];
        let bytes = self.bytes.iter().skip(start / 8);
        word.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
        u64::from_le_bytes(word) >> (start % 8) & low_bits(self.width)
    }
}

/// A mask of the `width` lowest bits, for a width of up to 32.
fn low_bits(width: u32) -> u64 {
    (1 << width) - 1
}
