//! `cargo xtask differential`: jianfan against the real OpenCC, byte for byte,
//! on texts and on generated strings.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ChildStdin;
use std::sync::Mutex;
use std::time::{Duration, Instant};
use std::{io, thread};

use anyhow::{Context, Result, bail, ensure};

use crate::blocks::{Block, Blocks};
use crate::engine::{Conversion, Engine, Mode};
use crate::{oracle, strings};

/// Compares jianfan with OpenCC's own command, line by line.
#[derive(clap::Args)]
pub struct Args {
    /// Texts to convert, in UTF-8.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    text: Vec<PathBuf>,

    /// How many strings to generate and convert; 0 for none.
    #[arg(long, value_name = "N", default_value_t = 1_000_000)]
    strings: u64,

    /// What the generated strings follow from.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,

    /// Only these configs.
    #[arg(long, value_name = "NAME", num_args = 1.., value_parser = oracle::CONFIGS)]
    config: Vec<String>,

    /// The command to test; without it, target/release/jianfan, built first.
    #[arg(long, value_name = "PATH")]
    jianfan: Option<PathBuf>,

    /// The OpenCC command to compare with; without it, the wheel's.
    #[arg(long, value_name = "PATH")]
    opencc: Option<PathBuf>,
}

const THREADS: usize = 2;
/// How many differences are shown for each text and config.
const SHOWN: usize = 10;

/// The two commands.
struct Engines {
    jianfan: Engine,
    opencc: Engine,
}

/// A text in one mode.
struct Job<'a> {
    mode: &'a Mode,
    path: &'a Path,
}

/// A line that the two convert differently.
struct Difference {
    /// Its number in the text; none for a line of padding between blocks.
    number: Option<u64>,
    /// Its place in the block.
    index: usize,
    input: Vec<u8>,
    jianfan: Vec<u8>,
    opencc: Vec<u8>,
}

/// What a job, or several of one mode, came to.
#[derive(Default)]
struct Outcome {
    bytes: u64,
    lines: u64,
    skipped: u64,
    /// Lines that differ; past the first that are shown, not confirmed.
    differing: u64,
    /// Lines where OpenCC agrees once it gets the block in one buffer.
    edges: u64,
    failed: u64,
    time: Duration,
}

/// Runs the task; true if nothing differs.
pub fn run(args: &Args) -> Result<bool> {
    let engines = Engines {
        jianfan: Engine::jianfan(args.jianfan.as_deref())?,
        opencc: oracle::engine(args.opencc.as_deref())?,
    };
    let mut texts = args.text.clone();
    for text in &texts {
        ensure!(text.is_file(), "no text at {}", text.display());
    }
    if args.strings > 0 {
        texts.push(strings::write(args.strings, args.seed)?);
    }
    let mut modes = oracle::modes();
    modes.retain(|mode| args.config.is_empty() || args.config.contains(&mode.config));
    let outcomes = run_jobs(&engines, &texts, &modes);
    print_table(&outcomes);
    let clean = |outcome: &Outcome| outcome.differing == 0 && outcome.failed == 0;
    Ok(outcomes.values().all(clean))
}

/// Runs every text in every mode, a few at a time.
fn run_jobs(engines: &Engines, texts: &[PathBuf], modes: &[Mode]) -> BTreeMap<Mode, Outcome> {
    let jobs = texts.iter().flat_map(|path| modes.iter().map(move |mode| Job { mode, path }));
    let jobs = Mutex::new(jobs);
    let outcomes = Mutex::new(BTreeMap::new());
    let next = || jobs.lock().ok().and_then(|mut jobs| jobs.next());
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                while let Some(job) = next() {
                    let outcome = job.run(engines);
                    if let Ok(mut outcomes) = outcomes.lock() {
                        let sum: &mut Outcome = outcomes.entry(job.mode.clone()).or_default();
                        sum.add(&outcome);
                    }
                }
            });
        }
    });
    outcomes.into_inner().unwrap_or_default()
}

impl Job<'_> {
    /// Runs the job and prints what differs; a failure is an outcome too, so
    /// that the other jobs go on.
    fn run(&self, engines: &Engines) -> Outcome {
        let start = Instant::now();
        let mut shown = Vec::new();
        let mut outcome = Outcome::default();
        let result = self.compare(engines, &mut outcome, &mut shown);
        outcome.time = start.elapsed();
        // One call, so that two threads' reports don't mix.
        let mut report: String = shown.iter().map(|d| self.describe(d)).collect();
        if let Err(error) = result {
            outcome.failed = 1;
            report += &format!("failed: {} {}: {error:#}\n", self.mode, self.path.display());
        }
        print!("{report}");
        eprintln!("{}", outcome.row(&self.mode.to_string()));
        outcome
    }

    fn compare(
        &self,
        engines: &Engines,
        outcome: &mut Outcome,
        shown: &mut Vec<Difference>,
    ) -> Result<()> {
        let mut blocks = Blocks::open(self.path)
            .with_context(|| format!("cannot read {}", self.path.display()))?;
        let mut jianfan = engines.jianfan.start(self.mode, self.feed()?)?;
        let mut opencc = engines.opencc.start(self.mode, self.feed()?)?;
        for block in blocks.by_ref() {
            let block = block?;
            outcome.bytes += block.bytes.len() as u64;
            outcome.lines += block.numbers.len() as u64;
            let found = compare_block(&block, &mut jianfan, &mut opencc)?;
            if shown.len() < SHOWN && !found.is_empty() {
                self.confirm(&engines.opencc, &block, found, outcome, shown)?;
            } else {
                outcome.differing += found.len() as u64;
            }
        }
        outcome.skipped = blocks.skipped;
        at_end(jianfan, "jianfan")?;
        at_end(opencc, "OpenCC")
    }

    fn feed(&self) -> Result<impl FnOnce(ChildStdin) -> io::Result<()> + Send + 'static> {
        let blocks = Blocks::open(self.path)?;
        Ok(move |mut stdin: ChildStdin| {
            for block in blocks {
                stdin.write_all(&block?.bytes)?;
            }
            Ok(())
        })
    }

    /// Gives the block to OpenCC once more, in one buffer, before anything
    /// that differs counts. The whole block, not the line: a description
    /// sequence left open takes its operands from the next line.
    fn confirm(
        &self,
        opencc: &Engine,
        block: &Block,
        found: Vec<Difference>,
        outcome: &mut Outcome,
        shown: &mut Vec<Difference>,
    ) -> Result<()> {
        let output = opencc.convert(self.mode, block.alone())?;
        let lines: Vec<&[u8]> = output.split_inclusive(|&byte| byte == b'\n').collect();
        for difference in found {
            if lines.get(difference.index) == Some(&&*difference.jianfan) {
                outcome.edges += 1;
                continue;
            }
            outcome.differing += 1;
            if shown.len() < SHOWN {
                shown.push(difference);
            }
        }
        Ok(())
    }

    fn describe(&self, difference: &Difference) -> String {
        let number =
            difference.number.map_or("between blocks".to_owned(), |number| number.to_string());
        let [input, jianfan, opencc] = [&difference.input, &difference.jianfan, &difference.opencc]
            .map(|line| String::from_utf8_lossy(line));
        let same = jianfan.chars().zip(opencc.chars());
        let same = same.take_while(|(a, b)| a == b).count();
        format!(
            "differs: {} {}:{number} at character {}\n  input   {}\n  jianfan {}\n  OpenCC  {}\n",
            self.mode,
            self.path.display(),
            same + 1,
            excerpt(&input, same),
            excerpt(&jianfan, same),
            excerpt(&opencc, same),
        )
    }
}

/// Reads a block's worth of lines from both; those that differ.
fn compare_block(
    block: &Block,
    jianfan: &mut Conversion,
    opencc: &mut Conversion,
) -> Result<Vec<Difference>> {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let mut found = Vec::new();
    let lines = block.bytes.split_inclusive(|&byte| byte == b'\n');
    for (index, input) in lines.enumerate() {
        let number = block.numbers.get(index).copied();
        let here = || format!("at line {}", number.unwrap_or_default());
        for (name, conversion, line) in
            [("jianfan", &mut *jianfan, &mut ours), ("OpenCC", &mut *opencc, &mut theirs)]
        {
            if !conversion.read_line(line).with_context(here)? {
                bail!("{name}'s output ends {}{}", here(), words(conversion));
            }
        }
        if ours != theirs {
            found.push(Difference {
                number,
                index,
                input: input.to_owned(),
                jianfan: ours.clone(),
                opencc: theirs.clone(),
            });
        }
    }
    Ok(found)
}

/// What a process that ended too early says, if it says anything.
fn words(conversion: &mut Conversion) -> String {
    match conversion.wait() {
        Ok(()) => String::new(),
        Err(error) => format!(": {error:#}"),
    }
}

fn at_end(mut conversion: Conversion, name: &str) -> Result<()> {
    let mut line = Vec::new();
    if conversion.read_line(&mut line)? {
        bail!(
            "{name} writes on where the text has ended: {}",
            excerpt(&String::from_utf8_lossy(&line), 0)
        );
    }
    conversion.wait()
}

/// What stands around the `at`th character, with controls made visible.
fn excerpt(line: &str, at: usize) -> String {
    const BEFORE: usize = 40;
    const AFTER: usize = 60;
    let start = at.saturating_sub(BEFORE);
    let part: String = line.chars().skip(start).take(at - start + AFTER).collect();
    let before = if start > 0 { "…" } else { "" };
    let cut = line.chars().nth(at + AFTER).is_some();
    let after = if cut { "…" } else { "" };
    format!("{before}{}{after}", part.escape_debug())
}

impl Outcome {
    fn add(&mut self, other: &Self) {
        self.bytes += other.bytes;
        self.lines += other.lines;
        self.skipped += other.skipped;
        self.differing += other.differing;
        self.edges += other.edges;
        self.failed += other.failed;
        self.time += other.time;
    }

    fn row(&self, name: &str) -> String {
        format!(
            "{name:<12} {:>9.1} {:>10} {:>8} {:>10} {:>6} {:>6} {:>7.1}",
            self.bytes as f64 / 1e6,
            self.lines,
            self.skipped,
            self.differing,
            self.edges,
            self.failed,
            self.time.as_secs_f64(),
        )
    }
}

fn print_table(outcomes: &BTreeMap<Mode, Outcome>) {
    println!(
        "{:<12} {:>9} {:>10} {:>8} {:>10} {:>6} {:>6} {:>7}",
        "config", "MB", "lines", "skipped", "differing", "edges", "failed", "s"
    );
    let mut sum = Outcome::default();
    for (mode, outcome) in outcomes {
        println!("{}", outcome.row(&mode.to_string()));
        sum.add(outcome);
    }
    println!("{}", sum.row("all"));
    if sum.edges > 0 {
        println!("edges: lines that OpenCC converts otherwise across its own buffer's edge");
    }
}
