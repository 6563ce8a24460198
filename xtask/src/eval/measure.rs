//! What a command's output of a set is worth.

use std::collections::{BTreeMap, HashMap};

use super::ambiguous::{Ambiguous, Majority};
use super::figures::{Figures, Share};
use super::fold::Folding;
use super::line::{Line, WrongWord};
use super::set::Set;

/// What outputs are measured by.
#[derive(Default)]
pub struct Ruler {
    /// What doesn't count as a difference.
    pub folding: Folding,
    /// The characters with several readings.
    pub ambiguous: Ambiguous,
    /// The usual reading of each.
    pub majority: Majority,
}

/// What was measured of one contestant, on a set or on several.
#[derive(Default)]
pub struct Measured {
    /// The figures.
    pub figures: Figures,
    /// How often each ambiguous character came out right, by its gold reading.
    pub readings: BTreeMap<(char, char), Share>,
    /// How often each word came out wrong.
    pub wrong_words: HashMap<WrongWord, usize>,
    /// For each line of the set, whether it is right when folded.
    pub right_lines: Vec<bool>,
}

impl Ruler {
    /// Measures the outputs of a set, one for each of its rows.
    pub fn measure(&self, set: &Set, outputs: &[String]) -> Measured {
        let mut measured = Measured::default();
        for (row, output) in set.rows.iter().zip(outputs) {
            let line = Line::new(row, output, &self.folding);
            self.count_line(set, &line, &mut measured);
            if !set.vocabulary {
                self.count_readings(&line, &mut measured);
            }
        }
        measured
    }

    fn count_line(&self, set: &Set, line: &Line, measured: &mut Measured) {
        let right = if set.vocabulary { line.is_exact_loose() } else { line.is_exact_folded() };
        let total = line.characters();
        let figures = &mut measured.figures;
        figures.exact.count(line.is_exact());
        figures.exact_folded.count(right);
        figures.character += Share { right: line.right_characters(), total };
        figures.character_folded += Share { right: line.right_folded_characters(), total };
        line.terms(&self.folding).iter().for_each(|&(_, right)| figures.term.count(right));
        measured.right_lines.push(right);
        for word in line.wrong_words(&self.folding) {
            *measured.wrong_words.entry(word).or_default() += 1;
        }
    }

    fn count_readings(&self, line: &Line, measured: &mut Measured) {
        for reading in line.readings() {
            if !self.ambiguous.has(reading.of, reading.gold) {
                continue;
            }
            measured.figures.ambiguous.count(reading.right);
            if self.majority.is_minor(reading.of, reading.gold) {
                measured.figures.minor.count(reading.right);
            }
            let share = measured.readings.entry((reading.of, reading.gold)).or_default();
            share.count(reading.right);
        }
    }
}

impl Measured {
    /// Adds what was measured on another set, all but its lines.
    pub fn add(&mut self, other: Self) {
        self.figures += other.figures;
        for (reading, share) in other.readings {
            *self.readings.entry(reading).or_default() += share;
        }
        for (word, times) in other.wrong_words {
            *self.wrong_words.entry(word).or_default() += times;
        }
    }
}

#[cfg(test)]
mod tests;
