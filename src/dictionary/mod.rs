//! Entries, dictionaries, groups of them, and the compiled form in which text is looked up.
//!
//! Data flows one way: a reader ([`text`], [`ocd2`]) makes a [`Dictionary`]; a [`DictionaryGroup`]
//! says in which order and under which [`MatchPolicy`] several are asked; [`compile`] flattens a
//! group into one [`Table`], bytes that answer [`Table::longest`] where they lie. The built-in
//! tables take the same way at build time.

mod compile;
pub mod concepts;
mod entry;
mod error;
mod group;
mod marisa;
pub mod ocd2;
mod shared;
mod table;
pub mod text;
mod trie;

pub use compile::{CompiledTable, compile};
pub use entry::{Dictionary, Entry, InvalidEntry};
pub use error::DictionaryError;
pub(crate) use group::prefixes;
pub use group::{DictionaryGroup, MatchPolicy};
pub(crate) use shared::Shared;
pub use table::{Longest, Table, TableEntry};
