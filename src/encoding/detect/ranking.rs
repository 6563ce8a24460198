//! Which encoding bytes are in, by what they cost in each of them.

use super::Candidate;
use super::contender::{self, Contender};
use super::gist::gist;
use super::window::Window;
use crate::encoding::Encoding;
use crate::encoding::statistics::NAT;

/// How many bytes all contenders read before those are left out that can't win any more. The first
/// block is also all that encodings which are no extension of ASCII are told by.
const BLOCK: usize = 512;

/// By how much a contender must be behind to be left out.
const HOPELESS: u64 = 60 * NAT as u64;

/// Texts are less even than the model: what it takes for e nats are some two.
const TEMPERATURE: f32 = 2.0;

/// The encodings that are left, the most likely one first.
pub(super) struct Ranking {
    contenders: Vec<Contender>,
}

impl Ranking {
    /// Ranks the encodings of a window.
    pub(super) fn of(window: &Window) -> Self {
        let wide = window.input_start().is_some();
        let bytes = gist(window.held(), if wide { BLOCK } else { 0 });
        let declared = window.declaration().map(|declaration| declaration.encoding);
        let mut ranking = Self { contenders: contender::all(&bytes, wide, declared) };
        for block in bytes.chunks(BLOCK) {
            ranking.push(block);
            if ranking.is_decided() {
                return ranking;
            }
        }
        ranking.contenders.iter_mut().for_each(Contender::finish);
        ranking.sort();
        ranking
    }

    fn push(&mut self, block: &[u8]) {
        let prunes = block.len() == BLOCK;
        let mut limit = u64::MAX;
        for contender in &mut self.contenders {
            contender.push(block, limit);
            if prunes {
                limit = limit.min(contender.cost() + HOPELESS);
            }
        }
        if !prunes {
            return;
        }
        self.sort();
        let best = &self.contenders[0];
        let (least, is_wide) = (best.cost(), best.encoding.is_wide());
        self.contenders.retain(|contender| {
            contender.encoding.is_wide() == is_wide && contender.cost() <= least + HOPELESS
        });
    }

    fn sort(&mut self) {
        self.contenders.sort_by_key(|contender| contender.cost());
    }

    /// Whether only one encoding is left.
    pub(super) fn is_decided(&self) -> bool {
        self.contenders.len() == 1
    }

    /// The most likely encoding.
    pub(super) fn best(&self) -> Encoding {
        self.contenders[0].encoding
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
