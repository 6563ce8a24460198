//! A log-linear classifier for each class: stochastic gradient descent with rates by AdaGrad
//! (Duchi, Hazan and Singer 2011) and dropout of n-grams, so that no rare long one alone explains
//! what it saw and the shorter ones and the lattice learn as well.

use std::num::NonZeroUsize;

use jianfan::context::{Class, Parameters, Side, TEMPLATES, UNKNOWN, Window};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::examples::{Example, Examples};
use crate::rng::Rng;

/// No example counts more than so many of the default.
const MOST_SHARE: f32 = 4.0;

/// How to learn.
#[derive(Debug, Clone, clap::Args)]
pub struct Settings {
    /// How often the examples are gone through
    #[arg(long, default_value = "9")]
    epochs: NonZeroUsize,
    /// The learning rate
    #[arg(long, default_value_t = 0.25, value_parser = above_zero)]
    rate: f32,
    /// The share of n-grams that is left out at random
    #[arg(long, default_value_t = 0.2, value_parser = below_one)]
    dropout: f32,
    /// How much weights are pulled to zero
    #[arg(long, default_value_t = 1e-4, value_parser = below_one)]
    decay: f32,
    /// An n-gram counts if it was seen so often
    #[arg(long, default_value_t = 2)]
    least: u32,
    /// How much more an example of a rarer reading counts: the power of how much rarer it is than
    /// the default
    #[arg(long, default_value_t = 0.3, value_parser = below_one)]
    balance: f32,
    /// What the lattice's vote counts to begin with, for the default
    #[arg(long, default_value_t = 1.5)]
    vote_default: f32,
    /// The same for another reading
    #[arg(long, default_value_t = 6.0)]
    vote_other: f32,
    /// A neighbour is evidence that another reading than the default is possible if it stands
    /// beside one in this share of its places
    #[arg(long, default_value_t = 0.05, value_parser = below_one)]
    evidence: f32,
    /// So many examples of the default of one class are enough
    #[arg(long, default_value = "400000")]
    enough: NonZeroUsize,
}

fn above_zero(text: &str) -> Result<f32, String> {
    let number = text.parse().ok().filter(|number: &f32| number.is_finite() && *number > 0.0);
    number.ok_or_else(|| "this must be a number above 0".to_owned())
}

fn below_one(text: &str) -> Result<f32, String> {
    let number = text.parse().ok().filter(|number| (0.0..1.0).contains(number));
    number.ok_or_else(|| "this must be a number from 0 to below 1".to_owned())
}

/// What was learned of a class.
#[derive(Debug)]
pub struct Learned {
    bias: Vec<f32>,
    vote: [f32; 2],
    /// The n-grams, and for each of them a weight for each reading.
    features: Vec<u64>,
    weights: Vec<f32>,
    evidence: Vec<(Side, u16)>,
}

/// Learns all classes, each by itself.
pub fn all(classes: &[Class], examples: &Examples, settings: &Settings) -> Vec<Learned> {
    classes
        .par_iter()
        .zip(&examples.0)
        .map(|(class, examples)| Learner::new(class, examples, settings).learn())
        .collect()
}

/// Adds what was learned to the parameters, the greatest weights first.
pub fn put_together(parameters: &mut Parameters, learned: Vec<Learned>, most: usize) {
    for (class, learned) in parameters.classes.iter_mut().zip(learned) {
        let count = class.readings.len();
        let evidence = learned.evidence.into_iter();
        parameters.evidence.extend(evidence.map(|(side, code)| (class.code, side, code)));
        for (feature, weights) in learned.features.iter().zip(learned.weights.chunks(count)) {
            let relative =
                (1..count).map(|reading| (*feature, reading as u8, weights[reading] - weights[0]));
            parameters.weights.extend(relative.filter(|(_, _, weight)| weight.abs() >= 0.05));
        }
        class.bias = learned.bias;
        class.vote = learned.vote;
    }
    let by_size = |a: &(u64, u8, f32), b: &(u64, u8, f32)| {
        b.2.abs().total_cmp(&a.2.abs()).then((a.0, a.1).cmp(&(b.0, b.1)))
    };
    parameters.weights.sort_by(by_size);
    parameters.weights.truncate(most);
    parameters.weights.sort_by_key(|weight| (weight.0, weight.1));
}

/// Learns one class.
struct Learner<'a> {
    class: &'a Class,
    examples: Vec<&'a Example>,
    settings: &'a Settings,
    numbers: FxHashMap<u64, u32>,
    learned: Learned,
    /// The sums of squared gradients.
    squares: Vec<f32>,
    /// How much an example of each reading counts.
    shares: Vec<f32>,
}

impl<'a> Learner<'a> {
    fn new(class: &'a Class, all: &'a [Example], settings: &'a Settings) -> Self {
        let step = (all.len() / settings.enough).max(1);
        let is_used = |(number, example): &(usize, &Example)| {
            number.is_multiple_of(step) || example.reading != 0 || example.is_word
        };
        let examples: Vec<&Example> =
            all.iter().enumerate().filter(is_used).map(|(_, example)| example).collect();
        let features = frequent_features(class, &examples, settings.least);
        let numbers = (0..).zip(&features).map(|(number, &feature)| (feature, number)).collect();
        let size = features.len() * class.readings.len();
        let shares = shares(class, &examples, settings.balance);
        let learned = Learned {
            bias: bias(class, all),
            vote: [settings.vote_default, settings.vote_other],
            weights: vec![0.0; size],
            evidence: evidence(all, settings.evidence),
            features,
        };
        Self { class, examples, settings, numbers, learned, squares: vec![1e-4; size], shares }
    }

    fn learn(mut self) -> Learned {
        let mut rng = Rng(u64::from(self.class.code));
        let mut order: Vec<usize> = (0..self.examples.len()).collect();
        let epochs = self.settings.epochs.get();
        for epoch in 0..epochs {
            let rate = self.settings.rate * (1.0 - epoch as f32 / (epochs as f32 + 1.0));
            for last in (1..order.len()).rev() {
                order.swap(last, rng.below(last + 1));
            }
            for &index in &order {
                self.learn_from(self.examples[index], rate, &mut rng);
            }
        }
        self.learned
    }

    fn learn_from(&mut self, example: &Example, rate: f32, rng: &mut Rng) {
        let count = self.class.readings.len();
        let features = self.present(&example.window, rng);
        let share = example.weight * self.shares[usize::from(example.reading)];
        let mut scores = self.learned.bias.clone();
        let vote = example.vote.map(usize::from).filter(|vote| *vote < count);
        if let Some(vote) = vote {
            scores[vote] += self.learned.vote[usize::from(vote != 0)];
        }
        for &number in &features {
            let weights = &self.learned.weights[number as usize * count..][..count];
            scores.iter_mut().zip(weights).for_each(|(score, weight)| *score += weight);
        }
        softmax(&mut scores);
        scores[usize::from(example.reading)] -= 1.0;
        for (bias, error) in self.learned.bias.iter_mut().zip(&scores) {
            *bias -= rate * 1e-3 * share * error;
        }
        if let Some(vote) = vote {
            let weight = &mut self.learned.vote[usize::from(vote != 0)];
            *weight = (*weight - 1e-3 * share * scores[vote]).max(0.0);
        }
        for &number in &features {
            for (reading, error) in scores.iter().enumerate() {
                let place = number as usize * count + reading;
                let weight = &mut self.learned.weights[place];
                let gradient = share * error + self.settings.decay * *weight;
                self.squares[place] += gradient * gradient;
                *weight -= rate * gradient / self.squares[place].sqrt();
            }
        }
    }

    /// The numbers of the n-grams of a window, but for those that are left out this time.
    fn present(&self, window: &Window, rng: &mut Rng) -> Vec<u32> {
        let dropout = (self.settings.dropout * 65536.0) as u64;
        let mut chances = 0;
        (0..TEMPLATES)
            .filter_map(|template| {
                if template % 4 == 0 {
                    chances = rng.next();
                }
                let chance = chances & 0xffff;
                chances >>= 16;
                let feature = window.feature(self.class.code, template)?;
                if chance < dropout { None } else { self.numbers.get(&feature).copied() }
            })
            .collect()
    }
}

/// The n-grams that were seen often enough, or in a word, sorted.
fn frequent_features(class: &Class, examples: &[&Example], least: u32) -> Vec<u64> {
    let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
    for example in examples {
        for template in 0..TEMPLATES {
            if let Some(feature) = example.window.feature(class.code, template) {
                *counts.entry(feature).or_default() += if example.is_word { least } else { 1 };
            }
        }
    }
    let frequent = counts.into_iter().filter(|(_, count)| *count >= least);
    let mut features: Vec<u64> = frequent.map(|(feature, _)| feature).collect();
    features.sort_unstable();
    features
}

/// How likely each reading is, with some belief in the default.
fn bias(class: &Class, examples: &[Example]) -> Vec<f32> {
    let mut counts = vec![0.5; class.readings.len()];
    counts[0] += 2.0;
    for example in examples.iter().filter(|example| !example.is_word) {
        counts[usize::from(example.reading)] += example.weight;
    }
    let total: f32 = counts.iter().sum();
    counts.into_iter().map(|count| (count / total).ln().max(-6.0)).collect()
}

/// How much more than one of the default an example of each reading counts: the rarer, the more.
fn shares(class: &Class, examples: &[&Example], balance: f32) -> Vec<f32> {
    let mut counts = vec![1.0_f32; class.readings.len()];
    for example in examples.iter().filter(|example| !example.is_word) {
        counts[usize::from(example.reading)] += example.weight;
    }
    let share = |count: &f32| (counts[0] / count).powf(balance).clamp(1.0, MOST_SHARE);
    counts.iter().map(share).collect()
}

/// The neighbours beside which another reading than the default is not too rare.
fn evidence(examples: &[Example], least: f32) -> Vec<(Side, u16)> {
    let mut counts: FxHashMap<(Side, u16), (f32, f32)> = FxHashMap::default();
    for example in examples {
        let window = &example.window;
        for side in [(Side::Before, window.before()), (Side::Behind, window.behind())] {
            let (others, all) = counts.entry(side).or_default();
            // A word of a list is one of many texts.
            let count = if example.is_word { 100.0 } else { 1.0 };
            *all += count;
            *others += if example.reading == 0 { 0.0 } else { count };
        }
    }
    let known = counts.into_iter().filter(|((_, code), _)| *code != UNKNOWN);
    let enough = known.filter(|(_, (others, all))| *others > 0.0 && *others >= least * all);
    let mut evidence: Vec<_> = enough.map(|(side, _)| side).collect();
    evidence.sort_unstable();
    evidence
}

fn softmax(scores: &mut [f32]) {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    scores.iter_mut().for_each(|score| *score = (*score - most).exp());
    let total: f32 = scores.iter().sum();
    scores.iter_mut().for_each(|score| *score /= total);
}

#[cfg(test)]
mod tests {
    use jianfan::context::REACH;

    use super::*;

    /// An example with these neighbours.
    fn example(before: u16, behind: u16, reading: u8) -> Example {
        let mut window = Window([UNKNOWN; 2 * REACH]);
        (window.0[REACH - 1], window.0[REACH]) = (before, behind);
        Example { window, reading, vote: None, weight: 1.0, is_word: false }
    }

    #[test]
    fn evidence_needs_another_reading_in_a_share_of_the_places() {
        let mut examples = vec![example(5, 6, 0); 999];
        examples.push(example(5, 7, 1));
        examples.push(example(8, UNKNOWN, 0));
        assert_eq!(evidence(&examples, 0.001), [(Side::Before, 5), (Side::Behind, 7)]);
        assert_eq!(evidence(&examples, 0.002), [(Side::Behind, 7)]);
    }

    #[test]
    fn a_word_of_a_list_is_evidence_beside_many_texts() {
        let mut examples = vec![example(5, 6, 0); 9999];
        examples.push(Example { is_word: true, ..example(5, UNKNOWN, 1) });
        assert_eq!(evidence(&examples, 0.009), [(Side::Before, 5)]);
        assert_eq!(evidence(&examples, 0.011), []);
    }

    #[test]
    fn rare_readings_begin_lower_and_the_default_with_some_belief() {
        let class =
            Class { code: 9, readings: vec!['發', '髮'], bias: Vec::new(), vote: [0.0; 2] };
        let bias_of = |readings: &[u8]| {
            let examples: Vec<Example> =
                readings.iter().map(|&reading| example(5, 6, reading)).collect();
            bias(&class, &examples)
        };
        assert_eq!(bias_of(&[]), [(2.5_f32 / 3.0).ln(), (0.5_f32 / 3.0).ln()]);
        let bias = bias_of(&[1, 1, 1, 1]);
        assert!(bias[1] > bias[0], "{bias:?}");
    }

    #[test]
    fn rarer_readings_count_more_up_to_a_limit() {
        let class =
            Class {
                code: 9, readings: vec!['發', '髮', '彂'], bias: Vec::new(), vote: [0.0; 2]
            };
        let mut examples = vec![example(5, 6, 0); 99_999];
        examples.extend([example(5, 6, 1); 9_999]);
        let examples: Vec<&Example> = examples.iter().collect();
        let ten = 10_f32.powf(0.3);
        assert_eq!(shares(&class, &examples, 0.3), [1.0, ten, MOST_SHARE]);
        assert_eq!(shares(&class, &examples, 0.0), [1.0; 3]);
        assert_eq!(shares(&class, &[], 0.3), [1.0; 3]);
    }

    #[test]
    fn scores_become_shares() {
        let mut scores = [0.0, 1000.0, 1000.0];
        softmax(&mut scores);
        assert_eq!(scores, [0.0, 0.5, 0.5]);
    }
}
