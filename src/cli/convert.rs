//! `jianfan [convert]`: runs the plan.

use anyhow::{Result, bail};

use super::args::ConvertArgs;
use super::batch::beginning::Beginning;
use super::identity::{is_regular, is_stdout};
use super::input::{Binary, Input};
use super::line::Line;
use super::notes::Notes;
use super::output::{ReaderGone, Stdout};
use super::pipe::convert;
use super::plan::{Job, Plan, Task};
use super::settings::Settings;
use super::{Status, batch, message};
use crate::encoding::EncodeError;

/// Converts what `args` ask for.
pub fn run(args: &ConvertArgs, line: Line) -> Result<Status> {
    let settings = Settings::resolve(args, line)?;
    let beginning = Beginning::of(&settings)?;
    let plan = match beginning.has_names_only() {
        true => Plan::default(),
        false => Plan::make(&settings)?,
    };
    match plan.jobs.as_slice() {
        [job @ Job { task: Task::Print, .. }] => {
            let mut notes = Notes::default();
            let done = print(&settings, job, &mut notes);
            notes.tell(&mut false);
            report(done, &job.input, settings.quiet)
        }
        _ => batch::run(&settings, plan, beginning),
    }
}

/// What is left of the result of a job when its error has been reported.
pub fn report(done: Result<Status>, input: &Input, quiet: bool) -> Result<Status> {
    match done {
        Err(error) if error.is::<ReaderGone>() => Err(error),
        Err(error) if error.is::<Binary>() && matches!(input, Input::Found(_)) => {
            if !quiet {
                message::note(format_args!("{input}: skipped, as it looks like binary data"));
            }
            Ok(Status::Done)
        }
        Err(error) => {
            message::error(&error.context(input.to_string()));
            Ok(Status::Failed)
        }
        done => done,
    }
}

/// How much of a result to hold in memory, so that nothing is written of a short one that the
/// output encoding can't hold: bytes.
const HELD: usize = 1 << 20;

fn print(settings: &Settings, job: &Job, notes: &mut Notes) -> Result<Status> {
    let input = &job.input;
    if is_stdout(input.path()) {
        bail!("is the output too; write to another file, or in place with -w");
    }
    // Nobody waits for what a file holds, which comes at once.
    let is_file = is_regular(input.path());
    let flush = settings.flush && !is_file;
    let threads = if is_file { settings.jobs.get() } else { 1 };
    let mut stdout = Stdout::holding(HELD);
    let converted = convert(settings, job, input.open()?, threads, notes, &mut |chunk| {
        stdout.write(chunk.output)?;
        if chunk.pause && flush { stdout.flush() } else { Ok(()) }
    });
    if converted.as_ref().is_err_and(|error| error.is::<EncodeError>()) {
        stdout.discard();
    } else {
        stdout.flush()?;
    }
    converted.map(|_| Status::Done)
}
