//! Bytes of any kind are decoded alike whole and byte by byte, in every encoding and detected.
#![no_main]

use jianfan::encoding::{AutoDecoder, Decoder, Encoding, Malformed};
use libfuzzer_sys::fuzz_target;

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
    let encodings = Encoding::all();
    let decoder = || match encodings.get(usize::from(number)) {
        Some(encoding) => Decoder::new(*encoding, malformed).into(),
        None => AutoDecoder::new(malformed),
    };
    let whole = decode(decoder(), bytes.chunks(bytes.len().max(1)));
    assert_eq!(decode(decoder(), bytes.chunks(1)), whole);
});
