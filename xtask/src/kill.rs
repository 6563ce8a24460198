//! `cargo xtask kill`: runs over a tree of files, killed at random moments, gone on with, taken back;
//! nothing may be lost, cut, doubled or left behind.

mod run;
mod scene;
mod variant;

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result};
use fastrand::Rng;

use crate::engine::build_jianfan;
use crate::files::command::empty;
use crate::files::specimen;
use crate::package;
use run::{Figures, Run};
use scene::Scene;
use variant::{CONVERSIONS, NUMBERS, VARIANTS};

/// Kills runs over a tree of files at random moments, and holds what is there then to what was there
/// before and what would be there afterwards; goes on with them, and takes them back.
#[derive(clap::Args)]
pub struct Args {
    /// How many runs are killed.
    #[arg(long, value_name = "N", default_value_t = 200)]
    runs: usize,

    /// What the tree, the moments and the signals follow from.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,

    /// How many files the tree has.
    #[arg(long, value_name = "N", default_value_t = 300)]
    files: usize,

    /// Where the tree is built; what failed stays there.
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,

    /// Instead of the command of this workspace.
    #[arg(long, value_name = "FILE")]
    program: Option<PathBuf>,
}

/// So large is the largest file, in bytes: enough to be converted in several threads.
const LARGE: usize = 5_000_000;

/// Runs the task; true if nothing went wrong.
pub fn run(args: &Args) -> Result<bool> {
    let program = args.program.clone().map_or_else(build_jianfan, Ok)?.canonicalize()?;
    let folder = match &args.folder {
        Some(folder) => folder.join("jianfan-kill"),
        None => package::work_dir()?.join("kill"),
    };
    empty(&folder)?;
    let folder = folder.canonicalize()?;
    let mut rng = Rng::with_seed(args.seed);
    specimen::build(&folder.join("original/tree"), args.files, LARGE, &mut rng)?;
    fs::write(folder.join("numbers.tsv"), NUMBERS)?;
    let mut scenes = Vec::new();
    for variant in VARIANTS {
        for conversion in CONVERSIONS {
            let scene = Scene::set(&program, &folder, variant, conversion);
            scenes.push(scene.with_context(|| format!("{} {conversion}", variant.arguments))?);
        }
    }
    let mut figures: Vec<Figures> = scenes.iter().map(|_| Figures::default()).collect();
    for number in 0..args.runs {
        let scene = number % scenes.len();
        let mut run = Run::new(&scenes[scene], number, rng.fork());
        let done = run.go();
        figures[scene].add(&run);
        match done {
            Ok(()) => fs::remove_dir_all(&run.folder)?,
            Err(error) => println!("{}: {error:#}", run.folder.display()),
        }
    }
    Ok(report(&scenes, &figures))
}

/// Prints the figures; true if nothing went wrong.
fn report(scenes: &[Scene], figures: &[Figures]) -> bool {
    println!("{:<60} {:>6} {}", "run", "ms", Figures::HEADER);
    let mut sum = Figures::default();
    for (scene, figures) in scenes.iter().zip(figures) {
        println!("{:<60} {:>6} {figures}", scene.name(), milliseconds(scene.duration));
        sum.sum(figures);
    }
    println!("{:<60} {:>6} {sum}", "all", "");
    sum.failed == 0
}

fn milliseconds(duration: Duration) -> u128 {
    duration.as_millis()
}
