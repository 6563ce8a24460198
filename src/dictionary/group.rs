use std::collections::HashMap;
use std::sync::Arc;

use super::{Dictionary, Entry};

/// How a group chooses among its children's matches at one position of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum MatchPolicy {
    /// The first child with any match wins, even where a later child has a longer one.
    #[default]
    ShortCircuit,
    /// The longest match wins; of equally long ones, the earlier child's.
    Union,
}

/// A dictionary, or a list of groups with the policy that chooses among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DictionaryGroup {
    /// One dictionary.
    Dictionary(Arc<Dictionary>),
    /// Several groups under one policy.
    Group {
        /// How to choose among the children's matches.
        policy: MatchPolicy,
        /// The children, in the order in which they are asked.
        children: Vec<DictionaryGroup>,
    },
}

/// An entry of a flattened group, with the dictionary that it came from.
#[derive(Debug, Clone, Copy)]
pub(super) struct FlatEntry<'a> {
    pub entry: &'a Entry,
    pub dictionary: &'a Dictionary,
}

impl DictionaryGroup {
    /// A group that asks `children` under `policy`.
    pub fn new(policy: MatchPolicy, children: Vec<DictionaryGroup>) -> Self {
        Self::Group { policy, children }
    }

    /// The dictionaries of the group, depth first.
    ///
    /// ```
    /// use jianfan::dictionary::{Dictionary, DictionaryGroup, Entry, MatchPolicy};
    ///
    /// let words = Dictionary::new("words", [Entry::new("头发", "頭髮")]).unwrap();
    /// let characters = Dictionary::new("characters", [Entry::new("发", "發")]).unwrap();
    /// let group = DictionaryGroup::new(
    ///     MatchPolicy::ShortCircuit,
    ///     vec![words.into(), characters.into()],
    /// );
    /// let names: Vec<_> = group.dictionaries().iter().map(|one| one.name()).collect();
    /// assert_eq!(names, ["words", "characters"]);
    /// ```
    pub fn dictionaries(&self) -> Vec<&Dictionary> {
        match self {
            Self::Dictionary(dictionary) => vec![dictionary],
            Self::Group { children, .. } => children.iter().flat_map(Self::dictionaries).collect(),
        }
    }

    /// The keys and defaults of the entries of one table that finds what the group finds.
    pub(crate) fn pairs(&self) -> Vec<(&str, &str)> {
        let flat = self.flatten().into_iter();
        flat.map(|flat| (flat.entry.key.as_str(), flat.entry.candidates[0].as_str())).collect()
    }

    /// The entries of one table in which plain longest match finds, at every position of every
    /// text, what the group finds there.
    ///
    /// For `Union` that is the union, the earlier child's entry kept where keys are equal. For
    /// `ShortCircuit` an entry of a later child is dropped if a prefix of its key (or the whole
    /// key) is a key of an earlier child: wherever the entry would match, the earlier child
    /// matches and wins. The rest can be merged: where an earlier child matches, a kept key that
    /// matches too is not longer (its prefixes are no keys of the earlier child, so it is itself a
    /// proper prefix of the earlier child's match); where none matches, nothing dropped could.
    pub(super) fn flatten(&self) -> Vec<FlatEntry<'_>> {
        let mut flat = match self {
            Self::Dictionary(dictionary) => flatten_dictionary(dictionary),
            Self::Group { policy, children } => flatten_children(*policy, children),
        };
        flat.sort_by(|a, b| a.entry.key.cmp(&b.entry.key));
        flat
    }
}

impl From<Dictionary> for DictionaryGroup {
    fn from(dictionary: Dictionary) -> Self {
        Self::Dictionary(Arc::new(dictionary))
    }
}

fn flatten_dictionary(dictionary: &Dictionary) -> Vec<FlatEntry<'_>> {
    let entries = dictionary.entries().iter();
    entries.map(|entry| FlatEntry { entry, dictionary }).collect()
}

fn flatten_children(policy: MatchPolicy, children: &[DictionaryGroup]) -> Vec<FlatEntry<'_>> {
    let mut merged: HashMap<&str, FlatEntry<'_>> = HashMap::new();
    for child in children {
        let mut live = child.flatten();
        live.retain(|flat| !is_shadowed(policy, &flat.entry.key, &merged));
        merged.extend(live.into_iter().map(|flat| (flat.entry.key.as_str(), flat)));
    }
    merged.into_values().collect()
}

fn is_shadowed(policy: MatchPolicy, key: &str, earlier: &HashMap<&str, FlatEntry<'_>>) -> bool {
    match policy {
        MatchPolicy::Union => earlier.contains_key(key),
        MatchPolicy::ShortCircuit => prefixes(key).any(|prefix| earlier.contains_key(prefix)),
    }
}

/// The non-empty prefixes of `key`, itself included.
pub(crate) fn prefixes(key: &str) -> impl Iterator<Item = &str> {
    key.char_indices().map(|(start, character)| &key[..start + character.len_utf8()])
}
