//! What detectors say about a snippet, and whether they are right.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use jianfan::encoding::{Detector, Encoding};

use super::snippet::{Snippet, decode};

/// What a detector says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Said {
    /// None where it is an encoding that jianfan doesn't know.
    pub encoding: Option<Encoding>,
    pub binary: bool,
}

impl Said {
    /// By the detector of this repository.
    pub fn by_jianfan(bytes: &[u8]) -> Self {
        let mut detector = Detector::new();
        detector.push(bytes);
        let detection = detector.finish();
        Self { encoding: Some(detection.encoding), binary: detection.binary }
    }

    /// By chardetng, which may say anything it knows.
    pub fn by_chardetng(bytes: &[u8]) -> Self {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
        detector.feed(bytes, true);
        let guess = detector.guess(None, Utf8Detection::Allow);
        Self { encoding: Encoding::from_label(guess.name()), binary: false }
    }
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Measure {
    /// That it is text in an encoding that reads the bytes as what they are.
    Text,
    /// That, or any relative of Big5.
    Big5,
    /// That it is in an encoding of Chinese, Japanese or Korean, or in UTF-16.
    Cjk,
    /// That it is in UTF-16 or UTF-32.
    Utf16,
}

impl Measure {
    /// Whether what was said about the snippet counts.
    pub fn counts(self, said: Said, snippet: &Snippet) -> bool {
        let Some(encoding) = said.encoding else {
            return false;
        };
        match self {
            Self::Text => !said.binary && reads_as_it_is(encoding, snippet),
            Self::Big5 => !said.binary && (is_big5(encoding) || reads_as_it_is(encoding, snippet)),
            Self::Cjk => is_cjk(encoding) || is_utf_16(encoding),
            Self::Utf16 => is_utf_16(encoding),
        }
    }
}

/// Whether the encoding reads what was written; what a wrong byte made of it has no right reading.
fn reads_as_it_is(encoding: Encoding, snippet: &Snippet) -> bool {
    let bytes = snippet.unharmed.as_ref().unwrap_or(&snippet.bytes);
    encoding == snippet.encoding || decode(bytes, encoding) == decode(bytes, snippet.encoding)
}

fn is_big5(encoding: Encoding) -> bool {
    encoding.name().starts_with("big5") || encoding.name() == "cp950"
}

fn is_utf_16(encoding: Encoding) -> bool {
    ["utf-16", "utf-32"].iter().any(|name| encoding.name().starts_with(name))
}

fn is_cjk(encoding: Encoding) -> bool {
    let families = ["gb", "hz-", "iso-2022-", "euc-", "shift_jis"];
    is_big5(encoding) || families.iter().any(|family| encoding.name().starts_with(family))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(encoding: Encoding) -> Said {
        Said { encoding: Some(encoding), binary: false }
    }

    #[test]
    fn any_encoding_that_reads_the_same_text_is_right() {
        let snippet = Snippet::of("中文", Encoding::GBK).unwrap();
        assert!(Measure::Text.counts(said(Encoding::GB18030), &snippet));
        assert!(!Measure::Text.counts(said(Encoding::EUC_KR), &snippet));
        assert!(!Measure::Text.counts(Said { binary: true, ..said(Encoding::GBK) }, &snippet));
    }

    #[test]
    fn the_family_of_big5_counts_though_the_text_is_another() {
        let snippet = Snippet::of("喺咗", Encoding::BIG5_HKSCS).unwrap();
        assert!(!Measure::Text.counts(said(Encoding::CP950), &snippet));
        assert!(Measure::Big5.counts(said(Encoding::CP950), &snippet));
        assert!(!Measure::Big5.counts(said(Encoding::GBK), &snippet));
    }

    #[test]
    fn cjk_and_utf_16_are_told_from_the_rest() {
        let snippet = Snippet::of("être", Encoding::WINDOWS_1252).unwrap();
        for encoding in ["gb18030", "big5-uao", "euc-tw", "iso-2022-jp", "shift_jis", "utf-16le"] {
            let encoding = Encoding::from_label(encoding).unwrap();
            assert!(Measure::Cjk.counts(said(encoding), &snippet), "{encoding:?}");
        }
        assert!(!Measure::Cjk.counts(said(Encoding::UTF_8), &snippet));
        assert!(Measure::Utf16.counts(said(Encoding::UTF_16BE), &snippet));
        assert!(!Measure::Utf16.counts(said(Encoding::GBK), &snippet));
    }

    #[test]
    fn both_detectors_are_asked() {
        let text = "中华人民共和国成立了。中国人民从此站起来了。";
        let snippet = Snippet::of(text, Encoding::GBK).unwrap();
        for said in [Said::by_jianfan(&snippet.bytes), Said::by_chardetng(&snippet.bytes)] {
            assert!(Measure::Text.counts(said, &snippet), "{said:?}");
        }
    }
}
