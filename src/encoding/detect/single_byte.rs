use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

use super::window::Window;
use crate::encoding::Encoding;

/// Which encoding of one byte a character the window is in, if `encoding` is one of them and not
/// the declared one: the ranking tells scripts apart, `chardetng` the encodings of a script.
pub(super) fn refine(window: &Window, encoding: Encoding) -> Option<Encoding> {
    let is_declared = || window.declaration().is_some_and(|found| found.encoding == encoding);
    if !encoding.is_single_byte() || is_declared() {
        return None;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(window.context(), false);
    detector.feed(window.held(), true);
    let guess = Encoding::from_legacy(detector.guess(None, Utf8Detection::Deny))?;
    guess.is_single_byte().then_some(guess)
}
