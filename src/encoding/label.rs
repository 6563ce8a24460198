use std::fmt;
use std::str::FromStr;

use super::bom;
use super::codec::Codec;
use super::error::LabelError;
use super::table::{ALIASES, ENCODINGS};
use crate::suggest::nearest;

/// A character encoding, known by its lower-case name.
///
/// A value is two words and is copied freely. The common ones are constants, every one of them is
/// in [`Encoding::all`], and [`Encoding::from_label`] finds one by any of its usual names.
///
/// ```
/// use jianfan::encoding::Encoding;
///
/// assert_eq!("CP936".parse(), Ok(Encoding::GBK));
/// assert_eq!(Encoding::GBK.name(), "gbk");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Encoding {
    name: &'static str,
    codec: Codec,
}

impl Encoding {
    /// ASCII and nothing else: any byte from 0x80 is malformed.
    ///
    /// Detection reports it for input that holds no other byte. The label `ascii` means this too,
    /// not windows-1252 as on the web.
    pub const ASCII: Self = Self::new("ascii", Codec::Ascii);
    /// UTF-8.
    pub const UTF_8: Self = Self::new("utf-8", Codec::Utf8);
    /// UTF-16 in the byte order that its mark says, little-endian without one; written
    /// little-endian, with the mark.
    pub const UTF_16: Self = Self::new("utf-16", Codec::Utf16);
    /// UTF-16, little-endian.
    pub const UTF_16LE: Self = Self::new("utf-16le", Codec::Utf16Le);
    /// UTF-16, big-endian.
    pub const UTF_16BE: Self = Self::new("utf-16be", Codec::Utf16Be);
    /// UTF-32 in the byte order that its mark says, little-endian without one; written
    /// little-endian, with the mark.
    pub const UTF_32: Self = Self::new("utf-32", Codec::Utf32);
    /// UTF-32, little-endian.
    pub const UTF_32LE: Self = Self::new("utf-32le", Codec::Utf32Le);
    /// UTF-32, big-endian.
    pub const UTF_32BE: Self = Self::new("utf-32be", Codec::Utf32Be);
    /// GB18030-2022. Reads GB2312 and GBK too, as both are parts of it.
    pub const GB18030: Self = Self::legacy("gb18030", encoding_rs::GB18030);
    /// GBK: reads what [`Encoding::GB18030`] reads, and writes no four-byte characters.
    pub const GBK: Self = Self::legacy("gbk", encoding_rs::GBK);
    /// HZ, GB 2312 in seven bits, which switches by `~{` and `~}` (RFC 1843). Writes the characters
    /// of GB 2312 alone.
    ///
    /// ```
    /// use jianfan::encoding::{Decoder, Encoding, Malformed};
    ///
    /// let mut text = String::new();
    /// let mut decoder = Decoder::new(Encoding::HZ_GB_2312, Malformed::Error);
    /// decoder.decode(b"~{<:Ky2;S{#,NpJ)l6HK!#~} Bye.", &mut text)?;
    /// assert_eq!(text, "己所不欲，勿施於人。 Bye.");
    /// # Ok::<(), jianfan::encoding::DecodeError>(())
    /// ```
    pub const HZ_GB_2312: Self = Self::new("hz-gb-2312", Codec::Hz);
    /// ISO-2022-CN, GB 2312 and the planes 1 and 2 of CNS 11643, which switches by escape sequences
    /// (RFC 1922). Reads the planes 3 to 7 that ISO-2022-CN-EXT adds, too.
    ///
    /// ```
    /// use jianfan::encoding::{Encoder, Encoding, Unmappable};
    ///
    /// let mut bytes = Vec::new();
    /// let mut encoder = Encoder::new(Encoding::ISO_2022_CN, Unmappable::Error, false);
    /// encoder.encode("中华，中華", &mut bytes)?;
    /// encoder.finish(&mut bytes)?;
    /// assert_eq!(bytes, b"\x1B$)A\x0EVP;*#,VP\x0F\x1B$)G\x0Ea^\x0F");
    /// # Ok::<(), jianfan::encoding::EncodeError>(())
    /// ```
    pub const ISO_2022_CN: Self = Self::new("iso-2022-cn", Codec::Iso2022Cn);
    /// Big5 as on the web. Reads Big5-HKSCS too; writes only some of the characters that HKSCS
    /// adds.
    pub const BIG5: Self = Self::legacy("big5", encoding_rs::BIG5);
    /// Big5 as Windows has it (code page 950), with private-use characters for all codes that are
    /// left to users.
    pub const CP950: Self = Self::new("cp950", Codec::Cp950);
    /// Big5-HKSCS-2008, Hong Kong's: reads what [`Encoding::BIG5`] reads, and writes all of it.
    pub const BIG5_HKSCS: Self = Self::new("big5-hkscs", Codec::Big5Hkscs);
    /// Big5-UAO, Unicode-at-on 2.50: Big5 of Taiwan's bulletin boards (PTT), with kana and
    /// Simplified characters.
    pub const BIG5_UAO: Self = Self::new("big5-uao", Codec::Big5Uao);
    /// EUC-TW: CNS 11643, planes 1 to 7 and 15.
    pub const EUC_TW: Self = Self::new("euc-tw", Codec::EucTw);
    /// Shift_JIS as Windows has it (code page 932).
    pub const SHIFT_JIS: Self = Self::legacy("shift_jis", encoding_rs::SHIFT_JIS);
    /// EUC-JP.
    pub const EUC_JP: Self = Self::legacy("euc-jp", encoding_rs::EUC_JP);
    /// ISO-2022-JP, which switches between character sets by escape sequences.
    pub const ISO_2022_JP: Self = Self::legacy("iso-2022-jp", encoding_rs::ISO_2022_JP);
    /// EUC-KR as Windows has it (code page 949).
    pub const EUC_KR: Self = Self::legacy("euc-kr", encoding_rs::EUC_KR);
    /// Windows-1252, Western European. Means ISO-8859-1 too, as on the web.
    pub const WINDOWS_1252: Self = Self::legacy("windows-1252", encoding_rs::WINDOWS_1252);

    pub(super) const fn legacy(
        name: &'static str,
        encoding: &'static encoding_rs::Encoding,
    ) -> Self {
        Self::new(name, Codec::Legacy(encoding))
    }

    const fn new(name: &'static str, codec: Codec) -> Self {
        Self { name, codec }
    }

    /// Every encoding, in the order in which to list them to people.
    ///
    /// ```
    /// use jianfan::encoding::Encoding;
    ///
    /// assert!(Encoding::all().contains(&Encoding::BIG5));
    /// ```
    pub fn all() -> &'static [Encoding] {
        ENCODINGS
    }

    /// The name, in lower case, as [`Encoding::from_label`] takes it.
    ///
    /// ```
    /// use jianfan::encoding::Encoding;
    ///
    /// assert_eq!(Encoding::SHIFT_JIS.name(), "shift_jis");
    /// ```
    pub fn name(self) -> &'static str {
        self.name
    }

    /// The encoding that `label` names, or none if there is no such encoding.
    ///
    /// Takes the names of [`Encoding::all`], the labels of the Encoding Standard and the names
    /// that iconv, Python and Windows use (`cp936`, `ms950`, `utf8`). Case, `_` for `-` and
    /// surrounding white space make no difference. Parsing by [`FromStr`] does the same and
    /// gives an error that lists similar names.
    ///
    /// ```
    /// use jianfan::encoding::Encoding;
    ///
    /// assert_eq!(Encoding::from_label("GB2312"), Some(Encoding::GBK));
    /// assert_eq!(Encoding::from_label("latin1"), Some(Encoding::WINDOWS_1252));
    /// assert_eq!(Encoding::from_label("klingon"), None);
    /// ```
    pub fn from_label(label: &str) -> Option<Self> {
        let label = label.trim_ascii().to_ascii_lowercase();
        find(&label).or_else(|| find(&label.replace('_', "-")))
    }

    /// The byte order mark in this encoding: U+FEFF as its bytes, or none where it is no custom.
    ///
    /// ```
    /// use jianfan::encoding::Encoding;
    ///
    /// assert_eq!(Encoding::UTF_8.bom(), b"\xEF\xBB\xBF");
    /// assert_eq!(Encoding::GB18030.bom(), b"\x84\x31\x95\x33");
    /// assert!(Encoding::BIG5.bom().is_empty());
    /// ```
    pub fn bom(self) -> &'static [u8] {
        bom::mark_of(self)
    }

    /// Whether it can hold any text: true of the UTF family only.
    ///
    /// ```
    /// use jianfan::encoding::Encoding;
    ///
    /// assert!(Encoding::UTF_16LE.is_unicode());
    /// assert!(!Encoding::BIG5.is_unicode());
    /// ```
    pub fn is_unicode(self) -> bool {
        matches!(
            self.codec,
            Codec::Utf8
                | Codec::Utf16
                | Codec::Utf16Le
                | Codec::Utf16Be
                | Codec::Utf32
                | Codec::Utf32Le
                | Codec::Utf32Be
        )
    }

    /// Whether ASCII is not the same bytes in it: true of UTF-16 and UTF-32.
    pub(super) fn is_wide(self) -> bool {
        self.is_unicode() && self.codec != Codec::Utf8
    }

    /// Whether each byte is a character, beyond ASCII too.
    pub(super) fn is_single_byte(self) -> bool {
        matches!(self.codec, Codec::Legacy(encoding) if encoding.is_single_byte())
    }

    /// How to read and write it.
    pub(super) fn codec(self) -> Codec {
        self.codec
    }

    /// The one that reads as `encoding` of `encoding_rs` does.
    pub(super) fn from_legacy(encoding: &'static encoding_rs::Encoding) -> Option<Self> {
        let codec = Codec::Legacy(encoding);
        ENCODINGS.iter().copied().find(|known| known.codec == codec)
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name)
    }
}

impl FromStr for Encoding {
    type Err = LabelError;

    fn from_str(label: &str) -> Result<Self, LabelError> {
        Self::from_label(label)
            .ok_or_else(|| LabelError { label: label.to_owned(), near: near(label) })
    }
}

/// The names of the encodings with the labels that look most like `label`.
fn near(label: &str) -> Vec<&'static str> {
    let names = ENCODINGS.iter().map(|encoding| encoding.name);
    let aliases = ALIASES.iter().map(|(alias, _)| *alias);
    let mut near = Vec::new();
    for encoding in nearest(label, names.chain(aliases)).into_iter().filter_map(find) {
        if !near.contains(&encoding.name) {
            near.push(encoding.name);
        }
    }
    near
}

/// Our names come before the web's, where `ascii` is windows-1252 and `utf-16` is little-endian
/// whatever the mark says.
fn find(label: &str) -> Option<Encoding> {
    let named = ENCODINGS.iter().find(|encoding| encoding.name == label);
    let alias = || ALIASES.iter().find(|(alias, _)| *alias == label);
    named.or_else(|| alias().map(|(_, encoding)| encoding)).copied().or_else(|| web_label(label))
}

fn web_label(label: &str) -> Option<Encoding> {
    let found = encoding_rs::Encoding::for_label_no_replacement(label.as_bytes())?;
    match found.name() {
        "UTF-8" => Some(Encoding::UTF_8),
        "UTF-16LE" => Some(Encoding::UTF_16LE),
        "UTF-16BE" => Some(Encoding::UTF_16BE),
        _ => Encoding::from_legacy(found),
    }
}
