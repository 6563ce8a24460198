//! What an earlier run of the same command has done already.

use std::collections::{HashMap, HashSet};
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf, absolute};

use anyhow::{Context, Result};

use super::journal::{Contents, Record};
use super::links;
use super::names::{Relink, Rename, Renames};
use crate::cli::atomic::{Stamp, sync_folder_of};

/// What is known of an earlier run that did not come to its end.
#[derive(Debug, Default)]
pub struct Earlier {
    /// By the absolute path of the file: what its content was made from, and what it is.
    written: HashMap<PathBuf, Vec<(Option<Stamp>, Stamp)>>,
    /// Other names of files that were to be written.
    links: Vec<Link>,
    /// Where old contents were to be kept.
    backups: HashSet<PathBuf>,
    /// What was to get another name, if it had come so far.
    pub renames: Option<Renames>,
}

/// Another name of a file.
#[derive(Debug)]
struct Link {
    path: PathBuf,
    first: PathBuf,
    before: Stamp,
    after: Stamp,
}

impl Earlier {
    /// By what the run noted.
    pub fn of(contents: &Contents) -> Self {
        let (mut earlier, mut renames) = (Self::default(), Renames::default());
        let mut last = None;
        for record in &contents.records {
            match record.clone() {
                Record::Write { path, source, before, after, backup } => {
                    earlier.backups.extend(backup);
                    last = before.map(|before| (path.clone(), before, after));
                    // Where both look the same nobody knows; it is made again.
                    if before != Some(after) {
                        earlier.add(path, source, after);
                    }
                }
                Record::Link { path } => {
                    if let Some((first, before, after)) = last.clone() {
                        earlier.add(path.clone(), None, after);
                        earlier.links.push(Link { path, first, before, after });
                    }
                }
                Record::Rename { from, to } => renames.names.push(Rename { from, to }),
                Record::Relink { link, before, after } => {
                    renames.links.push(Relink { link, before, after });
                }
                Record::Written => earlier.renames = Some(renames.clone()),
                Record::Run { .. } | Record::Done => {}
            }
        }
        earlier
    }

    fn add(&mut self, path: PathBuf, source: Option<Stamp>, after: Stamp) {
        self.written.entry(path).or_default().push((source, after));
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

    /// Whether the old content is at `backup` already. When that was noted there was nothing.
    pub fn has_kept(&self, backup: &Path) -> bool {
        let is_noted = absolute(backup).is_ok_and(|backup| self.backups.contains(&backup));
        is_noted && fs::symlink_metadata(backup).is_ok()
    }

    /// Lets all names of the files that were written lead to the new content.
    pub fn join_links(&self) -> Result<()> {
        for Link { path, first, before, after } in &self.links {
            if Stamp::at(first) == Some(*after) && Stamp::at(path) == Some(*before) {
                let joined = links::join(path, first).and_then(|()| sync_folder_of(path));
                joined.with_context(|| path.display().to_string())?;
            }
        }
        Ok(())
    }
}
