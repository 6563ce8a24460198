//! Throughput of jianfan and of other converters of Chinese, on the same texts in one run, on one
//! thread: megabytes of UTF-8 input per second of the processor's time, how many times as fast jianfan is, and whether
//! the output is OpenCC's.
//!
//!     . target/opencc/env.sh
//!     cargo run --release --manifest-path benches/peers/Cargo.toml -- TEXTS
//!
//! TEXTS has a folder for each kind of text: `modern`, `classical`, `markdown`, or as you name
//! them. The files are UTF-8, of either script. Each text is made Simplified or Traditional by
//! OpenCC, as the config needs it, and measured again in the script that it is converted to.

mod peers;
mod report;
mod texts;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;
use clap::Parser;
use cpu_time::ThreadTime;

use peers::{Config, Peer};
use report::{Cell, Table};
use texts::{Kind, Makers};

/// Measures jianfan beside other converters of Chinese.
#[derive(Parser)]
struct Args {
    /// A folder with a folder of texts for each kind of text.
    texts: PathBuf,
    /// The configs to measure; all of them unless named.
    #[arg(long, value_delimiter = ',')]
    configs: Vec<Config>,
    /// Measure texts of about this many megabytes.
    #[arg(long, default_value_t = 8)]
    size: usize,
    /// How often each text is converted; the median counts.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Measure jianfan and OpenCC alone.
    #[arg(long)]
    opencc_only: bool,
}

fn main() -> Result<()> {
    let args = Args::parse();
    let kinds = texts::read(&args.texts, args.size * 1_000_000)?;
    let makers = Makers::new()?;
    let configs = if args.configs.is_empty() { Config::ALL.to_vec() } else { args.configs.clone() };
    let mut tables = Vec::new();
    for kind in &kinds {
        tables.extend(measure_kind(&args, kind, &configs, &makers)?);
    }
    tables.iter().for_each(Table::print);
    Ok(())
}

/// The tables of a kind of text as it is written, and of what each config leaves as it is.
fn measure_kind(
    args: &Args,
    kind: &Kind,
    configs: &[Config],
    makers: &Makers,
) -> Result<[Table; 2]> {
    let mut tables = [Table::new(&kind.name), Table::new(&format!("{}, unchanged", kind.name))];
    for &config in configs {
        eprintln!("{}: {config}", kind.name);
        let peers = Peer::open_all(config, args.opencc_only)?;
        let text = makers.source(kind, config)?;
        let unchanged = texts::unchanged(&text, &peers[Peer::OPENCC])?;
        for (table, text) in tables.iter_mut().zip([text, unchanged]) {
            table.push(config, text.len(), measure(&peers, &text, args.rounds)?);
        }
    }
    Ok(tables)
}

/// Converts the text with each of the peers in turn, so many times.
fn measure(peers: &[Peer], text: &str, rounds: usize) -> Result<Vec<Cell>> {
    let expected = peers[Peer::OPENCC].convert(text)?;
    let mut times = vec![Vec::new(); peers.len()];
    for _ in 0..rounds.max(1) {
        for (peer, times) in peers.iter().zip(&mut times) {
            times.push(time(peer, text)?);
        }
    }
    let cell = |(peer, times): (&Peer, Vec<Duration>)| {
        let differing = report::differing(&expected, &peer.convert(text)?);
        Ok(Cell { peer: peer.name, speed: report::speed(text.len(), times), differing })
    };
    peers.iter().zip(times).map(cell).collect()
}

/// The processor's time, so that what else the machine does counts less.
fn time(peer: &Peer, text: &str) -> Result<Duration> {
    let start = ThreadTime::now();
    let converted = peer.convert(std::hint::black_box(text))?;
    let time = start.elapsed();
    std::hint::black_box(converted.len());
    Ok(time)
}
