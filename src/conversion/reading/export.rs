//! The built-in words from one place to another as plain pairs, for what can read no more than that.

use std::collections::HashSet;

use super::basis::with_basis;
use super::directions::{Directions, Pairs};
use super::place::Place;
use crate::dictionary::concepts::{self, ConceptTable};

// `REGION_TABLES: [(&str, &[u8]); _]`, the file names and the bytes of the tables of concepts.
include!(concat!(env!("OUT_DIR"), "/regions.rs"));

/// The words of the built-in tables that are read everywhere in text from one place, with what
/// another one writes; of those that stay as they are only such as hold another that doesn't.
pub(crate) fn pairs(from: Place, to: Place) -> Pairs {
    let parse = |(name, bytes): &(&str, &[u8])| concepts::parse(name, bytes).expect("built in");
    let tables: Vec<ConceptTable> = REGION_TABLES.iter().map(parse).collect();
    let tables: Vec<&ConceptTable> = tables.iter().collect();
    let Pairs { pairs, left_out } =
        with_basis(|basis| Directions::of(&tables, basis).expect("built in").pairs(from, to));
    let changes = pairs.iter().filter(|(key, value)| key != value);
    let changing: HashSet<&str> = changes.map(|(key, _)| key.as_str()).collect();
    let is_needed = |(key, value): &&(String, String)| {
        key != value || parts(key).any(|part| changing.contains(part))
    };
    Pairs { pairs: pairs.iter().filter(is_needed).cloned().collect(), left_out }
}

/// All that stands in a text from one place of it to another.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let ends = |start: usize| {
        text[start..].char_indices().map(move |(at, one)| start + at + one.len_utf8())
    };
    text.char_indices().flat_map(move |(start, _)| ends(start).map(move |end| &text[start..end]))
}
