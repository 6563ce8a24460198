use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::NAT;
use super::class::Class;
use super::hangul;
use super::layout::{
    CHARACTERS, HAN, HAN_LEAST, HAN_STEP, HAN_UNSEEN, HANGUL, IDEOGRAPHS, MAGIC, OUTLYING, SIZE,
    SYLLABLES, TRANSITIONS, cell, cells, transition,
};
use super::script::Script;

/// The share of a script's characters that are as those of the two other scripts with Chinese
/// characters: quotations, names, mixed text.
const BORROWED: f64 = 0.01;

/// The scripts whose Chinese characters are counted, in the order of their bits.
const WITH_HAN: [Script; 3] = [Script::Simplified, Script::Traditional, Script::Japanese];

/// Counts characters and what stands next to what, to make a table of
/// [`Statistics`](super::Statistics) of it.
///
/// ```
/// use jianfan::encoding::statistics::{Class, Counts, Script, Statistics};
///
/// let mut counts = Counts::default();
/// counts.add(Script::Traditional, "山高水長");
/// let bytes = counts.to_bytes();
/// let statistics = Statistics::from_bytes(&bytes)?;
/// let cost = |character| statistics.character(Script::Traditional, Class::Han, character);
/// assert!(cost('山') < cost('川'));
/// # Ok::<(), jianfan::encoding::statistics::StatisticsError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Counts {
    transitions: Vec<u64>,
    scripts: Vec<Characters>,
    syllables: Vec<u64>,
    /// Chinese characters of the extensions, in Traditional text.
    outliers: BTreeMap<u32, u64>,
}

/// The counts of one script.
#[derive(Debug, Clone)]
struct Characters {
    cells: Vec<u64>,
    han: Vec<u64>,
}

impl Default for Counts {
    fn default() -> Self {
        let han = (HAN.end - HAN.start) as usize;
        let characters = Characters { cells: vec![0; cells()], han: vec![0; han] };
        Self {
            transitions: vec![0; TRANSITIONS.len()],
            scripts: vec![characters; Script::ALL.len()],
            syllables: vec![0; SYLLABLES],
            outliers: BTreeMap::new(),
        }
    }
}

impl Counts {
    /// Counts a text in `script`.
    ///
    /// ```
    /// use jianfan::encoding::statistics::{Counts, Script};
    ///
    /// let mut counts = Counts::default();
    /// counts.add(Script::Korean, "한국어");
    /// ```
    pub fn add(&mut self, script: Script, text: &str) {
        let mut before = Class::Space;
        for character in text.chars() {
            let class = Class::of(character);
            self.transitions[transition(script, std::mem::replace(&mut before, class), class)] += 1;
            self.count(script, class, character, 1);
        }
    }

    /// Counts the characters of a word that `script` has so many `times`, but not what stands next
    /// to what: of a list of words.
    ///
    /// ```
    /// use jianfan::encoding::statistics::{Counts, Script};
    ///
    /// let mut counts = Counts::default();
    /// counts.add_word(Script::Simplified, "头发", 20);
    /// ```
    pub fn add_word(&mut self, script: Script, word: &str, times: u64) {
        for character in word.chars() {
            self.count(script, Class::of(character), character, times);
        }
    }

    fn count(&mut self, script: Script, class: Class, character: char, times: u64) {
        let counts = &mut self.scripts[script as usize];
        match class {
            Class::Han if HAN.contains(&character.into()) => {
                counts.han[(u32::from(character) - HAN.start) as usize] += times;
            }
            Class::Han if script == Script::Traditional => {
                *self.outliers.entry(character.into()).or_default() += times;
            }
            Class::Han => {}
            Class::Hangul => {
                if let Some(number) = hangul::number(character) {
                    self.syllables[number] += times;
                }
            }
            _ => {
                if let Some(cell) = cell(character.into()) {
                    counts.cells[cell] += times;
                }
            }
        }
    }

    /// The table, as [`Statistics::from_bytes`](super::Statistics::from_bytes) takes it. The same
    /// counts give the same bytes.
    ///
    /// ```
    /// use jianfan::encoding::statistics::Counts;
    ///
    /// assert!(Counts::default().to_bytes().len() <= 48 * 1024);
    /// ```
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![0; SIZE];
        bytes[..MAGIC.len()].copy_from_slice(&MAGIC);
        write_costs(&self.transition_shares(), &mut bytes[TRANSITIONS]);
        write_costs(&self.cell_shares(), &mut bytes[CHARACTERS]);
        write_costs(&shares(&self.syllables, 0.1), &mut bytes[HANGUL]);
        bytes[OUTLYING].copy_from_slice(&self.outlying());
        let totals = WITH_HAN.map(|script| self.han_total(script));
        for (character, levels) in bytes[IDEOGRAPHS].chunks_mut(2).enumerate() {
            levels.copy_from_slice(&self.levels(character, totals).to_le_bytes());
        }
        bytes
    }

    /// The share of each class behind each class. ASCII behind ASCII is as frequent in all scripts:
    /// how much of a text is ASCII says nothing of the rest.
    fn transition_shares(&self) -> Vec<f64> {
        let rows = self.transitions.chunks(Class::COUNT);
        let mut shares: Vec<f64> = rows.flat_map(|row| shares(row, 0.1)).collect();
        for (from, to) in Class::ASCII.iter().flat_map(|from| Class::ASCII.map(|to| (*from, to))) {
            let places = Script::ALL.map(|script| transition(script, from, to));
            let average =
                places.iter().map(|place| shares[*place]).sum::<f64>() / places.len() as f64;
            places.iter().for_each(|place| shares[*place] = average);
        }
        shares
    }

    /// The share of each character that is neither Chinese nor hangul among those of its class: of
    /// letters in their own script, of the others on average over all scripts that have the class.
    fn cell_shares(&self) -> Vec<f64> {
        let mut shares = vec![0.0; cells()];
        let characters: Vec<(usize, char)> = ('\0'..='\u{FFFF}')
            .filter_map(|character| cell(character.into()).map(|cell| (cell, character)))
            .collect();
        for class in CELL_CLASSES {
            let scripts = Script::ALL.map(|script| {
                let is_counted = |character: char| {
                    Class::of(character) == class
                        && (class != Class::Alphabetic || Script::of_letter(character) == script)
                };
                let members: Vec<usize> = characters
                    .iter()
                    .filter(|(_, character)| is_counted(*character))
                    .map(|(cell, _)| *cell)
                    .collect();
                (script, members)
            });
            self.add_shares(class, &scripts, &mut shares);
        }
        shares
    }

    fn add_shares(&self, class: Class, scripts: &[(Script, Vec<usize>)], shares: &mut [f64]) {
        let total = |script: Script, members: &[usize]| -> u64 {
            members.iter().map(|cell| self.scripts[script as usize].cells[*cell]).sum()
        };
        let present = scripts.iter().filter(|(script, members)| total(*script, members) > 0);
        let averaged = if class == Class::Alphabetic { 1 } else { present.clone().count() };
        for (script, members) in present {
            let total = total(*script, members) as f64;
            for cell in members {
                let count = self.scripts[*script as usize].cells[*cell];
                shares[*cell] += count as f64 / total / averaged as f64;
            }
        }
    }

    /// The most frequent Chinese characters of the extensions, in order, with their costs.
    fn outlying(&self) -> Vec<u8> {
        let total = self.han_total(Script::Traditional);
        let mut outliers: Vec<(&u32, &u64)> = self.outliers.iter().collect();
        outliers.sort_by_key(|(character, count)| (Reverse(**count), **character));
        outliers.truncate(OUTLYING.len() / 4);
        outliers.sort();
        let rows = outliers.iter().flat_map(|(character, count)| {
            let [_, high, middle, low] = character.to_be_bytes();
            let cost = nats(**count as f64 / total).min(f64::from(u8::MAX));
            [high, middle, low, cost as u8]
        });
        // What is left stands behind all characters.
        let mut bytes: Vec<u8> = rows.collect();
        bytes.resize(OUTLYING.len(), u8::MAX);
        bytes
    }

    /// How many Chinese characters a script had, or one if none.
    fn han_total(&self, script: Script) -> f64 {
        self.scripts[script as usize].han.iter().sum::<u64>().max(1) as f64
    }

    /// The three costs of a Chinese character, five bits each. `totals` are those of [`WITH_HAN`].
    fn levels(&self, character: usize, totals: [f64; 3]) -> u16 {
        let count = |script: Script| self.scripts[script as usize].han[character] as f64;
        let shares = WITH_HAN.iter().zip(totals).map(|(script, total)| count(*script) / total);
        let shares: Vec<f64> = shares.collect();
        (0..shares.len()).rev().fold(0, |levels, script| {
            let others = (0..shares.len()).filter(|other| *other != script);
            let borrowed: f64 = others.map(|other| BORROWED * shares[other]).sum();
            let own = (1.0 - 2.0 * BORROWED) * shares[script];
            levels << 5 | level(own + borrowed)
        })
    }
}

/// The classes whose characters have cells.
const CELL_CLASSES: [Class; 8] = [
    Class::Space,
    Class::Capital,
    Class::Small,
    Class::Sign,
    Class::Kana,
    Class::Wide,
    Class::Alphabetic,
    Class::Other,
];

/// The share of each count, as if each had been seen `extra` times more often.
fn shares(counts: &[u64], extra: f64) -> Vec<f64> {
    let total = counts.iter().sum::<u64>() as f64 + extra * counts.len() as f64;
    counts.iter().map(|count| (*count as f64 + extra) / total).collect()
}

fn write_costs(shares: &[f64], costs: &mut [u8]) {
    for (share, cost) in shares.iter().zip(costs) {
        *cost = nats(*share).min(f64::from(u8::MAX)) as u8;
    }
}

/// The cost of a share, in units.
fn nats(share: f64) -> f64 {
    (-share.ln() * f64::from(NAT)).round()
}

fn level(share: f64) -> u16 {
    if share == 0.0 {
        return HAN_UNSEEN as u16;
    }
    let steps = (nats(share) - f64::from(HAN_LEAST)) / f64::from(HAN_STEP);
    steps.round().clamp(0.0, f64::from(HAN_UNSEEN - 1)) as u16
}
