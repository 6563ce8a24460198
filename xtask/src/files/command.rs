//! The `jianfan` command in a folder of its own.

use std::ffi::OsStr;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use anyhow::{Context, Result, ensure};

use crate::package;

/// Where the command runs.
pub struct Place<'a> {
    pub program: &'a Path,
    /// The working folder.
    pub folder: &'a Path,
    /// Where journals go.
    pub state: &'a Path,
}

impl Place<'_> {
    /// The command with these arguments, which says nothing but what it has to.
    pub fn command<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(self.program);
        command.args(arguments).current_dir(self.folder).env("XDG_STATE_HOME", self.state);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        command
    }

    /// Runs it to its end.
    ///
    /// # Errors
    ///
    /// What it says, unless it succeeds.
    pub fn run<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Result<()> {
        let output = self.command(arguments).output().context("cannot run jianfan")?;
        ensure!(output.status.success(), "{}: {}", output.status, said(&output));
        Ok(())
    }

    /// The journals, the oldest first; and what else is in their folder.
    pub fn journals_and_others(&self) -> Result<(Vec<PathBuf>, Vec<PathBuf>)> {
        let (mut journals, mut others) = (Vec::new(), Vec::new());
        for entry in fs::read_dir(self.state.join("jianfan")).into_iter().flatten() {
            let path = entry?.path();
            let is_journal = path.extension() == Some(OsStr::new("journal"));
            match fs::metadata(&path) {
                // It has gone meanwhile.
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                metadata if is_journal => journals.push((metadata?.modified()?, path)),
                _ => others.push(path),
            }
        }
        journals.sort();
        Ok((journals.into_iter().map(|(_, path)| path).collect(), others))
    }

    /// The journals, the oldest first.
    pub fn journals(&self) -> Result<Vec<PathBuf>> {
        Ok(self.journals_and_others()?.0)
    }

    /// Whether a run has begun and not come to its end.
    pub fn is_unfinished(&self) -> Result<bool> {
        let journals = self.journals()?;
        let texts = journals.iter().map(fs::read_to_string).collect::<Result<Vec<_>, _>>()?;
        Ok(texts.iter().any(|text| !text.lines().any(|line| line == "\"done\"")))
    }
}

/// The first of what a process has said on standard error.
pub fn said(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    let lines: Vec<&str> = said.lines().take(SHOWN).collect();
    lines.join("; ")
}

/// How many lines of it are shown.
const SHOWN: usize = 3;

/// Copies a tree with everything that there is about its files.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    package::run(Command::new("cp").arg("-a").arg(from).arg(to))
}

/// An empty folder at `path`.
pub fn empty(path: &Path) -> Result<()> {
    if path.exists() {
        fs::remove_dir_all(path).with_context(|| path.display().to_string())?;
    }
    fs::create_dir_all(path).with_context(|| path.display().to_string())
}
