use std::fmt;

use crate::encoding::Encoding;

/// A way in which a text was damaged.
///
/// Shown, it reads as in a sentence: "utf-8 read as gbk".
///
/// ```
/// use jianfan::encoding::{Encoding, Mojibake, MojibakeKind};
///
/// let found = Mojibake::find("浣犲ソ");
/// let kind = MojibakeKind::Misread { written: Encoding::UTF_8, read: Encoding::GBK, times: 1 };
/// assert_eq!(found[0].kind, kind);
/// assert_eq!(kind.to_string(), "utf-8 read as gbk");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MojibakeKind {
    /// Written in one encoding, and read as if it were in another.
    ///
    /// For bytes of UTF-16 in the wrong order, which of the two orders was right can't be told,
    /// nor does it matter: little-endian is named as written.
    Misread {
        /// The encoding in which the text was written.
        written: Encoding,
        /// The encoding as which it was read.
        read: Encoding,
        /// How many times it was written and read so: twice, where damaged text was damaged again.
        times: u8,
    },
    /// U+FFFD, which stood for bytes that could not be read, in UTF-8 that was read as something
    /// else: 锟斤拷. The text was lost before.
    Replacement {
        /// The encoding as which it was read.
        read: Encoding,
    },
    /// Memory that nobody had written to, shown as GBK: 烫烫烫, 屯屯屯. There never was a text.
    Memory,
}

impl MojibakeKind {
    /// As which it was read, if it is text.
    pub(super) fn read(self) -> Option<Encoding> {
        match self {
            Self::Misread { read, .. } => Some(read),
            _ => None,
        }
    }

    /// The same once more.
    pub(super) fn once_more(self) -> Self {
        match self {
            Self::Misread { written, read, times } => {
                Self::Misread { written, read, times: times.saturating_add(1) }
            }
            kind => kind,
        }
    }
}

impl fmt::Display for MojibakeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            _ if self.read() == Some(Encoding::UTF_16BE) => {
                f.write_str("utf-16 read in the wrong byte order")
            }
            Self::Misread { written, read, times } => {
                write!(f, "{written} read as {read}")?;
                if *times > 1 { write!(f, ", {times} times") } else { Ok(()) }
            }
            Self::Replacement { read } => write!(f, "U+FFFD in utf-8 read as {read}"),
            Self::Memory => f.write_str("uninitialised memory read as gbk"),
        }
    }
}

/// What can be done about damaged text.
///
/// ```
/// use jianfan::encoding::{Mojibake, Verdict};
///
/// assert_eq!(Mojibake::find("锟斤拷")[0].verdict, Verdict::Lost);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// What was written is beyond doubt.
    Certain,
    /// It may be what it seems to be, but also something else, or sound.
    Doubtful,
    /// It is what it seems to be, but nothing, or too little, is left of what was written.
    Lost,
}

/// An encoding as which texts are misread, and those in which they were written.
pub(super) struct Reading {
    pub(super) read: Encoding,
    pub(super) written: &'static [Encoding],
}

/// What happens to Chinese texts, and to others on Chinese systems.
pub(super) static READINGS: [Reading; 6] = [
    Reading {
        read: Encoding::GBK,
        written: &[
            Encoding::UTF_8,
            Encoding::BIG5,
            Encoding::SHIFT_JIS,
            Encoding::EUC_KR,
            Encoding::EUC_JP,
        ],
    },
    Reading {
        read: Encoding::BIG5,
        written: &[Encoding::UTF_8, Encoding::GBK, Encoding::SHIFT_JIS],
    },
    Reading {
        read: Encoding::WINDOWS_1252,
        written: &[
            Encoding::UTF_8,
            Encoding::GBK,
            Encoding::BIG5,
            Encoding::SHIFT_JIS,
            Encoding::EUC_KR,
            Encoding::EUC_JP,
        ],
    },
    Reading {
        read: Encoding::SHIFT_JIS,
        written: &[Encoding::UTF_8, Encoding::GBK, Encoding::BIG5],
    },
    Reading { read: Encoding::EUC_KR, written: &[Encoding::UTF_8, Encoding::GBK, Encoding::BIG5] },
    Reading { read: Encoding::UTF_16BE, written: &[Encoding::UTF_16LE] },
];
