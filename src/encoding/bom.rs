use super::Encoding;
use super::codec::Codec;

/// The length of the longest mark, in bytes.
pub(super) const LONGEST: usize = 4;

/// UTF-32 stands before UTF-16, whose little-endian mark is the beginning of UTF-32's.
static MARKS: [(&[u8], Encoding); 6] = [
    (b"\xEF\xBB\xBF", Encoding::UTF_8),
    (b"\xFF\xFE\0\0", Encoding::UTF_32LE),
    (b"\0\0\xFE\xFF", Encoding::UTF_32BE),
    (b"\xFF\xFE", Encoding::UTF_16LE),
    (b"\xFE\xFF", Encoding::UTF_16BE),
    (b"\x84\x31\x95\x33", Encoding::GB18030),
];

/// A byte order mark at the beginning of some bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ByteOrderMark {
    /// The encoding that the mark says.
    pub encoding: Encoding,
    /// The length of the mark in bytes.
    pub len: usize,
}

/// The byte order mark that `bytes` begin with, if any: of UTF-8, UTF-16, UTF-32 or GB18030.
///
/// `bytes` should be at least four, or the whole input: `FF FE` is the mark of UTF-16LE, and of
/// UTF-32LE if `00 00` follows.
///
/// ```
/// use jianfan::encoding::{Encoding, recognise_bom};
///
/// let mark = recognise_bom(b"\xFF\xFE\x2D\x4E").unwrap();
/// assert_eq!((mark.encoding, mark.len), (Encoding::UTF_16LE, 2));
/// let mark = recognise_bom(b"\xFF\xFE\x00\x00").unwrap();
/// assert_eq!((mark.encoding, mark.len), (Encoding::UTF_32LE, 4));
/// assert_eq!(recognise_bom(b"plain"), None);
/// ```
pub fn recognise_bom(bytes: &[u8]) -> Option<ByteOrderMark> {
    let (mark, encoding) = MARKS.iter().find(|(mark, _)| bytes.starts_with(mark))?;
    Some(ByteOrderMark { encoding: *encoding, len: mark.len() })
}

/// What the first bytes of an input in a named encoding are.
pub(super) enum Sniffed {
    /// A whole mark, and the encoding with the byte order that it says.
    Mark(Encoding),
    /// Perhaps the beginning of a mark: more bytes will tell.
    Unsure,
    /// No mark.
    Text,
}

/// Looks for the mark of `encoding`, and of no other, in `bytes`.
pub(super) fn sniff(encoding: Encoding, bytes: &[u8]) -> Sniffed {
    for (mark, marked) in MARKS.iter().filter(|(_, marked)| covers(encoding, *marked)) {
        if bytes == *mark {
            return Sniffed::Mark(*marked);
        }
        if mark.starts_with(bytes) {
            return Sniffed::Unsure;
        }
    }
    Sniffed::Text
}

pub(super) fn mark_of(encoding: Encoding) -> &'static [u8] {
    let mark = MARKS.iter().find(|(_, marked)| covers(encoding, *marked));
    mark.map_or(b"", |(mark, _)| mark)
}

/// Whether `encoding` is `marked`, or leaves its byte order to the mark.
fn covers(encoding: Encoding, marked: Encoding) -> bool {
    encoding == marked
        || match encoding.codec() {
            Codec::Utf16 => matches!(marked.codec(), Codec::Utf16Le | Codec::Utf16Be),
            Codec::Utf32 => matches!(marked.codec(), Codec::Utf32Le | Codec::Utf32Be),
            _ => false,
        }
}
