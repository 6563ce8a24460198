//! The tasks of this repository, run as `cargo xtask NAME`: renewing the
//! imported dictionaries and encodings, holding `jianfan` against the real
//! OpenCC and against itself, killing it and filling up its disk, and
//! measuring how accurately and how fast it converts and how often it
//! detects the encoding.

mod blocks;
mod conformance;
mod detection;
mod dictionaries;
mod differential;
#[cfg(unix)]
mod disk_full;
mod encodings;
mod engine;
mod eval;
#[cfg(unix)]
mod files;
mod folder;
#[cfg(unix)]
mod kill;
mod locales;
mod oracle;
mod package;
#[cfg(unix)]
mod shelf;
mod strings;

use std::process::ExitCode;

use clap::Parser;

/// The tasks of the jianfan repository.
#[derive(Parser)]
#[command(name = "cargo xtask")]
enum Task {
    Dictionaries(dictionaries::Args),
    Encodings(encodings::Args),
    Conformance(conformance::Args),
    Differential(differential::Args),
    Detection(detection::Args),
    Eval(eval::Args),
    Locales(locales::Args),
    #[cfg(unix)]
    Kill(kill::Args),
    #[cfg(unix)]
    DiskFull(disk_full::Args),
    #[cfg(unix)]
    Shelf(shelf::Args),
}

/// Exit status as the `jianfan` command has it: 0 all is well, 1 the task
/// found something, 2 it could not be done.
fn main() -> ExitCode {
    let result = match Task::parse() {
        Task::Dictionaries(args) => dictionaries::run(&args),
        Task::Encodings(args) => encodings::run(&args),
        Task::Conformance(args) => conformance::run(&args),
        Task::Differential(args) => differential::run(&args),
        Task::Detection(args) => detection::run(&args),
        Task::Eval(args) => eval::run(&args),
        Task::Locales(args) => locales::run(&args),
        #[cfg(unix)]
        Task::Kill(args) => kill::run(&args),
        #[cfg(unix)]
        Task::DiskFull(args) => disk_full::run(&args),
        #[cfg(unix)]
        Task::Shelf(args) => shelf::run(&args),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::from(2)
        }
    }
}
