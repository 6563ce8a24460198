//! Bytes of any kind are in the same encoding whole and in pieces, with candidates that make sense,
//! whatever they declare.
#![no_main]

use jianfan::encoding::{AutoDecoder, Detection, Detector, Encoding, Malformed};
use libfuzzer_sys::fuzz_target;

/// How documents declare their encoding, for the fuzzer to begin with.
fn declared(kind: u8, encoding: Encoding) -> String {
    match kind % 5 {
        0 => format!("<meta charset={encoding}>"),
        1 => format!("<?xml version=\"1.0\" encoding=\"{encoding}\"?>"),
        2 => format!("@charset \"{encoding}\";"),
        _ => String::new(),
    }
}

/// `bytes` in pieces of these sizes, over and over.
fn pieces<'a>(mut bytes: &'a [u8], sizes: &[u8]) -> Vec<&'a [u8]> {
    let mut pieces = Vec::new();
    for size in sizes.iter().chain(&[1]).cycle() {
        if bytes.is_empty() {
            break;
        }
        let (piece, rest) = bytes.split_at(bytes.len().min(usize::from(*size)));
        pieces.push(piece);
        bytes = rest;
    }
    pieces
}

fn detect(pieces: &[&[u8]]) -> Detection {
    let mut detector = Detector::new();
    pieces.iter().for_each(|piece| detector.push(piece));
    detector.finish()
}

/// The encoding in which the text comes out.
fn decoded_in(bytes: &[u8]) -> Option<Encoding> {
    let (mut decoder, mut text) = (AutoDecoder::new(Malformed::Replace), String::new());
    decoder.decode(bytes, &mut text).and_then(|()| decoder.finish(&mut text)).unwrap();
    decoder.encoding()
}

fuzz_target!(|input: (u8, u8, Vec<u8>, Vec<u8>)| {
    let (kind, number, sizes, bytes) = input;
    let encoding = Encoding::all()[usize::from(number) % Encoding::all().len()];
    let bytes = [declared(kind, encoding).as_bytes(), &bytes].concat();
    let detection = detect(&[&bytes]);
    assert_eq!(detect(&pieces(&bytes, &sizes)), detection);
    assert_eq!(decoded_in(&bytes), Some(detection.encoding));
    let candidates = &detection.candidates;
    assert_eq!(candidates[0].encoding, detection.encoding);
    assert_eq!(candidates[0].confidence, detection.confidence);
    assert!(candidates.iter().all(|one| (0.0..=1.0).contains(&one.confidence)));
    assert!(candidates.is_sorted_by(|one, next| one.confidence >= next.confidence));
});
