use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

use super::window::Window;
use crate::encoding::Encoding;

/// What `chardetng` takes the window for, which is neither ASCII nor UTF-8.
pub(super) struct Guess(&'static encoding_rs::Encoding);

impl Guess {
    pub(super) fn of(window: &Window, complete: bool) -> Self {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(window.context(), false);
        detector.feed(window.held(), complete);
        Self(detector.guess(None, Utf8Detection::Deny))
    }

    /// Whether each character is a byte, so that nearly any bytes are text. Not so Thai: its vowels
    /// and tone marks with the consonants behind them often are a character of UTF-8.
    pub(super) fn is_weak(&self) -> bool {
        self.0.is_single_byte() && self.0 != encoding_rs::WINDOWS_874
    }

    pub(super) fn encoding(&self) -> Encoding {
        if self.0 == encoding_rs::GBK {
            return Encoding::GB18030;
        }
        Encoding::from_legacy(self.0).unwrap_or(Encoding::WINDOWS_1252)
    }
}
