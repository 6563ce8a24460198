use super::ascii::push_ascii;
use super::{Decode, Fault};

/// The length of the longest sequence, in bytes: a designation, or a single shift and its pair.
const LONGEST: usize = 4;

/// What came of the first bytes, which are a shift, a character or a run of ASCII. Counts bytes.
pub(super) enum Read {
    Taken(usize),
    Malformed(usize),
    /// More bytes will tell what they are. If there are none, so many of them are malformed.
    Unfinished(usize),
}

impl Read {
    /// The same, of a sequence that begins so many bytes earlier.
    pub(super) fn behind(self, prefix: usize) -> Self {
        match self {
            Self::Taken(len) => Self::Taken(prefix + len),
            Self::Malformed(len) => Self::Malformed(prefix + len),
            Self::Unfinished(len) => Self::Unfinished(prefix + len),
        }
    }
}

/// An encoding of seven bits, in which the meaning of a byte depends on the shifts before it.
pub(super) trait Sequences {
    /// Reads the first sequence of `bytes`, of which there is one at least, and appends its text.
    fn read(&mut self, bytes: &[u8], out: &mut String) -> Read;
}

/// Reads sequence by sequence, with those that are cut between two chunks put together.
#[derive(Default)]
pub(super) struct SequenceDecoder<S> {
    sequences: S,
    /// The beginning of a sequence whose end is yet to come: three bytes at most.
    held: Vec<u8>,
}

impl<S: Sequences> Decode for SequenceDecoder<S> {
    fn decode(&mut self, bytes: &[u8], last: bool, out: &mut String) -> Result<(), Fault> {
        let mut read = self.complete(bytes, out)?;
        while read < bytes.len() {
            match self.sequences.read(&bytes[read..], out) {
                Read::Taken(len) => read += len,
                Read::Malformed(len) => return Err(Fault { read: read + len, back: len }),
                Read::Unfinished(_) => {
                    self.held.extend_from_slice(&bytes[read..]);
                    read = bytes.len();
                }
            }
        }
        if last { self.end(read, out) } else { Ok(()) }
    }
}

impl<S: Sequences> SequenceDecoder<S> {
    /// Goes on with what is held, if anything is, by the first of `bytes`; says how many of them
    /// it took.
    fn complete(&mut self, bytes: &[u8], out: &mut String) -> Result<usize, Fault> {
        let mut read = 0;
        while !self.held.is_empty() && read < bytes.len() {
            let held = self.held.len();
            let next = bytes.len().min(read + LONGEST);
            self.held.extend_from_slice(&bytes[read..next]);
            let result = self.sequences.read(&self.held, out);
            let len = match result {
                Read::Taken(len) | Read::Malformed(len) => len,
                Read::Unfinished(_) => return Ok(bytes.len()),
            };
            // What was held may be more than this sequence.
            read += len.saturating_sub(held);
            self.held.truncate(held);
            self.held.drain(..len.min(held));
            if let Read::Malformed(_) = result {
                return Err(Fault { read, back: len.max(held) });
            }
        }
        Ok(read)
    }

    /// Finds a fault in what is held at the end of the input, a sequence that does not end.
    fn end(&mut self, read: usize, out: &mut String) -> Result<(), Fault> {
        while !self.held.is_empty() {
            match self.sequences.read(&self.held, out) {
                Read::Taken(len) => drop(self.held.drain(..len)),
                Read::Malformed(len) | Read::Unfinished(len) => {
                    let back = self.held.len();
                    self.held.drain(..len);
                    return Err(Fault { read, back });
                }
            }
        }
        Ok(())
    }
}

/// Reads a character of two bytes, each from 0x21 to 0x7E, in a set of 94 rows of 94 cells.
///
/// A byte that is no part of such a pair is left to be read anew. A pair that stands for nothing
/// is malformed as a whole, so that the next one is not torn.
pub(super) fn read_pair(
    bytes: &[u8],
    out: &mut String,
    character: impl Fn(u8, u8) -> Option<char>,
) -> Read {
    match *bytes {
        [row @ 0x21..=0x7E, cell @ 0x21..=0x7E, ..] => match character(row, cell) {
            Some(character) => {
                out.push(character);
                Read::Taken(2)
            }
            None => Read::Malformed(2),
        },
        [] => Read::Unfinished(0),
        [0x21..=0x7E] => Read::Unfinished(1),
        [0x21..=0x7E, ..] => Read::Malformed(1),
        _ => Read::Malformed(0),
    }
}

/// Reads the ASCII that `bytes` begin with, up to a byte that `is_special`.
pub(super) fn read_ascii(bytes: &[u8], out: &mut String, is_special: fn(u8) -> bool) -> Read {
    let special = bytes.iter().position(|byte| is_special(*byte));
    Read::Taken(push_ascii(&bytes[..special.unwrap_or(bytes.len())], out))
}
