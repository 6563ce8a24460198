use std::ops::Range;

use super::block::{Block, Blocks};
use super::kind::MojibakeKind;
use super::line::SUSPECTED;
use super::plausible::{Meter, is_foreign_letter};
use super::segment::Segment;
use super::units::Units;
use crate::encoding::Encoding;

/// How far the sum of gains may fall behind its peak before a segment ends there, in nats: more
/// than one character can cost, less than two.
const DROP: f32 = 16.0;

/// What it costs to begin or end a segment beside a letter that would stay, in nats. What is
/// misread is a line, a field or a word, hardly ever a part of one.
const EDGE: f32 = 8.0;

/// What it costs to begin or end one between words.
const BETWEEN: f32 = 6.0;

/// What a block costs of which nothing is recovered: it may be within a segment or at its end, but
/// makes none, nor is it drawn to one.
const LOST: f32 = 7.0;

/// The segments of `line` that may have been written in `written` and read as the units were.
pub(super) fn segments(line: &str, units: &Units, written: Encoding) -> Vec<Segment> {
    let blocks = Blocks::of(units, written);
    let gains = gains(units, &blocks);
    let mut segments = Vec::new();
    let mut start = 0;
    while start < gains.len() {
        let (range, peak) = peak(&gains, start);
        start = range.end;
        if peak >= SUSPECTED {
            let range = extended(range, units, &blocks, &gains);
            start = range.end;
            segments.push(segment(line, units, &blocks, written, range));
        }
    }
    segments
}

/// By how many nats each block is likelier as written than as it stands.
fn gains(units: &Units, blocks: &Blocks) -> Vec<f32> {
    let (mut found, mut repaired) = (Meter::FOUND, Meter::REPAIRED);
    let gain = |block: &Block| {
        let before = units.units[block.units.clone()].iter();
        let before: f32 = before.map(|unit| found.cost(unit.character)).sum();
        let Some(written) = block.written.clone() else {
            repaired = Meter::REPAIRED;
            return f32::NEG_INFINITY;
        };
        let after = &blocks.text[written];
        let cost: f32 = after.chars().map(|character| repaired.cost(character)).sum();
        let is_lost = after.chars().all(|character| character == char::REPLACEMENT_CHARACTER);
        if is_lost { -LOST } else { before - cost }
    };
    blocks.blocks.iter().map(gain).collect()
}

/// The next run of blocks from `start` on whose gains add up to a peak, and the peak; at the end,
/// what is left, without one.
fn peak(gains: &[f32], start: usize) -> (Range<usize>, f32) {
    let mut first = None;
    let (mut sum, mut peak, mut end) = (0.0, 0.0, gains.len());
    for (index, gain) in gains.iter().enumerate().skip(start) {
        sum += gain;
        match first {
            None if sum > 0.0 => first = Some(index),
            None => sum = 0.0,
            Some(_) if sum <= 0.0 || sum < peak - DROP => break,
            Some(_) => {}
        }
        if sum > peak {
            (peak, end) = (sum, index + 1);
        }
    }
    (first.unwrap_or(start)..end, peak)
}

/// With the words on either side, or what is left of the first, that lose less than it would cost
/// to begin or end before them: characters that stay likely by chance. A word ends at ASCII.
fn extended(range: Range<usize>, units: &Units, blocks: &Blocks, gains: &[f32]) -> Range<usize> {
    let is_word = |index: usize| {
        let block = &blocks.blocks[index];
        let written = &blocks.text[block.written.clone().unwrap_or_default()];
        let found = units.units[block.units.clone()].iter().map(|unit| unit.character);
        found.clone().any(|character| !character.is_ascii()) && !found.eq(written.chars())
    };
    let block = |index: usize| (gains[index], is_word(index));
    let end = range.end + bearable((range.end..gains.len()).map(block));
    range.start - bearable((0..range.start).rev().map(block))..end
}

/// How many of the blocks to take in, each given by its gain and whether it is part of a word.
fn bearable(blocks: impl Iterator<Item = (f32, bool)>) -> usize {
    let (mut taken, mut word_end, mut limit) = (0, 0, EDGE);
    let mut sum = 0.0;
    for (index, (gain, is_word)) in blocks.enumerate() {
        if !is_word {
            if sum < -limit {
                return taken;
            }
            (taken, sum, limit) = (word_end, 0.0, BETWEEN);
        }
        sum += gain;
        if sum < -EDGE {
            return taken;
        }
        if is_word {
            word_end = index + 1;
        }
    }
    if sum < -limit { taken } else { word_end }
}

fn segment(
    line: &str,
    units: &Units,
    blocks: &Blocks,
    written: Encoding,
    range: Range<usize>,
) -> Segment {
    let found = blocks.blocks[range.start].units.start..blocks.blocks[range.end - 1].units.end;
    let place = units.units[found.start].place.start..units.units[found.end - 1].place.end;
    let text = |index: usize| blocks.blocks[index].written.clone().unwrap_or_default();
    let repaired = blocks.text[text(range.start).start..text(range.end - 1).end].to_owned();
    let gain = Meter::FOUND.sum(&line[place.clone()]) - Meter::REPAIRED.sum(&repaired);
    let edges = edges(line, &place) as f32 * EDGE;
    let kind = MojibakeKind::Misread { written, read: units.encoding, times: 1 };
    let ambiguous = written != Encoding::UTF_8 && units.is_ambiguous(&line[place.clone()]);
    Segment { ambiguous, ..Segment::new(place, kind, repaired, gain - edges) }
}
/// On how many sides a letter stands beside `place`.
fn edges(line: &str, place: &Range<usize>) -> usize {
    let before = line[..place.start].chars().next_back();
    let behind = line[place.end..].chars().next();
    [before, behind].into_iter().flatten().filter(|character| is_foreign_letter(*character)).count()
}
