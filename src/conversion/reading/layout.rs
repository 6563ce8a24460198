//! Lays out the rows of a table of words, which [`words`](super::words) finds in it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::words::{
    BEGINNING, Entry, HEAD, KEY, Kind, LONGEST, MARKS, PAIRS, Places, Sources, bucket_of, check,
    mark_of, pair_bit,
};
use crate::context::hash::Hash;
use crate::dictionary::DictionaryError;

/// A row before it is laid out.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// The word as the table has it.
    pub key: String,
    pub codes: Vec<u16>,
    /// What is written in its place; nothing if the row only keeps others off.
    pub value: String,
    pub entry: Entry,
}

/// So many keys have a bucket, about.
const BUCKET: usize = 2;

/// The bytes of the table of `rows`, of which those with one key stand in the order in which they
/// count, and the text of the values.
///
/// # Errors
///
/// [`DictionaryError::TooLarge`] if there are more than the numbers of the table can tell apart.
pub(crate) fn lay_out(rows: &[Row]) -> Result<(Vec<u8>, String), DictionaryError> {
    let mut rows: Vec<&Row> = rows.iter().filter(|row| row.codes.len() <= LONGEST).collect();
    rows.sort_by_cached_key(|row| (row.hash().0, row.codes.clone()));
    let groups: Vec<&[&Row]> = rows.chunk_by(|a, b| a.codes == b.codes).collect();
    let count = groups.len() / BUCKET + 1;
    let rows: Vec<Row> = groups.into_iter().flat_map(needed).collect();
    let heads = heads(&rows);
    let (strings, places) = strings(&rows);
    let bucket = |row: &Row| bucket_of(row.hash(), count);
    let mut bytes = Vec::new();
    for word in [count, heads.len()] {
        bytes.extend(short(word, 32)?.to_le_bytes());
    }
    bytes.extend(filters(&rows));
    for number in 0..=count {
        let first = rows.partition_point(|row| bucket(row) < number);
        bytes.extend(short(first, 32)?.to_le_bytes());
    }
    bytes.extend(heads.as_flattened());
    for row in &rows {
        let place = places[&row.text()] + row.text().len() - row.value.len();
        let head = heads.binary_search(&row.head()).expect("every head is there");
        bytes.extend(check(row.hash()).to_le_bytes());
        bytes.extend((short(place, 24)? | short(row.value.len(), 8)? << 24).to_le_bytes());
        bytes.extend((short(head, 16)? | short(row.codes.len(), 16)? << 16).to_le_bytes());
    }
    Ok((bytes, strings))
}

/// A number that has no more than so many bits.
fn short(number: usize, bits: u32) -> Result<u32, DictionaryError> {
    let fits = u32::try_from(number).ok().filter(|number| u64::from(*number) >> bits == 0);
    fits.ok_or(DictionaryError::TooLarge { what: "the words of concepts" })
}

/// The rows of one key without what never counts, since a row before is taken wherever it would be;
/// those that differ in their sources alone are one.
fn needed(group: &[&Row]) -> Vec<Row> {
    let mut kept: Vec<Row> = Vec::new();
    for row in group {
        let mut row = (*row).clone();
        let is_needed = |source: &u8| {
            let source = Sources(1 << source);
            row.entry.sources.meets(source) && !row.is_covered(&kept, source)
        };
        row.entry.sources = Sources((0..8).filter(is_needed).fold(0, |set, bit| set | 1 << bit));
        let others = kept.iter_mut().rev();
        let mut behind = others.skip_while(|other| !other.is_same(&row) && !other.meets(&row));
        match behind.next().filter(|other| other.is_same(&row)) {
            Some(other) => other.entry.sources.0 |= row.entry.sources.0,
            None => kept.push(row),
        }
    }
    kept.retain(|row| row.entry.sources != Sources(0));
    kept
}

fn heads(rows: &[Row]) -> Vec<[u8; HEAD]> {
    let mut heads: Vec<_> = rows.iter().map(Row::head).collect();
    heads.sort_unstable();
    heads.dedup();
    heads
}

/// The texts of all rows, each once and not where a longer one has it, and where each is.
fn strings(rows: &[Row]) -> (String, BTreeMap<String, usize>) {
    let mut places: BTreeMap<String, Option<usize>> =
        rows.iter().map(|row| (row.text(), None)).collect();
    let mut texts: Vec<String> = rows.iter().map(Row::text).collect();
    texts.sort_by_key(|text| Reverse(text.len()));
    let mut strings = String::new();
    for text in texts {
        if places[&text].is_some() {
            continue;
        }
        let ends = || text.char_indices().map(|(start, one)| start + one.len_utf8());
        for (start, _) in text.char_indices() {
            for end in ends().filter(|end| *end > start) {
                if let Some(place) = places.get_mut(&text[start..end]) {
                    place.get_or_insert(strings.len() + start);
                }
            }
        }
        strings.push_str(&text);
    }
    let places = places.into_iter().map(|(text, place)| (text, place.unwrap_or_default()));
    (strings, places.collect())
}

/// The bits of pairs, and the marks.
fn filters(rows: &[Row]) -> Vec<u8> {
    let mut pairs = vec![0_u8; PAIRS];
    let mut marks = vec![0_u8; MARKS];
    for codes in rows.iter().map(|row| &row.codes) {
        if let [first, second, ..] = codes[..] {
            let bit = pair_bit(first, second);
            pairs[bit / 8] |= 1 << (bit % 8);
        }
        for end in 1..=codes.len() {
            let (byte, shift) = mark_of(Hash::of(&codes[..end]));
            marks[byte] |= if end == codes.len() { KEY } else { BEGINNING } << shift;
        }
    }
    [pairs, marks].concat()
}

impl Row {
    fn hash(&self) -> Hash {
        Hash::of(&self.codes)
    }

    /// Whether the key has ASCII characters, of which several have one code.
    fn has_letters(&self) -> bool {
        self.key.bytes().any(|byte| byte.is_ascii())
    }

    /// What the strings have of the row.
    fn text(&self) -> String {
        let key = if self.has_letters() { &self.key } else { "" };
        [key, &self.value].concat()
    }

    fn head(&self) -> [u8; HEAD] {
        let Entry { kind, sources, places, field, condition, stays } = self.entry;
        let bits = [kind == Kind::Region, stays, self.has_letters()];
        let flags = bits.iter().rev().fold(0, |flags, &bit| flags << 1 | u8::from(bit));
        let [low, high] = condition.to_le_bytes();
        [sources.0, places.0, flags, field, low, high, 0, 0]
    }

    /// Whether there is text that both are for.
    fn meets(&self, other: &Self) -> bool {
        self.entry.sources.meets(other.entry.sources) && self.entry.places.meets(other.entry.places)
    }

    /// Whether the two differ in their sources alone.
    fn is_same(&self, other: &Self) -> bool {
        let entry = Entry { sources: other.entry.sources, ..self.entry };
        entry == other.entry && self.text() == other.text() && self.value == other.value
    }

    /// Whether for text from there some of `rows`, of the same key, are taken wherever this is.
    fn is_covered(&self, rows: &[Self], source: Sources) -> bool {
        let places = (0..8).map(|bit| Places(1 << bit));
        places.filter(|place| self.entry.places.meets(*place)).all(|place| {
            let is_for =
                |row: &Self| row.entry.sources.meets(source) && row.entry.places.meets(place);
            rows.iter().any(|row| is_for(row) && row.goes_before(self))
        })
    }

    /// Whether this, where it is for the text, is always taken if another row would be.
    fn goes_before(&self, other: &Self) -> bool {
        let has_letters = self.has_letters() || other.has_letters();
        self.entry.kind == other.entry.kind
            && self.entry.condition == 0
            && (self.entry.stays || !other.entry.stays)
            && (!has_letters || self.key == other.key)
    }
}
