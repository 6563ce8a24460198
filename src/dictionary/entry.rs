/// A key and its candidates, the first of which is the default.
///
/// An entry always has at least one candidate; an empty candidate deletes the key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// The text that is looked up. Never empty.
    pub key: String,
    /// What it may become, the default first. Never an empty list.
    pub candidates: Vec<String>,
}

impl Entry {
    /// An entry with one candidate.
    ///
    /// ```
    /// let entry = jianfan::dictionary::Entry::new("头发", "頭髮");
    /// assert_eq!(entry.candidates, ["頭髮"]);
    /// ```
    pub fn new(key: impl Into<String>, candidate: impl Into<String>) -> Self {
        Self { key: key.into(), candidates: vec![candidate.into()] }
    }
}

/// A named list of entries, sorted by key (in the order of their UTF-8 bytes), no key twice.
///
/// Made by the readers of this module: [`text::parse`](super::text::parse) and
/// [`ocd2::parse`](super::ocd2::parse), or from entries at hand:
///
/// ```
/// use jianfan::dictionary::{Dictionary, Entry};
///
/// let house = Dictionary::new("house", [Entry::new("里", "裏"), Entry::new("台", "臺")]).unwrap();
/// assert_eq!(house.entries()[0].key, "台");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dictionary {
    name: String,
    entries: Vec<Entry>,
}

impl Dictionary {
    /// Sorts `entries` and makes a dictionary of them.
    ///
    /// # Errors
    ///
    /// [`InvalidEntry`] where a key or a list of candidates is empty, text holds a NUL, or a key
    /// stands twice.
    pub fn new(
        name: impl Into<String>,
        entries: impl IntoIterator<Item = Entry>,
    ) -> Result<Self, InvalidEntry> {
        let mut entries: Vec<Entry> = entries.into_iter().collect();
        for entry in &entries {
            entry.check()?;
        }
        entries.sort();
        if let Some(pair) = entries.windows(2).find(|pair| pair[0].key == pair[1].key) {
            return Err(InvalidEntry::Duplicate(pair[0].key.clone()));
        }
        Ok(Self { name: name.into(), entries })
    }

    /// The name under which `explain` and errors speak of this dictionary.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The entries, sorted by key.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }
}

/// An entry that no dictionary can hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidEntry {
    /// The key is the empty string.
    #[error("a key must not be empty")]
    EmptyKey,
    /// The key has no candidate at all.
    #[error("the key \u{201c}{0}\u{201d} has no value")]
    NoCandidate(String),
    /// The key or a candidate holds the character U+0000.
    #[error("the entry of the key \u{201c}{0}\u{201d} holds a NUL character")]
    Nul(String),
    /// The key stands twice.
    #[error("the key \u{201c}{0}\u{201d} stands twice")]
    Duplicate(String),
}

impl Entry {
    fn check(&self) -> Result<(), InvalidEntry> {
        if self.key.is_empty() {
            return Err(InvalidEntry::EmptyKey);
        }
        if self.candidates.is_empty() {
            return Err(InvalidEntry::NoCandidate(self.key.clone()));
        }
        if self.key.contains('\0') || self.candidates.iter().any(|text| text.contains('\0')) {
            return Err(InvalidEntry::Nul(self.key.clone()));
        }
        Ok(())
    }
}
