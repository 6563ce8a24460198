//! What reads and writes each family of encodings: one file a family.
//!
//! A codec knows one encoding and its own state. Offsets in the input, byte order marks and the
//! policies for malformed bytes and unmappable characters are its callers' business.

mod ascii;
mod big5;
mod big5_hkscs;
mod charset;
mod cns;
mod euc_tw;
mod gb2312;
mod hz;
mod iso_2022_cn;
mod legacy;
mod multibyte;
mod sequence;
mod utf16;
mod utf32;
mod utf8;

pub(super) use charset::Places;

use big5::Big5;
use euc_tw::EucTw;
use hz::{Hz, HzEncoder};
use iso_2022_cn::{Iso2022Cn, Iso2022CnEncoder};
use multibyte::{MultibyteDecoder, MultibyteEncoder};
use sequence::SequenceDecoder;

/// How an encoding is read and written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Codec {
    Ascii,
    Utf8,
    /// By its mark; little-endian where there is none and in output.
    Utf16,
    Utf16Le,
    Utf16Be,
    /// By its mark; little-endian where there is none and in output.
    Utf32,
    Utf32Le,
    Utf32Be,
    Cp950,
    Big5Hkscs,
    Big5Uao,
    EucTw,
    Hz,
    Iso2022Cn,
    Legacy(&'static encoding_rs::Encoding),
}

/// A malformed sequence that decoding ran into.
#[derive(Debug)]
pub(super) struct Fault {
    /// How many bytes of the chunk were read; decoding goes on behind them.
    pub(super) read: usize,
    /// How far before that place the sequence begins, perhaps in an earlier chunk.
    pub(super) back: usize,
}

/// A character that encoding could not write.
#[derive(Debug)]
pub(super) struct Miss {
    /// How many bytes of the text were read, the character included.
    pub(super) read: usize,
    pub(super) character: char,
}

/// Bytes to text, in chunks cut anywhere.
pub(super) trait Decode {
    /// Appends to `out` what `bytes` say, up to the first malformed sequence.
    ///
    /// After a fault, the caller calls again with what was not read. `last` says that nothing
    /// comes behind `bytes`: then an unfinished character is a fault.
    fn decode(&mut self, bytes: &[u8], last: bool, out: &mut String) -> Result<(), Fault>;
}

/// Text to bytes, in chunks.
pub(super) trait Encode {
    /// Appends `text` to `out`, up to the first character that can't be written.
    ///
    /// After a miss, the caller calls again with what was not read.
    fn encode(&mut self, text: &str, out: &mut Vec<u8>) -> Result<(), Miss>;

    /// Appends what brings the output back to its initial state.
    fn finish(&mut self, _out: &mut Vec<u8>) {}
}

impl Codec {
    /// A decoder at the beginning of its input, which sees no byte order mark in it.
    pub(super) fn decoder(self) -> Box<dyn Decode + Send> {
        match self {
            Self::Ascii => Box::new(ascii::Ascii),
            Self::Utf8 => Box::new(utf8::Utf8Decoder::default()),
            Self::Utf16 | Self::Utf16Le => {
                Box::new(legacy::LegacyDecoder::new(encoding_rs::UTF_16LE))
            }
            Self::Utf16Be => Box::new(legacy::LegacyDecoder::new(encoding_rs::UTF_16BE)),
            Self::Utf32 | Self::Utf32Le => Box::new(utf32::Utf32Decoder::new(u32::from_le_bytes)),
            Self::Utf32Be => Box::new(utf32::Utf32Decoder::new(u32::from_be_bytes)),
            Self::Cp950 => Box::new(MultibyteDecoder::new(Big5::CP950)),
            Self::Big5Hkscs => Box::new(legacy::LegacyDecoder::new(encoding_rs::BIG5)),
            Self::Big5Uao => Box::new(MultibyteDecoder::new(Big5::UAO)),
            Self::EucTw => Box::new(MultibyteDecoder::new(EucTw)),
            Self::Hz => Box::new(SequenceDecoder::<Hz>::default()),
            Self::Iso2022Cn => Box::new(SequenceDecoder::<Iso2022Cn>::default()),
            Self::Legacy(encoding) => Box::new(legacy::LegacyDecoder::new(encoding)),
        }
    }

    /// An encoder in its initial state, which writes no byte order mark.
    pub(super) fn encoder(self) -> Box<dyn Encode + Send> {
        match self {
            Self::Ascii => Box::new(ascii::Ascii),
            Self::Utf8 => Box::new(utf8::Utf8Encoder),
            Self::Utf16 | Self::Utf16Le => Box::new(utf16::Utf16Encoder(u16::to_le_bytes)),
            Self::Utf16Be => Box::new(utf16::Utf16Encoder(u16::to_be_bytes)),
            Self::Utf32 | Self::Utf32Le => Box::new(utf32::Utf32Encoder(u32::to_le_bytes)),
            Self::Utf32Be => Box::new(utf32::Utf32Encoder(u32::to_be_bytes)),
            Self::Cp950 => Box::new(MultibyteEncoder(Big5::CP950)),
            Self::Big5Hkscs => Box::new(big5_hkscs::HkscsEncoder::new()),
            Self::Big5Uao => Box::new(MultibyteEncoder(Big5::UAO)),
            Self::EucTw => Box::new(MultibyteEncoder(EucTw)),
            Self::Hz => Box::new(HzEncoder::default()),
            Self::Iso2022Cn => Box::new(Iso2022CnEncoder::default()),
            Self::Legacy(encoding) => Box::new(legacy::LegacyEncoder::new(encoding)),
        }
    }
}
