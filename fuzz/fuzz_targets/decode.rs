//! Bytes of any kind are decoded alike whole and byte by byte, in every encoding and detected; or in
//! the one that the environment's `ENCODING` names.
#![no_main]

use std::sync::LazyLock;

use jianfan::encoding::{AutoDecoder, Decoder, Encoding, Malformed};
use libfuzzer_sys::fuzz_target;

static ONLY: LazyLock<Option<Encoding>> = LazyLock::new(|| {
    let label = std::env::var("ENCODING").ok()?;
    Some(label.parse().expect("ENCODING names an encoding"))
});

/// The text, and whether it ended in an error.
fn decode(mut decoder: AutoDecoder, pieces: std::slice::Chunks<'_, u8>) -> (String, bool) {
    let mut text = String::new();
    for piece in pieces {
        if decoder.decode(piece, &mut text).is_err() {
            return (text, true);
        }
    }
    let ended = decoder.finish(&mut text);
    (text, ended.is_err())
}

fuzz_target!(|input: (u8, bool, Vec<u8>)| {
    let (number, replace, bytes) = input;
    let malformed = if replace { Malformed::Replace } else { Malformed::Error };
    let named = (*ONLY).or_else(|| Encoding::all().get(usize::from(number)).copied());
    let decoder = || match named {
        Some(encoding) => Decoder::new(encoding, malformed).into(),
        None => AutoDecoder::new(malformed),
    };
    let whole = decode(decoder(), bytes.chunks(bytes.len().max(1)));
    assert_eq!(decode(decoder(), bytes.chunks(1)), whole);
});
