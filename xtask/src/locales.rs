//! `cargo xtask locales`: what must hold of every way between places, on megabytes of text: a text
//! that has gone a way has nothing left to change there, and where it is cut plays no part.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use fastrand::Rng;
use jianfan::Converter;

use ways::{WAYS, Way, name};

#[path = "../../tests/support/ways.rs"]
mod ways;

/// Checks the ways between places on texts: converted twice, and converted in pieces.
#[derive(clap::Args)]
pub struct Args {
    /// Texts to convert, in UTF-8.
    #[arg(long, value_name = "FILE", num_args = 1.., required = true)]
    text: Vec<PathBuf>,

    /// How often each text is cut anew.
    #[arg(long, value_name = "N", default_value_t = 3)]
    cuts: u64,

    /// What the cuts follow from.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,

    /// How many differences are shown for each text and way.
    #[arg(long, value_name = "N", default_value_t = 10)]
    shown: usize,

    /// Only these ways, such as zh-CN>zh-TW or auto>zh-HK.
    #[arg(long, value_name = "FROM>TO", num_args = 1..)]
    way: Vec<String>,
}

const THREADS: usize = 2;

/// A text on one way.
struct Job<'a> {
    path: &'a Path,
    text: &'a str,
    way: Way,
}

/// What a job came to.
#[derive(Default)]
struct Outcome {
    bytes: usize,
    lines: usize,
    /// Lines that change the second time: each by itself, and within the whole text.
    again: usize,
    again_whole: usize,
    /// Lines, and whole texts, that come out otherwise in pieces.
    cut: usize,
    cut_whole: usize,
    time: Duration,
}

/// Runs the task; true if nothing differs.
pub fn run(args: &Args) -> Result<bool> {
    let mut texts = Vec::new();
    for path in &args.text {
        let text = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        texts.push((path.as_path(), String::from_utf8_lossy(&text).into_owned()));
    }
    let ways = WAYS.into_iter();
    let ways: Vec<Way> =
        ways.filter(|way| args.way.is_empty() || args.way.contains(&name(*way))).collect();
    let jobs =
        texts.iter().flat_map(|(path, text)| ways.iter().map(move |&way| Job { path, text, way }));
    let jobs = Mutex::new(jobs);
    let outcomes = Mutex::new(Vec::new());
    let next = || jobs.lock().ok().and_then(|mut jobs| jobs.next());
    println!("{}", header());
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                while let Some(job) = next() {
                    let outcome = job.run(args);
                    if let Ok(mut outcomes) = outcomes.lock() {
                        outcomes.push(outcome);
                    }
                }
            });
        }
    });
    let mut sum = Outcome::default();
    outcomes.into_inner().unwrap_or_default().iter().for_each(|outcome| sum.add(outcome));
    println!("{}", sum.row("all", ""));
    Ok(sum.again + sum.again_whole + sum.cut + sum.cut_whole == 0)
}

fn converter((from, to): Way) -> Converter {
    let builder = Converter::builder();
    let builder = match from {
        Some(from) => builder.locales(from, to),
        None => builder.to(to),
    };
    builder.build().expect("a builder without tables always builds")
}

impl Job<'_> {
    fn run(&self, args: &Args) -> Outcome {
        let start = Instant::now();
        let converter = converter(self.way);
        let mut rng = Rng::with_seed(args.seed);
        let mut outcome = Outcome { bytes: self.text.len(), ..Outcome::default() };
        let mut shown = Vec::new();
        let mut differences = 0;
        let mut show = |what: &str, from: &str, is: &str, other: &str| {
            differences += 1;
            if differences <= args.shown {
                shown.push(format!("  {what}: {from}\n    {is}\n    {other}\n"));
            }
        };
        for line in self.text.lines().filter(|line| !line.is_empty()) {
            outcome.lines += 1;
            let once = converter.convert(line);
            if converter.convert(&once) != once {
                outcome.again += 1;
                let small = shrunk(&converter, line);
                let once = converter.convert(small);
                show("again", small, &once, &converter.convert(&once));
            }
            let pieces = streamed(&converter, line, 40, &mut rng);
            if pieces != once {
                outcome.cut += 1;
                show("cut", line, &once, &pieces);
            }
        }
        let once = converter.convert(self.text);
        let twice = converter.convert(&once);
        let mut pairs = once.lines().zip(twice.lines());
        if once != twice {
            outcome.again_whole = once.lines().zip(twice.lines()).filter(|(a, b)| a != b).count();
            if let Some((once, twice)) = pairs.find(|(once, twice)| once != twice) {
                show("again in the whole text", "", once, twice);
            }
        }
        for _ in 0..args.cuts {
            let longest = [7, 300, 9_000, 200_000][rng.usize(..4)];
            let pieces = streamed(&converter, self.text, longest, &mut rng);
            if pieces != once {
                outcome.cut_whole += 1;
                let mut pairs = once.lines().zip(pieces.lines());
                let (once, pieces) = pairs.find(|(a, b)| a != b).unwrap_or_default();
                show(&format!("cut into pieces of up to {longest} bytes"), "", once, pieces);
            }
        }
        outcome.time = start.elapsed();
        let file = self.path.file_name().unwrap_or_default().to_string_lossy();
        // One call, so that two threads' reports don't mix.
        println!("{}\n{}", outcome.row(&name(self.way), &file), shown.concat());
        outcome
    }
}

/// The output of a stream that is fed `text` in pieces of random lengths.
fn streamed(converter: &Converter, text: &str, longest: usize, rng: &mut Rng) -> String {
    let (mut stream, mut out, mut rest) = (converter.stream(), String::new(), text);
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.ceil_char_boundary(rng.usize(1..=longest)));
        stream.push(piece, &mut out);
        rest = after;
    }
    stream.finish(&mut out);
    out
}

/// A small part of a line that still changes the second time.
fn shrunk<'a>(converter: &Converter, line: &'a str) -> &'a str {
    let fails = |text: &str| {
        let once = converter.convert(text);
        converter.convert(&once) != once
    };
    let mut text = line;
    // First by halves, then character by character.
    for shift in [64, 16, 4, 1] {
        loop {
            let shorter = |count: usize| text.char_indices().nth(count).map(|(at, _)| at);
            let count = text.chars().count();
            let behind = shorter(shift).map(|at| &text[at..]);
            let before = count.checked_sub(shift).and_then(shorter).map(|at| &text[..at]);
            match [behind, before].into_iter().flatten().find(|part| fails(part)) {
                Some(part) => text = part,
                None => break,
            }
        }
    }
    text
}

fn header() -> String {
    format!(
        "{:<16} {:<20} {:>6} {:>8} {:>7} {:>7} {:>5} {:>6} {:>6}",
        "way", "text", "MB", "lines", "again", "whole", "cut", "whole", "s"
    )
}

impl Outcome {
    fn add(&mut self, other: &Self) {
        self.bytes += other.bytes;
        self.lines += other.lines;
        self.again += other.again;
        self.again_whole += other.again_whole;
        self.cut += other.cut;
        self.cut_whole += other.cut_whole;
        self.time += other.time;
    }

    fn row(&self, way: &str, file: &str) -> String {
        format!(
            "{way:<16} {file:<20} {:>6.1} {:>8} {:>7} {:>7} {:>5} {:>6} {:>6.1}",
            self.bytes as f64 / 1e6,
            self.lines,
            self.again,
            self.again_whole,
            self.cut,
            self.cut_whole,
            self.time.as_secs_f64(),
        )
    }
}
