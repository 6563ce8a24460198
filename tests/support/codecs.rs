//! Decoders and encoders fed with chunks.
#![allow(dead_code, reason = "each test file uses a part of it")]

use jianfan::encoding::{
    DecodeError, Decoder, EncodeError, Encoder, Encoding, Malformed, Unmappable,
};
use proptest::prelude::*;

/// `bytes` in chunks that end at `cuts` (places per thousand), with an empty chunk at each.
pub fn chunks<'a>(bytes: &'a [u8], cuts: &[usize]) -> Vec<&'a [u8]> {
    let mut places: Vec<usize> = cuts.iter().map(|cut| cut * bytes.len() / 1000).collect();
    places.sort();
    let mut chunks = Vec::new();
    let mut start = 0;
    for place in places {
        chunks.extend([&bytes[start..place], &[]]);
        start = place;
    }
    chunks.push(&bytes[start..]);
    chunks
}

pub type Decoded = (String, Option<DecodeError>, bool, Encoding);

pub fn decode(encoding: Encoding, malformed: Malformed, chunks: &[&[u8]]) -> Decoded {
    let mut text = String::new();
    let mut decoder = Decoder::new(encoding, malformed);
    let mut result = chunks.iter().try_for_each(|chunk| decoder.decode(chunk, &mut text));
    if result.is_ok() {
        result = decoder.finish(&mut text);
    }
    (text, result.err(), decoder.bom(), decoder.encoding())
}

pub type Encoded = (Vec<u8>, Option<EncodeError>);

pub fn encode_chunks(
    encoding: Encoding,
    unmappable: Unmappable,
    bom: bool,
    chunks: &[&str],
) -> Encoded {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(encoding, unmappable, bom);
    let errors = chunks.iter().filter(|chunk| encoder.encode(chunk, &mut bytes).is_err()).count();
    let result = encoder.finish(&mut bytes);
    assert!(errors == 0 || result.is_err());
    (bytes, result.err())
}

/// The bytes of a text that the encoding holds.
pub fn encode(encoding: Encoding, text: &str) -> Vec<u8> {
    let (bytes, error) = encode_chunks(encoding, Unmappable::Error, false, &[text]);
    assert_eq!(error, None, "{encoding}");
    bytes
}

pub fn encoding(label: &str) -> Encoding {
    label.parse().unwrap()
}

pub fn cuts() -> impl Strategy<Value = Vec<usize>> {
    proptest::collection::vec(0usize..=1000, 0..12)
}
