//! What is known of a character, in eight bytes: the build writes them, the reading uses them
//! where they lie.
//!
//! | bits | content |
//! |---|---|
//! | 0–23 | what becomes of the character: its three bytes in UTF-8, the first lowest, or its number if it has not three |
//! | 24–27 | what it tells of where the text is from |
//! | 32–47 | its code |
//! | 48–63 | flags |

/// What is known of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Form(pub u64);

/// Flags of a character.
#[allow(dead_code, reason = "the build uses them all")]
impl Form {
    /// Only Simplified text has it.
    pub const SIMPLIFIED: u64 = 1 << 24;
    /// Only Traditional text has it.
    pub const TRADITIONAL: u64 = 1 << 25;
    /// Of the Traditional places only Taiwan has it.
    pub const TAIWAN: u64 = 1 << 26;
    /// Of the Traditional places only Hong Kong has it.
    pub const HONG_KONG: u64 = 1 << 27;
    /// It is a key of the target's word table by itself.
    pub const WORD: u64 = 1 << 48;
    /// It may have several readings.
    pub const AMBIGUOUS: u64 = 1 << 49;
    /// In Simplified text, it stays as it is.
    pub const KEPT: u64 = 1 << 50;
    /// It ends a sentence.
    pub const END: u64 = 1 << 51;
    /// What becomes of it has not three bytes.
    pub const OTHER: u64 = 1 << 52;

    /// Something is to be done where it stands.
    pub const SPECIAL: u64 = Self::WORD | Self::AMBIGUOUS | Self::KEPT | Self::END;

    /// A character that becomes `character`, has a code, and flags.
    pub const fn new(character: char, code: u16, flags: u64) -> Self {
        let number = character as u32;
        let above = (code as u64) << 32 | flags;
        if character.len_utf8() == 3 {
            let [first, second, third] =
                [0xe0 | number >> 12, 0x80 | number >> 6 & 0x3f, 0x80 | number & 0x3f];
            Self((first | second << 8 | third << 16) as u64 | above)
        } else {
            Self(number as u64 | Self::OTHER | above)
        }
    }

    /// What becomes of it.
    #[inline(always)]
    pub fn character(self) -> char {
        let low = self.0 as u32 & 0x00ff_ffff;
        let number = if self.has(Self::OTHER) { low } else { number_of(low) };
        char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    /// Its code.
    #[inline(always)]
    pub const fn code(self) -> u16 {
        (self.0 >> 32) as u16
    }

    /// What it tells of where the text is from: a bit each for what only Simplified text has, only
    /// Traditional text, only Taiwan's of the Traditional places, only Hong Kong's.
    #[inline(always)]
    pub fn tells(self) -> usize {
        (self.0 >> 24 & 0x0f) as usize
    }

    /// Whether one of the flags is set.
    #[inline(always)]
    pub fn has(self, flags: u64) -> bool {
        self.0 & flags != 0
    }
}

/// The number of the character whose three bytes these are, the first lowest.
#[inline(always)]
pub(crate) fn number_of(bytes: u32) -> u32 {
    (bytes & 0x0f) << 12 | (bytes >> 2 & 0x0fc0) | (bytes >> 16 & 0x3f)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_gives_back_what_it_was_made_of() {
        for character in ('\0'..=char::MAX).step_by(7) {
            let form = Form::new(character, 0x3456, Form::HONG_KONG | Form::WORD);
            assert_eq!((form.character(), form.code(), form.tells()), (character, 0x3456, 8));
            assert_eq!(form.has(Form::OTHER), character.len_utf8() != 3);
            let bytes = character.to_string().into_bytes();
            if let [first, second, third] = bytes[..] {
                let bytes = u32::from_le_bytes([first, second, third, 0]);
                assert_eq!(number_of(bytes), u32::from(character));
                assert_eq!(form.0 as u32 & 0xff_ffff, bytes);
            }
        }
    }
}
