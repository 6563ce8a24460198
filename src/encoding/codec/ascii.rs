use super::{Decode, Encode, Fault, Miss};

pub(super) struct Ascii;

impl Decode for Ascii {
    fn decode(&mut self, bytes: &[u8], _last: bool, out: &mut String) -> Result<(), Fault> {
        let valid = push_ascii(bytes, out);
        if valid < bytes.len() {
            return Err(Fault { read: valid + 1, back: 1 });
        }
        Ok(())
    }
}

/// Appends the ASCII at the beginning of `bytes`, and says how much it is.
pub(super) fn push_ascii(bytes: &[u8], out: &mut String) -> usize {
    let len = encoding_rs::Encoding::ascii_valid_up_to(bytes);
    out.push_str(&String::from_utf8_lossy(&bytes[..len]));
    len
}

/// Appends the ASCII at the beginning of `text`, and says how much it is.
pub(super) fn extend_ascii(text: &str, out: &mut Vec<u8>) -> usize {
    let len = encoding_rs::Encoding::ascii_valid_up_to(text.as_bytes());
    out.extend_from_slice(&text.as_bytes()[..len]);
    len
}

impl Encode for Ascii {
    fn encode(&mut self, text: &str, out: &mut Vec<u8>) -> Result<(), Miss> {
        let valid = extend_ascii(text, out);
        match text[valid..].chars().next() {
            Some(character) => Err(Miss { read: valid + character.len_utf8(), character }),
            None => Ok(()),
        }
    }
}
