//! Which one it is of encodings that the ranking does not tell apart.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

use super::window::Window;
use crate::encoding::Encoding;

/// The encoding of the window, if it is another one than the ranking's `best`.
pub(super) fn refine(window: &Window, best: Encoding) -> Option<Encoding> {
    if best == Encoding::BIG5 {
        has_hkscs(window.held()).then_some(Encoding::BIG5_HKSCS)
    } else if best.is_single_byte() {
        single_byte(window, best)
    } else {
        None
    }
}

/// Which encoding of one byte a character it is: the ranking tells scripts apart, `chardetng` the
/// encodings of a script. None if it is the declared one.
fn single_byte(window: &Window, best: Encoding) -> Option<Encoding> {
    if window.declaration().is_some_and(|found| found.encoding == best) {
        return None;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(window.context(), false);
    detector.feed(window.held(), true);
    let guess = Encoding::from_legacy(detector.guess(None, Utf8Detection::Deny))?;
    guess.is_single_byte().then_some(guess)
}

/// Whether there is a code in what is Big5 that only HKSCS has. Both read alike, since we read HKSCS
/// as Big5.
fn has_hkscs(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let [first, behind @ ..] = rest {
        rest = match (first, behind) {
            (0x81..=0xFE, [trail @ (0x40..=0x7E | 0xA1..=0xFE), behind @ ..]) => {
                if is_hkscs(*first, *trail) {
                    return true;
                }
                behind
            }
            _ => behind,
        };
    }
    false
}

/// The codes of HKSCS that neither Big5 nor the extension of Eten has, which everybody else uses.
fn is_hkscs(lead: u8, trail: u8) -> bool {
    match lead {
        0x87..=0xA0 | 0xFA..=0xFE => true,
        0xC7 => trail >= 0xF3,
        0xC8 => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_hkscs() {
        assert!(has_hkscs(b"\xA4\xA4 \xFB\xCA"));
        // 中文, ①, and a pair whose halves would be a code of HKSCS.
        assert!(!has_hkscs(b"a\xA4\xA4\xA4\xE5\xC6\xA1\xA4\xFA\xA4\x40"));
        assert!(!has_hkscs(b"\xFA"));
    }
}
