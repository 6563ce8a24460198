//! Text that was decoded wrongly once: what it is, and how to undo it.

mod block;
mod charset;
mod kind;
mod line;
mod piece;
mod plausible;
mod search;
mod segment;
mod stream;
mod traces;
mod units;

use std::ops::Range;

pub use kind::{MojibakeKind, Verdict};
pub use stream::{RepairReport, RepairStream, Suspicion};

use self::line::Finding;
use self::piece::Pieces;

/// A stretch of a text that was decoded wrongly once.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mojibake {
    /// Where it is, in bytes of the text.
    pub range: Range<usize>,
    /// What happened to it.
    pub kind: MojibakeKind,
    /// What was written, with U+FFFD for characters that are lost; the text as it stands where
    /// there is nothing to recover.
    pub repaired: String,
    /// How many characters are lost for good.
    pub lost: usize,
    /// Whether that is certain; if so, [`Mojibake::repair`] repairs it.
    pub verdict: Verdict,
}

impl Mojibake {
    /// Everything in `text` that looks as if it had been decoded wrongly.
    pub fn find(text: &str) -> Vec<Self> {
        let mut found = Vec::new();
        for (start, piece) in Pieces::of(text) {
            found
                .extend(line::findings(piece).into_iter().map(|finding| Self::new(start, finding)));
        }
        found
    }

    /// `text` with everything undone that certainly had been decoded wrongly.
    pub fn repair(text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut stream = RepairStream::new();
        stream.push(text, &mut out);
        stream.finish(&mut out);
        out
    }

    fn new(start: usize, Finding { segment, verdict }: Finding) -> Self {
        let range = start + segment.place.start..start + segment.place.end;
        let (kind, repaired, lost) = (segment.kind, segment.repaired, segment.lost);
        Self { range, kind, repaired, lost, verdict }
    }
}
