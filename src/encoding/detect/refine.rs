//! Which one it is of encodings that the ranking does not tell apart.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

use super::big5;
use super::ranking::Ranking;
use super::window::Window;
use crate::encoding::Encoding;

/// The encoding of a window, if it is another one than the `ranking`'s best.
pub(super) fn refine(window: &Window, ranking: &Ranking) -> Option<Encoding> {
    let best = ranking.best();
    if best == Encoding::BIG5 {
        big5::has_hkscs(window.held()).then_some(Encoding::BIG5_HKSCS)
    } else if best.is_single_byte() && ranking.declared() != Some(best) {
        single_byte(window)
    } else {
        None
    }
}

/// Which encoding of one byte a character it is: the ranking tells scripts apart, `chardetng` the
/// encodings of a script.
fn single_byte(window: &Window) -> Option<Encoding> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(window.context(), false);
    detector.feed(window.held(), true);
    let guess = Encoding::from_legacy(detector.guess(None, Utf8Detection::Deny))?;
    guess.is_single_byte().then_some(guess)
}
