//! Where a run begins: with a new journal, or with that of the same command, which was stopped.

use std::path::PathBuf;

use anyhow::{Result, bail};

use super::earlier::Earlier;
use super::journal::{self, Contents, Journal};
use crate::cli::settings::Settings;

/// The journal that a run is to have, and what an earlier one has done.
#[derive(Debug, Default)]
pub struct Beginning {
    path: Option<PathBuf>,
    contents: Option<Contents>,
    earlier: Earlier,
}

impl Beginning {
    /// As `settings` ask; nothing is written.
    ///
    /// # Errors
    ///
    /// If there is a journal that this run may not go on with.
    pub fn of(settings: &Settings) -> Result<Self> {
        if !settings.is_journaled() {
            return Ok(Self::default());
        }
        let (path, contents) = match &settings.journal {
            Some(path) if path.exists() => (path.clone(), Some(Contents::read(path)?)),
            Some(path) => (path.clone(), None),
            None => {
                let folder = journal::folder()?;
                let new = folder.join(journal::new_name());
                let last = journal::unfinished(&folder, &settings.command)?.pop();
                last.map_or((new, None), |(path, contents)| (path, Some(contents)))
            }
        };
        match &contents {
            None => {}
            Some(contents) if contents.is_done() || contents.command != settings.command => {
                bail!(
                    "{}: is the journal of another run; name a new file with --journal",
                    path.display()
                )
            }
            Some(_) if settings.resume => {}
            Some(_) => bail!(
                "the same command was stopped before its end: go on with --resume, \
                 or remove its journal {} to begin anew",
                path.display()
            ),
        }
        let earlier = contents.as_ref().map(Earlier::of).unwrap_or_default();
        Ok(Self { path: Some(path), contents, earlier })
    }

    /// Whether only names are left to be converted. Those of the inputs may have been already, so
    /// that nothing can be found where it was.
    pub fn has_names_only(&self) -> bool {
        self.earlier.renames.is_some()
    }

    /// Opens the journal, and puts right what can't be seen by what is below the inputs: what was
    /// half done, and what was left.
    pub fn begin(self, settings: &Settings) -> Result<(Option<Journal>, Earlier)> {
        let Self { path, contents, earlier } = self;
        let journal = match (&path, &contents) {
            (None, _) => None,
            (Some(path), None) => {
                Some(Journal::create(path, &settings.command, &settings.sweeper)?)
            }
            (Some(path), Some(contents)) => {
                let journal = Journal::reopen(path, contents)?;
                contents.sweep(&settings.sweeper);
                earlier.join_links()?;
                Some(journal)
            }
        };
        Ok((journal, earlier))
    }
}
