//! `jianfan completions`: the completion script of a shell.

use anyhow::Result;
use clap_complete::{Shell, generate};

use super::output::Stdout;
use super::{Status, args};

/// Prints the script for `shell`.
pub fn run(shell: Shell) -> Result<Status> {
    let mut script = Vec::new();
    generate(shell, &mut args::command(), "jianfan", &mut script);
    let mut stdout = Stdout::new();
    stdout.write(&script)?;
    stdout.flush()?;
    Ok(Status::Done)
}
