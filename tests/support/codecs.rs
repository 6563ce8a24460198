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

/// The text of the whole, after the same came out of it at every cut in three and byte by byte.
pub fn decode_cut(encoding: Encoding, bytes: &[u8]) -> (String, Option<DecodeError>, String) {
    let both = |chunks: &[&[u8]]| {
        let (before, error, ..) = decode(encoding, Malformed::Error, chunks);
        let (replaced, none, ..) = decode(encoding, Malformed::Replace, chunks);
        assert_eq!(none, None);
        (before, error, replaced)
    };
    let whole = both(&[bytes]);
    let bytewise: Vec<&[u8]> = bytes.chunks(1).collect();
    assert_eq!(both(&bytewise), whole, "{bytes:x?}");
    for first in 0..=bytes.len() {
        for second in first..=bytes.len() {
            let cut = [&bytes[..first], &[], &bytes[first..second], &bytes[second..]];
            assert_eq!(both(&cut), whole, "{bytes:x?} at {first} and {second}");
        }
    }
    whole
}

/// Encoding, bytes, the text before the error, its offset, whether the input ends there, and the
/// text with replacement.
pub type Broken = (&'static str, &'static [u8], &'static str, u64, bool, &'static str);

/// Checks that malformed bytes are told and replaced as they should be, at every cut.
pub fn check_malformed(broken: &Broken) {
    let (label, bytes, before, offset, ends, replaced) = *broken;
    let (text, error, all) = decode_cut(encoding(label), bytes);
    let error = error.unwrap_or_else(|| panic!("{label} {bytes:x?}"));
    assert_eq!((text.as_str(), error.offset()), (before, offset), "{label} {bytes:x?}");
    assert_eq!(matches!(error, DecodeError::Truncated { .. }), ends, "{label} {bytes:x?}");
    assert_eq!(all, replaced, "{label} {bytes:x?}");
}

/// Encoding, text, the character it lacks, the bytes before it, and all with each substitute.
pub type Unmapped = (&'static str, &'static str, char, &'static [u8], &'static [u8], &'static [u8]);

/// Checks that the character is told, and what stands in its place.
pub fn check_unmappable((label, text, unmappable, before, entity, geta): Unmapped) {
    let all = |policy| encode_chunks(encoding(label), policy, false, &[text]);
    let (bytes, error) = all(Unmappable::Error);
    let Some(EncodeError::Unmappable { encoding: name, missing, .. }) = error else {
        panic!("{label}: {error:?}");
    };
    let characters: Vec<char> = missing.first.iter().map(|one| one.character).collect();
    assert_eq!((name, bytes.as_slice()), (label, before), "{text}");
    assert_eq!((characters, missing.others), (vec![unmappable], false), "{label} {text}");
    assert_eq!(all(Unmappable::Entity), (entity.to_vec(), None), "{label} {text}");
    assert_eq!(all(Unmappable::Geta), (geta.to_vec(), None), "{label} {text}");
}
