use std::ops::Range;

use super::charset::Charset;
use crate::encoding::Encoding;

/// A text as the bytes from which it was read.
pub(super) struct Units {
    /// As which they were read.
    pub(super) encoding: Encoding,
    pub(super) bytes: Vec<u8>,
    pub(super) units: Vec<Unit>,
}

/// One character of the text.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    pub(super) character: char,
    pub(super) origin: Origin,
    /// Where it is in the text.
    pub(super) place: Range<usize>,
    /// Where its bytes are; empty if it has none.
    pub(super) bytes: Range<usize>,
    /// Where the bytes end that follow each other without a gap from here.
    pub(super) run_end: usize,
}

/// Where a character can have come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// From bytes of the encoding.
    Bytes,
    /// From bytes that the encoding does not have: it stands for one or two that are lost.
    Lost,
    /// Not from this encoding.
    Elsewhere,
}

impl Units {
    /// The characters of `text`, as they were read from `encoding`.
    pub(super) fn of(text: &str, encoding: Encoding) -> Self {
        Self::with_codes(text, encoding, |_| None)
    }

    /// The same, where `other` may give characters other codes than usual.
    fn with_codes(text: &str, encoding: Encoding, other: impl Fn(char) -> Option<u16>) -> Self {
        let charset = Charset::of(encoding);
        let mut units = Self { encoding, bytes: Vec::new(), units: Vec::new() };
        let mut characters = text.chars().peekable();
        while let Some(character) = characters.next() {
            let code = other(character).or_else(|| charset?.code(character));
            let code = match (code, characters.peek()) {
                (Some(EURO), next) if encoding == Encoding::GBK => {
                    let next = next.and_then(|next| charset?.code(*next));
                    Some(euro(&units.bytes, next))
                }
                (code, _) => code,
            };
            units.push(character, code);
        }
        units.find_runs();
        units
    }

    /// The same with the other codes of all characters that have two; none if none has.
    pub(super) fn with_other_codes(&self, text: &str) -> Option<Self> {
        let has_two = text.chars().any(|character| self.other_code(character).is_some());
        has_two
            .then(|| Self::with_codes(text, self.encoding, |character| self.other_code(character)))
    }

    /// Whether several characters of `text` have two codes each: only all first or all second ones
    /// are tried. (In what was UTF-8, the wrong ones are malformed.)
    pub(super) fn is_ambiguous(&self, text: &str) -> bool {
        text.chars().filter_map(|character| self.other_code(character)).count() > 1
    }

    /// The second code of `character`, if it has two; which of the two the euro sign had in GBK is
    /// known.
    fn other_code(&self, character: char) -> Option<u16> {
        let is_known = self.encoding == Encoding::GBK && character == '€';
        if is_known { None } else { Charset::of(self.encoding)?.other_code(character) }
    }

    fn push(&mut self, character: char, code: Option<u16>) {
        let from = self.bytes.len();
        let known = match Charset::of(self.encoding) {
            Some(_) => push_code(code, &mut self.bytes),
            None => push_utf_16(character, &mut self.bytes),
        };
        let origin = match known {
            true => Origin::Bytes,
            false if is_substitute(character) => Origin::Lost,
            false => Origin::Elsewhere,
        };
        let start = self.units.last().map_or(0, |unit| unit.place.end);
        let (place, bytes) = (start..start + character.len_utf8(), from..self.bytes.len());
        self.units.push(Unit { character, origin, place, bytes, run_end: 0 });
    }

    fn find_runs(&mut self) {
        let mut run_end = self.bytes.len();
        for unit in self.units.iter_mut().rev() {
            if unit.origin != Origin::Bytes {
                run_end = unit.bytes.start;
            }
            unit.run_end = run_end;
        }
    }
}

/// Appends the bytes of a code; false if there is none.
fn push_code(code: Option<u16>, bytes: &mut Vec<u8>) -> bool {
    match code.map(u16::to_be_bytes) {
        Some([0, single]) => bytes.push(single),
        Some(pair) => bytes.extend(pair),
        None => return false,
    }
    true
}

/// The first of the two codes of the euro sign in GBK.
const EURO: u16 = 0x80;

/// Which of its two codes in GBK the euro sign had, behind `bytes` of UTF-8: both are parts of
/// characters that texts are full of, 0x80 by itself and 0xA2E3 before the end of a kana.
fn euro(bytes: &[u8], next: Option<u16>) -> u16 {
    let tail = bytes.iter().rev().take_while(|byte| matches!(byte, 0x80..=0xBF)).count();
    let lead = bytes.len().checked_sub(tail + 1).and_then(|at| bytes.get(at));
    let is_last = tail == 1 && matches!(lead, Some(0xE0..=0xEF));
    let next = next.map(|code| if code < 0x100 { code } else { code >> 8 });
    if is_last && matches!(next, Some(0x80..=0xBF)) { 0xA2E3 } else { EURO }
}

/// Appends a character of two bytes in UTF-16; false if it is none, or stands for half of one that
/// has four.
fn push_utf_16(character: char, bytes: &mut Vec<u8>) -> bool {
    if character == char::REPLACEMENT_CHARACTER {
        return false;
    }
    let unit = u16::try_from(u32::from(character));
    bytes.extend(unit.iter().flat_map(|unit| unit.to_be_bytes()));
    unit.is_ok()
}

/// What decoders put in the place of bytes that they can't read: U+FFFD, or on Windows a
/// character for private use.
fn is_substitute(character: char) -> bool {
    matches!(character, '\u{FFFD}' | '\u{E000}'..='\u{F8FF}')
}
