//! Files of rows: columns with tabs between them; `#` begins a comment, and
//! empty lines don't count.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// Reads the file at `path` and makes something of each row's columns; an
/// error says the file and, if it lies in a row, the line.
pub fn read<T>(path: &Path, parse_row: impl Fn(&[&str]) -> Result<T>) -> Result<Vec<T>> {
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    parse(path, &text, parse_row)
}

/// As [`read`], from the file's text; `path` is for errors alone.
pub fn parse<T>(
    path: &Path,
    text: &str,
    parse_row: impl Fn(&[&str]) -> Result<T>,
) -> Result<Vec<T>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let rows = text.lines().zip(1..).filter(|(line, _)| !line.is_empty() && !line.starts_with('#'));
    rows.map(|(line, number)| {
        let columns: Vec<&str> = line.split('\t').collect();
        parse_row(&columns).with_context(|| format!("{}:{number}", path.display()))
    })
    .collect()
}

/// The only character of `text`; an error if there is none or another one.
pub fn single_char(text: &str) -> Result<char> {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Ok(c),
        _ => anyhow::bail!("`{text}` stands where one character must: correct the row"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_empty_lines_count_as_lines_only() {
        let text = "\u{feff}#a\tb\n1\t2\r\n\n3\t\n";
        let rows = parse(Path::new("x"), text, |row| Ok(row.join("|"))).unwrap();
        assert_eq!(rows, ["1|2", "3|"]);
    }

    #[test]
    fn errors_say_file_and_line() {
        let rows = parse(Path::new("x.tsv"), "#\n好\n好好\n", |row| single_char(row[0]));
        let message = format!("{:#}", rows.unwrap_err());
        assert_eq!(message, "x.tsv:3: `好好` stands where one character must: correct the row");
    }
}
