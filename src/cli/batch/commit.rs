//! What has to be done in order: results of several jobs are put in their places together.
//!
//! What each file holds is synced, then the journal, then the files are renamed, then their folders
//! are synced. So at any moment each file is whole, the old one or the new one, and the journal knows
//! of all that are new. That several files share a sync of the journal and of their folder is what
//! makes it fast.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf, absolute};

use anyhow::{Context, Result};
use rayon::ThreadPool;
use rayon::prelude::*;

use super::earlier::Earlier;
use super::journal::{Journal, Record};
use super::links;
use super::outcome::{End, Outcome};
use crate::cli::atomic::{Staged, folder_of, refuse_existing, sync_folder};
use crate::cli::plan::Job;

/// Puts results in their places.
pub struct Committer {
    pub journal: Option<Journal>,
    /// What goes behind the name of a file that is kept.
    pub backup: Option<String>,
    /// Threads that wait for the disk.
    syncers: ThreadPool,
}

/// So many files are synced at a time; it takes no processor, and disks like to have much to do.
const SYNCERS: usize = 16;

impl Committer {
    /// Notes what it does in `journal`, if there is to be one. There are so many files at most.
    pub fn new(journal: Option<Journal>, backup: Option<String>, files: usize) -> Result<Self> {
        let threads = SYNCERS.min(files.max(1));
        let syncers = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
        Ok(Self { journal, backup, syncers })
    }

    /// Puts what is staged of `outcomes`, those of `jobs`, in its places.
    ///
    /// # Errors
    ///
    /// If the journal can't be written; then nothing has been put in its place. What goes wrong with
    /// one file is in its outcome.
    pub fn commit(
        &mut self,
        jobs: &[Job],
        outcomes: &mut [Outcome],
        earlier: &Earlier,
    ) -> Result<()> {
        self.syncers.install(|| {
            outcomes.par_iter_mut().for_each(|outcome| {
                if let End::Staged(staged, _) = &outcome.end
                    && let Err(error) = staged.sync()
                {
                    outcome.end = End::Failed(error);
                }
            });
        });
        self.note(jobs, outcomes, earlier)?;
        let mut folders: HashMap<PathBuf, Vec<usize>> = HashMap::new();
        for (number, (job, outcome)) in jobs.iter().zip(&mut *outcomes).enumerate() {
            let end = std::mem::replace(&mut outcome.end, End::Unchanged);
            outcome.end = match end {
                End::Staged(staged, written) => {
                    let folder = staged.folder().to_owned();
                    match self.put_in_place(job, *staged, earlier) {
                        Ok(others) => {
                            for folder in others.into_iter().chain([folder]) {
                                folders.entry(folder).or_default().push(number);
                            }
                            End::Done(written)
                        }
                        Err(error) => End::Failed(error),
                    }
                }
                end => end,
            };
        }
        self.sync_folders(folders, outcomes);
        Ok(())
    }

    fn note(&mut self, jobs: &[Job], outcomes: &mut [Outcome], earlier: &Earlier) -> Result<()> {
        if self.journal.is_none() {
            return Ok(());
        }
        let mut records = Vec::new();
        for (job, outcome) in jobs.iter().zip(outcomes) {
            if let End::Staged(staged, _) = &outcome.end {
                match self.records(job, staged, earlier) {
                    Ok(of_file) => records.extend(of_file),
                    Err(error) => outcome.end = End::Failed(error),
                }
            }
        }
        match &mut self.journal {
            Some(journal) if !records.is_empty() => journal.note(&records),
            _ => Ok(()),
        }
    }

    /// # Errors
    ///
    /// If the backup exists already: what is noted can be taken for the file that was there.
    fn records(&self, job: &Job, staged: &Staged, earlier: &Earlier) -> Result<Vec<Record>> {
        let Some(after) = staged.after()? else {
            return Ok(Vec::new());
        };
        if let (Some(backup), Some(_)) =
            (self.backup_to_make(staged.target(), earlier), staged.before())
        {
            refuse_existing(&backup)?;
        }
        let path = absolute(staged.target())?;
        let backup = staged.before().and_then(|_| self.backup_of(&path));
        let (source, before) = (staged.source(), staged.before());
        let mut records = vec![Record::Write { path, source, before, after, backup }];
        for name in job.other_names() {
            records.push(Record::Link { path: absolute(name)? });
        }
        Ok(records)
    }

    fn backup_of(&self, path: &Path) -> Option<PathBuf> {
        let suffix = self.backup.as_ref()?;
        let mut name = OsString::from(path.file_name()?);
        name.push(suffix);
        Some(path.with_file_name(name))
    }

    /// The same, unless the earlier run has kept the old content there already.
    fn backup_to_make(&self, path: &Path, earlier: &Earlier) -> Option<PathBuf> {
        self.backup_of(path).filter(|backup| !earlier.has_kept(backup))
    }

    /// Puts a file in its place, under all its names; gives the folders of the others.
    fn put_in_place(&self, job: &Job, staged: Staged, earlier: &Earlier) -> Result<Vec<PathBuf>> {
        let target = staged.target().to_owned();
        staged.put_in_place(self.backup_to_make(&target, earlier).as_deref())?;
        let names = job.other_names();
        for name in names {
            links::join(name, &target).with_context(|| name.display().to_string())?;
        }
        Ok(names.iter().map(|name| folder_of(name).to_owned()).collect())
    }

    /// Syncs folders; what goes wrong concerns the jobs of which the numbers are given.
    fn sync_folders(&self, folders: HashMap<PathBuf, Vec<usize>>, outcomes: &mut [Outcome]) {
        let synced: Vec<_> = self.syncers.install(|| {
            folders.into_par_iter().map(|(folder, jobs)| (sync_folder(&folder), jobs)).collect()
        });
        for (done, jobs) in synced {
            if let Err(error) = done {
                let text = format!("{error:#}");
                jobs.into_iter().for_each(|job| {
                    outcomes[job].end = End::Failed(anyhow::Error::msg(text.clone()));
                });
            }
        }
    }
}
