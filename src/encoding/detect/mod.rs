//! Which encoding some bytes are in.
//!
//! In this order: a byte order mark; UTF-8 that is valid; escape sequences; else the encoding in
//! which the bytes make the most likely text ([`ranking`]), by the characters of each script
//! ([`statistics`](super::statistics)), with something to the good for the one that the input
//! declares itself to be in ([`hint`]). `chardetng` is asked only which one of the encodings of one
//! byte a character it is.

mod big5;
mod contender;
mod escape;
mod gist;
mod hint;
mod hz;
mod ranking;
mod refine;
mod unicode;
mod window;

use self::ranking::Ranking;
use self::window::Window;
use super::Encoding;
use super::bom::recognise_bom;

/// What a [`Detector`] found.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Detection {
    /// The encoding; [`Encoding::GB18030`] for GB2312 and GBK too.
    pub encoding: Encoding,
    /// Whether the input begins with a byte order mark.
    pub bom: bool,
    /// How sure it is, from 0 to 1.
    pub confidence: f32,
    /// Whether the input is most likely no text: it has NUL bytes that are no part of text in UTF-16
    /// or UTF-32, or many other control characters.
    pub binary: bool,
    /// The encodings that it may be in, the most likely one first, which is [`encoding`](Self::encoding).
    pub candidates: Vec<Candidate>,
}

/// An encoding that an input may be in.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Candidate {
    /// The encoding.
    pub encoding: Encoding,
    /// How likely it is, from 0 to 1.
    pub confidence: f32,
}

/// Finds out which encoding an input is in, chunk by chunk.
///
/// The ASCII text at the beginning, however long, says nothing, and does not count. From the first
/// byte that may say something (0x80 or above, an escape, a tilde, NUL) the detector holds a window of
/// 4 KiB and decides by it if it leaves only one encoding, or only such of one byte a character, else
/// by one of 64 KiB, or by what there is at the end of the input; if that window itself begins with
/// ASCII and its escapes, tildes or NUL bytes said nothing, it moves on behind that. The first 64
/// bytes are held in any case, for UTF-16 and UTF-32 may look like ASCII at first. A line of UTF-8
/// with a character of three bytes decides at once, so that UTF-8 may come line by line from
/// someone who waits for the answer. So what is held is never more than 64 KiB, and the result
/// does not depend on how the bytes are cut into chunks.
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
    pub fn detection(&self) -> Option<&Detection> {
        self.detection.as_ref()
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
        let decide = || evident(window).unwrap_or_else(|| ranked(window));
        self.detection.get_or_insert_with(decide).clone()
    }

    /// As [`Detector::push`]; gives to `pass` the bytes that are not held, all of them ASCII, and
    /// returns those that come behind the window that it decided by.
    pub(super) fn advance<'a>(&mut self, bytes: &'a [u8], pass: &mut dyn FnMut(&[u8])) -> &'a [u8] {
        let mut rest = bytes;
        while self.detection.is_none() && !rest.is_empty() {
            let seen = self.window.held().len();
            rest = self.window.fill(rest, pass);
            if self.marked() {
                self.detection = evident(&self.window);
            } else if self.has_utf_8_line(seen) {
                // Whatever is behind that line must make no difference.
                let detection = certain(&self.window, Encoding::UTF_8);
                self.detection = Some(Detection { binary: false, ..detection });
            }
            if self.detection.is_none() && self.window.is_full() {
                self.detection = self.decide_by_full_window(pass);
            }
        }
        rest
    }

    /// Decides, or makes the window larger if more of the input may tell more, or moves it on if it
    /// said nothing.
    fn decide_by_full_window(&mut self, pass: &mut dyn FnMut(&[u8])) -> Option<Detection> {
        let window = &self.window;
        if let Some(detection) = evident(window) {
            return Some(detection);
        }
        if window.is_largest() {
            let moved = self.window.pass_ascii(pass);
            return (!moved).then(|| ranked(&self.window));
        }
        if let Some(ranking) = rank(window).filter(Ranking::is_final) {
            return Some(of_ranking(window, &ranking));
        }
        self.window.enlarge();
        None
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

/// What the bytes say for certain.
fn evident(window: &Window) -> Option<Detection> {
    if let Some(mark) = window.input_start().and_then(recognise_bom) {
        return Some(Detection { bom: true, binary: false, ..certain(window, mark.encoding) });
    }
    if unicode::is_certainly_utf_8(window.held()) {
        return Some(certain(window, Encoding::UTF_8));
    }
    escape::by_escapes(window.held()).map(|encoding| certain(window, encoding))
}

/// The most likely encoding of a window that says nothing for certain.
fn ranked(window: &Window) -> Detection {
    match rank(window) {
        Some(ranking) => of_ranking(window, &ranking),
        None => certain(window, Encoding::ASCII),
    }
}

/// The ranking of a window; none if it is ASCII, and nothing else.
fn rank(window: &Window) -> Option<Ranking> {
    if window.is_ascii() && !may_be_wide(window) {
        return None;
    }
    let ranking = Ranking::of(window);
    (!window.is_ascii() || ranking.best().is_wide()).then_some(ranking)
}

/// Whether bytes that are ASCII may be UTF-16 or UTF-32 all the same. More than eight characters of
/// Chinese whose bytes in UTF-16 are all ASCII are very rare.
fn may_be_wide(window: &Window) -> bool {
    let is_short = |start: &[u8]| start.len() <= 16 && !has_twins(start);
    window.input_start().is_some_and(|start| window.has_nul() || is_short(start))
}

/// Whether two bytes come twice in a row, which is indentation, a line of dashes or the like.
fn has_twins(bytes: &[u8]) -> bool {
    bytes.windows(4).any(|four| four[..2] == four[2..])
}

fn of_ranking(window: &Window, ranking: &Ranking) -> Detection {
    let mut candidates = ranking.candidates();
    if let Some(encoding) = refine::refine(window, ranking) {
        candidates[0].encoding = encoding;
    }
    let Candidate { encoding, confidence } = candidates[0];
    let binary = window.is_binary() && !ranking.is_wide_text();
    Detection { encoding, bom: false, confidence, binary, candidates }
}

fn certain(window: &Window, encoding: Encoding) -> Detection {
    let candidates = vec![Candidate { encoding, confidence: 1.0 }];
    Detection { encoding, bom: false, confidence: 1.0, binary: window.is_binary(), candidates }
}
