//! What is printed: tables of figures, worst characters, wrong words.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::figures::{Figures, Share};
use super::measure::Measured;

/// What stands for the sum of all sets.
pub const ALL: &str = "all";

/// The tables of one run: one with a row per set, or, when there are several
/// contestants, one per set with a row for each of them.
pub struct Tables {
    contestants: Vec<String>,
    /// How wide the first column is.
    width: usize,
}

impl Tables {
    /// For these contestants and sets; prints the head if there is one table.
    pub fn new(contestants: Vec<String>, sets: &[String]) -> Self {
        let sets = sets.iter().map(String::as_str).chain([ALL]);
        let rows: Vec<&str> = match &*contestants {
            [_] => sets.collect(),
            several => several.iter().map(String::as_str).collect(),
        };
        let width = rows.iter().map(|row| row.chars().count()).max().unwrap_or(0);
        let tables = Self { contestants, width };
        if tables.contestants.len() == 1 {
            println!("{}", tables.head("set"));
        }
        tables
    }

    /// Prints the figures of a set, one for each contestant.
    pub fn print(&self, set: &str, figures: &[Figures]) {
        if let [figures] = figures {
            return println!("{}", self.row(set, figures));
        }
        println!("{set}\n{}", self.head(""));
        for (contestant, figures) in self.contestants.iter().zip(figures) {
            println!("{}", self.row(contestant, figures));
        }
        println!();
    }

    fn head(&self, first: &str) -> String {
        format!(
            "{first:<width$} {:>6} {:>6} {:>6} {:>7} {:>7} {:>6} {:>6} {:>6} {:>5} {:>6} {:>5}",
            "lines",
            "exact",
            "exact~",
            "char",
            "char~",
            "amb~",
            "of",
            "minor~",
            "of",
            "term",
            "of",
            width = self.width
        )
    }

    fn row(&self, first: &str, figures: &Figures) -> String {
        format!(
            "{first:<width$} {:>6} {:>6} {:>6} {:>7} {:>7} {:>6} {:>6} {:>6} {:>5} {:>6} {:>5}",
            figures.exact.total,
            figures.exact.percent(2),
            figures.exact_folded.percent(2),
            figures.character.percent(3),
            figures.character_folded.percent(3),
            figures.ambiguous.percent(2),
            figures.ambiguous.total,
            figures.minor.percent(2),
            figures.minor.total,
            figures.term.percent(2),
            figures.term.total,
            width = self.width
        )
    }
}

/// Prints the `count` ambiguous characters that are wrong most often.
pub fn print_worst(contestant: &str, measured: &Measured, count: usize) {
    println!("characters most often wrong, {contestant}: right of all, by reading");
    for (character, readings) in worst(&measured.readings).into_iter().take(count) {
        let wrong: usize = readings.iter().map(|(_, share)| share.wrong()).sum();
        let readings = readings
            .iter()
            .map(|(reading, share)| format!("{reading} {}/{}", share.right, share.total));
        println!("  {character} {wrong} wrong: {}", readings.collect::<Vec<_>>().join(", "));
    }
}

type Readings = Vec<(char, Share)>;

/// The characters that were wrong at all, the worst first.
fn worst(readings: &BTreeMap<(char, char), Share>) -> Vec<(char, Readings)> {
    let mut characters: BTreeMap<char, Readings> = BTreeMap::new();
    for (&(character, reading), &share) in readings {
        characters.entry(character).or_default().push((reading, share));
    }
    let wrong = |readings: &Readings| readings.iter().map(|(_, s)| s.wrong()).sum::<usize>();
    let mut characters: Vec<_> = characters.into_iter().filter(|(_, r)| wrong(r) > 0).collect();
    characters.sort_by_key(|(_, readings)| Reverse(wrong(readings)));
    characters
}

/// Prints the `count` most frequent wrong words.
pub fn print_errors(contestant: &str, measured: &Measured, count: usize) {
    println!("most frequent wrong words, {contestant}: source | gold | output | count");
    let mut words: Vec<_> = measured.wrong_words.iter().collect();
    words.sort_by_key(|&(word, times)| (Reverse(times), word));
    for (word, times) in words.into_iter().take(count) {
        println!("  {} | {} | {} | {times}", word.input, word.gold, word.output);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_character_comes_first_and_right_ones_not_at_all() {
        let share = |right, total| Share { right, total };
        let readings = BTreeMap::from([
            (('发', '發'), share(9, 10)),
            (('后', '后'), share(1, 2)),
            (('后', '後'), share(6, 8)),
            (('里', '裡'), share(5, 5)),
        ]);
        let expected = [
            ('后', vec![('后', share(1, 2)), ('後', share(6, 8))]),
            ('发', vec![('發', share(9, 10))]),
        ];
        assert_eq!(worst(&readings), expected);
    }

    #[test]
    fn head_and_rows_have_the_same_columns() {
        let tables = Tables { contestants: Vec::new(), width: 10 };
        let row = tables.row("好", &Figures::default());
        assert_eq!(row.chars().count(), tables.head("").chars().count());
        assert_eq!(row.split_whitespace().count(), 12);
    }
}
