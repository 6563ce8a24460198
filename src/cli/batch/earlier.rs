//! What an earlier run of the same command has done already.

use std::collections::HashMap;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf, absolute};

use super::journal::{Contents, Record};
use super::names::{Relink, Rename, Renames};
use crate::cli::atomic::Stamp;

/// What is known of an earlier run that did not come to its end.
#[derive(Debug, Default)]
pub struct Earlier {
    /// By the absolute path of the file: what its content was made from, and what it is.
    written: HashMap<PathBuf, Vec<(Option<Stamp>, Stamp)>>,
    /// What was to get another name, if it had come so far.
    pub renames: Option<Renames>,
}

impl Earlier {
    /// By what the run noted.
    pub fn of(contents: &Contents) -> Self {
        let mut earlier = Self::default();
        for record in &contents.records {
            match record.clone() {
                Record::Write { path, source, after, .. } => {
                    earlier.written.entry(path).or_default().push((source, after));
                }
                Record::Written => earlier.renames = Some(Renames::default()),
                Record::Rename { from, to } => {
                    earlier.renames().names.push(Rename { from, to });
                }
                Record::Relink { link, before, after } => {
                    earlier.renames().links.push(Relink { link, before, after });
                }
                _ => {}
            }
        }
        earlier
    }

    fn renames(&mut self) -> &mut Renames {
        self.renames.get_or_insert_default()
    }

    /// Whether the file at `path` is as that run wrote it, from a source that is as it was then.
    ///
    /// What was only noted, and not done, does not look like it: the file is still the old one.
    pub fn has_written(&self, path: &Path, source: Option<&Metadata>) -> bool {
        let written = absolute(path).ok().and_then(|path| self.written.get(&path));
        let Some((written, now)) = written.zip(fs::metadata(path).ok()) else {
            return false;
        };
        let (source, now) = (source.map(Stamp::of), Stamp::of(&now));
        written.contains(&(source, now))
    }
}
