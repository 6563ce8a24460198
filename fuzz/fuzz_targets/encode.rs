//! Text of any kind is encoded alike whole and character by character, in every encoding, and read
//! back as it was, with substitutes for what the encoding lacks.
#![no_main]

use jianfan::encoding::{
    Decoder, EncodeError, Encoder, Encoding, Malformed, MissingCharacter, Unmappable, Unmappable::*,
};
use libfuzzer_sys::fuzz_target;

/// The bytes, and the error that they ended in. With a byte order mark, so that the text may begin
/// with one.
fn encode(
    encoding: Encoding,
    unmappable: Unmappable,
    pieces: impl Iterator<Item = impl AsRef<str>>,
) -> (Vec<u8>, Option<EncodeError>) {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(encoding, unmappable, true);
    let encode = |piece: &_| encoder.encode(AsRef::as_ref(piece), &mut bytes).is_err();
    let errors = pieces.filter(encode).count();
    let result = encoder.finish(&mut bytes);
    assert!(errors == 0 || result.is_err());
    (bytes, result.err())
}

fn decode(encoding: Encoding, bytes: &[u8]) -> String {
    let mut text = String::new();
    let mut decoder = Decoder::new(encoding, Malformed::Error);
    decoder.decode(bytes, &mut text).unwrap();
    decoder.finish(&mut text).unwrap();
    text
}

/// The text with what `unmappable` puts in the place of the characters that `encoding` lacks.
fn substituted(encoding: Encoding, unmappable: Unmappable, text: &str) -> String {
    let mut result = String::new();
    let mut rest = text;
    while let (_, Some(EncodeError::Unmappable { missing, .. })) =
        encode(encoding, Error, [rest].iter())
    {
        let MissingCharacter { character, offset, .. } = missing.first[0];
        let place = rest.char_indices().nth(offset as usize).unwrap().0;
        assert!(rest[place..].starts_with(character));
        result.push_str(&rest[..place]);
        let has_geta = encode(encoding, Error, ["〓"].iter()).1.is_none();
        match unmappable {
            Entity => result.push_str(&format!("&#x{:X};", u32::from(character))),
            _ => result.push_str(if has_geta { "〓" } else { "?" }),
        }
        rest = &rest[place + character.len_utf8()..];
    }
    result + rest
}

/// GB18030 reads some private-use characters as those that have since got code points of their
/// own.
fn changes(encoding: Encoding, text: &str) -> bool {
    [Encoding::GB18030, Encoding::GBK].contains(&encoding)
        && text.contains(|character| ('\u{E000}'..='\u{F8FF}').contains(&character))
}

fuzz_target!(|input: (u8, u8, String)| {
    let (number, policy, text) = input;
    let encodings = Encoding::all();
    let encoding = encodings[usize::from(number) % encodings.len()];
    let unmappable = [Error, Entity, Geta][usize::from(policy) % 3];
    let whole = encode(encoding, unmappable, [&text].iter());
    let characters = text.chars().map(String::from);
    assert_eq!(encode(encoding, unmappable, characters), whole);
    if !changes(encoding, &text) {
        let expected = match &whole.1 {
            Some(EncodeError::Unmappable { missing, .. }) => {
                text.chars().take(missing.first[0].offset as usize).collect()
            }
            Some(error) => panic!("{error}"),
            None => substituted(encoding, unmappable, &text),
        };
        assert_eq!(decode(encoding, &whole.0), expected);
    }
});
