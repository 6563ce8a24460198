use std::ops::Range;

use super::block::{Block, Blocks};
use super::charset::Charset;
use super::kind::MojibakeKind;
use super::plausible::{Meter, is_foreign_letter};
use super::units::Units;
use crate::encoding::Encoding;

/// How far the sum of gains may fall behind its peak before a segment ends there, in nats: more
/// than one character can cost, less than two.
const DROP: f32 = 16.0;

/// What it costs to begin or end a segment beside a letter that would stay, in nats. What is
/// misread is a line, a field or a word, hardly ever a part of one.
const EDGE: f32 = 8.0;

/// A stretch of a line that looks more like text when it is read otherwise.
#[derive(Debug, Clone)]
pub(super) struct Segment {
    pub(super) place: Range<usize>,
    pub(super) kind: MojibakeKind,
    pub(super) repaired: String,
    /// How many characters of it are U+FFFD.
    pub(super) lost: usize,
    /// How many others beyond ASCII it has.
    pub(super) recovered: usize,
    /// By how many nats the repaired text is the likelier one.
    pub(super) gain: f32,
    /// What a letter of the repaired text costs on average, in nats; infinity if it is no text.
    pub(super) mean: f32,
}

/// The segments of `line` that may have been written in `written` and read as the units were.
pub(super) fn segments(line: &str, units: &Units, written: Encoding) -> Vec<Segment> {
    let blocks = Blocks::of(units, written);
    let gains = gains(units, &blocks);
    let mut segments = Vec::new();
    let mut start = 0;
    while let Some(range) = next(&gains, &mut start) {
        let range = extended(range, units, &blocks, &gains);
        start = range.end;
        segments.push(segment(line, units, &blocks, written, range));
    }
    segments
}

/// By how many nats each block is likelier as written than as it stands.
fn gains(units: &Units, blocks: &Blocks) -> Vec<f32> {
    let (mut found, mut repaired) = (Meter::FOUND, Meter::REPAIRED);
    let mut gain = |block: &Block| {
        let before = units.units[block.units.clone()].iter();
        let before: f32 = before.map(|unit| found.cost(unit.character)).sum();
        let Some(written) = block.written.clone() else {
            repaired = Meter::REPAIRED;
            return f32::NEG_INFINITY;
        };
        let after = blocks.text[written].chars();
        before - after.map(|character| repaired.cost(character)).sum::<f32>()
    };
    blocks.blocks.iter().map(&mut gain).collect()
}

/// With the blocks up to the next place where a word ends, on either side, if they lose less than
/// it would cost to begin or end in the middle of one: characters that stay likely by chance.
fn extended(range: Range<usize>, units: &Units, blocks: &Blocks, gains: &[f32]) -> Range<usize> {
    let is_word = |index: &usize| {
        let units = &units.units[blocks.blocks[*index].units.clone()];
        units.iter().any(|unit| is_part_of_word(unit.character))
    };
    let ahead = (range.end..gains.len()).take_while(is_word);
    let behind = (0..range.start).rev().take_while(is_word);
    let end = range.end + bearable(ahead, gains);
    range.start - bearable(behind, gains)..end
}

/// Whether a character is no place for a misread stretch to end at: letters, and the signs that
/// letters become.
fn is_part_of_word(character: char) -> bool {
    is_foreign_letter(character) || matches!(character, '\u{80}'..='\u{FF}')
}

/// How many of the blocks to take in: all, or none if they lose too much.
fn bearable(blocks: impl Iterator<Item = usize>, gains: &[f32]) -> usize {
    let (mut sum, mut count) = (0.0, 0);
    for index in blocks {
        sum += gains[index];
        count += 1;
        if sum < -EDGE {
            return 0;
        }
    }
    count
}

/// The next run of blocks whose gains add up to a peak, from `start` on, which moves behind it.
fn next(gains: &[f32], start: &mut usize) -> Option<Range<usize>> {
    let mut first = None;
    let (mut sum, mut peak, mut end) = (0.0, 0.0, *start);
    for (index, gain) in gains.iter().enumerate().skip(*start) {
        sum += gain;
        if sum <= 0.0 && first.is_none() {
            sum = 0.0;
            continue;
        }
        let from = *first.get_or_insert(index);
        if sum > peak {
            (peak, end) = (sum, index + 1);
        }
        if sum <= 0.0 || sum < peak - DROP {
            *start = end;
            return Some(from..end);
        }
    }
    *start = end.max(*start);
    let found = first.map(|from| from..end);
    if found.is_none() {
        *start = gains.len();
    }
    found
}

fn segment(
    line: &str,
    units: &Units,
    blocks: &Blocks,
    written: Encoding,
    range: Range<usize>,
) -> Segment {
    let blocks_of = &blocks.blocks[range];
    let (first, last) = (&blocks_of[0], &blocks_of[blocks_of.len() - 1]);
    let place =
        units.units[first.units.start].place.start..units.units[last.units.end - 1].place.end;
    let text = |block: &Block| block.written.clone().unwrap_or_default();
    let repaired = blocks.text[text(first).start..text(last).end].to_owned();
    let kind = MojibakeKind::Misread { written, read: units.encoding, times: 1 };
    Segment::new(line, place, kind, repaired)
}

impl Segment {
    fn new(line: &str, place: Range<usize>, kind: MojibakeKind, repaired: String) -> Self {
        let before = line[..place.start].chars().next_back();
        let behind = line[place.end..].chars().next();
        let edges = [before, behind].into_iter().flatten().filter(|c| is_foreign_letter(*c));
        let gain = Meter::FOUND.sum(&line[place.clone()])
            - Meter::REPAIRED.sum(&repaired)
            - EDGE * edges.count() as f32;
        let lost = repaired.matches(char::REPLACEMENT_CHARACTER).count();
        let recovered = repaired.chars().filter(|character| !character.is_ascii()).count() - lost;
        Self { place, kind, mean: mean(&repaired), repaired, lost, recovered, gain }
    }

    /// A trace of damage, of which nothing can be recovered.
    pub(super) fn trace(line: &str, place: Range<usize>, kind: MojibakeKind) -> Self {
        let repaired = line[place.clone()].to_owned();
        let lost = repaired.chars().count();
        Self { place, kind, repaired, lost, recovered: 0, gain: f32::INFINITY, mean: 0.0 }
    }

    pub(super) fn overlaps(&self, other: &Self) -> bool {
        self.place.start < other.place.end && other.place.start < self.place.end
    }

    /// The same place, repaired once more: `deeper` is a part of what it was repaired to.
    pub(super) fn deepened(self, deeper: Self) -> Self {
        let mut repaired = self.repaired;
        repaired.replace_range(deeper.place, &deeper.repaired);
        let kind = match self.kind {
            MojibakeKind::Misread { written, read, times } => {
                MojibakeKind::Misread { written, read, times: times + 1 }
            }
            kind => kind,
        };
        let lost = repaired.matches(char::REPLACEMENT_CHARACTER).count();
        let recovered = repaired.chars().filter(|character| !character.is_ascii()).count() - lost;
        let gain = self.gain + deeper.gain;
        Self { place: self.place, kind, mean: mean(&repaired), repaired, lost, recovered, gain }
    }
}

/// What a letter of `text` beyond ASCII costs on average; infinity if it is misread still.
fn mean(text: &str) -> f32 {
    if is_misread_as_western(text) {
        return f32::INFINITY;
    }
    let mut meter = Meter::REPAIRED;
    let (mut sum, mut count) = (0.0, 0.0);
    for character in text.chars() {
        let cost = meter.cost(character);
        if is_foreign_letter(character) {
            sum += cost;
            count += 1.0;
        }
    }
    if count == 0.0 { 0.0 } else { sum / count }
}

/// Whether there are three characters of the upper half of ISO 8859-1 that nothing in ASCII parts:
/// no language has that, and all other encodings that are read so do.
fn is_misread_as_western(text: &str) -> bool {
    let charset = Charset::of(Encoding::WINDOWS_1252);
    let is_upper = |character: char| {
        charset.and_then(|charset| charset.code(character)).is_some_and(|code| code >= 0x80)
    };
    let mut runs = text.split(|character| !is_upper(character));
    runs.any(|run| run.chars().filter(|character| *character <= '\u{FF}').count() >= 3)
}
