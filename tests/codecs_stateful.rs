//! HZ-GB-2312 and ISO-2022-CN: every character there and back, every cut, what other programs
//! wrote, and what is malformed, with its offset.
#![cfg(feature = "encoding")]

#[path = "support/codecs.rs"]
mod codecs;

use codecs::{
    Broken, Unmapped, check_malformed, check_unmappable, chunks, cuts, decode, decode_cut, encode,
    encode_chunks, encoding,
};
use jianfan::encoding::{Encoding, Malformed, Unmappable};
use proptest::prelude::*;

const BOTH: [Encoding; 2] = [Encoding::HZ_GB_2312, Encoding::ISO_2022_CN];

/// The characters that the pairs behind a prefix stand for, each on a line of its own.
fn characters(encoding: Encoding, prefix: &[u8]) -> Vec<char> {
    let pairs = (0x21..=0x7E).flat_map(|row| (0x21..=0x7E).map(move |cell| [row, cell, b'\n']));
    let bytes: Vec<u8> = pairs.flat_map(|pair| [prefix, &pair].concat()).collect();
    let (text, error, ..) = decode(encoding, Malformed::Replace, &[&bytes]);
    assert_eq!(error, None);
    let lines = text.lines().filter_map(|line| line.parse().ok());
    let is_found = |it: &char| *it != char::REPLACEMENT_CHARACTER && !it.is_ascii();
    lines.filter(is_found).collect()
}

#[test]
fn every_character_is_read_back() {
    let gb2312 = characters(Encoding::HZ_GB_2312, b"~{");
    assert!(gb2312 == characters(Encoding::ISO_2022_CN, b"\x1B$)A\x0E"));
    let first = characters(Encoding::ISO_2022_CN, b"\x1B$)G\x0E");
    let second = characters(Encoding::ISO_2022_CN, b"\x1B$*H\x1BN");
    assert_eq!([gb2312.len(), first.len(), second.len()], [7445, 5867, 7650]);

    for (encoding, sets) in [(BOTH[0], &[&gb2312[..]][..]), (BOTH[1], &[&gb2312, &first, &second])]
    {
        let text = String::from_iter(sets.concat());
        for text in [text.clone(), text.chars().flat_map(|it| [it, '\n']).collect()] {
            let bytes = encode(encoding, &text);
            assert!(bytes.is_ascii());
            let (decoded, error, ..) = decode(encoding, Malformed::Error, &[&bytes]);
            assert!((decoded, error) == (text, None), "{encoding}");
        }
    }
}

/// As many as glibc's `ISO-2022-CN-EXT` reads.
#[test]
fn the_planes_that_ext_adds_are_read_but_not_written() {
    for (letter, count) in [(b'I', 6394), (b'J', 7286), (b'K', 8601), (b'L', 6386), (b'M', 6537)] {
        let prefix = [b"\x1B$+", &[letter][..], b"\x1BO"].concat();
        let characters = characters(Encoding::ISO_2022_CN, &prefix);
        assert_eq!(characters.len(), count);
        let text = String::from_iter(characters);
        let (bytes, _) = encode_chunks(Encoding::ISO_2022_CN, Unmappable::Entity, false, &[&text]);
        assert!(!bytes.windows(3).any(|three| three == b"\x1B$+"));
    }
}

/// As `text.encode("hz")` of Python 3.11 writes them, which has `・―` for `·—`.
const HZ: [(&str, &[u8]); 8] = [
    ("中", b"~{VP~}"),
    ("中文\n", b"~{VPND~}\n"),
    ("己所不欲，勿施于人。\n", b"~{<:Ky2;S{#,NpJ)SZHK!#~}\n"),
    ("波浪 ~ 和 ~{ 与 ~}\r\n", b"~{2(@K~} ~~ ~{:M~} ~~{ ~{Sk~} ~~}\r\n"),
    ("网络a软件b\n\n头发", b"~{MxBg~}a~{Hm<~~}b\n\n~{M77\"~}"),
    ("αβγ，ひらがな，カタカナ，Ⅻ①㈠〓", b"~{&A&B&C#,$R$i$,$J#,%+%?%+%J#,\"|\"Y\"e!~~}"),
    ("齄啊座亍", b"~{w~0!WyX!~}"),
    ("·—", b"~{!$!*~}"),
];

/// As `iconv -t ISO-2022-CN` of glibc 2.36 writes them, which has `・―` for `·—`.
const CN: [(&str, &[u8]); 5] = [
    ("中", b"\x1B$)A\x0EVP\x0F"),
    ("中文\n中文", b"\x1B$)A\x0EVPND\x0F\n\x1B$)A\x0EVPND\x0F"),
    ("中 ~文\r中", b"\x1B$)A\x0EVP\x0F ~\x0END\x0F\r\x0EVP\x0F"),
    ("臺灣中文", b"\x1B$)G\x0EjW}$DcEF\x0F"),
    ("ㄅㄆ·—", b"\x1B$)A\x0E(E(F!$!*\x0F"),
];

#[test]
fn what_is_written_is_what_others_write() {
    let hz = HZ.map(|(text, bytes)| (Encoding::HZ_GB_2312, text, bytes));
    let cn = CN.map(|(text, bytes)| (Encoding::ISO_2022_CN, text, bytes));
    for (encoding, text, bytes) in hz.into_iter().chain(cn) {
        assert_eq!(encode(encoding, text), bytes, "{text}");
        assert_eq!(decode_cut(encoding, bytes), (text.to_owned(), None, text.to_owned()));
    }
}

/// glibc's `iconv -t ISO-2022-CN` names a set among pairs, and writes no SO behind a single shift
/// at the beginning of a line. Its `iconv -f` can't read the one, and nobody the other.
#[test]
fn sets_change_in_ascii() {
    let text = "台灣乂a\n乂台";
    let glibc = b"\x1B$)A\x0EL(\x1B$)G}$\x1B$*H\x1BN!!\x0Fa\n\x1B$*H\x1BN!!\x1B$)AL(\x0F";
    let read = "台灣乂a\n乂L(".to_owned();
    assert_eq!(decode_cut(Encoding::ISO_2022_CN, glibc), (read.clone(), None, read));
    let ours = b"\x1B$)A\x0EL(\x0F\x1B$)G\x0E}$\x1B$*H\x1BN!!\x0Fa\n\
        \x1B$*H\x1BN!!\x1B$)A\x0EL(\x0F";
    assert_eq!(encode(Encoding::ISO_2022_CN, text), ours);
    assert_eq!(decode_cut(Encoding::ISO_2022_CN, ours).0, text);
}

/// Beside or against the letter of the RFCs, but plain in what it means.
const TOLERATED: [(&str, &[u8], &str); 20] = [
    (
        "hz",
        b"The next sentence is in GB.~{<:Ky2;S{#,NpJ)l6HK!#~}Bye.\n",
        "The next sentence is in GB.己所不欲，勿施於人。Bye.\n",
    ),
    ("hz", b"~{VP\nND~}", "中\nND"),
    ("hz", b"~{VP\r\n~{ND~}", "中\r\n文"),
    ("hz", b"~{VP ND\t~}", "中 文\t"),
    ("hz", b"~{VP~{ND~}~}a", "中文a"),
    ("hz", b"a~\nb~\r\nc", "abc"),
    ("hz", b"~{VP~\nND~}", "中文"),
    ("hz", b"~{VP~~ND~}", "中~文"),
    ("hz", b"~{~}\0\x1B[0m", "\0\x1B[0m"),
    ("hz", b"~{VP", "中"),
    ("hz", b"~{<~", "件"),
    ("iso-2022-cn", b"\x1B$)A\x0EVP\nND", "中\nND"),
    ("iso-2022-cn", b"\x1B$)A\x0EVP\r\n\x1B$)A\x0END\x0F", "中\r\n文"),
    ("iso-2022-cn", b"\x1B$)A\x0EVP ND\t\x0F", "中 文\t"),
    ("iso-2022-cn", b"\x1B$)A\x0E\x0EVP\x0F\x0Fa", "中a"),
    ("iso-2022-cn", b"\x1B$)A\x0EVP\x1B$)GjW\x1B$)AND\x0F", "中臺文"),
    ("iso-2022-cn", b"\x1B$*H\x1B$)A\x0EVP\x1BN!!ND\x0F", "中乂文"),
    ("iso-2022-cn", b"\x1B$*H\x1BN!!a", "乂a"),
    // As `iconv -t ISO-2022-CN-EXT` of glibc writes it.
    ("iso-2022-cn-ext", b"\x1B$+I\x1BOb8\x1B$+L\x1BO!0\x1B$+K\x1BO!%", "鸜㐄𠀀"),
    ("iso-2022-cn", b"\x1B$)A\x1B$)G\0~{", "\0~{"),
];

#[test]
fn what_is_not_by_the_letter_but_plain_is_read() {
    for (label, bytes, text) in TOLERATED {
        let expected = (text.to_owned(), None, text.to_owned());
        assert_eq!(decode_cut(encoding(label), bytes), expected, "{bytes:x?}");
    }
}

const MALFORMED: [Broken; 32] = [
    ("hz", b"ab\xD6\xD0~{VP~}", "ab", 2, false, "ab\u{FFFD}\u{FFFD}中"),
    ("hz", b"a~b", "a", 1, false, "a\u{FFFD}b"),
    ("hz", b"a~\rb", "a", 1, false, "a\u{FFFD}\rb"),
    ("hz", b"a~", "a", 1, true, "a\u{FFFD}"),
    ("hz", b"a~\r", "a", 1, true, "a\u{FFFD}\r"),
    ("hz", b"~{VPN", "中", 4, true, "中\u{FFFD}"),
    ("hz", b"~{VPN\nabc", "中", 4, false, "中\u{FFFD}\nabc"),
    ("hz", b"~{VP\x80ND~}", "中", 4, false, "中\u{FFFD}文"),
    ("hz", b"~{VPN\x80ND~}", "中", 4, false, "中\u{FFFD}\u{FFFD}文"),
    ("hz", b"~{x!VP~}", "", 2, false, "\u{FFFD}中"),
    ("hz", b"~{)}VP~}", "", 2, false, "\u{FFFD}中"),
    // A byte was lost before the tilde, or the tilde.
    ("hz", b"~{VPN~} abc", "中牺", 6, false, "中牺\u{FFFD} abc"),
    ("hz", b"~{VP} abc", "中", 4, false, "中\u{FFFD} abc"),
    ("iso-2022-cn", b"a\x1B[0mb", "a", 1, false, "a\u{FFFD}[0mb"),
    ("iso-2022-cn", b"a\x1B", "a", 1, true, "a\u{FFFD}"),
    ("iso-2022-cn", b"a\x1B$)", "a", 1, true, "a\u{FFFD}$)"),
    ("iso-2022-cn", b"a\x1B$)Bc", "a", 1, false, "a\u{FFFD}$)Bc"),
    ("iso-2022-cn", b"a\x1B\x1B$)A\x0EVP", "a", 1, false, "a\u{FFFD}中"),
    ("iso-2022-cn", b"a\x1B$\x1B$)A\x0EVP", "a", 1, false, "a\u{FFFD}$中"),
    ("iso-2022-cn", b"a\x0EVP\x0Fb", "a", 1, false, "a\u{FFFD}VPb"),
    ("iso-2022-cn", b"\x1B$)A\x0EVP\n\x0EVP", "中\n", 8, false, "中\n\u{FFFD}VP"),
    ("iso-2022-cn", b"\x1B$)A\x0EVPN\x0Fabc", "中", 7, false, "中\u{FFFD}abc"),
    ("iso-2022-cn", b"\x1B$)A\x0EVPN", "中", 7, true, "中\u{FFFD}"),
    ("iso-2022-cn", b"\x1B$)A\x0EVP\xCE\xC4\x0F", "中", 7, false, "中\u{FFFD}\u{FFFD}"),
    ("iso-2022-cn", b"\x1B$)A\x0E~~VP\x0F", "", 5, false, "\u{FFFD}中"),
    ("iso-2022-cn", b"a\x1BN!!b", "a", 1, false, "a\u{FFFD}N!!b"),
    ("iso-2022-cn", b"\x1B$*H\x1BN!", "", 4, true, "\u{FFFD}"),
    ("iso-2022-cn", b"\x1B$*H\x1BN!\nab", "", 4, false, "\u{FFFD}\nab"),
    ("iso-2022-cn", b"\x1B$*H\x1BN\nab", "", 4, false, "\u{FFFD}\nab"),
    ("iso-2022-cn", b"\x1B$*H\x1BN~~ab", "", 4, false, "\u{FFFD}ab"),
    ("iso-2022-cn", b"\x1B$+I\x1BO", "", 4, true, "\u{FFFD}"),
    ("iso-2022-cn", b"\x1B$)A\x0EVP\x1B$)E!!\x0Fb", "中", 7, false, "中\u{FFFD}!!b"),
];

#[test]
fn malformed_bytes_are_told_with_their_offset() {
    MALFORMED.iter().for_each(check_malformed);
}

#[test]
fn unmappable_characters() {
    let cases: [Unmapped; 6] = [
        ("hz-gb-2312", "中镕文", '镕', b"~{VP~}", b"~{VP~}&#x9555;~{ND~}", b"~{VP~}~{!~ND~}"),
        ("hz-gb-2312", "a―", '―', b"a", b"a&#x2015;", b"a~{!~~}"),
        ("hz-gb-2312", "\u{80}", '\u{80}', b"", b"&#x80;", b"~{!~~}"),
        (
            "iso-2022-cn",
            "臺鸜灣",
            '鸜',
            b"\x1B$)G\x0EjW\x0F",
            b"\x1B$)G\x0EjW\x0F&#x9E1C;\x0E}$\x0F",
            b"\x1B$)G\x0EjW\x0F\x1B$)A\x0E!~\x0F\x1B$)G\x0E}$\x0F",
        ),
        ("iso-2022-cn", "a\x1Bb", '\x1B', b"a", b"a&#x1B;b", b"a\x1B$)A\x0E!~\x0Fb"),
        ("iso-2022-cn", "a\x0E", '\x0E', b"a", b"a&#xE;", b"a\x1B$)A\x0E!~\x0F"),
    ];
    cases.into_iter().for_each(check_unmappable);
}

/// Text of both encodings and what they write with care; for HZ without CNS 11643.
fn any_text() -> impl Strategy<Value = (Encoding, String)> {
    let shared =
        ["中文", "件", "〓", "·", "，", "a", " ", "~", "~{", "~}", "\r\n", "\n", "\0", "Ⅻ"];
    let traditional = ["臺灣", "中華", "乂", "龘", "—", "·"];
    let text = |pieces: Vec<&'static str>| {
        proptest::collection::vec(proptest::sample::select(pieces), 0..30)
            .prop_map(|pieces| pieces.concat())
    };
    prop_oneof![
        (Just(BOTH[0]), text(shared.to_vec())),
        (Just(BOTH[1]), text([&shared[..], &traditional].concat())),
    ]
}

/// Bytes that get far in these encodings, whole and torn.
fn any_bytes() -> impl Strategy<Value = Vec<u8>> {
    let sequences: Vec<&[u8]> = vec![
        b"~{", b"~}", b"~~", b"~", b"}", b"VP", b"ND", b"V", b"\n", b"\r", b" ", b"\x0E", b"\x0F",
        b"\x1B$)A", b"\x1B$)G", b"\x1B$)E", b"\x1B$*H", b"\x1BN", b"\x1B$+K", b"\x1BO", b"\x1B$",
        b"\x1B", b"!!", b"\x80", b"\xD6", b"x", b"text",
    ];
    let piece = prop_oneof![
        9 => proptest::sample::select(sequences).prop_map(<[u8]>::to_vec),
        1 => proptest::collection::vec(any::<u8>(), 1..4),
    ];
    proptest::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn text_is_read_back_line_by_line((encoding, text) in any_text(), cuts in cuts()) {
        let bytes = encode(encoding, &text);
        prop_assert!(bytes.is_ascii());
        let characters: Vec<&str> = text.split_inclusive(|_| true).collect();
        let (pieced, error) = encode_chunks(encoding, Unmappable::Error, false, &characters);
        prop_assert_eq!((&pieced, error), (&bytes, None));
        let (decoded, error, ..) = decode(encoding, Malformed::Error, &chunks(&bytes, &cuts));
        prop_assert_eq!((&decoded, error), (&text, None));
        // A line does not depend on those before it, and ends in ASCII.
        for (bytes, text) in bytes.split(|byte| *byte == b'\n').zip(text.split('\n')) {
            let (line, error, ..) = decode(encoding, Malformed::Error, &[bytes, b"VP"]);
            prop_assert_eq!((line, error), (text.to_owned() + "VP", None));
        }
    }

    #[test]
    fn malformed_or_not_it_is_read_alike_however_cut(bytes in any_bytes(), cuts in cuts()) {
        let bytewise: Vec<&[u8]> = bytes.chunks(1).collect();
        for encoding in BOTH {
            for malformed in [Malformed::Error, Malformed::Replace] {
                let whole = decode(encoding, malformed, &[&bytes]);
                prop_assert_eq!(&decode(encoding, malformed, &chunks(&bytes, &cuts)), &whole);
                prop_assert_eq!(&decode(encoding, malformed, &bytewise), &whole);
            }
        }
    }

    /// The first line end may belong to a tilde.
    #[test]
    fn malformed_bytes_hide_no_line_behind_them(bytes in any_bytes()) {
        for encoding in BOTH {
            let chunks = [&bytes[..], b"\n\nplain (text)\n"];
            let (text, error, ..) = decode(encoding, Malformed::Replace, &chunks);
            prop_assert_eq!(error, None);
            prop_assert!(text.ends_with("\nplain (text)\n"), "{}", text);
        }
    }
}
