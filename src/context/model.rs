use super::error::ModelError;
use super::image::{CLASS, EVIDENCE, HEADER, MAGIC, PARTS, READINGS, evidence_bit};
use super::lattice::{Extra, Path, is_crossed};
use super::parameters::Side;
use super::weights::{STEP, Weights};
use super::window::Window;
use super::words::{self, Words};
use crate::dictionary::Shared;

/// Reads one-to-many characters in their context.
///
/// ```
/// use jianfan::context::{Model, code};
///
/// let codes: Vec<u16> = "他的头发很长".chars().map(code).collect();
/// let decision = Model::builtin().decide(&codes, 3, None).unwrap();
/// assert_eq!(decision.reading(), '髮');
/// ```
#[derive(Debug)]
pub struct Model {
    classes: Vec<ClassEntry>,
    /// For each code a bit: is there a class? And for every 64 codes how many there are before.
    members: Box<[u64; 1024]>,
    before: Box<[u16; 1024]>,
    bytes: Shared<[u8]>,
    evidence: usize,
    weights: Weights,
    words: Words,
}

#[derive(Debug, Clone)]
struct ClassEntry {
    readings: Vec<char>,
    bias: [i32; READINGS],
    vote: [i32; 2],
}

/// What is known of a place before its context is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prior {
    /// The reading in the text as it is, in its [canonical](super::canonical) form.
    pub reading: char,
    /// How much it counts, in nats.
    pub nats: u8,
}

/// How a place was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// The readings with their scores in nats, the highest first.
    pub candidates: Vec<(char, f32)>,
    /// Whether the lattice of words was asked.
    pub voted: bool,
}

impl Decision {
    /// The reading that the context speaks for.
    pub fn reading(&self) -> char {
        self.candidates[0].0
    }
}

/// A reading that is better by so much for its nearest neighbours is taken without looking at more.
const SURE: i32 = 5 * STEP as i32;

/// The scores of a class's readings, in steps.
struct Scores {
    steps: [i32; READINGS],
    voted: bool,
}

impl Model {
    /// A model from the bytes of a file, as a trainer writes them.
    ///
    /// # Errors
    ///
    /// [`ModelError`] if the bytes are no model.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, ModelError> {
        Self::new(Shared::Counted(bytes.into()))
    }

    /// The model that jianfan comes with.
    pub fn builtin() -> &'static Self {
        static MODEL: std::sync::OnceLock<Model> = std::sync::OnceLock::new();
        static BYTES: &[u8] = include_bytes!("../../dictionaries/context/model.bin");
        let open = || Self::new(Shared::Static(BYTES)).expect("the built-in model is whole");
        MODEL.get_or_init(open)
    }

    fn new(bytes: Shared<[u8]>) -> Result<Self, ModelError> {
        let word = |number: usize| {
            let chunk = bytes.get(4 * number..).and_then(<[u8]>::first_chunk);
            chunk.map(|chunk| u32::from_le_bytes(*chunk)).ok_or(ModelError::Magic)
        };
        if word(0)? != MAGIC {
            return Err(ModelError::Magic);
        }
        let mut starts = [HEADER; PARTS + 1];
        for part in 0..PARTS {
            let len = word(1 + part).map_err(|_| ModelError::Damaged)? as usize;
            starts[part + 1] = starts[part].checked_add(len).ok_or(ModelError::Damaged)?;
        }
        let len = |part: usize| starts[part + 1] - starts[part];
        let is_whole = starts[PARTS] == bytes.len()
            && len(0) % CLASS == 0
            && len(1) == EVIDENCE
            && len(4).is_power_of_two();
        if !is_whole {
            return Err(ModelError::Damaged);
        }
        let mut members = Box::new([0_u64; 1024]);
        let mut classes = Vec::new();
        let mut last = None;
        for entry in bytes[starts[0]..starts[1]].chunks_exact(CLASS) {
            let code = u16::from_le_bytes([entry[0], entry[1]]);
            if last.is_some_and(|last| last >= code) {
                return Err(ModelError::Damaged);
            }
            last = Some(code);
            members[usize::from(code / 64)] |= 1 << (code % 64);
            classes.push(ClassEntry::read(entry).ok_or(ModelError::Damaged)?);
        }
        let mut before = Box::new([0; 1024]);
        for index in 1..1024 {
            before[index] = before[index - 1] + members[index - 1].count_ones() as u16;
        }
        Ok(Self {
            classes,
            members,
            before,
            evidence: starts[1],
            weights: Weights::new(bytes.clone(), starts[2], len(2)),
            words: Words::new(bytes.clone(), starts[3], len(3), len(4)),
            bytes,
        })
    }

    /// Whether characters with this code have more than one reading.
    #[inline(always)]
    pub fn is_class(&self, code: u16) -> bool {
        self.members[usize::from(code / 64)] >> (code % 64) & 1 != 0
    }

    fn class(&self, code: u16) -> Option<&ClassEntry> {
        let bits = self.members[usize::from(code / 64)];
        let below = bits & ((1 << (code % 64)) - 1);
        let index = self.before[usize::from(code / 64)] + below.count_ones() as u16;
        self.is_class(code).then(|| &self.classes[usize::from(index)])
    }

    /// The readings of a class, the default first.
    pub fn readings(&self, code: u16) -> Option<&[char]> {
        self.class(code).map(|class| class.readings.as_slice())
    }

    /// The reading of the character at `codes[at]`, if its class is known.
    ///
    /// `prior`, if it is a reading of the class, counts as much more than the context says.
    #[inline]
    pub fn read(&self, codes: &[u16], at: usize, prior: Option<Prior>) -> Option<char> {
        let class = self.class(codes[at])?;
        let prior = class.number(prior);
        let window = Window::at(codes, at);
        // What speaks for the default can't change it; nor can the context, if it never did.
        if prior.is_none_or(|(reading, _)| reading == 0) && !self.has_evidence(codes[at], &window) {
            return Some(class.readings[0]);
        }
        let scores = self.score(class, codes, at, &window, prior);
        Some(class.readings[scores.best(class.readings.len()).0])
    }

    /// The same as [`read`](Self::read), with the scores of all readings.
    pub fn decide(&self, codes: &[u16], at: usize, prior: Option<Prior>) -> Option<Decision> {
        let class = self.class(codes[at])?;
        let reading = self.read(codes, at, prior)?;
        let window = Window::at(codes, at);
        let scores = self.score(class, codes, at, &window, class.number(prior));
        let nats = scores.steps.iter().map(|&steps| steps as f32 / STEP);
        let mut candidates: Vec<_> = class.readings.iter().copied().zip(nats).collect();
        // Without evidence the default stands, whatever the scores are.
        candidates
            .sort_by(|a, b| (b.0 == reading).cmp(&(a.0 == reading)).then(b.1.total_cmp(&a.1)));
        Some(Decision { candidates, voted: scores.voted })
    }

    fn has_evidence(&self, class: u16, window: &Window) -> bool {
        let has = |side, code| {
            let bit = evidence_bit(class, side, code);
            self.bytes[self.evidence + bit / 8] >> (bit % 8) & 1 != 0
        };
        has(Side::Before, window.before()) || has(Side::Behind, window.behind())
    }

    fn score(
        &self,
        class: &ClassEntry,
        codes: &[u16],
        at: usize,
        window: &Window,
        prior: Option<(usize, i32)>,
    ) -> Scores {
        let count = class.readings.len();
        let mut steps = class.bias;
        if let Some((reading, weight)) = prior {
            steps[reading] += weight;
        }
        for (reading, score) in steps.iter_mut().enumerate().take(count).skip(1) {
            *score += self.weights.sum(&window.near(codes[at]), reading as u8);
        }
        let mut scores = Scores { steps, voted: false };
        if scores.best(count).1 > SURE + prior.map_or(0, |(_, weight)| weight) {
            return scores;
        }
        for (reading, score) in scores.steps.iter_mut().enumerate().take(count).skip(1) {
            *score += self.weights.sum(&window.far(codes[at]), reading as u8);
        }
        // The vote is only asked for where it can change the outcome.
        let (best, margin) = scores.best(count);
        let most = class.vote[usize::from(best == 0)].max(class.vote[1]);
        if margin <= most {
            scores.voted = true;
            if let Some(reading) =
                self.vote(codes, at).filter(|&reading| usize::from(reading) < count)
            {
                scores.steps[usize::from(reading)] += class.vote[usize::from(reading != 0)];
            }
        }
        scores
    }

    /// The number of the reading that the character at `codes[at]` has in the word on the best
    /// path through its surroundings, if that word is longer than the character.
    pub fn vote(&self, codes: &[u16], at: usize) -> Option<u8> {
        Path::find(&self.words, codes, at, at + 1, None).reading(at)
    }

    /// Whether `codes[from..to]`, looked at as a word, is torn out of other words: whether the best
    /// path with it as one word more has another word that it shares a part with.
    pub fn is_torn(&self, codes: &[u16], from: usize, to: usize) -> bool {
        /// What a word costs that the lattice may not know: eight nats.
        const COST: u32 = 8 * words::STEP as u32;
        if !is_crossed(&self.words, codes, from, to) {
            return false;
        }
        let extra = Extra { start: from, end: to, cost: COST };
        let path = Path::find(&self.words, codes, from, to, Some(extra));
        path.tears(from, to)
    }
}

impl Scores {
    /// The best reading, the first of equals, and by how much it is better than the next.
    fn best(&self, count: usize) -> (usize, i32) {
        let (mut best, mut next) = (0, i32::MIN / 2);
        for reading in 1..count {
            if self.steps[reading] > self.steps[best] {
                next = self.steps[best];
                best = reading;
            } else {
                next = next.max(self.steps[reading]);
            }
        }
        (best, self.steps[best] - next)
    }
}

impl ClassEntry {
    fn read(entry: &[u8]) -> Option<Self> {
        let number = |at: usize| i32::from(i16::from_le_bytes([entry[at], entry[at + 1]]));
        let count = usize::from(entry[2]);
        let reading = |index: usize| {
            let chunk = entry.get(32 + 4 * index..)?.first_chunk()?;
            char::from_u32(u32::from_le_bytes(*chunk)).filter(|one| one.len_utf8() == 3)
        };
        let readings: Option<Vec<char>> = (0..count).map(reading).collect();
        let bias = std::array::from_fn(|index| number(4 + 2 * index));
        let vote = [number(20), number(22)];
        (2..=READINGS).contains(&count).then_some(Self { readings: readings?, bias, vote })
    }

    /// The number of the prior's reading, and its weight in steps.
    fn number(&self, prior: Option<Prior>) -> Option<(usize, i32)> {
        let prior = prior?;
        let number = self.readings.iter().position(|reading| *reading == prior.reading)?;
        Some((number, i32::from(prior.nats) * STEP as i32))
    }
}
