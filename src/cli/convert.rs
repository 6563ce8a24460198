//! `jianfan [convert]`: runs the plan.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::args::ConvertArgs;
use super::atomic::{CANT_WRITE, Replacement, make_room};
use super::identity::{is_regular, is_stdout};
use super::input::{Binary, Input};
use super::output::{ReaderGone, Stdout};
use super::pipe::convert;
use super::plan::{Job, Plan, Task};
use super::settings::Settings;
use super::{Status, diff, message};
use crate::encoding::EncodeError;

/// Converts what `args` ask for.
pub fn run(args: &ConvertArgs) -> Result<Status> {
    let settings = Settings::resolve(args)?;
    let plan = Plan::make(&settings)?;
    let mut status = Status::Done;
    for problem in &plan.problems {
        message::error(problem);
        status = Status::Failed;
    }
    for job in &plan.jobs {
        status = status.max(run_job(&settings, job)?);
    }
    Ok(status)
}

/// Runs one job and reports its error, if that does not concern all jobs.
fn run_job(settings: &Settings, job: &Job) -> Result<Status> {
    let done = match &job.task {
        Task::Print => print(settings, &job.input),
        Task::Replace => replace(settings, &job.input),
        Task::WriteTo(path) => write_to(settings, &job.input, path),
        Task::WriteBelow(folder, below) => write_below(settings, &job.input, folder, below),
        Task::Check => check(settings, &job.input),
        Task::Diff => diff::print(settings, &job.input),
    };
    report(done, &job.input, settings.quiet)
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

fn print(settings: &Settings, input: &Input) -> Result<Status> {
    if is_stdout(input.path()) {
        bail!("is the output too; write to another file, or in place with -w");
    }
    // Nobody waits for what a file holds, which comes at once.
    let flush = settings.flush && !is_regular(input.path());
    let mut stdout = Stdout::holding(HELD);
    let converted = convert(settings, input, input.open()?, &mut |chunk| {
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

fn replace(settings: &Settings, input: &Input) -> Result<Status> {
    let Some(path) = input.path() else {
        return Ok(Status::Done);
    };
    let reader = input.open()?;
    let mut replacement = Replacement::of(path)?;
    let differs = convert(settings, input, reader, &mut |chunk| {
        replacement.write_all(chunk.output).context(CANT_WRITE)
    })?;
    if differs {
        replacement.commit()?;
    }
    Ok(Status::Done)
}

fn write_to(settings: &Settings, input: &Input, path: &Path) -> Result<Status> {
    let about_output = || path.display().to_string();
    let reader = input.open()?;
    let mut replacement = Replacement::of(path).with_context(about_output)?;
    convert(settings, input, reader, &mut |chunk| {
        replacement.write_all(chunk.output).context(CANT_WRITE).with_context(about_output)
    })?;
    replacement.commit().with_context(about_output)?;
    Ok(Status::Done)
}

fn write_below(settings: &Settings, input: &Input, folder: &Path, below: &Path) -> Result<Status> {
    let target =
        make_room(folder, below).with_context(|| folder.join(below).display().to_string())?;
    write_to(settings, input, &target)
}

fn check(settings: &Settings, input: &Input) -> Result<Status> {
    if !convert(settings, input, input.open()?, &mut |_| Ok(()))? {
        return Ok(Status::Done);
    }
    if !settings.quiet {
        let mut stdout = Stdout::new();
        stdout.write(format!("{input}\n").as_bytes())?;
        stdout.flush()?;
    }
    Ok(Status::Found)
}
