use thiserror::Error;

use super::missing::Missing;

/// Bytes that are no text in the encoding they were read in.
///
/// Offsets count bytes from the beginning of the input, a byte order mark included, and name the
/// first byte of the malformed sequence, however the input was cut into chunks.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum DecodeError {
    /// A sequence of bytes that stands for no character.
    #[error(
        "malformed {encoding} at byte {offset}; name the right encoding, or ask for replacement"
    )]
    Malformed {
        /// The name of the encoding.
        encoding: &'static str,
        /// Where the malformed sequence begins, in bytes.
        offset: u64,
    },
    /// The input ends in the middle of a character.
    #[error(
        "the input ends inside a character of {encoding} at byte {offset}; \
         get it whole, name the right encoding, or ask for replacement"
    )]
    Truncated {
        /// The name of the encoding.
        encoding: &'static str,
        /// Where the unfinished character begins, in bytes.
        offset: u64,
    },
}

impl DecodeError {
    /// Where the malformed sequence begins, in bytes from the beginning of the input.
    ///
    /// ```
    /// use jianfan::encoding::{Decoder, Encoding, Malformed};
    ///
    /// let mut decoder = Decoder::new(Encoding::UTF_8, Malformed::Error);
    /// let error = decoder.decode(b"abc\xFF", &mut String::new()).unwrap_err();
    /// assert_eq!(error.offset(), 3);
    /// ```
    pub fn offset(&self) -> u64 {
        match self {
            Self::Malformed { offset, .. } | Self::Truncated { offset, .. } => *offset,
        }
    }
}

/// A text that the output encoding can't hold.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum EncodeError {
    /// Characters that the encoding lacks.
    #[error(
        "{encoding} lacks {} of the text: {missing}; \
         choose another encoding, or a substitute for such characters",
        missing.count()
    )]
    Unmappable {
        /// The name of the encoding.
        encoding: &'static str,
        /// The characters and their places, as far as the text was looked through.
        missing: Missing,
    },
}

/// A label that names no encoding.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("unknown encoding \u{201c}{label}\u{201d}; {}", advice(near))]
#[non_exhaustive]
pub struct LabelError {
    /// The label as it was given.
    pub label: String,
    /// The names of encodings with labels that look like it, the closest first; may be empty.
    pub near: Vec<&'static str>,
}

fn advice(near: &[&str]) -> String {
    if near.is_empty() {
        "name one like utf-8, gb18030, gbk, big5 or shift_jis".to_owned()
    } else {
        format!("did you mean {}?", near.join(", "))
    }
}
