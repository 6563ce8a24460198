use std::ops::Range;

/// An attribute of a tag.
pub(super) struct Attribute<'a> {
    pub(super) name: &'a [u8],
    /// Where its value stands, without quotes.
    pub(super) value: Range<usize>,
}

/// The attributes in `bytes` from `start` on, as the prescan of the HTML Standard reads them, and
/// where the tag ends; none if it does not end.
pub(super) fn attributes(bytes: &[u8], start: usize) -> Option<(Vec<Attribute<'_>>, usize)> {
    let mut reader = Reader { bytes, at: start };
    let mut attributes = Vec::new();
    while reader.skip(|byte| is_space(byte) || byte == b'/')? != b'>' {
        attributes.push(reader.attribute()?);
    }
    Some((attributes, reader.at + 1))
}

/// As in HTML.
pub(super) fn is_space(byte: u8) -> bool {
    byte.is_ascii_whitespace()
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn attribute(&mut self) -> Option<Attribute<'a>> {
        let start = self.at;
        // A = that comes first is part of the name.
        self.at += 1;
        self.skip(|byte| !is_space(byte) && !matches!(byte, b'=' | b'/' | b'>'))?;
        let name = &self.bytes[start..self.at];
        let value = match self.skip(is_space)? {
            b'=' => self.value()?,
            _ => self.at..self.at,
        };
        Some(Attribute { name, value })
    }

    /// Reads the value behind a `=`.
    fn value(&mut self) -> Option<Range<usize>> {
        self.at += 1;
        let first = self.skip(is_space)?;
        let mut start = self.at;
        if matches!(first, b'"' | b'\'') {
            start += 1;
            let len = self.bytes[start..].iter().position(|byte| *byte == first)?;
            self.at = start + len + 1;
            return Some(start..start + len);
        }
        self.skip(|byte| !is_space(byte) && byte != b'>')?;
        Some(start..self.at)
    }

    /// Goes behind the bytes that are as asked; gives the first other one.
    fn skip(&mut self, is: fn(u8) -> bool) -> Option<u8> {
        let rest = self.bytes.get(self.at..)?;
        let (len, byte) = rest.iter().copied().enumerate().find(|(_, byte)| !is(*byte))?;
        self.at += len;
        Some(byte)
    }
}
