//! Sets: texts with the conversion that a human gave them, the *gold*.

use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use super::tsv;

/// A file of rows.
pub struct Set {
    /// Where the set was read.
    pub path: PathBuf,
    /// Whether its rows list terms: then words differ as well as characters,
    /// and spaces and quotes don't count.
    pub vocabulary: bool,
    /// At least one.
    pub rows: Vec<Row>,
}

/// A text to convert.
pub struct Row {
    /// What the set calls it.
    pub id: String,
    /// What the commands get.
    pub input: String,
    /// What they should make of it.
    pub gold: String,
    /// The words of the gold that have to be right; none unless the set lists
    /// terms.
    pub terms: Vec<Term>,
}

/// A word for which the other place has another word.
#[derive(Debug, PartialEq)]
pub struct Term {
    /// The word in the input.
    pub input: String,
    /// The word in the gold.
    pub gold: String,
    /// Where it stands in the gold, in characters; if that isn't known, the
    /// output has to have it anywhere.
    pub place: Option<Range<usize>>,
}

/// Reads the sets at `paths`; see [`Set::read`].
pub fn read_all(paths: &[PathBuf], reverse: bool) -> Result<Vec<Set>> {
    paths.iter().map(|path| Set::read(path, reverse)).collect()
}

impl Set {
    /// Reads a set; `reverse` turns it round, so that the gold is what is
    /// converted.
    pub fn read(path: &Path, reverse: bool) -> Result<Self> {
        Self::new(path, tsv::read(path, parse_row)?, reverse)
    }

    /// As [`Set::read`], from the file's text.
    #[cfg(test)]
    pub fn parse(path: &Path, text: &str, reverse: bool) -> Result<Self> {
        Self::new(path, tsv::parse(path, text, parse_row)?, reverse)
    }

    fn new(path: &Path, rows: Vec<(Row, bool)>, reverse: bool) -> Result<Self> {
        ensure!(!rows.is_empty(), "{} has no rows: fill it, or leave it out", path.display());
        let vocabulary = rows.iter().any(|(_, lists_terms)| *lists_terms);
        let rows = rows.into_iter().map(|(row, _)| if reverse { row.reversed() } else { row });
        Ok(Self { path: path.to_owned(), vocabulary, rows: rows.collect() })
    }
}

impl Row {
    fn reversed(self) -> Self {
        Self {
            id: self.id,
            input: self.gold,
            gold: self.input,
            terms: self.terms.into_iter().map(Term::reversed).collect(),
        }
    }
}

impl Term {
    fn reversed(self) -> Self {
        Self { input: self.gold, gold: self.input, place: None }
    }
}

/// A row, and whether it has a list of terms, be it empty.
fn parse_row(columns: &[&str]) -> Result<(Row, bool)> {
    let [id, input, gold, rest @ ..] = columns else {
        bail!("{} columns: a row has an id, a source and a gold", columns.len());
    };
    // Anything else than a list says where the ambiguous characters are.
    let list = rest.first().filter(|column| column.starts_with('['));
    let terms = list.map_or(Ok(Vec::new()), |json| parse_terms(json, gold))?;
    let [id, input, gold] = [id, input, gold].map(|column| (*column).to_owned());
    Ok((Row { id, input, gold, terms }, list.is_some()))
}

fn parse_terms(json: &str, gold: &str) -> Result<Vec<Term>> {
    type Columns = (String, String, usize, usize);
    let terms: Vec<Columns> = serde_json::from_str(json)
        .context("no terms in column 4: they are [[source, local, start, end], …]")?;
    let gold: Vec<char> = gold.chars().collect();
    let term = |(input, local, start, end): Columns| {
        let found = gold.get(start..end).map(String::from_iter);
        ensure!(
            found.as_ref() == Some(&local),
            "`{local}` is not at {start}..{end} of the gold: count its characters from 0"
        );
        Ok(Term { input, gold: local, place: Some(start..end) })
    };
    terms.into_iter().map(term).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str, reverse: bool) -> Result<Set> {
        Set::parse(Path::new("set.tsv"), text, reverse)
    }

    fn error(text: &str) -> String {
        format!("{:#}", parse(text, false).err().unwrap())
    }

    #[test]
    fn positions_are_ignored() {
        let set = parse("#id\n1\t头发\t頭髮\t1:发>髮\n2\t好\t好\n", false).unwrap();
        assert!(!set.vocabulary);
        assert_eq!(set.rows.len(), 2);
        assert_eq!(set.rows[0].gold, "頭髮");
        assert!(set.rows[0].terms.is_empty());
    }

    #[test]
    fn terms_are_read_with_their_places() {
        let set = parse("1\t开文件\t開檔案\t[[\"文件\", \"檔案\", 1, 3]]\n", false).unwrap();
        assert!(set.vocabulary);
        let term = Term { input: "文件".into(), gold: "檔案".into(), place: Some(1..3) };
        assert_eq!(set.rows[0].terms, [term]);
    }

    #[test]
    fn an_empty_list_makes_vocabulary_too() {
        assert!(parse("1\t好\t好\t[]\n", false).unwrap().vocabulary);
    }

    #[test]
    fn reverse_swaps_columns_and_terms() {
        let set = parse("1\t开文件\t開檔案\t[[\"文件\", \"檔案\", 1, 3]]\n", true).unwrap();
        let row = &set.rows[0];
        assert_eq!((&*row.input, &*row.gold), ("開檔案", "开文件"));
        let term = Term { input: "檔案".into(), gold: "文件".into(), place: None };
        assert_eq!(row.terms, [term]);
    }

    #[test]
    fn errors_are_one_line_with_the_place() {
        assert!(error("1\t好\t好\n2\t好\n").starts_with("set.tsv:2: 2 columns"));
        assert!(error("#id\n").starts_with("set.tsv has no rows"));
        assert!(error("1\t好\t好\t[1]\n").starts_with("set.tsv:1: no terms in column 4"));
        let moved = error("1\t开文件\t開檔案\t[[\"文件\", \"檔案\", 0, 2]]\n");
        assert!(moved.starts_with("set.tsv:1: `檔案` is not at 0..2"), "{moved}");
        let outside = error("1\t开文件\t開檔案\t[[\"文件\", \"檔案\", 2, 4]]\n");
        assert!(outside.starts_with("set.tsv:1: `檔案` is not at 2..4"), "{outside}");
    }
}
