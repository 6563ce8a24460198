//! The files below a folder.

use std::fs::{self, DirEntry};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Error;

/// The files below `folder`, in the order of their names; what can't be listed goes to `problems`.
///
/// Hidden ones are left out, such as those of `.git`, and links, which may lead out of the folder
/// or to one file twice; so is the folder `except`.
pub fn walk(folder: &Path, except: Option<&Path>, problems: &mut Vec<Error>) -> Vec<PathBuf> {
    let except = except.and_then(|path| fs::canonicalize(path).ok());
    let mut files = Vec::new();
    let mut pending = vec![folder.to_owned()];
    while let Some(path) = pending.pop() {
        if path.is_dir() {
            if path != folder && except.is_some() && fs::canonicalize(&path).ok() == except {
                continue;
            }
            match list(&path) {
                // The last one pushed comes first.
                Ok(paths) => pending.extend(paths.into_iter().rev()),
                Err(error) => problems.push(Error::new(error).context(path.display().to_string())),
            }
        } else {
            files.push(path);
        }
    }
    files
}

/// The files and folders in `folder`, sorted by name.
fn list(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if is_wanted(&entry)? {
            entries.push(entry);
        }
    }
    entries.sort_by_key(DirEntry::file_name);
    Ok(entries.iter().map(DirEntry::path).collect())
}

fn is_wanted(entry: &DirEntry) -> io::Result<bool> {
    let kind = entry.file_type()?;
    let is_hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
    Ok((kind.is_file() || kind.is_dir()) && !is_hidden)
}
