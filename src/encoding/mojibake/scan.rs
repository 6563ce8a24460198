use super::held::Held;
use super::kind::{MojibakeKind, Verdict};
use super::line::findings;
use crate::encoding::position::Position;

/// Finds what was decoded wrongly in a text that comes in pieces, as [`Mojibake::find`] does in a
/// whole one.
///
/// The result does not depend on how the text is cut into pieces. A scan holds no more than a line,
/// and no more than 64 KiB of it.
///
/// [`Mojibake::find`]: super::Mojibake::find
///
/// ```
/// use jianfan::encoding::MojibakeScan;
///
/// let mut scan = MojibakeScan::new();
/// let mut found = Vec::new();
/// scan.push("第一行\n他说：浣犲", &mut found);
/// scan.push("ソ！\n", &mut found);
/// scan.finish(&mut found);
/// assert_eq!((found[0].line, found[0].column), (2, 4));
/// assert_eq!((found[0].text.as_str(), found[0].repaired.as_str()), ("浣犲ソ", "你好"));
/// ```
#[derive(Debug, Clone)]
pub struct MojibakeScan {
    held: Held,
}

/// A stretch of a text that was decoded wrongly once, and where it is.
///
/// ```
/// use jianfan::encoding::{MojibakeScan, Verdict};
///
/// let mut found = Vec::new();
/// MojibakeScan::new().push("標題：嚙踝蕭\n", &mut found);
/// assert_eq!((found[0].line, found[0].column, found[0].verdict), (1, 4, Verdict::Lost));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MojibakePlace {
    /// Its line, counted from one.
    pub line: u64,
    /// Its place in the line, in characters counted from one.
    pub column: u64,
    /// The text as it stands there.
    pub text: String,
    /// What happened to it.
    pub kind: MojibakeKind,
    /// As of [`Mojibake::repaired`](super::Mojibake::repaired).
    pub repaired: String,
    /// Whether that is certain.
    pub verdict: Verdict,
}

impl MojibakeScan {
    /// A scan at the beginning of a text.
    ///
    /// ```
    /// use jianfan::encoding::MojibakeScan;
    ///
    /// let mut found = Vec::new();
    /// MojibakeScan::new().push("關關雎鳩，在河之洲。\n", &mut found);
    /// assert_eq!(found, []);
    /// ```
    pub fn new() -> Self {
        Self { held: Held::NOTHING }
    }

    /// Takes the next piece of the text and appends to `found` what is damaged in the lines that are
    /// complete by now.
    ///
    /// ```
    /// use jianfan::encoding::MojibakeScan;
    ///
    /// let mut found = Vec::new();
    /// MojibakeScan::new().push("浣犲ソ\n浣犲ソ", &mut found);
    /// assert_eq!(found.len(), 1);
    /// ```
    pub fn push(&mut self, text: &str, found: &mut Vec<MojibakePlace>) {
        self.held.push(text, |piece, position| find(piece, position, found));
    }

    /// Ends the text: appends what is damaged in what was held back. The scan is ready for another
    /// text then.
    ///
    /// ```
    /// use jianfan::encoding::MojibakeScan;
    ///
    /// let mut scan = MojibakeScan::new();
    /// let mut found = Vec::new();
    /// scan.push("浣犲ソ", &mut found);
    /// scan.finish(&mut found);
    /// assert_eq!(found.len(), 1);
    /// ```
    pub fn finish(&mut self, found: &mut Vec<MojibakePlace>) {
        self.held.finish(|piece, position| find(piece, position, found));
    }
}

impl Default for MojibakeScan {
    fn default() -> Self {
        Self::new()
    }
}

fn find(piece: &str, position: Position, found: &mut Vec<MojibakePlace>) {
    let (mut position, mut passed) = (position, 0);
    for finding in findings(piece) {
        let segment = finding.segment;
        position.advance(&piece[passed..segment.place.start]);
        passed = segment.place.start;
        found.push(MojibakePlace {
            line: position.line,
            column: position.column,
            text: piece[segment.place].to_owned(),
            kind: segment.kind,
            repaired: segment.repaired,
            verdict: finding.verdict,
        });
    }
}
