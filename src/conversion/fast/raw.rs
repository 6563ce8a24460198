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

    /// The two bytes at `at`, the first the lowest.
    ///
    /// # Safety
    ///
    /// There are two.
    #[inline(always)]
    pub unsafe fn half_word(self, at: usize) -> u16 {
        debug_assert!(at + 2 <= self.0.len());
        // SAFETY: as the caller promises; the read needs no alignment.
        let word = unsafe { self.0.as_ptr().add(at).cast::<u16>().read_unaligned() };
        u16::from_le(word)
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
pub(super) struct Writer<'a> {
    bytes: &'a mut Vec<u8>,
    /// Behind the last byte that was written. The vector's own length is the old one until
    /// [`finish`](Self::finish).
    end: *mut u8,
}

impl<'a> Writer<'a> {
    /// The end of `out`, for a text of which `left` bytes are left.
    ///
    /// The bytes that are written must be whole characters in UTF-8 when all is done.
    pub fn new(out: &'a mut String, left: usize) -> Self {
        // SAFETY: the module that calls it writes characters of the text and of the records only.
        let bytes = unsafe { out.as_mut_vec() };
        bytes.reserve(left + STRIDE);
        let end = bytes.as_mut_ptr_range().end;
        Self { bytes, end }
    }

    /// How many bytes have been written.
    fn written(&self) -> usize {
        self.end as usize - self.bytes.as_ptr_range().end as usize
    }

    /// Whether `len` bytes can be written.
    fn has_room(&self, len: usize) -> bool {
        self.bytes.len() + self.written() + len <= self.bytes.capacity()
    }

    /// Counts what has been written.
    pub fn finish(self) {
        let len = self.bytes.len() + self.written();
        debug_assert!(len <= self.bytes.capacity());
        // SAFETY: so many bytes have been initialized.
        unsafe { self.bytes.set_len(len) };
    }

    /// Where the next byte goes, for a run of characters.
    #[inline(always)]
    pub fn cursor(&self) -> Cursor {
        Cursor { end: self.end, room: Room::of(self) }
    }

    /// Takes what was written by a cursor.
    ///
    /// # Safety
    ///
    /// It is this writer's, and nothing else was written since.
    #[inline(always)]
    pub unsafe fn take(&mut self, cursor: Cursor) {
        self.end = cursor.end;
    }

    /// Writes the `len` bytes of the text at `at`.
    ///
    /// # Safety
    ///
    /// The text has those bytes and [`STRIDE`] more behind them, and they were left.
    #[inline(always)]
    pub unsafe fn copy(&mut self, text: Bytes<'_>, at: usize, len: usize) {
        debug_assert!(at + len + STRIDE <= text.0.len() && self.has_room(len + STRIDE));
        // SAFETY: as the caller promises; there is room for what was left, and for a stride.
        unsafe {
            copy_strides(text.0.as_ptr().add(at), self.end, len);
            self.end = self.end.add(len);
        }
    }

    /// Writes the `len` bytes of `source` at `start`; `left` bytes of the text are left then.
    ///
    /// # Safety
    ///
    /// `source` has those bytes, and [`STRIDE`] more behind them.
    pub unsafe fn push(&mut self, source: Bytes<'_>, start: usize, len: usize, left: usize) {
        debug_assert!(start + len + STRIDE <= source.0.len());
        if !self.has_room(len + left + STRIDE) {
            self.grow(len + left + STRIDE);
        }
        // SAFETY: `source` has the bytes as the caller promises, and there is room for them and
        // a stride.
        unsafe {
            copy_strides(source.0.as_ptr().add(start), self.end, len);
            self.end = self.end.add(len);
        }
    }

    #[cold]
    fn grow(&mut self, len: usize) {
        let written = self.written();
        let old = self.bytes.len();
        // SAFETY: so many bytes have been initialized, and are counted while they move.
        unsafe { self.bytes.set_len(old + written) };
        self.bytes.reserve(len);
        self.end = self.bytes.as_mut_ptr_range().end;
        // SAFETY: the old length was right.
        unsafe { self.bytes.set_len(old) };
    }

    /// Takes the last `len` bytes back.
    ///
    /// # Safety
    ///
    /// So many have been written.
    pub unsafe fn take_back(&mut self, len: usize) {
        debug_assert!(len <= self.written());
        // SAFETY: as the caller promises.
        self.end = unsafe { self.end.sub(len) };
    }
}

/// Where characters of three bytes are written, apart from the rest of a [`Writer`] so that it stays
/// in a register.
pub(super) struct Cursor {
    end: *mut u8,
    room: Room,
}

impl Cursor {
    /// Writes the three lowest bytes of `word`, for three bytes of the text.
    ///
    /// # Safety
    ///
    /// Three bytes of the text at least were left.
    #[inline(always)]
    pub unsafe fn push_three(&mut self, word: u32) {
        self.room.check(3);
        // SAFETY: there is room for the three bytes, for which three of the text are left, and
        // for one of the stride.
        unsafe {
            self.end.cast::<u32>().write_unaligned(word.to_le());
            self.end = self.end.add(3);
        }
    }
}

/// How much room is left, known only where it is checked.
#[cfg(debug_assertions)]
struct Room(usize);

#[cfg(debug_assertions)]
impl Room {
    fn of(writer: &Writer<'_>) -> Self {
        Self(writer.bytes.capacity() - writer.bytes.len() - writer.written())
    }

    fn check(&mut self, len: usize) {
        assert!(self.0 >= len + STRIDE);
        self.0 -= len;
    }
}

#[cfg(not(debug_assertions))]
struct Room;

#[cfg(not(debug_assertions))]
impl Room {
    fn of(_: &Writer<'_>) -> Self {
        Self
    }

    fn check(&mut self, _: usize) {}
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
