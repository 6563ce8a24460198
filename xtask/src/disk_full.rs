//! `cargo xtask disk-full`: runs over a tree of files on a file system that is full before they have
//! come to their end, and what a run makes of it when there is room again.

mod disk;
mod run;

use std::path::PathBuf;

use anyhow::{Context, Result};
use fastrand::Rng;

use crate::engine::build_jianfan;
use crate::files::command::empty;
use crate::files::snapshot::Snapshot;
use crate::files::specimen;
use crate::package;
use disk::{Disk, Privacy};
use run::{Full, Run, VARIANTS};

/// Lets runs fill up a small file system, of which the space or the number of files runs out at many
/// moments: every file must stay whole, each error be told, and the rest be done when there is room.
#[derive(clap::Args)]
pub struct Args {
    /// At how many moments the disk is full, for each way of running.
    #[arg(long, value_name = "N", default_value_t = 10)]
    moments: u64,

    /// What the tree follows from.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,

    /// How many files the tree has.
    #[arg(long, value_name = "N", default_value_t = 150)]
    files: usize,

    /// Instead of the command of this workspace.
    #[arg(long, value_name = "FILE")]
    program: Option<PathBuf>,

    /// This process may mount what nobody else sees.
    #[arg(long, hide = true)]
    mounting: bool,
}

/// So large is the largest file, in bytes.
const LARGE: usize = 500_000;

/// Runs the task; true if nothing went wrong, or if no file system can be mounted.
pub fn run(args: &Args) -> Result<bool> {
    if !args.mounting {
        return match disk::privacy()? {
            Privacy::Process(mut command) => Ok(command.arg("--mounting").status()?.success()),
            Privacy::Impossible(reason) => {
                println!("disk-full: skipped, as no file system can be mounted: {reason}");
                Ok(true)
            }
        };
    }
    let program = args.program.clone().map_or_else(build_jianfan, Ok)?.canonicalize()?;
    let folder = package::work_dir()?.join("disk-full");
    empty(&folder)?;
    let folder = folder.canonicalize()?;
    let original = folder.join("original");
    let mut rng = Rng::with_seed(args.seed);
    specimen::build(&original, args.files, LARGE, &mut rng)?;
    let tree = Snapshot::read(&original)?;
    let space = Disk { space: Some(tree.space()), files: None };
    let files = Disk { space: None, files: Some(tree.nodes.len() as u64 + 8) };
    println!("{:<40} {:>6} {:>6} {:>6} {:>6}", "run", "runs", "full", "errors", "failed");
    let mut is_well = true;
    for variant in VARIANTS {
        for (full, disk) in [(Full::Space, space), (Full::Files, files)] {
            for journal_too in [false, true] {
                let run = Run { program: &program, folder: &folder, variant, full, journal_too };
                let name = run.name();
                let figures = run.moments(disk, args.moments).context(name.clone())?;
                println!("{name:<40} {figures}");
                is_well &= figures.failed == 0;
            }
        }
    }
    Ok(is_well)
}
