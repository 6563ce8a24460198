//! Folders of the output that are like those of the input.

use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind};
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::cli::atomic::{CANT_WRITE, make_room};

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
        let make = || -> Result<()> {
            let made = fs::create_dir(make_room(&self.folder, &self.below)?);
            match made {
                Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error.into()),
                _ => Ok(()),
            }
        };
        make().with_context(|| self.target().display().to_string())
    }

    /// Gives it the mode and the time of the other, when all is written that it holds.
    pub fn finish(&self) -> Result<()> {
        // It could not be made, which was reported.
        if !self.target().is_dir() {
            return Ok(());
        }
        let finish = || -> io::Result<()> {
            let metadata = fs::metadata(&self.source)?;
            fs::set_permissions(self.target(), metadata.permissions())?;
            set_time(&File::open(self.target())?, &metadata)
        };
        finish().context(CANT_WRITE).with_context(|| self.target().display().to_string())
    }

    fn target(&self) -> PathBuf {
        self.folder.join(&self.below)
    }
}

#[cfg(unix)]
fn set_time(folder: &File, source: &Metadata) -> io::Result<()> {
    folder.set_modified(source.modified()?)
}

/// Other systems don't open folders to write.
#[cfg(not(unix))]
fn set_time(_: &File, _: &Metadata) -> io::Result<()> {
    Ok(())
}
