//! HZ (RFC 1843): GB 2312 in mail and news of seven bits. `~{` begins a stretch of pairs, `~}` ends
//! it, `~~` is a tilde, and a tilde at the end of a line joins it to the next.

use super::sequence::{Read, Sequences, read_ascii, read_pair};
use super::{Encode, Miss, gb2312};

/// Reads HZ, and what real texts have against the RFC: a line end ends a stretch of pairs, as
/// text whose `~}` was lost would be garbled to its end; white space and control characters within
/// a stretch are themselves, as are `~~` and a joined line; and a shift may come twice.
#[derive(Default)]
pub(super) struct Hz {
    /// Whether bytes are pairs of GB 2312.
    pairs: bool,
}

impl Sequences for Hz {
    fn read(&mut self, bytes: &[u8], out: &mut String) -> Read {
        match bytes {
            [b'~', rest @ ..] => self.tilde(rest, out),
            [b'\n', ..] => {
                self.pairs = false;
                out.push('\n');
                Read::Taken(1)
            }
            // No row of GB 2312: what is left of `~}` where the byte before was lost, or the tilde
            // was taken for the second byte of a pair.
            [b'}', ..] if self.pairs => {
                self.pairs = false;
                Read::Malformed(1)
            }
            [0x21..=0x7E, ..] if self.pairs => read_pair(bytes, out, gb2312::decode),
            [0x80..=0xFF, ..] => Read::Malformed(1),
            _ if self.pairs => read_ascii(&bytes[..1], out, |_| false),
            _ => read_ascii(bytes, out, |byte| byte == b'~'),
        }
    }
}

impl Hz {
    /// Reads what stands behind a tilde, and the tilde.
    fn tilde(&mut self, rest: &[u8], out: &mut String) -> Read {
        match rest {
            [b'{', ..] => self.pairs = true,
            [b'}', ..] => self.pairs = false,
            [b'~', ..] => out.push('~'),
            [b'\n', ..] => {}
            [b'\r', b'\n', ..] => return Read::Taken(3),
            [] | [b'\r'] => return Read::Unfinished(1),
            _ => return Read::Malformed(1),
        }
        Read::Taken(2)
    }
}

/// Writes HZ by the letter, every line to end in ASCII.
#[derive(Default)]
pub(super) struct HzEncoder {
    /// Whether bytes are pairs of GB 2312.
    pairs: bool,
}

impl Encode for HzEncoder {
    fn encode(&mut self, text: &str, out: &mut Vec<u8>) -> Result<(), Miss> {
        for (start, character) in text.char_indices() {
            if let Ok(byte @ 0..0x80) = u8::try_from(character) {
                self.shift(false, out);
                out.extend_from_slice(if byte == b'~' {
                    b"~~"
                } else {
                    std::slice::from_ref(&byte)
                });
            } else if let Some((row, cell)) = gb2312::encode(character) {
                self.shift(true, out);
                out.extend([row, cell]);
            } else {
                self.shift(false, out);
                return Err(Miss { read: start + character.len_utf8(), character });
            }
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Vec<u8>) {
        self.shift(false, out);
    }
}

impl HzEncoder {
    fn shift(&mut self, pairs: bool, out: &mut Vec<u8>) {
        if pairs != self.pairs {
            out.extend_from_slice(if pairs { b"~{" } else { b"~}" });
            self.pairs = pairs;
        }
    }
}
