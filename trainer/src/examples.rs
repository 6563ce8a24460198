//! One-to-many characters in their contexts.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use jianfan::context::{Class, Model, REACH, UNKNOWN, Window, canonical, code};
use jianfan::dictionary::text;
use rustc_hash::FxHashMap;

use crate::lexicon::Lexicon;
use crate::texts::Text;

/// What each character of a lexicon's words counts.
const LEXICON_WEIGHT: f32 = 0.3;
/// A reading that no table has is one if it is seen so often, or in so many hundredths.
const OFTEN: usize = 20;
const HUNDREDTHS: usize = 2;
/// The most readings of a class.
const READINGS: usize = 8;

/// A character in its context, and how it is read there.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    pub window: Window,
    pub reading: u8,
    /// What the lattice says.
    pub vote: Option<u8>,
    pub weight: f32,
    /// It is from a list of words, not from a text.
    pub is_word: bool,
}

/// The examples of each class, in the order of the classes.
#[derive(Debug)]
pub struct Examples(pub Vec<Vec<Example>>);

/// The one-to-many characters, with the candidates of `table` and what else `texts` have.
pub fn classes(table: &Path, texts: &[Text]) -> Result<Vec<Class>> {
    let name = table.display().to_string();
    let bytes = std::fs::read(table).with_context(|| format!("{name}: can't be read"))?;
    let table = text::parse(&name, &bytes)?;
    let mut classes: BTreeMap<u16, Vec<char>> = BTreeMap::new();
    for entry in table.entries() {
        let Some(simplified) = only(&entry.key) else { continue };
        let own = code(simplified);
        let candidates = entry.candidates.iter().filter_map(|text| only(text));
        let readings = candidates.filter(|one| code(*one) == own).map(canonical);
        let known = classes.entry(own).or_default();
        for reading in readings.filter(|one| one.len_utf8() == 3) {
            if !known.contains(&reading) {
                known.push(reading);
            }
        }
    }
    let seen = count_readings(&classes, texts);
    for (code, readings) in &mut classes {
        let Some(seen) = seen.get(code) else { continue };
        let total: usize = seen.values().sum();
        let mut new: Vec<(usize, char)> =
            seen.iter().map(|(&reading, &count)| (count, reading)).collect();
        new.sort_by(|a, b| b.cmp(a));
        let is_enough = |count: usize| count >= OFTEN || count * 100 > total * HUNDREDTHS;
        for (count, reading) in new {
            // A character that is its own code is the Simplified form that a text fell back to.
            if !readings.contains(&reading) && is_enough(count) && readings.len() > 1 {
                readings.push(reading);
            }
        }
        readings.truncate(READINGS);
    }
    let classes = classes.into_iter().filter(|(_, readings)| readings.len() > 1);
    let class = |(code, readings)| Class { code, readings, bias: Vec::new(), vote: [0.0; 2] };
    Ok(classes.map(class).collect())
}

fn count_readings(
    classes: &BTreeMap<u16, Vec<char>>,
    texts: &[Text],
) -> FxHashMap<u16, BTreeMap<char, usize>> {
    let mut seen: FxHashMap<u16, BTreeMap<char, usize>> = FxHashMap::default();
    for character in texts.iter().flat_map(|text| &text.lines).flat_map(|line| line.chars()) {
        let code = code(character);
        let reading = canonical(character);
        if classes.get(&code).is_some_and(|known| known.len() > 1) && reading.len_utf8() == 3 {
            *seen.entry(code).or_default().entry(reading).or_default() += 1;
        }
    }
    seen
}

fn only(text: &str) -> Option<char> {
    let mut characters = text.chars();
    characters.next().filter(|_| characters.next().is_none())
}

impl Examples {
    /// The examples of the lines that are not held out, and of the lexicon.
    pub fn collect(
        lattice: &Model,
        classes: &[Class],
        texts: &[Text],
        tests: &[Text],
        lexicon: &Lexicon,
        one_in: u64,
    ) -> Self {
        let numbers: FxHashMap<u16, usize> =
            classes.iter().enumerate().map(|(number, class)| (class.code, number)).collect();
        let mut examples = vec![Vec::new(); classes.len()];
        let is_test = |text: &&Text| !tests.iter().any(|test| test.name == text.name);
        for text in texts.iter().filter(is_test) {
            for line in text.lines(one_in, false) {
                let codes: Vec<u16> = line.chars().map(code).collect();
                for (at, character) in line.chars().enumerate() {
                    let Some(&number) = numbers.get(&codes[at]) else { continue };
                    let Some(reading) = position(&classes[number], canonical(character)) else {
                        continue;
                    };
                    examples[number].push(Example {
                        window: Window::at(&codes, at),
                        reading,
                        vote: lattice.vote(&codes, at),
                        weight: text.weight,
                        is_word: false,
                    });
                }
            }
        }
        for (codes, readings) in &lexicon.rows {
            for at in 0..codes.len() {
                let Some(&number) = numbers.get(&codes[at]) else { continue };
                let Some(reading) = position(&classes[number], readings[at]) else { continue };
                examples[number].push(Example {
                    window: inside(codes, at),
                    reading,
                    vote: None,
                    weight: LEXICON_WEIGHT,
                    is_word: true,
                });
            }
        }
        Self(examples)
    }
}

/// The number of a reading in its class.
fn position(class: &Class, reading: char) -> Option<u8> {
    class.readings.iter().position(|one| *one == reading).map(|number| number as u8)
}

/// The window around a character of a word of which the context is not known.
fn inside(codes: &[u16], at: usize) -> Window {
    let mut window = [UNKNOWN; 2 * REACH];
    for (place, code) in window.iter_mut().enumerate() {
        let index = if place < REACH {
            (at + place).checked_sub(REACH)
        } else {
            Some(at + place + 1 - REACH)
        };
        if let Some(found) = index.and_then(|index| codes.get(index)) {
            *code = *found;
        }
    }
    Window(window)
}
