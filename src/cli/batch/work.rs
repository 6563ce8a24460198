//! One job of a run.

use std::fs::{self, File, Metadata};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::earlier::Earlier;
use super::links;
use super::outcome::{End, Outcome, Written};
use super::progress::Progress;
use super::stop::{Stop, Stopped};
use crate::cli::atomic::{CANT_WRITE, Replacement, make_folder, make_room};
use crate::cli::diff;
use crate::cli::input::{Binary, Input};
use crate::cli::pipe::convert;
use crate::cli::plan::{Job, Task};
use crate::cli::settings::Settings;
use crate::cli::walk::special;

/// Does the jobs of a run, any number of them at a time.
pub struct Worker<'a> {
    pub settings: &'a Settings,
    pub earlier: &'a Earlier,
    pub progress: &'a Progress,
    pub stop: &'a Stop,
}

impl Worker<'_> {
    /// Does a job, up to what has to be done in order.
    pub fn run(&self, job: &Job, threads: usize) -> Outcome {
        let mut outcome = Outcome { bytes: job.size, ..Outcome::of(End::Unchanged) };
        outcome.end = match self.work(job, threads, &mut outcome) {
            Ok(end) => end,
            Err(error) if error.is::<Stopped>() => End::Stopped,
            Err(error) if error.is::<Binary>() && matches!(job.input, Input::Found(_)) => {
                self.binary(job).unwrap_or_else(End::Failed)
            }
            Err(error) => End::Failed(error),
        };
        outcome
    }

    fn work(&self, job: &Job, threads: usize, outcome: &mut Outcome) -> Result<End> {
        self.stop.check()?;
        match &job.task {
            Task::Replace(_) => self.replace(job, threads, outcome),
            Task::WriteTo(path) => self.write(job, path, None, threads, outcome),
            Task::WriteBelow(folder, below) => {
                let target = self.room(folder, below)?;
                let source = job.input.path().map(fs::metadata).transpose()?;
                self.write(job, &target, source.as_ref(), threads, outcome)
            }
            Task::LinkBelow(folder, below, target) => {
                let link = folder.join(below);
                if !self.settings.dry_run {
                    let parent = below.parent().unwrap_or(Path::new(""));
                    make_folder(folder, parent).with_context(|| link.display().to_string())?;
                    links::make(&link, target)?;
                }
                Ok(End::Done(Written::Copy))
            }
            Task::Check => self.check(job, threads, outcome),
            Task::Diff => diff::print(self.settings, job, outcome),
            Task::Skip(what) => Ok(End::Skipped(what)),
            Task::Print => bail!("standard output is for one input"),
        }
    }

    fn open(&self, input: &Input) -> Result<Box<dyn Read + Send>> {
        Ok(Box::new(self.progress.reader(input.open()?)))
    }

    /// The path of a file below a folder, both of which are made unless nothing is to be written.
    fn room(&self, folder: &Path, below: &Path) -> Result<PathBuf> {
        if self.settings.dry_run {
            return Ok(folder.join(below));
        }
        make_room(folder, below).with_context(|| folder.join(below).display().to_string())
    }

    /// Converts the input, opened as `reader`, into `sink`; says whether the result differs.
    fn convert(
        &self,
        job: &Job,
        threads: usize,
        outcome: &mut Outcome,
        reader: Box<dyn Read + Send>,
        sink: &mut dyn FnMut(&[u8]) -> Result<()>,
    ) -> Result<bool> {
        let Outcome { notes, encoding, .. } = outcome;
        let converted = convert(self.settings, job, reader, threads, notes, &mut |chunk| {
            self.stop.check()?;
            sink(chunk.output)
        })?;
        *encoding = converted.encoding;
        Ok(converted.differs)
    }

    fn replace(&self, job: &Job, threads: usize, outcome: &mut Outcome) -> Result<End> {
        let Some(path) = job.input.path() else {
            return Ok(End::Unchanged);
        };
        refuse_special(path)?;
        if self.earlier.has_written(path, None) {
            return Ok(End::DoneBefore);
        }
        let reader = self.open(&job.input)?;
        if self.settings.dry_run {
            let differs = self.convert(job, threads, outcome, reader, &mut |_| Ok(()))?;
            return Ok(if differs { End::Done(Written::Text) } else { End::Unchanged });
        }
        let mut replacement = Replacement::of(path, &self.settings.sweeper)?;
        let differs = self.convert(job, threads, outcome, reader, &mut |output| {
            replacement.write_all(output).context(CANT_WRITE)
        })?;
        if !differs {
            return Ok(End::Unchanged);
        }
        Ok(End::Staged(replacement.finish(None)?.into(), Written::Text))
    }

    /// Writes the result to `path`, with the mode and the time of `source` if it is a copy of that.
    fn write(
        &self,
        job: &Job,
        path: &Path,
        source: Option<&Metadata>,
        threads: usize,
        outcome: &mut Outcome,
    ) -> Result<End> {
        if self.earlier.has_written(path, source) {
            return Ok(End::DoneBefore);
        }
        let reader = self.open(&job.input)?;
        if self.settings.dry_run {
            let differs = self.convert(job, threads, outcome, reader, &mut |_| Ok(()))?;
            return Ok(End::Done(Written::text(differs)));
        }
        let about_output = || path.display().to_string();
        let mut replacement =
            Replacement::of(path, &self.settings.sweeper).with_context(about_output)?;
        let differs = self.convert(job, threads, outcome, reader, &mut |output| {
            replacement.write_all(output).context(CANT_WRITE).with_context(about_output)
        })?;
        let staged = replacement.finish(source).with_context(about_output)?;
        Ok(End::Staged(staged.into(), Written::text(differs)))
    }

    fn check(&self, job: &Job, threads: usize, outcome: &mut Outcome) -> Result<End> {
        let reader = self.open(&job.input)?;
        if !self.convert(job, threads, outcome, reader, &mut |_| Ok(()))? {
            return Ok(End::Unchanged);
        }
        if !self.settings.quiet {
            outcome.output = format!("{}\n", job.input).into_bytes();
        }
        Ok(End::Done(Written::Text))
    }

    /// What becomes of a file that was found and looks like no text: it is copied where there is a
    /// place for it.
    fn binary(&self, job: &Job) -> Result<End> {
        let (Task::WriteBelow(folder, below), Some(path)) = (&job.task, job.input.path()) else {
            return Ok(End::Skipped("binary file"));
        };
        if self.settings.dry_run {
            return Ok(End::Done(Written::Copy));
        }
        let target = folder.join(below);
        let about_output = || target.display().to_string();
        let mut source = File::open(path)?;
        let metadata = source.metadata()?;
        let mut replacement =
            Replacement::of(&target, &self.settings.sweeper).with_context(about_output)?;
        io::copy(&mut source, &mut replacement).context(CANT_WRITE).with_context(about_output)?;
        let staged = replacement.finish(Some(&metadata)).with_context(about_output)?;
        Ok(End::Staged(staged.into(), Written::Copy))
    }
}

/// Refuses to replace what is no file.
fn refuse_special(path: &Path) -> Result<()> {
    let metadata = fs::metadata(path)?;
    if !metadata.is_file() && !metadata.is_dir() {
        bail!("is a {}, which can't be written back to", special(metadata.file_type()));
    }
    Ok(())
}
