//! What is wrong in one line.

use super::charset::Charset;
use super::kind::{MojibakeKind, READINGS, Verdict};
use super::plausible::{is_common, is_foreign_letter, is_unlikely, is_usual};
use super::search::segments;
use super::segment::Segment;
use super::traces;
use super::units::Units;
use crate::encoding::Encoding;

/// So much likelier, in nats, must the repaired text be for the repair to be certain: a chance of
/// one in 500 million, for there are many lines in the world and each is read in 24 ways.
pub(super) const CERTAIN: f32 = 20.0;

/// So much likelier for it to be worth a word.
pub(super) const SUSPECTED: f32 = 14.0;

/// So much likelier than what any other reading makes of the same place.
const RIVAL: f32 = 6.0;

/// So much likelier than what comes of it if characters that have two codes had the others.
const TWIN: f32 = 3.0;

/// How many times damaged text may have been damaged in the same way.
const TIMES: u8 = 3;

/// A segment, and what is to be done about it.
#[derive(Debug, Clone)]
pub(super) struct Finding {
    pub(super) segment: Segment,
    pub(super) verdict: Verdict,
}

/// What is damaged in `line`, from its beginning to its end, without overlaps.
pub(super) fn findings(line: &str) -> Vec<Finding> {
    let traces = traces::find(line);
    let candidates = if is_unlikely(line) { candidates(line, &traces) } else { Vec::new() };
    let texts = candidates.iter().filter(|segment| segment.is_text());
    let judged = texts.map(|segment| (segment, verdict(line, segment, &candidates)));
    let (certain, others): (Vec<_>, Vec<_>) =
        judged.partition(|(_, verdict)| *verdict == Verdict::Certain);
    let traces = traces.iter().map(|segment| (segment, Verdict::Lost));
    let mut chosen: Vec<Finding> = Vec::new();
    for (segment, verdict) in certain.into_iter().chain(traces).chain(others) {
        if chosen.iter().all(|known| !known.segment.overlaps(segment)) {
            chosen.push(Finding { segment: segment.clone(), verdict });
        }
    }
    chosen.sort_by_key(|finding| finding.segment.place.start);
    chosen
}

/// Everything that is likelier otherwise than it stands, the likeliest first.
fn candidates(line: &str, traces: &[Segment]) -> Vec<Segment> {
    let mut candidates = Vec::new();
    for reading in &READINGS {
        let units = Units::of(line, reading.read);
        let other = units.with_other_codes(line);
        let ways = reading.written.iter().flat_map(|written| {
            [Some(&units), other.as_ref()].into_iter().flatten().map(move |units| (units, written))
        });
        for (units, written) in ways {
            // In UTF-8 a trace may be part of a text, in others it becomes one by chance.
            let is_trace = |segment: &Segment| {
                *written != Encoding::UTF_8 && traces.iter().any(|trace| trace.overlaps(segment))
            };
            let found = segments(line, units, *written).into_iter();
            candidates.extend(found.filter(|segment| !is_trace(segment)).map(undamage));
        }
    }
    candidates.retain(is_suspect);
    candidates.sort_by(|one, other| other.gain.total_cmp(&one.gain));
    candidates
}

/// Repairs what was damaged several times in the same way.
fn undamage(mut segment: Segment) -> Segment {
    while let MojibakeKind::Misread { written, read, times } = segment.kind
        && times < TIMES
    {
        let units = Units::of(&segment.repaired, read);
        let deeper = segments(&segment.repaired, &units, written).into_iter();
        match deeper.max_by(|one, other| one.gain.total_cmp(&other.gain)) {
            Some(deeper) if is_suspect(&deeper) && !deeper.is_lost() => {
                segment = segment.deepened(&deeper);
            }
            _ => break,
        }
    }
    segment
}

fn is_suspect(segment: &Segment) -> bool {
    segment.gain >= SUSPECTED
}

fn verdict(line: &str, segment: &Segment, candidates: &[Segment]) -> Verdict {
    let is_rival = |other: &Segment| {
        other.overlaps(segment)
            && other.gain > segment.gain - if other.kind == segment.kind { TWIN } else { RIVAL }
            && other.repaired != segment.repaired
    };
    let is_open = segment.ambiguous || segment.is_out_of_step() || !stands_apart(line, segment);
    if segment.gain < CERTAIN || is_open || candidates.iter().any(is_rival) {
        Verdict::Doubtful
    } else if segment.is_lost() {
        Verdict::Lost
    } else {
        Verdict::Certain
    }
}

/// Whether what stays beside `segment` is no part of it: if it looks damaged as well, it is not
/// understood what happened to both.
fn stands_apart(line: &str, segment: &Segment) -> bool {
    let before = line[..segment.place.start].chars().rev();
    let behind = line[segment.place.end..].chars();
    is_apart(before, segment.kind) && is_apart(behind, segment.kind)
}

/// The same of one side, from the nearest character on.
fn is_apart(beside: impl Iterator<Item = char> + Clone, kind: MojibakeKind) -> bool {
    let charset = kind.read().and_then(Charset::of);
    let is_byte = |character| {
        charset.and_then(|charset| charset.code(character)).is_some_and(|code| code < 0x100)
    };
    // A byte from 0x40 may be the second one of a character.
    let mut word = beside.clone().take_while(|character| *character >= '@');
    // Of UTF-16, what is damaged may look like ASCII: 最 is g.
    let is_swapped = |character| character > '\u{FFFF}' || is_common(swapped(character));
    let is_cut = match charset {
        Some(_) => word.any(|character| !character.is_ascii() && is_byte(character)),
        None => beside.clone().next().is_some_and(is_swapped),
    };
    let letters: String = beside.take_while(|character| is_foreign_letter(*character)).collect();
    !is_cut && is_usual(&letters)
}

/// The character that has the two bytes of `character` in UTF-16 the other way round.
fn swapped(character: char) -> char {
    let unit = u16::try_from(u32::from(character)).map_or(0, u16::swap_bytes);
    char::from_u32(unit.into()).unwrap_or('\0')
}
