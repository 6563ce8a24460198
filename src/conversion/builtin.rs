//! The built-in configs: tables compiled at build time, used where they lie.

use super::config::TofuRisk;
use crate::dictionary::Table;

/// A built-in config, with its shapes by the numbers of their tables.
pub(super) struct Builtin {
    pub name: &'static str,
    pub title: &'static str,
    without_tofu_risk: Shape,
    with_tofu_risk: Shape,
}

/// The tables of a config, numbers in `PARTS`.
pub(super) struct Shape {
    pub normalization: &'static [usize],
    pub segmentation: Option<usize>,
    pub chain: &'static [usize],
    /// The composed steps, a number in `IMAGES`.
    fast: Option<usize>,
}

// `BUILTIN: [Builtin; _]`, sorted by name; `PARTS: [(&[u8], &str); _]`, the index and the strings
// of each table; `IMAGES: [&[u8]; _]`, composed steps; `TEXT_TABLES: [(&str, &[u8]); _]`, the file names and the bytes of the tables
// that they were compiled from; `CONFIG_TEXTS`, the same of the configs.
include!(concat!(env!("OUT_DIR"), "/builtin.rs"));

impl Builtin {
    /// The config of that name, with or without `.json`.
    pub fn find(name: &str) -> Option<&'static Self> {
        let name = name.strip_suffix(".json").unwrap_or(name);
        BUILTIN.iter().find(|config| config.name == name)
    }

    /// All of them, sorted by name.
    pub fn all() -> &'static [Self] {
        &BUILTIN
    }

    pub fn shape(&self, tofu_risk: TofuRisk) -> &Shape {
        match tofu_risk {
            TofuRisk::Exclude => &self.without_tofu_risk,
            TofuRisk::Include => &self.with_tofu_risk,
        }
    }
}

impl Shape {
    /// The image of the composed steps, if they can be composed.
    pub fn image(&self) -> Option<&'static [u8]> {
        self.fast.map(|number| IMAGES[number])
    }
}

/// The table of the given number in a [`Shape`].
pub(super) fn table(number: usize) -> Table {
    let (index, strings) = PARTS[number];
    Table::from_static(index, strings)
}

/// The file name and the content of the text table whose name, without ending, is `stem`.
pub(crate) fn builtin_text_table(stem: &str) -> Option<(&'static str, &'static [u8])> {
    let is_named = |file: &str| file.strip_suffix(".txt") == Some(stem);
    TEXT_TABLES.iter().find(|(file, _)| is_named(file)).copied()
}

/// The file names and contents of the built-in configs and of all tables that they name.
#[cfg(any(feature = "cli", feature = "opencc"))]
pub(crate) fn builtin_files() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    CONFIG_TEXTS.iter().chain(&TEXT_TABLES).copied()
}
