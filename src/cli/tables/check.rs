//! `jianfan tables check`: rows of the user's tables that probably don't do what was meant.

use std::collections::HashMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::concepts;
use crate::dictionary::{Dictionary, Entry};
use crate::load::{self, UserTable};

/// What is striking about a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    pub file: String,
    /// Counted from one; a compiled dictionary has no lines.
    pub line: Option<usize>,
    pub text: String,
}

/// As messages print it: file, line, and what.
impl fmt::Display for Remark {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(formatter, "{}:{line}: {}", self.file, self.text),
            None => write!(formatter, "{}: {}", self.file, self.text),
        }
    }
}

/// A row of a table.
#[derive(Debug, Clone, Copy)]
struct Row<'a> {
    table: &'a Table,
    entry: &'a Entry,
}

/// A table with the lines of its keys.
#[derive(Debug)]
struct Table {
    dictionary: Dictionary,
    lines: HashMap<String, usize>,
}

/// Reads the tables at `paths`, given as `--table` would be: the last one wins; gives what is
/// striking about their rows, those of phrases first, in the order of the tables and of their lines.
///
/// # Errors
///
/// If a table can't be read, or is none.
pub fn check(paths: &[PathBuf]) -> Result<Vec<Remark>> {
    let (mut phrases, mut concepts) = (Vec::new(), Vec::new());
    for path in paths {
        match load::user_table(path)? {
            UserTable::Phrases(dictionary) => phrases.push(Table::read(dictionary, path)?),
            UserTable::Concepts(table) => concepts.push(table),
        }
    }
    let mut remarks = check_phrases(&phrases);
    remarks.extend(concepts::check(&concepts)?);
    Ok(remarks)
}

fn check_phrases(tables: &[Table]) -> Vec<Remark> {
    let winners = winners_among(tables);
    let mut remarks = Vec::new();
    for (number, table) in tables.iter().enumerate() {
        let later = winners_among(&tables[number + 1..]);
        let mut rows: Vec<_> = table.rows().collect();
        rows.sort_by_key(|row| row.line());
        for row in rows {
            let texts = [
                row.overruled(&later),
                row.too_short(),
                row.undone(&winners),
                row.goes_on(&winners),
            ];
            remarks.extend(texts.into_iter().flatten().map(|text| row.remark(text)));
        }
    }
    remarks
}

/// The row of each key that is asked.
fn winners_among(tables: &[Table]) -> HashMap<&str, Row<'_>> {
    tables.iter().flat_map(Table::rows).map(|row| (row.entry.key.as_str(), row)).collect()
}

/// All beginnings of `text`, the shortest first.
fn prefixes(text: &str) -> impl Iterator<Item = &str> {
    text.char_indices().map(|(at, character)| &text[..at + character.len_utf8()])
}

impl Table {
    /// The table that was read from `path`.
    fn read(dictionary: Dictionary, path: &Path) -> Result<Self> {
        let text = String::from_utf8(fs::read(path)?).unwrap_or_default();
        let text = text.trim_start_matches('\u{feff}');
        let keys = text
            .lines()
            .zip(1..)
            .filter_map(|(line, number)| Some((line.split_once('\t')?.0.to_owned(), number)));
        Ok(Self { dictionary, lines: keys.collect() })
    }

    fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.dictionary.entries().iter().map(|entry| Row { table: self, entry })
    }
}

impl Row<'_> {
    fn line(&self) -> Option<usize> {
        self.table.lines.get(&self.entry.key).copied()
    }

    fn value(&self) -> &str {
        &self.entry.candidates[0]
    }

    /// As other remarks call it.
    fn place(&self) -> String {
        let file = self.table.dictionary.name();
        self.line().map_or(file.to_owned(), |line| format!("{file}:{line}"))
    }

    fn remark(&self, text: String) -> Remark {
        let file = self.table.dictionary.name().to_owned();
        Remark { file, line: self.line(), text: format!("{}: {text}", self.entry.key) }
    }

    /// Whether a later table, which is asked first, leaves nothing to this row: by the same key, or
    /// by one with which this one begins.
    fn overruled(&self, later: &HashMap<&str, Row<'_>>) -> Option<String> {
        let key = self.entry.key.as_str();
        let other = prefixes(key).find_map(|prefix| later.get(prefix))?;
        Some(match other.entry.key == *key {
            true => format!("never applies, since {} has it, too, and comes later", other.place()),
            false => format!(
                "never applies, since {} comes later and has {}, with which it begins",
                other.place(),
                other.entry.key
            ),
        })
    }

    /// A single ideograph is part of many words.
    fn too_short(&self) -> Option<String> {
        let mut characters = self.entry.key.chars();
        let is_single =
            characters.next().is_some_and(|one| one >= '\u{2e80}') && characters.next().is_none();
        (is_single && self.value() != self.entry.key)
            .then(|| "one character hits within other words, too; write the words".to_owned())
    }

    /// Whether another row turns what this one wrote back.
    fn undone(&self, winners: &HashMap<&str, Row<'_>>) -> Option<String> {
        let other = winners.get(self.value())?;
        let is_undone = self.value() != self.entry.key && other.value() == self.entry.key;
        is_undone.then(|| format!("{} turns {} back", other.place(), self.value()))
    }

    /// Whether converting the result again would change it again.
    fn goes_on(&self, winners: &HashMap<&str, Row<'_>>) -> Option<String> {
        let value = self.value();
        let keys = value.char_indices().flat_map(|(at, _)| prefixes(&value[at..]));
        let found = keys.filter_map(|key| winners.get(key));
        let mut others = found.filter(|row| row.value() != row.entry.key);
        let other = others.find(|row| row.value() != self.entry.key)?;
        (value != self.entry.key && !value.contains(other.value())).then(|| {
            format!(
                "becomes {value}, which holds {} of {}: converted again, it would change again",
                other.entry.key,
                other.place()
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn remarks(tables: &[&str]) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let write = |(number, text): (usize, &&str)| {
            let path = folder.path().join(format!("{number}.txt"));
            fs::write(&path, text).unwrap();
            path
        };
        let paths: Vec<PathBuf> = tables.iter().enumerate().map(write).collect();
        let prefix = format!("{}/", folder.path().display());
        let said = check(&paths).unwrap().into_iter().map(|remark| remark.to_string());
        said.map(|text| text.replace(&prefix, "")).collect()
    }

    #[test]
    fn sound_tables() {
        assert!(remarks(&["# ours\n软件\t軟件\n里面\t裏面\n", "里面\t裏面\n"][..1]).is_empty());
        assert!(remarks(&["里\t里\n软件\t軟件\n"]).is_empty());
    }

    #[test]
    fn what_never_applies() {
        assert_eq!(
            remarks(&["软件\t軟件\n软件园\t軟件園\n", "软件\t軟體\n"]),
            [
                "0.txt:1: 软件: never applies, since 1.txt:1 has it, too, and comes later",
                "0.txt:2: 软件园: never applies, since 1.txt:1 comes later and has 软件, with which it begins",
            ]
        );
    }

    #[test]
    fn what_hits_too_often_or_comes_back() {
        let said = remarks(&["台\t臺\n計算機\t電腦\n電腦\t計算機\n网\t網路\n網路\t網際網路\n"]);
        let expected = [
            "0.txt:1: 台: one character",
            "0.txt:2: 計算機: 0.txt:3 turns 電腦 back",
            "0.txt:3: 電腦: 0.txt:2 turns 計算機 back",
            "0.txt:4: 网: one character",
            "0.txt:4: 网: becomes 網路, which holds 網路 of 0.txt:5",
        ];
        assert_eq!(said.len(), expected.len(), "{said:?}");
        for (said, expected) in said.iter().zip(expected) {
            assert!(said.starts_with(expected), "{said}");
        }
    }
}
