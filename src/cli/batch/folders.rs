//! Folders of the output that are like those of the input.

use std::fs::{self, File};
use std::io;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::cli::atomic::{CANT_WRITE, make_folder};

/// A folder of the output that is like one of the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopiedFolder {
    pub source: PathBuf,
    /// The output folder, and where it is from there.
    pub folder: PathBuf,
    pub below: PathBuf,
}

impl CopiedFolder {
    /// Makes it, unless it is there.
    pub fn make(&self) -> Result<()> {
        let made = make_folder(&self.folder, &self.below);
        made.map(drop).with_context(|| self.target().display().to_string())
    }

    /// Gives it the mode and the time of the other, when all is written that it holds.
    pub fn finish(&self) -> Result<()> {
        // Other systems don't open folders; and one that could not be made was reported.
        if !cfg!(unix) || !self.target().is_dir() {
            return Ok(());
        }
        let finish = || -> io::Result<()> {
            let metadata = fs::metadata(&self.source)?;
            // Which may be one with which it can't be opened any longer.
            let target = File::open(self.target())?;
            target.set_permissions(metadata.permissions())?;
            target.set_modified(metadata.modified()?)
        };
        finish().context(CANT_WRITE).with_context(|| self.target().display().to_string())
    }

    fn target(&self) -> PathBuf {
        self.folder.join(&self.below)
    }
}
