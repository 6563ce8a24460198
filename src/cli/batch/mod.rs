//! Runs over files: several at a time, each written whole or not at all, with a journal.

pub mod beginning;
pub mod collisions;
mod commit;
mod earlier;
pub mod folders;
mod journal;
mod links;
pub mod names;
pub mod outcome;
mod path_text;
mod progress;
mod rename;
mod stop;
mod summary;
pub mod undo;
mod work;

use std::path::PathBuf;

use anyhow::{Context, Error, Result};
use rayon::prelude::*;

use self::beginning::Beginning;
use self::commit::Committer;
use self::earlier::Earlier;
use self::folders::CopiedFolder;
use self::journal::Record;
use self::names::{Rename, Renames};
use self::outcome::{End, Outcome};
use self::progress::Progress;
use self::stop::Stop;
use self::summary::Summary;
use self::work::Worker;
use super::args::SummaryFormat;
use super::output::Stdout;
use super::plan::{Job, Plan};
use super::settings::{Action, Settings};
use super::{Status, message};

/// So many files are read before their results are put in their places together: each holds an
/// open file, of which a process may have a thousand.
const TOGETHER: usize = 256;

/// So much is read at most, in bytes.
const BYTES_TOGETHER: u64 = 64 << 20;

/// Larger files are converted one by one, each in several threads.
const LARGE: u64 = 4 << 20;

/// Does what `plan` says, or what an earlier run has left.
pub fn run(settings: &Settings, plan: Plan, beginning: Beginning) -> Result<Status> {
    let stop = Stop::on_signals().context("can't catch signals")?;
    let (journal, earlier) = beginning.begin(settings)?;
    let bytes = plan.jobs.iter().map(|job| job.size).sum();
    let progress = Progress::new(plan.jobs.len(), bytes, settings.quiet);
    let worker = Worker { settings, earlier: &earlier, progress: &progress, stop: &stop };
    let mut run = Run {
        settings,
        committer: Committer::new(journal, settings.backup.clone(), plan.jobs.len())?,
        summary: Summary::default(),
        stdout: Stdout::new(),
        noted_selectors: false,
        failed: Vec::new(),
        can_be_undone: false,
    };
    for problem in &plan.problems {
        run.problem(problem);
    }
    let done = run.convert(&plan, &worker);
    progress.end();
    done?;
    run.end(&plan, &earlier, &stop)
}

/// A run that is going on.
struct Run<'a> {
    settings: &'a Settings,
    committer: Committer,
    summary: Summary,
    stdout: Stdout,
    /// Whether variation selectors have been spoken of.
    noted_selectors: bool,
    /// The files whose content could not be converted, and whose names stay therefore.
    failed: Vec<PathBuf>,
    /// Whether there is something in the journal that can be taken back.
    can_be_undone: bool,
}

impl Run<'_> {
    /// Converts what the files hold.
    fn convert(&mut self, plan: &Plan, worker: &Worker<'_>) -> Result<()> {
        if worker.earlier.renames.is_some() {
            return Ok(());
        }
        if !self.settings.dry_run {
            self.each_folder(plan.folders.iter(), CopiedFolder::make);
        }
        let threads = self.settings.jobs.get();
        let workers = threads.min(plan.jobs.len()).max(1);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(workers).build()?;
        let mut done = 0;
        for jobs in groups(&plan.jobs) {
            let mut outcomes = match jobs {
                [job] if job.size > LARGE => vec![worker.run(job, threads)],
                jobs => pool.install(|| jobs.par_iter().map(|job| worker.run(job, 1)).collect()),
            };
            self.committer.commit(jobs, &mut outcomes, worker.earlier)?;
            done += jobs.len();
            worker.progress.set_done(done);
            worker.progress.suspended(|| {
                jobs.iter().zip(outcomes).try_for_each(|(job, outcome)| self.tell(job, outcome))
            })?;
            if worker.stop.signal().is_some() {
                break;
            }
        }
        Ok(())
    }

    /// Says and counts what became of an input.
    fn tell(&mut self, job: &Job, outcome: Outcome) -> Result<()> {
        self.summary.add(&outcome);
        let Outcome { notes, output, end, .. } = outcome;
        notes.tell(&mut self.noted_selectors);
        self.stdout.write(&output)?;
        match end {
            End::Failed(error) => {
                self.failed.extend(job.names());
                message::error(&error.context(job.input.to_string()));
            }
            End::Done(written) if self.settings.dry_run => {
                self.stdout.write(job.announcement(written).as_bytes())?;
            }
            End::Skipped(reason) if self.settings.verbose => {
                message::note(format_args!("{}: skipped: {reason}", job.input));
            }
            _ => {}
        }
        self.stdout.flush()
    }

    fn each_folder<'a>(
        &mut self,
        folders: impl Iterator<Item = &'a CopiedFolder>,
        work: impl Fn(&CopiedFolder) -> Result<()>,
    ) {
        folders.filter_map(|folder| work(folder).err()).for_each(|error| self.problem(&error));
    }

    fn problem(&mut self, problem: &Error) {
        message::error(problem);
        self.summary.failed += 1;
    }

    /// What comes when all contents are converted: names, folders, the journal, the summary.
    fn end(mut self, plan: &Plan, earlier: &Earlier, stop: &Stop) -> Result<Status> {
        if stop.signal().is_none() {
            self.rename(&plan.renames, earlier)?;
            if !self.settings.dry_run {
                self.each_folder(plan.folders.iter().rev(), CopiedFolder::finish);
            }
        }
        self.summary.stopped = stop.signal().is_some();
        self.close_journal()?;
        self.summarize()?;
        Ok(match stop.signal() {
            Some(signal) => Status::Stopped(signal),
            None if self.summary.failed > 0 => Status::Failed,
            None if self.settings.action == Action::Check && self.summary.converted > 0 => {
                Status::Found
            }
            None => Status::Done,
        })
    }

    fn rename(&mut self, renames: &Renames, earlier: &Earlier) -> Result<()> {
        if self.settings.dry_run {
            for Rename { from, to } in &renames.names {
                let line = format!("would rename {} to {}\n", from.display(), to.display());
                self.stdout.write(line.as_bytes())?;
            }
            self.summary.renamed = renames.names.len();
            return self.stdout.flush();
        }
        let done = match &earlier.renames {
            Some(noted) => rename::go_on(noted)?,
            None => {
                rename::begin(&renames.without(&self.failed)?, self.committer.journal.as_mut())?
            }
        };
        self.summary.renamed = done.count;
        done.problems.iter().for_each(|problem| self.problem(problem));
        Ok(())
    }

    /// Ends the journal: it is kept if the run can go on with it, or be undone.
    fn close_journal(&mut self) -> Result<()> {
        let Some(mut journal) = self.committer.journal.take() else {
            return Ok(());
        };
        if !self.summary.stopped {
            self.can_be_undone = journal.can_be_undone();
            if !self.can_be_undone && self.settings.journal.is_none() {
                return journal.remove();
            }
            journal.note(&[Record::Done])?;
        }
        self.summary.journal = Some(journal.path().to_owned());
        Ok(())
    }

    fn summarize(&mut self) -> Result<()> {
        let settings = self.settings;
        match settings.summary() {
            SummaryFormat::None => {}
            SummaryFormat::Json => {
                let line = serde_json::to_string(&self.summary)? + "\n";
                self.stdout.write(line.as_bytes())?;
                self.stdout.flush()?;
            }
            SummaryFormat::Text => {
                let is_written = settings.writes() && !settings.dry_run;
                message::note(self.summary.to_text(if is_written { "" } else { "would be " }));
            }
        }
        if let (Some(journal), false) = (&self.summary.journal, settings.quiet) {
            let journal = journal.display();
            if self.summary.stopped {
                message::note(format_args!(
                    "stopped; the same command with --resume goes on (journal: {journal})"
                ));
            } else if self.can_be_undone {
                message::note(format_args!("to take it back: jianfan undo {journal}"));
            }
        }
        Ok(())
    }
}

/// The jobs in groups that are done together: so many files, so many bytes; a large file by itself.
fn groups(jobs: &[Job]) -> Vec<&[Job]> {
    let (mut groups, mut start, mut bytes) = (Vec::new(), 0, 0);
    for (number, job) in jobs.iter().enumerate() {
        let is_full = number - start >= TOGETHER || bytes + job.size > BYTES_TOGETHER;
        if number > start && (is_full || job.size > LARGE) {
            groups.push(&jobs[start..number]);
            (start, bytes) = (number, 0);
        }
        bytes += job.size;
        if job.size > LARGE {
            groups.push(&jobs[start..=number]);
            (start, bytes) = (number + 1, 0);
        }
    }
    groups.extend((start < jobs.len()).then(|| &jobs[start..]));
    groups
}
