use super::ascii::{extend_ascii, push_ascii};
use super::{Decode, Encode, Fault, Miss};

/// How an encoding that extends ASCII reads a character beyond it.
pub(super) trait ReadCode {
    /// Reads the character at the beginning of `bytes`, which is not empty nor begins with ASCII.
    fn read(&self, bytes: &[u8]) -> Reading;
}

/// How such an encoding writes one.
pub(super) trait WriteCode {
    /// Appends the code of `character`, which is not ASCII; nothing if it has none.
    fn write(&self, character: char, out: &mut Vec<u8>) -> Option<()>;
}

pub(super) enum Reading {
    /// A character, and of how many bytes.
    Character(char, usize),
    /// So far so good.
    Unfinished,
    /// How many bytes the malformed sequence has.
    Malformed(usize),
}

impl Reading {
    /// The character, if `bytes` are the code of one. If not they are malformed, but for an ASCII
    /// character at their end, which a broken code must not swallow.
    pub(super) fn whole(bytes: &[u8], character: Option<char>) -> Self {
        match character {
            Some(character) => Self::Character(character, bytes.len()),
            None => {
                let ascii = bytes.last().is_some_and(u8::is_ascii);
                Self::Malformed(bytes.len() - usize::from(ascii))
            }
        }
    }
}

pub(super) struct MultibyteDecoder<F> {
    form: F,
    /// The beginning of a character whose end is yet to come.
    partial: Vec<u8>,
}

impl<F: ReadCode> MultibyteDecoder<F> {
    pub(super) fn new(form: F) -> Self {
        Self { form, partial: Vec::new() }
    }

    /// Goes on with the partial character, if there is one; says how many of `bytes` it took.
    fn complete(&mut self, bytes: &[u8], out: &mut String) -> Result<usize, Fault> {
        let mut read = 0;
        while !self.partial.is_empty() && read < bytes.len() {
            self.partial.push(bytes[read]);
            read += 1;
            match self.form.read(&self.partial) {
                Reading::Unfinished => continue,
                Reading::Character(character, _) => out.push(character),
                Reading::Malformed(len) => {
                    let given_back = self.partial.len() - len;
                    self.partial.clear();
                    return Err(Fault { read: read - given_back, back: len });
                }
            }
            self.partial.clear();
        }
        Ok(read)
    }
}

impl<F: ReadCode> Decode for MultibyteDecoder<F> {
    fn decode(&mut self, bytes: &[u8], last: bool, out: &mut String) -> Result<(), Fault> {
        let mut read = self.complete(bytes, out)?;
        while let Some(byte) = bytes.get(read) {
            if byte.is_ascii() {
                read += push_ascii(&bytes[read..], out);
                continue;
            }
            match self.form.read(&bytes[read..]) {
                Reading::Character(character, len) => {
                    out.push(character);
                    read += len;
                }
                Reading::Malformed(len) => return Err(Fault { read: read + len, back: len }),
                Reading::Unfinished => {
                    self.partial.extend_from_slice(&bytes[read..]);
                    break;
                }
            }
        }
        if last && !self.partial.is_empty() {
            let back = self.partial.len();
            self.partial.clear();
            return Err(Fault { read: bytes.len(), back });
        }
        Ok(())
    }
}

pub(super) struct MultibyteEncoder<F>(pub(super) F);

impl<F: WriteCode> Encode for MultibyteEncoder<F> {
    fn encode(&mut self, text: &str, out: &mut Vec<u8>) -> Result<(), Miss> {
        let mut read = 0;
        while let Some(character) = text[read..].chars().next() {
            if character.is_ascii() {
                read += extend_ascii(&text[read..], out);
                continue;
            }
            read += character.len_utf8();
            self.0.write(character, out).ok_or(Miss { read, character })?;
        }
        Ok(())
    }
}
