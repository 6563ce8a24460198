//! Reading and writing without bounds checks: the only unsafe code of the crate.
//!
//! With debug assertions, with which the tests are built, every access is checked.
#![allow(unsafe_code, reason = "bounds checks would cost a third of the speed")]

/// How many bytes more than a value has are written with it.
const STRIDE: usize = 16;

/// Appends text that was encoded by hand.
///
/// # Safety
///
/// `bytes` are UTF-8.
#[inline]
pub(in crate::conversion) unsafe fn push_utf8(out: &mut String, bytes: &[u8]) {
    debug_assert!(std::str::from_utf8(bytes).is_ok());
    // SAFETY: as the caller promises.
    out.push_str(unsafe { std::str::from_utf8_unchecked(bytes) });
}

/// Bytes that are read without bounds checks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bytes<'a>(pub &'a [u8]);

impl<'a> Bytes<'a> {
    /// The bytes from `at` on.
    #[inline(always)]
    pub fn from(self, at: usize) -> Self {
        Self(&self.0[at..])
    }

    /// The byte at `at`.
    ///
    /// # Safety
    ///
    /// There is one.
    #[inline(always)]
    pub unsafe fn byte(self, at: usize) -> u8 {
        debug_assert!(at < self.0.len());
        // SAFETY: as the caller promises.
        unsafe { *self.0.get_unchecked(at) }
    }

    /// The four bytes at `at`, the first the lowest.
    ///
    /// # Safety
    ///
    /// There are four.
    #[inline(always)]
    pub unsafe fn word(self, at: usize) -> u32 {
        debug_assert!(at + 4 <= self.0.len());
        // SAFETY: as the caller promises; the read needs no alignment.
        let word = unsafe { self.0.as_ptr().add(at).cast::<u32>().read_unaligned() };
        u32::from_le(word)
    }

    /// The eight bytes at `at`, the first the lowest.
    ///
    /// # Safety
    ///
    /// There are eight.
    #[inline(always)]
    pub unsafe fn double_word(self, at: usize) -> u64 {
        debug_assert!(at + 8 <= self.0.len());
        // SAFETY: as the caller promises; the read needs no alignment.
        let word = unsafe { self.0.as_ptr().add(at).cast::<u64>().read_unaligned() };
        u64::from_le(word)
    }

    /// Whether `text` begins with the `len` bytes at `at`.
    ///
    /// # Safety
    ///
    /// There are so many bytes at `at`, and in `text`, and seven more in each.
    #[inline(always)]
    pub unsafe fn is_prefix(self, at: usize, len: usize, text: Bytes<'_>) -> bool {
        let mut compared = 0;
        while compared < len {
            // SAFETY: fewer than eight bytes are read behind the `len` ones.
            let differing = unsafe { self.double_word(at + compared) ^ text.double_word(compared) };
            let counting = 8 * (len - compared).min(8);
            if differing.trailing_zeros() < counting as u32 {
                return false;
            }
            compared += 8;
        }
        true
    }
}

/// The end of a string, written to without bounds checks.
///
/// At all times there is room for as many bytes as the text that is left has, and for
/// [`STRIDE`] more.
pub(super) struct Output<'a> {
    bytes: &'a mut Vec<u8>,
}

impl<'a> Output<'a> {
    /// The end of `out`, for a text of which `left` bytes are left.
    ///
    /// The bytes that are written must be whole characters in UTF-8 when all is done.
    pub fn new(out: &'a mut String, left: usize) -> Self {
        // SAFETY: the module that calls it writes characters of the text and of the records only.
        let bytes = unsafe { out.as_mut_vec() };
        bytes.reserve(left + STRIDE);
        Self { bytes }
    }

    /// The place behind the last byte, for a run of short writes.
    #[inline(always)]
    pub fn run(&mut self) -> Run {
        let len = self.bytes.len();
        // SAFETY: the length is within the capacity.
        let end = unsafe { self.bytes.as_mut_ptr().add(len) };
        Run { start: end, end, room: self.bytes.capacity() - len }
    }

    /// Counts what a run has written.
    #[inline(always)]
    pub fn end_run(&mut self, run: Run) {
        let len = run.written();
        debug_assert!(len <= run.room);
        // SAFETY: the run has initialized so many bytes behind the old length.
        unsafe { self.bytes.set_len(self.bytes.len() + len) };
    }

    /// Writes `slice`; `left` bytes of the text are left then.
    #[inline(always)]
    pub fn push(&mut self, slice: &[u8], left: usize) {
        self.bytes.reserve(slice.len() + left + STRIDE);
        self.bytes.extend_from_slice(slice);
    }

    /// Writes the `len` bytes of `source` at `start`; `left` bytes of the text are left then.
    ///
    /// # Safety
    ///
    /// `source` has those bytes, and [`STRIDE`] more behind them.
    #[inline(always)]
    pub unsafe fn push_padded(&mut self, source: Bytes<'_>, start: usize, len: usize, left: usize) {
        debug_assert!(start + len + STRIDE <= source.0.len());
        self.bytes.reserve(len + left + STRIDE);
        let end = self.bytes.len();
        // SAFETY: `source` has the bytes as the caller promises, and there is room for them and
        // a stride.
        unsafe {
            copy_strides(source.0.as_ptr().add(start), self.bytes.as_mut_ptr().add(end), len);
            self.bytes.set_len(end + len);
        }
    }
}

/// Copies `len` bytes, in strides, so that up to a stride more are read and written.
///
/// # Safety
///
/// So many can be read and written, and the places don't overlap.
#[inline(always)]
unsafe fn copy_strides(from: *const u8, to: *mut u8, len: usize) {
    let mut copied = 0;
    while copied < len {
        // SAFETY: as the caller promises.
        unsafe {
            let chunk = from.add(copied).cast::<[u8; STRIDE]>().read_unaligned();
            to.add(copied).cast::<[u8; STRIDE]>().write_unaligned(chunk);
        }
        copied += STRIDE;
    }
}

/// Short writes behind the last byte of an [`Output`], which must not be used meanwhile.
pub(super) struct Run {
    start: *mut u8,
    end: *mut u8,
    room: usize,
}

impl Run {
    fn written(&self) -> usize {
        self.end as usize - self.start as usize
    }

    /// Whether there is room for `len` bytes and a stride.
    #[inline(always)]
    pub fn has_room(&self, len: usize) -> bool {
        self.written() + len + STRIDE <= self.room
    }

    /// Writes the `len` bytes of `source` at `start`.
    ///
    /// # Safety
    ///
    /// `source` has those bytes, and [`STRIDE`] more behind them; there is room.
    #[inline(always)]
    pub unsafe fn push_padded(&mut self, source: Bytes<'_>, start: usize, len: usize) {
        debug_assert!(start + len + STRIDE <= source.0.len());
        debug_assert!(self.has_room(len));
        // SAFETY: as the caller promises.
        unsafe {
            copy_strides(source.0.as_ptr().add(start), self.end, len);
            self.end = self.end.add(len);
        }
    }

    /// Writes the three lowest bytes of `word`, for three bytes of the text.
    ///
    /// # Safety
    ///
    /// Three bytes of the text at least were left.
    #[inline(always)]
    pub unsafe fn push_three(&mut self, word: u32) {
        debug_assert!(self.written() + 4 <= self.room);
        // SAFETY: there is room for the three bytes, for which three of the text are left, and
        // for one of the stride.
        unsafe {
            self.end.cast::<u32>().write_unaligned(word.to_le());
            self.end = self.end.add(3);
        }
    }
}
