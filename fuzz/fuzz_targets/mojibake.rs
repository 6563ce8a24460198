//! Text of any kind is repaired alike whole and in pieces, and a second time nothing changes; so is
//! text that was misread.
#![no_main]

use jianfan::encoding::{Decoder, Encoding, Malformed, Mojibake, RepairStream};
use libfuzzer_sys::fuzz_target;

/// `text` repaired, in pieces of `size` characters.
fn repaired(text: &str, size: usize) -> String {
    let mut stream = RepairStream::new();
    let mut out = String::new();
    let characters: Vec<char> = text.chars().collect();
    for piece in characters.chunks(size) {
        stream.push(&piece.iter().collect::<String>(), &mut out);
    }
    stream.finish(&mut out);
    out
}

fuzz_target!(|input: (u8, Vec<u8>)| {
    let (number, bytes) = input;
    let encodings = Encoding::all();
    let encoding = encodings[usize::from(number) % encodings.len()];
    let mut text = String::new();
    let mut decoder = Decoder::new(encoding, Malformed::Replace);
    decoder.decode(&bytes, &mut text).and_then(|()| decoder.finish(&mut text)).unwrap();
    let once = Mojibake::repair(&text);
    assert_eq!(repaired(&text, 1), once);
    assert_eq!(Mojibake::repair(&once), once);
    for found in Mojibake::find(&text) {
        assert!(text.get(found.range).is_some());
    }
});
