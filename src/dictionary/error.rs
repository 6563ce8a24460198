use thiserror::Error;

/// What is wrong with a dictionary, and where.
///
/// `file` is the name the dictionary was read under; lines count from one.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum DictionaryError {
    /// A line of a text dictionary that is not `key TAB values`.
    #[error(
        "{file}:{line}: {problem}; expected: key, one TAB, value (candidates separated by spaces)"
    )]
    Line {
        /// The dictionary's name.
        file: String,
        /// The line, counted from one.
        line: usize,
        /// What is wrong with it.
        problem: String,
    },
    /// A row of a table of concepts that is none.
    #[error("{file}:{line}: {problem}")]
    Row {
        /// The table's name.
        file: String,
        /// The line, counted from one.
        line: usize,
        /// What is wrong with it, and what to write.
        problem: String,
    },
    /// A line of a text dictionary, or of a config, that is not UTF-8.
    #[error("{file}:{line}: not valid UTF-8; save the file as UTF-8")]
    NotUtf8 {
        /// The dictionary's name.
        file: String,
        /// The line, counted from one.
        line: usize,
    },
    /// The same key twice in one text dictionary.
    #[error(
        "{file}:{line}: the key \u{201c}{key}\u{201d} stands here and in line {first}; keep one of them"
    )]
    DuplicateKey {
        /// The dictionary's name.
        file: String,
        /// The line of the second occurrence, counted from one.
        line: usize,
        /// The line of the first occurrence, counted from one.
        first: usize,
        /// The key that stands twice.
        key: String,
    },
    /// A compiled `.ocd2` dictionary that can't be read.
    #[error("{file}: not a readable .ocd2 dictionary: {problem}")]
    Damaged {
        /// The dictionary's name.
        file: String,
        /// What is wrong with it.
        problem: String,
    },
    /// More text than the compiled form can address (4 GiB, or 2³¹ characters of keys).
    #[error("the dictionaries of one stage are too large together: {what}")]
    TooLarge {
        /// Which part is too large.
        what: &'static str,
    },
}
