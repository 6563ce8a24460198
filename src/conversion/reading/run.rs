//! The usual case of a [`Block`]: runs of characters of three bytes that stay so.
#![allow(
    unsafe_code,
    reason = "to look through text again that has just been encoded costs a tenth of the speed"
)]

use super::Reading;
use super::block::{Block, TELLS};
use super::form::{Form, number_of};
use super::words::Sources;
use crate::context::END;
use crate::conversion::fast::raw::push_utf8;

/// The most characters of a run, and their bytes: few have more.
const RUN: usize = 64;
pub(super) const RUN_BYTES: usize = 3 * RUN;

/// How many bytes were read, and how many of them up to the end of the last sentence that ended.
pub(super) struct Run {
    pub len: usize,
    pub ended: Option<usize>,
}

/// Adds the characters that `bytes`, text in UTF-8, begin with, as long as they have three bytes
/// and become others of three bytes; at most [`RUN`].
pub(super) fn read(
    block: &mut Block,
    reading: &Reading,
    bytes: &[u8],
    passage: &mut Sources,
) -> Run {
    let mut codes = [0_u16; RUN];
    let mut made = [0_u8; RUN_BYTES];
    let mut candidates = [0_u32; 2 * RUN];
    let mut found = 0;
    let mut before = block.codes.last().copied().unwrap_or(END);
    let mut counts = block.counts.0;
    let index = block.codes.len() as u32;
    let mut ended = None;
    let mut len = 0;
    let (source, _) = bytes.as_chunks::<3>();
    let (target, _) = made.as_chunks_mut::<3>();
    for ((source, target), code) in source.iter().zip(target).zip(&mut codes) {
        let character = u32::from_le_bytes([source[0], source[1], source[2], 0]);
        if character & 0xf0 != 0xe0 {
            break;
        }
        let number = number_of(character) as u16;
        let form = reading.forms.get_short(number).unwrap_or_else(|| {
            let same = u64::from(character) | u64::from(number) << 32;
            Form(same)
        });
        if form.has(Form::OTHER) {
            break;
        }
        let place = index + len as u32;
        // Without a branch, which nothing could foretell.
        candidates[found] = place;
        found += usize::from(reading.words.may_begin(before, form.code()));
        before = form.code();
        *code = before;
        let [first, second, third, _] = (form.0 as u32).to_le_bytes();
        *target = [first, second, third];
        counts += TELLS[form.tells()];
        len += 1;
        if form.has(Form::SPECIAL) {
            candidates[found] = place + 1;
            found += usize::from(form.has(Form::WORD));
            if form.has(Form::END) {
                block.counts.0 = counts;
                block.end_sentence_at(place + 1, reading, passage);
                counts = 0;
                ended = Some(3 * len);
            } else if let Some(character) = char::from_u32(u32::from(number)) {
                block.add_open(reading, place, character, form);
            }
        }
    }
    block.counts.0 = counts;
    block.candidates.extend_from_slice(&candidates[..found]);
    let offset = block.made.len() as u32;
    block.codes.extend_from_slice(&codes[..len]);
    block.offsets.extend((0..len as u32).map(|number| offset + 3 * number));
    // SAFETY: every three bytes are what a form of three bytes becomes, or are from the text.
    unsafe { push_utf8(&mut block.made, &made[..3 * len]) };
    Run { len: 3 * len, ended }
}
