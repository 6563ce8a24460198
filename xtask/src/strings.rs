//! Strings made to find where two converters part: dictionary keys that touch,
//! overlap and break off, description sequences at their limits, and
//! characters from everywhere.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::ops::RangeInclusive;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use fastrand::Rng;

use crate::package;

/// Writes `count` strings, one a line, and gives the file's path. The same
/// seed gives the same file.
pub fn write(count: u64, seed: u64) -> Result<PathBuf> {
    let path = package::work_dir()?.join(format!("strings-{seed}.txt"));
    let file = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
    let mut file = BufWriter::new(file);
    let mut generator = Generator::new(keys()?, seed);
    for _ in 0..count {
        writeln!(file, "{}", generator.string())?;
    }
    file.flush()?;
    Ok(path)
}

/// The keys of all tables, in a stable order.
fn keys() -> Result<Vec<String>> {
    let folder = package::root().join("dictionaries/opencc");
    let entries: Result<Vec<_>, _> = fs::read_dir(&folder)?.collect();
    let mut tables: Vec<_> = entries?.into_iter().map(|entry| entry.path()).collect();
    tables.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    tables.sort();
    let mut keys = Vec::new();
    for table in tables {
        let text = fs::read_to_string(table)?;
        let entries = text.lines().filter(|line| !line.starts_with('#'));
        keys.extend(entries.filter_map(|line| Some(line.split_once('\t')?.0.to_owned())));
    }
    ensure!(!keys.is_empty(), "no tables in {}", folder.display());
    Ok(keys)
}

struct Generator {
    rng: Rng,
    keys: Vec<String>,
    /// The string in the making.
    out: String,
}

/// A kind of piece, and how often it comes.
type Piece = (u32, fn(&mut Generator));

const PIECES: [Piece; 19] = [
    (20, Generator::key),
    (14, Generator::cut_key),
    (12, Generator::nested_keys),
    (8, Generator::characters_of_keys),
    (4, Generator::ideographs),
    (4, Generator::sequence),
    (3, Generator::truncated_sequence),
    (1, Generator::deep_sequence),
    (1, Generator::long_sequence),
    (3, Generator::sequence_with_keys),
    (3, Generator::compatibility_ideographs),
    (2, Generator::emoji),
    (4, Generator::varied),
    (4, Generator::ascii),
    (2, Generator::latin),
    (2, Generator::kana),
    (2, Generator::hangul),
    (3, Generator::punctuation),
    (8, Generator::any_characters),
];

/// The operators of description sequences. U+31EF is none to OpenCC.
pub const OPERATORS: RangeInclusive<char> = '\u{2FF0}'..='\u{2FFF}';
const IDEOGRAPHS: [RangeInclusive<char>; 5] = [
    '\u{4E00}'..='\u{9FFF}',
    '\u{3400}'..='\u{4DBF}',
    '\u{20000}'..='\u{2A6DF}',
    '\u{2A700}'..='\u{2EBE0}',
    '\u{30000}'..='\u{323AF}',
];
const COMPATIBILITY: [RangeInclusive<char>; 3] =
    ['\u{F900}'..='\u{FAFF}', '\u{2F800}'..='\u{2FA1F}', '\u{2E80}'..='\u{2FD5}'];
const SELECTORS: [RangeInclusive<char>; 2] = ['\u{FE00}'..='\u{FE0F}', '\u{E0100}'..='\u{E01EF}'];
const EMOJI: [RangeInclusive<char>; 4] = [
    '\u{1F300}'..='\u{1F64F}',
    '\u{1F680}'..='\u{1F6FF}',
    '\u{1F900}'..='\u{1F9FF}',
    '\u{2600}'..='\u{27BF}',
];
const PUNCTUATION: &str = " \t，。、；：？！「」『』（）《》〈〉【】…—～·“”‘’\u{3000}\u{FEFF}\u{200B}\u{200C}\u{85}\u{2028}\u{303E}\u{31EF}";

impl Generator {
    fn new(keys: Vec<String>, seed: u64) -> Self {
        Self { rng: Rng::with_seed(seed), keys, out: String::new() }
    }

    fn string(&mut self) -> &str {
        self.out.clear();
        for _ in 0..self.rng.u32(1..=5) {
            self.piece();
        }
        &self.out
    }

    fn piece(&mut self) {
        let weights: u32 = PIECES.iter().map(|(weight, _)| weight).sum();
        let mut left = self.rng.u32(..weights);
        for (weight, write) in PIECES {
            if left < weight {
                return write(self);
            }
            left -= weight;
        }
    }

    fn random_key(&mut self) -> String {
        let index = self.rng.usize(..self.keys.len());
        self.keys[index].clone()
    }

    fn key(&mut self) {
        let key = self.random_key();
        self.out += &key;
    }

    /// What is left of a key cut at two random characters.
    fn cut_key(&mut self) {
        let key: Vec<char> = self.random_key().chars().collect();
        let start = self.rng.usize(..key.len());
        let end = self.rng.usize(start..=key.len());
        self.out.extend(&key[start..end]);
    }

    /// One key inside another.
    fn nested_keys(&mut self) {
        let outer: Vec<char> = self.random_key().chars().collect();
        let (before, after) = outer.split_at(self.rng.usize(..=outer.len()));
        self.out.extend(before);
        self.key();
        self.out.extend(after);
    }

    fn characters_of_keys(&mut self) {
        for _ in 0..self.rng.u32(1..=6) {
            let character = self.character_of_key();
            self.out.push(character);
        }
    }

    fn character_of_key(&mut self) -> char {
        let key = self.random_key();
        let count = key.chars().count();
        key.chars().nth(self.rng.usize(..count)).unwrap_or('字')
    }

    fn some_of(&mut self, ranges: &[RangeInclusive<char>], count: RangeInclusive<u32>) {
        for _ in 0..self.rng.u32(count) {
            let range = ranges[self.rng.usize(..ranges.len())].clone();
            let character = self.rng.char(range);
            self.out.push(character);
        }
    }

    fn ideographs(&mut self) {
        self.some_of(&IDEOGRAPHS, 1..=5);
    }

    fn compatibility_ideographs(&mut self) {
        self.some_of(&COMPATIBILITY, 1..=3);
    }

    /// A complete description sequence of a few levels.
    fn sequence(&mut self) {
        self.operator_with(|generator, depth| {
            if depth < 4 && generator.rng.u8(..3) == 0 {
                Operand::Sequence
            } else {
                Operand::Character
            }
        });
    }

    /// Writes an operator and its operands, chosen by `choose` from the depth.
    fn operator_with(&mut self, choose: fn(&mut Self, u32) -> Operand) {
        self.operator_at(1, choose);
    }

    fn operator_at(&mut self, depth: u32, choose: fn(&mut Self, u32) -> Operand) {
        let operator = self.rng.char(OPERATORS);
        self.out.push(operator);
        for _ in 0..arity(operator) {
            match choose(self, depth) {
                Operand::Sequence => self.operator_at(depth + 1, choose),
                Operand::Character => self.operand(),
                Operand::Key => self.key(),
            }
        }
    }

    fn operand(&mut self) {
        match self.rng.u8(..8) {
            0 => self.some_of(&COMPATIBILITY, 1..=1),
            1 => self.some_of(&IDEOGRAPHS, 1..=1),
            2 => self.any_character(),
            _ => {
                let character = self.character_of_key();
                self.out.push(character);
            }
        }
    }

    /// A description sequence that lacks its last characters.
    fn truncated_sequence(&mut self) {
        let start = self.out.len();
        self.sequence();
        let sequence: Vec<char> = self.out[start..].chars().collect();
        let kept = self.rng.usize(1..=sequence.len());
        self.out.truncate(start);
        self.out.extend(&sequence[..kept]);
    }

    /// About as many levels as OpenCC follows (16).
    fn deep_sequence(&mut self) {
        let mut operands = 1;
        for _ in 0..self.rng.u32(13..=18) {
            let operator = self.rng.char(OPERATORS);
            self.out.push(operator);
            operands += arity(operator) - 1;
        }
        // Sometimes one too few.
        for _ in 0..operands - self.rng.u32(..4) / 3 {
            self.operand();
        }
    }

    /// About as many characters as OpenCC follows (64), in few levels.
    fn long_sequence(&mut self) {
        let length = self.rng.u32(60..=68);
        self.sequence_of(length);
    }

    fn sequence_of(&mut self, length: u32) {
        match length {
            0 | 1 => self.operand(),
            2 => {
                self.out.push('\u{2FFE}');
                self.operand();
            }
            _ => {
                self.out.push('\u{2FF0}');
                self.sequence_of((length - 1) / 2);
                self.sequence_of(length - 1 - (length - 1) / 2);
            }
        }
    }

    /// Operators between whole keys.
    fn sequence_with_keys(&mut self) {
        self.operator_with(|generator, depth| match generator.rng.u8(..4) {
            0 if depth < 4 => Operand::Sequence,
            1 => Operand::Character,
            _ => Operand::Key,
        });
    }

    fn emoji(&mut self) {
        for index in 0..self.rng.u32(1..=4) {
            if index > 0 {
                self.out.push('\u{200D}');
            }
            self.some_of(&EMOJI, 1..=1);
            if self.rng.bool() {
                self.out.push('\u{FE0F}');
            }
        }
    }

    /// Part of a key with variation selectors in it.
    fn varied(&mut self) {
        for character in self.random_key().chars() {
            self.out.push(character);
            if self.rng.u8(..3) == 0 {
                self.some_of(&SELECTORS, 1..=1);
            }
        }
    }

    fn ascii(&mut self) {
        self.some_of(&[' '..='~'], 1..=8);
    }

    fn latin(&mut self) {
        self.some_of(&['\u{A0}'..='\u{24F}', '\u{300}'..='\u{4FF}'], 1..=5);
    }

    fn kana(&mut self) {
        self.some_of(&['\u{3040}'..='\u{30FF}', '\u{FF66}'..='\u{FF9F}'], 1..=5);
    }

    fn hangul(&mut self) {
        self.some_of(&['\u{AC00}'..='\u{D7A3}', '\u{1100}'..='\u{11FF}'], 1..=4);
    }

    fn punctuation(&mut self) {
        let index = self.rng.usize(..PUNCTUATION.chars().count());
        let character = PUNCTUATION.chars().nth(index).unwrap_or(' ');
        self.out.push(character);
    }

    fn any_characters(&mut self) {
        for _ in 0..self.rng.u32(1..=3) {
            self.any_character();
        }
    }

    /// A character of any of the 17 planes, each as likely.
    fn any_character(&mut self) {
        let code = (self.rng.u32(..17) << 16) | self.rng.u32(..=0xFFFF);
        let character = char::from_u32(code).filter(|c| !matches!(c, '\0' | '\n' | '\r'));
        self.out.push(character.unwrap_or('\u{FFFD}'));
    }
}

/// What an operator is applied to.
enum Operand {
    Sequence,
    Character,
    Key,
}

fn arity(operator: char) -> u32 {
    match operator {
        '\u{2FF2}' | '\u{2FF3}' => 3,
        '\u{2FFE}' | '\u{2FFF}' => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(seed: u64) -> Vec<String> {
        let keys = ["头发", "发", "里面"].map(str::to_owned).to_vec();
        let mut generator = Generator::new(keys, seed);
        (0..20_000).map(|_| generator.string().to_owned()).collect()
    }

    #[test]
    fn a_seed_gives_its_strings() {
        assert_eq!(strings(7), strings(7));
        assert_ne!(strings(7), strings(8));
    }

    #[test]
    fn no_string_holds_what_ends_a_line_or_opencc() {
        for string in strings(1) {
            assert!(!string.contains(['\0', '\n', '\r']), "{string:?}");
        }
    }

    #[test]
    fn every_plane_occurs() {
        let all = strings(1).concat();
        for plane in 0..17 {
            let found = all.chars().any(|c| u32::from(c) >> 16 == plane);
            assert!(found, "plane {plane}");
        }
    }
}
