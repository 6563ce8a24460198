use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

use super::window::Window;
use crate::encoding::Encoding;

/// What `chardetng` takes the window for, which is neither ASCII nor UTF-8.
pub(super) fn by_chardetng(window: &Window, complete: bool) -> Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(window.context(), false);
    detector.feed(window.held(), complete);
    let guess = detector.guess(None, Utf8Detection::Deny);
    if guess == encoding_rs::GBK {
        return Encoding::GB18030;
    }
    Encoding::from_legacy(guess).unwrap_or(Encoding::WINDOWS_1252)
}
