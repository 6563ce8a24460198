//! Tables of concepts: which word each place has for one thing, a row for each.
//!
//! UTF-8, comments begin with `#`, lines end with LF or CR LF. A header names the nine columns, and by
//! it such a table is known; it may be a comment, and stands before all rows:
//!
//! ```text
//! concept  cn  tw  hk  sg  my  mo  when  note
//! ```
//!
//! | column | |
//! |---|---|
//! | `concept` | what is meant |
//! | `cn` | the mainland's words, in Simplified characters |
//! | `tw`, `hk` | those of Taiwan, Hong Kong; `=` for the words of `cn`; nothing if not settled |
//! | `sg`, `my` | those of Singapore, Malaysia; nothing for the words of `cn` |
//! | `mo` | those of Macau; nothing for the words of `hk` |
//! | `when` | where words marked `?` are read |
//! | `note` | why |
//!
//! A cell holds words with `|` between them. The first is written at the place; all are read there,
//! but for those marked `?` only where `when` holds, and those marked `!` nowhere. The README of
//! `dictionaries/regions` says it all, with the conditions that stand in `when`.

mod row;

use super::DictionaryError;
use super::text::{decode, lines};

/// The names of the columns.
pub(crate) const COLUMNS: [&str; 9] =
    ["concept", "cn", "tw", "hk", "sg", "my", "mo", "when", "note"];

/// How many places have a column.
pub(crate) const PLACES: usize = 6;

/// A table of concepts, from which the words of each place are replaced by those of any other.
///
/// ```
/// use jianfan::dictionary::concepts;
///
/// let rows = "concept\tcn\ttw\thk\tsg\tmy\tmo\twhen\tnote\nfirewall\t防火墙\t火牆\t\t\t\t\t\t\n";
/// let table = concepts::parse("ours.tsv", rows.as_bytes()).unwrap();
/// assert_eq!((table.name(), table.len()), ("ours.tsv", 1));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConceptTable {
    name: String,
    concepts: Vec<Concept>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Concept {
    /// Counted from one.
    pub line: usize,
    pub name: String,
    /// The cells of the mainland, Taiwan, Hong Kong, Singapore, Malaysia and Macau.
    pub cells: [Cell; PLACES],
    /// Where words that are read sometimes are; empty if there are none.
    pub condition: String,
}

/// What a table has for a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell {
    /// Nothing is known.
    Empty,
    /// The words of the mainland.
    Mainland,
    /// Words, at least one.
    Words(Vec<Word>),
}

/// A word of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    pub text: String,
    pub read: Read,
}

/// Where a word is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Read {
    Everywhere,
    /// Where the condition of its concept holds.
    Sometimes,
    Never,
}

impl ConceptTable {
    /// What errors and `explain` call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many concepts it has.
    pub fn len(&self) -> usize {
        self.concepts.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.concepts.is_empty()
    }

    /// Its rows, in their order.
    pub(crate) fn concepts(&self) -> &[Concept] {
        &self.concepts
    }

    /// The error that something is wrong with `concept`.
    pub(crate) fn error(&self, concept: &Concept, problem: String) -> DictionaryError {
        DictionaryError::Row { file: self.name.clone(), line: concept.line, problem }
    }
}

impl Cell {
    /// The words that it has itself.
    pub fn words(&self) -> &[Word] {
        match self {
            Self::Words(words) => words,
            Self::Empty | Self::Mainland => &[],
        }
    }
}

/// Whether this is a table of concepts: its header stands before its rows.
///
/// ```
/// use jianfan::dictionary::concepts::is_table;
///
/// assert!(is_table("# ours\n# concept\tcn\ttw\thk\tsg\tmy\tmo\twhen\tnote\n".as_bytes()));
/// assert!(!is_table("软件\t軟體\n".as_bytes()));
/// ```
pub fn is_table(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let mut lines = bytes.split(|byte| *byte == b'\n').filter_map(|line| str::from_utf8(line).ok());
    let is_head = |line: &&str| is_header(line) || !is_skipped(line.trim_end_matches('\r'));
    lines.find(is_head).is_some_and(is_header)
}

/// Reads a table of concepts.
///
/// `name` is what errors and `explain` call it, usually the path. A table that has the name of a
/// built-in one, such as `computing.tsv`, has its words counted for the same field, so that they
/// tell what a passage is about.
///
/// # Errors
///
/// [`DictionaryError`] with the line for text that is not UTF-8, a header that is missing, a row that
/// has not nine columns, no concept or no word for `cn`, words or marks that are none, and a word
/// marked `?` without a condition, or the other way round. What `when` holds is read when a
/// [converter](crate::conversion::ConverterBuilder::concepts) is built.
pub fn parse(name: &str, bytes: &[u8]) -> Result<ConceptTable, DictionaryError> {
    let error = |line: usize, problem: String| DictionaryError::Row {
        file: name.to_owned(),
        line,
        problem,
    };
    if !is_table(bytes) {
        let header = COLUMNS.join(" ");
        return Err(error(1, format!("begin it with the header, TABs between: {header}")));
    }
    let rows = lines(decode(name, bytes)?).filter(|(_, line)| !is_header(line));
    let concepts =
        rows.map(|(line, text)| Concept::parse(line, text).map_err(|problem| error(line, problem)));
    Ok(ConceptTable { name: name.to_owned(), concepts: concepts.collect::<Result<_, _>>()? })
}

fn is_skipped(line: &str) -> bool {
    line.is_empty() || line.starts_with('#')
}

fn is_header(line: &str) -> bool {
    let line = line.trim_end_matches('\r');
    let bare = line.strip_prefix('#').map_or(line, str::trim_start);
    bare.split('\t').eq(COLUMNS)
}
