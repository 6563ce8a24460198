use super::ids::{Description, describe};
use crate::dictionary::{Table, TableEntry};

/// What a step looks words up in: the user's table first, then its own.
#[derive(Debug, Clone)]
pub(super) struct Lookup {
    user: Option<Table>,
    table: Table,
    /// The table is the user's too.
    settles: bool,
}

/// What stands at the beginning of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found<'a> {
    /// A key of `len` bytes.
    Match(Match<'a>),
    /// `len` bytes that stay as they are: a character without entry, or a whole ideographic
    /// description sequence.
    Copy { len: usize },
    /// It takes more text to tell.
    Open,
}

/// A key at the beginning of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Match<'a> {
    /// The key's length in bytes.
    pub len: usize,
    /// The default of its entry.
    pub value: &'a str,
    /// The entry stands in the user's table: its value is final.
    pub settled: bool,
    number: usize,
}

impl Lookup {
    pub fn new(table: Table) -> Self {
        Self { user: None, table, settles: false }
    }

    /// The lookup of a table of the user's that has no other behind it.
    pub fn settling(table: Table) -> Self {
        Self { user: None, table, settles: true }
    }

    /// The table, without the user's.
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// Puts `user` before the table.
    pub fn set_user(&mut self, user: Table) {
        self.user = Some(user);
    }

    /// What `text`, which is not empty, begins with; never [`Found::Open`] if it is `complete`.
    pub fn find(&self, text: &str, complete: bool) -> Found<'_> {
        for (table, settled) in self.tables() {
            let longest = table.longest(text);
            if longest.open && !complete {
                return Found::Open;
            }
            if let Some((len, number)) = longest.matched {
                let value = table.default(number);
                return Found::Match(Match { len, value, settled, number });
            }
        }
        match describe(text) {
            Description::Complete(len) => Found::Copy { len },
            Description::Open if !complete => Found::Open,
            _ => Found::Copy { len: text.chars().next().map_or(0, char::len_utf8) },
        }
    }

    /// The entry behind a match of this lookup.
    pub fn entry(&self, found: Match<'_>) -> TableEntry<'_> {
        match &self.user {
            Some(user) if found.settled => user.entry(found.number),
            _ => self.table.entry(found.number),
        }
    }

    fn tables(&self) -> impl Iterator<Item = (&Table, bool)> {
        let user = self.user.iter().map(|user| (user, true));
        user.chain(std::iter::once((&self.table, self.settles)))
    }
}
