//! Where what lies in the table. All costs are bytes, in sixteenths of a nat, but those of Chinese
//! characters: these have five bits for each of three scripts.

use std::ops::Range;

use super::class::Class;
use super::script::Script;

pub(super) const MAGIC: [u8; 4] = *b"JFD2";

/// Characters that have a cost of their own, besides those of [`HAN`] and hangul.
const RANGES: [Range<u32>; 6] =
    [0x00..0x700, 0xE00..0xE80, 0x1E00..0x1F00, 0x2000..0x2070, 0x3000..0x3100, 0xFF00..0xFF61];

/// The Chinese characters that have costs of their own.
pub(super) const HAN: Range<u32> = 0x4E00..0xA000;

/// How many syllables of hangul have costs of their own.
pub(super) const SYLLABLES: usize = 2350;

pub(super) const TRANSITIONS: Range<usize> = section(MAGIC.len(), TRANSITION_COUNT);
pub(super) const CHARACTERS: Range<usize> = section(TRANSITIONS.end, cells());
pub(super) const HANGUL: Range<usize> = section(CHARACTERS.end, SYLLABLES);
pub(super) const IDEOGRAPHS: Range<usize> =
    section(HANGUL.end.next_multiple_of(2), 2 * (HAN.end - HAN.start) as usize);
pub(super) const OUTLYING: Range<usize> = section(IDEOGRAPHS.end, 4 * OUTLIERS);
pub(super) const SIZE: usize = OUTLYING.end;

/// How many Chinese characters outside of [`HAN`] have costs: those that Cantonese needs. Three
/// bytes say which it is, the first one the highest, and one what it costs.
const OUTLIERS: usize = 192;

const TRANSITION_COUNT: usize = Script::ALL.len() * Class::COUNT * Class::COUNT;

const _: () = assert!(SIZE <= 48 * 1024);

const fn section(start: usize, len: usize) -> Range<usize> {
    start..start + len
}

/// How many characters [`RANGES`] have.
pub(super) const fn cells() -> usize {
    let (mut count, mut number) = (0, 0);
    while number < RANGES.len() {
        count += (RANGES[number].end - RANGES[number].start) as usize;
        number += 1;
    }
    count
}

/// The number of a character among those of [`RANGES`].
#[inline]
pub(super) fn cell(character: u32) -> Option<usize> {
    let mut before = 0;
    for range in RANGES {
        if range.contains(&character) {
            return Some(before + (character - range.start) as usize);
        }
        before += (range.end - range.start) as usize;
    }
    None
}

/// The number of a transition.
#[inline]
pub(super) fn transition(script: Script, from: Class, to: Class) -> usize {
    (script as usize * Class::COUNT + from as usize) * Class::COUNT + to as usize
}

/// A cost of a Chinese character in five bits: from three nats on in steps of seven sixteenths, or that
/// it was never seen.
pub(super) const HAN_LEAST: u32 = 48;
pub(super) const HAN_STEP: u32 = 7;
pub(super) const HAN_LEVELS: u32 = 32;
pub(super) const HAN_UNSEEN: u32 = 31;
