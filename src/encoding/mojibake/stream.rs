use super::held::Held;
use super::kind::{MojibakeKind, Verdict};
use super::line::{Finding, findings};
use crate::encoding::position::Position;

/// How often a line is looked at again for what its repairs brought to light.
const ROUNDS: usize = 4;

/// Undoes wrong decoding in a text that comes in pieces.
///
/// The text is looked at line by line, of very long lines in parts of up to 64 KiB. What is
/// certain is repaired, what is only suspected stays and is counted, and everything else passes
/// unchanged. The result does not depend on how the text is cut into pieces.
///
/// ```
/// use jianfan::encoding::RepairStream;
///
/// let mut stream = RepairStream::new();
/// let mut out = String::new();
/// stream.push("浣犲", &mut out);
/// stream.push("ソ锛屾櫄瀹�\n再见\n", &mut out);
/// stream.finish(&mut out);
/// assert_eq!(out, "你好，晚�\n再见\n");
/// assert_eq!(stream.report().lost, 1);
/// ```
#[derive(Debug, Clone)]
pub struct RepairStream {
    held: Held,
    report: RepairReport,
}

/// What a [`RepairStream`] did, and what it left.
///
/// ```
/// use jianfan::encoding::RepairStream;
///
/// let mut stream = RepairStream::new();
/// let mut out = String::new();
/// stream.push("浣犲ソ\n锟斤拷\n", &mut out);
/// let report = stream.report();
/// assert_eq!(report.repaired.len(), 1);
/// assert_eq!((report.left, report.first_left.as_ref().unwrap().line), (1, 2));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RepairReport {
    /// How many places were repaired of each kind, in the order in which the kinds came.
    pub repaired: Vec<(MojibakeKind, u64)>,
    /// How many characters in those places are lost, and U+FFFD now.
    pub lost: u64,
    /// How many places look damaged and stay as they are.
    pub left: u64,
    /// The first of them.
    pub first_left: Option<Suspicion>,
}

/// A place that looks damaged and was left.
///
/// ```
/// use jianfan::encoding::RepairStream;
///
/// let mut stream = RepairStream::new();
/// stream.push("標題：嚙踝蕭\n", &mut String::new());
/// let first = stream.report().first_left.clone().unwrap();
/// assert_eq!((first.line, first.column), (1, 4));
/// assert_eq!(first.kind.to_string(), "U+FFFD in utf-8 read as big5");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Suspicion {
    /// Its line, counted from one.
    pub line: u64,
    /// Its place in the line, in characters counted from one.
    pub column: u64,
    /// What seems to have happened to it.
    pub kind: MojibakeKind,
}

impl RepairStream {
    /// A stream at the beginning of a text.
    ///
    /// ```
    /// use jianfan::encoding::{RepairReport, RepairStream};
    ///
    /// assert_eq!(*RepairStream::new().report(), RepairReport::default());
    /// ```
    pub fn new() -> Self {
        Self { held: Held::NOTHING, report: RepairReport::default() }
    }

    /// Takes the next piece of the text and appends to `out` the lines that are complete by now.
    ///
    /// ```
    /// use jianfan::encoding::RepairStream;
    ///
    /// let mut stream = RepairStream::new();
    /// let mut out = String::new();
    /// stream.push("浣犲ソ\n浣", &mut out);
    /// assert_eq!(out, "你好\n");
    /// ```
    pub fn push(&mut self, text: &str, out: &mut String) {
        let report = &mut self.report;
        self.held.push(text, |piece, position| report.pass(piece, position, out));
    }

    /// Ends the text: appends what was held back. The stream is ready for another text then, but
    /// for its report, which goes on.
    ///
    /// ```
    /// use jianfan::encoding::RepairStream;
    ///
    /// let mut stream = RepairStream::new();
    /// let mut out = String::new();
    /// stream.push("ä½\u{A0}å¥½", &mut out);
    /// assert_eq!(out, "");
    /// stream.finish(&mut out);
    /// assert_eq!(out, "你好");
    /// ```
    pub fn finish(&mut self, out: &mut String) {
        let report = &mut self.report;
        self.held.finish(|piece, position| report.pass(piece, position, out));
    }

    /// What was done and left so far, in the lines that have ended.
    ///
    /// ```
    /// use jianfan::encoding::RepairStream;
    ///
    /// let mut stream = RepairStream::new();
    /// stream.push("浣犲ソ\n", &mut String::new());
    /// let (kind, places) = stream.report().repaired[0];
    /// assert_eq!((kind.to_string().as_str(), places), ("utf-8 read as gbk", 1));
    /// ```
    pub fn report(&self) -> &RepairReport {
        &self.report
    }
}

impl Default for RepairStream {
    fn default() -> Self {
        Self::new()
    }
}

impl RepairReport {
    /// Repairs `piece`, which begins at `position`.
    fn pass(&mut self, piece: &str, position: Position, out: &mut String) {
        let found = findings(piece);
        let settled = if found.is_empty() { None } else { settled(piece, found.clone()) };
        let stays = |finding: &&Finding| settled.is_none() || !is_certain(finding);
        found.iter().filter(stays).for_each(|finding| self.leave(piece, position, finding));
        match settled {
            Some((text, repairs)) => {
                repairs.iter().for_each(|finding| self.count(finding));
                out.push_str(&text);
            }
            None => out.push_str(piece),
        }
    }

    fn count(&mut self, Finding { segment, .. }: &Finding) {
        self.lost += segment.lost as u64;
        match self.repaired.iter_mut().find(|(kind, _)| *kind == segment.kind) {
            Some((_, times)) => *times += 1,
            None => self.repaired.push((segment.kind, 1)),
        }
    }

    fn leave(&mut self, piece: &str, position: Position, Finding { segment, .. }: &Finding) {
        self.left += 1;
        self.first_left.get_or_insert_with(|| {
            let mut position = position;
            position.advance(&piece[..segment.place.start]);
            Suspicion { line: position.line, column: position.column, kind: segment.kind }
        });
    }
}

/// `piece` with all repairs that are certain, and those; none if they come to no end.
fn settled(piece: &str, mut found: Vec<Finding>) -> Option<(String, Vec<Finding>)> {
    let mut text = piece.to_owned();
    let mut repairs = Vec::new();
    for _ in 0..ROUNDS {
        found.retain(is_certain);
        if found.is_empty() {
            return Some((text, repairs));
        }
        for Finding { segment, .. } in found.iter().rev() {
            text.replace_range(segment.place.clone(), &segment.repaired);
        }
        repairs.append(&mut found);
        found = findings(&text);
    }
    None
}

fn is_certain(finding: &Finding) -> bool {
    finding.verdict == Verdict::Certain
}
