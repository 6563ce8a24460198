use std::sync::LazyLock;

use crate::encoding::Encoding;
use crate::encoding::codec::Places;

/// Characters have codes of one or two bytes; those beyond are of no use here.
const CODES: usize = 0x1_0000;

/// The characters of an encoding and their codes, in both directions.
///
/// It is made by decoding every code, so that it can write all that was read: also characters
/// that the Encoding Standard reads but does not write. Of two codes for one character the first
/// counts.
pub(super) struct Charset {
    /// By code; NUL where there is none.
    characters: Box<[char]>,
    codes: Places,
    /// Second codes of characters that have two, sorted.
    others: Vec<(char, u16)>,
}

static CHARSETS: [(Encoding, LazyLock<Charset>); 6] = [
    (Encoding::GBK, LazyLock::new(|| Charset::new(Encoding::GBK))),
    (Encoding::BIG5, LazyLock::new(|| Charset::new(Encoding::BIG5))),
    (Encoding::SHIFT_JIS, LazyLock::new(|| Charset::new(Encoding::SHIFT_JIS))),
    (Encoding::EUC_JP, LazyLock::new(|| Charset::new(Encoding::EUC_JP))),
    (Encoding::EUC_KR, LazyLock::new(|| Charset::new(Encoding::EUC_KR))),
    (Encoding::WINDOWS_1252, LazyLock::new(|| Charset::new(Encoding::WINDOWS_1252))),
];

impl Charset {
    /// That of `encoding`, if it is one that texts are misread as or from.
    pub(super) fn of(encoding: Encoding) -> Option<&'static Self> {
        let (_, charset) = CHARSETS.iter().find(|(known, _)| *known == encoding)?;
        Some(charset)
    }

    fn new(encoding: Encoding) -> Self {
        let characters = characters(encoding);
        let read = || (0..CODES).filter(|code| characters[*code] != '\0');
        let read = || read().map(|code| (characters[code], code));
        // Of the codes of a character, the last one that is given counts.
        let codes: Places = read().rev().chain(controls(encoding)).collect();
        let others = read().filter(|(character, code)| codes.get(*character) != Some(*code));
        let mut others: Vec<_> = others.map(|(character, code)| (character, code as u16)).collect();
        others.sort_unstable();
        Self { characters, codes, others }
    }

    /// The code of `character`: one byte if it is below 0x100, else two.
    pub(super) fn code(&self, character: char) -> Option<u16> {
        if character.is_ascii() {
            return Some(character as u16);
        }
        self.codes.get(character).map(|code| code as u16)
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

/// The characters of an encoding, by their codes.
fn characters(encoding: Encoding) -> Box<[char]> {
    let mut characters = vec!['\0'; CODES];
    for byte in 0x80..=0xFF {
        characters[usize::from(byte)] = character(encoding, &[byte]);
    }
    // A byte that is a character by itself leads no other.
    let leads = (0x81..=0xFE).filter(|lead| characters[usize::from(*lead)] == '\0');
    for lead in leads.collect::<Vec<u8>>() {
        for trail in 0x40..=0xFE {
            let code = usize::from(u16::from_be_bytes([lead, trail]));
            characters[code] = character(encoding, &[lead, trail]);
        }
    }
    characters.into()
}

/// The one character that `bytes` are, or NUL.
fn character(encoding: Encoding, bytes: &[u8]) -> char {
    let mut text = String::new();
    let decoded = encoding.codec().decoder().decode(bytes, true, &mut text);
    let mut characters = text.chars();
    match (decoded, characters.next(), characters.next()) {
        (Ok(()), Some(character), None) => character,
        _ => '\0',
    }
}

/// The controls of ISO 8859-1, where windows-1252 has others: texts are misread in both ways.
fn controls(encoding: Encoding) -> impl Iterator<Item = (char, usize)> {
    let controls = ('\u{80}'..='\u{9F}').filter(move |_| encoding == Encoding::WINDOWS_1252);
    controls.map(|control| (control, control as usize))
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
