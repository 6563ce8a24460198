//! The streams that snippets in Chinese, Japanese and Korean come from, by encoding.

use std::rc::Rc;

use anyhow::Result;
use fastrand::Rng;
use jianfan::encoding::Encoding;

use super::snippet::encode;
use super::stream::Stream;
use super::texts::Texts;

/// A script in an encoding.
#[derive(Clone)]
pub struct Source {
    /// What the rows of the table call it.
    pub name: &'static str,
    pub stream: Rc<Stream>,
}

/// All sources, in the order of the table. An encoding that jianfan lacks has none.
pub fn sources(texts: &Texts, seed: u64) -> Result<Vec<Source>> {
    let (hans, hant) = (texts.get("hans")?, texts.get("hant")?);
    let (yue, ja, ko) = (texts.get("yue")?, texts.get("ja")?, texts.get("ko")?);
    let chinese = [hans, hant].concat();
    let mut rng = Rng::with_seed(seed);
    let pure = |text: &str, label| Some(Stream::pure(text, named(label)?, |_| true));
    let streams = [
        ("GB2312", Some(Stream::pure(hans, Encoding::GBK, is_gb_2312))),
        ("GBK, Traditional", pure(hant, "gbk")),
        ("GB18030, 4-byte", four_byte(hans, &mut rng)),
        ("Big5", pure(hant, "big5")),
        ("Big5-HKSCS", hkscs(yue)),
        ("Big5-UAO", uao(hant, &[hans, ja].concat(), &mut rng)),
        ("UTF-8", pure(&chinese, "utf-8")),
        ("UTF-16LE", pure(&chinese, "utf-16le")),
        ("UTF-16BE", pure(&chinese, "utf-16be")),
        ("EUC-TW", pure(hant, "euc-tw")),
        ("HZ", pure(hans, "hz-gb-2312")),
        ("ISO-2022-CN", pure(&chinese, "iso-2022-cn")),
        ("Shift_JIS", pure(ja, "shift_jis")),
        ("EUC-JP", pure(ja, "euc-jp")),
        ("EUC-KR", pure(ko, "euc-kr")),
    ];
    let known = |(name, stream): (&'static str, Option<Stream>)| match stream {
        Some(stream) => Some(Source { name, stream: Rc::new(stream) }),
        None => {
            eprintln!("xtask: nothing about {name}: jianfan or the texts lack it");
            None
        }
    };
    Ok(streams.into_iter().filter_map(known).collect())
}

/// The encoding of exactly that name: `big5-hkscs` may be but a label of another one.
fn named(name: &str) -> Option<Encoding> {
    Encoding::from_label(name).filter(|encoding| encoding.name() == name)
}

/// Whether GBK has the character where GB 2312 has its characters.
fn is_gb_2312(c: char) -> bool {
    encode(c.encode_utf8(&mut [0; 4]), Encoding::GBK)
        .is_some_and(|bytes| matches!(bytes[..], [0xA1..=0xA9 | 0xB0..=0xF7, 0xA1..=0xFE]))
}

/// Simplified text with rare characters: those of CJK extensions A and B that take four bytes.
fn four_byte(hans: &str, rng: &mut Rng) -> Option<Stream> {
    let stream = Stream::pure(hans, Encoding::GB18030, |_| true);
    let takes_four = |c: char| {
        encode(c.encode_utf8(&mut [0; 4]), Encoding::GB18030).is_some_and(|bytes| bytes.len() == 4)
    };
    let rare = |rng: &mut Rng| match rng.bool() {
        true => rng.char('\u{3400}'..='\u{4DB5}').to_string(),
        false => rng.char('\u{20000}'..='\u{2A6D6}').to_string(),
    };
    stream.interspersed(20, rng, rare).with_one_of(takes_four)
}

/// Cantonese, with a character in every snippet that only Hong Kong's Big5 has.
fn hkscs(yue: &str) -> Option<Stream> {
    let encoding = named("big5-hkscs")?;
    Stream::pure(yue, encoding, |_| true).with_one_of(|c| is_only_in(c, encoding))
}

/// Traditional text as bulletin boards have it: with Simplified and Japanese words, and in every
/// snippet a character that only Unicode-at-on has.
fn uao(hant: &str, foreign: &str, rng: &mut Rng) -> Option<Stream> {
    let encoding = named("big5-uao")?;
    let foreign = Stream::pure(foreign, encoding, |_| true);
    let words = foreign.text().char_indices().filter(|(_, c)| is_only_in(*c, encoding));
    let words: Vec<&str> = words.map(|(at, _)| first(&foreign.text()[at..], 3)).collect();
    let word = |rng: &mut Rng| {
        let length = rng.usize(1..=3);
        rng.choice(&words).map_or_else(String::new, |word| first(word, length).to_owned())
    };
    let stream = Stream::pure(hant, encoding, |_| true);
    stream.interspersed(20, rng, word).with_one_of(|c| is_only_in(c, encoding))
}

fn first(text: &str, characters: usize) -> &str {
    let end = text.char_indices().nth(characters);
    &text[..end.map_or(text.len(), |(at, _)| at)]
}

/// Whether neither Big5 nor the code page of Windows has the character at the same code.
fn is_only_in(c: char, encoding: Encoding) -> bool {
    let bytes = |encoding| encode(c.encode_utf8(&mut [0; 4]), encoding);
    let here = bytes(encoding);
    here.is_some()
        && [Some(Encoding::BIG5), named("cp950")].into_iter().flatten().all(|e| bytes(e) != here)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gb_2312_is_a_part_of_gbk() {
        assert!("中国，。".chars().all(is_gb_2312));
        assert!(!"國喆镕€".chars().any(is_gb_2312));
    }

    #[test]
    fn every_snippet_has_four_bytes_of_one_character() {
        let mut rng = Rng::with_seed(1);
        let stream = four_byte(&"话说当日林冲正闲走间".repeat(50), &mut rng).unwrap();
        for length in [4, 8, 64] {
            for _ in 0..100 {
                let snippet = stream.snippet(&mut rng, length).unwrap();
                assert!(snippet.bytes.len() <= length);
                assert!(
                    snippet
                        .text()
                        .chars()
                        .any(|c| c > '\u{33FF}' && c < '\u{4DB6}' || c > '\u{FFFF}')
                );
            }
        }
    }

    #[test]
    fn characters_of_one_big5_alone() {
        let hkscs = named("big5-hkscs").unwrap();
        assert!("喺咗瞓".chars().all(|c| is_only_in(c, hkscs)));
        assert!(!"係中".chars().any(|c| is_only_in(c, hkscs)));
        let uao = named("big5-uao").unwrap();
        assert!("们这".chars().all(|c| is_only_in(c, uao)));
        assert!(!"係中".chars().any(|c| is_only_in(c, uao)));
    }

    #[test]
    fn the_words_between_are_of_the_other_script() {
        let mut rng = Rng::with_seed(1);
        let stream = uao(&"話說當日林沖正閒走間".repeat(50), "我们应该学习简体字", &mut rng);
        let stream = stream.unwrap();
        for _ in 0..100 {
            let text = stream.snippet(&mut rng, 8).unwrap().text();
            assert!(text.contains(['们', '应', '该', '学', '习', '简']), "{text}");
        }
    }
}
