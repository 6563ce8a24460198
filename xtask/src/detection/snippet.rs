//! A snippet: bytes in an encoding, cut so that the last character is whole.

use jianfan::encoding::{Decoder, Encoder, Encoding, Malformed, Unmappable};

/// Bytes, and the encoding that they are in.
#[derive(Debug, Clone, PartialEq)]
pub struct Snippet {
    pub bytes: Vec<u8>,
    pub encoding: Encoding,
    /// The bytes before they came to harm, if they did.
    pub unharmed: Option<Vec<u8>>,
}

impl Snippet {
    /// All of `text`; none if the encoding lacks one of its characters.
    pub fn of(text: &str, encoding: Encoding) -> Option<Self> {
        Some(Self { bytes: encode(text, encoding)?, encoding, unharmed: None })
    }

    /// What the bytes say, with U+FFFD for what is no text.
    pub fn text(&self) -> String {
        decode(&self.bytes, self.encoding)
    }
}

/// The bytes of `text`, with no byte order mark; none if the encoding lacks a character.
pub fn encode(text: &str, encoding: Encoding) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(encoding, Unmappable::Error, false);
    encoder.encode(text, &mut bytes).ok()?;
    encoder.finish(&mut bytes).ok()?;
    Some(bytes)
}

/// The text of `bytes`, with U+FFFD for what is no text.
pub fn decode(bytes: &[u8], encoding: Encoding) -> String {
    let mut text = String::new();
    let mut decoder = Decoder::new(encoding, Malformed::Replace);
    let decoded = decoder.decode(bytes, &mut text).and_then(|()| decoder.finish(&mut text));
    decoded.expect("nothing is an error where malformed bytes are replaced");
    text
}

/// The longest beginning of `text` that takes at most `length` bytes, what the encoding writes at
/// the end included; empty if not even one character does.
pub fn longest(text: &str, encoding: Encoding, length: usize) -> &str {
    // No encoding writes two characters as one byte.
    let ends: Vec<usize> =
        text.char_indices().map(|(at, c)| at + c.len_utf8()).take(length).collect();
    let fits = |end: &usize| encode(&text[..*end], encoding).is_some_and(|b| b.len() <= length);
    let count = ends.partition_point(fits);
    &text[..count.checked_sub(1).map_or(0, |last| ends[last])]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snippet_ends_with_a_whole_character() {
        for (encoding, length, expected) in [
            (Encoding::UTF_8, 8, "風雪"),
            (Encoding::UTF_8, 9, "風雪山"),
            (Encoding::BIG5, 8, "風雪山神"),
            (Encoding::BIG5, 9, "風雪山神"),
            (Encoding::UTF_16BE, 3, "風"),
            (Encoding::UTF_16BE, 1, ""),
            (Encoding::GB18030, 100, "風雪山神廟"),
        ] {
            assert_eq!(longest("風雪山神廟", encoding, length), expected, "{encoding:?} {length}");
        }
    }

    #[test]
    fn the_return_to_ascii_counts() {
        assert_eq!(longest("山神", Encoding::ISO_2022_JP, 10), "山神");
        assert_eq!(longest("山神", Encoding::ISO_2022_JP, 9), "山");
        assert_eq!(longest("山神", Encoding::ISO_2022_JP, 7), "");
    }

    #[test]
    fn bytes_and_text_are_the_same_snippet() {
        let snippet = Snippet::of("中文", Encoding::BIG5).unwrap();
        assert_eq!((snippet.bytes.len(), snippet.text().as_str()), (4, "中文"));
        assert_eq!(Snippet::of("简", Encoding::BIG5), None);
    }
}
