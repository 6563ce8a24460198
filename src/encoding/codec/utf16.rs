use super::{Encode, Miss};

/// Writes UTF-16, which `encoding_rs` only reads. Holds the byte order.
pub(super) struct Utf16Encoder(pub(super) fn(u16) -> [u8; 2]);

impl Encode for Utf16Encoder {
    fn encode(&mut self, text: &str, out: &mut Vec<u8>) -> Result<(), Miss> {
        out.extend(text.encode_utf16().flat_map(self.0));
        Ok(())
    }
}
