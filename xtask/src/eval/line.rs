//! One line: an output next to the gold.

use std::ops::Range;

use super::align::Alignment;
use super::fold::{self, Folding};
use super::set::{Row, Term};

/// What a command made of a row.
pub struct Line<'a> {
    row: &'a Row,
    output: &'a str,
    folded_gold: Vec<char>,
    folded_output: Vec<char>,
    /// Of the folded output to the folded gold.
    alignment: Alignment,
}

/// A character of the input that has a reading in the gold.
pub struct Reading {
    /// The character of the input.
    pub of: char,
    /// The folded character of the gold.
    pub gold: char,
    /// Whether the output has it.
    pub right: bool,
}

/// A word that came out wrong.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WrongWord {
    /// What stood in the input.
    pub input: String,
    /// What the gold has.
    pub gold: String,
    /// What the output has.
    pub output: String,
}

impl<'a> Line<'a> {
    /// Holds `output` against the gold of `row`.
    pub fn new(row: &'a Row, output: &'a str, folding: &Folding) -> Self {
        let folded_gold = folding.fold(&row.gold);
        let folded_output = folding.fold(output);
        let alignment = Alignment::new(&folded_output, &folded_gold);
        Self { row, output, folded_gold, folded_output, alignment }
    }

    /// Whether the output is the gold.
    pub fn is_exact(&self) -> bool {
        self.output == self.row.gold
    }

    /// Whether it is once both are folded.
    pub fn is_exact_folded(&self) -> bool {
        self.folded_output == self.folded_gold
    }

    /// Whether it is once both are folded, without spaces and quotes.
    pub fn is_exact_loose(&self) -> bool {
        fold::loose(&self.folded_output) == fold::loose(&self.folded_gold)
    }

    /// The characters of the gold.
    pub fn characters(&self) -> usize {
        self.folded_gold.len()
    }

    /// How many of them the output has.
    pub fn right_characters(&self) -> usize {
        let [output, gold] = [self.output, &self.row.gold].map(|s| s.chars().collect::<Vec<_>>());
        Alignment::new(&output, &gold).count_right()
    }

    /// The same, folded.
    pub fn right_folded_characters(&self) -> usize {
        self.alignment.count_right()
    }

    /// The readings of all characters; none if the gold is longer or shorter
    /// than the input.
    pub fn readings(&self) -> Vec<Reading> {
        let input: Vec<char> = self.row.input.chars().collect();
        if input.len() != self.folded_gold.len() {
            return Vec::new();
        }
        let pairs = input.into_iter().zip(&self.folded_gold).enumerate();
        pairs
            .map(|(index, (of, &gold))| Reading { of, gold, right: self.alignment.is_right(index) })
            .collect()
    }

    /// The terms, and whether the output has each where the gold has it, or
    /// anywhere if it isn't known where that is.
    pub fn terms(&self, folding: &Folding) -> Vec<(&'a Term, bool)> {
        let output = || self.folded_output.iter().collect::<String>();
        let has = |word: &str| output().contains(&folding.fold(word).iter().collect::<String>());
        let is_right = |term: &Term| match &term.place {
            Some(place) => self.alignment.is_right_word(place.clone()),
            None => has(&term.gold),
        };
        self.row.terms.iter().map(|term| (term, is_right(term))).collect()
    }

    /// The terms that are wrong, and every other wrong character with its
    /// neighbours where the gold is as long as the input.
    pub fn wrong_words(&self, folding: &Folding) -> Vec<WrongWord> {
        let wrong_terms = self.terms(folding).into_iter().filter(|(_, right)| !right);
        let mut words: Vec<_> = wrong_terms.map(|(term, _)| self.wrong_term(term)).collect();
        if self.row.input.chars().count() == self.folded_gold.len() {
            let in_term = |&index: &usize| {
                let mut places = self.row.terms.iter().filter_map(|term| term.place.as_ref());
                places.any(|place| place.contains(&index))
            };
            let wrong = self.alignment.wrong().filter(|index| !in_term(index));
            words.extend(wrong.map(|index| self.wrong_character(index)));
        }
        words
    }

    fn wrong_term(&self, term: &Term) -> WrongWord {
        let output = match &term.place {
            Some(place) => slice(self.output, self.alignment.output(place.clone())),
            None => "?".to_owned(),
        };
        WrongWord { input: term.input.clone(), gold: term.gold.clone(), output }
    }

    fn wrong_character(&self, index: usize) -> WrongWord {
        let window = index.saturating_sub(1)..(index + 2).min(self.folded_gold.len());
        WrongWord {
            input: slice(&self.row.input, window.clone()),
            gold: slice(&self.row.gold, window.clone()),
            output: slice(self.output, self.alignment.output(window)),
        }
    }
}

/// The characters of `text` in `range`.
fn slice(text: &str, range: Range<usize>) -> String {
    text.chars().skip(range.start).take(range.len()).collect()
}
