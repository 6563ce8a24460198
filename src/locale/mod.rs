//! Locales of Chinese text, the usual names for them, and how to tell them by their characters.

mod place;
mod script;
mod tag;

pub use script::{Evidence, Script};
pub use tag::{Locale, UnknownLocale};
