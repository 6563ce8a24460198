//! Lists of words.

use std::path::PathBuf;

use anyhow::Result;
use jianfan::context::{canonical, code};
use rustc_hash::FxHashMap;

use crate::texts::read_lines;

/// The longest word that the lattice has.
const LONGEST: usize = 8;
/// No list makes a word count more than this before the text is seen.
const MOST: f32 = 50.0;
/// By this the frequencies of the lists are divided.
const SCALE: f32 = 50.0;
/// What a word counts whose frequency is not known.
const UNKNOWN: f32 = 3.0;

/// The words of all lists.
#[derive(Debug, Default)]
pub struct Lexicon {
    pub words: Vec<LexiconWord>,
    by_codes: FxHashMap<Vec<u16>, usize>,
    /// Every row of every list: the word's readings, for learning.
    pub rows: Vec<(Vec<u16>, Vec<char>)>,
}

/// A word, with the readings of its characters.
#[derive(Debug)]
pub struct LexiconWord {
    pub codes: Vec<u16>,
    pub readings: Vec<char>,
    /// How often it occurs, by the lists.
    pub count: f32,
    /// The count of the list row that the readings are from.
    best: f32,
}

impl Lexicon {
    /// Reads the lists. Of words with the same codes the most frequent one gives the readings.
    pub fn read(paths: &[PathBuf]) -> Result<Self> {
        let mut lexicon = Self::default();
        for path in paths {
            read_lines(path)?.iter().for_each(|row| lexicon.add_row(row));
        }
        Ok(lexicon)
    }

    /// Adds a row of a list: a word, and behind a TAB its frequency, if it is known.
    pub fn add_row(&mut self, row: &str) {
        let mut columns = row.split('\t');
        let (word, count) =
            (columns.next().unwrap_or_default(), columns.next().unwrap_or_default());
        self.add(word, count.parse::<f32>().map_or(UNKNOWN, |count| 0.5 + count / SCALE));
    }

    fn add(&mut self, word: &str, count: f32) {
        let codes: Vec<u16> = word.chars().map(code).collect();
        let readings: Vec<char> = word.chars().map(canonical).collect();
        if codes.len() > 1 {
            self.rows.push((codes.clone(), readings.clone()));
        }
        if codes.is_empty() || codes.len() > LONGEST || codes.iter().any(|code| *code < 0x3400) {
            return;
        }
        let count = if codes.len() == 1 { count.min(MOST) } else { count };
        let index = *self.by_codes.entry(codes.clone()).or_insert(self.words.len());
        match self.words.get_mut(index) {
            Some(known) => {
                if count > known.best {
                    known.readings = readings;
                    known.best = count;
                }
                known.count += count;
            }
            None => self.words.push(LexiconWord { codes, readings, count, best: count }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon(rows: &[&str]) -> Lexicon {
        let mut lexicon = Lexicon::default();
        rows.iter().for_each(|row| lexicon.add_row(row));
        lexicon
    }

    #[test]
    fn the_most_frequent_of_words_with_the_same_codes_gives_the_readings() {
        for rows in [["頭發\t1", "頭髮\t500"], ["頭髮\t500", "頭發\t1"]] {
            let lexicon = lexicon(&rows);
            assert_eq!(lexicon.words.len(), 1);
            assert_eq!(lexicon.words[0].readings, ['頭', '髮']);
            assert_eq!(lexicon.words[0].count, 0.5 + 1.0 / SCALE + 0.5 + 500.0 / SCALE);
            assert_eq!(lexicon.rows.len(), 2);
        }
    }

    #[test]
    fn a_second_column_that_is_no_number_is_passed_over() {
        let lexicon = lexicon(&["頭髮\t头发\ttou2 fa5", "白髮\t100\t1", "發展"]);
        let counts: Vec<f32> = lexicon.words.iter().map(|word| word.count).collect();
        assert_eq!(counts, [UNKNOWN, 0.5 + 100.0 / SCALE, UNKNOWN]);
    }

    #[test]
    fn what_is_no_word_of_the_lattice_is_left_out() {
        let lexicon = lexicon(&["", "卡拉OK", "一二三四五六七八", "一二三四五六七八九"]);
        let lengths: Vec<usize> = lexicon.words.iter().map(|word| word.codes.len()).collect();
        assert_eq!((lengths, lexicon.rows.len()), (vec![8], 3));
    }

    #[test]
    fn one_character_counts_no_more_than_the_most() {
        assert_eq!(lexicon(&["的\t1000000"]).words[0].count, MOST);
    }
}
