//! One-to-many characters in their contexts.

use std::collections::BTreeMap;

use jianfan::context::{Class, Model, REACH, UNKNOWN, Window, canonical, code};
use jianfan::dictionary::Dictionary;
use rustc_hash::FxHashMap;

use crate::inputs::Inputs;
use crate::texts::Text;

/// What each character of a lexicon's words counts.
const LEXICON_WEIGHT: f32 = 0.3;
/// A reading that no table has is one if it is seen so often, or in so many hundredths.
const OFTEN: usize = 20;
const HUNDREDTHS: usize = 2;
/// So often must a character be seen to tell which of its readings is the default.
const ENOUGH: usize = 50;
/// A default is hardly ever written if it has fewer hundredths.
const RARE: usize = 1;
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
pub fn classes(table: &Dictionary, texts: &[Text]) -> Vec<Class> {
    let mut classes = candidates(table);
    let seen = count_readings(&classes, texts);
    for (code, readings) in &mut classes {
        if let Some(seen) = seen.get(code) {
            add_seen(readings, seen);
        }
    }
    let classes = classes.into_iter().filter(|(_, readings)| readings.len() > 1);
    let class = |(code, readings)| Class { code, readings, bias: Vec::new(), vote: [0.0; 2] };
    classes.map(class).collect()
}

/// The readings that a table of Simplified characters has for each code.
fn candidates(table: &Dictionary) -> BTreeMap<u16, Vec<char>> {
    let mut classes: BTreeMap<u16, Vec<char>> = BTreeMap::new();
    for entry in table.entries() {
        let Some(simplified) = only(&entry.key) else { continue };
        let own = code(simplified);
        // Those of the private use area are shared by what lies beyond the BMP.
        if (0xe000..0xf900).contains(&own) {
            continue;
        }
        let candidates = entry.candidates.iter().filter_map(|text| only(text));
        let readings = candidates.filter(|one| code(*one) == own).map(canonical);
        let known = classes.entry(own).or_default();
        for reading in readings.filter(|one| one.len_utf8() == 3) {
            if !known.contains(&reading) {
                known.push(reading);
            }
        }
    }
    classes
}

/// Adds the readings of a class that texts have often enough; see that the default is none that is
/// hardly ever written.
fn add_seen(readings: &mut Vec<char>, seen: &BTreeMap<char, usize>) {
    let total: usize = seen.values().sum();
    let mut new: Vec<(usize, char)> =
        seen.iter().map(|(&reading, &count)| (count, reading)).collect();
    new.sort_by(|a, b| b.cmp(a));
    let is_enough = |count: usize| count >= OFTEN || count * 100 > total * HUNDREDTHS;
    for (count, reading) in new {
        if !readings.contains(&reading) && is_enough(count) && readings.len() > 1 {
            readings.push(reading);
        }
    }
    readings.truncate(READINGS);
    // What is written most is the default, if the table's is hardly ever written.
    let most = readings.iter().copied().max_by_key(|reading| seen.get(reading).copied());
    let first = readings.first().and_then(|first| seen.get(first)).copied().unwrap_or_default();
    if let Some(most) = most.filter(|_| total >= ENOUGH && first * 100 < total * RARE) {
        readings.retain(|reading| *reading != most);
        readings.insert(0, most);
    }
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
    pub fn collect(lattice: &Model, classes: &[Class], inputs: &Inputs, one_in: u64) -> Self {
        let mut collector = Collector {
            lattice,
            classes,
            numbers: (0..).zip(classes).map(|(number, class)| (class.code, number)).collect(),
            examples: vec![Vec::new(); classes.len()],
        };
        let is_learned = |text: &&Text| !inputs.tests.iter().any(|test| test.name == text.name);
        for text in inputs.texts.iter().filter(is_learned) {
            text.lines(one_in, false).for_each(|line| collector.add_line(line, text.weight));
        }
        for (codes, readings) in &inputs.lexicon.rows {
            collector.add_word(codes, readings);
        }
        Self(collector.examples)
    }
}

struct Collector<'a> {
    lattice: &'a Model,
    classes: &'a [Class],
    /// The number of the class of a code.
    numbers: FxHashMap<u16, usize>,
    examples: Vec<Vec<Example>>,
}

impl Collector<'_> {
    fn add_line(&mut self, line: &str, weight: f32) {
        let codes: Vec<u16> = line.chars().map(code).collect();
        for (at, character) in line.chars().enumerate() {
            let Some((number, reading)) = self.place(codes[at], canonical(character)) else {
                continue;
            };
            self.examples[number].push(Example {
                window: Window::at(&codes, at),
                reading,
                vote: self.lattice.vote(&codes, at),
                weight,
                is_word: false,
            });
        }
    }

    fn add_word(&mut self, codes: &[u16], readings: &[char]) {
        for (at, &reading) in readings.iter().enumerate() {
            let Some((number, reading)) = self.place(codes[at], reading) else { continue };
            self.examples[number].push(Example {
                window: inside(codes, at),
                reading,
                vote: None,
                weight: LEXICON_WEIGHT,
                is_word: true,
            });
        }
    }

    /// The number of a code's class, and that of the reading in it.
    fn place(&self, code: u16, reading: char) -> Option<(usize, u8)> {
        let number = *self.numbers.get(&code)?;
        Some((number, position(&self.classes[number], reading)?))
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

#[cfg(test)]
mod tests {
    use jianfan::context::Parameters;
    use jianfan::dictionary::text;

    use super::*;
    use crate::lexicon::Lexicon;

    const TABLE: &str = "发\t發 髮\n里\t裏 里\n复\t復 複\n龙\t龍\n";

    fn inputs(lines: Vec<String>, words: &[&str]) -> Inputs {
        let mut lexicon = Lexicon::default();
        words.iter().for_each(|word| lexicon.add_row(word));
        Inputs {
            texts: vec![Text { name: "text".to_owned(), lines, weight: 0.5 }],
            tests: Vec::new(),
            lexicon,
            characters: text::parse("table", TABLE.as_bytes()).unwrap(),
        }
    }

    fn readings(inputs: &Inputs, simplified: char) -> Option<Vec<char>> {
        let classes = classes(&inputs.characters, &inputs.texts);
        let class = classes.into_iter().find(|class| class.code == code(simplified));
        class.map(|class| class.readings)
    }

    fn collect(inputs: &Inputs, one_in: u64) -> Vec<Example> {
        let classes = classes(&inputs.characters, &inputs.texts);
        let number = classes.iter().position(|class| class.code == code('发')).unwrap();
        let lattice = Model::from_bytes(Parameters::default().to_bytes()).unwrap();
        Examples::collect(&lattice, &classes, inputs, one_in).0.swap_remove(number)
    }

    #[test]
    fn classes_have_the_candidates_of_the_table_in_taiwans_form() {
        let inputs = inputs(vec!["天".to_owned()], &[]);
        assert_eq!(readings(&inputs, '里'), Some(vec!['裡', '里']));
        assert_eq!(readings(&inputs, '龙'), None);
    }

    #[test]
    fn a_reading_that_the_table_lacks_is_added_if_it_is_seen() {
        let often = inputs(vec!["答覆".to_owned(), "復".to_owned()], &[]);
        assert_eq!(readings(&often, '复'), Some(vec!['復', '複', '覆']));
        let lines = std::iter::once("答覆").chain(std::iter::repeat_n("復", 99));
        let rare = inputs(lines.map(str::to_owned).collect(), &[]);
        assert_eq!(readings(&rare, '复'), Some(vec!['復', '複']));
    }

    #[test]
    fn nothing_is_learned_from_lines_that_are_held_out() {
        let lines = (0..1000).map(|number| format!("{number}頭髮")).collect();
        let inputs = inputs(lines, &[]);
        let learned = inputs.texts[0].lines(4, false).count();
        assert!((600..900).contains(&learned), "{learned}");
        assert_eq!(collect(&inputs, 4).len(), learned);
        assert_eq!(collect(&inputs, 0).len(), 1000);
    }

    #[test]
    fn nothing_is_learned_from_tests() {
        let mut inputs = inputs(vec!["頭髮".to_owned()], &[]);
        inputs.tests =
            vec![Text { name: "text".to_owned(), lines: vec!["頭髮".to_owned()], weight: 0.0 }];
        assert!(collect(&inputs, 0).is_empty());
    }

    #[test]
    fn a_word_of_a_list_has_unknown_neighbours() {
        let inputs = inputs(vec!["出發了".to_owned()], &["理髮店"]);
        let [text, word] = collect(&inputs, 0)[..] else { panic!("two examples") };
        assert_eq!((text.reading, text.weight, text.is_word), (0, 0.5, false));
        assert_eq!((word.reading, word.weight, word.is_word), (1, LEXICON_WEIGHT, true));
        let codes = [UNKNOWN, UNKNOWN, UNKNOWN, code('理'), code('店'), UNKNOWN, UNKNOWN, UNKNOWN];
        assert_eq!(word.window, Window(codes));
    }
}
