//! What the words of the lattice cost: counted on the text, segmented by the costs so far.

use jianfan::context::{Class, Word, code};
use rustc_hash::FxHashMap;

use crate::lexicon::Lexicon;
use crate::texts::Text;

/// How often the text is segmented and counted.
const ROUNDS: usize = 3;
/// One line in so many is counted.
const SAMPLE: usize = 3;
/// Added to each count.
const FLOOR: f32 = 0.3;
/// What a character costs that is no word, an ideograph or another one.
const UNKNOWN: f32 = 14.0;
const OTHER: f32 = 8.0;
const IDEOGRAPHS: u16 = 0x3400;
const LONGEST: usize = 8;

/// The costs of the lexicon's words.
pub struct Segmenter {
    numbers: FxHashMap<Vec<u16>, Option<u32>>,
    counts: Vec<f32>,
    costs: Vec<f32>,
    seen: Vec<f32>,
}

impl Segmenter {
    /// Counts the words in `texts`.
    pub fn train(lexicon: &Lexicon, texts: &[Text]) -> Self {
        let mut numbers: FxHashMap<Vec<u16>, Option<u32>> = FxHashMap::default();
        for (number, word) in (0..).zip(&lexicon.words) {
            for end in 1..word.codes.len() {
                numbers.entry(word.codes[..end].to_vec()).or_insert(None);
            }
            numbers.insert(word.codes.clone(), Some(number));
        }
        let counts = lexicon.words.iter().map(|word| word.count).collect();
        let seen = vec![0.0; lexicon.words.len()];
        let mut segmenter = Self { numbers, counts, costs: Vec::new(), seen };
        for _ in 0..ROUNDS {
            segmenter.renew_costs();
            segmenter.count(texts);
        }
        segmenter.renew_costs();
        segmenter
    }

    fn renew_costs(&mut self) {
        let total: f32 = self.counts.iter().map(|count| count + FLOOR).sum();
        self.costs = self.counts.iter().map(|count| -((count + FLOOR) / total).ln()).collect();
    }

    fn count(&mut self, texts: &[Text]) {
        let mut seen = vec![0.0; self.counts.len()];
        for text in texts {
            for line in text.lines.iter().step_by(SAMPLE) {
                let codes: Vec<u16> = line.chars().map(code).collect();
                self.on_best_path(&codes, |number| seen[number] += 1.0);
            }
        }
        for (count, seen) in self.counts.iter_mut().zip(&seen) {
            *count = seen + FLOOR * count.min(20.0);
        }
        self.seen = seen;
    }

    /// Calls `found` for each word of the best path through `codes`.
    fn on_best_path(&self, codes: &[u16], mut found: impl FnMut(usize)) {
        let mut costs = vec![f32::MAX; codes.len() + 1];
        let mut back: Vec<(usize, Option<u32>)> = vec![(0, None); codes.len() + 1];
        costs[0] = 0.0;
        for at in 0..codes.len() {
            let mut reach = |len: usize, cost: f32, number| {
                if costs[at] + cost < costs[at + len] {
                    costs[at + len] = costs[at] + cost;
                    back[at + len] = (len, number);
                }
            };
            reach(1, if codes[at] < IDEOGRAPHS { OTHER } else { UNKNOWN }, None);
            for len in 1..=LONGEST.min(codes.len() - at) {
                match self.numbers.get(&codes[at..at + len]) {
                    None => break,
                    Some(None) => {}
                    Some(Some(number)) => reach(len, self.costs[*number as usize], Some(*number)),
                }
            }
        }
        let mut at = codes.len();
        while at > 0 {
            let (len, number) = back[at];
            if let Some(number) = number {
                found(number as usize);
            }
            at -= len;
        }
    }

    /// The words for the lattice, at most so many: those seen most often, then those that have a
    /// character of a class.
    pub fn words(&self, lexicon: &Lexicon, classes: &[Class], most: usize) -> Vec<Word> {
        let by_code: FxHashMap<u16, &Class> = classes.iter().map(|one| (one.code, one)).collect();
        let has_class = |number: usize| {
            lexicon.words[number].codes.iter().any(|code| by_code.contains_key(code))
        };
        let mut numbers: Vec<usize> = (0..lexicon.words.len()).collect();
        numbers.sort_by(|&a, &b| {
            self.seen[b]
                .total_cmp(&self.seen[a])
                .then_with(|| has_class(b).cmp(&has_class(a)))
                .then_with(|| self.costs[a].total_cmp(&self.costs[b]))
                .then_with(|| lexicon.words[a].codes.cmp(&lexicon.words[b].codes))
        });
        numbers.truncate(most);
        numbers.sort_by(|&a, &b| lexicon.words[a].codes.cmp(&lexicon.words[b].codes));
        let word = |number: usize| {
            let word = &lexicon.words[number];
            let reading = |(code, reading): (&u16, &char)| {
                let readings = &by_code.get(code)?.readings;
                readings.iter().position(|one| one == reading).map(|number| number as u8)
            };
            Word {
                codes: word.codes.clone(),
                cost: self.costs[number],
                readings: word.codes.iter().zip(&word.readings).map(reading).collect(),
            }
        };
        numbers.into_iter().map(word).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Trained on `lines`, ten times each.
    fn segmenter(lexicon: &Lexicon, lines: &[&str]) -> Segmenter {
        let lines = lines.iter().flat_map(|line| vec![(*line).to_owned(); 10]).collect();
        Segmenter::train(lexicon, &[Text { name: "text".to_owned(), lines, weight: 1.0 }])
    }

    fn lexicon(rows: &[&str]) -> Lexicon {
        let mut lexicon = Lexicon::default();
        rows.iter().for_each(|row| lexicon.add_row(row));
        lexicon
    }

    /// The numbers of the words on the best path, in order.
    fn path(segmenter: &Segmenter, text: &str) -> Vec<usize> {
        let codes: Vec<u16> = text.chars().map(code).collect();
        let mut numbers = Vec::new();
        segmenter.on_best_path(&codes, |number| numbers.push(number));
        numbers.reverse();
        numbers
    }

    const WORDS: [&str; 4] = ["研究", "研究生", "生命", "命"];

    #[test]
    fn words_take_the_best_path_and_not_the_longest_match() {
        let lexicon = lexicon(&WORDS);
        let segmenter = segmenter(&lexicon, &["研究", "生命"]);
        assert_eq!(path(&segmenter, "研究生命"), [0, 2]);
        assert_eq!(path(&segmenter, "研究生，命"), [1, 3]);
    }

    #[test]
    fn what_the_text_has_decides() {
        let lexicon = lexicon(&WORDS);
        let segmenter = segmenter(&lexicon, &["研究生", "研究生，命"]);
        assert_eq!(path(&segmenter, "研究生命"), [1, 3]);
    }

    #[test]
    fn characters_that_are_no_words_are_passed() {
        let lexicon = lexicon(&WORDS);
        let segmenter = segmenter(&lexicon, &["研究"]);
        assert_eq!(path(&segmenter, "他a研究！它研生命"), [0, 2]);
        assert!(path(&segmenter, "").is_empty());
    }

    #[test]
    fn words_in_any_form_are_found() {
        let lexicon = lexicon(&["頭髮", "發展"]);
        let segmenter = segmenter(&lexicon, &["頭髮"]);
        assert_eq!(path(&segmenter, "头发发展"), [0, 1]);
    }

    #[test]
    fn words_seen_most_are_kept_with_their_readings() {
        let class = Class {
            code: code('发'),
            readings: vec!['發', '髮'],
            bias: Vec::new(),
            vote: [0.0; 2],
        };
        let lexicon = lexicon(&["他們", "頭髮", "發展", "我們"]);
        let segmenter = segmenter(&lexicon, &["頭髮", "頭髮", "他們", "天"]);
        let words = segmenter.words(&lexicon, std::slice::from_ref(&class), 3);
        let find = |text: &str| {
            let codes: Vec<u16> = text.chars().map(code).collect();
            words.iter().find(|word| word.codes == codes)
        };
        let (hair, they) = (find("头发").unwrap(), find("他们").unwrap());
        assert_eq!(
            (&hair.readings[..], &they.readings[..]),
            (&[None, Some(1)][..], &[None; 2][..])
        );
        assert!(hair.cost < they.cost, "{} {}", hair.cost, they.cost);
        // Of those that were not seen, the one with a class comes first.
        assert_eq!(find("发展").unwrap().readings, [Some(0), None]);
        assert_eq!(find("我们"), None);
    }
}
