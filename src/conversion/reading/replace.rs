//! Finds the words of a block that the place writes in another way.

use super::block::{Block, Sentence};
use super::evidence::{Evidence, Shape};
use super::words::{Kind, Sources, Word};
use super::{CONDITION_CODES, CONDITION_STARTS, Reading, Vocabulary, conditions};

/// Longer words are hardly ever torn out of others.
const LONGEST_TORN: usize = 3;

/// A word that another one replaces.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edit {
    /// Its place among the codes of the block.
    pub start: usize,
    pub end: usize,
    pub word: Word,
    pub value: &'static str,
    /// How many codes more the value has.
    pub growth: isize,
}

/// Appends the words of a block that are to be replaced to `edits`; `passage` is what the text
/// before it was about.
pub(super) fn find(
    reading: &Reading,
    block: &Block,
    passage: &mut Evidence,
    edits: &mut Vec<Edit>,
) {
    let mut rest = &block.candidates[..];
    let mut start = 0;
    for &sentence in &block.sentences {
        // A candidate is the place behind the one where a key may begin.
        let count = rest.partition_point(|&candidate| candidate <= sentence.end);
        let (candidates, behind) = rest.split_at(count);
        rest = behind;
        let end = sentence.end as usize;
        let mut finder = Finder::new(reading, block, start..end, sentence, candidates, passage);
        let found = finder.find(edits);
        let range = block.offsets[start] as usize..block.offsets[end] as usize;
        let shape = Shape::of(&block.made[range], end - start);
        passage.end_sentence(end - start, &found, shape);
        start = end;
    }
}

/// Finds the words of a sentence.
struct Finder<'f> {
    reading: &'f Reading,
    block: &'f Block,
    /// Where the sentence is among the codes.
    range: std::ops::Range<usize>,
    sources: Sources,
    candidates: &'f [u32],
    passage: &'f Evidence,
    /// What the sentence is about, once it was asked for.
    own: Option<Evidence>,
}

impl<'f> Finder<'f> {
    fn new(
        reading: &'f Reading,
        block: &'f Block,
        range: std::ops::Range<usize>,
        sentence: Sentence,
        candidates: &'f [u32],
        passage: &'f Evidence,
    ) -> Self {
        Self { reading, block, range, sources: sentence.sources, candidates, passage, own: None }
    }

    /// Appends the words that are to be replaced to `edits`; gives what the sentence is about.
    fn find(&mut self, edits: &mut Vec<Edit>) -> Evidence {
        let mut evidence = Evidence::default();
        let mut free = self.range.start;
        for &candidate in self.candidates {
            let Some(start) = (candidate as usize).checked_sub(1) else { continue };
            if start < free {
                continue;
            }
            let mut torn = None;
            let codes = &self.block.codes[start..self.range.end];
            let Some(word) = self.reading.words.find(codes, |word| {
                self.is_wanted(start, word)
                    && (word.entry.stays || !self.is_torn(start, word.len, &mut torn))
                    && self.condition_holds(start, word)
            }) else {
                continue;
            };
            free = start + word.len;
            if word.entry.kind == Kind::Region && word.entry.condition == 0 {
                evidence.add(word.entry.field);
            }
            if let Some(value) = word.value {
                let growth = value.chars().count() as isize - word.len as isize;
                edits.push(Edit { start, end: free, word, value, growth });
            }
        }
        evidence
    }

    /// Whether a row is for text from here that goes there, and has the letters of the text.
    fn is_wanted(&self, start: usize, word: &Word) -> bool {
        let (entry, reading) = (word.entry, self.reading);
        let is_for = match entry.kind {
            Kind::Orthography => entry.sources.meets(self.sources),
            Kind::Region => {
                let from = reading.words_from.unwrap_or(self.sources);
                entry.sources.meets(from)
                    && entry.places.meets(reading.places)
                    && (entry.condition == 0 || reading.vocabulary == Some(Vocabulary::Full))
                    && reading.vocabulary.is_some()
            }
        };
        let text = || &self.block.made[self.block.offsets[start] as usize..];
        is_for && (!word.has_letters || has_letters(word.key, text()))
    }

    /// Whether a word is torn out of others; `known` is the answer for a length.
    fn is_torn(&self, start: usize, len: usize, known: &mut Option<(usize, bool)>) -> bool {
        if len > LONGEST_TORN {
            return false;
        }
        if let Some((_, torn)) = known.filter(|(known, _)| *known == len) {
            return torn;
        }
        let codes = &self.block.codes[..self.range.end];
        let torn = self.reading.model.is_torn(codes, start, start + len);
        *known = Some((len, torn));
        torn
    }

    fn condition_holds(&mut self, start: usize, word: &Word) -> bool {
        let Some(number) = usize::from(word.entry.condition).checked_sub(1) else { return true };
        let codes = &CONDITION_CODES[CONDITION_STARTS[number] as usize..];
        let sentence = &self.block.codes[self.range.clone()];
        let start = start - self.range.start;
        let place = conditions::Place { sentence, start, end: start + word.len };
        conditions::holds(codes, place, |fields| {
            let own = self.own();
            self.passage.is_about(fields, &own)
        })
    }

    /// What the sentence is about, by the words in it that need no condition.
    fn own(&mut self) -> Evidence {
        if let Some(own) = self.own {
            return own;
        }
        let mut own = Evidence::default();
        let mut free = self.range.start;
        for &candidate in self.candidates {
            let Some(start) = (candidate as usize).checked_sub(1) else { continue };
            if start < free {
                continue;
            }
            let codes = &self.block.codes[start..self.range.end];
            let is_plain = |word: &Word| word.entry.condition == 0 && self.is_wanted(start, word);
            if let Some(word) = self.reading.words.find(codes, is_plain) {
                free = start + word.len;
                if word.entry.kind == Kind::Region {
                    own.add(word.entry.field);
                }
            }
        }
        *self.own.insert(own)
    }
}

/// Whether `text` has the letters and digits of `key`, which all have the same codes.
fn has_letters(key: &str, text: &str) -> bool {
    let mut pairs = key.chars().zip(text.chars());
    pairs.all(|(one, other)| !one.is_ascii() || one == other)
}
