//! What is striking about the rows of tables of concepts.

use std::collections::{HashMap, HashSet};

use anyhow::Result;

use super::check::Remark;
use super::comes_out;
use crate::Converter;
use crate::context::{END, code};
use crate::conversion::reading::words::LONGEST;
use crate::dictionary::concepts::{COLUMNS, Cell, Concept, ConceptTable, Read, Word};
use crate::locale::{Evidence, Script};

/// A row, and where it is.
#[derive(Debug, Clone, Copy)]
pub struct Row<'t> {
    pub table: &'t ConceptTable,
    pub concept: &'t Concept,
    /// The number of the table.
    number: usize,
}

/// What tells words apart: their codes, and letters and digits, many of which have one.
pub fn key(word: &str) -> Vec<u32> {
    let key = |one: char| if one.is_ascii() { u32::from(one) } else { u32::from(code(one)) };
    word.chars().map(key).collect()
}

/// What is striking about the rows of `tables`, the last of which comes first; in the order of the
/// tables and of their lines.
///
/// # Errors
///
/// If a condition can't be read.
pub fn check(tables: &[ConceptTable]) -> Result<Vec<Remark>> {
    let rows: Vec<Row<'_>> = tables.iter().enumerate().flat_map(rows).collect();
    let mut faults = faults_of_order(&rows);
    faults.extend(
        rows.iter()
            .enumerate()
            .flat_map(|(at, row)| row.faults_of_words().into_iter().map(move |text| (at, text))),
    );
    let mut known = HashSet::new();
    for (at, word, text) in never_read(&rows) {
        known.insert((at, word));
        faults.push((at, text));
    }
    for (at, row) in rows.iter().enumerate() {
        let words = row.words().filter(|(_, word)| never_found(word).is_some());
        known.extend(words.map(|(_, word)| (at, word.text.clone())));
    }
    faults.extend(comes_out::check(tables, &rows, known)?);
    faults.sort_by_key(|(at, _)| *at);
    Ok(faults.into_iter().map(|(at, text)| rows[at].remark(&text)).collect())
}

fn rows((number, table): (usize, &ConceptTable)) -> impl Iterator<Item = Row<'_>> {
    table.concepts().iter().map(move |concept| Row { table, concept, number })
}

/// Rows that are out of order, the first of each table, and concepts that stand twice.
fn faults_of_order(rows: &[Row<'_>]) -> Vec<(usize, String)> {
    let mut faults = Vec::new();
    let mut seen: HashMap<&str, Row<'_>> = HashMap::new();
    let mut unsorted = None;
    for (at, row) in rows.iter().enumerate() {
        let name = row.concept.name.as_str();
        let before = at.checked_sub(1).map(|before| rows[before]);
        let before = before.filter(|before| before.number == row.number);
        if before.is_some_and(|before| before.concept.name.as_str() > name)
            && unsorted != Some(row.number)
        {
            unsorted = Some(row.number);
            faults.push((
                at,
                "out of order; sort the rows by the bytes of the first column".to_owned(),
            ));
        }
        if let Some(other) = seen.insert(name, *row) {
            let place = other.place();
            faults.push((at, format!("{place} has the same concept; make one row of them")));
        }
    }
    faults
}

/// Words that are read everywhere in two rows that go to one place, with the row that loses.
fn never_read(rows: &[Row<'_>]) -> Vec<(usize, String, String)> {
    let mut readers: HashMap<(usize, Vec<u32>), Vec<usize>> = HashMap::new();
    let mut found = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        for (column, word) in row.words().filter(|(_, word)| word.read == Read::Everywhere) {
            let others = readers.entry((column, key(&word.text))).or_default();
            let other = others
                .iter()
                .copied()
                .find(|other| *other != at && rows[*other].goes_where(row, column));
            others.push(at);
            let Some(other) = other else { continue };
            // Of one table the first row wins, of several the last table.
            let is_later = rows[other].number != row.number;
            let (loser, winner) = if is_later { (other, at) } else { (at, other) };
            let how = if is_later { "comes later" } else { "comes before it" };
            let (name, place) = (COLUMNS[column + 1], rows[winner].place());
            let text = format!(
                "{name}: {}: never read, since {place} has it, too, and {how}; put both in one row",
                word.text
            );
            found.push((loser, word.text.clone(), text));
        }
    }
    found
}

impl<'t> Row<'t> {
    /// As other remarks call it.
    fn place(&self) -> String {
        format!("{}:{}", self.table.name(), self.concept.line)
    }

    fn remark(&self, text: &str) -> Remark {
        let text = format!("{}: {text}", self.concept.name);
        Remark { file: self.table.name().to_owned(), line: Some(self.concept.line), text }
    }

    /// The words that it has itself, with the numbers of their columns.
    fn words(&self) -> impl Iterator<Item = (usize, &'t Word)> + use<'t> {
        let cells = self.concept.cells.iter().enumerate();
        cells.flat_map(|(column, cell)| cell.words().iter().map(move |word| (column, word)))
    }

    /// Whether both have words for one place beside that of `column`.
    fn goes_where(&self, other: &Self, column: usize) -> bool {
        let mut cells = self.concept.cells.iter().zip(&other.concept.cells).enumerate();
        cells.any(|(number, (one, other))| {
            number != column && *one != Cell::Empty && *other != Cell::Empty
        })
    }

    /// What is wrong with each word by itself.
    fn faults_of_words(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut seen = HashSet::new();
        for (column, word) in self.words() {
            let name = COLUMNS[column + 1];
            if !seen.insert((column, &word.text)) {
                faults.push(format!("{name}: {}: stands twice in its cell", word.text));
                continue;
            }
            let texts =
                [self.too_short(word), never_found(word), in_other_script(column, &word.text)];
            let texts = texts.into_iter().flatten();
            faults.extend(texts.map(|text| format!("{name}: {}: {text}", word.text)));
        }
        faults
    }

    /// A single ideograph is part of many words.
    fn too_short(&self, word: &Word) -> Option<String> {
        let mut characters = word.text.chars();
        let is_single =
            characters.next().is_some_and(|one| one >= '\u{2e80}') && characters.next().is_none();
        let wanted = key(&word.text);
        let lacks = |cell: &Cell| {
            !cell.words().is_empty() && cell.words().iter().all(|own| key(&own.text) != wanted)
        };
        let is_replaced = word.read == Read::Everywhere && self.concept.cells.iter().any(lacks);
        (is_single && is_replaced).then(|| {
            "one character hits within other words, too; write the words, or mark it with ?"
                .to_owned()
        })
    }
}

/// Why a word that is to be read is found nowhere.
fn never_found(word: &Word) -> Option<String> {
    if word.read == Read::Never {
        return None;
    }
    if word.text.chars().count() > LONGEST {
        return Some(format!(
            "never read, since it has more than {LONGEST} characters; mark it with !"
        ));
    }
    let ends = word.text.chars().any(|one| code(one) == END);
    ends.then(|| "never read, since a sentence ends within it; mark it with !".to_owned())
}

/// What to write for a word that has characters of another script than its column.
fn in_other_script(column: usize, word: &str) -> Option<String> {
    let (wrong, name, config) = match COLUMNS[column + 1] {
        "tw" => (Script::Hans, "Simplified", "s2tw"),
        "hk" | "mo" => (Script::Hans, "Simplified", "s2hk"),
        _ => (Script::Hant, "Traditional", "t2s"),
    };
    let is_wrong = |one: &char| Evidence::of(one.encode_utf8(&mut [0; 4])).script() == wrong;
    let characters: String = word.chars().filter(is_wrong).collect();
    if characters.is_empty() {
        return None;
    }
    let right = Converter::config(config).ok()?.convert(word).into_owned();
    (right != word).then(|| format!("{characters} is {name}; write {right}"))
}
