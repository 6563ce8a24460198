//! Links: symbolic ones, and other names of a file.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use anyhow::{Context, Result, bail};
use tempfile::Builder;

use crate::cli::atomic::{CANT_WRITE, folder_of, without_path};
use crate::cli::strays::PREFIX;

/// Makes a symbolic link at `link` that leads to `target`.
///
/// # Errors
///
/// If something else is there already.
pub fn make(link: &Path, target: &Path) -> Result<()> {
    match symlink(target, link) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            if fs::read_link(link).is_ok_and(|there| there == target) {
                return Ok(());
            }
            bail!("{} exists already and is something else; move it away", link.display())
        }
        made => made.context(CANT_WRITE).with_context(|| link.display().to_string()),
    }
}

/// Lets the link at `link` lead to `after`, at once, if it leads to `before`: it may have been done,
/// or its folder renamed since.
pub fn relead(link: &Path, before: &Path, after: &Path) -> Result<()> {
    match fs::read_link(link).is_ok_and(|target| target == before) {
        true => replace(link, |path| symlink(after, path)),
        false => Ok(()),
    }
}

/// Makes `path` another name of the file at `first`, at once.
pub fn join(path: &Path, first: &Path) -> Result<()> {
    replace(path, |path| fs::hard_link(first, path))
}

/// Replaces what is at `path` by what `make` makes beside it.
fn replace(path: &Path, make: impl FnMut(&Path) -> io::Result<()>) -> Result<()> {
    let made = Builder::new().prefix(PREFIX).make_in(folder_of(path), make);
    let made = made.map_err(without_path).context(CANT_WRITE)?;
    made.into_temp_path().persist(path).map_err(|error| error.error).context(CANT_WRITE)
}

#[cfg(unix)]
fn symlink(target: &Path, link: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, link)
}

#[cfg(windows)]
fn symlink(target: &Path, link: &Path) -> io::Result<()> {
    std::os::windows::fs::symlink_file(target, link)
}
