//! What a walk over the text does with the result: write it, or tell where it is another text.
#![allow(unsafe_code, reason = "see raw.rs")]

use super::raw::{Bytes, Cursor, Writer};

/// Takes the result, piece by piece.
///
/// # Safety
///
/// The functions are given what is in the text: a place with [`PADDING`](super::image::PADDING)
/// behind it, and lengths of what begins there. All of it was left before.
pub(super) trait Sink {
    /// What takes a run of characters.
    type Run;

    /// Whether a character that becomes another one has to be looked at, whatever it is.
    const LOOKS_AT_CHANGES: bool;

    /// Begins a run.
    fn run(&self) -> Self::Run;

    /// Takes a character of three bytes, `word`, that becomes another one by `difference`, in a
    /// run; it may be taken back.
    unsafe fn draft(run: &mut Self::Run, word: u32, difference: u32);

    /// Ends a run.
    unsafe fn end_run(&mut self, run: Self::Run);

    /// Takes a character of three bytes, `word`, that becomes another one by `difference`, for
    /// good.
    unsafe fn character(&mut self, word: u32, difference: u32);

    /// Takes `len` bytes of the text at `at` as they are.
    unsafe fn copy(&mut self, text: Bytes<'_>, at: usize, len: usize);

    /// Takes a value for the `len` bytes of the text at `at`, behind which `left` are left.
    unsafe fn value(
        &mut self,
        value: Value<'_>,
        text: Bytes<'_>,
        at: usize,
        len: usize,
        left: usize,
    );

    /// Takes back as many bytes.
    unsafe fn take_back(&mut self, len: usize);

    /// Whether the result for good is another text.
    fn has_changed(&self) -> bool;
}

/// A value among the records.
#[derive(Clone, Copy)]
pub(super) struct Value<'a> {
    pub records: Bytes<'a>,
    pub start: usize,
    pub len: usize,
}

impl Sink for Writer<'_> {
    type Run = Cursor;

    const LOOKS_AT_CHANGES: bool = false;

    #[inline(always)]
    fn run(&self) -> Cursor {
        self.cursor()
    }

    #[inline(always)]
    unsafe fn draft(run: &mut Cursor, word: u32, difference: u32) {
        // SAFETY: three bytes of the text were left.
        unsafe { run.push_three(word ^ difference) };
    }

    #[inline(always)]
    unsafe fn end_run(&mut self, run: Cursor) {
        // SAFETY: the run was begun by this writer, which was not used meanwhile.
        unsafe { self.take(run) };
    }

    unsafe fn character(&mut self, word: u32, difference: u32) {
        let mut run = self.run();
        // SAFETY: three bytes of the text were left.
        unsafe {
            Self::draft(&mut run, word, difference);
            self.end_run(run);
        }
    }

    #[inline(always)]
    unsafe fn copy(&mut self, text: Bytes<'_>, at: usize, len: usize) {
        // SAFETY: the text has the bytes, and padding behind them.
        unsafe { Writer::copy(self, text, at, len) };
    }

    unsafe fn value(&mut self, value: Value<'_>, _: Bytes<'_>, _: usize, _: usize, left: usize) {
        // SAFETY: the records have the value, and padding behind the last.
        unsafe { self.push(value.records, value.start, value.len, left) };
    }

    unsafe fn take_back(&mut self, len: usize) {
        // SAFETY: so many bytes have been taken.
        unsafe { Writer::take_back(self, len) };
    }

    fn has_changed(&self) -> bool {
        false
    }
}

/// Writes nothing, but tells whether something changes.
#[derive(Default)]
pub(super) struct Comparison {
    has_changed: bool,
}

impl Sink for Comparison {
    type Run = ();

    const LOOKS_AT_CHANGES: bool = true;

    #[inline(always)]
    fn run(&self) {}

    #[inline(always)]
    unsafe fn draft((): &mut (), _: u32, _: u32) {}

    #[inline(always)]
    unsafe fn end_run(&mut self, (): ()) {}

    unsafe fn character(&mut self, _: u32, difference: u32) {
        self.has_changed |= difference & 0xff_ffff != 0;
    }

    #[inline(always)]
    unsafe fn copy(&mut self, _: Bytes<'_>, _: usize, _: usize) {}

    unsafe fn value(&mut self, value: Value<'_>, text: Bytes<'_>, at: usize, len: usize, _: usize) {
        let Value { records, start, len: value_len } = value;
        self.has_changed |= records.0[start..start + value_len] != text.0[at..at + len];
    }

    unsafe fn take_back(&mut self, _: usize) {}

    fn has_changed(&self) -> bool {
        self.has_changed
    }
}
