//! Big5's variants and EUC-TW, code by code: against other implementations, and in pieces.
#![cfg(feature = "encoding")]

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use jianfan::encoding::{Decoder, EncodeError, Encoder, Encoding, Malformed, Unmappable};
use sha2::{Digest, Sha256};

const ENCODINGS: [Encoding; 4] =
    [Encoding::CP950, Encoding::BIG5_HKSCS, Encoding::BIG5_UAO, Encoding::EUC_TW];

/// The text of some bytes in pieces, with U+FFFD for what is malformed.
fn read(encoding: Encoding, pieces: &[&[u8]]) -> String {
    let mut text = String::new();
    let mut decoder = Decoder::new(encoding, Malformed::Replace);
    pieces.iter().for_each(|piece| decoder.decode(piece, &mut text).unwrap());
    decoder.finish(&mut text).unwrap();
    text
}

/// The bytes of a text in pieces.
fn write(encoding: Encoding, pieces: &[&str]) -> Result<Vec<u8>, EncodeError> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(encoding, Unmappable::Error, false);
    pieces.iter().try_for_each(|piece| encoder.encode(piece, &mut bytes))?;
    encoder.finish(&mut bytes)?;
    Ok(bytes)
}

/// Every code that may stand for a character, in order.
fn codes(encoding: Encoding) -> Vec<Vec<u8>> {
    let pairs = |leads: RangeInclusive<u8>, trails: RangeInclusive<u8>| {
        leads.flat_map(move |lead| trails.clone().map(move |trail| vec![lead, trail]))
    };
    if encoding != Encoding::EUC_TW {
        return pairs(0x81..=0xFE, 0x40..=0xFE).collect();
    }
    let cells = || pairs(0xA1..=0xFE, 0xA1..=0xFE);
    let planes = pairs(0x8E..=0x8E, 0xA1..=0xB0);
    let fours = planes.flat_map(|plane| cells().map(move |cell| [&plane[..], &cell].concat()));
    fours.chain(cells()).collect()
}

/// What is read, by code, and what is written of the first three planes of Unicode, by character.
struct Tables {
    read: BTreeMap<Vec<u8>, String>,
    written: BTreeMap<char, Vec<u8>>,
}

impl Tables {
    fn of(encoding: Encoding) -> Self {
        let codes = codes(encoding).into_iter().map(|code| (read(encoding, &[&code]), code));
        let read = codes.filter(|(text, _)| !text.contains('\u{FFFD}'));
        let characters = '\u{80}'..'\u{30000}';
        let written =
            characters.filter_map(|one| Some((one, write(encoding, &[&String::from(one)]).ok()?)));
        Self { read: read.map(|(text, code)| (code, text)).collect(), written: written.collect() }
    }

    /// The number and the checksum of the lines of `scripts/encoding-oracles.py` for what is read.
    fn read_checksum(&self) -> (usize, String) {
        checksum(self.read.iter().map(|(code, text)| format!("{} {text}\n", hex(code))))
    }

    /// The same for what is written.
    fn written_checksum(&self) -> (usize, String) {
        let line = |(character, code): (&char, &Vec<u8>)| {
            format!("{:x} {}\n", u32::from(*character), hex(code))
        };
        checksum(self.written.iter().map(line))
    }
}

fn checksum(lines: impl Iterator<Item = String>) -> (usize, String) {
    let lines: Vec<String> = lines.collect();
    (lines.len(), hex(&Sha256::digest(lines.concat())))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Checksums that `scripts/encoding-oracles.py` printed.
#[test]
fn cp950_is_that_of_icu() {
    let tables = Tables::of(Encoding::CP950);
    let (count, sum) = tables.read_checksum();
    assert_eq!(count, 19_720);
    assert_eq!(sum, "02758e596c963b5b5efabd51e0031779abf9e37e5ad71ae95e676e3f7a71d437");
    let (count, sum) = tables.written_checksum();
    assert_eq!(count, 19_710);
    assert_eq!(sum, "d82906cc17ceb4edd2a12f46e756a1b0bd448bb49392c011c3dd31ca940bcecd");
}

/// But for codes that glibc doesn't read because it doesn't write them, and for symbols (A1 to
/// A3), which it maps otherwise than the Encoding Standard.
#[test]
fn big5_hkscs_is_that_of_glibc() {
    let mut tables = Tables::of(Encoding::BIG5_HKSCS);
    assert_eq!((tables.read.len(), tables.written.len()), (18_594, 18_490));
    let symbols = 0xA1..=0xA3;
    tables.written.retain(|_, code| !symbols.contains(&code[0]));
    let is_written = |code: &Vec<u8>, text: &str| {
        write(Encoding::BIG5_HKSCS, &[text]).unwrap() == *code && !symbols.contains(&code[0])
    };
    tables.read.retain(|code, text| is_written(code, text));
    let (count, sum) = tables.read_checksum();
    assert_eq!(count, 18_062);
    assert_eq!(sum, "151f6beccae798957b4fe9c1eaf4b75ded53dd24dc34f8d3861c035e879f38e6");
    let (count, sum) = tables.written_checksum();
    assert_eq!(count, 18_058);
    assert_eq!(sum, "492d26bbb6499ce0e742fae1c552fb87f86318e1f331ab803bb32bab915babad");
}

/// Ruby's, which has other circled digits; those written are of the package `uao`, as Ruby's
/// encoder takes any code.
#[test]
fn big5_uao_is_that_of_ruby_and_of_uao() {
    let mut tables = Tables::of(Encoding::BIG5_UAO);
    let (count, sum) = tables.written_checksum();
    assert_eq!(count, 19_316);
    assert_eq!(sum, "31503cc7607e809652b67c0de43c06a09d6b9bf5266e38db04d86abfce83bcf6");
    for (digit, other) in ('❶'..='❿').zip('➊'..) {
        let code = &tables.written[&digit];
        tables.read.insert(code.clone(), other.into());
    }
    let (count, sum) = tables.read_checksum();
    assert_eq!(count, 19_782);
    assert_eq!(sum, "b9ecb046f6cad2bdc58a2125ed5bf1cbda7434c84c5250101462a6c4f5ac9460");
}

#[test]
fn euc_tw_is_that_of_glibc() {
    let tables = Tables::of(Encoding::EUC_TW);
    let (count, sum) = tables.read_checksum();
    assert_eq!(count, 61_309);
    assert_eq!(sum, "deb70b04edb5422f00d96da8500d21a520b9a2dc71f08a2c4d030e000a0d4d3f");
    let (count, sum) = tables.written_checksum();
    assert_eq!(count, 55_441);
    assert_eq!(sum, "f74ce16774007be44f58bb78bc90bfe18d1d65b759a13ef4670b6ca716bf42fc");
}

#[test]
fn what_is_written_is_read_back_and_what_is_read_can_be_written() {
    for encoding in ENCODINGS {
        let tables = Tables::of(encoding);
        for (character, code) in &tables.written {
            assert_eq!(tables.read[code], character.to_string(), "{encoding} {character:?}");
        }
        for (code, text) in &tables.read {
            let written = write(encoding, &[text]);
            let again = written.map(|written| read(encoding, &[&written]));
            assert_eq!(again.as_ref(), Ok(text), "{encoding} {code:x?}");
        }
        // All of it as one text.
        let text: String = tables.written.keys().collect();
        let bytes = write(encoding, &[&text]).unwrap();
        assert_eq!(bytes, tables.written.values().flatten().copied().collect::<Vec<u8>>());
        assert!(read(encoding, &[&bytes]) == text, "{encoding}");
    }
}

/// Pieces of `bytes` for every cut in two, and single bytes.
fn cuts(bytes: &[u8]) -> impl Iterator<Item = Vec<&[u8]>> {
    let in_two = (1..bytes.len()).map(|cut| vec![&bytes[..cut], &bytes[cut..]]);
    in_two.chain([bytes.chunks(1).collect()])
}

#[test]
fn no_sequence_depends_on_where_it_is_cut() {
    for encoding in ENCODINGS {
        let pairs = (0..=0xFF_u8).flat_map(|one| (0..=0xFF).map(move |other| vec![one, other]));
        let mut sequences: Vec<Vec<u8>> = pairs.collect();
        if encoding == Encoding::EUC_TW {
            sequences.extend(codes(encoding));
            sequences.extend(broken_fours());
        }
        for sequence in sequences {
            let bytes = [&sequence[..], b"z\xA4\xA4"].concat();
            let whole = read(encoding, &[&bytes]);
            for pieces in cuts(&bytes) {
                assert_eq!(read(encoding, &pieces), whole, "{encoding} {pieces:x?}");
            }
        }
    }
}

/// Sequences of EUC-TW with a byte out of place.
fn broken_fours() -> Vec<Vec<u8>> {
    const BYTES: [u8; 9] = [b'a', 0x7F, 0x80, 0x8E, 0xA0, 0xA2, 0xAF, 0xB0, 0xFF];
    let mut sequences = vec![vec![0x8E]];
    for len in 2..=4 {
        let longer = sequences.iter().filter(|sequence| sequence.len() == len - 1);
        let longer: Vec<Vec<u8>> =
            longer.flat_map(|start| BYTES.map(|byte| [&start[..], &[byte]].concat())).collect();
        sequences.extend(longer);
    }
    sequences
}

/// Ê and ê wait for a mark, however the text comes.
#[test]
fn hkscs_combines_across_chunks() {
    let cases: [(&str, &[u8]); 9] = [
        ("Ê\u{304}", b"\x88\x62"),
        ("Ê\u{30C}", b"\x88\x64"),
        ("ê\u{304}", b"\x88\xA3"),
        ("ê\u{30C}", b"\x88\xA5"),
        ("Ê", b"\x88\x66"),
        ("êa", b"\x88\xA7a"),
        ("ÊÊê\u{304}", b"\x88\x66\x88\x66\x88\xA3"),
        ("咗ê\u{30C}喺", b"\x9D\xF7\x88\xA5\x9D\xF6"),
        ("ê\n", b"\x88\xA7\n"),
    ];
    for (text, bytes) in cases {
        assert_eq!(write(Encoding::BIG5_HKSCS, &[text]).unwrap(), bytes, "{text}");
        let single: Vec<&str> = text.split_inclusive(|_| true).flat_map(|one| ["", one]).collect();
        assert_eq!(write(Encoding::BIG5_HKSCS, &single).unwrap(), bytes, "{text}");
        assert_eq!(read(Encoding::BIG5_HKSCS, &[bytes]), text);
    }
}

/// A mark alone is not in HKSCS, and what was held comes before its substitute.
#[test]
fn hkscs_writes_what_it_held_before_an_unmappable_character() {
    for pieces in [&["ê\u{301}"][..], &["ê", "\u{301}"]] {
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(Encoding::BIG5_HKSCS, Unmappable::Entity, false);
        pieces.iter().for_each(|piece| encoder.encode(piece, &mut bytes).unwrap());
        assert_eq!(bytes, b"\x88\xA7&#x301;");
        let error = write(Encoding::BIG5_HKSCS, pieces).unwrap_err();
        let EncodeError::Unmappable { missing, .. } = error else { panic!("{error}") };
        assert_eq!((missing.first[0].column, missing.first[0].offset), (2, 1));
    }
}

/// Best fits of Windows and of Unicode-at-on, and what the Encoding Standard reads otherwise.
#[test]
fn some_codes() {
    let cases: [(Encoding, &[u8], &str); 12] = [
        (Encoding::CP950, b"\xA1\x45\xA1\x4E\xA1\xC3\xA1\xC5\xA3\xE1", "‧﹑￣ˍ€"),
        (Encoding::CP950, b"\xA1\xFE\xA2\x40\xA2\x41\xA2\x42", "／＼∕﹨"),
        (Encoding::CP950, b"\xF9\xF9\xF9\xFE\xA4\x51\xA4\xCA", "═▓十卅"),
        (Encoding::CP950, b"\xFA\x40\xFE\xFE\x8E\x40\x81\x40", "\u{E000}\u{E310}\u{E311}\u{EEB8}"),
        (Encoding::CP950, b"\xC6\xA1\xC8\xFE", "\u{F6B1}\u{F848}"),
        (Encoding::BIG5_HKSCS, b"\x9D\xF7\x9D\xF6\x8F\xD4", "咗喺瞓"),
        (Encoding::BIG5_UAO, b"\x84\xF2\x86\x49\x9D\xDE", "测试♥"),
        (Encoding::BIG5_UAO, b"\xC7\x55\xC6\xEA\xC7\xC2", "のいテ"),
        (Encoding::EUC_TW, b"\xC4\xE3\xC5\xC6", "中文"),
        (Encoding::EUC_TW, b"\x8E\xA2\xA1\xA1", "乂"),
        (Encoding::EUC_TW, b"\x8E\xA7\xA1\xA1\x8E\xAF\xA1\xA1", "𠁕𠀂"),
        (Encoding::EUC_TW, b"\xA4\xBF", "卄"),
    ];
    for (encoding, bytes, text) in cases {
        assert_eq!(read(encoding, &[bytes]), text, "{encoding}");
        assert_eq!(write(encoding, &[text]).unwrap(), bytes, "{encoding} {text}");
    }
    for (encoding, text) in [
        (Encoding::CP950, "¥"),
        (Encoding::CP950, "あ"),
        (Encoding::BIG5_UAO, "¥"),
        (Encoding::BIG5_UAO, "©"),
        (Encoding::EUC_TW, "€"),
        (Encoding::BIG5_HKSCS, "¢"),
    ] {
        assert!(write(encoding, &[text]).is_err(), "{encoding} {text}");
    }
}
