//! What the image says about places of a text.
//!
//! Every place of the text and of the image that is read without bounds checks is covered by one
//! of two facts:
//!
//! - The image was made by [`image::build`](super::image::build), whose layout says how long each
//!   part is: a filter has a word for every value of a hash's uppermost bits, a page number in the
//!   directory is that of a page, a slot leads to the beginning of a bucket, a bucket's count and
//!   lengths are true, and [`PADDING`] bytes follow the last.
//! - A place that is looked at has the longest key twice and [`PADDING`] bytes behind it in the text:
//!   it lies before the end of a [`Walk`], a block behind that at most, or in a key that begins
//!   there.
#![allow(unsafe_code, reason = "see raw.rs")]

use super::hash::{hash_odd, hash_three, hash_two, upper};
use super::image::{CHECK, EMPTY, LEAVE, PADDING, PAGE, Parts, mask_of, place_bits, word_of};
use super::raw::{Bytes, Writer};
use super::sink::{Comparison, Sink, Value};
use super::utf8::{any_character, character_len, find_compatibility};
use super::walk::{BLOCK, Walk};
use crate::dictionary::Table;

/// Converts text in one pass, as far as the composed steps can tell.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scanner<'a> {
    /// Where the keys of the segmentation are looked up, or those of the only stage.
    table: &'a Table,
    /// What is asked before that, and about which the steps are asked.
    user: Option<&'a Table>,
    pub(super) characters: Characters<'a>,
    pairs: Filter<'a>,
    anchors: Filter<'a>,
    starts: Filter<'a>,
    slots: Bytes<'a>,
    slot_bits: u32,
    /// The bits of a slot that are a place in the records.
    place_bits: u32,
    records: Bytes<'a>,
    pub(super) longest_key: usize,
}

/// How far from the end of a text a place is looked for at which all steps stand.
const TAIL: usize = 48;

/// What becomes of each character of three bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Characters<'a> {
    directory: Bytes<'a>,
    pages: Bytes<'a>,
}

impl Characters<'_> {
    /// The word of the character in `word`, the bytes of which are the lowest.
    #[inline(always)]
    pub fn difference(self, word: u32) -> u32 {
        let high = (word & 0x0f) << 6 | (word >> 8 & 0x3f);
        // SAFETY: the directory has two bytes for each value of ten bits.
        let page = unsafe { self.directory.half_word(2 * high as usize) } as usize;
        // SAFETY: the directory leads to pages, of 64 words each.
        unsafe { self.pages.word(page * PAGE + 4 * (word >> 16 & 0x3f) as usize) }
    }
}

/// Two bits for each hash, in one of its words of 64 bits.
#[derive(Debug, Clone, Copy)]
struct Filter<'a> {
    bytes: Bytes<'a>,
    bits: u32,
}

impl Filter<'_> {
    #[inline(always)]
    fn has(self, hash: u64) -> bool {
        let (hash, mask) = (upper(hash), mask_of(upper(hash)));
        // SAFETY: a filter has a word for every value of a hash's uppermost bits.
        unsafe { self.bytes.double_word(8 * word_of(hash, self.bits)) & mask == mask }
    }
}

/// The key that counts at a place.
#[derive(Clone, Copy)]
pub(super) enum Key<'a> {
    /// One of that many bytes that becomes what its characters become one by one.
    Plain(usize),
    Record(Matched<'a>),
    /// One of the user's: the steps have to be asked.
    User,
}

/// A record that matches at a place of the text.
#[derive(Clone, Copy)]
pub(super) struct Matched<'a> {
    /// The key's length.
    pub len: usize,
    pub value: Value<'a>,
    rank: u8,
}

impl Matched<'_> {
    /// Whether the steps have to be asked.
    pub fn leaves(self) -> bool {
        self.rank & LEAVE != 0
    }

    fn is_segment(self) -> bool {
        self.rank & !(LEAVE | CHECK) == 0
    }
}

impl<'a> Scanner<'a> {
    /// The scanner of an image that `build` made; `table` has the keys of the segmentation, or of
    /// the only stage; the image has the keys of `user`, too.
    pub fn new(image: &'a [u8], table: &'a Table, user: Option<&'a Table>) -> Self {
        let Parts { directory, pages, filters, slots, records, longest } = Parts::of(image);
        let filter =
            |bytes: &'a [u8]| Filter { bytes: Bytes(bytes), bits: (8 * bytes.len()).ilog2() };
        let [pairs, anchors, starts] = filters.map(filter);
        Self {
            table,
            user,
            characters: Characters { directory: Bytes(directory), pages: Bytes(pages) },
            pairs,
            anchors,
            starts,
            slots: Bytes(slots),
            slot_bits: (slots.len() / 4).ilog2(),
            place_bits: place_bits(records.len()),
            records: Bytes(records),
            longest_key: longest,
        }
    }

    /// Converts the beginning of `text` and appends it to `out`; returns its length.
    ///
    /// Stops where the steps have to be asked, and some characters before the end unless the text
    /// is `complete`. All steps stand at that place then: what follows does not depend on what
    /// came before.
    pub fn scan(&self, text: &str, complete: bool, out: &mut String) -> usize {
        let (at, writer) = self.walk(text, complete, Writer::new(out, text.len()));
        writer.finish();
        at
    }

    /// How much of `text` from its beginning on stays as it is, as far as that is easily told; some
    /// characters before the end at most unless the text is `complete`. All steps stand at the place
    /// where that ends.
    pub fn skim(&self, text: &str, complete: bool) -> usize {
        self.walk(text, complete, Comparison::default()).0
    }

    fn walk<S: Sink>(&self, text: &str, complete: bool, mut sink: S) -> (usize, S) {
        let goal = if complete { text.len() } else { self.last_boundary(text) };
        let (margin, mut at) = (self.margin(), 0);
        if let Some(end) = text.len().checked_sub(margin) {
            let ended;
            (at, ended, sink) = Walk::new(self, text, end.min(goal), text.len(), sink).run();
            if !ended {
                return (at, sink);
            }
        }
        if at >= goal {
            return (at, sink);
        }
        // No key goes on behind the goal: what is there can just as well be NUL.
        let mut tail = String::with_capacity(goal - at + margin);
        tail.push_str(&text[at..goal]);
        let len = tail.len();
        tail.extend(std::iter::repeat_n('\0', margin));
        let (end, _, sink) = Walk::new(self, &tail, len, len, sink).run();
        (at + end, sink)
    }

    /// The last place of a text of which more may come at which all steps stand, if it is near the
    /// end; or else the beginning.
    fn last_boundary(&self, text: &str) -> usize {
        let start = text.floor_char_boundary(text.len().saturating_sub(TAIL));
        let mut padded = [0; TAIL + 4 + PADDING];
        let tail = &text.as_bytes()[start..];
        padded[..tail.len()].copy_from_slice(tail);
        let mut places = text[start..].char_indices().rev().map(|(at, _)| at);
        let mut behind = places.next().unwrap_or(0);
        for at in places {
            let normal = find_compatibility(&padded[at..behind + 2]).is_none();
            if normal && !self.may_join(Bytes(&padded), at) {
                return start + behind;
            }
            behind = at;
        }
        0
    }

    /// How far from the end of a text its last place must be.
    fn margin(&self) -> usize {
        2 * self.longest_key + 3 * BLOCK + PADDING
    }

    /// Whether a character of four bytes does not simply stay.
    pub(super) fn is_hard(&self, word: u32) -> bool {
        self.anchors.has(hash_odd(any_character(word), 0))
    }

    /// Whether the character at `at` and the next one may be neighbours in a key.
    pub(super) fn may_join(&self, text: Bytes<'_>, at: usize) -> bool {
        // SAFETY: the padding is behind the place.
        let word = unsafe { text.double_word(at) };
        if word & TWO_LEADS == TWO_OF_THREE {
            return self.pairs.has(hash_two(word));
        }
        self.pairs.has(hash_of_odd(text, at, word as u32))
    }

    /// Whether a key that tells may have the character at `at` as its anchor.
    #[inline(always)]
    pub(super) fn may_tell(&self, text: Bytes<'_>, at: usize) -> bool {
        let Some(start) = at.checked_sub(6) else {
            return true;
        };
        let pair = |from: usize| {
            // SAFETY: the place is before that of the anchor, or is it.
            hash_two(unsafe { text.double_word(from) })
        };
        let three = |from: usize, pair: u64| {
            // SAFETY: as above.
            hash_three(pair, unsafe { text.double_word(from + 1) })
        };
        let (outer, before, behind) = (pair(start), pair(at - 3), pair(at));
        self.anchors.has(before)
            | self.anchors.has(behind)
            | self.anchors.has(three(start, outer))
            | self.anchors.has(three(at - 3, before))
            | self.anchors.has(three(at, behind))
    }

    /// Whether there are characters of other lengths among the two before the one of three bytes at
    /// `at` and the two behind it.
    pub(super) fn is_odd(&self, text: Bytes<'_>, at: usize) -> bool {
        let is_three = |from: usize| {
            // SAFETY: as for an anchor.
            unsafe { text.double_word(from) & THREE_LEADS == THREE_OF_THREE }
        };
        at.checked_sub(6).is_none_or(|start| !is_three(start) || !is_three(at))
    }

    /// Whether a record counts only if no key begins inside of it. The user's keys are known too late
    /// for the records to tell.
    pub(super) fn is_checked(&self, record: Matched<'_>) -> bool {
        record.rank & CHECK != 0 || (self.user.is_some() && !record.is_segment())
    }

    /// The key that counts at `at`.
    pub(super) fn key(&self, text: &str, at: usize) -> Option<Key<'a>> {
        if self.user.is_some_and(|user| user.longest(&text[at..]).matched.is_some()) {
            return Some(Key::User);
        }
        if !self.may_join(Bytes(text.as_bytes()), at) {
            return None;
        }
        let record = self.record(Bytes(text.as_bytes()), at);
        let first = text[at..].chars().next().map_or(0, char::len_utf8);
        let segment = self.table.longest(&text[at..]).matched.map_or(0, |(len, _)| len);
        match record {
            Some(record) if record.is_segment() && record.len >= segment => {
                Some(Key::Record(record))
            }
            _ if segment > first => Some(Key::Plain(segment)),
            _ => record.map(Key::Record),
        }
    }

    /// The record that counts at `at`.
    fn record(&self, text: Bytes<'_>, at: usize) -> Option<Matched<'a>> {
        // SAFETY: the padding is behind the place.
        let (word, next) = unsafe { (text.double_word(at), text.double_word(at + 1)) };
        let two = hash_two(word);
        let three = self.find(hash_three(two, next), text, at);
        let two = self.find(two, text, at);
        let found = prefer(three, two);
        if word & THREE_LEADS == THREE_OF_THREE {
            return found;
        }
        prefer(found, self.find(hash_of_odd(text, at, word as u32), text, at))
    }

    /// The first of the records with `hash` whose key stands at `at`.
    #[inline(always)]
    fn find(&self, hash: u64, text: Bytes<'_>, at: usize) -> Option<Matched<'a>> {
        if !self.starts.has(hash) {
            return None;
        }
        let mask = self.slots.0.len() / 4 - 1;
        let mut slot = (hash >> (64 - self.slot_bits)) as usize;
        loop {
            // SAFETY: there are as many slots as values of that many bits.
            let entry = unsafe { self.slots.word(4 * slot) };
            if entry == EMPTY {
                return None;
            }
            let differing = entry ^ upper(hash) << self.place_bits;
            if differing >> self.place_bits == 0
                && let Some(found) = self.first_match(differing as usize, text.from(at))
            {
                return Some(found);
            }
            slot = (slot + 1) & mask;
        }
    }

    /// The first record of the bucket at `start` whose key `text` begins with.
    fn first_match(&self, start: usize, text: Bytes<'_>) -> Option<Matched<'a>> {
        let records = self.records;
        // SAFETY: `start` is the beginning of a bucket.
        let count = unsafe { records.word(start) } & 0xffff;
        let mut at = start + 2;
        for _ in 0..count {
            // SAFETY: a record has three bytes at least, and padding follows the last.
            let head = unsafe { records.word(at) };
            let (len, value_len) = ((head & 0xff) as usize, (head >> 8 & 0xff) as usize);
            let key = at + 3;
            at = key + len;
            // SAFETY: the record has the key, the text has as many bytes as the longest one, and
            // both have padding behind them.
            if unsafe { records.is_prefix(key, len, text) } {
                let value = Value { records, start: at, len: value_len };
                return Some(Matched { len, value, rank: (head >> 16) as u8 });
            }
            at += value_len;
        }
        None
    }
}

/// Of two records that match at one place the one that counts: the lower rank, then the longer.
#[inline(always)]
fn prefer<'a>(one: Option<Matched<'a>>, other: Option<Matched<'a>>) -> Option<Matched<'a>> {
    let rank = |found: Matched<'_>| (found.rank & !(LEAVE | CHECK), usize::MAX - found.len);
    match (one, other) {
        (Some(one), Some(other)) => Some(if rank(other) < rank(one) { other } else { one }),
        (one, other) => one.or(other),
    }
}

/// Where the first bytes of two and of three characters stand if each has three, and what they
/// are then.
const TWO_LEADS: u64 = 0xf000_00f0;
const TWO_OF_THREE: u64 = 0xe000_00e0;
const THREE_LEADS: u64 = 0x00f0_0000_f000_00f0;
const THREE_OF_THREE: u64 = 0x00e0_0000_e000_00e0;

/// The hash of the two characters at `at`, whatever their lengths; `first` has the bytes of the
/// first.
fn hash_of_odd(text: Bytes<'_>, at: usize, first: u32) -> u64 {
    // SAFETY: the padding is behind the place; a character has four bytes at most.
    let second = unsafe { text.word(at + character_len(first)) };
    hash_odd(any_character(first), any_character(second))
}
