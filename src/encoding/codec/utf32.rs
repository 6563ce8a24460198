use super::{Decode, Encode, Fault, Miss};

pub(super) struct Utf32Decoder {
    from_bytes: fn([u8; 4]) -> u32,
    /// The first bytes of a unit whose last ones are yet to come: three at most.
    partial: Vec<u8>,
}

impl Utf32Decoder {
    pub(super) fn new(from_bytes: fn([u8; 4]) -> u32) -> Self {
        Self { from_bytes, partial: Vec::new() }
    }

    fn push(&self, unit: [u8; 4], out: &mut String) -> bool {
        let character = char::from_u32((self.from_bytes)(unit));
        out.extend(character);
        character.is_some()
    }
}

impl Decode for Utf32Decoder {
    fn decode(&mut self, bytes: &[u8], last: bool, out: &mut String) -> Result<(), Fault> {
        let mut read = 0;
        if !self.partial.is_empty() {
            read = bytes.len().min(4 - self.partial.len());
            self.partial.extend_from_slice(&bytes[..read]);
            if let Ok(unit) = self.partial[..].try_into() {
                self.partial.clear();
                if !self.push(unit, out) {
                    return Err(Fault { read, back: 4 });
                }
            }
        }
        let (units, tail) = bytes[read..].as_chunks::<4>();
        for unit in units {
            read += 4;
            if !self.push(*unit, out) {
                return Err(Fault { read, back: 4 });
            }
        }
        self.partial.extend_from_slice(tail);
        if last && !self.partial.is_empty() {
            let back = self.partial.len();
            self.partial.clear();
            return Err(Fault { read: bytes.len(), back });
        }
        Ok(())
    }
}

/// Holds the byte order.
pub(super) struct Utf32Encoder(pub(super) fn(u32) -> [u8; 4]);

impl Encode for Utf32Encoder {
    fn encode(&mut self, text: &str, out: &mut Vec<u8>) -> Result<(), Miss> {
        out.extend(text.chars().map(u32::from).flat_map(self.0));
        Ok(())
    }
}
