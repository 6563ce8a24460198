//! Text dictionaries: one entry a line, `key TAB value`, as OpenCC and [`--table`] files have them.
//!
//! Further candidates follow the first value, separated by single spaces. A `#` in the first
//! column makes the line a comment; empty lines and a leading byte order mark are skipped; lines
//! end with LF or CR LF. The order of lines does not matter; a key that stands twice is an error.
//!
//! [`--table`]: https://docs.rs/jianfan

use std::collections::HashMap;

use super::{Dictionary, DictionaryError, Entry};

/// Reads a text dictionary.
///
/// `name` is what errors and `explain` call it, usually the path.
///
/// ```
/// use jianfan::dictionary::text;
///
/// let table = text::parse("house.txt", "# our words\n软件\t軟體\n".as_bytes()).unwrap();
/// assert_eq!(table.entries()[0].candidates, ["軟體"]);
///
/// let error = text::parse("house.txt", "软件 軟體\n".as_bytes()).unwrap_err();
/// assert!(error.to_string().starts_with("house.txt:1: "));
/// ```
///
/// # Errors
///
/// [`DictionaryError`] with the line for text that is not UTF-8, a line without TAB, an empty
/// key, a NUL or a stray CR, and for a key that stands twice.
pub fn parse(name: &str, bytes: &[u8]) -> Result<Dictionary, DictionaryError> {
    parse_lines(name, bytes, parse_line)
}

/// Reads a table that somebody wrote by hand: a text dictionary, in which a value may not be
/// empty or hold a TAB, as a slip of the finger would have it.
///
/// ```
/// use jianfan::dictionary::text;
///
/// assert!(text::parse("house.txt", "软件\t\n".as_bytes()).is_ok());
/// let error = text::parse_strict("house.txt", "软件\t\n".as_bytes()).unwrap_err();
/// assert!(error.to_string().starts_with("house.txt:1: no value after the TAB"));
/// ```
///
/// # Errors
///
/// As [`parse`], and for such values.
pub fn parse_strict(name: &str, bytes: &[u8]) -> Result<Dictionary, DictionaryError> {
    parse_lines(name, bytes, |line| {
        let entry = parse_line(line)?;
        if entry.candidates.iter().any(|candidate| candidate.contains('\t')) {
            return Err("a second TAB in the line (a table of concepts begins with its header)");
        }
        if entry.candidates.iter().any(String::is_empty) {
            return Err("no value after the TAB, or a space too many");
        }
        Ok(entry)
    })
}

fn parse_lines(
    name: &str,
    bytes: &[u8],
    parse_line: impl Fn(&str) -> Result<Entry, &'static str>,
) -> Result<Dictionary, DictionaryError> {
    let text = decode(name, bytes)?;
    let at_line = |line: usize, problem: String| DictionaryError::Line {
        file: name.to_owned(),
        line,
        problem,
    };
    let mut entries = Vec::new();
    let mut first_lines = HashMap::new();
    for (number, line) in lines(text) {
        let entry = parse_line(line).map_err(|problem| at_line(number, problem.to_owned()))?;
        if let Some(first) = first_lines.insert(entry.key.clone(), number) {
            let (file, key) = (name.to_owned(), entry.key);
            return Err(DictionaryError::DuplicateKey { file, line: number, first, key });
        }
        entries.push(entry);
    }
    Dictionary::new(name, entries).map_err(|invalid| at_line(0, invalid.to_string()))
}

/// The lines of a table with their numbers, but for empty ones and comments.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = (1..).zip(text.split('\n'));
    let lines = lines.map(|(number, line)| (number, line.strip_suffix('\r').unwrap_or(line)));
    lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

/// The text of a table, without a byte order mark.
pub(super) fn decode<'a>(name: &str, bytes: &'a [u8]) -> Result<&'a str, DictionaryError> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        DictionaryError::NotUtf8 {
            file: name.to_owned(),
            line: 1 + before.iter().filter(|&&byte| byte == b'\n').count(),
        }
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

fn parse_line(line: &str) -> Result<Entry, &'static str> {
    if line.contains(['\r', '\0']) {
        return Err("a carriage return or NUL inside the line");
    }
    let (key, values) = line.split_once('\t').ok_or("no TAB after the key")?;
    if key.is_empty() {
        return Err("no key before the TAB");
    }
    Ok(Entry { key: key.to_owned(), candidates: values.split(' ').map(str::to_owned).collect() })
}
