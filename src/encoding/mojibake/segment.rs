use std::ops::Range;

use super::charset::Charset;
use super::kind::MojibakeKind;
use super::plausible::{fits, is_usual};
use crate::encoding::Encoding;

/// A stretch of a line that may be damaged.
#[derive(Debug, Clone)]
pub(super) struct Segment {
    pub(super) place: Range<usize>,
    pub(super) kind: MojibakeKind,
    pub(super) repaired: String,
    /// How many characters of that are U+FFFD.
    pub(super) lost: usize,
    /// How many others beyond ASCII it has.
    pub(super) recovered: usize,
    /// By how many nats the repaired text is the likelier one.
    pub(super) gain: f32,
    /// Whether the text may have been read from more bytes than were tried.
    pub(super) ambiguous: bool,
}

impl Segment {
    pub(super) fn new(
        place: Range<usize>,
        kind: MojibakeKind,
        repaired: String,
        gain: f32,
    ) -> Self {
        let lost = repaired.matches(char::REPLACEMENT_CHARACTER).count();
        let recovered = repaired.chars().filter(|character| !character.is_ascii()).count() - lost;
        Self { place, kind, repaired, lost, recovered, gain, ambiguous: false }
    }

    /// A trace of damage, of which nothing can be recovered.
    pub(super) fn trace(line: &str, place: Range<usize>, kind: MojibakeKind) -> Self {
        let found = line[place.clone()].to_owned();
        let lost = found.chars().count();
        Self { lost, recovered: 0, ..Self::new(place, kind, found, 0.0) }
    }

    /// The same place, repaired once more: `deeper` is a part of what it was repaired to.
    pub(super) fn deepened(self, deeper: &Self) -> Self {
        let mut repaired = self.repaired;
        repaired.replace_range(deeper.place.clone(), &deeper.repaired);
        let gain = self.gain + deeper.gain;
        let ambiguous = self.ambiguous || deeper.ambiguous;
        Self { ambiguous, ..Self::new(self.place, self.kind.once_more(), repaired, gain) }
    }

    pub(super) fn overlaps(&self, other: &Self) -> bool {
        self.place.start < other.place.end && other.place.start < self.place.end
    }

    /// Whether so much is lost that what is left is not worth having.
    pub(super) fn is_lost(&self) -> bool {
        self.lost * 2 > self.recovered
    }

    /// Whether characters follow others that are lost, and may begin at another byte: where they
    /// begin is seen in UTF-8, and known of UTF-16.
    pub(super) fn is_out_of_step(&self) -> bool {
        let is_in_step = match self.kind {
            MojibakeKind::Misread { written, .. } => {
                written == Encoding::UTF_8 || written == Encoding::UTF_16LE
            }
            _ => true,
        };
        let lost = char::REPLACEMENT_CHARACTER;
        !is_in_step && self.repaired.trim_end_matches(lost).contains(lost)
    }

    /// Whether what it is repaired to looks like text that somebody wrote.
    pub(super) fn is_text(&self) -> bool {
        let fits = match self.kind {
            MojibakeKind::Misread { written, .. } => fits(&self.repaired, written),
            _ => false,
        };
        self.recovered > 0
            && fits
            && !is_misread_as_western(&self.repaired)
            && is_usual(&self.repaired)
    }
}

/// Whether there is what Western readers see of a character in several bytes: three characters of
/// ISO 8859-1 that nothing in ASCII parts, or those of a character in UTF-8. No language has that.
fn is_misread_as_western(text: &str) -> bool {
    let charset = Charset::of(Encoding::WINDOWS_1252);
    let upper = |character: char| charset?.code(character).filter(|code| *code >= 0x80);
    let mut runs = text.split(|character| upper(character).is_none());
    runs.any(|run| {
        let bytes: Vec<u8> = run.chars().filter_map(upper).map(|code| code as u8).collect();
        let is_character = |bytes: &[u8]| bytes[0] >= 0xE0 && str::from_utf8(bytes).is_ok();
        run.chars().filter(|character| *character <= '\u{FF}').count() >= 3
            || bytes.windows(3).any(is_character)
    })
}
