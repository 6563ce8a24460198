use std::ops::Range;

use super::charset::Charset;
use super::units::{Origin, Unit, Units};
use crate::encoding::Encoding;

/// The longest block, in characters. Two ways to cut bytes into characters meet again much sooner.
const LONGEST: usize = 32;

/// A few characters whose bytes are also whole characters of the encoding in which the text may
/// have been written: the smallest piece that can be repaired by itself.
#[derive(Debug)]
pub(super) struct Block {
    /// The units that it is made of.
    pub(super) units: Range<usize>,
    /// Its place in the text that was written; none if its bytes are no text in that encoding.
    pub(super) written: Option<Range<usize>>,
}

/// Cuts a text into blocks.
pub(super) struct Blocks {
    pub(super) blocks: Vec<Block>,
    /// What was written, by and by.
    pub(super) text: String,
}

impl Blocks {
    /// The blocks of a text whose bytes may have been written in `encoding`.
    pub(super) fn of(units: &Units, encoding: Encoding) -> Self {
        let mut blocks = Self { blocks: Vec::new(), text: String::new() };
        let mut index = 0;
        while index < units.units.len() {
            let from = blocks.text.len();
            let mut walk = Walk { units, encoding, index, out: &mut blocks.text };
            let is_text = walk.block().is_some();
            let end = if is_text { walk.index } else { index + 1 };
            if !is_text {
                blocks.text.truncate(from);
            }
            let written = is_text.then_some(from..blocks.text.len());
            blocks.blocks.push(Block { units: index..end, written });
            index = end;
        }
        blocks
    }
}

/// Reads one block.
struct Walk<'a> {
    units: &'a Units,
    encoding: Encoding,
    /// The unit that is read next.
    index: usize,
    out: &'a mut String,
}

impl Walk<'_> {
    /// Goes to the first place at which a character ends in both encodings; none if there is none.
    fn block(&mut self) -> Option<()> {
        let first = self.index;
        let mut at = self.unit()?.bytes.start;
        while self.index - first < LONGEST {
            at = match self.unit()?.origin {
                Origin::Elsewhere => return None,
                Origin::Lost => self.pass_gap(at),
                Origin::Bytes => self.pass_character(at)?,
            };
            if self.unit().is_none_or(|unit| unit.bytes.start == at) {
                return Some(());
            }
        }
        None
    }

    fn unit(&self) -> Option<&Unit> {
        self.units.units.get(self.index)
    }

    /// Reads the character at `at`; gives its end.
    fn pass_character(&mut self, at: usize) -> Option<usize> {
        let bytes = &self.units.bytes[at..self.unit()?.run_end];
        match next(bytes, self.encoding, self.units.encoding) {
            Next::Character(character, length) => {
                self.out.push(character);
                Some(self.advance(at + length))
            }
            Next::Cut(length) => self.pass_cut(at, length),
            Next::Malformed => None,
        }
    }

    /// Reads the beginning of a character, and what stands in the place of its end: U+FFFD, or the
    /// question mark that some decoders write. Where nothing does, two bytes are needed to tell
    /// that it is one.
    fn pass_cut(&mut self, at: usize, length: usize) -> Option<usize> {
        let end = self.advance(at + length);
        match self.unit() {
            Some(unit) if unit.origin == Origin::Lost => return Some(self.pass_gap(end)),
            _ if length < 2 => return None,
            Some(unit) if unit.character == '?' && unit.bytes.start == end => {
                self.lose();
                return Some(self.advance(end + 1));
            }
            _ => self.lose(),
        }
        Some(end)
    }

    /// Passes what stands for lost bytes, with the end of a character that began among them.
    fn pass_gap(&mut self, at: usize) -> usize {
        self.index += 1;
        self.lose();
        let rest = match self.unit() {
            Some(unit) if self.encoding == Encoding::UTF_8 => &self.units.bytes[at..unit.run_end],
            _ => &[],
        };
        let tail = rest.iter().take(3).take_while(|byte| is_continuation(**byte)).count();
        self.advance(at + tail)
    }

    fn lose(&mut self) {
        self.out.push(char::REPLACEMENT_CHARACTER);
    }

    /// Goes to the unit that has the byte at `at`, or is a gap before it.
    fn advance(&mut self, at: usize) -> usize {
        while self.unit().is_some_and(|unit| !unit.bytes.is_empty() && unit.bytes.end <= at) {
            self.index += 1;
        }
        at
    }
}

/// What bytes begin with.
enum Next {
    /// A character of so many bytes.
    Character(char, usize),
    /// So many bytes of a character that goes on no further.
    Cut(usize),
    Malformed,
}

/// Reads on in `written`, what was read as `read` before.
fn next(bytes: &[u8], written: Encoding, read: Encoding) -> Next {
    if written == Encoding::UTF_8 {
        return next_utf_8(bytes, read == Encoding::WINDOWS_1252);
    }
    let known = match Charset::of(written) {
        Some(charset) => charset.character(bytes),
        None => next_utf_16(bytes).map(|character| (character, 2)),
    };
    match known {
        Some((character, length)) => Next::Character(character, length),
        None if bytes.len() == 1 => Next::Cut(1),
        None => Next::Malformed,
    }
}

fn next_utf_16(bytes: &[u8]) -> Option<char> {
    let unit = u16::from_le_bytes(*bytes.first_chunk()?);
    char::from_u32(unit.into())
}

/// With `spaces`, a space may be what an editor made of a no-break space (0xA0).
fn next_utf_8(bytes: &[u8], spaces: bool) -> Next {
    let length = match bytes.first() {
        Some(0..=0x7F) => 1,
        Some(0xC2..=0xDF) => 2,
        Some(0xE0..=0xEF) => 3,
        Some(0xF0..=0xF4) => 4,
        _ => return Next::Malformed,
    };
    let mut sequence = [0; 4];
    let mut found = 0;
    for byte in bytes.iter().take(length) {
        sequence[found] = match byte {
            b' ' if spaces && found == length - 1 && length > 2 => 0xA0,
            byte if found > 0 && !is_continuation(*byte) => break,
            byte => *byte,
        };
        found += 1;
    }
    if found < length {
        return Next::Cut(found);
    }
    match str::from_utf8(&sequence[..length]).ok().and_then(|text| text.chars().next()) {
        Some(character) => Next::Character(character, length),
        None => Next::Malformed,
    }
}

fn is_continuation(byte: u8) -> bool {
    matches!(byte, 0x80..=0xBF)
}
