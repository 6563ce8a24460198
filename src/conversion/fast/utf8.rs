//! UTF-8 by hand: a word holds the bytes at a place, the first the lowest.

/// The code point of a character of three bytes.
#[inline(always)]
pub(super) fn three_bytes(word: u32) -> u32 {
    (word & 0x0f) << 12 | (word >> 8 & 0x3f) << 6 | (word >> 16 & 0x3f)
}

/// The code point of a character of any length.
pub(super) fn any_character(word: u32) -> u32 {
    match character_len(word) {
        1 => word & 0x7f,
        2 => (word & 0x1f) << 6 | (word >> 8 & 0x3f),
        3 => three_bytes(word),
        _ => {
            let high = (word & 0x07) << 18 | (word >> 8 & 0x3f) << 12;
            high | (word >> 16 & 0x3f) << 6 | (word >> 24 & 0x3f)
        }
    }
}

/// The length of a character by its first byte.
#[inline(always)]
pub(super) fn character_len(word: u32) -> usize {
    match word & 0xff {
        0..0x80 => 1,
        0x80..0xe0 => 2,
        0xe0..0xf0 => 3,
        _ => 4,
    }
}

/// Whether a character has three bytes.
#[inline(always)]
pub(super) fn has_three(word: u32) -> bool {
    word & 0xf0 == 0xe0
}

/// Where the character before `at` begins; there is one.
pub(super) fn before(text: &[u8], at: usize) -> usize {
    let is_inside = |byte: u8| byte & 0xc0 == 0x80;
    (0..at).rev().find(|&start| !is_inside(text[start])).unwrap_or(0)
}

/// Where the first compatibility ideograph, U+F900–FAFF or U+2F800–2FA1F, stands in `text`, or
/// something that looks like its beginning.
pub(super) fn find_compatibility(text: &[u8]) -> Option<usize> {
    let pairs = text.iter().zip(text.get(1..).unwrap_or_default());
    let begins = |(&lead, &second): (&u8, &u8)| {
        ((lead == 0xef) & (0xa4..0xac).contains(&second)) | ((lead == 0xf0) & (second == 0xaf))
    };
    // Without early exit first, so that it becomes a few wide instructions for many bytes.
    let found = pairs.clone().fold(false, |found, pair| found | begins(pair));
    if found {
        {
            let mut pairs = pairs;
            pairs.position(begins)
        }
    } else {
        None
    }
}
