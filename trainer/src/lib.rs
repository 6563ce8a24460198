//! What the programs that learn from texts share.

pub mod output;

use std::process::ExitCode;

use anyhow::Result;

/// How a program of that `name` ends: with a line on standard error, and status 2, if it failed.
pub fn exit(name: &str, done: Result<()>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{name}: {error:#}");
            ExitCode::from(2)
        }
    }
}
