//! Big5-HKSCS in output. In input it is what `encoding_rs` reads as Big5.

use std::sync::OnceLock;

use super::big5::{self, LEADS, TRAILS};
use super::charset::Places;
use super::multibyte::{MultibyteEncoder, WriteCode};
use super::{Encode, Miss};

/// Codes of characters that are written with another code.
static READ_ONLY: &[[u8; 2]] =
    include_bytes!(concat!(env!("OUT_DIR"), "/big5-hkscs.bin")).as_chunks().0;

/// The places of all characters but Ê and ê, which depend on what follows.
static PLACES: OnceLock<Places> = OnceLock::new();

/// The code of Ê or ê, alone or with a mark behind it.
fn code(base: char, mark: Option<char>) -> Option<[u8; 2]> {
    let trail = match (base, mark) {
        ('Ê', Some('\u{304}')) => 0x62,
        ('Ê', Some('\u{30C}')) => 0x64,
        ('Ê', None) => 0x66,
        ('ê', Some('\u{304}')) => 0xA3,
        ('ê', Some('\u{30C}')) => 0xA5,
        ('ê', None) => 0xA7,
        _ => return None,
    };
    Some([0x88, trail])
}

/// The one character that two bytes stand for.
fn character(code: &[u8]) -> Option<char> {
    let text = encoding_rs::BIG5.decode_without_bom_handling_and_without_replacement(code)?;
    let mut characters = text.chars();
    characters.next().filter(|_| characters.next().is_none())
}

fn places() -> Places {
    let codes = (0..LEADS * TRAILS).map(|place| (place, big5::code(place)));
    let written = codes.filter(|(_, code)| READ_ONLY.binary_search(code).is_err());
    let characters = written.filter_map(|(place, code)| Some((character(&code)?, place)));
    characters.filter(|(character, _)| code(*character, None).is_none()).collect()
}

struct Hkscs;

impl WriteCode for Hkscs {
    fn write(&self, character: char, out: &mut Vec<u8>) -> Option<()> {
        let place = PLACES.get_or_init(places).get(character)?;
        out.extend_from_slice(&big5::code(place));
        Some(())
    }
}

pub(super) struct HkscsEncoder {
    plain: MultibyteEncoder<Hkscs>,
    /// Ê or ê, until the next character is known: with a macron or a caron it has one code.
    held: Option<char>,
}

impl HkscsEncoder {
    pub(super) fn new() -> Self {
        Self { plain: MultibyteEncoder(Hkscs), held: None }
    }

    /// Writes what was held, with the mark at the beginning of `text` if there is one; says how
    /// much of `text` that took.
    fn release(&mut self, text: &str, out: &mut Vec<u8>) -> usize {
        let Some(base) = self.held.take() else {
            return 0;
        };
        let mark = text.chars().next().filter(|mark| code(base, Some(*mark)).is_some());
        out.extend(code(base, mark).into_iter().flatten());
        mark.map_or(0, char::len_utf8)
    }
}

impl Encode for HkscsEncoder {
    fn encode(&mut self, text: &str, out: &mut Vec<u8>) -> Result<(), Miss> {
        let mut read = 0;
        while read < text.len() {
            read += self.release(&text[read..], out);
            let Err(Miss { read: len, character }) = self.plain.encode(&text[read..], out) else {
                break;
            };
            read += len;
            if code(character, None).is_none() {
                return Err(Miss { read, character });
            }
            self.held = Some(character);
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Vec<u8>) {
        self.release("", out);
    }
}
