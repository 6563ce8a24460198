//! `cargo xtask detection`: how often the detector of encodings is right, on snippets of texts that
//! are given from outside, beside `chardetng` and the mark that it is to meet.
//!
//! A folder of texts named by language (`hans.txt hant.txt yue.txt ja.txt ko.txt en.txt`, and
//! Western ones such as `de.txt ru.txt` as far as there are any) gives the snippets: of every
//! encoding, length and kind in `blocks/`, cut at the ends of characters, the same in every run.
//! None of those texts may be one that the detector has learned from.

mod block;
mod blocks;
mod damage;
mod dress;
mod judge;
mod report;
mod snippet;
mod source;
mod stream;
mod texts;

use std::path::PathBuf;

use anyhow::Result;

use block::{Block, Cell, Column, Mark, Miss, Row};
use blocks::Given;
use texts::Texts;

/// Measures how often the encoding of a snippet is detected, beside chardetng.
///
/// A cell says what percentage jianfan gets right, ! if that is below the mark, the mark, and what
/// chardetng gets right. An encoding is right if it reads the snippet as the text that it is.
#[derive(clap::Args)]
pub struct Args {
    /// The folder of texts: hans.txt, hant.txt, yue.txt, ja.txt, ko.txt, en.txt, and more.
    #[arg(long, value_name = "DIR")]
    text: PathBuf,

    /// Real files, in folders named by their encoding.
    #[arg(long, value_name = "DIR")]
    real: Option<PathBuf>,

    /// Real pages of bulletin boards, in Big5.
    #[arg(long, value_name = "DIR")]
    ansi: Option<PathBuf>,

    /// A tenth of the snippets.
    #[arg(long)]
    quick: bool,

    /// Only rows whose name has this in it.
    #[arg(long, value_name = "KIND")]
    only: Option<String>,

    /// Print what was misjudged in the rows whose name has KIND in it, in the column LENGTH.
    #[arg(long, num_args = 2, value_names = ["KIND", "LENGTH"])]
    show: Option<Vec<String>>,

    /// How many misjudged snippets are printed for each cell.
    #[arg(long, value_name = "N", default_value_t = 40)]
    shown: usize,

    /// What the snippets follow from.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
}

/// How many cells have a mark, and how many of them meet it.
#[derive(Default)]
struct Tally {
    marks: usize,
    met: usize,
}

/// Runs the task; true if every mark is met.
pub fn run(args: &Args) -> Result<bool> {
    let texts = Texts::read(&args.text)?;
    let (real, ansi) = (args.real.as_deref(), args.ansi.as_deref());
    let blocks = blocks::all(&Given { texts: &texts, real, ansi, seed: args.seed })?;
    let mut tally = Tally::default();
    for block in &blocks {
        args.print(block, &mut tally);
    }
    println!("\n{} of {} cells meet the mark", tally.met, tally.marks);
    Ok(tally.met == tally.marks)
}

impl Args {
    fn print(&self, block: &Block, tally: &mut Tally) {
        let rows: Vec<&Row> = block.rows.iter().filter(|row| self.wants(row)).collect();
        if !rows.is_empty() {
            println!("{}", report::head(block));
        }
        for row in rows {
            self.print_row(row, &block.columns, tally);
        }
    }

    fn print_row(&self, row: &Row, columns: &[Column], tally: &mut Tally) {
        print!("{:<width$}", row.name, width = report::NAME);
        let mut misses = Vec::new();
        for (column, mark) in columns.iter().zip(&row.marks) {
            let Some((cell, missed)) = mark.and_then(|mark| self.measure(row, column, mark)) else {
                print!("{}", report::empty());
                continue;
            };
            let mark = mark.unwrap_or(Mark::Any);
            print!("{}", report::cell(cell, mark));
            tally.add(cell, mark);
            if self.shows(row, column) {
                misses.extend(missed.into_iter().take(self.shown));
            }
        }
        println!();
        misses.iter().for_each(|miss| println!("{}", report::miss(miss)));
    }

    /// What the detectors make of a cell; none if it has no snippets.
    fn measure(&self, row: &Row, column: &Column, mark: Mark) -> Option<(Cell, Vec<Miss>)> {
        let count = if self.quick { column.count.div_ceil(10) } else { column.count };
        let snippets = row.snippets(&Column { count, ..*column }, self.seed);
        (!snippets.is_empty()).then(|| row.measure(snippets, mark))
    }

    fn wants(&self, row: &Row) -> bool {
        self.only.as_ref().is_none_or(|only| row.name.contains(only.as_str()))
    }

    fn shows(&self, row: &Row, column: &Column) -> bool {
        self.show.as_deref().is_some_and(
            |show| matches!(show, [kind, length] if row.name.contains(kind.as_str()) && column.name == length),
        )
    }
}

impl Tally {
    fn add(&mut self, cell: Cell, mark: Mark) {
        if mark != Mark::Any {
            self.marks += 1;
            self.met += usize::from(mark.is_met(cell.jianfan()));
        }
    }
}
