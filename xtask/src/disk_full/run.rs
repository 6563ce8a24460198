//! A run on a file system that is full before its end.

use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use super::disk::{Disk, unmount};
use crate::files::between;
use crate::files::command::{Place, copy, empty, said};
use crate::files::snapshot::Snapshot;

/// A way of running.
#[derive(Clone, Copy)]
pub struct Variant {
    pub arguments: &'static str,
    /// Whether the old contents can be brought back.
    backup: bool,
    output: bool,
}

/// All of them.
pub const VARIANTS: [Variant; 5] = [
    Variant { arguments: "-w", backup: false, output: false },
    Variant { arguments: "-w --backup .bak", backup: true, output: false },
    Variant { arguments: "-w --names", backup: false, output: false },
    Variant { arguments: "-w --names --backup .bak", backup: true, output: false },
    Variant { arguments: "-o ../out", backup: false, output: true },
];

/// What there is too little of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Full {
    Space,
    Files,
}

/// Runs of one kind.
pub struct Run<'a> {
    pub program: &'a Path,
    /// Where the original is, and where the file system is mounted.
    pub folder: &'a Path,
    pub variant: Variant,
    pub full: Full,
    /// Whether the journal is on the same file system.
    pub journal_too: bool,
}

/// What happened in them.
#[derive(Default)]
pub struct Figures {
    runs: u64,
    /// How often the disk was full.
    full: u64,
    /// How many errors were told.
    errors: usize,
    pub failed: u64,
}

/// What is there when nothing disturbs it.
struct Course {
    before: Snapshot,
    after: Snapshot,
}

impl Run<'_> {
    pub fn name(&self) -> String {
        let full = if self.full == Full::Space { "space" } else { "files" };
        let journal = if self.journal_too { ", journal too" } else { "" };
        format!("{}: {full}{journal}", self.variant.arguments)
    }

    /// Lets it run at so many moments before the end of a file system, which holds the tree if it is
    /// as large as `least`.
    pub fn moments(&self, least: Disk, moments: u64) -> Result<Figures> {
        let unlimited = Disk { space: None, files: None };
        let course = self.on(unlimited, |disk, place| {
            let before = Snapshot::read(&self.target(disk))?;
            place.run(self.arguments())?;
            Ok(Course { before, after: Snapshot::read(&self.target(disk))? })
        })?;
        // What a run needs at most: each file once more, under another name.
        let most = match self.full {
            Full::Space => course.before.space().max(course.after.space()) * 2,
            Full::Files => course.after.nodes.len() as u64 + 64,
        };
        let mut figures = Figures::default();
        for moment in 0..moments {
            // Close to the least at first, as most goes wrong there.
            let more = most * (moment * moment) / (moments * moments);
            let limited = Disk {
                space: least.space.map(|space| space + more),
                files: least.files.map(|files| files + more),
            };
            let done =
                self.on(limited, |disk, place| self.fill(disk, &place, &course, &mut figures));
            figures.runs += 1;
            if let Err(error) = done {
                println!("{}, {more} more than the least: {error:#}", self.name());
                figures.failed += 1;
            }
        }
        Ok(figures)
    }

    /// Does `work` on a file system that holds the tree.
    fn on<T>(&self, size: Disk, work: impl FnOnce(&Path, Place<'_>) -> Result<T>) -> Result<T> {
        let (disk, elsewhere) = (self.folder.join("disk"), self.folder.join("state"));
        empty(&elsewhere)?;
        fs::create_dir_all(&disk)?;
        size.mount(&disk)?;
        let state = if self.journal_too { disk.join("state") } else { elsewhere };
        let tree = disk.join("tree");
        let place = Place { program: self.program, folder: &tree, state: &state };
        let done = copy(&self.folder.join("original"), &tree).and_then(|()| work(&disk, place));
        unmount(&disk)?;
        done
    }

    fn target(&self, disk: &Path) -> std::path::PathBuf {
        disk.join(if self.variant.output { "out" } else { "tree" })
    }

    fn arguments(&self) -> impl Iterator<Item = &'static str> {
        [".", "-q", "-c", "s2t"].into_iter().chain(self.variant.arguments.split(' '))
    }

    /// Runs until the disk is full, and to the end when there is room.
    fn fill(
        &self,
        disk: &Path,
        place: &Place<'_>,
        course: &Course,
        figures: &mut Figures,
    ) -> Result<()> {
        let output = place.command(self.arguments()).output()?;
        let is_full = !output.status.success();
        if is_full {
            figures.full += 1;
            figures.errors += self.check_errors(&output)?;
        }
        let now = Snapshot::read(&self.target(disk))?;
        between::check(&now, &course.before, &course.after).context("when it was full")?;
        now.has_no_strays().context("when it was full")?;
        Disk { space: None, files: None }.resize(disk)?;
        if is_full {
            // What failed before is done by another run than that which was stopped.
            let runs = if place.is_unfinished()? { 2 } else { 1 };
            for _ in 0..runs {
                place.run(self.arguments().chain(["--resume"])).context("when there was room")?;
            }
        }
        let now = Snapshot::read(&self.target(disk))?;
        // Which of several names of a file has the backup depends on how its folders were called when
        // the file was converted, and so on which run did it.
        let [now, after] = [&now, &course.after].map(|snapshot| snapshot.without(".bak"));
        now.is(&after, self.variant.output).context("at the end")?;
        if self.variant.backup {
            self.take_back(place).context("taken back")?;
            Snapshot::read(&self.target(disk))?.is(&course.before, true).context("taken back")?;
        }
        Ok(())
    }

    /// How many errors there are; each has to be a line that says what, where and why.
    fn check_errors(&self, output: &std::process::Output) -> Result<usize> {
        ensure!(output.status.code() == Some(2), "{}: {}", output.status, said(output));
        let text = String::from_utf8_lossy(&output.stderr);
        for line in text.lines() {
            let is_clear =
                line.starts_with("jianfan: ") && line.contains("No space left on device");
            ensure!(is_clear && !line.contains(".jianfan-"), "it says: {line}");
        }
        ensure!(!text.is_empty(), "it says nothing");
        Ok(text.lines().count())
    }

    /// Takes back all runs, the last one first.
    fn take_back(&self, place: &Place<'_>) -> Result<()> {
        for journal in place.journals()?.iter().rev() {
            place.run([OsStr::new("undo"), journal.as_os_str()])?;
        }
        Ok(())
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { runs, full, errors, failed } = self;
        write!(f, "{runs:>6} {full:>6} {errors:>6} {failed:>6}")
    }
}
