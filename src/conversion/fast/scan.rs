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

/// The record that counts at a place of the text.
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
            longest_ascii: field(6) as usize,
        }
    }

    /// Converts the beginning of `text` and appends it to `out`; returns its length.
    ///
    /// Stops where the steps have to be asked, and so far from the end of the text that the
    /// longest key fits. All steps stand at that place then: what follows does not depend on
    /// what came before.
    pub fn scan(&self, text: &str, out: &mut String) -> usize {
        // Behind each place before the end there is room for the longest key, for three
        // characters, and for a word more.
        let Some(end) = text.len().checked_sub(self.longest_key.max(12) + PADDING) else {
            return 0;
        };
        let bytes = Bytes(text.as_bytes());
        let mut output = Output::new(out, text.len());
        let mut at = 0;
        while at < end {
            at = self.scan_three(bytes, at, end, &mut output);
            if at >= end {
                break;
            }
            match self.scan_hard(bytes, at, end, &mut output) {
                Some(next) => at = next,
                None => break,
            }
        }
        at
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
            let word = unsafe { text.double_word(at) };
            if word & LEADS != THREE_BYTES {
                break;
            }
            let two = hash_two(word);
            let three = hash_three(two, unsafe { text.double_word(at + 1) });
            let difference = self.difference(word as u32);
            let (may_two, may_three) =
                (self.is_set(self.filter_two, two), self.is_set(self.filter_three, three));
            if may_two | may_three | (difference & ASK != 0) {
                if difference & ASK != 0 {
                    break;
                }
                let rest = Bytes(unsafe { text.0.get_unchecked(at + 3..) });
                let longer = if may_three { self.find(upper(three), rest) } else { None };
                let shorter = if may_two { self.find(upper(two), rest) } else { None };
                if let Some(found) = prefer(longer, shorter) {
                    let next = at + 3 + found.rest;
                    let left = text.0.len() - next;
                    if found.rank & (LEAVE | CHECK) != 0 || !run.has_room(found.value_len + left) {
                        break;
                    }
                    unsafe { run.push_padded(self.records, found.value, found.value_len) };
                    at = next;
                    continue;
                }
            }
            unsafe { run.push_three(word as u32 ^ difference) };
            at += 3;
        }
        output.end_run(run);
        at
    }

    /// The word of the character of three bytes in `word`.
    #[inline(always)]
    fn difference(&self, word: u32) -> u32 {
        let character = three_bytes(word);
        let page = self.directory[(character >> 8) as usize & 0xff] as usize;
        unsafe { self.pages.word(page * PAGE + 4 * (character & 0xff) as usize) }
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
        let raw = unsafe { text.word(at) };
        if raw & 0xf0 != 0xe0 {
            return self.scan_other(text, at, end, output);
        }
        let difference = self.difference(raw);
        if difference & ASK != 0 {
            return None;
        }
        let Some(found) = self.look_up(text, at) else {
            output.push(&(raw ^ difference).to_le_bytes()[..3], text.0.len() - at);
            return Some(at + 3);
        };
        let next = at + 3 + found.rest;
        let is_certain = found.rank & LEAVE == 0
            && (found.rank & CHECK == 0 || self.is_calm(text, at + 3, next));
        if !is_certain {
            return None;
        }
        let left = text.0.len() - next;
        unsafe { output.push_padded(self.records, found.value, found.value_len, left) };
        Some(next)
    }

    /// Whether no record can match at any character from `at` to `end`.
    fn is_calm(&self, text: Bytes<'_>, mut at: usize, end: usize) -> bool {
        while at < end {
            let keys = Keys::at(text, at);
            if self.is_set(self.filter_two, keys.two) || self.is_set(self.filter_three, keys.three)
            {
                return false;
            }
            if keys.odd.is_some_and(|odd| self.is_set(self.filter_two, odd)) {
                return false;
            }
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
            let hash = hash_odd(bytes[stop - 1].into(), any_character(unsafe { text.word(stop) }));
            if self.is_set(self.filter_two, hash) {
                stop = at.max(stop.saturating_sub(self.longest_ascii));
            }
        }
        output.push(&bytes[at..stop], bytes.len() - stop);
        (stop > at).then_some(stop)
    }

    #[inline(always)]
    fn is_set(&self, filter: Bytes<'_>, hash: u64) -> bool {
        let bit = (upper(hash) >> self.filter_shift) as usize;
        unsafe { filter.byte(bit / 8) >> (bit % 8) & 1 != 0 }
    }

    /// The record that counts at `at`.
    #[inline(always)]
    fn look_up(&self, text: Bytes<'_>, at: usize) -> Option<Matched> {
        let keys = Keys::at(text, at);
        let rest = Bytes(&text.0[at + 3..]);
        let find = |filter: Bytes<'_>, hash: u64| {
            if self.is_set(filter, hash) { self.find(upper(hash), rest) } else { None }
        };
        let three = find(self.filter_three, keys.three);
        let two = find(self.filter_two, keys.two);
        let odd = keys.odd.and_then(|odd| find(self.filter_two, odd));
        prefer(prefer(three, odd), two)
    }

    /// The first of the records with `hash` whose key goes on with `rest`.
    #[inline(always)]
    fn find(&self, hash: u32, rest: Bytes<'_>) -> Option<Matched> {
        let mask = self.slots.0.len() / 8 - 1;
        let mut slot = (hash >> self.slot_shift) as usize;
        loop {
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

    #[inline(always)]
    fn first_match(&self, start: usize, rest: Bytes<'_>) -> Option<Matched> {
        let records = self.records;
        let count = unsafe { records.byte(start) };
        let mut at = start + 1;
        for _ in 0..count {
            let head = unsafe { records.word(at) };
            let (key_len, value_len) = ((head & 0xff) as usize, (head >> 8 & 0xff) as usize);
            let (key, value) = (at + 3, at + 3 + key_len);
            if unsafe { records.is_prefix(key, key_len, rest) } {
                return Some(Matched { rest: key_len, value, value_len, rank: (head >> 16) as u8 });
            }
            at = value + value_len;
        }
        None
    }
}

/// Whether `text` has a compatibility ideograph, U+F900–FAFF or U+2F800–2FA1F.
pub(crate) fn has_compatibility(text: &str) -> bool {
    let bytes = text.as_bytes();
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
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

/// Of two records that match at one place the one that counts; `longer` is not the shorter one.
fn prefer(longer: Option<Matched>, shorter: Option<Matched>) -> Option<Matched> {
    match (longer, shorter) {
        (Some(longer), Some(shorter)) => {
            let rank = |found: Matched| (found.rank & !(LEAVE | CHECK), usize::MAX - found.rest);
            Some(if rank(shorter) < rank(longer) { shorter } else { longer })
        }
        (longer, shorter) => longer.or(shorter),
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
    /// Those of the place `at`, where at least nine bytes are.
    #[inline(always)]
    fn at(text: Bytes<'_>, at: usize) -> Self {
        let word = unsafe { text.double_word(at) };
        let two = hash_two(word);
        let three = hash_three(two, unsafe { text.double_word(at + 1) });
        let odd = || {
            let first = word as u32;
            let second = unsafe { text.word(at + character_len(first)) };
            hash_odd(any_character(first), any_character(second))
        };
        Self { two, three, odd: (word & LEADS != THREE_BYTES).then(odd) }
    }
}

/// The code point of a character of three bytes, the first of which is the lowest of `word`.
fn three_bytes(word: u32) -> u32 {
    (word & 0x0f) << 12 | (word >> 8 & 0x3f) << 6 | (word >> 16 & 0x3f)
}

/// The code point of a character of any length.
fn any_character(word: u32) -> u32 {
    if word & 0xf0 == 0xe0 {
        return three_bytes(word);
    }
    match word & 0xff {
        0..0x80 => word & 0x7f,
        0x80..0xf0 => (word & 0x1f) << 6 | (word >> 8 & 0x3f),
        _ => {
            (word & 0x07) << 18
                | (word >> 8 & 0x3f) << 12
                | (word >> 16 & 0x3f) << 6
                | (word >> 24 & 0x3f)
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
