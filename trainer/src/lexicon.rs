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
            for line in read_lines(path)? {
                let (word, count) = line.split_once('\t').unwrap_or((&line, ""));
                let count = count.split('\t').next().unwrap_or_default();
                lexicon.add(word, count.parse::<f32>().map_or(3.0, |count| 0.5 + count / SCALE));
            }
        }
        Ok(lexicon)
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
