//! Which entry made which change: the steps run over a whole text, each keeping its edits.

use std::ops::Range;

use super::layer::{Edit, Layer, Reason};
use super::pipeline::{Stage, Step};

/// A conversion with the reason of each change.
#[derive(Debug, Clone)]
pub struct Trace<'a> {
    source: &'a str,
    output: String,
    changes: Vec<Traced<'a>>,
}

/// A place in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span<'a> {
    /// The range in bytes.
    pub bytes: Range<usize>,
    /// The range in characters (Unicode scalar values).
    pub characters: Range<usize>,
    /// The text in that range.
    pub text: &'a str,
}

/// A key that was found and replaced by another text.
#[derive(Debug, Clone, PartialEq)]
pub struct Change<'a> {
    /// Where in the source; wider than the key if an earlier stage made part of it.
    pub source: Span<'a>,
    /// What stands there in the output, later stages' changes included.
    pub output: Span<'a>,
    /// The stage at which it happened.
    pub stage: &'a Stage,
    /// The name of the dictionary that the entry stands in.
    pub dictionary: &'a str,
    /// The entry's key, which is the text as the stage found it.
    pub key: &'a str,
    /// What the stage wrote in its place: the first of the candidates, in the form of the place.
    pub value: &'a str,
    /// The entry's candidates; the readings of a character that was read in its context.
    pub candidates: Vec<&'a str>,
    /// For a character that was read in its context: the scores of the candidates, in nats.
    pub scores: Vec<f32>,
}

/// A change, with its ranges in bytes and in characters.
#[derive(Debug, Clone)]
struct Traced<'a> {
    stage: &'a Stage,
    /// The number of the stage's step.
    step: usize,
    /// Where the changes begin that overlap with this one, one after another.
    together: usize,
    edit: Edit<'a>,
    source: Place,
    output: Place,
}

#[derive(Debug, Clone, Default)]
struct Place {
    bytes: Range<usize>,
    characters: Range<usize>,
}

impl<'a> Trace<'a> {
    /// The text that was converted.
    pub fn source(&self) -> &'a str {
        self.source
    }

    /// What it became.
    pub fn output(&self) -> &str {
        &self.output
    }

    /// The changes, in the order of the source; of those that have to do with one another, the
    /// earlier stage's first.
    pub fn changes(&self) -> impl Iterator<Item = Change<'_>> {
        self.changes.iter().map(|traced| Change {
            source: traced.source.in_text(self.source),
            output: traced.output.in_text(&self.output),
            stage: traced.stage,
            dictionary: traced.edit.reason.dictionary(),
            key: &traced.edit.key,
            value: &traced.edit.value,
            candidates: traced.edit.reason.candidates(&traced.edit.value),
            scores: traced.edit.reason.scores(),
        })
    }
}

impl Reason<'_> {
    fn dictionary(&self) -> &str {
        match self {
            Self::Entry(entry) => entry.dictionary(),
            Self::Reading(reason) => reason.dictionary(),
        }
    }

    fn candidates<'r>(&'r self, value: &'r str) -> Vec<&'r str> {
        match self {
            Self::Entry(entry) => entry.candidates().collect(),
            Self::Reading(reason) => match reason.candidates() {
                [] => vec![value],
                candidates => candidates.iter().map(|(reading, _)| reading.as_str()).collect(),
            },
        }
    }

    fn scores(&self) -> Vec<f32> {
        match self {
            Self::Entry(_) => Vec::new(),
            Self::Reading(reason) => reason.candidates().iter().map(|(_, score)| *score).collect(),
        }
    }
}

impl Place {
    fn in_text<'t>(&self, text: &'t str) -> Span<'t> {
        Span {
            bytes: self.bytes.clone(),
            characters: self.characters.clone(),
            text: &text[self.bytes.clone()],
        }
    }
}

/// Runs `steps` over `source`.
pub(super) fn trace<'a>(steps: &'a [Step], source: &'a str) -> Trace<'a> {
    let mut layer = Layer::new(source);
    let mut edits = Vec::new();
    for step in steps {
        let (next, made) = layer.apply(&step.work);
        layer = next;
        edits.push(made);
    }
    let output = layer.into_text();
    let mut changes = Vec::new();
    for (number, step) in steps.iter().enumerate() {
        for edit in &edits[number] {
            changes.push(Traced {
                stage: &step.stage,
                step: number,
                together: 0,
                edit: edit.clone(),
                source: Place::of_bytes(back(&edits[..number], edit.from.clone())),
                output: Place::of_bytes(forth(&edits[number + 1..], edit.to.clone())),
            });
        }
    }
    sort(&mut changes);
    count_characters(source, changes.iter_mut().map(|change| &mut change.source));
    count_characters(&output, changes.iter_mut().map(|change| &mut change.output));
    Trace { source, output, changes }
}

/// Sorts by place; changes whose places overlap stay together, in the order of the stages.
fn sort(changes: &mut [Traced<'_>]) {
    changes.sort_by_key(|change| change.source.bytes.start);
    let (mut start, mut end) = (0, 0);
    for change in changes.iter_mut() {
        let Range { start: first, end: last } = change.source.bytes;
        if first >= end {
            start = first;
        }
        end = end.max(last);
        change.together = start;
    }
    changes.sort_by_key(|change| (change.together, change.step, change.source.bytes.start));
}

impl Place {
    fn of_bytes(bytes: Range<usize>) -> Self {
        Self { bytes, characters: 0..0 }
    }
}

/// The range before the steps that made `edits`, which is `range` after them.
fn back(edits: &[Vec<Edit<'_>>], range: Range<usize>) -> Range<usize> {
    edits
        .iter()
        .rev()
        .fold(range, |range, edits| map(edits, range, |edit| (edit.to.clone(), edit.from.clone())))
}

/// The range after the steps that made `edits`, which is `range` before them.
fn forth(edits: &[Vec<Edit<'_>>], range: Range<usize>) -> Range<usize> {
    edits
        .iter()
        .fold(range, |range, edits| map(edits, range, |edit| (edit.from.clone(), edit.to.clone())))
}

/// Maps `range` across the edits of one step; an end that lies inside an edit moves to its edge.
fn map<'e>(
    edits: &'e [Edit<'e>],
    range: Range<usize>,
    sides: impl Fn(&Edit<'e>) -> (Range<usize>, Range<usize>),
) -> Range<usize> {
    let shift = |position: usize, index: usize| match index.checked_sub(1) {
        None => position,
        Some(last) => {
            let (here, there) = sides(&edits[last]);
            position - here.end + there.end
        }
    };
    let first = edits.partition_point(|edit| sides(edit).0.end <= range.start);
    let start = match edits.get(first).map(&sides) {
        Some((here, there)) if here.start <= range.start => there.start,
        _ => shift(range.start, first),
    };
    let last = edits.partition_point(|edit| sides(edit).0.end < range.end);
    let end = match edits.get(last).map(&sides) {
        Some((here, there)) if here.start < range.end => there.end,
        _ => shift(range.end, last),
    };
    start..end.max(start)
}

/// Fills in the ranges in characters. The places lie nearly in order, so that each is counted
/// from the one before.
fn count_characters<'p>(text: &str, places: impl Iterator<Item = &'p mut Place>) {
    let (mut bytes, mut characters) = (0, 0);
    for place in places {
        let Range { start, end } = place.bytes;
        if start >= bytes {
            characters += text[bytes..start].chars().count();
        } else {
            characters -= text[start..bytes].chars().count();
        }
        bytes = start;
        place.characters = characters..characters + text[start..end].chars().count();
    }
}
