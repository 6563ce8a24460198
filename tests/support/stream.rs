//! Texts fed to a stream in pieces.

use jianfan::Converter;
use proptest::prelude::*;

/// Where to cut a text, as numbers to be taken modulo its length.
pub fn cuts() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(any::<usize>(), 0..20)
}

/// The output of a stream that is fed `text` cut at `cuts`, with an empty piece at each cut.
pub fn streamed(converter: &Converter, text: &str, cuts: &[usize]) -> String {
    let mut positions: Vec<usize> = cuts.iter().map(|cut| cut % (text.len() + 1)).collect();
    positions.retain(|position| text.is_char_boundary(*position));
    positions.push(text.len());
    positions.sort();
    let (mut stream, mut out, mut start) = (converter.stream(), String::new(), 0);
    for position in positions {
        stream.push(&text[start..position], &mut out);
        stream.push("", &mut out);
        start = position;
    }
    stream.finish(&mut out);
    out
}

/// The output of a stream that is fed one character at a time.
pub fn character_by_character(converter: &Converter, text: &str) -> String {
    let (mut stream, mut out) = (converter.stream(), String::new());
    let mut buffer = [0; 4];
    text.chars().for_each(|one| stream.push(one.encode_utf8(&mut buffer), &mut out));
    stream.finish(&mut out);
    out
}
