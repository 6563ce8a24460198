//! Temporary files of runs that were killed.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// What the names of temporary files begin with.
pub const PREFIX: &str = ".jianfan-";

/// Whether this is the name of a temporary file.
pub fn is_stray(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(PREFIX.as_bytes())
}

/// Removes the strays of folders, of each once.
#[derive(Debug, Default)]
pub struct Sweeper {
    swept: Mutex<HashSet<PathBuf>>,
}

impl Sweeper {
    /// Removes what was left in `folder` by runs that were killed. A running one holds a lock on
    /// each of its temporary files, which the system releases when it ends. What can't be removed
    /// stays: it is in nobody's way.
    pub fn sweep(&self, folder: &Path) {
        let mut swept = self.swept.lock().unwrap_or_else(PoisonError::into_inner);
        if swept.insert(folder.to_owned()) {
            let entries = fs::read_dir(folder).into_iter().flatten().flatten();
            let strays = entries.filter(|entry| is_stray(&entry.file_name()));
            strays.for_each(|entry| remove_if_free(&entry.path()));
        }
    }
}

fn remove_if_free(path: &Path) {
    let kind = fs::symlink_metadata(path).map(|metadata| metadata.file_type());
    let is_free = kind.is_ok_and(|kind| {
        // A link has its own name in no time.
        let opened = || File::open(path).is_ok_and(|file| file.try_lock().is_ok());
        kind.is_symlink() || kind.is_file() && opened()
    });
    if is_free {
        let _ = fs::remove_file(path);
    }
}
