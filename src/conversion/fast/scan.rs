//! The pass over the text.
//!
//! Every place of the text and of the image that is read without bounds checks is covered by one
//! of three facts:
//!
//! - The image was made by [`image::build`](super::image::build), whose layout says how long each
//!   part is: a filter has a bit for every value of a hash's uppermost bits, a page number in the
//!   directory is that of a page, a slot leads to the beginning of a bucket, a bucket's count and
//!   lengths are true, and [`PADDING`] bytes follow the last.
//! - A place at which a record is looked for lies before the `end` of [`Scanner::scan`], so that
//!   the longest key and [`PADDING`] bytes lie behind it in the text.
//! - A place inside of a key that matched there has at least [`PADDING`] bytes behind it.
#![allow(unsafe_code, reason = "see raw.rs")]

use super::image::{
    ASK, CHECK, DIRECTORY, EMPTY, HEADER, LEAVE, MAGIC, PADDING, PAGE, hash_odd, hash_three,
    hash_two, upper,
};
use super::raw::{Bytes, Output};

/// Converts text in one pass, as far as the composed steps can tell.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scanner<'a> {
    directory: &'a [u8; DIRECTORY],
    pages: Bytes<'a>,
    filter_two: Bytes<'a>,
    filter_three: Bytes<'a>,
    filter_shift: u32,
    slots: Bytes<'a>,
    slot_shift: u32,
    records: Bytes<'a>,
    longest_key: usize,
    longest_ascii: usize,
}

/// A record that matches at a place of the text.
#[derive(Clone, Copy)]
struct Matched {
    /// The key's length behind its first character.
    rest: usize,
    /// Where the value is among the records, and its length.
    value: usize,
    value_len: usize,
    rank: u8,
}

impl<'a> Scanner<'a> {
    /// The scanner of an image that `build` made.
    pub fn new(image: &'a [u8]) -> Self {
        let field = |number: usize| {
            let at = 4 * number;
            u32::from_le_bytes([image[at], image[at + 1], image[at + 2], image[at + 3]])
        };
        assert_eq!(field(0), MAGIC, "not the image of composed steps");
        let (filter_bits, slot_bits) = (field(2), field(3));
        let (head, rest) = image.split_at(HEADER + DIRECTORY);
        let (pages, rest) = rest.split_at(field(1) as usize * PAGE);
        let (filter_two, rest) = rest.split_at((1 << filter_bits) / 8);
        let (filter_three, rest) = rest.split_at((1 << filter_bits) / 8);
        let (slots, records) = rest.split_at(8 << slot_bits);
        Self {
            directory: head[HEADER..].try_into().expect("the directory's length"),
            pages: Bytes(pages),
            filter_two: Bytes(filter_two),
            filter_three: Bytes(filter_three),
            filter_shift: 32 - filter_bits,
            slots: Bytes(slots),
            slot_shift: 32 - slot_bits,
            records: Bytes(records),
            longest_key: field(4) as usize,
            longest_ascii: field(5) as usize,
        }
    }

    /// Converts the beginning of `text` and appends it to `out`; returns its length.
    ///
    /// Stops where the steps have to be asked, and so far from the end of the text that the
    /// longest key fits. All steps stand at that place then: what follows does not depend on
    /// what came before.
    pub fn scan(&self, text: &str, out: &mut String) -> usize {
        // Three characters fit, too.
        let Some(end) = text.len().checked_sub(self.longest_key.max(12) + PADDING) else {
            return 0;
        };
        let bytes = Bytes(text.as_bytes());
        let mut output = Output::new(out, text.len());
        let mut at = 0;
        loop {
            at = self.scan_three(bytes, at, end, &mut output);
            if at >= end {
                return at;
            }
            match self.scan_hard(bytes, at, end, &mut output) {
                Some(next) => at = next,
                None => return at,
            }
        }
    }

    /// Converts characters of three bytes, and the keys that begin with them, up to a place for
    /// [`scan_hard`](Self::scan_hard).
    #[inline(always)]
    fn scan_three(
        &self,
        text: Bytes<'_>,
        start: usize,
        end: usize,
        output: &mut Output<'_>,
    ) -> usize {
        let mut at = start;
        let mut run = output.run();
        while at < end {
            // SAFETY: the place is before the end.
            let (word, next) = unsafe { (text.double_word(at), text.double_word(at + 1)) };
            if word & LEADS != THREE_BYTES {
                break;
            }
            let two = hash_two(word);
            let three = hash_three(two, next);
            let difference = self.difference(word as u32);
            let may_two = self.is_set(self.filter_two, two);
            let may_three = self.is_set(self.filter_three, three);
            if may_two | may_three | (difference & ASK != 0) {
                if difference & ASK != 0 {
                    break;
                }
                let rest = text.from(at + 3);
                let longer = may_three.then(|| self.find(upper(three), rest)).flatten();
                let shorter = may_two.then(|| self.find(upper(two), rest)).flatten();
                if let Some(found) = prefer(longer, shorter) {
                    let behind = at + 3 + found.rest;
                    let left = text.0.len() - behind;
                    if found.rank & (LEAVE | CHECK) != 0 || !run.has_room(found.value_len + left) {
                        break;
                    }
                    // SAFETY: the records have the value, and there is room.
                    unsafe { run.push_padded(self.records, found.value, found.value_len) };
                    at = behind;
                    continue;
                }
            }
            // SAFETY: the three bytes of the character are left.
            unsafe { run.push_three(word as u32 ^ difference) };
            at += 3;
        }
        output.end_run(run);
        at
    }

    /// Converts what stands at `at`; gives where that ends, or nothing if the steps have to be
    /// asked.
    #[inline(never)]
    fn scan_hard(
        &self,
        text: Bytes<'_>,
        at: usize,
        end: usize,
        output: &mut Output<'_>,
    ) -> Option<usize> {
        // SAFETY: the place is before the end.
        let word = unsafe { text.word(at) };
        if word & 0xf0 != 0xe0 {
            return self.scan_other(text, at, end, output);
        }
        let difference = self.difference(word);
        if difference & ASK != 0 {
            return None;
        }
        let Some(found) = self.look_up(text, at) else {
            output.push(&(word ^ difference).to_le_bytes()[..3], text.0.len() - at);
            return Some(at + 3);
        };
        let behind = at + 3 + found.rest;
        let is_checked = || found.rank & CHECK == 0 || self.is_calm(text, at + 3, behind);
        if found.rank & LEAVE != 0 || !is_checked() {
            return None;
        }
        let left = text.0.len() - behind;
        // SAFETY: the records have the value, and padding behind the last.
        unsafe { output.push_padded(self.records, found.value, found.value_len, left) };
        Some(behind)
    }

    /// Whether no record can match at any character from `at` to `end`, which are inside of a key.
    fn is_calm(&self, text: Bytes<'_>, mut at: usize, end: usize) -> bool {
        while at < end {
            let keys = Keys::at(text, at);
            let may_match = self.is_set(self.filter_two, keys.two)
                || self.is_set(self.filter_three, keys.three)
                || keys.odd.is_some_and(|odd| self.is_set(self.filter_two, odd));
            if may_match {
                return false;
            }
            // SAFETY: the place is inside of the key.
            at += character_len(unsafe { text.word(at) });
        }
        true
    }

    /// Copies what stands at `at` and is no character of three bytes; gives where it ends, or
    /// nothing if the steps have to be asked.
    #[inline(never)]
    fn scan_other(
        &self,
        text: Bytes<'_>,
        at: usize,
        end: usize,
        output: &mut Output<'_>,
    ) -> Option<usize> {
        let bytes = text.0;
        if bytes[at] >= 0xf0 {
            return None;
        }
        if bytes[at] >= 0x80 {
            output.push(&bytes[at..at + 2], bytes.len() - at);
            return Some(at + 2);
        }
        let mut stop = ascii_end(bytes, at, end);
        if self.longest_ascii > 0 && stop < end {
            // SAFETY: the place is before the end.
            let next = unsafe { text.word(stop) };
            let hash = hash_odd(bytes[stop - 1].into(), any_character(next));
            if self.is_set(self.filter_two, hash) {
                stop = at.max(stop.saturating_sub(self.longest_ascii));
            }
        }
        output.push(&bytes[at..stop], bytes.len() - stop);
        (stop > at).then_some(stop)
    }

    /// The word of the character of three bytes in `word`.
    #[inline(always)]
    fn difference(&self, word: u32) -> u32 {
        let character = three_bytes(word);
        let page = self.directory[(character >> 8) as usize & 0xff] as usize;
        // SAFETY: the directory leads to pages, of 256 words each.
        unsafe { self.pages.word(page * PAGE + 4 * (character & 0xff) as usize) }
    }

    #[inline(always)]
    fn is_set(&self, filter: Bytes<'_>, hash: u64) -> bool {
        let bit = (upper(hash) >> self.filter_shift) as usize;
        // SAFETY: a filter has a bit for every value of that many bits.
        unsafe { filter.byte(bit / 8) >> (bit % 8) & 1 != 0 }
    }

    /// The record that counts at `at`.
    fn look_up(&self, text: Bytes<'_>, at: usize) -> Option<Matched> {
        let keys = Keys::at(text, at);
        let rest = text.from(at + 3);
        let find = |filter: Bytes<'_>, hash: u64| {
            self.is_set(filter, hash).then(|| self.find(upper(hash), rest)).flatten()
        };
        let three = find(self.filter_three, keys.three);
        let two = find(self.filter_two, keys.two);
        let odd = keys.odd.and_then(|odd| find(self.filter_two, odd));
        prefer(prefer(three, odd), two)
    }

    /// The first of the records with `hash` whose key goes on with `rest`, the text behind the
    /// first character at a place before the end.
    #[inline(always)]
    fn find(&self, hash: u32, rest: Bytes<'_>) -> Option<Matched> {
        let mask = self.slots.0.len() / 8 - 1;
        let mut slot = (hash >> self.slot_shift) as usize;
        loop {
            // SAFETY: there are as many slots as values of that many bits.
            let entry = unsafe { self.slots.double_word(8 * slot) };
            let start = (entry >> 32) as u32;
            if start == EMPTY {
                return None;
            }
            if entry as u32 == hash
                && let Some(found) = self.first_match(start as usize, rest)
            {
                return Some(found);
            }
            slot = (slot + 1) & mask;
        }
    }

    /// The first record of the bucket at `start` whose key goes on with `rest`.
    #[inline(always)]
    fn first_match(&self, start: usize, rest: Bytes<'_>) -> Option<Matched> {
        let records = self.records;
        // SAFETY: `start` is the beginning of a bucket.
        let count = unsafe { records.byte(start) };
        let mut at = start + 1;
        for _ in 0..count {
            // SAFETY: a record has three bytes at least, and padding follows the last.
            let head = unsafe { records.word(at) };
            let (key_len, value_len) = ((head & 0xff) as usize, (head >> 8 & 0xff) as usize);
            let (key, value) = (at + 3, at + 3 + key_len);
            // SAFETY: the record has the key, the text has as many bytes as the longest one, and
            // both have padding behind them.
            if unsafe { records.is_prefix(key, key_len, rest) } {
                return Some(Matched { rest: key_len, value, value_len, rank: (head >> 16) as u8 });
            }
            at = value + value_len;
        }
        None
    }
}

/// Of two records that match at one place the one that counts: the lower rank, then the longer.
#[inline(always)]
fn prefer(one: Option<Matched>, other: Option<Matched>) -> Option<Matched> {
    let rank = |found: Matched| (found.rank & !(LEAVE | CHECK), usize::MAX - found.rest);
    match (one, other) {
        (Some(one), Some(other)) => Some(if rank(other) < rank(one) { other } else { one }),
        (one, other) => one.or(other),
    }
}

/// Where the first bytes of three characters stand if each has three, and what they are then.
const LEADS: u64 = 0x00f0_0000_f000_00f0;
const THREE_BYTES: u64 = 0x00e0_0000_e000_00e0;

/// The hashes by which the records that may match at a place are found.
struct Keys {
    two: u64,
    three: u64,
    /// That of keys with a character of another length, if there is one at the place.
    odd: Option<u64>,
}

impl Keys {
    /// Those of the place `at`, which is before the end or inside of a key.
    #[inline(always)]
    fn at(text: Bytes<'_>, at: usize) -> Self {
        // SAFETY: the padding is behind the place.
        let (word, next) = unsafe { (text.double_word(at), text.double_word(at + 1)) };
        let two = hash_two(word);
        let odd = || {
            let first = word as u32;
            // SAFETY: as above; a character has four bytes at most.
            let second = unsafe { text.word(at + character_len(first)) };
            hash_odd(any_character(first), any_character(second))
        };
        let three = hash_three(two, next);
        Self { two, three, odd: (word & LEADS != THREE_BYTES).then(odd) }
    }
}

/// Whether `text` has a compatibility ideograph, U+F900–FAFF or U+2F800–2FA1F.
pub(crate) fn has_compatibility(text: &str) -> bool {
    let bytes = text.as_bytes();
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    // Without early exit, so that it becomes a few wide instructions for many bytes.
    pairs.fold(false, |found, (&lead, &second)| {
        found
            | ((lead == 0xef) & (0xa4..0xac).contains(&second))
            | ((lead == 0xf0) & (second == 0xaf))
    })
}

/// The end of the ASCII that goes on at `at`, at most `end`.
fn ascii_end(bytes: &[u8], at: usize, end: usize) -> usize {
    let mut stop = at;
    while end - stop >= 32 && bytes[stop..stop + 32].is_ascii() {
        stop += 32;
    }
    while stop < end && bytes[stop].is_ascii() {
        stop += 1;
    }
    stop
}

/// The code point of a character of three bytes, the first of which is the lowest of `word`.
#[inline(always)]
fn three_bytes(word: u32) -> u32 {
    (word & 0x0f) << 12 | (word >> 8 & 0x3f) << 6 | (word >> 16 & 0x3f)
}

/// The code point of a character of any length, the first byte of which is the lowest of `word`.
fn any_character(word: u32) -> u32 {
    match character_len(word) {
        1 => word & 0x7f,
        2 => (word & 0x1f) << 6 | (word >> 8 & 0x3f),
        3 => three_bytes(word),
        _ => {
            let high = (word & 0x07) << 18 | (word >> 8 & 0x3f) << 12;
            high | (word >> 16 & 0x3f) << 6 | (word >> 24 & 0x3f)
        }
    }
}

/// The length of a character by its first byte.
fn character_len(word: u32) -> usize {
    match word & 0xff {
        0..0x80 => 1,
        0x80..0xe0 => 2,
        0xe0..0xf0 => 3,
        _ => 4,
    }
}
