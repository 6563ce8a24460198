//! The words from one place to another as plain pairs, for what can read no more than that.

use std::collections::{BTreeMap, HashSet};

use super::basis::with_basis;
use super::directions::{Directions, Pair};
use super::place::Place;
use crate::dictionary::DictionaryError;
use crate::dictionary::concepts::{self, ConceptTable, Read};

// `REGION_TABLES: [(&str, &[u8]); _]`, the file names and the bytes of the tables of concepts.
include!(concat!(env!("OUT_DIR"), "/regions.rs"));

/// The built-in words that need no context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pairs {
    /// What a word becomes; itself, if it only keeps shorter ones off.
    pub pairs: BTreeMap<String, String>,
    /// How many words are left out, since they depend on what stands around them.
    pub left_out: usize,
}

/// The words of `tables` on each of the `ways` between places.
///
/// # Errors
///
/// [`DictionaryError`] for a condition that can't be read.
pub(crate) fn pairs_of(
    tables: &[&ConceptTable],
    ways: &[(Place, Place)],
) -> Result<Vec<Vec<Pair>>, DictionaryError> {
    with_basis(|basis| {
        let directions = Directions::of(tables, basis)?;
        Ok(ways.iter().map(|&(from, to)| directions.pairs(from, to)).collect())
    })
}

/// The words of the built-in tables that are read everywhere in text from one place, with what
/// another one writes; of those that stay as they are only such as hold another that doesn't.
pub(crate) fn builtin_pairs(from: Place, to: Place) -> Pairs {
    let parse = |(name, bytes): &(&str, &[u8])| concepts::parse(name, bytes).expect("built in");
    let tables: Vec<ConceptTable> = REGION_TABLES.iter().map(parse).collect();
    let tables: Vec<&ConceptTable> = tables.iter().collect();
    let ways = pairs_of(&tables, &[(from, to)]).expect("the build has read them");
    let (mut pairs, mut left_out) = (BTreeMap::new(), 0);
    for pair in ways.into_iter().flatten() {
        match pair.read {
            Read::Everywhere => {
                pairs.entry(pair.key).or_insert(pair.value);
            }
            Read::Sometimes => left_out += usize::from(!pair.stays),
            Read::Never => {}
        }
    }
    drop_needless(&mut pairs);
    Pairs { pairs, left_out }
}

fn drop_needless(pairs: &mut BTreeMap<String, String>) {
    let changes = pairs.iter().filter(|(key, value)| key != value);
    let changing: HashSet<String> = changes.map(|(key, _)| key.clone()).collect();
    pairs.retain(|key, value| key != value || parts(key).any(|part| changing.contains(part)));
}

/// All that stands in a text from one place of it to another.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let ends = |start: usize| {
        text[start..].char_indices().map(move |(at, one)| start + at + one.len_utf8())
    };
    text.char_indices().flat_map(move |(start, _)| ends(start).map(move |end| &text[start..end]))
}
