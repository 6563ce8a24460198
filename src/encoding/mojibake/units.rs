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
        let charset = Charset::of(encoding);
        let mut bytes = Vec::with_capacity(text.len());
        let mut units = Vec::with_capacity(text.len() / 2);
        for (start, character) in text.char_indices() {
            let from = bytes.len();
            let known = match charset {
                Some(charset) => push_code(charset.code(character), &mut bytes),
                None => push_utf_16(character, &mut bytes),
            };
            let origin = match known {
                true => Origin::Bytes,
                false if is_substitute(character) => Origin::Lost,
                false => Origin::Elsewhere,
            };
            let place = start..start + character.len_utf8();
            units.push(Unit { character, origin, place, bytes: from..bytes.len(), run_end: 0 });
        }
        let mut units = Self { encoding, bytes, units };
        units.find_runs();
        units
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

/// Appends a character of two bytes in UTF-16; false if it is none.
fn push_utf_16(character: char, bytes: &mut Vec<u8>) -> bool {
    let unit = u16::try_from(u32::from(character));
    bytes.extend(unit.iter().flat_map(|unit| unit.to_be_bytes()));
    unit.is_ok()
}

/// What decoders put in the place of bytes that they can't read: U+FFFD, or on Windows a
/// character for private use.
fn is_substitute(character: char) -> bool {
    matches!(character, '\u{FFFD}' | '\u{E000}'..='\u{F8FF}')
}
