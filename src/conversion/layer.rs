use std::ops::Range;

use super::lookup::{Found, Lookup};
use super::pipeline::Work;
use super::reading::{Reading, Reason as ReadingReason};
use crate::dictionary::TableEntry;

/// A whole text between two steps, and how it is cut.
#[derive(Debug, Clone)]
pub(super) struct Layer {
    text: String,
    pieces: Vec<Piece>,
}

/// A stretch of a layer's text across whose ends nothing matches.
#[derive(Debug, Clone)]
struct Piece {
    range: Range<usize>,
    /// A value of the user's table, which stays as it is.
    settled: bool,
}

/// A key that a step found, and the different text that it wrote.
#[derive(Debug, Clone)]
pub(super) struct Edit<'a> {
    /// The key's range in the text before the step.
    pub from: Range<usize>,
    /// The value's range in the text after it.
    pub to: Range<usize>,
    pub key: String,
    pub value: String,
    pub reason: Reason<'a>,
}

/// Why a step wrote a text.
#[derive(Debug, Clone)]
pub(super) enum Reason<'a> {
    /// By an entry of its table.
    Entry(TableEntry<'a>),
    /// By reading.
    Reading(ReadingReason),
}

impl Layer {
    pub fn new(text: &str) -> Self {
        let range = 0..text.len();
        Self { text: text.to_owned(), pieces: vec![Piece { range, settled: false }] }
    }

    pub fn into_text(self) -> String {
        self.text
    }

    /// The text after a step, and the step's edits in the order of the text.
    pub fn apply<'a>(&self, work: &'a Work) -> (Self, Vec<Edit<'a>>) {
        let mut next = NextLayer::default();
        match work {
            Work::Rewrite(step) => self.rewrite(&step.lookup, &mut next),
            Work::Segment(lookup) => self.segment(lookup, &mut next),
            Work::Join => self.join(&mut next),
            Work::Read(reading) => self.read(reading, &mut next),
        }
        (Self { text: next.text, pieces: next.pieces }, next.edits)
    }

    fn rewrite<'a>(&self, lookup: &'a Lookup, next: &mut NextLayer<'a>) {
        for piece in &self.pieces {
            self.look_up(piece, lookup, next, |next, found, settled| {
                if settled {
                    next.cut();
                }
                next.replace(found, settled);
            });
        }
    }

    fn segment<'a>(&self, lookup: &'a Lookup, next: &mut NextLayer<'a>) {
        for piece in &self.pieces {
            self.look_up(piece, lookup, next, |next, found, settled| {
                next.cut();
                if settled {
                    next.replace(found, settled);
                } else {
                    next.text.push_str(&found.key);
                    next.cut();
                }
            });
        }
    }

    fn join(&self, next: &mut NextLayer<'_>) {
        for piece in &self.pieces {
            if piece.settled {
                next.cut();
            }
            next.text.push_str(&self.text[piece.range.clone()]);
            if piece.settled {
                next.end_piece(true);
            }
        }
        next.cut();
    }

    /// What reading makes of the pieces. Between values of the user's table they are one text.
    fn read(&self, reading: &Reading, next: &mut NextLayer<'_>) {
        let mut tracer = reading.tracer();
        for piece in &self.pieces {
            let text = &self.text[piece.range.clone()];
            if piece.settled {
                next.text.push_str(text);
                next.end_piece(true);
                continue;
            }
            let start = next.text.len();
            let (made, edits) = tracer.trace(text);
            next.text.push_str(&made);
            next.edits.extend(edits.into_iter().map(|edit| Edit {
                key: text[edit.from.clone()].to_owned(),
                value: made[edit.to.clone()].to_owned(),
                from: piece.range.start + edit.from.start..piece.range.start + edit.from.end,
                to: start + edit.to.start..start + edit.to.end,
                reason: Reason::Reading(edit.reason),
            }));
            next.cut();
        }
    }

    /// Copies `piece` to `next`, leaving each key that `lookup` finds to `on_match`.
    fn look_up<'a>(
        &self,
        piece: &Piece,
        lookup: &'a Lookup,
        next: &mut NextLayer<'a>,
        on_match: impl Fn(&mut NextLayer<'a>, FoundKey<'a>, bool),
    ) {
        if piece.settled {
            next.text.push_str(&self.text[piece.range.clone()]);
            return next.end_piece(true);
        }
        let mut at = piece.range.start;
        while at < piece.range.end {
            let rest = &self.text[at..piece.range.end];
            let len = match lookup.find(rest, true) {
                Found::Match(found) => {
                    let key = rest[..found.len].to_owned();
                    let from = at..at + found.len;
                    let entry = lookup.entry(found);
                    on_match(next, FoundKey { from, key, entry }, found.settled);
                    found.len
                }
                Found::Copy { len } => {
                    next.text.push_str(&rest[..len]);
                    len
                }
                // Not for a complete piece.
                Found::Open => rest.len(),
            };
            at += len;
        }
        next.cut();
    }
}

struct FoundKey<'a> {
    from: Range<usize>,
    key: String,
    entry: TableEntry<'a>,
}

#[derive(Default)]
struct NextLayer<'a> {
    text: String,
    pieces: Vec<Piece>,
    edits: Vec<Edit<'a>>,
}

impl<'a> NextLayer<'a> {
    fn replace(&mut self, found: FoundKey<'a>, settled: bool) {
        let start = self.text.len();
        self.text.push_str(found.entry.default());
        if found.key != found.entry.default() {
            let to = start..self.text.len();
            let value = found.entry.default().to_owned();
            let reason = Reason::Entry(found.entry);
            self.edits.push(Edit { from: found.from, to, key: found.key, value, reason });
        }
        if settled {
            self.end_piece(true);
        }
    }

    /// Ends the piece that is being written, if it has any text.
    fn cut(&mut self) {
        self.end_piece(false);
    }

    fn end_piece(&mut self, settled: bool) {
        let start = self.pieces.last().map_or(0, |piece| piece.range.end);
        let range = start..self.text.len();
        if !range.is_empty() {
            self.pieces.push(Piece { range, settled });
        }
    }
}
