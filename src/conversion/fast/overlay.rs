//! A user's keys on an image: where one of them may stand, the steps are asked.
//!
//! The characters of the keys are looked at, and their neighbours are in the filters, as those of the
//! image's own keys are. So the walk comes to a place before each of them at which all steps stand;
//! the [`Scanner`](super::scan::Scanner) looks the keys themselves up in the user's table.

use super::anchors::Anchors;
use super::compose::is_description;
use super::image::{
    ASK, CharacterPages, LOOK, ODD, Parts, SPARSENESS, looked_at, pairs, with_hashes, write,
};

/// Keys of more bytes than this are left to the steps.
const LONGEST: usize = 255;

/// `image` with the user's keys; `None` if a key is very long, or is one that the walk passes over:
/// one of ASCII and characters of two bytes alone, or with an ideographic description.
pub(super) fn with_keys(image: &[u8], keys: &[&str]) -> Option<Vec<u8>> {
    let is_good = |key: &&str| {
        let is_found = key.chars().any(|one| one.len_utf8() > 2);
        is_found && key.len() <= LONGEST && !is_description(key)
    };
    if !keys.iter().all(is_good) {
        return None;
    }
    let longest = keys.iter().map(|key| key.len()).max().unwrap_or(0);
    let keys: Vec<Vec<char>> = keys.iter().map(|key| key.chars().collect()).collect();
    let anchors = Anchors::of_user(&keys);
    let parts = Parts::of(image);
    let [known_pairs, known_anchors, starts] =
        parts.filters.map(|filter| words(filter, u64::from_le_bytes));
    let neighbours = with_hashes(known_pairs, &pairs(&keys), SPARSENESS[0]);
    let looked_at = looked_at(&keys, [].into_iter(), &anchors);
    let looked_at = with_hashes(known_anchors, &looked_at, SPARSENESS[1]);
    let filters = [neighbours, looked_at, starts];
    let characters = characters(parts, &keys, &anchors);
    Some(write(&characters, &filters, parts.slots, parts.records, parts.longest.max(longest)))
}

/// The pages with the bits of anchors, and of characters that are keys.
fn characters(parts: Parts<'_>, keys: &[Vec<char>], anchors: &Anchors) -> CharacterPages {
    let mut characters = CharacterPages {
        directory: words(parts.directory, u16::from_le_bytes),
        pages: words(parts.pages, u32::from_le_bytes),
    };
    for (&one, &is_odd) in &anchors.characters {
        *characters.word(one) |= if is_odd { LOOK | ODD } else { LOOK };
    }
    for key in keys {
        if let [one] = key[..]
            && one.len_utf8() == 3
        {
            *characters.word(one) |= LOOK | ASK;
        }
    }
    characters
}

/// The words that `bytes` are, each of which `word` reads.
fn words<const LEN: usize, T>(bytes: &[u8], word: fn([u8; LEN]) -> T) -> Vec<T> {
    bytes.as_chunks().0.iter().map(|chunk| word(*chunk)).collect()
}
