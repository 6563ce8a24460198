//! How text flows through the steps of a pipeline, in pieces of any size.
//!
//! Each step writes out what it can decide and holds the rest back: at most the beginning of a
//! key or of a description sequence. Nothing a step decides depends on how the text was cut,
//! because [`Lookup::find`] answers only what no further text can change.

use super::lookup::{Found, Lookup, Match};
use super::pipeline::{Rewrite, Step, Work};
use super::reading::{Reading, ReadingState};

/// What flows from step to step.
#[derive(Debug, Clone, Copy)]
pub(super) enum Piece<'a> {
    /// Text that goes on in the next piece.
    Text(&'a str),
    /// Text, and the end of the segment: nothing matches across it.
    Segment(&'a str),
    /// A value of the user's table: it stays as it is, and nothing matches across its edges.
    Settled(&'a str),
    /// The end of the text.
    End,
}

/// What a step keeps between pieces.
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    /// The text that is not decided yet.
    held: String,
    /// What a rewriting step has made for the next one; empty between pieces.
    made: String,
    /// A segmenting step has passed on the beginning of a segment, but not its end.
    inside_segment: bool,
    /// What a reading step keeps.
    reading: ReadingState,
}

impl State {
    /// Nothing is held back.
    pub fn is_empty(&self) -> bool {
        self.held.is_empty() && self.reading.is_empty()
    }
}

/// States of one step are equal if it passes on the same of whatever comes, buffers aside, provided
/// that those of the steps behind it are equal, too.
///
/// Whether a segment has begun need not be compared. Where a step behind holds some of the segment,
/// it has begun in both. Where none does, all that hangs on it is whether an empty end of the segment
/// is passed on, and steps that hold nothing pass that on, or drop it, and are as before.
impl PartialEq for State {
    fn eq(&self, other: &Self) -> bool {
        self.held == other.held && self.reading == other.reading
    }
}

/// Passes `piece` through `steps` to `out`. `states` has one state for each step.
pub(super) fn feed(steps: &[Step], states: &mut [State], piece: Piece<'_>, out: &mut String) {
    let (Some((step, steps)), Some((state, states))) =
        (steps.split_first(), states.split_first_mut())
    else {
        return write(piece, out);
    };
    let next = Next { steps, states, out };
    match &step.work {
        Work::Rewrite(step) => rewrite(step, state, piece, next),
        Work::Segment(lookup) => segment(lookup, state, piece, next),
        Work::Join => join(piece, next),
        Work::Read(reading) => read(reading, state, piece, next),
    }
}

fn write(piece: Piece<'_>, out: &mut String) {
    match piece {
        Piece::Text(text) | Piece::Segment(text) | Piece::Settled(text) => out.push_str(text),
        Piece::End => {}
    }
}

/// The steps after the one at work, and where the last of them writes.
struct Next<'a> {
    steps: &'a [Step],
    states: &'a mut [State],
    out: &'a mut String,
}

impl Next<'_> {
    fn feed(&mut self, piece: Piece<'_>) {
        feed(self.steps, self.states, piece, self.out);
    }

    fn feed_text(&mut self, text: &str) {
        if !text.is_empty() {
            self.feed(Piece::Text(text));
        }
    }
}

fn join(piece: Piece<'_>, mut next: Next<'_>) {
    match piece {
        Piece::Segment(text) => next.feed_text(text),
        other => next.feed(other),
    }
}

fn read(reading: &Reading, state: &mut State, piece: Piece<'_>, mut next: Next<'_>) {
    let State { made, reading: state, .. } = state;
    match piece {
        Piece::Text(text) => {
            state.push(reading, text, made);
            next.feed_text(made);
        }
        Piece::Segment(text) => {
            state.push(reading, text, made);
            state.finish(reading, made);
            next.feed(Piece::Segment(made));
        }
        Piece::Settled(_) | Piece::End => {
            state.finish(reading, made);
            next.feed_text(made);
            if matches!(piece, Piece::End) {
                state.reset();
            }
            next.feed(piece);
        }
    }
    made.clear();
}

fn rewrite(step: &Rewrite, state: &mut State, piece: Piece<'_>, mut next: Next<'_>) {
    match piece {
        Piece::Text(text) => {
            rewrite_held(step, state, text, false, &mut next);
            let made = std::mem::take(&mut state.made);
            next.feed_text(&made);
            state.made = cleared(made);
        }
        Piece::Segment(text) => end_rewrite(step, state, text, &mut next),
        Piece::Settled(_) | Piece::End => {
            end_rewrite(step, state, "", &mut next);
            next.feed(piece);
        }
    }
}

/// Rewrites `text` as the end of a segment and passes it on as one.
fn end_rewrite(step: &Rewrite, state: &mut State, text: &str, next: &mut Next<'_>) {
    rewrite_held(step, state, text, true, next);
    next.feed(Piece::Segment(&state.made));
    state.made.clear();
}

/// Rewrites what was held back and `text` into `state.made`, and holds back what is undecided.
fn rewrite_held(
    step: &Rewrite,
    state: &mut State,
    text: &str,
    complete: bool,
    next: &mut Next<'_>,
) {
    if state.held.is_empty() {
        let done = rewrite_text(step, text, complete, &mut state.made, next);
        state.held.push_str(&text[done..]);
    } else {
        state.held.push_str(text);
        let done = rewrite_text(step, &state.held, complete, &mut state.made, next);
        state.held.drain(..done);
    }
}

/// Rewrites `text` into `made` as far as it can be decided; returns how far that is.
fn rewrite_text(
    step: &Rewrite,
    text: &str,
    complete: bool,
    made: &mut String,
    next: &mut Next<'_>,
) -> usize {
    let mut at = 0;
    while at < text.len() {
        let skipped = step.skip(&text[at..], complete);
        made.push_str(&text[at..at + skipped]);
        at += skipped;
        if at == text.len() {
            break;
        }
        match step.lookup.find(&text[at..], complete) {
            Found::Match(Match { len, value, settled, .. }) => {
                if settled {
                    next.feed(Piece::Segment(made));
                    made.clear();
                    next.feed(Piece::Settled(value));
                } else {
                    made.push_str(value);
                }
                at += len;
            }
            Found::Copy { len } => {
                made.push_str(&text[at..at + len]);
                at += len;
            }
            Found::Open => break,
        }
    }
    at
}

fn segment(lookup: &Lookup, state: &mut State, piece: Piece<'_>, mut next: Next<'_>) {
    match piece {
        Piece::Text(text) => segment_held(lookup, state, text, false, &mut next),
        Piece::Segment(text) => end_segment(lookup, state, text, &mut next),
        Piece::Settled(_) | Piece::End => {
            end_segment(lookup, state, "", &mut next);
            next.feed(piece);
        }
    }
}

fn end_segment(lookup: &Lookup, state: &mut State, text: &str, next: &mut Next<'_>) {
    segment_held(lookup, state, text, true, next);
    end_run(&mut state.inside_segment, "", next);
}

/// Segments what was held back and `text`, and holds back what is undecided.
fn segment_held(
    lookup: &Lookup,
    state: &mut State,
    text: &str,
    complete: bool,
    next: &mut Next<'_>,
) {
    let State { held, inside_segment, .. } = state;
    if held.is_empty() {
        let done = segment_text(lookup, text, complete, inside_segment, next);
        held.push_str(&text[done..]);
    } else {
        held.push_str(text);
        let done = segment_text(lookup, held, complete, inside_segment, next);
        held.drain(..done);
    }
}

/// Passes the segments of `text` on as far as they can be decided; returns how far that is.
fn segment_text(
    lookup: &Lookup,
    text: &str,
    complete: bool,
    inside: &mut bool,
    next: &mut Next<'_>,
) -> usize {
    let (mut run, mut at) = (0, 0);
    while at < text.len() {
        match lookup.find(&text[at..], complete) {
            Found::Match(Match { len, value, settled, .. }) => {
                end_run(inside, &text[run..at], next);
                next.feed(if settled {
                    Piece::Settled(value)
                } else {
                    Piece::Segment(&text[at..at + len])
                });
                at += len;
                run = at;
            }
            Found::Copy { len } => at += len,
            Found::Open => break,
        }
    }
    if run < at {
        next.feed_text(&text[run..at]);
        *inside = true;
    }
    at
}

/// Ends the run of characters without match, of which `text` is the rest, if there is one.
fn end_run(inside: &mut bool, text: &str, next: &mut Next<'_>) {
    if *inside || !text.is_empty() {
        next.feed(Piece::Segment(text));
        *inside = false;
    }
}

/// The string, emptied, with its memory.
fn cleared(mut string: String) -> String {
    string.clear();
    string
}
