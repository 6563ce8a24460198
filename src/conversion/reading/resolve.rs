//! Writes a block: its words replaced, its open characters read.

use std::iter::Peekable;
use std::slice::Iter;

use super::Reading;
use super::block::{Block, Event, Open, Sentence};
use super::evidence::Evidence;
use super::form::Form;
use super::forms::Forms;
use super::replace::{self, Edit};
use super::words::Sources;
use crate::context::{Prior, canonical, code};

/// How much the reading that a character has in the text as it is counts, in nats.
const AS_IT_IS: u8 = 4;

/// What is told of a decision: its range among the codes of the block, what is written there, and
/// why.
pub(super) type Note<'n> = dyn FnMut(std::ops::Range<usize>, &str, Event) + 'n;

/// Memory that is used again.
#[derive(Debug, Clone, Default)]
pub(super) struct Resolver {
    codes: Vec<u16>,
}

impl Resolver {
    /// Appends the block to `out` as the place writes it, `passage` being what the text before it
    /// was about; tells `note` what was decided.
    pub fn resolve(
        &mut self,
        reading: &Reading,
        block: &Block,
        passage: &mut Evidence,
        out: &mut String,
        note: Option<&mut Note<'_>>,
    ) {
        let has_words = !block.candidates.is_empty() || reading.vocabulary.is_some();
        let edits = if has_words { replace::find(reading, block, passage) } else { Vec::new() };
        self.replace_codes(&edits, block);
        self.write(reading, block, &edits, out, note);
    }

    /// Makes the codes of the text with its words replaced, if any are.
    fn replace_codes(&mut self, edits: &[Edit<'_>], block: &Block) {
        self.codes.clear();
        let mut done = 0;
        for edit in edits {
            self.codes.extend_from_slice(&block.codes[done..edit.start]);
            self.codes.extend(edit.value.chars().map(code));
            done = edit.end;
        }
        if !edits.is_empty() {
            self.codes.extend_from_slice(&block.codes[done..]);
        }
    }

    fn write(
        &self,
        reading: &Reading,
        block: &Block,
        edits: &[Edit<'_>],
        out: &mut String,
        mut note: Option<&mut Note<'_>>,
    ) {
        let codes = if edits.is_empty() { &block.codes } else { &self.codes };
        let mut writer = Writer { block, out, done: 0 };
        let mut sentences = block.sentences.iter().peekable();
        let mut edits = edits.iter().peekable();
        let mut shift = 0;
        for open in &block.open {
            let index = open.index as usize;
            while let Some(edit) = edits.next_if(|edit| edit.end <= index) {
                writer.replace(edit, &mut note);
                shift += edit.growth;
            }
            if edits.peek().is_some_and(|edit| edit.start <= index) {
                continue;
            }
            let sources =
                sentence_of(&mut sentences, index).map_or(Sources::MAINLAND, |one| one.sources);
            let at = index.wrapping_add_signed(shift);
            let Some(written) = reading.read(codes, at, open, sources) else { continue };
            if written != open.form.character() {
                writer.write(index, written);
            }
            if let Some(note) = &mut note {
                let decision = reading.decide(codes, at, open, sources);
                let event = decision.map_or(Event::Kept, Event::Read);
                note(index..index + 1, written.encode_utf8(&mut [0; 4]), event);
            }
        }
        for edit in edits {
            writer.replace(edit, &mut note);
        }
        writer.finish();
    }
}

/// Writes a block with some of its places changed, from its beginning to its end.
struct Writer<'b> {
    block: &'b Block,
    out: &'b mut String,
    /// How many bytes of what the block made have been written or passed over.
    done: usize,
}

impl Writer<'_> {
    /// Writes what stands before the code of number `index`.
    fn write_to(&mut self, index: usize) {
        let offset = self.block.offsets[index] as usize;
        self.out.push_str(&self.block.made[self.done..offset]);
        self.done = offset;
    }

    fn write(&mut self, index: usize, character: char) {
        self.write_to(index);
        self.out.push(character);
        self.done = self.block.offsets[index + 1] as usize;
    }

    fn replace(&mut self, edit: &Edit<'_>, note: &mut Option<&mut Note<'_>>) {
        self.write_to(edit.start);
        self.out.push_str(edit.value);
        self.done = self.block.offsets[edit.end] as usize;
        if let Some(note) = note {
            note(edit.start..edit.end, edit.value, Event::Word(edit.word));
        }
    }

    fn finish(mut self) {
        self.write_to(self.block.codes.len());
    }
}

/// The sentence in which the code of number `index` is.
fn sentence_of<'b>(
    sentences: &mut Peekable<Iter<'b, Sentence>>,
    index: usize,
) -> Option<&'b Sentence> {
    while sentences.next_if(|sentence| sentence.end as usize <= index).is_some() {}
    sentences.peek().copied()
}

impl Reading {
    /// What is written for an open character, if its context decides it.
    #[inline]
    fn read(&self, codes: &[u16], at: usize, open: &Open, sources: Sources) -> Option<char> {
        if open.is_kept(sources) {
            return Some(open.character);
        }
        if !self.reads() {
            return None;
        }
        let prior = as_it_is(open, sources);
        let reading = self.model.read(codes, at, prior)?;
        let stays = prior.is_some_and(|prior| prior.reading == reading);
        Some(if stays {
            stay(open, sources, reading, &self.forms)
        } else {
            self.forms.reading(reading)
        })
    }

    fn decide(
        &self,
        codes: &[u16],
        at: usize,
        open: &Open,
        sources: Sources,
    ) -> Option<crate::context::Decision> {
        self.reads().then(|| self.model.decide(codes, at, as_it_is(open, sources)))?
    }
}

/// What is written for a reading that stays: the variant that the text has, in the place's form.
fn stay(open: &Open, sources: Sources, reading: char, forms: &Forms) -> char {
    let own = open.as_it_is(sources);
    if open.is_folded() || canonical(own) == reading { own } else { forms.reading(reading) }
}

/// The reading that the character has in the text as it is, unless it is a Simplified form of
/// several.
fn as_it_is(open: &Open, sources: Sources) -> Option<Prior> {
    let is_simplified = || open.form.has(Form::SIMPLIFIED);
    let is_read = if sources == Sources::MAINLAND { !open.is_folded() } else { !is_simplified() };
    is_read.then(|| Prior { reading: canonical(open.character), nats: AS_IT_IS })
}
