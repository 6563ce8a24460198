//! How a file is read, converted and written: what may differ from file to file.

use std::collections::HashMap;
use std::io::{self, IsTerminal};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result};

use super::args::{self, ConvertArgs, InputArgs, OutputArgs};
use super::conversion::Conversion;
use super::input::Input;
use super::line::Line;
use super::project::{Layer, Project};
use super::settings::Action;
use super::values::{InputEncoding, OutputEncoding};
use crate::encoding::{AutoDecoder, Decoder, Encoding, Malformed, Unmappable};

/// What is done with a text.
pub struct Profile {
    pub conversion: Conversion,
    pub reading: Reading,
    /// Whether to undo what was decoded wrongly once.
    pub repair: bool,
    pub writing: Writing,
    /// The encoding that documents are to declare.
    pub relabel: Option<Encoding>,
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

/// The profiles of all files: that of the command line and the project, and others where the
/// project has settings for some files. There, each is made when the first file needs it.
pub struct Profiles<P> {
    line: Line,
    project: Option<Project>,
    resolve: Box<Resolve<P>>,
    made: Mutex<HashMap<Vec<usize>, Arc<P>>>,
}

/// Makes what the command line asks for with those settings of the project.
type Resolve<P> = dyn Fn(&Line, &Layer) -> Result<P> + Send + Sync;

impl<P> Profiles<P> {
    /// Those of `project`, each made by `resolve`.
    ///
    /// # Errors
    ///
    /// If the only one can't be made.
    pub fn new(
        line: Line,
        project: Option<Project>,
        resolve: impl Fn(&Line, &Layer) -> Result<P> + Send + Sync + 'static,
    ) -> Result<Self> {
        let profiles = Self { line, project, resolve: Box::new(resolve), made: Mutex::default() };
        if profiles.with_overrides().is_none() {
            profiles.usual()?;
        }
        Ok(profiles)
    }

    /// The project, if it has settings for some files.
    fn with_overrides(&self) -> Option<&Project> {
        self.project.as_ref().filter(|project| !project.overrides.is_empty())
    }

    /// That of `input`.
    ///
    /// # Errors
    ///
    /// If it can't be made.
    pub fn of(&self, input: &Input) -> Result<Arc<P>> {
        match self.with_overrides() {
            None => self.usual(),
            Some(project) => {
                let overrides = input.path().map(|path| project.matching(path));
                self.made(overrides.unwrap_or_default()).with_context(|| input.to_string())
            }
        }
    }

    /// That of standard input, and of files that nothing else is said of.
    ///
    /// # Errors
    ///
    /// If it can't be made.
    pub fn usual(&self) -> Result<Arc<P>> {
        self.made(Vec::new())
    }

    fn made(&self, overrides: Vec<usize>) -> Result<Arc<P>> {
        // The map is whole at all times, whatever became of another thread.
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(profile) = made.get(&overrides) {
            return Ok(profile.clone());
        }
        let layer = self.project.as_ref().map(|it| it.layer(&overrides, self.line.command()));
        let profile = Arc::new((self.resolve)(&self.line, &layer.unwrap_or_default())?);
        made.insert(overrides, profile.clone());
        Ok(profile)
    }
}

impl Profile {
    /// What `args` ask for, if `action` is what becomes of the result.
    pub fn resolve(args: &ConvertArgs, action: &Action) -> Result<Self> {
        let (reading, writing) = (Reading::of(&args.input), Writing::of(&args.output, action));
        Ok(Self {
            conversion: Conversion::resolve(&args.conversion)?,
            reading,
            repair: args.repair,
            writing,
            relabel: if args.output.keep_declaration { None } else { relabel(reading, writing) },
        })
    }
}

/// The encoding that documents are to declare, if that of the output may be another than theirs.
fn relabel(reading: Reading, writing: Writing) -> Option<Encoding> {
    match (reading.encoding, writing.encoding) {
        (InputEncoding::Named(input), OutputEncoding::Named(output)) if input == output => None,
        (_, OutputEncoding::Named(output)) => Some(output),
        (_, OutputEncoding::Keep) => None,
    }
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
