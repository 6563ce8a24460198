//! The tail: the labels of the innermost trie that are longer than one byte, strung together.

use super::bits::Bits;
use super::reader::Reader;

/// A buffer of labels, each found by the offset of its first byte.
///
/// A label that ends another one is stored inside it, so offsets may point into its middle.
pub(super) struct Tail<'a> {
    buffer: &'a [u8],
    /// Marks the last byte of each label (binary tail). Empty where a NUL ends each label (text
    /// tail), which is what OpenCC writes.
    ends: Bits<'a>,
}

impl<'a> Tail<'a> {
    pub(super) fn read(reader: &mut Reader<'a>) -> Result<Self, String> {
        let buffer = reader.vector(1, "the tail")?;
        let ends = Bits::read(reader, "the vector of end flags")?;
        if ends.len() != 0 && ends.len() != buffer.len() {
            return Err("the tail has more or fewer bytes than end flags".to_owned());
        }
        Ok(Self { buffer, ends })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.buffer.is_empty()
    }

    /// The label at `offset`, which is never empty.
    pub(super) fn label(&self, offset: usize) -> Result<&'a [u8], String> {
        let rest = self.buffer.get(offset..).ok_or("a label lies outside the tail")?;
        let length = match self.ends.len() {
            0 => rest.iter().position(|&byte| byte == 0),
            bits => (offset..bits)
                .position(|index| self.ends.get(index) == Some(true))
                .map(|before| before + 1),
        };
        match length.and_then(|length| rest.get(..length)) {
            None => Err("a label runs past the end of the tail".to_owned()),
            Some([]) => Err("a label in the tail is empty".to_owned()),
            Some(label) => Ok(label),
        }
    }
}
