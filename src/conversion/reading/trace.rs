//! Which word, reading or form made which change.

use std::ops::Range;

use super::block::{Block, Event};
use super::words::{Kind, Origin, Word};
use super::{FIELDS, Reading, ReadingState};

/// A change that reading made.
#[derive(Debug, Clone)]
pub(in crate::conversion) struct ReadingEdit {
    /// Its range in the text before, and after.
    pub from: Range<usize>,
    pub to: Range<usize>,
    pub reason: Reason,
}

/// Why it was made.
#[derive(Debug, Clone)]
pub(in crate::conversion) enum Reason {
    /// A word of a table, by its name.
    Word(String),
    /// A character in its context: its readings with their scores.
    Context(Vec<(String, f32)>),
    /// A character that is written so at the place.
    Form,
}

impl Reason {
    /// The name of the table.
    pub fn dictionary(&self) -> &str {
        match self {
            Self::Word(table) => table,
            Self::Context(_) => "context",
            Self::Form => "characters",
        }
    }

    /// The readings with their scores, if the context decided.
    pub fn candidates(&self) -> &[(String, f32)] {
        match self {
            Self::Context(candidates) => candidates,
            Self::Word(_) | Self::Form => &[],
        }
    }
}

/// Reads a text piece by piece and keeps what it does.
pub(in crate::conversion) struct Tracer<'r> {
    reading: &'r Reading,
    state: ReadingState,
}

impl Reading {
    /// A tracer for one text.
    pub fn tracer(&self) -> Tracer<'_> {
        Tracer { reading: self, state: ReadingState::default() }
    }

    /// The name of the table that a word is from.
    fn table_of(&self, word: &Word) -> String {
        match (&self.user, word.origin, word.entry.kind) {
            (Some(user), Origin::User, _) => user.name(word.entry.field).to_owned(),
            (_, _, Kind::Region) => {
                format!("regions/{}.tsv", FIELDS[usize::from(word.entry.field)])
            }
            (_, _, Kind::Orthography) => "orthography".to_owned(),
        }
    }

    fn reason(&self, event: Event) -> Reason {
        match event {
            Event::Word(word) => Reason::Word(self.table_of(&word)),
            Event::Kept => Reason::Form,
            Event::Read(decision) => {
                let candidates = decision.candidates.into_iter();
                Reason::Context(
                    candidates.map(|(reading, score)| (reading.to_string(), score)).collect(),
                )
            }
        }
    }
}

impl Tracer<'_> {
    /// What becomes of the next piece of the text, and each change in it.
    pub fn trace(&mut self, text: &str) -> (String, Vec<ReadingEdit>) {
        let mut out = String::new();
        let mut notes = Vec::new();
        let mut note = |range: Range<usize>, written: &str, event: Event| {
            notes.push((range, written.to_owned(), event));
        };
        let block = self.state.convert_whole(self.reading, text, &mut out, &mut note);
        let edits = edits(self.reading, text, block, notes);
        (out, edits)
    }
}

/// The changes of a block whose source is `text`.
fn edits(
    reading: &Reading,
    text: &str,
    block: &Block,
    notes: Vec<(Range<usize>, String, Event)>,
) -> Vec<ReadingEdit> {
    let mut edits = Vec::new();
    // What the block made has a character for each of the text's.
    let mut pairs = text.char_indices().zip(block.made.char_indices()).peekable();
    let mut written = 0;
    let mut notes = notes.into_iter().peekable();
    while let Some(&((from, character), (made_at, made))) = pairs.peek() {
        let noted = notes.next_if(|(range, ..)| block.offsets[range.start] as usize == made_at);
        let (end, value, reason) = match noted {
            Some((range, value, event)) => {
                (block.offsets[range.end] as usize, value, reading.reason(event))
            }
            None => (made_at + made.len_utf8(), made.to_string(), Reason::Form),
        };
        let mut to = from + character.len_utf8();
        while let Some(((at, one), _)) = pairs.next_if(|(_, (made_at, _))| *made_at < end) {
            to = at + one.len_utf8();
        }
        if text[from..to] != value {
            edits.push(ReadingEdit { from: from..to, to: written..written + value.len(), reason });
        }
        written += value.len();
    }
    edits
}
