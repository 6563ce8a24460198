//! The encoding, the script and the locale of inputs of all kinds, and by how much of them.

#![cfg(feature = "encoding")]

use std::io::{self, Read};

use jianfan::encoding::{Encoder, Encoding, Unmappable};
use jianfan::locale::{Evidence, Script};
use jianfan::{Converter, Findings, Locale};

const HANS: &str = include_str!("data/sample.zh-CN.txt");
const HANT: &str = include_str!("data/sample.zh-TW.txt");

/// A text, its script and its locale.
type Case = (&'static str, Script, Option<Locale>);

const CASES: &[Case] = &[
    // Simplified, whatever else is in it.
    ("他说这里的软件很好用", Script::Hans, Some(Locale::ZhCn)),
    ("会议在台北举行，与会者来自香港、澳门和东京", Script::Hans, Some(Locale::ZhCn)),
    ("呢个软件几好，佢哋都用紧", Script::Hans, Some(Locale::ZhCn)),
    // Of Taiwan, or of nobody in particular.
    ("他說這裡的軟體很好用", Script::Hant, Some(Locale::ZhTw)),
    ("台灣的氣溫與濕度", Script::Hant, Some(Locale::ZhTw)),
    ("他看著網路上的影片", Script::Hant, Some(Locale::ZhTw)),
    ("歡迎訪問我們的網站", Script::Hant, Some(Locale::ZhTw)),
    // Of Hong Kong, in Cantonese and in standard Chinese, in either way to write it.
    ("佢哋喺度食緊飯，你嚟唔嚟啊？我諗過兩日先", Script::Hant, Some(Locale::ZhHk)),
    ("他説這裏的温度計壞了", Script::Hant, Some(Locale::ZhHk)),
    ("請下載這個軟件，以保障你的私隱", Script::Hant, Some(Locale::ZhHk)),
    ("她看着窗外，想着裏面的人", Script::Hant, Some(Locale::ZhHk)),
    // Of both, by what there is more of.
    ("他看著我說這裡是香港人嘅地方，網路很慢", Script::Hant, Some(Locale::ZhTw)),
    // Both scripts.
    ("这个软件很好。這個軟體很好。", Script::Mixed, Some(Locale::ZhTw)),
    ("这个软件的网页很好。這個軟體。", Script::Mixed, Some(Locale::ZhCn)),
    // Forms that both scripts have.
    ("羣山之峰的温度很低，税務局説", Script::Hant, Some(Locale::ZhHk)),
    ("群山，床，秘密，霉菌，兑，卧", Script::None, None),
    // Neither.
    ("", Script::None, None),
    ("你好，世界", Script::None, None),
    ("Nothing to see here, naïve café", Script::None, None),
    ("Привет, мир", Script::None, None),
    ("😀🈁", Script::None, None),
    // Japanese in new and in old forms, of kana alone, and Korean with hanja.
    ("国会は、国権の最高機関であって、国の唯一の立法機関である。", Script::None, Some(Locale::Ja)),
    ("われらは、平和を維持し、專制と隸從を永遠に除去する。", Script::None, Some(Locale::Ja)),
    ("カタカナだけ", Script::None, Some(Locale::Ja)),
    ("ｶﾀｶﾅ", Script::None, Some(Locale::Ja)),
    ("대한민국의 主權은 國民에게 있고, 모든 權力은 國民으로부터 나온다.", Script::None, None),
    ("모든 국민은 법 앞에 평등하다.", Script::None, None),
    // Kana in Chinese text.
    ("我們去東京看了ドラえもん的展覽，買了很多東西，也吃了拉麵", Script::Hant, Some(Locale::ZhTw)),
    ("優の良品這家店的招牌上有個日文字，鮮の每日也有", Script::Hant, Some(Locale::ZhTw)),
];

#[test]
fn script_and_locale() {
    for &(text, script, locale) in CASES {
        let evidence = Evidence::of(text);
        assert_eq!((evidence.script(), evidence.locale()), (script, locale), "{text}");
    }
}

#[test]
fn evidence_does_not_depend_on_the_cuts() {
    for (text, ..) in CASES.iter().filter(|(text, ..)| !text.is_empty()) {
        let mut one_by_one = Evidence::default();
        for character in text.chars() {
            one_by_one.add(character.encode_utf8(&mut [0; 4]));
            one_by_one.add("");
        }
        assert_eq!(one_by_one, Evidence::of(text), "{text}");
    }
}

/// A little of the other script, as quotations have it, makes no text mixed.
#[test]
fn one_in_ten_makes_it_mixed() {
    let mixed = |simplified: usize, traditional: usize| {
        Evidence::of(&("说".repeat(simplified) + &"說".repeat(traditional))).script()
    };
    assert_eq!(mixed(1, 9), Script::Hant);
    assert_eq!(mixed(1, 8), Script::Mixed);
    assert_eq!(mixed(9, 1), Script::Hans);
    assert_eq!(mixed(8, 1), Script::Mixed);
}

#[test]
fn one_in_five_makes_it_japanese_or_korean() {
    let foreign = |letters: &str| Evidence::of(&("說說說說".to_owned() + letters)).script();
    assert_eq!((foreign("の"), foreign("말")), (Script::None, Script::None));
    let chinese = Evidence::of("說說說說說のX！");
    assert_eq!((chinese.script(), chinese.locale()), (Script::Hant, Some(Locale::ZhTw)));
    assert_eq!(Evidence::of("說の말").locale(), None, "as much hangul as kana");
    assert_eq!(Evidence::of("說のの말").locale(), Some(Locale::Ja));
}

/// What jianfan writes for a place is from there.
#[test]
fn what_is_converted_has_its_script_and_place() {
    for to in [Locale::ZhCn, Locale::ZhTw, Locale::ZhHk] {
        for text in [HANS, HANT] {
            let converted = Converter::to(to).convert(text).into_owned();
            assert_eq!(Evidence::of(&converted).locale(), Some(to), "{converted}");
        }
    }
}

fn encoded(text: &str, encoding: Encoding, bom: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(encoding, Unmappable::Error, bom);
    encoder.encode(text, &mut bytes).and_then(|()| encoder.finish(&mut bytes)).unwrap();
    bytes
}

/// A reader that gives a few bytes at a time, another number each time.
struct Drip<'a>(&'a [u8], usize);

impl Read for Drip<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.1 = self.1 % 7 + 1;
        let len = self.0.len().min(self.1).min(buffer.len());
        buffer[..len].copy_from_slice(&self.0[..len]);
        self.0 = &self.0[len..];
        Ok(len)
    }
}

#[test]
fn inputs_in_all_encodings_read_in_any_pieces() {
    let cases = [
        (HANS, Encoding::GB18030, false),
        (HANS, Encoding::UTF_8, true),
        (HANS, Encoding::UTF_16LE, true),
        (HANS, Encoding::HZ_GB_2312, false),
        (HANT, Encoding::BIG5, false),
        (HANT, Encoding::UTF_16BE, false),
        (HANT, Encoding::UTF_8, false),
    ];
    for (text, encoding, bom) in cases {
        let bytes = encoded(text, encoding, bom);
        let findings = Findings::read(&bytes[..]).unwrap();
        assert_eq!((findings.detection.encoding, findings.detection.bom), (encoding, bom));
        let expected = Evidence::of(text);
        assert_eq!((findings.script, findings.locale), (expected.script(), expected.locale()));
        assert_eq!(Findings::read(Drip(&bytes, 0)).unwrap(), findings, "{encoding}");
    }
}

#[test]
fn what_is_no_text_has_no_script() {
    let png = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x04\0\0\0\x03\0\x08\x06\0\0\0".repeat(100);
    let program = [b"#\0\x01\0", HANT.as_bytes()].concat();
    for bytes in [png, program] {
        let findings = Findings::read(&bytes[..]).unwrap();
        assert!(findings.detection.binary);
        assert_eq!((findings.script, findings.locale), (Script::None, None));
    }
}

/// One malformed byte does not hide what the rest is.
#[test]
fn malformed_text_is_text() {
    let bytes = [HANS.as_bytes(), b"\xFF", HANS.as_bytes()].concat();
    let findings = Findings::read(&bytes[..]).unwrap();
    assert_eq!(findings.detection.encoding, Encoding::UTF_8);
    assert_eq!((findings.script, findings.locale), (Script::Hans, Some(Locale::ZhCn)));
}

/// A reader that counts.
struct Counter<R>(R, u64);

impl<R: Read> Read for Counter<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let len = self.0.read(buffer)?;
        self.1 += len as u64;
        Ok(len)
    }
}

/// An input without end of the same piece again and again.
struct Endless<'a>(&'a [u8], usize);

impl Read for Endless<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let rest = &self.0[self.1..];
        let len = rest.len().min(buffer.len());
        buffer[..len].copy_from_slice(&rest[..len]);
        self.1 = (self.1 + len) % self.0.len();
        Ok(len)
    }
}

#[test]
fn a_large_input_is_read_as_far_as_is_needed() {
    let read = |piece: &[u8]| {
        let mut reader = Counter(Endless(piece, 0), 0);
        let findings = Findings::read(&mut reader).unwrap();
        (findings.detection.encoding, findings.locale, reader.1)
    };
    let (kib, mib) = (1024, 1024 * 1024);
    assert_eq!(read(HANS.as_bytes()), (Encoding::UTF_8, Some(Locale::ZhCn), 128 * kib));
    let (_, locale, len) = read(&encoded(HANT, Encoding::BIG5, false));
    assert!(locale == Some(Locale::ZhTw) && len <= 128 * kib, "{len} bytes of Big5");
    // Nothing but ASCII is as good as no text.
    let mut line = vec![b'-'; 1_000_000];
    line.extend_from_slice("\n网络\n".as_bytes());
    assert_eq!(read(&line), (Encoding::UTF_8, Some(Locale::ZhCn), 64 * mib));
    assert_eq!(read(&[0; 100_000]), (Encoding::ASCII, None, 64 * mib));
}

/// The error is the reader's.
#[test]
fn an_error_is_passed_on() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::from(io::ErrorKind::ConnectionReset))
        }
    }
    let reader = HANS.as_bytes().chain(Broken);
    assert_eq!(Findings::read(reader).unwrap_err().kind(), io::ErrorKind::ConnectionReset);
}
