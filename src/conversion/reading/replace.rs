//! Finds the words of a block that the place writes in another way.

use std::cell::OnceCell;

use super::block::Block;
use super::evidence::{Evidence, Shape};
use super::users::UserWords;
use super::words::{Kind, Sources, Word, WordTable};
use super::{Reading, Vocabulary, conditions};

/// Longer words are hardly ever torn out of others.
const LONGEST_TORN: usize = 3;

/// A word that another one replaces.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edit<'r> {
    /// Its place among the codes of the block.
    pub start: usize,
    pub end: usize,
    pub word: Word,
    pub value: &'r str,
    /// How many codes more the value has.
    pub growth: isize,
}

/// The words of a block that are to be replaced; `passage` is what the text before it was about,
/// which nothing asks for where no words of places are replaced.
pub(super) fn find<'r>(
    reading: &'r Reading,
    block: &Block,
    passage: &mut Evidence,
) -> Vec<Edit<'r>> {
    match &reading.user {
        None => find_in(&reading.words, reading, block, passage),
        Some(user) => find_in_both(user, reading, block, passage),
    }
}

/// Apart, so that text without words of the user's goes as fast as if there were none.
#[cold]
#[inline(never)]
fn find_in_both<'r>(
    user: &UserWords,
    reading: &'r Reading,
    block: &Block,
    passage: &mut Evidence,
) -> Vec<Edit<'r>> {
    let both = Both { user: user.table(), builtin: reading.words };
    find_in(&both, reading, block, passage)
}

/// What words are found in.
trait Words {
    /// The longest word that `codes` begins with and that `accept` accepts.
    fn longest(&self, codes: &[u16], accept: impl FnMut(&Word) -> bool) -> Option<Word>;
}

impl Words for WordTable<'_> {
    #[inline]
    fn longest(&self, codes: &[u16], accept: impl FnMut(&Word) -> bool) -> Option<Word> {
        self.find(codes, accept)
    }
}

/// The user's words and the built-in ones; the user's count first where both are as long.
struct Both<'r> {
    user: WordTable<'r>,
    builtin: WordTable<'static>,
}

impl Words for Both<'_> {
    fn longest(&self, codes: &[u16], mut accept: impl FnMut(&Word) -> bool) -> Option<Word> {
        let user = self.user.find(codes, &mut accept);
        let builtin = self.builtin.find(codes, accept);
        match (user, builtin) {
            (Some(user), Some(builtin)) if user.len < builtin.len => Some(builtin),
            (user, builtin) => user.or(builtin),
        }
    }
}

fn find_in<'r>(
    words: &impl Words,
    reading: &'r Reading,
    block: &Block,
    passage: &mut Evidence,
) -> Vec<Edit<'r>> {
    // Few candidates are words that change.
    let mut edits = Vec::with_capacity(block.candidates.len() / 4);
    let mut rest = &block.candidates[..];
    let mut start = 0;
    for &sentence in &block.sentences {
        // A candidate is the place behind the one where a key may begin.
        let count = rest.partition_point(|&candidate| candidate <= sentence.end);
        let (candidates, behind) = rest.split_at(count);
        rest = behind;
        let end = sentence.end as usize;
        let finder = Finder {
            words,
            reading,
            block,
            range: start..end,
            sources: sentence.sources,
            candidates,
            passage,
            own: OnceCell::new(),
        };
        let found = finder.find(&mut edits);
        if reading.vocabulary.is_some() {
            let range = block.offsets[start] as usize..block.offsets[end] as usize;
            let shape = Shape::of(&block.made[range], end - start);
            passage.end_sentence(end - start, &found, shape);
        }
        start = end;
    }
    edits
}

/// Finds the words of a sentence.
struct Finder<'f, 'r, W> {
    words: &'f W,
    reading: &'r Reading,
    block: &'f Block,
    /// Where the sentence is among the codes.
    range: std::ops::Range<usize>,
    sources: Sources,
    candidates: &'f [u32],
    passage: &'f Evidence,
    /// What the sentence is about, once it was asked for.
    own: OnceCell<Evidence>,
}

impl<'r, W: Words> Finder<'_, 'r, W> {
    /// Appends the words that are to be replaced to `edits`; gives what the sentence is about.
    fn find(&self, edits: &mut Vec<Edit<'r>>) -> Evidence {
        let mut torn = None;
        let accept = |start: usize, word: &Word| {
            self.is_wanted(start, word)
                && (word.entry.stays && self.is_written(start, word)
                    || !self.is_torn(start, word.len, &mut torn))
                && self.condition_holds(start, word)
        };
        self.each_word(accept, |start, word| {
            if let Some(value) = self.reading.value(&word) {
                let growth = value.chars().count() as isize - word.len as isize;
                edits.push(Edit { start, end: start + word.len, word, value, growth });
            }
        })
    }

    /// Tells `found` of the words that `accept` accepts, from left to right, each the longest where
    /// it begins; gives what they say the sentence is about.
    fn each_word(
        &self,
        mut accept: impl FnMut(usize, &Word) -> bool,
        mut found: impl FnMut(usize, Word),
    ) -> Evidence {
        let mut evidence = Evidence::default();
        let mut free = self.range.start;
        for &candidate in self.candidates {
            let Some(start) = (candidate as usize).checked_sub(1) else { continue };
            if start < free {
                continue;
            }
            let codes = &self.block.codes[start..self.range.end];
            let word = self.words.longest(codes, |word| accept(start, word));
            let Some(word) = word else { continue };
            free = start + word.len;
            if word.entry.kind == Kind::Region
                && word.entry.condition == 0
                && !word.entry.stays
                && let Some(field) = self.reading.field(&word)
            {
                evidence.add(field);
            }
            found(start, word);
        }
        evidence
    }

    /// Whether a row is for text from here that goes there, and has the letters of the text.
    fn is_wanted(&self, start: usize, word: &Word) -> bool {
        let (entry, reading) = (word.entry, self.reading);
        let is_for = match entry.kind {
            Kind::Orthography => {
                entry.sources.meets(self.sources) && (!entry.stays || self.is_written(start, word))
            }
            Kind::Region => {
                let from = reading.words_from.unwrap_or_else(|| self.words_from());
                entry.sources.meets(from)
                    && entry.places.meets(reading.places)
                    && (entry.condition == 0 || reading.vocabulary == Some(Vocabulary::Full))
                    && reading.vocabulary.is_some()
            }
        };
        let text = || &self.block.made[self.block.offsets[start] as usize..];
        is_for && (!word.has_letters || has_letters(reading.words_of(word).key(word), text()))
    }

    /// Where words of the sentence are from if nobody said it.
    fn words_from(&self) -> Sources {
        if self.sources == Sources::MAINLAND { Sources::SIMPLIFIED } else { self.sources }
    }

    /// Whether what is written in a word's place stands there already.
    fn is_written(&self, start: usize, word: &Word) -> bool {
        let value = self.reading.value(word).unwrap_or_default();
        let mut characters = (start..).zip(value.chars());
        characters.all(|(index, one)| self.block.character(index, self.sources) == Some(one))
    }

    /// Whether a word is torn out of others; `known` is the last answer, and for which word.
    fn is_torn(
        &self,
        start: usize,
        len: usize,
        known: &mut Option<((usize, usize), bool)>,
    ) -> bool {
        if len > LONGEST_TORN {
            return false;
        }
        if let Some((_, torn)) = known.filter(|(known, _)| *known == (start, len)) {
            return torn;
        }
        let codes = &self.block.codes[..self.range.end];
        let torn = self.reading.model.is_torn(codes, start, start + len);
        *known = Some(((start, len), torn));
        torn
    }

    fn condition_holds(&self, start: usize, word: &Word) -> bool {
        let conditions = self.reading.conditions_of(word);
        let Some(codes) = conditions.get(word.entry.condition) else { return true };
        let sentence = &self.block.codes[self.range.clone()];
        let start = start - self.range.start;
        let place = conditions::Place { sentence, start, end: start + word.len };
        conditions::holds(codes, place, |fields| self.passage.is_about(fields, self.own()))
    }

    /// What the sentence is about, by the words in it that need no condition.
    fn own(&self) -> &Evidence {
        self.own.get_or_init(|| {
            let is_plain = |start: usize, word: &Word| {
                word.entry.condition == 0 && self.is_wanted(start, word)
            };
            self.each_word(is_plain, |_, _| {})
        })
    }
}

/// Whether `text` has the letters and digits of `key`, which all have the same codes.
fn has_letters(key: impl Iterator<Item = char>, text: &str) -> bool {
    let mut pairs = key.zip(text.chars());
    pairs.all(|(one, other)| !one.is_ascii() || one == other)
}
