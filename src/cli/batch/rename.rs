//! Gives files and folders their new names.

use std::collections::HashMap;
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

/// Notes `renames` and does them.
///
/// # Errors
///
/// If the journal can't be written; then nothing has been done.
pub fn begin(renames: &Renames, journal: Option<&mut Journal>) -> Result<Renamed> {
    if renames.names.is_empty() {
        return Ok(Renamed::default());
    }
    if let Some(journal) = journal {
        journal.note(&records(renames)?)?;
    }
    go_on(renames)
}

/// Does what of `renames` has not been done.
///
/// # Errors
///
/// If a link can't be led on: it would lead to nothing. Then nothing has another name, and the run
/// can go on when the link can.
pub fn go_on(Renames { links, names }: &Renames) -> Result<Renamed> {
    for link in links {
        let about = || {
            format!(
                "{}: can't lead it on, so that nothing is renamed; make that possible and use --resume",
                link.link.display()
            )
        };
        links::relead(&link.link, &link.before, &link.after).with_context(about)?;
    }
    let mut renamed = Renamed::default();
    let folders = names.iter().map(|rename| (rename.from.as_path(), rename.to.as_path())).collect();
    let mut folder = None;
    for Rename { from, to } in names {
        let now = now(folder_of(from), &folders);
        sync_unless(&now, &mut folder, &mut renamed.problems);
        match rename_one(&now, from, to).with_context(|| from.display().to_string()) {
            Ok(done) => renamed.count += usize::from(done),
            Err(error) => renamed.problems.push(error),
        }
        folder = Some(now);
    }
    sync_unless(Path::new(""), &mut folder, &mut renamed.problems);
    Ok(renamed)
}

/// Where the folder at `path` is, which may have another name already, as may those that it is in.
fn now(path: &Path, names: &HashMap<&Path, &Path>) -> PathBuf {
    if path.exists() {
        return path.to_owned();
    }
    let (mut before, mut now) = (PathBuf::new(), PathBuf::new());
    for component in path.components() {
        before.push(component);
        let name = names.get(before.as_path()).and_then(|to| to.file_name());
        let renamed = name.map(|name| now.join(name)).filter(|renamed| renamed.exists());
        now = renamed.unwrap_or_else(|| now.join(component));
    }
    now
}

/// All that will be done, so that it can be gone on with or taken back wherever it is stopped. The
/// last line says that none is missing.
fn records(Renames { links, names }: &Renames) -> Result<Vec<Record>> {
    let mut records = Vec::new();
    for Relink { link, before, after } in links {
        let (before, after) = (before.clone(), after.clone());
        records.push(Record::Relink { link: absolute(link)?, before, after });
    }
    for Rename { from, to } in names {
        records.push(Record::Rename { from: absolute(from)?, to: absolute(to)? });
    }
    records.push(Record::Written);
    Ok(records)
}

/// Gives what was at `from`, and is in `folder` now, the name of `to`. Says whether it was done now,
/// rather than by a run that was stopped.
fn rename_one(folder: &Path, from: &Path, to: &Path) -> Result<bool> {
    let here = |path: &Path| folder.join(path.file_name().unwrap_or_default());
    let (from, to) = (here(from), here(to));
    match (fs::symlink_metadata(&from), fs::symlink_metadata(&to)) {
        (Ok(_), Err(error)) if error.kind() == ErrorKind::NotFound => {
            fs::rename(&from, &to)
                .with_context(|| format!("can't rename it to {}", to.display()))?;
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
