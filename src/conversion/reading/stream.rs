//! Text that comes in pieces: held back until its sentence has ended.

use super::Reading;
use super::block::{Block, LONGEST};
use super::evidence::Evidence;
use super::resolve::{Note, Resolver};
use super::words::Sources;

/// What is kept between pieces.
#[derive(Debug, Default)]
pub(in crate::conversion) struct ReadingState {
    /// The sentence that has not ended yet.
    held: String,
    passage: Passage,
    // Memory that is used again.
    block: Block,
    resolver: Resolver,
}

/// What is known of the text before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Passage {
    /// Where it was from.
    sources: Sources,
    /// What it was about.
    about: Evidence,
}

impl Default for Passage {
    fn default() -> Self {
        Self { sources: Sources::MAINLAND, about: Evidence::default() }
    }
}

/// Copies what is kept, not the memory.
impl Clone for ReadingState {
    fn clone(&self) -> Self {
        Self { held: self.held.clone(), passage: self.passage, ..Self::default() }
    }
}

/// States are equal if they read and write the same from here on.
impl PartialEq for ReadingState {
    fn eq(&self, other: &Self) -> bool {
        self.held == other.held && self.passage == other.passage
    }
}

/// What ends a sentence, as far as it can be told without looking anything up.
fn may_end(character: char) -> bool {
    matches!(character, '\n' | '\r' | '!' | '?' | '。' | '！' | '？')
}

impl ReadingState {
    /// Nothing is held back.
    pub fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    /// Takes the next piece and appends to `out` what has been decided.
    pub fn push(&mut self, reading: &Reading, text: &str, out: &mut String) {
        if self.held.is_empty() {
            let done = self.convert(reading, text, false, out);
            self.held.push_str(&text[done..]);
            return;
        }
        self.held.push_str(text);
        if self.held.len() >= LONGEST || text.contains(may_end) {
            self.convert_held(reading, false, out);
        }
    }

    /// Ends the text, or a stretch across whose end nothing plays a part.
    pub fn finish(&mut self, reading: &Reading, out: &mut String) {
        self.convert_held(reading, true, out);
    }

    /// Forgets where the text was from and what it was about: another one begins.
    pub fn reset(&mut self) {
        self.passage = Passage::default();
    }

    fn convert_held(&mut self, reading: &Reading, complete: bool, out: &mut String) {
        let mut held = std::mem::take(&mut self.held);
        let done = self.convert(reading, &held, complete, out);
        held.drain(..done);
        self.held = held;
    }

    /// Converts a whole text, or one up to a value of the user's; tells `note` what was decided,
    /// and gives the block.
    pub(super) fn convert_whole(
        &mut self,
        reading: &Reading,
        text: &str,
        out: &mut String,
        note: &mut Note<'_>,
    ) -> &Block {
        self.convert_noting(reading, text, true, out, Some(note));
        &self.block
    }

    fn convert_noting(
        &mut self,
        reading: &Reading,
        text: &str,
        complete: bool,
        out: &mut String,
        note: Option<&mut Note<'_>>,
    ) -> usize {
        let Passage { sources, about } = &mut self.passage;
        self.block.read(reading, text, complete, sources);
        self.resolver.resolve(reading, &self.block, about, out, note);
        self.block.done
    }

    /// Converts the sentences of `text` that have ended; gives their length.
    fn convert(
        &mut self,
        reading: &Reading,
        text: &str,
        complete: bool,
        out: &mut String,
    ) -> usize {
        self.convert_noting(reading, text, complete, out, None)
    }
}
