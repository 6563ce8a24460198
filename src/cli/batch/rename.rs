//! Gives files and folders their new names.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf, absolute};

use anyhow::{Context, Error, Result, bail};

use super::journal::{Journal, Record};
use super::links;
use super::names::{Relink, Rename, Renames};
use crate::cli::atomic::{folder_of, sync_folder};

/// What came of it.
#[derive(Debug, Default)]
pub struct Renamed {
    /// How many have a new name.
    pub count: usize,
    /// What went wrong.
    pub problems: Vec<Error>,
}

/// Does all of `renames` but those of the files in `except`.
///
/// # Errors
///
/// If the journal can't be written; then nothing has been done.
pub fn run(
    renames: &Renames,
    except: &[PathBuf],
    journal: Option<&mut Journal>,
) -> Result<Renamed> {
    let Renames { links, names } = renames;
    let names: Vec<&Rename> =
        names.iter().filter(|rename| !except.contains(&rename.from)).collect();
    if names.is_empty() {
        return Ok(Renamed::default());
    }
    if let Some(journal) = journal {
        journal.note(&records(links, &names)?)?;
    }
    let mut renamed = Renamed::default();
    for link in links {
        let done = relink(link).with_context(|| link.link.display().to_string());
        renamed.problems.extend(done.err());
    }
    let mut folder = None;
    for rename in names {
        let next = folder_of(&rename.from);
        sync_unless(next, &mut folder, &mut renamed.problems);
        match rename_one(rename).with_context(|| rename.from.display().to_string()) {
            Ok(done) => renamed.count += usize::from(done),
            Err(error) => renamed.problems.push(error),
        }
        folder = Some(next.to_owned());
    }
    sync_unless(Path::new(""), &mut folder, &mut renamed.problems);
    Ok(renamed)
}

/// All that will be done, so that it can be gone on with or taken back wherever it is stopped.
fn records(links: &[Relink], names: &[&Rename]) -> Result<Vec<Record>> {
    let mut records = vec![Record::Written];
    for Relink { link, before, after } in links {
        let (before, after) = (before.clone(), after.clone());
        records.push(Record::Relink { link: absolute(link)?, before, after });
    }
    for Rename { from, to } in names {
        records.push(Record::Rename { from: absolute(from)?, to: absolute(to)? });
    }
    Ok(records)
}

fn relink(Relink { link, before, after }: &Relink) -> Result<()> {
    // It may have been done by a run that was stopped, and its folder renamed since.
    if fs::read_link(link).is_ok_and(|target| target == *before) {
        links::relead(link, after)?;
    }
    Ok(())
}

/// Says whether it was done now, rather than by a run that was stopped.
fn rename_one(Rename { from, to }: &Rename) -> Result<bool> {
    match (fs::symlink_metadata(from), fs::symlink_metadata(to)) {
        (Ok(_), Err(error)) if error.kind() == ErrorKind::NotFound => {
            fs::rename(from, to).with_context(|| format!("can't rename it to {}", to.display()))?;
            Ok(true)
        }
        (Err(_), Ok(_)) => Ok(false),
        (Ok(_), Ok(_)) => bail!("can't rename it to {}: that exists by now", to.display()),
        (_, Err(error)) => Err(error.into()),
    }
}

/// Syncs the folder of the names before, if the next one is another.
fn sync_unless(next: &Path, folder: &mut Option<PathBuf>, problems: &mut Vec<Error>) {
    if let Some(last) = folder.take_if(|last| *last != next) {
        problems.extend(sync_folder(&last).with_context(|| last.display().to_string()).err());
    }
}
