use memchr::memchr3;

use crate::encoding::declaration::{self, Declaration};

/// How many bytes the detector decides by if they are telling, and how many at most.
const SMALL: usize = 4 * 1024;
const LARGE: usize = 64 * 1024;

/// How many bytes at the beginning must be plain ASCII before they pass on. Text in UTF-16 shows
/// a NUL or a byte from 0x80 much sooner.
const PROBE: usize = 64;

/// How many bytes before those that are held to remember.
const CONTEXT: usize = 2;

/// One control character in so many bytes is too many for a text. In random bytes, one in eleven is.
const CONTROLS: usize = 40;

pub(super) const ESCAPE: u8 = 0x1B;
pub(super) const TILDE: u8 = b'~';

/// The part of the input that a decision is made by, behind the plain ASCII at the beginning.
#[derive(Debug)]
pub(super) struct Window {
    /// How many bytes are held at most.
    size: usize,
    held: Vec<u8>,
    /// The last bytes before `held`.
    context: Vec<u8>,
    /// The first bytes of the input that came before `held`, as far as declarations are in them.
    start: Vec<u8>,
    /// How many bytes came before `held`.
    passed: u64,
    /// Whether `held` has a byte that is not plain ASCII, so that what follows is held too.
    open: bool,
    nul: bool,
}

impl Default for Window {
    fn default() -> Self {
        Self {
            size: SMALL,
            held: Vec::new(),
            context: Vec::new(),
            start: Vec::new(),
            passed: 0,
            open: false,
            nul: false,
        }
    }
}

impl Window {
    /// Takes in bytes until the window is full; returns the rest. `pass` gets those that are not
    /// held.
    pub(super) fn fill<'a>(&mut self, bytes: &'a [u8], pass: &mut dyn FnMut(&[u8])) -> &'a [u8] {
        let mut rest = bytes;
        if !self.open {
            let (plain, behind) = bytes.split_at(plain_up_to(bytes));
            self.fill_plain(plain, pass);
            self.open = !behind.is_empty();
            rest = behind;
        }
        let (taken, rest) = rest.split_at(rest.len().min(self.size - self.held.len()));
        self.held.extend_from_slice(taken);
        self.nul |= taken.contains(&0);
        rest
    }

    /// Holds plain ASCII until it is long enough, then passes it on.
    fn fill_plain(&mut self, plain: &[u8], pass: &mut dyn FnMut(&[u8])) {
        if self.passed == 0 && self.held.len() + plain.len() < PROBE {
            self.held.extend_from_slice(plain);
        } else {
            let probe = std::mem::take(&mut self.held);
            self.pass(&probe, pass);
            self.pass(plain, pass);
        }
    }

    pub(super) fn is_full(&self) -> bool {
        self.held.len() == self.size
    }

    /// Whether it can't be made larger.
    pub(super) fn is_largest(&self) -> bool {
        self.size == LARGE
    }

    pub(super) fn enlarge(&mut self) {
        self.size = LARGE;
    }

    /// Makes room in a window that has said nothing yet: passes on the ASCII that it begins with.
    /// False if it begins with none.
    pub(super) fn pass_ascii(&mut self, pass: &mut dyn FnMut(&[u8])) -> bool {
        let ascii = encoding_rs::Encoding::ascii_valid_up_to(&self.held);
        let behind = self.held.split_off(ascii);
        let head = std::mem::replace(&mut self.held, behind);
        self.pass(&head, pass);
        self.open = !self.held.is_empty();
        ascii > 0
    }

    /// The bytes to decide by.
    pub(super) fn held(&self) -> &[u8] {
        &self.held
    }

    /// The same, if they are the first ones of the input.
    pub(super) fn input_start(&self) -> Option<&[u8]> {
        (self.passed == 0).then_some(&self.held)
    }

    /// The last ASCII bytes before them.
    pub(super) fn context(&self) -> &[u8] {
        &self.context
    }

    /// What the input says of its own encoding.
    pub(super) fn declaration(&self) -> Option<Declaration> {
        let held = &self.held[..self.held.len().min(declaration::WINDOW)];
        Declaration::find(&[&self.start, held].concat())
    }

    pub(super) fn is_ascii(&self) -> bool {
        self.held.is_ascii()
    }

    pub(super) fn has_nul(&self) -> bool {
        self.nul
    }

    /// Whether there has been a NUL in the input, or more control characters than texts have.
    pub(super) fn is_binary(&self) -> bool {
        self.nul || count_controls(&self.held) * CONTROLS > self.held.len()
    }

    pub(super) fn passed(&self) -> u64 {
        self.passed
    }

    pub(super) fn take_held(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.held)
    }

    fn pass(&mut self, head: &[u8], pass: &mut dyn FnMut(&[u8])) {
        self.passed += head.len() as u64;
        let room = declaration::WINDOW - self.start.len();
        self.start.extend_from_slice(&head[..head.len().min(room)]);
        self.context.extend_from_slice(&head[head.len().saturating_sub(CONTEXT)..]);
        self.context.drain(..self.context.len().saturating_sub(CONTEXT));
        pass(head);
    }
}

/// Counts in bytes, as many as these can count: sixteen at a time.
fn count_controls(bytes: &[u8]) -> usize {
    let count = |few: &[u8]| few.iter().map(|byte| u8::from(is_control(*byte))).sum::<u8>();
    bytes.chunks(usize::from(u8::MAX)).map(|few| usize::from(count(few))).sum()
}

/// Whether a byte is a control character that texts don't have: they have those from BS to CR, SO
/// and SI as shifts, SUB at the end in DOS, and ESC.
fn is_control(byte: u8) -> bool {
    matches!(byte, 0x00..=0x07 | 0x10..=0x19 | 0x1C..=0x1F | 0x7F)
}

/// How many bytes at the beginning are ASCII and neither NUL, escape nor tilde: the same text in
/// every encoding but UTF-16 and UTF-32.
fn plain_up_to(bytes: &[u8]) -> usize {
    let special = memchr3(0, ESCAPE, TILDE, bytes).unwrap_or(bytes.len());
    encoding_rs::Encoding::ascii_valid_up_to(&bytes[..special])
}
