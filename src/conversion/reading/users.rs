//! The user's tables of concepts, laid out for the place that text goes to.

use std::collections::BTreeSet;
use std::path::Path;

use super::FIELDS;
use super::basis::with_basis;
use super::conditions::Conditions;
use super::directions::Directions;
use super::layout::lay_out;
use super::place::Target;
use super::words::{Origin, WordTable};
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
        // Earlier tables count first.
        let tables: Vec<&ConceptTable> = tables.iter().rev().collect();
        let (rows, conditions) = with_basis(|basis| {
            let directions = Directions::of(&tables, basis)?;
            Ok::<_, DictionaryError>((directions.rows(target), directions.condition_codes()))
        })?;
        let (bytes, strings) = lay_out(&rows)?;
        let singles = rows.iter().filter_map(|row| match row.codes[..] {
            [one] => Some(one),
            _ => None,
        });
        Ok(Self {
            bytes,
            strings,
            conditions,
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
