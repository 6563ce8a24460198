use simdutf8::compat::from_utf8;

use super::{Decode, Encode, Fault, Miss};

#[derive(Default)]
pub(super) struct Utf8Decoder {
    /// The beginning of a character whose end is yet to come: three bytes at most.
    partial: Vec<u8>,
}

impl Decode for Utf8Decoder {
    fn decode(&mut self, bytes: &[u8], last: bool, out: &mut String) -> Result<(), Fault> {
        let start = self.complete(bytes, 0, out)?;
        let end = start + unfinished_tail(&bytes[start..]);
        push_valid(&bytes[..end], start, out)?;
        if let Some(lead) = bytes.get(end) {
            self.partial.push(*lead);
            self.complete(bytes, end + 1, out)?;
        }
        if last && !self.partial.is_empty() {
            let back = self.partial.len();
            self.partial.clear();
            return Err(Fault { read: bytes.len(), back });
        }
        Ok(())
    }
}

impl Utf8Decoder {
    /// Goes on with the partial character, if there is one, by `bytes` from `start`; says where
    /// the bytes that it took end.
    fn complete(&mut self, bytes: &[u8], start: usize, out: &mut String) -> Result<usize, Fault> {
        let mut read = start;
        while !self.partial.is_empty() && read < bytes.len() {
            self.partial.push(bytes[read]);
            match std::str::from_utf8(&self.partial) {
                Ok(character) => {
                    out.push_str(character);
                    self.partial.clear();
                }
                Err(error) if error.error_len().is_some() => {
                    let back = self.partial.len() - 1;
                    self.partial.clear();
                    return Err(Fault { read, back });
                }
                Err(_) => {}
            }
            read += 1;
        }
        Ok(read)
    }
}

/// Where in `bytes` an unfinished character at their end begins; their length if there is none.
///
/// Cut off before validation, it can't make the whole chunk invalid, so that what is valid is
/// validated once.
fn unfinished_tail(bytes: &[u8]) -> usize {
    let is_cut = |(&byte, rest): (&u8, usize)| match byte {
        0xC2..=0xDF => rest < 2,
        0xE0..=0xEF => rest < 3,
        0xF0..=0xF4 => rest < 4,
        _ => false,
    };
    let back = bytes.iter().rev().zip(1..4).position(|(byte, rest)| is_cut((byte, rest)));
    back.map_or(bytes.len(), |back| bytes.len() - 1 - back)
}

/// Appends `bytes` from `start` as text. They end with no unfinished character, unless one that a
/// further lead byte behind them cuts short.
fn push_valid(bytes: &[u8], start: usize, out: &mut String) -> Result<(), Fault> {
    let bytes = &bytes[start..];
    let error = match from_utf8(bytes) {
        Ok(text) => {
            out.push_str(text);
            return Ok(());
        }
        Err(error) => error,
    };
    let (valid, invalid) = bytes.split_at(error.valid_up_to());
    out.push_str(&String::from_utf8_lossy(valid));
    let back = error.error_len().unwrap_or(invalid.len());
    Err(Fault { read: start + valid.len() + back, back })
}

pub(super) struct Utf8Encoder;

impl Encode for Utf8Encoder {
    fn encode(&mut self, text: &str, out: &mut Vec<u8>) -> Result<(), Miss> {
        out.extend_from_slice(text.as_bytes());
        Ok(())
    }
}
