//! `jianfan undo`: brings back what a run changed.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::journal::{Contents, Record};
use super::links;
use crate::cli::Status;
use crate::cli::atomic::{Stamp, folder_of, sync_folder};
use crate::cli::identity::are_names_of_one;
use crate::cli::message::{self, counted};
use crate::cli::strays::Sweeper;

/// Takes back what the journal at `path` tells of, the last thing first.
pub fn run(path: &Path) -> Result<Status> {
    let contents = Contents::read(path)?;
    contents.sweep(&Sweeper::default());
    let mut undo = Undo::default();
    let mut names = Vec::new();
    for record in contents.records.iter().rev() {
        undo.take_back(record, &mut names);
    }
    undo.folders.iter().try_for_each(|folder| sync_folder(folder))?;
    undo.tell();
    if undo.failed > 0 {
        return Ok(Status::Failed);
    }
    fs::remove_file(path)
        .with_context(|| format!("can't remove the journal {}", path.display()))?;
    Ok(Status::Done)
}

/// What has been taken back so far.
#[derive(Debug, Default)]
struct Undo {
    names: u64,
    contents: u64,
    /// Files that were written over without a backup.
    lost: u64,
    failed: u64,
    folders: HashSet<PathBuf>,
}

impl Undo {
    /// Takes back one thing. `others` are the other names of the file that was written before it.
    fn take_back(&mut self, record: &Record, others: &mut Vec<PathBuf>) {
        let (path, done) = match record {
            Record::Rename { from, to } => (to, self.rename(to, from)),
            Record::Relink { link, before, after } => (link, links::relead(link, after, before)),
            Record::Link { path } => return others.push(path.clone()),
            Record::Write { path, after, backup, before, .. } => {
                let others = std::mem::take(others);
                let done = match (backup, before) {
                    (Some(backup), _) => self.content(path, *before, *after, backup, &others),
                    (None, Some(_)) => {
                        self.lost += u64::from(Stamp::at(path) == Some(*after));
                        Ok(())
                    }
                    // A new file, which took nothing away.
                    (None, None) => Ok(()),
                };
                (path, done)
            }
            Record::Run { .. } | Record::Written | Record::Done => return,
        };
        if let Err(error) = done {
            message::error(&error.context(path.display().to_string()));
            self.failed += 1;
        }
    }

    fn rename(&mut self, from: &Path, to: &Path) -> Result<()> {
        let exists = |path: &Path| fs::symlink_metadata(path).is_ok();
        match (exists(from), exists(to)) {
            (true, false) => {
                fs::rename(from, to)
                    .with_context(|| format!("can't rename it to {}", to.display()))?;
                self.folders.insert(folder_of(to).to_owned());
                self.names += 1;
                Ok(())
            }
            // It was never renamed.
            (false, true) => Ok(()),
            (true, true) => bail!("can't rename it to {}: that exists by now", to.display()),
            (false, false) => bail!("has gone, and so has {}", to.display()),
        }
    }

    /// Puts the backup of a file in its place again, unless the file was changed since; `others` are
    /// its other names.
    fn content(
        &mut self,
        path: &Path,
        before: Option<Stamp>,
        after: Stamp,
        backup: &Path,
        others: &[PathBuf],
    ) -> Result<()> {
        match (Stamp::at(path), Stamp::at(backup)) {
            // It was kept, but never written.
            (Some(_), Some(_)) if are_names_of_one(path, backup) => fs::remove_file(backup)?,
            (Some(now), Some(kept)) if now == after || now == kept => {
                fs::rename(backup, path)
                    .with_context(|| format!("can't put {} in its place", backup.display()))?;
                self.folders.insert(folder_of(path).to_owned());
                self.contents += 1;
            }
            (_, Some(_)) => bail!(
                "was changed since, so that it stays; what it held before is in {}",
                backup.display()
            ),
            // It was never written, or has been brought back.
            (Some(now), None) if now != after || before == Some(after) => {}
            (_, None) => bail!("its backup {} has gone", backup.display()),
        }
        for other in others.iter().filter(|other| Stamp::at(other) == Some(after)) {
            links::join(other, path).with_context(|| other.display().to_string())?;
            self.folders.insert(folder_of(other).to_owned());
        }
        Ok(())
    }

    fn tell(&self) {
        let names = counted(self.names, "name");
        let files = counted(self.contents, "file");
        let mut text = format!("{names} and the contents of {files} brought back");
        if self.lost > 0 {
            text += &format!(
                "; without a backup, and as it was written: {}",
                counted(self.lost, "file")
            );
        }
        if self.failed > 0 {
            text += &format!("; {} could not be, so that the journal stays", self.failed);
        }
        message::note(text);
    }
}
