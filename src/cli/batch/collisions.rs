//! Names that two files would have.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

/// How many of them a message lists.
const LISTED: usize = 10;

/// The pairs of files that would have one name.
#[derive(Debug, Default)]
pub struct Collisions(Vec<[PathBuf; 3]>);

impl Collisions {
    /// Adds that `one` and `other` would both be `name`.
    pub fn add(&mut self, one: &Path, other: &Path, name: &Path) {
        self.0.push([one, other, name].map(Path::to_owned));
    }

    /// An error that lists them, if there are any: they would both `do_what`.
    pub fn refuse(&self, do_what: &str) -> Result<()> {
        let mut text = String::new();
        for [one, other, name] in self.0.iter().take(LISTED) {
            let [one, other, name] = [one, other, name].map(|path| path.display());
            let separator = if text.is_empty() { "" } else { "; " };
            write!(text, "{separator}{one} and {other} would both {do_what} {name}")?;
        }
        match self.0.len() {
            0 => Ok(()),
            count if count > LISTED => bail!("{text}; and {} more pairs", count - LISTED),
            _ => bail!(text),
        }
    }
}
