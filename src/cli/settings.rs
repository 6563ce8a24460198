//! What the arguments ask for, resolved: names found, tables read, defaults filled in.

use std::env;
use std::num::NonZero;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::args::{Color, ConvertArgs, InputArgs, OutputArgs, SummaryFormat};
use super::content::Content;
use super::input::Input;
use super::line::Line;
use super::notes::Notes;
use super::profile::{Profile, Profiles};
use super::project::{Layer, Project};
use super::strays::Sweeper;
use super::walk::Walker;
use crate::encoding::AutoDecoder;

/// Everything that converting asks for.
pub struct Settings {
    pub inputs: Vec<Input>,
    /// How each is read, converted and written.
    pub profiles: Profiles<Profile>,
    pub action: Action,
    /// Whether the output may be the input.
    pub in_place: bool,
    /// Whether to write out the result so far when the input pauses.
    pub flush: bool,
    pub color: Color,
    pub verbose: bool,
    pub quiet: bool,
    /// Lists what is below folders.
    pub walker: Walker,
    /// Whether names are converted, too.
    pub names: bool,
    /// What goes behind the names of files that are kept.
    pub backup: Option<String>,
    /// Whether to write nothing, but say what would be written.
    pub dry_run: bool,
    /// Whether to go on where an earlier run was stopped.
    pub resume: bool,
    /// Where to note what is done, if that was named.
    pub journal: Option<PathBuf>,
    /// How many files, or parts of a large one, are converted at a time.
    pub jobs: NonZero<usize>,
    summary: Option<SummaryFormat>,
    /// By what the same command is known again.
    pub command: String,
    /// Removes what runs that were killed have left.
    pub sweeper: Sweeper,
}

/// What to do with the results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Print the only one.
    Print,
    /// Write it to this file, or them to this folder.
    Output(PathBuf),
    /// Write each back to its file.
    Write,
    /// Tell which would change.
    Check,
    /// Show what would change.
    Diff,
}

impl Settings {
    /// What the command line `line`, read as `given`, and the project ask for.
    pub fn resolve(given: &ConvertArgs, line: Line) -> Result<Self> {
        let action = Action::of(&given.output);
        if action == Action::Print {
            refuse_unwritten(&given.output)?;
        }
        let base = env::current_dir().context("the working directory")?;
        let project = Project::find(&given.project, given.input.verbose)?;
        let args: ConvertArgs = line.with(&Layer::of(project.as_ref()))?;
        let (input, output) = (&args.input, &args.output);
        let walker = Walker::new(&input.walk, &base, output.backup.as_deref(), project.as_ref())?;
        let command = command(&base, project.as_ref());
        let what = action.clone();
        let resolve = move |line: &Line, layer: &Layer| Profile::resolve(&line.with(layer)?, &what);
        Ok(Self {
            inputs: inputs(input),
            profiles: Profiles::new(line, project, resolve)?,
            action,
            in_place: output.in_place,
            flush: !output.noflush,
            color: output.color,
            verbose: input.verbose,
            quiet: output.quiet,
            walker,
            names: output.names,
            backup: output.backup.clone(),
            dry_run: output.dry_run,
            resume: output.resume,
            journal: output.journal.clone(),
            jobs: output.jobs.unwrap_or_else(all_cores),
            summary: output.summary,
            command,
            sweeper: Sweeper::default(),
        })
    }

    /// Whether several files are converted, or may be.
    fn is_batch(&self) -> bool {
        let is_folder = |input: &Input| input.path().is_some_and(Path::is_dir);
        self.inputs.len() > 1 || self.inputs.iter().any(is_folder)
    }

    /// Whether files are written.
    pub fn writes(&self) -> bool {
        matches!(self.action, Action::Write | Action::Output(_))
    }

    /// Whether it is noted what is done.
    pub fn is_journaled(&self) -> bool {
        let is_asked_for = self.names || self.resume || self.journal.is_some();
        self.writes() && !self.dry_run && (is_asked_for || self.is_batch())
    }

    /// What to say at the end.
    pub fn summary(&self) -> SummaryFormat {
        let is_usual = self.writes() && self.is_batch() && !self.quiet;
        self.summary.unwrap_or(if is_usual { SummaryFormat::Text } else { SummaryFormat::None })
    }

    /// Notes what is to be said of a text that holds `content`.
    pub fn note(&self, input: &Input, decoder: &AutoDecoder, content: Content, notes: &mut Notes) {
        if self.quiet {
            return;
        }
        if let Some(replaced) = decoder.replaced() {
            notes.add_replaced(input, replaced);
        }
        if content.selectors {
            notes.add_selectors();
        }
    }
}

/// Refuses options that say how to write files where none are written.
fn refuse_unwritten(args: &OutputArgs) -> Result<()> {
    let options = [
        (args.names, "--names"),
        (args.backup.is_some(), "--backup"),
        (args.dry_run, "--dry-run"),
        (args.resume, "--resume"),
        (args.journal.is_some(), "--journal"),
    ];
    match options.iter().find(|(is_given, _)| *is_given) {
        Some((_, option)) => bail!("{option}: says how to write files; it goes with -w or -o"),
        None => Ok(()),
    }
}

fn all_cores() -> NonZero<usize> {
    std::thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN)
}

/// The command as it was given, by which it is known again; `base` is the working directory.
fn command(base: &Path, project: Option<&Project>) -> String {
    let arguments = env::args_os().skip(1).filter(|argument| argument != "--resume");
    let arguments = arguments.map(|argument| argument.to_string_lossy().into_owned());
    let project = project.map(|it| format!("{} {:016x}", it.path.display(), it.fingerprint));
    let words = std::iter::once(base.display().to_string()).chain(arguments).chain(project);
    words.collect::<Vec<_>>().join("\n")
}

/// The inputs that `args` name.
pub fn inputs(args: &InputArgs) -> Vec<Input> {
    Input::all(args.input.iter().chain(&args.paths))
}

impl Action {
    fn of(args: &OutputArgs) -> Self {
        match &args.output {
            Some(path) if path == "-" || is_stdout_name(path) => Self::Print,
            Some(path) => Self::Output(path.clone()),
            None if args.write => Self::Write,
            None if args.check => Self::Check,
            None if args.diff => Self::Diff,
            None => Self::Print,
        }
    }
}

/// Whether this is the name of standard output as a file. To open that could mean to write over
/// what is there.
fn is_stdout_name(path: &Path) -> bool {
    ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"].iter().any(|name| path == Path::new(name))
}
