//! The `jianfan` command: arguments become settings, settings a plan, the plan runs.

mod args;
mod atomic;
mod batch;
mod check;
mod completions;
mod content;
mod conversion;
mod convert;
mod damage;
mod detect;
mod diff;
mod engine;
mod explain;
mod globs;
mod identity;
mod input;
mod line;
mod lines;
mod man;
mod message;
mod notes;
#[cfg(feature = "opencc")]
mod opencc;
mod output;
mod parallel;
mod pipe;
mod plan;
mod profile;
mod project;
mod repair;
mod settings;
mod strays;
mod tables;
mod values;
mod walk;

use std::process::ExitCode;

use args::{Cli, Command};
use line::Line;
use output::ReaderGone;

/// How a command ended, the mildest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Status {
    /// All is done.
    Done,
    /// `--check` found something.
    Found,
    /// An error was reported.
    Failed,
    /// A signal of this number stopped it.
    Stopped(u8),
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Done => 0,
            Status::Found => 1,
            Status::Failed => 2,
            // As the shell has it.
            Status::Stopped(signal) => 128 + signal,
        })
    }
}

/// Runs the command with the arguments of the process.
pub fn run() -> ExitCode {
    let (cli, line) = match args::parse() {
        Ok(parsed) => parsed,
        Err(error) if error.use_stderr() => {
            message::usage(&error);
            return Status::Failed.into();
        }
        // The help or the version was asked for.
        Err(error) => return exit(error.print().map_err(output::problem).map(|()| Status::Done)),
    };
    exit(dispatch(cli, line))
}

/// Reports an error that ended the command.
fn exit(done: anyhow::Result<Status>) -> ExitCode {
    match done {
        Ok(status) => status.into(),
        Err(error) if error.is::<ReaderGone>() => ExitCode::SUCCESS,
        Err(error) => {
            message::error(&error);
            Status::Failed.into()
        }
    }
}

fn dispatch(cli: Cli, line: Line) -> anyhow::Result<Status> {
    match cli.command {
        None => convert::run(&cli.convert, line),
        Some(Command::Convert(args)) => convert::run(&args, line),
        Some(Command::Explain(args)) => explain::run(&args, line),
        Some(Command::Detect(args)) => detect::run(&args, &line),
        Some(Command::Check(args)) => check::run(&args, line),
        Some(Command::Undo { journal }) => batch::undo::run(&journal),
        Some(Command::Tables { command }) => tables::run(&command),
        Some(Command::Completions { shell }) => completions::run(shell),
        Some(Command::Man) => man::run(),
    }
}
