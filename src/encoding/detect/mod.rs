//! Which encoding some bytes are in.
//!
//! In this order: a byte order mark; UTF-16 or UTF-32 that its NUL bytes give away; ISO-2022-JP
//! that its escape sequences give away; UTF-8 that is valid, or nearly so; else what `chardetng`
//! guesses, but damaged UTF-8 rather than an encoding of one byte a character. This is a first
//! version: a detector of our own is to take the place of `chardetng`.

mod damage;
mod escape;
mod guess;
mod unicode;
mod window;

use self::damage::Damage;
use self::guess::Guess;
use self::window::Window;
use super::Encoding;
use super::bom::recognise_bom;

/// What a [`Detector`] found.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Detection {
    /// The encoding; [`Encoding::GB18030`] for GB2312 and GBK too.
    pub encoding: Encoding,
    /// Whether the input begins with a byte order mark.
    pub bom: bool,
    /// How sure it is, from 0 to 1; none where the encoding is a guess and nothing says how good.
    pub confidence: Option<f32>,
    /// Whether there are NUL bytes that are no part of UTF-16 or UTF-32, so that the input is
    /// most likely no text.
    pub binary: bool,
}

/// Finds out which encoding an input is in, chunk by chunk.
///
/// The ASCII text at the beginning, however long, says nothing, and does not count. From the first
/// byte that may say something (0x80 or above, an escape, NUL) the detector holds a window of
/// 64 KiB and decides by it, or by what there is at the end of the input; if the window itself
/// begins with ASCII and its escapes or NUL bytes said nothing, it moves on behind that. The first
/// 64 bytes are held in any case, for UTF-16 and UTF-32 may look like ASCII at first. A line of
/// UTF-8 with a character of three bytes decides at once, so that UTF-8 may come line by line
/// from someone who waits for the answer. So what is held is never more than 64 KiB, and the
/// result does not depend on how the bytes are cut into chunks.
///
/// ```
/// use jianfan::encoding::{Detector, Encoding};
///
/// let mut detector = Detector::new();
/// detector.push(b"<p>\xD6\xD0\xB9\xFA\xC8\xCB");
/// detector.push(b"\xC3\xF1</p>");
/// assert_eq!(detector.finish().encoding, Encoding::GB18030);
/// ```
#[derive(Debug, Default)]
pub struct Detector {
    window: Window,
    detection: Option<Detection>,
}

impl Detector {
    /// A detector at the beginning of an input.
    ///
    /// ```
    /// use jianfan::encoding::{Detector, Encoding};
    ///
    /// assert_eq!(Detector::new().finish().encoding, Encoding::ASCII);
    /// ```
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes in the next bytes. Once the detector has decided, they make no difference.
    ///
    /// ```
    /// use jianfan::encoding::{Detector, Encoding};
    ///
    /// let mut detector = Detector::new();
    /// detector.push(&[b' '; 200_000]);
    /// detector.push("中".as_bytes());
    /// assert_eq!(detector.finish().encoding, Encoding::UTF_8);
    /// ```
    pub fn push(&mut self, bytes: &[u8]) {
        self.advance(bytes, &mut |_| ());
    }

    /// What it has decided, if the bytes so far were enough.
    ///
    /// ```
    /// use jianfan::encoding::{Detector, Encoding};
    ///
    /// let mut detector = Detector::new();
    /// detector.push(b"\xFE\xFF\x4E");
    /// assert!(detector.detection().is_none());
    /// detector.push(b"\x2D");
    /// assert_eq!(detector.detection().unwrap().encoding, Encoding::UTF_16BE);
    /// ```
    pub fn detection(&self) -> Option<Detection> {
        self.detection
    }

    /// Decides, with nothing more to come.
    ///
    /// ```
    /// use jianfan::encoding::{Detector, Encoding};
    ///
    /// let mut detector = Detector::new();
    /// detector.push(b"\xEF\xBB\xBF");
    /// let detection = detector.finish();
    /// assert!(detection.encoding == Encoding::UTF_8 && detection.bom);
    /// ```
    pub fn finish(&mut self) -> Detection {
        let window = &self.window;
        *self.detection.get_or_insert_with(|| {
            evident(window)
                .or_else(|| window.is_ascii().then(|| certain(window, Encoding::ASCII)))
                .unwrap_or_else(|| extended_ascii(window, true))
        })
    }

    /// As [`Detector::push`]; gives to `pass` the bytes that are not held, all of them ASCII, and
    /// returns those that come behind the window that it decided by.
    pub(super) fn advance<'a>(&mut self, bytes: &'a [u8], pass: &mut dyn FnMut(&[u8])) -> &'a [u8] {
        let mut rest = bytes;
        while self.detection.is_none() && !rest.is_empty() {
            let seen = self.window.held().len();
            rest = self.window.fill(rest, pass);
            if self.window.is_full() || self.marked() {
                self.detection = evident(&self.window);
            }
            if self.detection.is_none() && self.has_utf_8_line(seen) {
                // NUL bytes behind that line must make no difference.
                let detection = certain(&self.window, Encoding::UTF_8);
                self.detection = Some(Detection { binary: false, ..detection });
            }
            if self.detection.is_none() && self.window.is_full() && !self.window.pass_ascii(pass) {
                self.detection = Some(extended_ascii(&self.window, false));
            }
        }
        rest
    }

    /// How many bytes of the input came before those that are held.
    pub(super) fn passed(&self) -> u64 {
        self.window.passed()
    }

    /// The bytes that are held.
    pub(super) fn take_held(&mut self) -> Vec<u8> {
        self.window.take_held()
    }

    /// Whether a line of UTF-8 is complete, the end of a line being among the bytes that came
    /// behind the `seen` ones: which beginning of the input it takes does not depend on the cuts.
    fn has_utf_8_line(&self, seen: usize) -> bool {
        let held = self.window.held();
        held.get(seen..).unwrap_or(held).contains(&b'\n') && unicode::has_utf_8_line(held)
    }

    fn marked(&self) -> bool {
        let first = self.window.input_start().unwrap_or_default();
        first.len() >= super::bom::LONGEST && recognise_bom(first).is_some()
    }
}

/// What the bytes themselves say, whatever comes behind them.
fn evident(window: &Window) -> Option<Detection> {
    if let Some(start) = window.input_start() {
        if let Some(mark) = recognise_bom(start) {
            return Some(Detection {
                encoding: mark.encoding,
                bom: true,
                confidence: Some(1.0),
                binary: false,
            });
        }
        if let Some(encoding) = unicode::utf_16_or_32(start) {
            return Some(Detection {
                binary: false,
                confidence: None,
                ..certain(window, encoding)
            });
        }
    }
    let encoding = escape::by_escapes(window.held())?;
    Some(certain(window, encoding))
}

/// Which extension of ASCII it is, by a window that is not all ASCII.
fn extended_ascii(window: &Window, complete: bool) -> Detection {
    if unicode::is_utf_8(window.held()) {
        return certain(window, Encoding::UTF_8);
    }
    let encoding = damaged_utf_8_or_guess(window, complete);
    Detection { confidence: None, ..certain(window, encoding) }
}

fn damaged_utf_8_or_guess(window: &Window, complete: bool) -> Encoding {
    let damage = Damage::of(window.held());
    if damage.is_slight() {
        return Encoding::UTF_8;
    }
    let guess = Guess::of(window, complete);
    if guess.is_weak() && damage.is_bearable() {
        return Encoding::UTF_8;
    }
    guess.encoding()
}

fn certain(window: &Window, encoding: Encoding) -> Detection {
    Detection { encoding, bom: false, confidence: Some(1.0), binary: window.has_nul() }
}
