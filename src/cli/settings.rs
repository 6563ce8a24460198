//! What the arguments ask for, resolved: names found, tables read, defaults filled in.

use std::env;
use std::io::{self, IsTerminal};
use std::num::NonZero;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::args::{self, Color, ConvertArgs, InputArgs, OutputArgs, SummaryFormat};
use super::content::Content;
use super::conversion::Conversion;
use super::input::Input;
use super::notes::Notes;
use super::strays::Sweeper;
use super::values::{InputEncoding, OutputEncoding};
use super::walk::Walker;
use crate::encoding::{AutoDecoder, Decoder, Encoding, Malformed, Unmappable};

/// Everything that converting asks for.
pub struct Settings {
    pub conversion: Conversion,
    pub inputs: Vec<Input>,
    pub reading: Reading,
    /// Whether to undo what was decoded wrongly once.
    pub repair: bool,
    pub writing: Writing,
    /// The encoding that documents are to declare.
    pub relabel: Option<Encoding>,
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

/// How to read bytes as text.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    pub encoding: InputEncoding,
    pub malformed: Malformed,
}

/// How to write text as bytes.
#[derive(Debug, Clone, Copy)]
pub struct Writing {
    pub encoding: OutputEncoding,
    pub unmappable: Unmappable,
}

impl Settings {
    /// What `args` ask for.
    pub fn resolve(args: &ConvertArgs) -> Result<Self> {
        let action = Action::of(&args.output);
        let output = &args.output;
        if action == Action::Print {
            refuse_unwritten(output)?;
        }
        let base = env::current_dir().context("the working directory")?;
        let (reading, writing) = (Reading::of(&args.input), Writing::of(&args.output, &action));
        Ok(Self {
            conversion: Conversion::resolve(&args.conversion)?,
            inputs: inputs(&args.input),
            reading,
            writing,
            relabel: if args.output.keep_declaration { None } else { relabel(reading, writing) },
            repair: args.repair,
            action,
            in_place: args.output.in_place,
            flush: !args.output.noflush,
            color: args.output.color,
            verbose: args.input.verbose,
            quiet: args.output.quiet,
            walker: Walker::new(&args.input.walk, &base, output.backup.as_deref())?,
            names: output.names,
            backup: output.backup.clone(),
            dry_run: output.dry_run,
            resume: output.resume,
            journal: output.journal.clone(),
            jobs: output.jobs.unwrap_or_else(all_cores),
            summary: output.summary,
            command: command(&base),
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
fn command(base: &Path) -> String {
    let arguments = env::args_os().skip(1).filter(|argument| argument != "--resume");
    let arguments = arguments.map(|argument| argument.to_string_lossy().into_owned());
    let words = std::iter::once(base.display().to_string()).chain(arguments);
    words.collect::<Vec<_>>().join("\n")
}

/// The inputs that `args` name.
pub fn inputs(args: &InputArgs) -> Vec<Input> {
    Input::all(args.input.iter().chain(&args.paths))
}

/// The encoding that documents are to declare, if that of the output may be another than theirs.
fn relabel(reading: Reading, writing: Writing) -> Option<Encoding> {
    match (reading.encoding, writing.encoding) {
        (InputEncoding::Named(input), OutputEncoding::Named(output)) if input == output => None,
        (_, OutputEncoding::Named(output)) => Some(output),
        (_, OutputEncoding::Keep) => None,
    }
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

impl Reading {
    /// How `args` ask to read.
    pub fn of(args: &InputArgs) -> Self {
        let malformed = match args.malformed {
            args::Malformed::Error => Malformed::Error,
            args::Malformed::Replace => Malformed::Replace,
        };
        Self { encoding: args.encoding, malformed }
    }

    /// A decoder for `input`. What people type is UTF-8, and must not wait for detection.
    pub fn decoder(&self, input: &Input) -> AutoDecoder {
        let is_typed = || *input == Input::Stdin && io::stdin().is_terminal();
        match self.encoding {
            InputEncoding::Named(encoding) => Decoder::new(encoding, self.malformed).into(),
            InputEncoding::Auto if is_typed() => {
                Decoder::new(Encoding::UTF_8, self.malformed).into()
            }
            InputEncoding::Auto => AutoDecoder::new(self.malformed),
        }
    }
}

impl Writing {
    fn of(args: &OutputArgs, action: &Action) -> Self {
        let unmappable = match args.unmappable {
            args::Unmappable::Error => Unmappable::Error,
            args::Unmappable::Entity => Unmappable::Entity,
            args::Unmappable::Geta => Unmappable::Geta,
        };
        let default = match action {
            Action::Write | Action::Check | Action::Diff => OutputEncoding::Keep,
            Action::Print | Action::Output(_) => OutputEncoding::Named(Encoding::UTF_8),
        };
        Self { encoding: args.output_encoding.unwrap_or(default), unmappable }
    }
}
