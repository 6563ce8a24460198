use super::{Decode, Encode, Fault, Miss};

pub(super) struct Ascii;

impl Decode for Ascii {
    fn decode(&mut self, bytes: &[u8], _last: bool, out: &mut String) -> Result<(), Fault> {
        let valid = encoding_rs::Encoding::ascii_valid_up_to(bytes);
        out.push_str(&String::from_utf8_lossy(&bytes[..valid]));
        if valid < bytes.len() {
            return Err(Fault { read: valid + 1, back: 1 });
        }
        Ok(())
    }
}

impl Encode for Ascii {
    fn encode(&mut self, text: &str, out: &mut Vec<u8>) -> Result<(), Miss> {
        let valid = encoding_rs::Encoding::ascii_valid_up_to(text.as_bytes());
        out.extend_from_slice(&text.as_bytes()[..valid]);
        match text[valid..].chars().next() {
            Some(character) => Err(Miss { read: valid + character.len_utf8(), character }),
            None => Ok(()),
        }
    }
}
