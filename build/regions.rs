//! The tables of regional words, `dictionaries/regions/*.tsv`.

use std::collections::BTreeSet;
use std::path::Path;

use crate::context::hash::Hash;
use crate::conversion::reading::directions::Directions;
use crate::conversion::reading::evidence;
use crate::conversion::reading::place::PLACES;
use crate::conversion::reading::words::check;
use crate::dictionary::concepts::{self, ConceptTable};

/// Reads the tables of a folder.
pub fn tables(folder: &Path) -> Vec<ConceptTable> {
    let files = crate::files(folder, "tsv");
    assert!(files.len() <= evidence::FIELDS, "no more tables than evidence has bits for");
    let read = |path: &std::path::PathBuf| {
        let bytes = std::fs::read(path).expect("a readable table");
        concepts::parse(&path.display().to_string(), &bytes)
    };
    files.iter().map(|path| read(path).unwrap_or_else(|error| panic!("{error}"))).collect()
}

/// The names of the fields: those of the tables, without their extension.
pub fn fields(tables: &[ConceptTable]) -> Vec<String> {
    let stem =
        |table: &ConceptTable| Path::new(table.name()).file_stem().expect("a name").to_owned();
    tables.iter().map(|table| stem(table).into_string().expect("a name in ASCII")).collect()
}

/// The source of `OWN_WORDS` and `VAGUE_WORDS`: for each place, sorted, what is checked of the words
/// that it has of its own, and of those that it does not read everywhere.
pub fn own(out: &Path, regions: &Directions<'_>) -> String {
    let own = PLACES.map(|place| checks(regions.own(place)));
    let vague = PLACES.map(|place| checks(regions.vague(place)));
    list(out, "OWN_WORDS", &own) + &list(out, "VAGUE_WORDS", &vague)
}

fn checks(words: &BTreeSet<Vec<u16>>) -> Vec<u8> {
    let mut checks: Vec<u32> = words.iter().map(|codes| check(Hash::of(codes))).collect();
    checks.sort_unstable();
    checks.dedup();
    checks.into_iter().flat_map(u32::to_le_bytes).collect()
}

/// A static list of what is checked, for each place.
fn list(out: &Path, name: &str, lists: &[Vec<u8>]) -> String {
    let mut source = format!("static {name}: [&[u8]; {}] = [\n", lists.len());
    for (number, bytes) in lists.iter().enumerate() {
        let file = format!("{name}.{number}");
        crate::write(&out.join(&file), bytes);
        source += &format!("include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{file}\")),\n");
    }
    source + "];\n"
}
