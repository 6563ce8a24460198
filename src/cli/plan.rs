//! Which input is converted to which place.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Error, Result, anyhow, bail};

use super::args::is_command;
use super::identity::is_same_file;
use super::input::Input;
use super::settings::{Action, Settings};
use super::walk::walk;

/// What is to be done, in order.
pub struct Plan {
    pub jobs: Vec<Job>,
    /// Inputs that can't be found or listed.
    pub problems: Vec<Error>,
}

/// One input, and what is to be done with its result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    pub input: Input,
    pub task: Task,
}

/// What to do with the result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// Write it to standard output.
    Print,
    /// Write it back to the input file.
    Replace,
    /// Write it to a file.
    WriteTo(PathBuf),
    /// Write it to a file in this folder, which has to be made with the folders between.
    WriteBelow(PathBuf, PathBuf),
    /// Tell whether it differs.
    Check,
    /// Show how it differs.
    Diff,
}

impl Plan {
    /// What `settings` ask for.
    pub fn make(settings: &Settings) -> Result<Self> {
        refuse_command(&settings.inputs)?;
        match &settings.action {
            Action::Print => Self::print(&settings.inputs),
            Action::Output(path) => Self::output(settings, path),
            Action::Write => Self::write(&settings.inputs),
            Action::Check => Ok(Self::all(&settings.inputs, &Task::Check)),
            Action::Diff => Ok(Self::all(&settings.inputs, &Task::Diff)),
        }
    }

    fn print(inputs: &[Input]) -> Result<Self> {
        match inputs {
            [input] if !is_folder(input) => {
                let job = Job { input: input.clone(), task: Task::Print };
                Ok(Self { jobs: vec![job], problems: Vec::new() })
            }
            [folder] => bail!("{folder}: is a directory; {WHERE_TO}"),
            _ => bail!("several inputs; {WHERE_TO}"),
        }
    }

    fn write(inputs: &[Input]) -> Result<Self> {
        if inputs.contains(&Input::Stdin) {
            bail!("standard input can't be written back to; leave --write out, or name a file");
        }
        Ok(Self::all(inputs, &Task::Replace))
    }

    fn output(settings: &Settings, path: &Path) -> Result<Self> {
        match settings.inputs.as_slice() {
            [input] if !is_folder(input) && !means_folder(path) => {
                let task = file_task(input, path, settings.in_place)?;
                Ok(Self { jobs: vec![Job { input: input.clone(), task }], problems: Vec::new() })
            }
            _ => Self::output_below(settings, path),
        }
    }

    /// Each result in `folder`: a file by its name, what is below a folder by its path from there.
    fn output_below(settings: &Settings, folder: &Path) -> Result<Self> {
        if folder.exists() && !folder.is_dir() {
            bail!("{}: is no directory, as several results need one", folder.display());
        }
        let mut plan = Self { jobs: Vec::new(), problems: Vec::new() };
        let mut sources: HashMap<PathBuf, Input> = HashMap::new();
        for input in &settings.inputs {
            let Some(path) = input.path() else {
                bail!("standard input has no name to be given in {}", folder.display());
            };
            for found in expand(input, Some(folder), &mut plan.problems) {
                let below = relative(&found, path);
                let target = folder.join(&below);
                if let Some(other) = sources.insert(below.clone(), found.clone()) {
                    bail!("{other} and {found} would both be written to {}", target.display());
                }
                let task = match file_task(&found, &target, settings.in_place)? {
                    Task::WriteTo(_) => Task::WriteBelow(folder.to_owned(), below),
                    other => other,
                };
                plan.jobs.push(Job { input: found, task });
            }
        }
        Ok(plan)
    }

    /// The same task for all inputs.
    fn all(inputs: &[Input], task: &Task) -> Self {
        let mut problems = Vec::new();
        let inputs = find(inputs, &mut problems);
        let jobs = inputs.into_iter().map(|input| Job { input, task: task.clone() }).collect();
        Self { jobs, problems }
    }
}

/// The inputs with the files below each folder in its place, each once, however often it was
/// named. What can't be listed goes to `problems`.
pub fn find(inputs: &[Input], problems: &mut Vec<Error>) -> Vec<Input> {
    let mut seen = HashSet::new();
    let mut is_new = |input: &Input| {
        let identity = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        seen.insert(input.path().map(identity))
    };
    let found = inputs.iter().flat_map(|input| expand(input, None, problems));
    found.filter(|input| is_new(input)).collect()
}

/// The input itself, or the files below it if it is a folder, but for those below `except`.
fn expand(input: &Input, except: Option<&Path>, problems: &mut Vec<Error>) -> Vec<Input> {
    match input.path() {
        Some(path) if path.is_dir() => {
            walk(path, except, problems).into_iter().map(Input::Found).collect()
        }
        _ => vec![input.clone()],
    }
}

const WHERE_TO: &str = "say where the results go: -w to the files themselves, -o DIR to another folder, or only --check or --diff";

/// Refuses a subcommand behind the options, where it reads as a path.
fn refuse_command(inputs: &[Input]) -> Result<()> {
    for path in inputs.iter().filter_map(Input::path).filter(|path| !path.exists()) {
        if let Some(name) = path.to_str().filter(|name| is_command(name)) {
            bail!("{name}: no such file; a command goes before all options: jianfan {name} …");
        }
    }
    Ok(())
}

/// How `input` becomes the file at `path`.
fn file_task(input: &Input, path: &Path, in_place: bool) -> Result<Task> {
    let is_same = input.path().is_some_and(|input| is_same_file(input, path));
    match (is_same, in_place) {
        (false, _) => Ok(Task::WriteTo(path.to_owned())),
        (true, true) => Ok(Task::Replace),
        (true, false) => Err(anyhow!("{input}: is the output too; to write it in place, use -w")),
    }
}

fn is_folder(input: &Input) -> bool {
    input.path().is_some_and(Path::is_dir)
}

/// Whether an output path is a folder's, or is written like one's.
fn means_folder(path: &Path) -> bool {
    path.is_dir() || path.as_os_str().to_string_lossy().ends_with(std::path::is_separator)
}

/// Where the result of `found` goes, from the output folder on.
fn relative(found: &Input, named: &Path) -> PathBuf {
    let path = found.path().unwrap_or(named);
    match path.strip_prefix(named) {
        Ok(below) if !below.as_os_str().is_empty() => below.to_owned(),
        _ => path.file_name().map(PathBuf::from).unwrap_or_default(),
    }
}
