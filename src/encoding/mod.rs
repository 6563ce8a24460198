//! Character encodings: labels, byte order marks, detection, decoding and encoding, as streams.
//!
//! Bytes come in and text goes out, or the other way round, in chunks that may be cut anywhere.
//! A [`Decoder`] reads an encoding that the caller names, an [`AutoDecoder`] finds out which one
//! it is, an [`Encoder`] writes one. The result never depends on where the chunks were cut:
//! neither text nor bytes, nor an error and its position.
//!
//! Nothing is lost in silence. Malformed bytes are an error unless the caller asks for U+FFFD
//! ([`Malformed`]), and so is a character that the output encoding can't hold unless the caller
//! asks for a substitute ([`Unmappable`]). A byte order mark is kept apart from the text and
//! reported, so that it can be written back. What a document says of its own encoding can be found
//! ([`Declaration`]) and corrected ([`Relabel`]).
//!
//! Text that was decoded wrongly before it came here is found and repaired by [`Mojibake`] and
//! [`RepairStream`].
//!
//! ```
//! use jianfan::encoding::{AutoDecoder, Encoder, Encoding, Malformed, Unmappable};
//!
//! let mut text = String::new();
//! let mut decoder = AutoDecoder::new(Malformed::Error);
//! for chunk in [&b"\xD6\xD0\xB9\xFA\xC8"[..], b"\xCB\xC3\xF1"] {
//!     decoder.decode(chunk, &mut text)?;
//! }
//! decoder.finish(&mut text)?;
//! assert_eq!(text, "中国人民");
//! assert_eq!(decoder.encoding(), Some(Encoding::GB18030));
//!
//! let mut bytes = Vec::new();
//! let mut encoder = Encoder::new(Encoding::BIG5, Unmappable::Error, false);
//! encoder.encode("中國人民", &mut bytes)?;
//! encoder.finish(&mut bytes)?;
//! assert_eq!(bytes, b"\xA4\xA4\xB0\xEA\xA4\x48\xA5\xC1");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Most tables are those of the [Encoding Standard](https://encoding.spec.whatwg.org/), by the
//! crate `encoding_rs`. Hence `gb18030` reads GB2312 and GBK too (and is what detection reports
//! for them), and `big5` reads Big5-HKSCS; its encoder, though, lacks most characters that
//! HKSCS adds to Big5 (咗 喺 瞓) and refuses them. [`Encoding::BIG5_HKSCS`] writes them all;
//! [`Encoding::CP950`] and [`Encoding::BIG5_UAO`] are Big5 as Windows and as Taiwan's bulletin
//! boards have it, and [`Encoding::EUC_TW`] is EUC-TW as glibc has it.
//! The seven-bit encodings of mail are [`Encoding::HZ_GB_2312`] and [`Encoding::ISO_2022_CN`].

mod auto;
mod bom;
mod codec;
mod declaration;
mod decode;
mod detect;
mod encode;
mod error;
mod label;
mod missing;
mod mojibake;
mod position;
pub mod statistics;
mod table;

pub use auto::AutoDecoder;
pub use bom::{ByteOrderMark, recognise_bom};
pub use declaration::{Declaration, Relabel};
pub use decode::{Decoder, Malformed, Replaced};
pub use detect::{Candidate, Detection, Detector};
pub use encode::{Encoder, Unmappable};
pub use error::{DecodeError, EncodeError, LabelError};
pub use label::Encoding;
pub use missing::{Missing, MissingCharacter};
pub use mojibake::{
    Mojibake, MojibakeKind, MojibakePlace, MojibakeScan, RepairReport, RepairStream, Suspicion,
    Verdict,
};
