//! How the image and the scanner hash neighbouring characters: one multiplication, of which the
//! upper bits count.

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
#[inline(always)]
pub(super) fn hash_odd(first: u32, second: u32) -> u64 {
    (u64::from(first) << 32 | u64::from(second)).wrapping_mul(0xa076_1d64_78bd_642f)
}

/// The half of a hash that counts.
#[inline(always)]
pub(super) fn upper(hash: u64) -> u32 {
    (hash >> 32) as u32
}

/// The hash of the characters that `text` begins with: of two of them, or of three.
///
/// Only those of three bytes each have one of three.
pub(super) fn hash_of(characters: &[char]) -> u64 {
    let text: String = characters.iter().collect();
    let word = |from: usize| {
        let bytes: Vec<u8> = text.bytes().skip(from).chain([0; 8]).take(8).collect();
        u64::from_le_bytes(bytes.try_into().expect("eight bytes"))
    };
    let has_three_bytes = |one: &char| one.len_utf8() == 3;
    match characters {
        [_, _, ..] if !characters.iter().all(has_three_bytes) => {
            hash_odd(characters[0].into(), characters[1].into())
        }
        [_, _] => hash_two(word(0)),
        _ => hash_three(hash_two(word(0)), word(1)),
    }
}
