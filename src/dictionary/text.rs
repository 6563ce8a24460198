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
    let text = decode(name, bytes)?;
    let mut entries = Vec::new();
    let mut first_lines = HashMap::new();
    for (index, line) in text.split('\n').enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let number = index + 1;
        let entry = parse_line(line).map_err(|problem| DictionaryError::Line {
            file: name.to_owned(),
            line: number,
            problem: problem.to_owned(),
        })?;
        if let Some(first) = first_lines.insert(entry.key.clone(), number) {
            return Err(DictionaryError::DuplicateKey {
                file: name.to_owned(),
                line: number,
                first,
                key: entry.key,
            });
        }
        entries.push(entry);
    }
    Dictionary::new(name, entries).map_err(|invalid| DictionaryError::Line {
        file: name.to_owned(),
        line: 0,
        problem: invalid.to_string(),
    })
}

fn decode<'a>(name: &str, bytes: &'a [u8]) -> Result<&'a str, DictionaryError> {
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
