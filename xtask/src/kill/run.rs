//! A run that is killed.

use std::fmt;
use std::fs;
use std::path::PathBuf;
use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use fastrand::Rng;
use rustix::process::{Pid, Signal, kill_process};

use super::scene::Scene;
use crate::files::between;
use crate::files::command::{Place, empty, said};
use crate::files::snapshot::Snapshot;

/// A run that is killed, perhaps several times, and brought to an end, or taken back.
pub struct Run<'a> {
    scene: &'a Scene<'a>,
    rng: Rng,
    /// Its own folder.
    pub folder: PathBuf,
    jobs: &'static str,
    /// How it was killed, for a report.
    kills: Vec<String>,
    partial: bool,
    resumed: bool,
    taken_back: bool,
    failed: bool,
}

/// What happened in runs.
#[derive(Default)]
pub struct Figures {
    runs: usize,
    /// How often a process was killed.
    kills: usize,
    /// Runs of which something was done, and something not, when they were killed first.
    partial: usize,
    resumed: usize,
    taken_back: usize,
    pub failed: usize,
}

impl<'a> Run<'a> {
    pub fn new(scene: &'a Scene<'a>, number: usize, mut rng: Rng) -> Self {
        let folder = scene.folder.join(format!("run-{number}"));
        let jobs = if rng.bool() { "1" } else { "2" };
        let kills = Vec::new();
        let (partial, resumed, taken_back, failed) = Default::default();
        Self { scene, rng, folder, jobs, kills, partial, resumed, taken_back, failed }
    }

    /// Does it all.
    ///
    /// # Errors
    ///
    /// The first thing that is not as it has to be.
    pub fn go(&mut self) -> Result<()> {
        let done = self.act();
        self.failed = done.is_err();
        let (name, jobs) = (self.scene.name(), self.jobs);
        done.with_context(|| format!("{name} -j {jobs}, {}", self.kills.join(", ")))
    }

    fn act(&mut self) -> Result<()> {
        empty(&self.folder)?;
        self.scene.furnish(&self.folder)?;
        let variant = self.scene.variant;
        self.interrupt(&[]).context("after the kill")?;
        self.partial = !self.is_done()? && self.is(&self.scene.before, false).is_err();
        let can_be_undone = variant.backup || variant.names;
        if can_be_undone && self.rng.u8(..3) == 0 {
            return self.take_back().context("taken back after the kill");
        }
        // Often enough, going on is disturbed as well.
        while !self.is_done()? && self.rng.u8(..3) == 0 {
            self.interrupt(&["--resume"]).context("after another kill")?;
        }
        if !self.is_done()? {
            self.resumed = true;
            let arguments = self.scene.arguments(self.jobs).chain(["--resume"]);
            self.place(|place| place.run(arguments)).context("gone on with")?;
        }
        self.check_end().context("at the end")?;
        if can_be_undone {
            self.take_back().context("taken back at the end")?;
        }
        Ok(())
    }

    fn place<T>(&self, work: impl FnOnce(Place<'_>) -> Result<T>) -> Result<T> {
        work(self.scene.place(&self.folder.join("tree"), &self.folder.join("state")))
    }

    /// Runs the command, kills it, and holds what is there to what may be there.
    fn interrupt(&mut self, more: &[&str]) -> Result<()> {
        let arguments = self.scene.arguments(self.jobs).chain(more.iter().copied());
        let child = self.place(|place| Ok(place.command(arguments).spawn()?))?;
        self.kill(child, self.scene.duration.mul_f64(1.1))?;
        between::check(&self.target()?, &self.scene.before, &self.scene.after)?;
        self.check_source()
    }

    /// Kills a process at any moment within `longest`, or soon after it has noted what it will do.
    fn kill(&mut self, child: Child, longest: Duration) -> Result<()> {
        let start = Instant::now();
        if self.rng.bool() {
            thread::sleep(longest.mul_f64(self.rng.f64()));
        } else {
            self.wait_for_note(start + longest)?;
            thread::sleep(longest.mul_f64(self.rng.f64() / 30.0));
        }
        let moment = start.elapsed();
        let signals = [(Signal::INT, "SIGINT"), (Signal::TERM, "SIGTERM")];
        let (signal, name) =
            *signals.get(self.rng.usize(..8)).unwrap_or(&(Signal::KILL, "SIGKILL"));
        let pid = Pid::from_child(&child);
        kill_process(pid, signal).context("cannot kill it")?;
        let output = child.wait_with_output()?;
        let status = output.status;
        self.kills.push(format!("{name} after {} µs: {status}", moment.as_micros()));
        let is_asked = status.code() == Some(128 + signal.as_raw());
        ensure!(
            status.success() || is_asked || status.code().is_none(),
            "it ended with {status}: {}",
            said(&output)
        );
        Ok(())
    }

    /// Waits until the journal has grown once or several times.
    fn wait_for_note(&mut self, latest: Instant) -> Result<()> {
        let (mut last, mut notes) = (0, self.rng.usize(2..6));
        while notes > 0 && Instant::now() < latest {
            let journal = self.place(|place| place.journals())?.pop();
            let length =
                journal.and_then(|path| fs::metadata(path).ok()).map_or(0, |now| now.len());
            notes -= usize::from(length > last);
            last = last.max(length);
            thread::sleep(Duration::from_micros(50));
        }
        Ok(())
    }

    /// Whether it has come to its end already: it was killed too late, or perhaps too early.
    fn is_done(&self) -> Result<bool> {
        let is_unfinished = self.place(|place| place.is_unfinished())?;
        Ok(!is_unfinished && self.is(&self.scene.after, false).is_ok())
    }

    fn target(&self) -> Result<Snapshot> {
        Snapshot::read(&self.scene.target(&self.folder))
    }

    fn is(&self, wanted: &Snapshot, times: bool) -> Result<()> {
        self.target()?.is(wanted, times)
    }

    /// An error if a tree that is only read has changed.
    fn check_source(&self) -> Result<()> {
        if self.scene.variant.output.is_none() {
            return Ok(());
        }
        Snapshot::read(&self.folder.join("tree"))?.is(&self.scene.original, true)
    }

    fn check_end(&self) -> Result<()> {
        let variant = self.scene.variant;
        let target = self.target()?;
        target.is(&self.scene.after, variant.output.is_some())?;
        target.has_no_strays()?;
        self.check_source()?;
        let (journals, others) = self.place(|place| place.journals_and_others())?;
        ensure!(others.is_empty(), "beside the journal there are {others:?}");
        let journals = journals.len();
        let wanted = usize::from(variant.backup || variant.names);
        ensure!(journals == wanted, "{journals} journals are left instead of {wanted}");
        Ok(())
    }

    /// Takes back what was done, though that may be killed as well.
    fn take_back(&mut self) -> Result<()> {
        self.taken_back = true;
        let Some(journal) = self.place(|place| place.journals())?.pop() else {
            return self.is(&self.scene.before, true).context("without a journal");
        };
        if self.rng.u8(..4) == 0 {
            let command = |place: Place<'_>| Ok(place.command(undo(&journal)).spawn()?);
            self.kill(self.place(command)?, self.scene.duration / 8)?;
            between::check(&self.target()?, &self.scene.before, &self.scene.after)?;
        }
        if journal.exists() {
            self.place(|place| place.run(undo(&journal)))?;
        }
        ensure!(!journal.exists(), "the journal is left");
        if self.scene.variant.backup {
            return self.is(&self.scene.before, true);
        }
        let now = self.target()?;
        let other = now.nodes.keys().zip(self.scene.before.nodes.keys()).find(|(a, b)| a != b);
        ensure!(other.is_none(), "names are not as they were: {other:?}");
        between::check(&now, &self.scene.before, &self.scene.after)
    }
}

fn undo(journal: &std::path::Path) -> [&std::ffi::OsStr; 2] {
    ["undo".as_ref(), journal.as_os_str()]
}

impl Figures {
    pub const HEADER: &str = "  runs  kills partly resumed undone failed";

    pub fn add(&mut self, run: &Run<'_>) {
        self.sum(&Self {
            runs: 1,
            kills: run.kills.len(),
            partial: usize::from(run.partial),
            resumed: usize::from(run.resumed),
            taken_back: usize::from(run.taken_back),
            failed: usize::from(run.failed),
        });
    }

    pub fn sum(&mut self, other: &Self) {
        self.runs += other.runs;
        self.kills += other.kills;
        self.partial += other.partial;
        self.resumed += other.resumed;
        self.taken_back += other.taken_back;
        self.failed += other.failed;
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { runs, kills, partial, resumed, taken_back, failed } = self;
        write!(f, "{runs:>6} {kills:>6} {partial:>6} {resumed:>7} {taken_back:>6} {failed:>6}")
    }
}
