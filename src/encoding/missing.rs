use std::fmt;

use super::position::Position;

/// How many characters an error names.
const MOST: usize = 10;

/// The characters of a text that an encoding lacks, each with the first of its places.
///
/// ```
/// use jianfan::encoding::{EncodeError, Encoder, Encoding, Unmappable};
///
/// let mut encoder = Encoder::new(Encoding::BIG5, Unmappable::Error, false);
/// let EncodeError::Unmappable { missing, .. } =
///     encoder.encode("中文\n简头简", &mut Vec::new()).unwrap_err()
/// else {
///     unreachable!()
/// };
/// assert_eq!(missing.count(), "2 characters");
/// assert_eq!(missing.to_string(), "简 (U+7B80) at line 2, column 1; 头 (U+5934) at 2:2");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Missing {
    /// Ten of them at most, in the order of the text.
    pub first: Vec<MissingCharacter>,
    /// Whether there is one more.
    pub others: bool,
}

/// A character that an encoding lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct MissingCharacter {
    /// The character.
    pub character: char,
    /// The line where it stands first, counted from one; lines end with a line feed.
    pub line: u64,
    /// Its place in the line, in characters counted from one.
    pub column: u64,
    /// How many characters of the text come before it.
    pub offset: u64,
}

impl Missing {
    /// How many they are, in words: `1 character`, `3 characters`, `more than 10 characters`.
    ///
    /// ```
    /// use jianfan::encoding::{EncodeError, Encoder, Encoding, Unmappable};
    ///
    /// let mut encoder = Encoder::new(Encoding::ASCII, Unmappable::Error, false);
    /// let EncodeError::Unmappable { missing, .. } =
    ///     encoder.encode("一二三四五六七八九十百", &mut Vec::new()).unwrap_err()
    /// else {
    ///     unreachable!()
    /// };
    /// assert_eq!(missing.count(), "more than 10 characters");
    /// ```
    pub fn count(&self) -> String {
        match self.first.len() {
            count if self.others => format!("more than {count} characters"),
            1 => "1 character".to_owned(),
            count => format!("{count} characters"),
        }
    }

    /// Takes note of `character`, unless it is there already.
    pub(super) fn add(&mut self, character: char, position: Position) {
        let Position { line, column, offset } = position;
        if self.first.iter().any(|known| known.character == character) {
        } else if self.first.len() < MOST {
            self.first.push(MissingCharacter { character, line, column, offset });
        } else {
            self.others = true;
        }
    }
}

/// As a list on one line.
impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, missing) in self.first.iter().enumerate() {
            let MissingCharacter { character, line, column, .. } = missing;
            let code = u32::from(*character);
            // What can't be seen, or might play tricks on a terminal, is not shown.
            let name = match character.escape_debug().len() {
                1 => format!("{character} (U+{code:04X})"),
                _ => format!("U+{code:04X}"),
            };
            match index {
                0 => write!(f, "{name} at line {line}, column {column}")?,
                _ => write!(f, "; {name} at {line}:{column}")?,
            }
        }
        if self.others { f.write_str("; and others") } else { Ok(()) }
    }
}
