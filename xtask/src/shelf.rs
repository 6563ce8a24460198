//! `cargo xtask shelf`: how fast a shelf of files in many encodings is converted, on one core and on
//! two, beside a shell loop of `iconv` and OpenCC's command.

mod build;
mod contestant;

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};

use crate::engine::build_jianfan;
use crate::files::command::empty;
use crate::package;
use build::Book;
use contestant::{Measured, jianfan, shell_loop};

/// Measures a run over a tree of files in GBK, Big5, UTF-8 and UTF-16, with code and binaries among
/// them, by jianfan on one core and on two, and by a shell loop of iconv and opencc.
#[derive(clap::Args)]
pub struct Args {
    /// A folder of texts in UTF-8: hans.txt, hant.txt and en.txt.
    #[arg(long, value_name = "DIR")]
    text: PathBuf,

    /// How many files the tree has.
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    files: usize,

    /// How large it is, in bytes.
    #[arg(long, value_name = "BYTES", default_value_t = 500_000_000)]
    size: usize,

    /// How many of the files the shell loop converts; its time is that of as many as there are.
    #[arg(long, value_name = "N", default_value_t = 300)]
    sample: usize,

    /// How often each run is measured; the median counts.
    #[arg(long, value_name = "N", default_value_t = 3)]
    times: usize,

    /// What the tree follows from.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,

    /// Where the tree is built; best in memory.
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,

    /// Instead of the command of this workspace.
    #[arg(long, value_name = "FILE")]
    program: Option<PathBuf>,
}

/// What is converted by.
const CONFIGS: [&str; 2] = ["s2twp", "s2t"];

/// Runs the task; true if nothing went wrong, since figures are no verdict.
pub fn run(args: &Args) -> Result<bool> {
    let program = args.program.clone().map_or_else(build_jianfan, Ok)?.canonicalize()?;
    let opencc = package::root().join("target/opencc/bin/opencc");
    let opencc = opencc.canonicalize().context("no opencc; scripts/build-opencc.sh builds it")?;
    let folder = match &args.folder {
        Some(folder) => folder.join("jianfan-shelf"),
        None => package::work_dir()?.join("shelf"),
    };
    empty(&folder)?;
    let books = build::build(&folder.join("tree"), &args.text, args.files, args.size, args.seed)?;
    let bytes: usize = books.iter().map(|book| book.size).sum();
    println!("{} files, {:.0} MB", books.len(), bytes as f64 / 1e6);
    println!("{:<8} {:<22} {:>8} {:>8} {:>9}", "config", "run", "s", "MB/s", "peak MB");
    for config in CONFIGS {
        compare(args, config, [&program, &opencc], &folder, &books)?;
    }
    std::fs::remove_dir_all(&folder)?;
    Ok(true)
}

/// Measures all of them with a config, and prints the ratios.
fn compare(
    args: &Args,
    config: &str,
    [program, opencc]: [&Path; 2],
    folder: &Path,
    books: &[Book],
) -> Result<()> {
    let bytes: usize = books.iter().map(|book| book.size).sum();
    let mut measured = [Vec::new(), Vec::new()];
    for _ in 0..args.times.max(1) {
        for (jobs, measured) in ["1", "2"].into_iter().zip(&mut measured) {
            measured.push(jianfan(program, config, jobs, folder)?);
        }
    }
    let [one, two] = measured.map(median);
    let sample = build::sample(books, args.sample, args.seed);
    let looped = shell_loop(opencc, config, folder, &sample)?;
    let share = books.len() as f64 / sample.len() as f64;
    let whole = Measured { time: looped.time.mul_f64(share), ..looped };
    let loop_name = format!("loop, by {} files", sample.len());
    for (name, measured) in [("jianfan -j 1", &one), ("jianfan -j 2", &two), (&loop_name, &whole)] {
        println!("{config:<8} {name:<22} {}", measured.row(bytes));
    }
    let ratio = |slow: Duration, fast: Duration| slow.as_secs_f64() / fast.as_secs_f64();
    println!(
        "{config:<8} two cores are {:.2} times one, and {:.1} times the loop",
        ratio(one.time, two.time),
        ratio(whole.time, two.time)
    );
    Ok(())
}

/// The one in the middle by its time, with the highest peak of all.
fn median(mut all: Vec<Measured>) -> Measured {
    all.sort_by_key(|measured| measured.time);
    let peak = all.iter().map(|measured| measured.peak).max().unwrap_or(0);
    Measured { time: all[all.len() / 2].time, peak }
}
