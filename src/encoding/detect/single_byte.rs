use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

use super::window::Window;
use crate::encoding::Encoding;
use crate::encoding::codec::Codec;

/// Which encoding of one byte a character the window is in, if `encoding` is one of them: the
/// ranking tells scripts apart, `chardetng` the encodings of a script.
pub(super) fn refine(window: &Window, encoding: Encoding) -> Option<Encoding> {
    if !is_single_byte(encoding) {
        return None;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(window.context(), false);
    detector.feed(window.held(), true);
    let guess = Encoding::from_legacy(detector.guess(None, Utf8Detection::Deny))?;
    is_single_byte(guess).then_some(guess)
}

fn is_single_byte(encoding: Encoding) -> bool {
    matches!(encoding.codec(), Codec::Legacy(legacy) if legacy.is_single_byte())
}
