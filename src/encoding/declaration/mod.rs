//! What a document says of its own encoding: `<meta charset>`, `<?xml encoding="…"?>`, `@charset`.

mod attributes;
mod prescan;
mod relabel;

pub use relabel::Relabel;

use std::ops::Range;

use self::prescan::Prescan;
use super::Encoding;

/// How far into a document declarations are looked for: bytes, or characters of decoded text.
pub(super) const WINDOW: usize = 1024;

/// A document's declaration of its encoding.
///
/// It is a hint, and often wrong: documents are converted and copied without a look at it. Valid
/// UTF-8, a byte order mark, or bytes that are malformed in the encoding say more.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Declaration {
    /// The label, as it is written.
    pub label: String,
    /// Where the label stands, in bytes.
    pub range: Range<usize>,
    /// The encoding to read the document in: [`Encoding::GB18030`] where the label is of GB2312 or
    /// GBK, [`Encoding::UTF_8`] where it is of UTF-16 or UTF-32, which it could not be read in.
    pub encoding: Encoding,
}

impl Declaration {
    /// The first declaration in the first 1024 bytes of a document, with a label that names an
    /// encoding.
    ///
    /// A document begins, perhaps after white space, with `<`. In HTML a declaration is what the
    /// [prescan](https://html.spec.whatwg.org/#prescan-a-byte-stream-to-determine-its-encoding) of
    /// the HTML Standard takes for one: `<meta charset>` or `<meta http-equiv=content-type content>`
    /// outside comments. `<?xml … encoding="…"?>` and, in CSS, `@charset "…";` are ones at the very
    /// beginning only. `bytes` may be of any encoding that extends ASCII, or decoded text.
    ///
    /// ```
    /// use jianfan::encoding::{Declaration, Encoding};
    ///
    /// let found = Declaration::find(b"<head><meta charset=GB2312><title>").unwrap();
    /// assert_eq!((found.label.as_str(), found.range), ("GB2312", 20..26));
    /// assert_eq!(found.encoding, Encoding::GB18030);
    ///
    /// let found = Declaration::find(br#"@charset "big5"; p { color: red }"#).unwrap();
    /// assert_eq!(found.encoding, Encoding::BIG5);
    /// assert_eq!(Declaration::find(b"Write <meta charset=big5>, or"), None);
    /// ```
    pub fn find(bytes: &[u8]) -> Option<Self> {
        let bytes = &bytes[..bytes.len().min(WINDOW)];
        let (mut prescan, mut at) = (Prescan::Start, 0);
        while let Some((piece, next)) = prescan.next(&bytes[at..]) {
            if let Some(label) = piece.label {
                return Self::at(bytes, at + label.start..at + label.end);
            }
            at += piece.end;
            prescan = next;
        }
        None
    }

    fn at(bytes: &[u8], range: Range<usize>) -> Option<Self> {
        let label = std::str::from_utf8(&bytes[range.clone()]).ok()?.to_owned();
        let encoding = match Encoding::from_label(&label)? {
            gbk if gbk == Encoding::GBK => Encoding::GB18030,
            unicode if unicode.is_unicode() => Encoding::UTF_8,
            other => other,
        };
        Some(Self { label, range, encoding })
    }
}

impl Encoding {
    /// The name to declare it by in a document: one that browsers and the IANA know, as far as
    /// there is one.
    ///
    /// The byte order is the mark's business, and Big5 as Windows or a BBS has it is Big5.
    ///
    /// ```
    /// use jianfan::encoding::Encoding;
    ///
    /// assert_eq!(Encoding::GBK.declared_name(), "gbk");
    /// assert_eq!(Encoding::UTF_16LE.declared_name(), "utf-16");
    /// ```
    pub fn declared_name(self) -> &'static str {
        match self.name() {
            "ascii" => "us-ascii",
            "utf-16le" | "utf-16be" => "utf-16",
            "utf-32le" | "utf-32be" => "utf-32",
            "cp950" | "big5-uao" => "big5",
            name => name,
        }
    }
}
