//! A way of running over the tree, and what comes of it if nobody disturbs it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::Result;

use super::variant::{OLDER, Older, Variant};
use crate::files::command::{Place, copy, empty};
use crate::files::snapshot::Snapshot;

pub struct Scene<'a> {
    pub program: &'a Path,
    /// Where the original is, and where runs have their folders.
    pub folder: &'a Path,
    pub variant: Variant,
    pub conversion: &'static str,
    /// The tree that is converted.
    pub original: Snapshot,
    /// What is changed: the tree itself, or the output folder.
    pub before: Snapshot,
    /// What becomes of that.
    pub after: Snapshot,
    /// How long it takes.
    pub duration: Duration,
}

impl<'a> Scene<'a> {
    /// Sets a scene, and plays it once.
    pub fn set(
        program: &'a Path,
        folder: &'a Path,
        variant: Variant,
        conversion: &'static str,
    ) -> Result<Self> {
        let (original, before, after) = Default::default();
        let duration = Duration::ZERO;
        let mut scene =
            Self { program, folder, variant, conversion, original, before, after, duration };
        let run = folder.join("undisturbed");
        empty(&run)?;
        scene.furnish(&run)?;
        scene.original = Snapshot::read(&run.join("tree"))?;
        scene.before = Snapshot::read(&scene.target(&run))?;
        let start = Instant::now();
        scene.place(&run.join("tree"), &run.join("state")).run(scene.arguments("2"))?;
        scene.duration = start.elapsed();
        scene.after = Snapshot::read(&scene.target(&run))?;
        fs::remove_dir_all(run)?;
        Ok(scene)
    }

    /// Puts what a run needs into its folder.
    pub fn furnish(&self, run: &Path) -> Result<()> {
        let tree = run.join("tree");
        copy(&self.folder.join("original/tree"), &tree)?;
        if self.variant.output == Some(Older::Results) {
            let arguments = [".", "-q"].into_iter().chain(OLDER.split(' '));
            self.place(&tree, &run.join("state")).run(arguments)?;
        }
        Ok(())
    }

    /// What is changed in the folder of a run.
    pub fn target(&self, run: &Path) -> PathBuf {
        run.join(if self.variant.output.is_some() { "out" } else { "tree" })
    }

    pub fn place<'b>(&'b self, tree: &'b Path, state: &'b Path) -> Place<'b> {
        Place { program: self.program, folder: tree, state }
    }

    pub fn arguments<'b>(&'b self, jobs: &'b str) -> impl Iterator<Item = &'b str> {
        let Variant { arguments, .. } = self.variant;
        let options = arguments.split(' ').chain(self.conversion.split(' '));
        [".", "-q", "-j", jobs].into_iter().chain(options)
    }

    pub fn name(&self) -> String {
        let older = self.variant.output == Some(Older::Results);
        let older = if older { " over older results" } else { "" };
        format!("{} {}{older}", self.variant.arguments, self.conversion)
    }
}
