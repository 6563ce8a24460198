//! Which input is converted to which place.

use std::collections::{HashMap, HashSet};
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Error, Result, anyhow, bail};

use super::args::is_command;
use super::batch::collisions::Collisions;
use super::batch::folders::CopiedFolder;
use super::batch::names::{Names, Renames};
use super::batch::outcome::Written;
use super::identity::{FileId, is_same_file};
use super::input::Input;
use super::profile::Profile;
use super::settings::{Action, Settings};
use super::walk::{Entry, Kind, Walker};

/// What is to be done, in order.
#[derive(Default)]
pub struct Plan {
    pub jobs: Vec<Job>,
    /// The folders that the output folder is to have, too, those of outer ones first.
    pub folders: Vec<CopiedFolder>,
    /// What gets another name when all jobs are done.
    pub renames: Renames,
    /// Inputs that can't be found or listed.
    pub problems: Vec<Error>,
}

/// One input, and what is to be done with its result.
pub struct Job {
    pub input: Input,
    /// How it is read, converted and written.
    pub profile: Arc<Profile>,
    /// In bytes; zero if that is not known beforehand.
    pub size: u64,
    pub task: Task,
}

/// What to do with the result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// Write it to standard output.
    Print,
    /// Write it back to the input file, which has these other names that were named or found.
    Replace(Vec<PathBuf>),
    /// Write it to a file.
    WriteTo(PathBuf),
    /// Write it to a file in this folder, which has to be made with the folders between.
    WriteBelow(PathBuf, PathBuf),
    /// Make a link in this folder that leads to the last path, as the input does.
    LinkBelow(PathBuf, PathBuf, PathBuf),
    /// Tell whether it differs.
    Check,
    /// Show how it differs.
    Diff,
    /// Nothing: the input is something that can't be converted.
    Skip(&'static str),
}

impl Job {
    fn new(settings: &Settings, input: Input, task: Task) -> Result<Self> {
        let profile = settings.profiles.of(&input)?;
        let metadata = input.path().and_then(|path| fs::metadata(path).ok());
        let size = metadata.filter(Metadata::is_file).map_or(0, |metadata| metadata.len());
        Ok(Self { input, profile, size, task })
    }
}

impl Plan {
    /// What `settings` ask for.
    ///
    /// # Errors
    ///
    /// If two results would have one name, or if it is not said where they go.
    pub fn make(settings: &Settings) -> Result<Self> {
        refuse_command(&settings.inputs)?;
        match &settings.action {
            Action::Print => Self::print(settings),
            Action::Output(path) => Self::output(settings, path),
            Action::Write => Self::write(settings),
            Action::Check => Self::all(settings, &Task::Check),
            Action::Diff => Self::all(settings, &Task::Diff),
        }
    }

    fn print(settings: &Settings) -> Result<Self> {
        match settings.inputs.as_slice() {
            [input] if !is_folder(input) => Self::one(settings, input, Task::Print),
            [folder] => bail!("{folder}: is a directory; {WHERE_TO}"),
            _ => bail!("several inputs; {WHERE_TO}"),
        }
    }

    fn one(settings: &Settings, input: &Input, task: Task) -> Result<Self> {
        let jobs = vec![Job::new(settings, input.clone(), task)?];
        Ok(Self { jobs, ..Self::default() })
    }

    fn write(settings: &Settings) -> Result<Self> {
        if settings.inputs.contains(&Input::Stdin) {
            bail!("standard input can't be written back to; leave --write out, or name a file");
        }
        let mut plan = Self::default();
        let found = find_all(&settings.inputs, &settings.walker, &mut plan.problems);
        if let Some(names) = Names::of(settings)? {
            plan.renames = names.renames(&found, &mut plan.problems)?;
        }
        let mut names: HashMap<FileId, usize> = HashMap::new();
        for (input, kind) in found {
            let task = match kind {
                Kind::File => Task::Replace(Vec::new()),
                Kind::Link => Task::Skip("symbolic link"),
                Kind::Special(what) => Task::Skip(what),
                Kind::Folder => continue,
            };
            let id = input.path().filter(|_| kind == Kind::File).and_then(FileId::of_several_names);
            match id.map(|id| names.entry(id).or_insert(plan.jobs.len())) {
                // Another name of a file that a job is at work on already.
                Some(&mut first) if first < plan.jobs.len() => plan.jobs[first].add_name(&input),
                _ => plan.jobs.push(Job::new(settings, input, task)?),
            }
        }
        Ok(plan)
    }

    fn output(settings: &Settings, path: &Path) -> Result<Self> {
        match settings.inputs.as_slice() {
            [input] if !is_folder(input) && !means_folder(path) => {
                let task = file_task(input, path, settings.in_place)?;
                Self::one(settings, input, task)
            }
            _ => Self::output_below(settings, path),
        }
    }

    /// Each result in `folder`: a file by its name, what is below a folder by its path from there.
    fn output_below(settings: &Settings, folder: &Path) -> Result<Self> {
        if folder.exists() && !folder.is_dir() {
            bail!("{}: is no directory, as several results need one", folder.display());
        }
        let mut plan = Self::default();
        let names = Names::of(settings)?;
        let mut sources: HashMap<PathBuf, (PathBuf, Kind)> = HashMap::new();
        let mut collisions = Collisions::default();
        for input in &settings.inputs {
            let Some(path) = input.path() else {
                bail!("standard input has no name to be given in {}", folder.display());
            };
            let walker = &settings.walker;
            for (found, kind) in expand(input, walker, Some(folder), &mut plan.problems) {
                let place = relative(&found, path);
                let below = names.as_ref().map_or(Ok(place.clone()), |names| names.path(&place))?;
                let source = found.path().unwrap_or(path).to_owned();
                match sources.insert(below.clone(), (source.clone(), kind)) {
                    Some((_, Kind::Folder)) if kind == Kind::Folder && names.is_none() => continue,
                    Some((other, _)) => collisions.add(&other, &source, &folder.join(&below)),
                    None => {}
                }
                let task = match kind {
                    Kind::File => below_task(settings, &found, folder, below)?,
                    Kind::Link => {
                        let target = fs::read_link(&source)?;
                        let names = names.as_ref();
                        let target = names
                            .map_or(Ok(target.clone()), |names| names.link(&place, &target))?;
                        Task::LinkBelow(folder.to_owned(), below, target)
                    }
                    Kind::Special(what) => Task::Skip(what),
                    Kind::Folder => {
                        let folder = folder.to_owned();
                        plan.folders.push(CopiedFolder { source, folder, below });
                        continue;
                    }
                };
                plan.jobs.push(Job::new(settings, found, task)?);
            }
        }
        collisions.refuse("be written to")?;
        Ok(plan)
    }

    /// The same task for all inputs.
    fn all(settings: &Settings, task: &Task) -> Result<Self> {
        let mut plan = Self::default();
        for (input, kind) in find_all(&settings.inputs, &settings.walker, &mut plan.problems) {
            let task = match kind {
                Kind::File => task.clone(),
                Kind::Link => Task::Skip("symbolic link"),
                Kind::Special(what) => Task::Skip(what),
                Kind::Folder => continue,
            };
            plan.jobs.push(Job::new(settings, input, task)?);
        }
        Ok(plan)
    }
}

impl Job {
    /// What --dry-run says of it, `written` being what would be.
    pub fn announcement(&self, written: Written) -> String {
        let verb = match written {
            Written::Text => "convert",
            Written::Same | Written::Copy => "copy",
        };
        let to = match &self.task {
            Task::WriteTo(path) => format!(" to {}", path.display()),
            Task::WriteBelow(folder, below) | Task::LinkBelow(folder, below, _) => {
                format!(" to {}", folder.join(below).display())
            }
            _ => String::new(),
        };
        format!("would {verb} {}{to}\n", self.input)
    }

    /// The names of the input.
    pub fn names(&self) -> Vec<PathBuf> {
        let first = self.input.path().map(Path::to_owned);
        first.into_iter().chain(self.other_names().iter().cloned()).collect()
    }

    /// The other names of a file that is replaced.
    pub fn other_names(&self) -> &[PathBuf] {
        match &self.task {
            Task::Replace(names) => names,
            _ => &[],
        }
    }

    /// Adds another name of the file that is to be replaced.
    fn add_name(&mut self, input: &Input) {
        if let (Task::Replace(names), Some(path)) = (&mut self.task, input.path()) {
            names.push(path.to_owned());
        }
    }
}

/// The inputs with the files below each folder in its place, each once, however often it was
/// named. What can't be listed goes to `problems`.
pub fn find(inputs: &[Input], walker: &Walker, problems: &mut Vec<Error>) -> Vec<Input> {
    let found = find_all(inputs, walker, problems);
    found.into_iter().filter(|(_, kind)| *kind == Kind::File).map(|(input, _)| input).collect()
}

/// The inputs with all that is below each folder in its place, each once.
fn find_all(inputs: &[Input], walker: &Walker, problems: &mut Vec<Error>) -> Vec<(Input, Kind)> {
    let mut seen = HashSet::new();
    let mut is_new = |input: &Input, kind: Kind| {
        let identity = |path: &Path| match kind {
            // Which is not what it leads to.
            Kind::Link => path.to_owned(),
            _ => fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()),
        };
        seen.insert(input.path().map(identity))
    };
    let found = inputs.iter().flat_map(|input| expand(input, walker, None, problems));
    found.filter(|(input, kind)| is_new(input, *kind)).collect()
}

/// The input itself, or what is below it if it is a folder, but for that below `except`.
fn expand(
    input: &Input,
    walker: &Walker,
    except: Option<&Path>,
    problems: &mut Vec<Error>,
) -> Vec<(Input, Kind)> {
    match input.path() {
        Some(path) if path.is_dir() => {
            let entries = walker.walk(path, except, problems).into_iter();
            entries.map(|Entry { path, kind }| (Input::Found(path), kind)).collect()
        }
        // Whatever it is, it was named: it counts as a file until it turns out to be none.
        _ => vec![(input.clone(), Kind::File)],
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
        (true, true) => Ok(Task::Replace(Vec::new())),
        (true, false) => Err(anyhow!("{input}: is the output too; to write it in place, use -w")),
    }
}

/// The same for a file below `folder`.
fn below_task(settings: &Settings, input: &Input, folder: &Path, below: PathBuf) -> Result<Task> {
    match file_task(input, &folder.join(&below), settings.in_place)? {
        Task::WriteTo(_) => Ok(Task::WriteBelow(folder.to_owned(), below)),
        other => Ok(other),
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
