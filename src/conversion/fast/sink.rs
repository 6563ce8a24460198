//! What a walk over the text does with the result: write it, or tell where it is another text.
#![allow(unsafe_code, reason = "see raw.rs")]

use super::raw::{Bytes, Writer};

/// Takes the result, piece by piece.
///
/// # Safety
///
/// The functions are given what is in the text: a place with [`PADDING`](super::image::PADDING)
/// behind it, and lengths of what begins there. All of it was left before.
pub(super) trait Sink {
    /// The bits of a character's word for which it has to be looked at.
    const LOOK: u32;

    /// Takes a character of three bytes, `word`, that becomes another one by `difference`; it may
    /// be taken back.
    unsafe fn draft(&mut self, word: u32, difference: u32);

    /// Takes a character of three bytes for good.
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
    const LOOK: u32 = super::image::LOOK;

    #[inline(always)]
    unsafe fn draft(&mut self, word: u32, difference: u32) {
        // SAFETY: three bytes of the text were left.
        unsafe { self.push_three(word ^ difference) };
    }

    #[inline(always)]
    unsafe fn character(&mut self, word: u32, difference: u32) {
        // SAFETY: three bytes of the text were left.
        unsafe { self.push_three(word ^ difference) };
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
    const LOOK: u32 = u32::MAX;

    #[inline(always)]
    unsafe fn draft(&mut self, _: u32, _: u32) {}

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
