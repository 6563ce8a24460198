//! The usual case of a [`Block`]: runs of characters of three bytes that stay so.
#![allow(
    unsafe_code,
    reason = "to look through text again that has just been encoded costs a tenth of the speed"
)]

use super::Reading;
use super::block::{Block, TELLS};
use crate::context::END;
use crate::conversion::fast::raw::push_utf8;

/// The most characters of a run, and their bytes.
const RUN: usize = 256;
pub(super) const RUN_BYTES: usize = 3 * RUN;

/// How many characters were read, and whether the last of them ends a sentence.
pub(super) struct Run {
    pub len: usize,
    pub ended: bool,
}

/// Adds the characters that `bytes`, text in UTF-8, begin with, as long as they have three bytes
/// and become others of three bytes; at most [`RUN`].
pub(super) fn read(block: &mut Block, reading: &Reading, bytes: &[u8]) -> Run {
    let mut codes = [0_u16; RUN];
    let mut made = [0_u8; RUN_BYTES];
    let mut before = block.codes.last().copied().unwrap_or(END);
    let (mut may_begin, mut counts) = (block.may_begin, block.counts.0);
    let index = block.codes.len() as u32;
    let mut run = Run { len: 0, ended: false };
    let (source, _) = bytes.as_chunks::<3>();
    let (target, _) = made.as_chunks_mut::<3>();
    for ((source, target), code) in source.iter().zip(target).zip(&mut codes) {
        let Some(character) = decode(*source) else { break };
        let form = reading.forms.get(character);
        let Some(bytes) = encode(form.character()) else { break };
        let place = index + run.len as u32;
        if may_begin && form.is_second() && reading.words.may_begin(before, form.code) {
            block.candidates.push(place);
        }
        may_begin = form.is_first();
        before = form.code;
        *code = form.code;
        *target = bytes;
        counts += TELLS[form.tells()];
        if form.is_special() {
            block.add_special(reading, place, character, form);
        }
        run.len += 1;
        if form.code == END {
            run.ended = true;
            break;
        }
    }
    block.may_begin = may_begin;
    block.counts.0 = counts;
    let offset = block.made.len() as u32;
    block.codes.extend_from_slice(&codes[..run.len]);
    block.offsets.extend((0..run.len as u32).map(|number| offset + 3 * number));
    // SAFETY: every three bytes are what `encode` made of a character.
    unsafe { push_utf8(&mut block.made, &made[..3 * run.len]) };
    run
}

/// The character of three bytes.
#[inline(always)]
fn decode([first, second, third]: [u8; 3]) -> Option<char> {
    if !(0xe0..0xf0).contains(&first) {
        return None;
    }
    let low = |byte: u8| u32::from(byte & 0x3f);
    char::from_u32(u32::from(first & 0x0f) << 12 | low(second) << 6 | low(third))
}

/// The bytes of a character, if they are three.
#[inline(always)]
fn encode(character: char) -> Option<[u8; 3]> {
    let number = u32::from(character);
    let low = |shift: u32| 0x80 | (number >> shift & 0x3f) as u8;
    (0x800..0x10000).contains(&number).then(|| [0xe0 | (number >> 12) as u8, low(6), low(0)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_decoded_and_encoded_as_by_the_standard_library() {
        for character in ('\u{800}'..='\u{ffff}').step_by(7) {
            let bytes: [u8; 3] = character.to_string().into_bytes().try_into().unwrap();
            assert_eq!((decode(bytes), encode(character)), (Some(character), Some(bytes)));
        }
        assert_eq!((encode('a'), encode('\u{7ff}'), encode('𠮷')), (None, None, None));
        assert_eq!(decode(*b"abc"), None);
    }
}
