//! UTF-8 with something bad in it: taken for another encoding, all of it would come out garbled.

/// The most bytes that one bad byte takes with it: a character of three bytes with one put in.
const SPOILT: usize = 4;

/// How much in some bytes speaks for UTF-8, and how much against it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Damage {
    /// Characters beyond ASCII.
    characters: usize,
    /// Characters that other encodings hardly ever have the bytes of.
    telling: usize,
    /// How many bad bytes it takes at least to make malformed what is malformed.
    bad: usize,
}

impl Damage {
    pub(super) fn of(bytes: &[u8]) -> Self {
        let (mut characters, mut bad, mut spoilt) = (0, 0, 0_usize);
        for chunk in bytes.utf8_chunks() {
            if !chunk.valid().is_empty() {
                bad += std::mem::take(&mut spoilt).div_ceil(SPOILT);
            }
            characters += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
            spoilt += chunk.invalid().len();
        }
        bad += spoilt.div_ceil(SPOILT);
        let telling = (0..bytes.len()).filter(|&place| is_telling(bytes, place)).count();
        Self { characters, telling, bad }
    }

    /// Twenty characters or more to each bad byte. Text in another encoding has hardly more than
    /// one.
    pub(super) fn is_slight(self) -> bool {
        self.characters >= 20 * self.bad.max(1)
    }

    /// As many telling characters as bad bytes, or more: enough to make it UTF-8 rather than
    /// Western text, but not than GBK or Big5.
    pub(super) fn is_bearable(self) -> bool {
        self.telling >= self.bad.max(1)
    }
}

/// Whether there is a character at `place` of the scripts and punctuation of East Asia, a
/// surrogate, or a character of four bytes. Left out are the end of a word in a single-byte
/// encoding and the punctuation behind it (é”…), and the rare characters from U+3400 to U+4DFF.
fn is_telling(bytes: &[u8], place: usize) -> bool {
    let (before, here) = bytes.split_at(place);
    match here {
        [0xF0, 0x90..=0xBF, 0x80..=0xBF, 0x80..=0xBF, ..] => true,
        [lead, second, third @ 0x80..=0xBF, ..] => {
            let telling = matches!(
                (lead, second),
                // Dashes and quotation marks.
                (0xE2, 0x80)
                    // U+3000 to U+33FF, U+4E00 to U+9FFF.
                    | (0xE3, 0x80..=0x8F)
                    | (0xE4, 0xB8..=0xBF)
                    | (0xE5..=0xE9, 0x80..=0xBF)
                    // Hangul and surrogates.
                    | (0xEA, 0xB0..=0xBF)
                    | (0xEB..=0xED, 0x80..=0xBF)
                    // Compatibility and full-width forms.
                    | (0xEF, 0xA4..=0xAB | 0xBC..=0xBF)
            );
            let in_word = matches!(before.last(), Some(b'A'..=b'Z' | b'a'..=b'z' | 0xC0..));
            telling && !(in_word && is_western_mark(*second) && is_western_mark(*third))
        }
        _ => false,
    }
}

/// Whether the byte is `…`, a quotation mark, bullet, dash, no-break space, `¡` or `¿` in
/// windows-1252 and most of its kin.
fn is_western_mark(byte: u8) -> bool {
    matches!(byte, 0x85 | 0x8B | 0x91..=0x97 | 0x9B | 0xA0 | 0xA1 | 0xAB | 0xBB | 0xBF)
}
