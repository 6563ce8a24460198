//! What the arguments ask for, resolved: names found, tables read, defaults filled in.

use std::cell::Cell;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::args::{self, Color, ConvertArgs, InputArgs, OutputArgs};
use super::content::Content;
use super::conversion::Conversion;
use super::input::Input;
use super::message;
use super::values::{InputEncoding, OutputEncoding};
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
    /// Whether variation selectors have been spoken of.
    noted_selectors: Cell<bool>,
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
            noted_selectors: Cell::new(args.output.quiet),
        })
    }

    /// Says what is to be said of a text that holds `content`: some of it only once.
    pub fn note(&self, input: &Input, decoder: &AutoDecoder, content: Content) {
        if let (Some(replaced), false) = (decoder.replaced(), self.quiet) {
            message::replaced(input, replaced);
        }
        if content.selectors && !self.noted_selectors.replace(true) {
            message::variation_selectors();
        }
    }
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
