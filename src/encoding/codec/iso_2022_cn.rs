//! ISO-2022-CN (RFC 1922): GB 2312 and CNS 11643 in mail of seven bits. SO goes over to the pairs
//! of a set, SI back to ASCII, and a single shift is for one pair of another set. Which sets these
//! are, each line says anew.

use super::sequence::{Read, Sequences, read_ascii, read_pair};
use super::{Encode, Miss, cns, gb2312};

const ESCAPE: u8 = 0x1B;
const SHIFT_OUT: u8 = 0x0E;
const SHIFT_IN: u8 = 0x0F;

/// A set that the pairs behind SO are in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Set {
    Gb2312,
    /// The first plane of CNS 11643.
    Cns,
}

impl Set {
    fn character(self, row: u8, cell: u8) -> Option<char> {
        match self {
            Self::Gb2312 => gb2312::decode(row, cell),
            Self::Cns => cns::decode(1, row, cell),
        }
    }

    fn designation(self) -> &'static [u8] {
        match self {
            Self::Gb2312 => b"\x1B$)A",
            Self::Cns => b"\x1B$)G",
        }
    }
}

/// What a line has designated so far.
#[derive(Clone, Copy, Default)]
struct Line {
    shift_out: Option<Set>,
    /// The planes of CNS 11643 that the single shifts are for: 2, and one of 3 to 7.
    single_shift_two: Option<u8>,
    single_shift_three: Option<u8>,
}

/// Reads ISO-2022-CN, and the planes 3 to 7 that ISO-2022-CN-EXT adds to it.
///
/// A line end ends everything, whether or not SI came before it. White space and control
/// characters among pairs are themselves, and a shift may come twice. An escape that is none of
/// these, or a shift to a set that the line did not designate, is malformed by itself: what
/// follows is read.
#[derive(Default)]
pub(super) struct Iso2022Cn {
    /// Whether bytes are pairs of the set behind SO.
    pairs: bool,
    line: Line,
}

impl Sequences for Iso2022Cn {
    fn read(&mut self, bytes: &[u8], out: &mut String) -> Read {
        match bytes {
            [ESCAPE, rest @ ..] => self.escape(rest, out).behind(1),
            [SHIFT_OUT, ..] if self.line.shift_out.is_none() => Read::Malformed(1),
            [shift @ (SHIFT_OUT | SHIFT_IN), ..] => {
                self.pairs = *shift == SHIFT_OUT;
                Read::Taken(1)
            }
            [b'\n', ..] => {
                *self = Self::default();
                out.push('\n');
                Read::Taken(1)
            }
            [0x21..=0x7E, ..] if self.pairs => {
                read_pair(bytes, out, |row, cell| self.line.shift_out?.character(row, cell))
            }
            [0x80..=0xFF, ..] => Read::Malformed(1),
            _ if self.pairs => read_ascii(&bytes[..1], out, |_| false),
            _ => {
                read_ascii(bytes, out, |byte| matches!(byte, ESCAPE | SHIFT_OUT | SHIFT_IN | b'\n'))
            }
        }
    }
}

impl Iso2022Cn {
    /// Reads what stands behind an escape.
    fn escape(&mut self, rest: &[u8], out: &mut String) -> Read {
        match rest {
            [b'$', b')', b'A', ..] => self.line.shift_out = Some(Set::Gb2312),
            [b'$', b')', b'G', ..] => self.line.shift_out = Some(Set::Cns),
            [b'$', b'*', b'H', ..] => self.line.single_shift_two = Some(2),
            [b'$', b'+', letter @ b'I'..=b'M', ..] => {
                self.line.single_shift_three = Some(letter - b'I' + 3);
            }
            [b'$', b')', b'E', ..] => return self.without_table(),
            [b'N', pair @ ..] => return single_shift(self.line.single_shift_two, pair, out),
            [b'O', pair @ ..] => return single_shift(self.line.single_shift_three, pair, out),
            [] | [b'$'] | [b'$', b')' | b'*' | b'+'] => return Read::Unfinished(0),
            _ => return Read::Malformed(0),
        }
        Read::Taken(3)
    }

    /// The EXT version has ISO-IR-165 as well, for which there is no table here. Its pairs must
    /// not be read as those of the set before.
    fn without_table(&mut self) -> Read {
        self.pairs = false;
        self.line.shift_out = None;
        Read::Malformed(3)
    }
}

/// Reads a pair of the plane, which is none if the line has not designated one, and the letter of
/// the shift before it.
fn single_shift(plane: Option<u8>, pair: &[u8], out: &mut String) -> Read {
    match plane {
        Some(plane) => read_pair(pair, out, |row, cell| cns::decode(plane, row, cell)).behind(1),
        None => Read::Malformed(0),
    }
}

/// Writes ISO-2022-CN, without what EXT adds.
///
/// GB 2312 comes before CNS 11643, unless the line is in CNS 11643 already: Traditional text would
/// change sets at every other character. The sets are those that glibc chooses, but not always its
/// shifts, of which it can't read all: sets change in ASCII here, and SO stands before every
/// stretch of pairs.
#[derive(Default)]
pub(super) struct Iso2022CnEncoder {
    /// Whether bytes are pairs of the set behind SO.
    pairs: bool,
    line: Line,
}

impl Encode for Iso2022CnEncoder {
    fn encode(&mut self, text: &str, out: &mut Vec<u8>) -> Result<(), Miss> {
        for (start, character) in text.char_indices() {
            if !self.write_ascii(character, out) && !self.write_pair(character, out) {
                self.shift_in(out);
                return Err(Miss { read: start + character.len_utf8(), character });
            }
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Vec<u8>) {
        self.shift_in(out);
    }
}

impl Iso2022CnEncoder {
    /// False if it is not ASCII, or would be read as a shift.
    fn write_ascii(&mut self, character: char, out: &mut Vec<u8>) -> bool {
        let Ok(byte @ 0..0x80) = u8::try_from(character) else {
            return false;
        };
        if matches!(byte, ESCAPE | SHIFT_OUT | SHIFT_IN) {
            return false;
        }
        self.shift_in(out);
        out.push(byte);
        if byte == b'\n' {
            self.line = Line::default();
        }
        true
    }

    /// False if no set has it.
    fn write_pair(&mut self, character: char, out: &mut Vec<u8>) -> bool {
        let gb2312 = || gb2312::encode(character).map(|pair| (Some(Set::Gb2312), pair));
        let cns = || match cns::encode(character)? {
            (1, row, cell) => Some((Some(Set::Cns), (row, cell))),
            (2, row, cell) => Some((None, (row, cell))),
            _ => None,
        };
        let found = match self.line.shift_out {
            Some(Set::Cns) => cns().or_else(gb2312),
            _ => gb2312().or_else(cns),
        };
        let Some((set, (row, cell))) = found else {
            return false;
        };
        match set {
            Some(set) => self.shift_out(set, out),
            None => self.single_shift(out),
        }
        out.extend([row, cell]);
        true
    }

    fn shift_out(&mut self, set: Set, out: &mut Vec<u8>) {
        if self.line.shift_out != Some(set) {
            self.shift_in(out);
            out.extend_from_slice(set.designation());
            self.line.shift_out = Some(set);
        }
        if !self.pairs {
            out.push(SHIFT_OUT);
            self.pairs = true;
        }
    }

    fn single_shift(&mut self, out: &mut Vec<u8>) {
        if self.line.single_shift_two.is_none() {
            out.extend_from_slice(b"\x1B$*H");
            self.line.single_shift_two = Some(2);
        }
        out.extend_from_slice(b"\x1BN");
    }

    fn shift_in(&mut self, out: &mut Vec<u8>) {
        if self.pairs {
            out.push(SHIFT_IN);
            self.pairs = false;
        }
    }
}
