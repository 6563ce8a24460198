//! Characters with several readings, and which reading of each is the usual
//! one.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Result, bail};

use super::fold::Folding;
use super::set::Set;
use super::tsv;

/// The characters that can become one of several, each a *reading*.
#[derive(Default)]
pub struct Ambiguous {
    readings: HashMap<char, Vec<char>>,
}

impl Ambiguous {
    /// Reads a table of ambiguous characters: rows of a character and its
    /// folded readings, with spaces between them. Further columns, such as a
    /// flag for readings that writers mix, are ignored.
    pub fn read(path: &Path) -> Result<Self> {
        Ok(Self::new(tsv::read(path, parse_row)?))
    }

    /// The characters in a table of this text.
    #[cfg(test)]
    pub fn parse(text: &str) -> Self {
        Self::new(tsv::parse(Path::new("ambiguous.tsv"), text, parse_row).unwrap())
    }

    fn new(rows: Vec<(char, Vec<char>)>) -> Self {
        Self { readings: rows.into_iter().collect() }
    }

    /// Whether the table lists the folded character `reading` for `c`.
    pub fn has(&self, c: char, reading: char) -> bool {
        self.readings.get(&c).is_some_and(|readings| readings.contains(&reading))
    }
}

fn parse_row(columns: &[&str]) -> Result<(char, Vec<char>)> {
    let [character, readings, ..] = columns else {
        bail!("1 column: a row is a character, a tab, and its readings");
    };
    let readings: Result<_> = readings.split_whitespace().map(tsv::single_char).collect();
    Ok((tsv::single_char(character)?, readings?))
}

/// The most frequent reading of each ambiguous character.
#[derive(Default)]
pub struct Majority {
    usual: HashMap<char, char>,
}

/// How often a reading occurs.
struct Count {
    reading: char,
    times: usize,
}

impl Majority {
    /// Counts the gold readings in `sets`, those with vocabulary left out. All
    /// that the gold has for an ambiguous character counts, listed or not. Of
    /// two equally frequent readings the one that occurs first is the usual.
    pub fn of<'a>(
        sets: impl IntoIterator<Item = &'a Set>,
        ambiguous: &Ambiguous,
        folding: &Folding,
    ) -> Self {
        let mut counts: HashMap<char, Vec<Count>> = HashMap::new();
        let rows = sets.into_iter().filter(|set| !set.vocabulary).flat_map(|set| &set.rows);
        for row in rows {
            let gold = folding.fold(&row.gold);
            if row.input.chars().count() == gold.len() {
                let pairs = row.input.chars().zip(gold);
                pairs
                    .filter(|(c, _)| ambiguous.readings.contains_key(c))
                    .for_each(|(c, reading)| count(counts.entry(c).or_default(), reading));
            }
        }
        Self { usual: counts.into_iter().filter_map(|(c, of)| Some((c, most(&of)?))).collect() }
    }

    /// Whether `reading` is not the usual one of `c`; false if `c` has none.
    pub fn is_minor(&self, c: char, reading: char) -> bool {
        self.usual.get(&c).is_some_and(|usual| *usual != reading)
    }
}

fn count(counts: &mut Vec<Count>, reading: char) {
    match counts.iter_mut().find(|count| count.reading == reading) {
        Some(count) => count.times += 1,
        None => counts.push(Count { reading, times: 1 }),
    }
}

/// The first of the most frequent readings.
fn most(counts: &[Count]) -> Option<char> {
    let times = counts.iter().map(|count| count.times).max()?;
    counts.iter().find(|count| count.times == times).map(|count| count.reading)
}

#[cfg(test)]
mod tests {
    use super::*;

    const READINGS: &str = "#\n发\t發 髮\t0\n后\t後 后\t1\n";

    fn majority(rows: &str) -> Majority {
        let set = Set::parse(Path::new("set.tsv"), rows, false).unwrap();
        Majority::of([&set], &Ambiguous::parse(READINGS), &Folding::default())
    }

    #[test]
    fn readings_are_those_listed() {
        let ambiguous = Ambiguous::parse(READINGS);
        assert!(ambiguous.has('发', '髮'));
        assert!(!ambiguous.has('发', '后'));
        assert!(!ambiguous.has('髮', '髮'));
    }

    #[test]
    fn a_row_without_readings_is_refused() {
        let rows = tsv::parse(Path::new("a.tsv"), "发\t發\n后\n", parse_row);
        assert!(format!("{:#}", rows.err().unwrap()).starts_with("a.tsv:2: 1 column"));
    }

    #[test]
    fn the_rarer_reading_is_minor() {
        let majority = majority("1\t发发发\t發髮發\n2\t后\t后\n");
        assert!(majority.is_minor('发', '髮'));
        assert!(!majority.is_minor('发', '發'));
        assert!(majority.is_minor('后', '後'));
    }

    #[test]
    fn of_equals_the_first_is_usual() {
        assert!(majority("1\t发发\t髮發\n").is_minor('发', '發'));
        assert!(majority("1\t发发\t發髮\n").is_minor('发', '髮'));
    }

    #[test]
    fn an_unlisted_reading_can_be_usual() {
        assert!(majority("1\t发发发\t髪髪發\n").is_minor('发', '發'));
    }

    #[test]
    fn what_never_occurs_has_no_minor_reading() {
        assert!(!majority("1\t发\t發\n").is_minor('后', '后'));
    }

    #[test]
    fn vocabulary_and_rows_of_unequal_length_do_not_count() {
        assert!(!majority("1\t发\t頭髮\n").is_minor('发', '發'));
        assert!(!majority("1\t发\t髮\t[]\n").is_minor('发', '發'));
    }
}
