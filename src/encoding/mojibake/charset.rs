use std::sync::LazyLock;

use crate::encoding::Encoding;

/// Characters have codes of one or two bytes; those beyond are of no use here.
const CODES: usize = 0x1_0000;

/// The characters beyond the Basic Multilingual Plane that Hong Kong's Big5 has are in plane 2.
const CHARACTERS: usize = 0x3_0000;

/// The characters of an encoding and their codes, in both directions.
///
/// It is made by decoding every code, so that it can write all that was read: also characters
/// that the Encoding Standard reads but does not write. Of two codes for one character the first
/// counts.
pub(super) struct Charset {
    /// By code; NUL where there is none.
    characters: Box<[char]>,
    /// By character; zero where there is none.
    codes: Box<[u16]>,
    /// Second codes of characters that have two, sorted.
    others: Vec<(char, u16)>,
}

static CHARSETS: [(Encoding, LazyLock<Charset>); 6] = [
    (Encoding::GBK, LazyLock::new(|| Charset::new(Encoding::GBK))),
    (Encoding::BIG5, LazyLock::new(|| Charset::new(Encoding::BIG5))),
    (Encoding::SHIFT_JIS, LazyLock::new(|| Charset::new(Encoding::SHIFT_JIS))),
    (Encoding::EUC_JP, LazyLock::new(|| Charset::new(Encoding::EUC_JP))),
    (Encoding::EUC_KR, LazyLock::new(|| Charset::new(Encoding::EUC_KR))),
    (
        Encoding::WINDOWS_1252,
        LazyLock::new(|| Charset::new(Encoding::WINDOWS_1252).with_controls()),
    ),
];

impl Charset {
    /// That of `encoding`, if it is one that texts are misread as or from.
    pub(super) fn of(encoding: Encoding) -> Option<&'static Self> {
        let (_, charset) = CHARSETS.iter().find(|(known, _)| *known == encoding)?;
        Some(charset)
    }

    fn new(encoding: Encoding) -> Self {
        let mut charset = Self {
            characters: vec!['\0'; CODES].into(),
            codes: vec![0; CHARACTERS].into(),
            others: Vec::new(),
        };
        for byte in 0x80..=0xFF {
            charset.decode(encoding, u16::from(byte), &[byte]);
        }
        for lead in 0x81..=0xFE {
            // A byte that is a character by itself leads no other.
            if charset.characters[usize::from(lead)] == '\0' {
                for trail in 0x40..=0xFE {
                    charset.decode(encoding, u16::from_be_bytes([lead, trail]), &[lead, trail]);
                }
            }
        }
        charset.others.sort_unstable();
        charset
    }

    fn decode(&mut self, encoding: Encoding, code: u16, bytes: &[u8]) {
        let mut text = String::new();
        if encoding.codec().decoder().decode(bytes, true, &mut text).is_err() {
            return;
        }
        let mut characters = text.chars();
        if let (Some(character), None) = (characters.next(), characters.next()) {
            self.add(code, character);
        }
    }

    fn add(&mut self, code: u16, character: char) {
        self.characters[usize::from(code)] = character;
        match self.codes.get_mut(character as usize) {
            Some(known @ 0) => *known = code,
            Some(_) => self.others.push((character, code)),
            None => {}
        }
    }

    /// With the controls of ISO 8859-1 as well, where windows-1252 has others: texts are misread
    /// in both ways.
    fn with_controls(mut self) -> Self {
        for byte in 0x80..=0x9F {
            self.codes[usize::from(byte)] = byte;
        }
        self
    }

    /// The code of `character`: one byte if it is below 0x100, else two.
    pub(super) fn code(&self, character: char) -> Option<u16> {
        if character.is_ascii() {
            return Some(character as u16);
        }
        self.codes.get(character as usize).copied().filter(|code| *code != 0)
    }

    /// The second code of `character`, if it has two.
    pub(super) fn other_code(&self, character: char) -> Option<u16> {
        let index = self.others.binary_search_by_key(&character, |(known, _)| *known).ok()?;
        Some(self.others[index].1)
    }

    /// The character that `bytes` begin with, and how many of them it takes.
    pub(super) fn character(&self, bytes: &[u8]) -> Option<(char, usize)> {
        let (first, rest) = bytes.split_first()?;
        if first.is_ascii() {
            return Some((char::from(*first), 1));
        }
        let single = self.characters[usize::from(*first)];
        if single != '\0' {
            return Some((single, 1));
        }
        let code = u16::from_be_bytes([*first, *rest.first()?]);
        let double = self.characters[usize::from(code)];
        (double != '\0').then_some((double, 2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes() {
        let gbk = Charset::of(Encoding::GBK).unwrap();
        assert_eq!(gbk.code('你'), Some(0xC4E3));
        assert_eq!(gbk.code('€'), Some(0x80));
        assert_eq!(gbk.character(b"\xC4\xE3a"), Some(('你', 2)));
        assert_eq!(gbk.character(b"\xC4"), None);
        let big5 = Charset::of(Encoding::BIG5).unwrap();
        assert_eq!(big5.code('喺'), Some(0x9DF6));
        assert!(Charset::of(Encoding::UTF_8).is_none());
    }

    #[test]
    fn western_has_the_controls_too() {
        let western = Charset::of(Encoding::WINDOWS_1252).unwrap();
        assert_eq!((western.code('\u{99}'), western.code('™')), (Some(0x99), Some(0x99)));
        assert_eq!(western.character(b"\x99"), Some(('™', 1)));
    }

    #[test]
    fn half_width_katakana_take_one_byte() {
        let japanese = Charset::of(Encoding::SHIFT_JIS).unwrap();
        assert_eq!(japanese.character(b"\xB1\xB2"), Some(('ｱ', 1)));
        assert_eq!(japanese.code('ｱ'), Some(0xB1));
        assert_eq!((japanese.code('妤'), japanese.other_code('妤')), (Some(0xED88), Some(0xFAA4)));
        assert_eq!(japanese.other_code('日'), None);
    }
}
