//! Reads little-endian numbers and vectors off the front of a byte slice.

/// The bytes that are still to be read.
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// How many bytes are still to be read.
    pub(crate) fn remaining(&self) -> usize {
        self.rest.len()
    }

    /// The next `length` bytes, where there are so many.
    pub(crate) fn try_take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    /// The next `length` bytes; `what` names them in the error.
    pub(crate) fn take(&mut self, length: usize, what: &str) -> Result<&'a [u8], String> {
        self.try_take(length).ok_or_else(|| ends_inside(what))
    }

    pub(crate) fn u16(&mut self, what: &str) -> Result<u16, String> {
        self.array(what).map(u16::from_le_bytes)
    }

    pub(crate) fn u32(&mut self, what: &str) -> Result<u32, String> {
        self.array(what).map(u32::from_le_bytes)
    }

    pub(crate) fn u64(&mut self, what: &str) -> Result<u64, String> {
        self.array(what).map(u64::from_le_bytes)
    }

    fn array<const N: usize>(&mut self, what: &str) -> Result<[u8; N], String> {
        let (taken, rest) = self.rest.split_first_chunk().ok_or_else(|| ends_inside(what))?;
        self.rest = rest;
        Ok(*taken)
    }

    /// A marisa vector of elements of `width` bytes: its length in bytes, the elements, and
    /// padding up to a multiple of eight bytes.
    pub(crate) fn vector(&mut self, width: u64, what: &str) -> Result<&'a [u8], String> {
        let length = self.u64(what)?;
        if !length.is_multiple_of(width) {
            return Err(format!("{what} ends in the middle of an element"));
        }
        let elements = self.take(saturating_usize(length), what)?;
        self.take(saturating_usize(length.wrapping_neg() % 8), what)?;
        Ok(elements)
    }
}

/// A length that does not fit is longer than any slice, so taking `usize::MAX` bytes fails alike.
pub(crate) fn saturating_usize(length: u64) -> usize {
    usize::try_from(length).unwrap_or(usize::MAX)
}

fn ends_inside(what: &str) -> String {
    format!("it ends inside {what}")
}
