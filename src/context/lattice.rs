//! The best path through the words of a stretch of text.

use super::hash::Hash;
use super::words::{Found, LONGEST, Words};

/// How many characters before and behind a place the path is looked for in.
pub(super) const SIDE: usize = 8;
/// The longest stretch.
const MOST: usize = 3 * SIDE + 2;
/// What a character costs that is no word: fourteen nats.
const UNKNOWN_CHARACTER: u32 = 14 * 8;

/// A word that lies across an end of another one begins at most so many characters before it.
const CROSSING: usize = 4;

/// Ideographs have codes from here on; words have no others in the lattice.
const IDEOGRAPHS: u16 = 0x3400;

/// A path: where each of its words begins and ends.
#[derive(Debug)]
pub(super) struct Path {
    /// Where the stretch begins.
    start: usize,
    /// For the end of each word of the path: its length, and what was found.
    words: [Option<(usize, Option<Found>)>; MOST + 1],
    len: usize,
}

/// A word that the lattice has besides its own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extra {
    pub start: usize,
    pub end: usize,
    /// In steps.
    pub cost: u32,
}

/// The stretch of ideographs around `from..to`, at most [`SIDE`] characters wider on either side.
fn stretch(codes: &[u16], from: usize, to: usize) -> (usize, usize) {
    let is_other = |code: &&u16| **code < IDEOGRAPHS;
    let before = codes[from.saturating_sub(SIDE)..from].iter().rev();
    let behind = codes[to..codes.len().min(to + SIDE)].iter();
    let (before, behind) =
        (before.take_while(|code| !is_other(code)), behind.take_while(|code| !is_other(code)));
    (from - before.count(), to + behind.count())
}

impl Path {
    /// The best path through the stretch around `from..to`, which are no more than [`SIDE`]
    /// characters; with `extra` as one more word.
    ///
    /// It ends where no word goes on behind `to`: what follows can't change what lies before.
    pub fn find(
        words: &Words,
        codes: &[u16],
        from: usize,
        to: usize,
        extra: Option<Extra>,
    ) -> Self {
        let (start, end) = stretch(codes, from, to.min(from + SIDE));
        let text = &codes[start..end];
        let mut costs = [u32::MAX; MOST + 1];
        let mut back: [(usize, Option<Found>); MOST + 1] = [(0, None); MOST + 1];
        costs[0] = 0;
        let mut len = 0;
        // The end of the longest word so far.
        let mut reached = to.min(from + SIDE) - start;
        while len < reached {
            let at = len;
            len += 1;
            let cost = costs[at];
            let mut reach = |len: usize, price: u32, found: Option<Found>| {
                reached = reached.max(at + len);
                if cost + price < costs[at + len] {
                    costs[at + len] = cost + price;
                    back[at + len] = (len, found);
                }
            };
            reach(1, UNKNOWN_CHARACTER, None);
            for (len, found) in beginning_at(words, &text[at..], 1) {
                reach(len, found.cost, Some(found));
            }
            if let Some(extra) = extra.filter(|extra| extra.start == start + at && extra.end <= end)
            {
                reach(extra.end - extra.start, extra.cost, None);
            }
        }
        let mut path = Self { start, words: [None; MOST + 1], len };
        let mut at = len;
        while at > 0 {
            path.words[at] = Some(back[at]);
            at -= back[at].0;
        }
        path
    }

    /// Whether a word of the path has one end inside of `from..to` and the other outside.
    pub fn tears(&self, from: usize, to: usize) -> bool {
        let ends = (1..=self.len).filter_map(|end| Some((end, self.words[end]?.0)));
        let mut words = ends.map(|(end, len)| (self.start + end - len, self.start + end));
        words.any(|(start, end)| overlaps(start, end, from, to))
    }

    /// The reading that the character at `place` has in its word, if that is longer than itself.
    pub fn reading(&self, place: usize) -> Option<u8> {
        let at = place - self.start;
        let end = (at + 1..=self.len).find(|&end| self.words[end].is_some())?;
        let (len, found) = self.words[end]?;
        if len > 1 { found?.reading(at + len - end) } else { None }
    }
}

/// The words that `text` begins with, of a length from `shortest` on.
fn beginning_at<'a>(
    words: &'a Words,
    text: &'a [u16],
    shortest: usize,
) -> impl Iterator<Item = (usize, Found)> + 'a {
    let mut hash = Hash::START;
    let mut open = true;
    let lengths = text.iter().take(LONGEST).zip(1..).map_while(move |(&code, len)| {
        if !open {
            return None;
        }
        hash = hash.then(code);
        open = words.goes_on(hash);
        Some((len, hash))
    });
    let long = lengths.filter(move |(len, _)| *len >= shortest);
    long.filter_map(|(len, hash)| Some((len, words.find(hash)?)))
}

/// Whether two ranges overlap and neither holds the other.
fn overlaps(start: usize, end: usize, from: usize, to: usize) -> bool {
    (start < from && from < end && end < to) || (from < start && start < to && to < end)
}

/// Whether a word has one end inside of `from..to` and the other outside.
pub(super) fn is_crossed(words: &Words, codes: &[u16], from: usize, to: usize) -> bool {
    let (start, end) = stretch(codes, from, to);
    let start = start.max(from.saturating_sub(CROSSING));
    (start..to).any(|at| {
        // Those that begin before the range have to end in it, the others behind it.
        let (text, shortest) = if at < from {
            (&codes[at..to - 1], from + 1 - at)
        } else {
            (&codes[at..end], to + 1 - at)
        };
        at != from && beginning_at(words, text, shortest).next().is_some()
    })
}
