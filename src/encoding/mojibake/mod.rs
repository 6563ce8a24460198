//! Text that was decoded wrongly once: what it is, and how to undo it.
//!
//! A line is encoded again as it was read, and decoded as it may have been written, for each pair
//! of encodings that happens to people (`kind.rs`). That gives blocks, the smallest pieces in
//! which characters end in both (`block.rs`), and for each block by how much the text would be
//! likelier (`plausible.rs`). Where that adds up to a peak there is a segment (`search.rs`), and
//! what is known of all segments of the line says which of them are certain (`line.rs`).
//!
//! A wrong repair is worse than none. So a segment must be far likelier than what stands, clearly
//! likelier than any other reading of it, and look like text that somebody wrote (`segment.rs`).

mod block;
mod charset;
mod held;
mod kind;
mod line;
mod piece;
mod plausible;
mod scan;
mod search;
mod segment;
mod stream;
mod traces;
mod units;

use std::ops::Range;

pub use kind::{MojibakeKind, Verdict};
pub use scan::{MojibakePlace, MojibakeScan};
pub use stream::{RepairReport, RepairStream, Suspicion};

use self::line::Finding;
use self::piece::Pieces;

/// A stretch of a text that was decoded wrongly once.
///
/// ```
/// use jianfan::encoding::{Mojibake, Verdict};
///
/// let text = "name: 浣犲ソ, price: 锟斤拷";
/// let found = Mojibake::find(text);
/// assert_eq!(&text[found[0].range.clone()], "浣犲ソ");
/// assert_eq!(found[0].kind.to_string(), "utf-8 read as gbk");
/// assert_eq!((found[0].repaired.as_str(), found[0].verdict), ("你好", Verdict::Certain));
/// assert_eq!(found[1].kind.to_string(), "U+FFFD in utf-8 read as gbk");
/// assert_eq!(found[1].verdict, Verdict::Lost);
/// ```
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
    /// Everything in `text` that looks as if it had been decoded wrongly, in its order and without
    /// overlaps.
    ///
    /// The text is looked at line by line, of very long lines in parts of up to 64 KiB.
    ///
    /// ```
    /// use jianfan::encoding::{Mojibake, Verdict};
    ///
    /// assert!(Mojibake::find("關關雎鳩，在河之洲。").is_empty());
    /// assert_eq!(Mojibake::find("ÄãºÃ£¬ÊÀ½ç")[0].repaired, "你好，世界");
    /// assert_eq!(Mojibake::find("ÄãºÃ")[0].verdict, Verdict::Doubtful);
    /// ```
    pub fn find(text: &str) -> Vec<Self> {
        let mut found = Vec::new();
        for (start, piece) in Pieces::of(text) {
            found
                .extend(line::findings(piece).into_iter().map(|finding| Self::new(start, finding)));
        }
        found
    }

    /// `text` with everything undone that certainly had been decoded wrongly.
    ///
    /// U+FFFD stands for characters that are lost. A second time nothing changes. The same as a
    /// stream, with an account of what was done, is a [`RepairStream`].
    ///
    /// ```
    /// use jianfan::encoding::Mojibake;
    ///
    /// assert_eq!(Mojibake::repair("他说：浣犲ソ！"), "他说：你好！");
    /// assert_eq!(Mojibake::repair("浣犲ソ鍚?"), "你好�"); // the last byte of 吗 is no more
    /// assert_eq!(Mojibake::repair("锟斤拷"), "锟斤拷");
    /// ```
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
