//! The user's tables, as the one table that is asked before all others.

use std::collections::BTreeMap;

use super::Converter;
use crate::dictionary::{
    Dictionary, DictionaryError, DictionaryGroup, Entry, MatchPolicy, Table, compile,
};

/// The user's tables as one.
#[derive(Debug, Clone)]
pub(crate) struct UserTable {
    pub table: Table,
    group: DictionaryGroup,
}

impl UserTable {
    /// The keys that can be found.
    pub fn keys(&self) -> Vec<&str> {
        self.group.pairs().into_iter().map(|(key, _)| key).collect()
    }
}

/// Compiles `tables`, the last of which is asked first.
///
/// Text is normalized before it is looked up, so that keys must be, too: a key written with a
/// compatibility ideograph (U+F91B, say) would otherwise never be found.
pub(super) fn user_table(
    tables: Vec<Dictionary>,
    normalization: &Converter,
) -> Result<UserTable, DictionaryError> {
    let normalized = tables.into_iter().rev().map(|table| normalize_keys(table, normalization));
    let children = normalized.map(DictionaryGroup::from).collect();
    let group = DictionaryGroup::new(MatchPolicy::ShortCircuit, children);
    Ok(UserTable { table: compile(&group)?.into(), group })
}

/// The table with its keys normalized. Where that makes two keys one, the entry stays whose key
/// was written so, or else the first.
fn normalize_keys(table: Dictionary, normalization: &Converter) -> Dictionary {
    let is_normal = |key: &str| normalization.convert(key) == key;
    if table.entries().iter().all(|entry| is_normal(&entry.key)) {
        return table;
    }
    let (normal, other): (Vec<&Entry>, Vec<&Entry>) =
        table.entries().iter().partition(|entry| is_normal(&entry.key));
    let mut entries = BTreeMap::new();
    for entry in normal.into_iter().chain(other) {
        let key = normalization.convert(&entry.key).into_owned();
        entries.entry(key).or_insert_with(|| entry.candidates.clone());
    }
    // A key that normalization deletes has nothing left to be found by.
    entries.remove("");
    let entries = entries.into_iter().map(|(key, candidates)| Entry { key, candidates });
    Dictionary::new(table.name(), entries).expect("keys that differ, of a valid dictionary")
}
