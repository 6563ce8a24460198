//! The blocks of the table, each with its marks.

mod ansi;
mod files;
mod head;
mod kinds;
mod names;
mod others;
mod pure;

use std::path::Path;

use anyhow::Result;

use super::block::{Block, Column, Mark, Row, Samples};
use super::judge::Measure;
use super::source::{Source, sources};
use super::texts::Texts;

/// What the table is made from.
pub struct Given<'a> {
    pub texts: &'a Texts,
    /// A folder of folders named by encoding.
    pub real: Option<&'a Path>,
    /// A folder of bulletin board pages.
    pub ansi: Option<&'a Path>,
    pub seed: u64,
}

/// The whole table.
pub fn all(given: &Given) -> Result<Vec<Block>> {
    let sources = sources(given.texts, given.seed)?;
    let mut blocks = vec![
        pure::block(&sources),
        kinds::block(&sources),
        head::block(&sources, given.texts.get("en")?),
        kinds::damaged(&sources),
        names::block(&sources),
        ansi::made(&sources),
    ];
    blocks.extend(others::blocks(given.texts)?);
    if let Some(folder) = given.ansi {
        blocks.push(ansi::given(folder)?);
    }
    if let Some(folder) = given.real {
        blocks.extend(files::blocks(folder)?);
    }
    Ok(blocks)
}

const fn column(name: &'static str, length: usize, count: usize) -> Column {
    Column { name, length, count }
}

/// The lengths of snippets of text alone.
const LENGTHS: [Column; 7] = [
    column("4", 4, 2000),
    column("8", 8, 2000),
    column("16", 16, 2000),
    column("32", 32, 2000),
    column("64", 64, 2000),
    column("256", 256, 2000),
    column("4096", 4096, 300),
];

/// A row whose mark is the same in all of `columns`.
fn row(name: String, measure: Measure, mark: Mark, columns: usize, samples: Samples) -> Row {
    Row { name, measure, marks: vec![Some(mark); columns], samples }
}

/// What is counted for a source whose rare characters are left to chance.
fn measure(source: &Source) -> Measure {
    match source.name {
        "Big5-HKSCS" | "Big5-UAO" => Measure::Big5,
        _ => Measure::Text,
    }
}
