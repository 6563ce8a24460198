//! Which characters have to be looked at.
//!
//! Most keys become what their characters would become one by one. They matter because they end
//! where they do, not for what they write: where no other key stands, the text can be converted
//! character by character, however it is cut into keys. The other keys *tell*. Of each of them one
//! character is an *anchor*; a telling key can only stand where an anchor does, between the
//! neighbours that it has in the key.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::compose::{Composed, Record};
use super::hash::{hash_of, upper};

/// The characters of text, the most frequent ones first; counted in debates, laws, handbooks,
/// verse and the Bible, in both scripts.
const FREQUENT: &str = include_str!("frequent.txt");

/// What tells where a telling key may stand.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    /// The anchors, with whether a key has them next to characters of other lengths.
    pub characters: BTreeMap<char, bool>,
    /// The hashes of anchors with their neighbours.
    pub hashes: Vec<u32>,
}

impl Anchors {
    pub fn new(composed: &Composed) -> Self {
        let telling = composed.records.iter().filter(|record| tells(composed, record));
        let keys: Vec<Vec<char>> = telling.map(|record| record.key.chars().collect()).collect();
        Self::with(choose, &keys)
    }

    /// Those of a user's keys, of which there are few, or hardly any time to choose.
    pub fn of_user(keys: &[Vec<char>]) -> Self {
        Self::with(rarest, keys)
    }

    fn with(choose: fn(&[&Vec<char>]) -> BTreeSet<char>, keys: &[Vec<char>]) -> Self {
        // At characters of four bytes that keys have the scanner always looks.
        let is_short = |key: &&Vec<char>| key.iter().all(|one| one.len_utf8() < 4);
        let keys: Vec<&Vec<char>> = keys.iter().filter(is_short).collect();
        let chosen = choose(&keys);
        let mut anchors = Self::default();
        keys.into_iter().for_each(|key| anchors.add(key, &chosen));
        anchors
    }

    /// Adds the best of the chosen characters of a key: one with a neighbour on either side, or
    /// else one at an end.
    fn add(&mut self, key: &[char], chosen: &BTreeSet<char>) {
        let is_chosen = |&place: &usize| chosen.contains(&key[place]);
        let inner = (1..key.len().saturating_sub(1)).find(is_chosen);
        let place = inner.or_else(|| (0..key.len()).find(is_chosen)).expect("one is chosen");
        let around = match place {
            0 => &key[..key.len().min(3)],
            last if last + 1 == key.len() => &key[key.len().saturating_sub(3)..],
            inner => &key[inner - 1..=inner + 1],
        };
        let is_odd = around.iter().any(|one| one.len_utf8() != 3);
        *self.characters.entry(key[place]).or_default() |= is_odd;
        self.hashes.push(upper(hash_of(around)));
    }
}

/// Whether a record writes something else than its characters would become one by one.
pub(super) fn tells(composed: &Composed, record: &Record) -> bool {
    record.check || record.value != composed.by_characters(&record.key)
}

/// The places of characters among those of text, the most frequent one's the first.
fn ranks() -> HashMap<char, usize> {
    FREQUENT.chars().filter(|one| *one != '\n').zip(1..).collect()
}

/// Of each key the rarest of its characters of three bytes.
fn rarest(keys: &[&Vec<char>]) -> BTreeSet<char> {
    let ranks = ranks();
    let rank = |one: &char| ranks.get(one).copied().unwrap_or(usize::MAX);
    let candidates = |key: &&Vec<char>| {
        key.iter().copied().filter(|one| one.len_utf8() == 3).max_by_key(|one| rank(one))
    };
    keys.iter().filter_map(candidates).collect()
}

/// Of each key one character of three bytes, so that few places of a text have one of them.
fn choose(keys: &[&Vec<char>]) -> BTreeSet<char> {
    let ranks = ranks();
    let last = ranks.len();
    let rarity = |one: char| ranks.get(&one).copied().unwrap_or(2 * last) as f64;
    let mut left = keys.to_vec();
    let mut chosen = BTreeSet::new();
    while !left.is_empty() {
        let mut counts: BTreeMap<char, usize> = BTreeMap::new();
        for key in &left {
            let candidates: BTreeSet<char> =
                key.iter().copied().filter(|one| one.len_utf8() == 3).collect();
            candidates.into_iter().for_each(|one| *counts.entry(one).or_default() += 1);
        }
        let mut best: Vec<(char, f64)> =
            counts.into_iter().map(|(one, count)| (one, count as f64 * rarity(one))).collect();
        best.sort_by(|one, other| other.1.total_cmp(&one.1));
        // Some at once, since each changes the counts of few others.
        best.truncate(best.len().div_ceil(50));
        chosen.extend(best.into_iter().map(|(one, _)| one));
        left.retain(|key| !key.iter().any(|one| chosen.contains(one)));
    }
    chosen
}
