//! The user's tables of concepts, laid out for the place that text goes to.

use std::collections::BTreeSet;
use std::path::Path;

use super::conditions::Conditions;
use super::directions::{Basis, Directions};
use super::layout::lay_out;
use super::place::Target;
use super::words::{Origin, WordTable, check};
use super::{
    FIELDS, HONGKONG_IN_WORDS, MAINLAND_IN_WORDS, OWN_WORDS, TAIWAN_IN_WORDS, TRADITIONAL_IN_WORDS,
    VAGUE_WORDS, evidence,
};
use crate::context::code;
use crate::context::hash::Hash;
use crate::conversion::Converter;
use crate::dictionary::DictionaryError;
use crate::dictionary::concepts::ConceptTable;

/// The words of the user's tables.
#[derive(Debug)]
pub(in crate::conversion) struct UserWords {
    bytes: Vec<u8>,
    strings: String,
    conditions: (Vec<u32>, Vec<u16>),
    /// The keys of one code, which no pair of codes tells of.
    singles: BTreeSet<u16>,
    /// For each table its name, and the number of the field that it has the name of.
    tables: Vec<(String, Option<u8>)>,
}

impl UserWords {
    /// Those of `tables`, the last of which counts first, for text that goes to `target`.
    ///
    /// # Errors
    ///
    /// [`DictionaryError`] for a condition that can't be read, and for tables that are too large.
    pub fn new(tables: &[ConceptTable], target: Target) -> Result<Self, DictionaryError> {
        let to_traditional = Converter::config("s2t").expect("it is built in");
        let in_form = |text: &str, target| text.chars().map(|one| in_word(one, target)).collect();
        let basis = Basis {
            code: &code,
            in_script: &|text, target| match target {
                Target::Mainland => text.to_owned(),
                _ => in_form(&to_traditional.convert(text), target),
            },
            in_form: &in_form,
            fields: &|name| evidence::set_of(name, &FIELDS),
            is_own: &|place, codes| is_in(OWN_WORDS[place as usize], codes),
            is_vague: &|place, codes| is_in(VAGUE_WORDS[place as usize], codes),
        };
        let tables: Vec<&ConceptTable> = tables.iter().rev().collect();
        let directions = Directions::of(&tables, &basis)?;
        let rows = directions.rows(target);
        let (bytes, strings) = lay_out(&rows)?;
        let singles = rows.iter().filter_map(|row| match row.codes[..] {
            [one] => Some(one),
            _ => None,
        });
        Ok(Self {
            bytes,
            strings,
            conditions: directions.condition_codes(),
            singles: singles.collect(),
            tables: tables
                .into_iter()
                .map(|table| (table.name().to_owned(), field(table)))
                .collect(),
        })
    }

    /// The words.
    pub fn table(&self) -> WordTable<'_> {
        WordTable::new(&self.bytes, &self.strings, Origin::User)
    }

    /// What they ask for.
    pub fn conditions(&self) -> Conditions<'_> {
        let (starts, codes) = &self.conditions;
        Conditions { starts, codes }
    }

    /// Whether a code is a key by itself.
    pub fn has_single(&self, code: u16) -> bool {
        self.singles.contains(&code)
    }

    /// The name of the table of that number.
    pub fn name(&self, table: u8) -> &str {
        &self.tables[usize::from(table)].0
    }

    /// The field that words of the table of that number tell of, if it is named after one.
    pub fn field(&self, table: u8) -> Option<u8> {
        self.tables[usize::from(table)].1
    }
}

/// The number of the field that a table has the name of.
fn field(table: &ConceptTable) -> Option<u8> {
    let stem = Path::new(table.name()).file_stem()?;
    let number = FIELDS.iter().position(|field| stem == *field)?;
    u8::try_from(number).ok()
}

/// The form in which a target writes a character of a word of its own.
fn in_word(character: char, target: Target) -> char {
    let pairs: &[(char, char)] = match target {
        Target::Mainland => &MAINLAND_IN_WORDS,
        Target::Taiwan => &TAIWAN_IN_WORDS,
        Target::HongKong => &HONGKONG_IN_WORDS,
        Target::Traditional => &TRADITIONAL_IN_WORDS,
    };
    let found = pairs.binary_search_by_key(&character, |pair| pair.0);
    found.map_or(character, |found| pairs[found].1)
}

/// Whether a word is in a list of the build's.
fn is_in(checks: &[u8], codes: &[u16]) -> bool {
    let (checks, _) = checks.as_chunks::<4>();
    let wanted = check(Hash::of(codes));
    checks.binary_search_by_key(&wanted, |bytes| u32::from_le_bytes(*bytes)).is_ok()
}
