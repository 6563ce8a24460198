//! Encodings through the public API: round trips, errors and their positions, byte order marks,
//! detection; and that none of it depends on how the input is cut into chunks.
#![cfg(feature = "encoding")]

#[path = "support/codecs.rs"]
mod codecs;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use codecs::{
    Broken, Unmapped, check_malformed, check_unmappable, chunks, cuts, decode, encode,
    encode_chunks, encoding,
};
use jianfan::encoding::{
    AutoDecoder, DecodeError, Decoder, Detection, Detector, EncodeError, Encoder, Encoding,
    Malformed, MissingCharacter, Unmappable, recognise_bom,
};
use proptest::prelude::*;

const SIMPLIFIED: &str = "简体中文：软件，网络。\r\n头发发展 123\n";
const TRADITIONAL: &str = "繁體中文：軟體，網路。\r\n頭髮發展 123\n";
const JAPANESE: &str = "日本語の文字コード、カタカナ。\r\n漢字 123\n";
const KOREAN: &str = "한국어 문자 집합.\r\n漢字 123\n";
const ANY: &str = "简繁 にほん 한국 Ünï ж 𠮷𪚥 😀 \u{0}NUL\r\n\u{FEFF}\u{10FFFF}\n";

/// A text that the encoding holds.
fn sample(encoding: Encoding) -> &'static str {
    match encoding.name() {
        "ascii" => "plain text\r\n\0\x7F\n",
        "gb18030" => ANY,
        "gbk" => "简体 繁體 にほん ж €\r\n头发\n",
        "big5" | "cp950" | "euc-tw" => TRADITIONAL,
        "big5-hkscs" => "繁體中文 咗 喺 瞓 𨋢 Ê\u{304}\r\nê\u{30C} ê",
        "big5-uao" => "繁體中文 简体 にほん ♥\r\n",
        "hz-gb-2312" => "简体中文：软件，网络。~ ~{~}\r\n头发 123\n",
        "iso-2022-cn" => "简体中文：软件。繁體：網路。\r\n頭髮 123\n",
        "shift_jis" | "euc-jp" | "iso-2022-jp" => JAPANESE,
        "euc-kr" => KOREAN,
        "windows-874" => "ภาษาไทย\r\n",
        "windows-1250" | "iso-8859-2" => "Příliš žluťoučký kůň\r\n",
        "windows-1251" | "iso-8859-5" | "koi8-r" | "ibm866" | "x-mac-cyrillic" => {
            "Русский текст\r\n"
        }
        "koi8-u" => "Українська їжа\r\n",
        "windows-1252" | "macintosh" => "Füße, ça, señor “é”\r\n",
        "windows-1253" | "iso-8859-7" => "Ελληνικά\r\n",
        "windows-1254" => "Türkçe ğış\r\n",
        "windows-1255" | "iso-8859-8" | "iso-8859-8-i" => "עברית\r\n",
        "windows-1256" | "iso-8859-6" => "عربي\r\n",
        "windows-1257" | "iso-8859-4" | "iso-8859-13" => "Žemės ūkis\r\n",
        "windows-1258" => "Đư ơ\r\n",
        "iso-8859-3" => "Ĥoro ĉe ŝipo\r\n",
        "iso-8859-10" => "Þórður\r\n",
        "iso-8859-14" => "Ŵy ŷ\r\n",
        "iso-8859-15" | "iso-8859-16" => "œuvre €\r\n",
        _ => ANY,
    }
}

type AutoDecoded = (String, Option<DecodeError>, bool, Option<Encoding>, Option<Detection>);

fn auto_decode(malformed: Malformed, chunks: &[&[u8]]) -> AutoDecoded {
    let mut text = String::new();
    let mut decoder = AutoDecoder::new(malformed);
    let mut result = chunks.iter().try_for_each(|chunk| decoder.decode(chunk, &mut text));
    if result.is_ok() {
        result = decoder.finish(&mut text);
    }
    (text, result.err(), decoder.bom(), decoder.encoding(), decoder.detection().cloned())
}

fn detect(bytes: &[u8]) -> Detection {
    let mut detector = Detector::new();
    detector.push(bytes);
    detector.finish()
}

#[test]
fn every_encoding_reads_what_it_wrote() {
    for &encoding in Encoding::all() {
        let text = sample(encoding);
        for bom in [false, true] {
            let (bytes, error) = encode_chunks(encoding, Unmappable::Error, bom, &[text]);
            assert_eq!(error, None, "{encoding}");
            let (decoded, error, marked, _) = decode(encoding, Malformed::Error, &[&bytes]);
            assert_eq!((decoded.as_str(), error), (text, None), "{encoding}");
            let always = matches!(encoding, Encoding::UTF_16 | Encoding::UTF_32);
            assert_eq!(marked, always || bom && !encoding.bom().is_empty(), "{encoding}");
        }
    }
}

/// What can be written is read back as the same character; GB18030-2022 excepts 18 private-use
/// characters, which it reads as those that have since got code points of their own.
#[test]
fn no_character_is_written_as_another() {
    let text: String = ('\u{80}'..='\u{FFFF}').chain('\u{20000}'..'\u{20200}').collect();
    for &encoding in Encoding::all() {
        if encoding == Encoding::GB18030 || encoding == Encoding::GBK {
            continue;
        }
        let (bytes, _) = encode_chunks(encoding, Unmappable::Entity, false, &[&text]);
        let (decoded, error, ..) = decode(encoding, Malformed::Error, &[&bytes]);
        assert_eq!(error, None, "{encoding}");
        let mut rest = decoded.as_str();
        for character in text.chars() {
            let entity = || rest.strip_prefix(&format!("&#x{:X};", u32::from(character)));
            let behind = rest.strip_prefix(character).or_else(entity);
            rest = behind.unwrap_or_else(|| panic!("{encoding}: {character:?} became {rest:.12}"));
        }
    }
}

#[test]
fn labels() {
    for &encoding in Encoding::all() {
        assert_eq!(Encoding::from_label(encoding.name()), Some(encoding));
        assert_eq!(Encoding::from_label(&encoding.name().to_uppercase()), Some(encoding));
    }
    let labels = [
        ("UTF8", "utf-8"),
        (" utf_8\n", "utf-8"),
        ("utf-16", "utf-16"),
        ("UTF16", "utf-16"),
        ("utf_32be", "utf-32be"),
        ("us-ascii", "ascii"),
        ("latin1", "windows-1252"),
        ("iso-8859-1", "windows-1252"),
        ("gb2312", "gbk"),
        ("GB_2312", "gbk"),
        ("cp936", "gbk"),
        ("x-gbk", "gbk"),
        ("GB18030-2022", "gb18030"),
        ("x-x-big5", "big5"),
        ("cn-big5", "big5"),
        ("cp950", "cp950"),
        ("MS950", "cp950"),
        ("x-windows-950", "cp950"),
        ("Big5-HKSCS", "big5-hkscs"),
        ("big5hkscs", "big5-hkscs"),
        ("cp951", "big5-hkscs"),
        ("Big5-UAO", "big5-uao"),
        ("uao250", "big5-uao"),
        ("EUC_TW", "euc-tw"),
        ("x-euc-tw", "euc-tw"),
        ("HZ", "hz-gb-2312"),
        ("csHZGB2312", "hz-gb-2312"),
        ("csISO2022CN", "iso-2022-cn"),
        ("ISO2022_CN_EXT", "iso-2022-cn"),
        ("sjis", "shift_jis"),
        ("shift-jis", "shift_jis"),
        ("windows-31j", "shift_jis"),
        ("cp949", "euc-kr"),
        ("iso2022_jp", "iso-2022-jp"),
        ("koi8_r", "koi8-r"),
        ("cp1252", "windows-1252"),
    ];
    for (label, name) in labels {
        assert_eq!(Encoding::from_label(label).map(Encoding::name), Some(name), "{label}");
    }
    for label in ["", "klingon", "replacement", "iso-2022-kr"] {
        assert_eq!(Encoding::from_label(label), None, "{label}");
    }
}

#[test]
fn an_unknown_label_is_answered_with_similar_ones() {
    for (label, message) in [
        ("gb18O30", "unknown encoding “gb18O30”; did you mean gb18030?"),
        ("gb-1803", "unknown encoding “gb-1803”; did you mean gb18030?"),
    ] {
        assert_eq!(label.parse::<Encoding>().unwrap_err().to_string(), message);
    }
    let error = "gbk2".parse::<Encoding>().unwrap_err();
    let start = "unknown encoding “gbk2”; did you mean gbk";
    assert!(error.to_string().starts_with(start) && !error.to_string().contains(" or "), "{error}");
    for label in ["gbk2", "big-55", "windows-125", "iso-8859", "utf17", "shiftjis2", "euc_krr"] {
        let near = label.parse::<Encoding>().unwrap_err().near;
        assert!(!near.is_empty(), "{label}");
        for (index, name) in near.iter().enumerate() {
            assert_eq!(encoding(name).name(), *name);
            assert!(!near[..index].contains(name), "{label}: {near:?}");
        }
    }
    let error = "nothing-of-the-kind".parse::<Encoding>().unwrap_err();
    assert!(error.to_string().contains("utf-8"), "{error}");
}

#[test]
fn byte_order_marks() {
    let marks: [(&[u8], &str); 6] = [
        (b"\xEF\xBB\xBF", "utf-8"),
        (b"\xFF\xFE", "utf-16le"),
        (b"\xFE\xFF", "utf-16be"),
        (b"\xFF\xFE\0\0", "utf-32le"),
        (b"\0\0\xFE\xFF", "utf-32be"),
        (b"\x84\x31\x95\x33", "gb18030"),
    ];
    for (mark, name) in marks {
        let encoding = encoding(name);
        assert_eq!(encoding.bom(), mark);
        for text in ["", "中文\n", "\u{FEFF}中"] {
            let bytes = [mark, &encode(encoding, text)].concat();
            let found = recognise_bom(&bytes).unwrap();
            assert_eq!((found.encoding, found.len), (encoding, mark.len()), "{name}");
            let expected = (text.to_owned(), None, true, encoding);
            let bytewise: Vec<&[u8]> = bytes.chunks(1).collect();
            assert_eq!(decode(encoding, Malformed::Error, &bytewise), expected);
            let (decoded, error, bom, found, _) = auto_decode(Malformed::Error, &bytewise);
            assert_eq!((decoded, error, bom, found.unwrap()), expected, "{name}");
        }
    }
    assert_eq!(recognise_bom(b"\xEF\xBB"), None);
    assert_eq!(encode_chunks(Encoding::UTF_8, Unmappable::Error, true, &[]).0, b"\xEF\xBB\xBF");
    assert_eq!(encode_chunks(Encoding::BIG5, Unmappable::Error, true, &[]).0, b"");
}

#[test]
fn the_mark_says_the_byte_order() {
    let cases: [(&str, &[u8], &str); 6] = [
        ("utf-16", b"\xFE\xFF\x4E\x2D", "utf-16be"),
        ("utf-16", b"\xFF\xFE\x2D\x4E", "utf-16le"),
        ("utf-16", b"\x2D\x4E", "utf-16"),
        ("utf-32", b"\0\0\xFE\xFF\0\0\x4E\x2D", "utf-32be"),
        ("utf-32", b"\xFF\xFE\0\0\x2D\x4E\0\0", "utf-32le"),
        ("utf-32", b"\x2D\x4E\0\0", "utf-32"),
    ];
    for (label, bytes, resolved) in cases {
        let (text, error, _, found) = decode(encoding(label), Malformed::Error, &[bytes]);
        assert_eq!((text.as_str(), error, found.name()), ("中", None, resolved));
    }
    assert_eq!(encode(Encoding::UTF_16, "中"), b"\xFF\xFE\x2D\x4E");
    assert_eq!(encode(Encoding::UTF_32, "中"), b"\xFF\xFE\0\0\x2D\x4E\0\0");
}

const MALFORMED: &[Broken] = &[
    ("ascii", b"ab\x80c", "ab", 2, false, "ab\u{FFFD}c"),
    ("utf-8", b"a\xFFb", "a", 1, false, "a\u{FFFD}b"),
    ("utf-8", b"\xEF\xBB\xBFa\xFF", "a", 4, false, "a\u{FFFD}"),
    ("utf-8", b"a\xE4\xB8b", "a", 1, false, "a\u{FFFD}b"),
    ("utf-8", b"a\xE4\xE4\xB8\xAD", "a", 1, false, "a\u{FFFD}中"),
    ("utf-8", b"a\xE0\x80\x80", "a", 1, false, "a\u{FFFD}\u{FFFD}\u{FFFD}"),
    ("utf-8", b"a\xED\xA0\x80", "a", 1, false, "a\u{FFFD}\u{FFFD}\u{FFFD}"),
    ("utf-8", b"a\xF0\x9F\x98b", "a", 1, false, "a\u{FFFD}b"),
    ("utf-8", b"a\xF4\x90\x80\x80", "a", 1, false, "a\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
    ("utf-8", b"a\xC0\x80", "a", 1, false, "a\u{FFFD}\u{FFFD}"),
    ("utf-8", b"a\xE4\xB8", "a", 1, true, "a\u{FFFD}"),
    ("utf-8", b"\xEF\xBB", "", 0, true, "\u{FFFD}"),
    ("utf-16le", b"a\0\x00\xD8b\0", "a", 2, false, "a\u{FFFD}b"),
    ("utf-16le", b"a\0\x00\xDCb\0", "a", 2, false, "a\u{FFFD}b"),
    ("utf-16le", b"a\0\x00\xD8\x00\xD8\x00\xDC", "a", 2, false, "a\u{FFFD}\u{10000}"),
    ("utf-16le", b"a\0b", "a", 2, true, "a\u{FFFD}"),
    ("utf-16be", b"\0a\xD8\x00", "a", 2, true, "a\u{FFFD}"),
    ("utf-16", b"\xFE\xFF\0a\xD8\x00\0b", "a", 4, false, "a\u{FFFD}b"),
    ("utf-32le", b"a\0\0\0\0\xD8\0\0b\0\0\0", "a", 4, false, "a\u{FFFD}b"),
    ("utf-32be", b"\0\0\0a\0\x11\0\0\0\0\0b", "a", 4, false, "a\u{FFFD}b"),
    ("utf-32le", b"a\0\0\0b\0\0", "a", 4, true, "a\u{FFFD}"),
    ("gb18030", b"\xD6\xD0\xFF", "中", 2, false, "中\u{FFFD}"),
    ("gb18030", b"\xD6\xD0\x81 ", "中", 2, false, "中\u{FFFD} "),
    ("gb18030", b"a\x81\x30\x81 b", "a", 1, false, "a\u{FFFD}0\u{FFFD} b"),
    ("gb18030", b"\xD6\xD0\xD6", "中", 2, true, "中\u{FFFD}"),
    ("gb18030", b"\xD6\xD0\x81\x30\x81", "中", 2, true, "中\u{FFFD}"),
    ("big5", b"\xA4\xA4\xA4 ", "中", 2, false, "中\u{FFFD} "),
    ("big5", b"\xA4\xA4\xA4", "中", 2, true, "中\u{FFFD}"),
    ("cp950", b"\xA4\xA4\xA4 ", "中", 2, false, "中\u{FFFD} "),
    ("cp950", b"\xA4\xA4\x80a", "中", 2, false, "中\u{FFFD}a"),
    ("cp950", b"\xA4\xA4\xA3\xC0a", "中", 2, false, "中\u{FFFD}a"),
    ("cp950", b"\xA4\xA4\xA3\x80a", "中", 2, false, "中\u{FFFD}a"),
    ("cp950", b"\xA4\xA4\xA4", "中", 2, true, "中\u{FFFD}"),
    ("big5-hkscs", b"\x88\x62\x87\x40\x87\xFF", "Ê\u{304}䏰", 4, false, "Ê\u{304}䏰\u{FFFD}"),
    ("big5-uao", b"\x81\x40\xA4\x1B", "丗", 2, false, "丗\u{FFFD}\x1B"),
    ("big5-uao", b"\x81\x40\xFF\xFE", "丗", 2, false, "丗\u{FFFD}\u{FFFD}"),
    ("big5-uao", b"\x81\x40\x81", "丗", 2, true, "丗\u{FFFD}"),
    ("euc-tw", b"\xC4\xE3\xC4<", "中", 2, false, "中\u{FFFD}<"),
    ("euc-tw", b"\xC4\xE3\x8E<", "中", 2, false, "中\u{FFFD}<"),
    ("euc-tw", b"\xC4\xE3\x8E\xA8\xA1\xA1", "中", 2, false, "中\u{FFFD}　"),
    ("euc-tw", b"\xC4\xE3\x8E\xA2<", "中", 2, false, "中\u{FFFD}<"),
    ("euc-tw", b"\xC4\xE3\x8E\xA2\xA1<", "中", 2, false, "中\u{FFFD}<"),
    ("euc-tw", b"\xC4\xE3\x8E\xA2\xF3\xFE<", "中", 2, false, "中\u{FFFD}<"),
    ("euc-tw", b"\xC4\xE3\x8E\xA2\x80\x81<", "中", 2, false, "中\u{FFFD}\u{FFFD}<"),
    ("euc-tw", b"\xC4\xE3\x8E\xA2\xA1", "中", 2, true, "中\u{FFFD}"),
    ("shift_jis", b"\x82\xA0\x82", "あ", 2, true, "あ\u{FFFD}"),
    ("euc-jp", b"\xA4\xA2\x8F\xA1b", "あ", 2, false, "あ\u{FFFD}b"),
    ("iso-2022-jp", b"a\x1B$zz", "a", 1, false, "a\u{FFFD}$zz"),
    ("iso-2022-jp", b"a\x1B$", "a", 1, true, "a\u{FFFD}$"),
    ("euc-kr", b"\xC7\xD1\xFF", "한", 2, false, "한\u{FFFD}"),
    ("windows-874", b"a\xFF", "a", 1, false, "a\u{FFFD}"),
];

#[test]
fn malformed_bytes_are_told_with_their_offset() {
    MALFORMED.iter().for_each(check_malformed);
}

#[test]
fn errors_say_what_where_and_what_to_do() {
    let (_, error, ..) = decode(Encoding::UTF_8, Malformed::Error, &[b"a\xFF"]);
    assert_eq!(
        error.unwrap().to_string(),
        "malformed utf-8 at byte 1; name the right encoding, or ask for replacement"
    );
    let (_, error) = encode_chunks(Encoding::BIG5, Unmappable::Error, false, &["中\n没有"]);
    assert_eq!(
        error.unwrap().to_string(),
        "big5 lacks 1 character of the text: 没 (U+6CA1) at line 2, column 1; \
         choose another encoding, or a substitute for such characters"
    );
    let text = "中简\u{9B}\n没\u{202E}\u{FE0F}一";
    let (_, error) = encode_chunks(Encoding::BIG5, Unmappable::Error, false, &[text]);
    assert_eq!(
        error.unwrap().to_string(),
        "big5 lacks 5 characters of the text: 简 (U+7B80) at line 1, column 2; U+009B at 1:3; \
         没 (U+6CA1) at 2:1; U+202E at 2:2; U+FE0F at 2:3; \
         choose another encoding, or a substitute for such characters"
    );
    let text: String = ('\u{20000}'..'\u{20020}').collect();
    let (_, error) = encode_chunks(Encoding::BIG5, Unmappable::Error, false, &[&text]);
    let error = error.unwrap().to_string();
    assert!(error.starts_with("big5 lacks more than 10 characters of the text: "), "{error}");
    assert!(error.contains(" at 1:10; and others; choose another"), "{error}");
}

#[test]
fn an_error_stays_and_a_finished_coder_begins_anew() {
    let mut text = String::new();
    let mut decoder = Decoder::new(Encoding::UTF_8, Malformed::Error);
    let error = decoder.decode(b"\xFF", &mut text).unwrap_err();
    assert_eq!(decoder.decode(b"a", &mut text), Err(error.clone()));
    assert_eq!(decoder.finish(&mut text), Err(error));
    assert_eq!(text, "");

    let mut named = AutoDecoder::from(Decoder::new(Encoding::UTF_8, Malformed::Error));
    let mut auto = AutoDecoder::new(Malformed::Error);
    for bytes in [&b"\xEF\xBB\xBF\xE4\xB8\xAD"[..], b"\xE4\xB8\xADb"] {
        for decoder in [&mut named, &mut auto] {
            let mut text = String::new();
            decoder.decode(bytes, &mut text).unwrap();
            decoder.finish(&mut text).unwrap();
            assert!(text.starts_with('中'));
            assert_eq!(decoder.bom(), bytes.len() == 6);
            assert_eq!(decoder.encoding(), Some(Encoding::UTF_8));
        }
    }

    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(Encoding::ASCII, Unmappable::Error, false);
    let error = encoder.encode("中", &mut bytes).unwrap_err();
    assert_eq!(encoder.encode("a", &mut bytes), Err(error.clone()));
    assert_eq!(encoder.finish(&mut bytes), Err(error.clone()));
    assert_eq!(encoder.finish(&mut bytes), Err(error));
    let mut encoder = Encoder::new(Encoding::ISO_2022_JP, Unmappable::Error, false);
    for _ in 0..2 {
        encoder.encode("中", &mut bytes).unwrap();
        encoder.finish(&mut bytes).unwrap();
    }
    assert_eq!(bytes, b"\x1B$BCf\x1B(B\x1B$BCf\x1B(B");
}

#[test]
fn unmappable_characters() {
    let cases: [Unmapped; 8] = [
        ("ascii", "a\u{5187}", '冇', b"a", b"a&#x5187;", b"a?"),
        ("gbk", "中𠮷b", '𠮷', b"\xD6\xD0", b"\xD6\xD0&#x20BB7;b", b"\xD6\xD0\xA1\xFEb"),
        ("big5", "中简", '简', b"\xA4\xA4", b"\xA4\xA4&#x7B80;", b"\xA4\xA4?"),
        ("shift_jis", "¥5", '¥', b"", b"&#xA5;5", b"\x81\xAC5"),
        ("euc-kr", "한头", '头', b"\xC7\xD1", b"\xC7\xD1&#x5934;", b"\xC7\xD1\xA1\xEB"),
        ("windows-1252", "é中", '中', b"\xE9", b"\xE9&#x4E2D;", b"\xE9?"),
        ("iso-2022-jp", "a\x1Bb", '\x1B', b"a", b"a&#x1B;b", b"a\x1B$B\".\x1B(Bb"),
        (
            "iso-2022-jp",
            "中头中",
            '头',
            b"\x1B$BCf\x1B(B",
            b"\x1B$BCf\x1B(B&#x5934;\x1B$BCf\x1B(B",
            b"\x1B$BCf\x1B$B\".Cf\x1B(B",
        ),
    ];
    cases.into_iter().for_each(check_unmappable);
}

/// Where the text in `chunks` has characters that GBK lacks: character, line, column and offset.
fn missing(chunks: &[&str]) -> (Vec<(char, u64, u64, u64)>, bool) {
    let (_, error) = encode_chunks(Encoding::GBK, Unmappable::Error, false, chunks);
    let Some(EncodeError::Unmappable { missing, .. }) = error else {
        panic!("{chunks:?}: {error:?}");
    };
    let place = |one: &MissingCharacter| (one.character, one.line, one.column, one.offset);
    (missing.first.iter().map(place).collect(), missing.others)
}

#[test]
fn unmappable_characters_are_told_with_their_first_places() {
    type Places<'a> = &'a [(char, u64, u64, u64)];
    let cases: [(&[&str], Places<'_>); 8] = [
        (&["𠮷"], &[('𠮷', 1, 1, 0)]),
        (&["中文𠮷"], &[('𠮷', 1, 3, 2)]),
        (&["中文", "", "中", "𠮷"], &[('𠮷', 1, 4, 3)]),
        (&["中文\r\n", "中𠮷"], &[('𠮷', 2, 2, 5)]),
        (&["一\n\n二", "\n三", "四𠮷"], &[('𠮷', 4, 3, 7)]),
        (&["一\n", "𠮷\n𠮷"], &[('𠮷', 2, 1, 2)]),
        (&["𠮷中\n𠀀𠮷", "中\r\n𠀁"], &[('𠮷', 1, 1, 0), ('𠀀', 2, 1, 3), ('𠀁', 3, 1, 8)]),
        (&["𠀀𠀁", "𠀀", "𠀀𠀁"], &[('𠀀', 1, 1, 0), ('𠀁', 1, 2, 1)]),
    ];
    for (chunks, places) in cases {
        assert_eq!(missing(chunks), (places.to_vec(), false), "{chunks:?}");
    }
}

#[test]
fn ten_unmappable_characters_are_told() {
    let text = "𠀀𠀁𠀂𠀃𠀄𠀅𠀆𠀇𠀈𠀉";
    let places: Vec<_> = text.chars().zip(0..).map(|(c, at)| (c, 1, at + 1, at)).collect();
    assert_eq!(missing(&[text, text]), (places.clone(), false));
    assert_eq!(missing(&[text, text, "\u{20010}", "\u{20011}"]), (places, true));
}

#[test]
fn nothing_is_written_behind_an_unmappable_character() {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(Encoding::GBK, Unmappable::Error, true);
    assert!(encoder.encode("a𠮷b", &mut bytes).is_err());
    assert!(encoder.encode("c", &mut bytes).is_err());
    assert!(encoder.finish(&mut bytes).is_err());
    assert_eq!(bytes, b"a");
    // Out of one character set and into another again.
    for (label, before) in [("iso-2022-jp", b"\x1B$BF|\x1B(B".as_slice()), ("hz-gb-2312", b"~{HU")]
    {
        for chunks in [&["日你們日¥日𠮷日"][..], &["日", "你們日", "¥日𠮷", "", "日"]]
        {
            let (bytes, error) = encode_chunks(encoding(label), Unmappable::Error, false, chunks);
            assert!(bytes.starts_with(before) && error.is_some(), "{label}: {bytes:x?}");
        }
    }
}

#[test]
fn detection_by_content() {
    let long = |text: &str| text.repeat(4);
    let cases: [(&str, String); 14] = [
        ("ascii", String::new()),
        ("ascii", "plain\n".to_owned()),
        ("utf-8", long(SIMPLIFIED)),
        ("gb18030", long(SIMPLIFIED)),
        ("hz-gb-2312", SIMPLIFIED.to_owned()),
        ("iso-2022-cn", TRADITIONAL.to_owned()),
        ("big5", long(TRADITIONAL)),
        ("shift_jis", long(JAPANESE)),
        ("euc-jp", long(JAPANESE)),
        ("iso-2022-jp", long(JAPANESE)),
        ("euc-kr", long(KOREAN)),
        ("windows-1251", long("Русский текст в кодировке Windows.\n")),
        ("windows-1252", long("Füße, ça, señor, déjà vu.\n")),
        ("utf-8", "中".to_owned()),
    ];
    for (name, text) in cases {
        let bytes = encode(encoding(name), &text);
        let detection = detect(&bytes);
        assert_eq!(detection.encoding.name(), name, "{text}");
        assert!(!detection.bom && !detection.binary);
        let (decoded, error, ..) = auto_decode(Malformed::Error, &[&bytes]);
        assert_eq!((decoded, error), (text, None));
    }
}

#[test]
fn detection_of_utf_16_and_utf_32_without_a_mark() {
    for name in ["utf-16le", "utf-16be", "utf-32le", "utf-32be"] {
        for text in ["text\n", "一\n二\n三\n", SIMPLIFIED, &SIMPLIFIED.repeat(4000)] {
            let bytes = encode(encoding(name), text);
            let detection = detect(&bytes);
            assert_eq!((detection.encoding.name(), detection.binary), (name, false), "{text:.20}");
            let (decoded, error, ..) = auto_decode(Malformed::Error, &[&bytes]);
            assert!((decoded.as_str(), error) == (text, None), "{name} {text:.20}");
        }
    }
}

#[test]
fn nul_bytes_make_no_utf_16_of_other_text() {
    let cases: [(&[u8], &str); 6] = [
        (b"abc\0def\n", "ascii"),
        (b"a.txt\0b.txt\0", "ascii"),
        (b"\0", "ascii"),
        (b"\0\0\0\0\0\0\0\0", "ascii"),
        ("中文\0中文".as_bytes(), "utf-8"),
        (b"\xD6\xD0\xB9\xFA\xC8\xCB\xC3\xF1\0\xBC\xF2\xCC\xE5\xD6\xD0\xCE\xC4", "gb18030"),
    ];
    for (bytes, name) in cases {
        let detection = detect(bytes);
        assert_eq!((detection.encoding.name(), detection.binary), (name, true), "{bytes:x?}");
        let (text, ..) = auto_decode(Malformed::Error, &[bytes]);
        assert!(text.contains('\0'));
    }
}

/// Samples of a sound, a table of offsets and machine code: numbers, in which UTF-16 finds no fault.
#[test]
fn numbers_are_no_utf_16() {
    let cases: [&[u8]; 3] = [
        b"\x12\x00\x9C\xFF\x34\x01\x76\xFE\x40\x02\x18\xFD\x51\x03\x00\x00",
        b"\x04\xA1\x00\x00\x10\xA3\x00\x00\x2C\xA8\x00\x00\x60\xAB\x00\x00",
        b"\x83\x7D\xF4\x00\x74\x0A\x8B\x45\xF0\x89\x04\x24\xE8\x1F\x00\x00",
    ];
    for bytes in cases {
        assert!(detect(bytes).binary, "{bytes:x?}");
    }
}

/// However long the ASCII, and with colours and NUL bytes in it.
#[test]
fn an_ascii_head_passes_and_does_not_count() {
    let heads = ["let x = 1;\n", "\x1B[31mred\x1B[0m\n", "nul \0 byte\n"];
    for head in heads.map(|line| line.repeat(200_000 / line.len())) {
        for (name, text) in [("gb18030", SIMPLIFIED), ("utf-8", SIMPLIFIED), ("big5", TRADITIONAL)]
        {
            let text = head.clone() + text;
            let bytes = encode(encoding(name), &text);
            let chunks: Vec<&[u8]> = bytes.chunks(7001).collect();
            let (decoded, error, _, found, _) = auto_decode(Malformed::Error, &chunks);
            assert_eq!(found.map(Encoding::name), Some(name), "{head:.20}");
            assert!((decoded, error) == (text, None), "{name} {head:.20}");
        }
    }
}

#[test]
fn plain_ascii_passes_at_once_and_the_window_is_bounded() {
    let mut text = String::new();
    let mut decoder = AutoDecoder::new(Malformed::Error);
    decoder.decode(&[b'a'; 64], &mut text).unwrap();
    assert_eq!(text.len(), 64);
    let chinese = "中".repeat(30_000);
    decoder.decode(chinese.as_bytes(), &mut text).unwrap();
    assert_eq!(text.len(), 64 + chinese.len());
    assert_eq!(decoder.encoding(), Some(Encoding::UTF_8));
}

#[test]
fn a_bad_byte_behind_the_window_is_malformed() {
    let bytes = [b"head ".repeat(50), "中".repeat(30_000).into_bytes(), b"\xFF".to_vec()].concat();
    let (_, error, _, found, _) = auto_decode(Malformed::Error, &[&bytes]);
    assert_eq!(found, Some(Encoding::UTF_8));
    assert_eq!(error.unwrap().offset(), 250 + 90_000);
}

#[test]
fn one_bad_byte_does_not_make_another_encoding_of_utf_8() {
    let bytes = [SIMPLIFIED.repeat(10).as_bytes(), b"\xFF", SIMPLIFIED.as_bytes()].concat();
    assert_eq!(detect(&bytes).encoding, Encoding::UTF_8);
    let (_, error, ..) = auto_decode(Malformed::Error, &[&bytes]);
    assert_eq!(error.unwrap().offset(), 10 * SIMPLIFIED.len() as u64);
}

/// Short text in UTF-8 with something bad in it, and where that is.
const DAMAGED: [(&[u8], u64); 12] = [
    (b"\xE5\xA4\xB4\xFF\xE5\x8F\x91abc", 3),
    (b"\xE5\xA4\xB4\xE5\x8F\x91\xFF\n", 6),
    (b"\xFF\xE5\xA4\xB4", 0),
    (b"a\xE5\xA4\xB4\xFF", 4),
    (b"\xE4\xB8\xAD\xE5\xFF\xA4\xB4", 3),
    (b"\xF0\xA0\xAE\xB7\xFF", 4),
    (b"\xF0\x9F\x98\x80\xFF", 4),
    (b"caf\xC3\xA9 \xE5\xA4\xB4\xFF", 9),
    // A surrogate.
    (b"\xED\xBF\xBF, \xE4\xB8\xAD", 0),
    // Characters cut at the end.
    (b"\xE5\xA4\xB4\xE5\x8F", 3),
    (b"\xE5\xA4\xB4\xE5", 3),
    (b"\xE5\xA4\xB4\xFF\xE5\x8F", 3),
];

#[test]
fn short_damaged_utf_8_is_utf_8() {
    for (bytes, offset) in DAMAGED {
        assert_eq!(detect(bytes).encoding, Encoding::UTF_8, "{bytes:x?}");
        for cut in 0..=bytes.len() {
            let chunks = [&bytes[..cut], &bytes[cut..]];
            let (_, error, _, found, _) = auto_decode(Malformed::Error, &chunks);
            assert_eq!(found, Some(Encoding::UTF_8), "{bytes:x?}");
            assert_eq!(error.map(|error| error.offset()), Some(offset), "{bytes:x?}");
        }
    }
}

#[test]
fn short_text_of_one_byte_a_character_is_no_damaged_utf_8() {
    let cases = [
        ("windows-1252", "café"),
        ("windows-1252", "naïve"),
        ("windows-1252", "Ünïcödé"),
        ("windows-1252", "smörgåsbord"),
        ("windows-1252", "“café”… und “Cliché”—"),
        ("windows-1252", "“café”…"),
        ("windows-1252", "« déjà vu, café\u{A0}»"),
        ("windows-1250", "všech lidí\u{A0}– a"),
        ("windows-1251", "«Привет»… №\u{A0}1"),
        ("windows-1251", "Море\u{A0}— это"),
        ("windows-1251", "Море\u{A0}—"),
        ("koi8-r", "Привет, мир"),
        ("windows-874", "ไปบ้าน"),
        ("windows-874", "ในบ้านไปบ่อย"),
        ("windows-1253", "Καλημέρα"),
        ("windows-1255", "שלום"),
        ("windows-1256", "سلام، گچ"),
    ];
    for (name, text) in cases {
        let bytes = encode(encoding(name), text);
        let found = detect(&bytes).encoding.name();
        assert!(!matches!(found, "utf-8" | "gb18030" | "big5"), "{name} {text}: {found}");
    }
    for word in ["café", "naïve", "Ünïcödé", "smörgåsbord"] {
        let found = detect(&encode(Encoding::WINDOWS_1252, word)).encoding.name();
        assert!(found.starts_with("windows-125") || found.starts_with("iso-8859-"), "{found}");
    }
}

const WORDS: &str = "中国 中文 人民 头发 发展 网络 软件 程序 信息 数据 问题 时间 学习 工作 朋友 老师 \
    银行 医院 公司 汽车 电话 手机 电脑 咖啡 面条 干净 后来 里面 台湾 香港 北京 上海 语言 汉字 \
    简体 明天 今天 东西 喜欢 谢谢 你好 再见 联通 计算机 中华人民 一心一意 自言自语 改革开放 \
    经济发展 高等教育 中國 頭髮 發展 網路 軟體 程式 資訊 問題 時間 學習 銀行 醫院 電話 電腦 \
    麵條 乾淨 後來 裡面 臺灣 語言 漢字 簡體 東西 喜歡 謝謝 陳昇 一心一意 自言自語 改革開放 \
    經濟發展 高等教育 中華民國 人工智慧 漢字文化";

/// Those that `chardetng` knows, but for those that are valid as UTF-8.
#[test]
fn short_words_of_other_encodings_are_no_damaged_utf_8() {
    let mut seen = 0;
    for word in WORDS.split_whitespace() {
        for name in ["gb18030", "gbk", "big5", "shift_jis", "euc-jp", "euc-kr"] {
            let (bytes, error) =
                encode_chunks(encoding(name), Unmappable::Error, false, &[word, "\n"]);
            let mut guess = EncodingDetector::new(Iso2022JpDetection::Deny);
            guess.feed(&bytes, true);
            let guess = guess.guess(None, Utf8Detection::Deny);
            let valid = std::str::from_utf8(&bytes).is_ok();
            if error.is_some() || valid || guess.is_single_byte() {
                continue;
            }
            seen += 1;
            assert_ne!(detect(&bytes).encoding, Encoding::UTF_8, "{name} {word}");
        }
    }
    assert!(seen > 250, "{seen}");
}

#[test]
fn a_line_of_utf_8_comes_out_at_once() {
    for lines in ["中文\n", "abc\n\n<p>网\r\n"] {
        let mut text = String::new();
        let mut decoder = AutoDecoder::new(Malformed::Error);
        decoder.decode(lines.as_bytes(), &mut text).unwrap();
        assert_eq!((text.as_str(), decoder.encoding()), (lines, Some(Encoding::UTF_8)));
    }
    // What is a line of GBK, too, does not decide.
    let mut decoder = AutoDecoder::new(Malformed::Error);
    for name in ["联通\n", "陳昇\n"] {
        decoder.decode(&encode(Encoding::GBK, name), &mut String::new()).unwrap();
    }
    assert_eq!(decoder.encoding(), None);
}

#[test]
fn the_encoder_follows_a_detection() {
    let input = [b"<p>".repeat(100), encode(Encoding::GB18030, SIMPLIFIED)].concat();
    let mut decoder = AutoDecoder::new(Malformed::Error);
    let mut encoder = Encoder::new(Encoding::ASCII, Unmappable::Error, false);
    let mut output = Vec::new();
    for chunk in input.chunks(100) {
        let mut text = String::new();
        decoder.decode(chunk, &mut text).unwrap();
        encoder.encode(&text, &mut output).unwrap();
    }
    let mut text = String::new();
    decoder.finish(&mut text).unwrap();
    encoder.switch_to(decoder.encoding().unwrap());
    encoder.encode(&text, &mut output).unwrap();
    encoder.finish(&mut output).unwrap();
    assert_eq!(output, input);
}

fn any_encoding() -> impl Strategy<Value = Encoding> {
    proptest::sample::select(Encoding::all())
}

/// Bytes that get far in multi-byte encodings: random ones, lead and trail bytes, escapes, marks.
fn any_bytes() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        3 => proptest::collection::vec(any::<u8>(), 1..5),
        3 => proptest::collection::vec(0x81u8..=0xFE, 1..7),
        1 => proptest::collection::vec(0x20u8..0x7F, 1..80),
        1 => proptest::sample::select(vec![
            b"\x1B$B".to_vec(), b"\x1B(B".to_vec(), b"\x1B(J".to_vec(), b"\x1B$".to_vec(),
            b"~{".to_vec(), b"~}".to_vec(), b"\x1B$)A".to_vec(), b"\x0E".to_vec(), b"\n".to_vec(),
            b"\xFF\xFE".to_vec(), b"\xFE\xFF".to_vec(), b"\xEF\xBB\xBF".to_vec(), b"\0".to_vec(),
            b"\x84\x31\x95\x33".to_vec(), b"\x00\xD8".to_vec(), b"a\0b\0".to_vec(),
            b"\x88\x62".to_vec(), b"\x8E\xA2\xA1\xA1".to_vec(), b"\x8E\xAF".to_vec(),
            "中文".as_bytes().to_vec(), "😀".as_bytes().to_vec(),
        ]),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn any_text() -> impl Strategy<Value = String> {
    let pieces = vec![
        SIMPLIFIED,
        TRADITIONAL,
        JAPANESE,
        KOREAN,
        "é",
        "¥",
        "𠮷",
        "\n",
        "ascii",
        "一",
        "Ê",
        "\u{30C}",
    ];
    proptest::collection::vec(proptest::sample::select(pieces), 0..6).prop_map(|text| text.concat())
}

/// Inputs longer than the detector's window, with what it stumbles over in any place.
fn long_bytes() -> impl Strategy<Value = Vec<u8>> {
    let pieces = [
        &b"plain ASCII\n"[..],
        b"~/notes ",
        b"~{VPND~}",
        b"\x1B[0m",
        b"\0",
        b"\xD6\xD0",
        b"\xFF",
        b"\x1B$BCf\x1B(B",
    ]
    .map(<[u8]>::to_vec);
    let piece = proptest::sample::select([&pieces[..], &["中".into()]].concat());
    let run = (piece, 1usize..30_000).prop_map(|(piece, len)| piece.repeat(len / piece.len() + 1));
    proptest::collection::vec(run, 1..8).prop_map(|runs| runs.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn the_window_does_not_depend_on_chunks(bytes in long_bytes(), cuts in cuts()) {
        let whole = auto_decode(Malformed::Replace, &[&bytes]);
        prop_assert!(auto_decode(Malformed::Replace, &chunks(&bytes, &cuts)) == whole);
        let small: Vec<&[u8]> = bytes.chunks(61).collect();
        prop_assert!(auto_decode(Malformed::Replace, &small) == whole);
        prop_assert!(whole.1.is_none());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn decoding_does_not_depend_on_chunks(
        encoding in any_encoding(),
        bytes in any_bytes(),
        cuts in cuts(),
        replace in any::<bool>(),
    ) {
        let malformed = if replace { Malformed::Replace } else { Malformed::Error };
        let whole = decode(encoding, malformed, &[&bytes]);
        prop_assert_eq!(&decode(encoding, malformed, &chunks(&bytes, &cuts)), &whole);
        let bytewise: Vec<&[u8]> = bytes.chunks(1).collect();
        prop_assert_eq!(&decode(encoding, malformed, &bytewise), &whole);
        prop_assert!(!replace || whole.1.is_none());
    }

    #[test]
    fn auto_decoding_does_not_depend_on_chunks(bytes in any_bytes(), cuts in cuts()) {
        for malformed in [Malformed::Error, Malformed::Replace] {
            let whole = auto_decode(malformed, &[&bytes]);
            prop_assert_eq!(&auto_decode(malformed, &chunks(&bytes, &cuts)), &whole);
            let bytewise: Vec<&[u8]> = bytes.chunks(1).collect();
            prop_assert_eq!(&auto_decode(malformed, &bytewise), &whole);
            prop_assert_eq!(detect(&bytes), whole.4.unwrap());
        }
    }

    #[test]
    fn encoding_does_not_depend_on_chunks(
        encoding in any_encoding(),
        text in any_text(),
        bom in any::<bool>(),
    ) {
        for unmappable in [Unmappable::Error, Unmappable::Entity, Unmappable::Geta] {
            let whole = encode_chunks(encoding, unmappable, bom, &[&text]);
            let characters: Vec<&str> = text.split_inclusive(|_| true).collect();
            prop_assert_eq!(&encode_chunks(encoding, unmappable, bom, &characters), &whole);
            prop_assert!(unmappable == Unmappable::Error || whole.1.is_none());
        }
    }

    #[test]
    fn utf_8_decodes_as_the_standard_library_does(bytes in any_bytes(), cuts in cuts()) {
        let (text, _, bom, _) = decode(Encoding::UTF_8, Malformed::Replace, &chunks(&bytes, &cuts));
        let rest = if bom { &bytes[3..] } else { &bytes[..] };
        prop_assert_eq!(text, String::from_utf8_lossy(rest));
        let (_, error, ..) = decode(Encoding::UTF_8, Malformed::Error, &chunks(&bytes, &cuts));
        let expected = std::str::from_utf8(&bytes).err().map(|error| error.valid_up_to() as u64);
        prop_assert_eq!(error.map(|error| error.offset()), expected);
    }

    #[test]
    fn text_survives_every_unicode_encoding(text in any::<String>(), cuts in cuts()) {
        for &encoding in Encoding::all().iter().filter(|encoding| encoding.is_unicode()) {
            let (bytes, _) = encode_chunks(encoding, Unmappable::Error, true, &[&text]);
            let (decoded, error, ..) = decode(encoding, Malformed::Error, &chunks(&bytes, &cuts));
            prop_assert_eq!((decoded.as_str(), error), (text.as_str(), None));
        }
    }
}
