//! The walk over the text.
//!
//! Most of it goes character by character, in blocks. Where a key that tells may stand, the walk
//! goes back to a place where no key can go across, and from there on looks at every key. Since
//! the last place where something else than so many bytes was written, the result is as long as
//! the text, so that going back is taking bytes back.
#![allow(unsafe_code, reason = "see raw.rs")]

use super::image::{ASK, LOOK, ODD};
use super::raw::Bytes;
use super::scan::{Key, Matched, Scanner};
use super::sink::Sink;
use super::utf8::{before, character_len, find_compatibility, has_three};

/// How many characters are converted before it is seen which have to be looked at.
pub(super) const BLOCK: usize = 16;

/// Goes over a text up to the first place where the steps have to be asked, or some bytes before
/// `end` or behind.
pub(super) struct Walk<'s, 't, S> {
    scanner: &'s Scanner<'s>,
    text: &'t str,
    bytes: Bytes<'t>,
    at: usize,
    end: usize,
    /// Nothing is written for what stands behind that place.
    bound: usize,
    /// A place at which all steps stand. From there on, the result is as long as the text.
    known: usize,
    sink: S,
}

/// The steps have to be asked, at the walk's place; or the text changes behind it.
struct Stop;

impl<'s, 't, S: Sink> Walk<'s, 't, S> {
    /// A walk from the beginning of `text`, which goes on for a margin behind `end`. Behind `bound`
    /// there is nothing to be converted.
    pub fn new(scanner: &'s Scanner<'s>, text: &'t str, end: usize, bound: usize, sink: S) -> Self {
        Self { scanner, text, bytes: Bytes(text.as_bytes()), at: 0, end, bound, known: 0, sink }
    }

    /// Where the walk ends, a place at which all steps stand, and whether it came to the end.
    pub fn run(mut self) -> (usize, bool, S) {
        while self.at < self.end {
            if self.step().is_err() {
                return (self.at, false, self.sink);
            }
        }
        // What a compatibility ideograph becomes may be a neighbour in a key of what is before it.
        let is_compatible = find_compatibility(&self.bytes.0[self.at..self.at + 2]).is_some();
        let last = match is_compatible && self.at > self.known {
            true => before(self.bytes.0, self.at),
            false => self.at,
        };
        self.go_back(self.last_boundary(last));
        (self.at, true, self.sink)
    }

    #[inline(always)]
    fn step(&mut self) -> Result<(), Stop> {
        let start = self.at;
        let marks = self.block();
        if marks != 0 && self.look(marks)? {
            return Ok(());
        }
        if self.at < start + 3 * BLOCK && self.at < self.end {
            return self.other();
        }
        Ok(())
    }

    /// Converts the characters of three bytes at this place, a block at most, one by one. The
    /// lowest bits of the result are set for those that have to be looked at, the lowest for the
    /// last.
    #[inline(always)]
    fn block(&mut self) -> u32 {
        // Copies, so that they can stay in registers.
        let (text, characters) = (self.bytes, self.scanner.characters);
        let (mut at, mut marks, mut run) = (self.at, 0, self.sink.run());
        for _ in 0..BLOCK {
            // SAFETY: a block fits behind the end.
            let word = unsafe { text.word(at) };
            if !has_three(word) {
                break;
            }
            let difference = characters.difference(word);
            // SAFETY: the character was left.
            unsafe { S::draft(&mut run, word, difference) };
            let is_marked = if S::LOOKS_AT_CHANGES {
                u32::from(difference != 0)
            } else {
                difference >> LOOK.trailing_zeros()
            };
            marks = 2 * marks + is_marked;
            at += 3;
        }
        // SAFETY: the run was begun here.
        unsafe { self.sink.end_run(run) };
        self.at = at;
        marks
    }

    /// Looks at the marked characters of the block that ends here; whether the walk had to go back
    /// for one of them.
    #[inline(always)]
    fn look(&mut self, mut marks: u32) -> Result<bool, Stop> {
        let last = self.at - 3;
        while marks != 0 {
            let from_last = marks.ilog2();
            let place = last - 3 * from_last as usize;
            if self.may_tell(place) {
                return self.resolve(place).map(|()| true);
            }
            marks ^= 1 << from_last;
        }
        Ok(false)
    }

    /// Whether it has to be found out which key stands around the character of three bytes at
    /// `place`.
    #[inline(always)]
    fn may_tell(&self, place: usize) -> bool {
        // SAFETY: the place is before the end, or a block behind.
        let difference = self.scanner.characters.difference(unsafe { self.bytes.word(place) });
        let is_change = S::LOOKS_AT_CHANGES && difference & 0xff_ffff != 0;
        is_change
            || difference & ASK != 0
            || self.scanner.may_tell(self.bytes, place)
            || (difference & ODD != 0 && self.scanner.is_odd(self.bytes, place))
    }

    /// Goes back from `place` to where no key can go across, and from there on key by key, until
    /// behind `place`.
    #[inline(never)]
    fn resolve(&mut self, place: usize) -> Result<(), Stop> {
        let start = self.last_boundary(place);
        // As far as a key goes that begins inside of one that begins here.
        let reach = &self.bytes.0[start..place + 2 * self.scanner.longest_key];
        if let Some(behind) = find_compatibility(reach) {
            return self.stop_before(start, start + behind);
        }
        self.go_back(start);
        self.keys(place + 1)?;
        self.known = self.at;
        Ok(())
    }

    /// Goes on key by key up to `end`, or behind.
    fn keys(&mut self, end: usize) -> Result<(), Stop> {
        let start = self.at;
        while self.at < end {
            self.key()?;
            if self.sink.has_changed() {
                self.at = start;
                return Err(Stop);
            }
        }
        Ok(())
    }

    /// Goes back to `start` or before, and stops where the compatibility ideograph at `place`,
    /// which becomes another character before keys are looked up, can't take part in a key.
    #[cold]
    fn stop_before(&mut self, start: usize, place: usize) -> Result<(), Stop> {
        let last = if place > self.known { before(self.bytes.0, place) } else { place };
        self.go_back(self.last_boundary(last.min(start)));
        self.keys((place + 1).saturating_sub(2 * self.scanner.longest_key))?;
        Err(Stop)
    }

    /// The last place up to `from` at which all steps stand: a known one, or one between two
    /// characters that are not neighbours in any key.
    fn last_boundary(&self, from: usize) -> usize {
        let mut at = from;
        while at > self.known {
            let start = before(self.bytes.0, at);
            if !self.scanner.may_join(self.bytes, start) {
                break;
            }
            at = start;
        }
        at
    }

    fn go_back(&mut self, place: usize) {
        // SAFETY: the result is as long as the text since the last known place.
        unsafe { self.sink.take_back(self.at - place) };
        self.at = place;
    }

    /// Converts the key at this place, or else the character.
    fn key(&mut self) -> Result<(), Stop> {
        // SAFETY: the place is before the end, or a block behind.
        let word = unsafe { self.bytes.word(self.at) };
        if !has_three(word) {
            return self.short_or_long(word);
        }
        if self.scanner.characters.difference(word) & ASK != 0 {
            return Err(Stop);
        }
        match self.scanner.key(self.text, self.at) {
            None => self.character(),
            Some(Key::Plain(len)) => {
                let end = self.at + len;
                while self.at < end {
                    self.character();
                }
            }
            Some(Key::Record(found)) => self.record(found)?,
            Some(Key::User) => return Err(Stop),
        }
        Ok(())
    }

    fn record(&mut self, found: Matched<'_>) -> Result<(), Stop> {
        let end = self.at + found.len;
        if found.leaves() || (self.scanner.is_checked(found) && !self.is_calm(end)) {
            return Err(Stop);
        }
        let left = self.bound - end;
        // SAFETY: the key was left.
        unsafe { self.sink.value(found.value, self.bytes, self.at, found.len, left) };
        self.at = end;
        Ok(())
    }

    /// Whether no key begins between this character and `end`.
    fn is_calm(&self, end: usize) -> bool {
        let inside = self.text[self.at..end].char_indices().skip(1);
        inside.map(|(place, _)| self.at + place).all(|at| self.scanner.key(self.text, at).is_none())
    }

    /// Converts the character at this place by itself.
    fn character(&mut self) {
        // SAFETY: the place is before the end, a block behind, or in a key that begins there.
        let word = unsafe { self.bytes.word(self.at) };
        let len = character_len(word);
        if len == 3 {
            // SAFETY: the character was left.
            unsafe { self.sink.character(word, self.scanner.characters.difference(word)) };
        } else {
            // SAFETY: as above, with padding behind.
            unsafe { self.sink.copy(self.bytes, self.at, len) };
        }
        self.at += len;
    }

    /// Converts a character that has not three bytes, unless it may take part in a key.
    fn short_or_long(&mut self, word: u32) -> Result<(), Stop> {
        let is_long = character_len(word) == 4;
        if (is_long && self.scanner.is_hard(word)) || self.scanner.may_join(self.bytes, self.at) {
            return Err(Stop);
        }
        self.character();
        Ok(())
    }

    /// Copies what stands at this place and is no character of three bytes.
    #[inline(always)]
    fn other(&mut self) -> Result<(), Stop> {
        // SAFETY: the place is before the end.
        let word = unsafe { self.bytes.word(self.at) };
        match character_len(word) {
            1 => self.ascii(),
            4 if self.scanner.is_hard(word) => return self.resolve(self.at),
            _ => self.character(),
        }
        Ok(())
    }

    /// Copies the ASCII at this place, up to the end at most.
    #[inline(always)]
    fn ascii(&mut self) {
        // SAFETY: the padding is behind the end.
        let word = |at: usize| unsafe { self.bytes.double_word(at) };
        let mut at = self.at;
        let high = |bits: u64| bits & 0x8080_8080_8080_8080;
        while at + 32 <= self.end
            && high(word(at) | word(at + 8) | word(at + 16) | word(at + 24)) == 0
        {
            // SAFETY: the text has these bytes and the margin.
            unsafe { self.sink.copy(self.bytes, at, 32) };
            at += 32;
        }
        loop {
            let len = (high(word(at)).trailing_zeros() as usize / 8).min(self.end - at);
            // SAFETY: as above.
            unsafe { self.sink.copy(self.bytes, at, len) };
            at += len;
            if len < 8 {
                break;
            }
        }
        self.at = at;
    }
}
