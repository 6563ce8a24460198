//! Which encoding bytes are in, by what they cost in each of them.

use super::Candidate;
use super::big5;
use super::contender::{self, Contender};
use super::gist::gist;
use super::window::Window;
use crate::encoding::Encoding;
use crate::encoding::statistics::NAT;

/// How many bytes encodings which are no extension of ASCII are told by.
const HEAD: usize = 512;

/// How many bytes all contenders read before those are left out that can't win any more.
const STEP: usize = 64;

/// By how much a contender must be behind to be left out.
const HOPELESS: u64 = 60 * NAT as u64;

/// In how many bytes a text in Big5-UAO has a character that Big5 has not. That so many have none
/// costs it a nat, or a wrong byte in a long text in Big5 would be enough for it.
const UAO_EVERY: u64 = 1536;

/// Texts are less even than the model: what it takes for e nats are some two.
const TEMPERATURE: f32 = 2.0;

/// The encodings that are left, the most likely one first.
pub(super) struct Ranking {
    contenders: Vec<Contender>,
    declared: Option<Encoding>,
}

impl Ranking {
    /// Ranks the encodings of a window.
    pub(super) fn of(window: &Window) -> Self {
        let wide = window.input_start().is_some();
        let bytes = gist(window.held(), if wide { HEAD } else { 0 });
        let declared = window.declaration().map(|declaration| declaration.encoding);
        let mut ranking = Self { contenders: contender::all(&bytes, wide, declared), declared };
        ranking.read(&bytes);
        ranking.contenders.iter_mut().for_each(Contender::finish);
        ranking.sort();
        ranking
    }

    /// Reads `bytes` from the beginning, until only one contender is left.
    fn read(&mut self, bytes: &[u8]) {
        for at in (0..bytes.len()).step_by(STEP) {
            if at == HEAD {
                self.choose_width();
            }
            if self.is_decided() {
                return;
            }
            if self.is_of_big5() {
                return self.read_telling(bytes, at);
            }
            self.push(&bytes[at..bytes.len().min(at + STEP)]);
        }
    }

    /// Reads on from `start` what tells the variants of Big5 apart.
    fn read_telling(&mut self, bytes: &[u8], start: usize) {
        let telling = big5::telling(bytes, start);
        telling.chunks(STEP).for_each(|step| self.push(step));
        let alike = bytes.len() - start - telling.len();
        let uao = self.contenders.iter_mut().filter(|one| one.encoding == Encoding::BIG5_UAO);
        uao.for_each(|uao| uao.charge((alike as u64 * u64::from(NAT)) / UAO_EVERY));
    }

    fn push(&mut self, step: &[u8]) {
        let mut limit = u64::MAX;
        for contender in &mut self.contenders {
            contender.push(step, limit);
            if step.len() == STEP {
                limit = limit.min(contender.cost() + HOPELESS);
            }
        }
        self.contenders.retain(|contender| contender.cost() <= limit);
    }

    /// Leaves out all that differ from the best one in whether they extend ASCII.
    fn choose_width(&mut self) {
        self.sort();
        let is_wide = self.best().is_wide();
        self.contenders.retain(|contender| contender.encoding.is_wide() == is_wide);
    }

    /// Whether only variants of Big5 are left.
    fn is_of_big5(&self) -> bool {
        self.contenders.iter().all(|contender| big5::VARIANTS.contains(&contender.encoding))
    }

    fn sort(&mut self) {
        self.contenders.sort_by_key(|contender| contender.cost());
    }

    fn is_decided(&self) -> bool {
        self.contenders.len() == 1
    }

    /// Whether more bytes would tell no more: one encoding is left, or only such as have one byte a
    /// character, among which it is not for us to choose.
    pub(super) fn is_final(&self) -> bool {
        self.is_decided()
            || self.contenders.iter().all(|contender| contender.encoding.is_single_byte())
    }

    /// The most likely encoding.
    pub(super) fn best(&self) -> Encoding {
        self.contenders[0].encoding
    }

    /// The encoding that the input declares.
    pub(super) fn declared(&self) -> Option<Encoding> {
        self.declared
    }

    /// Whether the most likely encoding is UTF-16 or UTF-32, and the bytes are text in it.
    pub(super) fn is_wide_text(&self) -> bool {
        self.contenders[0].is_wide_text()
    }

    /// How likely each encoding is, the most likely one first. Those in which the bytes read as in
    /// that one are left out.
    pub(super) fn candidates(&self) -> Vec<Candidate> {
        let best = &self.contenders[0];
        let others = self.contenders.iter().skip(1);
        let others = others.filter(|other| other.text_cost() != best.text_cost());
        let weighed: Vec<(Encoding, f32)> = std::iter::once(best)
            .chain(others)
            .map(|contender| {
                let nats = (contender.cost() - best.cost()) as f32 / NAT as f32;
                (contender.encoding, (-nats / TEMPERATURE).exp())
            })
            .collect();
        let total: f32 = weighed.iter().map(|(_, weight)| weight).sum();
        let candidate = |(encoding, weight)| Candidate { encoding, confidence: weight / total };
        weighed.into_iter().map(candidate).collect()
    }
}
