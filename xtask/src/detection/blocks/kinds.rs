//! Kinds of files, and text that came to harm.

use super::{Block, Column, Mark, Samples, Source, column, measure, row};
use crate::detection::block::Maker;
use crate::detection::damage::{cut_tail, wrong_bytes};
use crate::detection::dress::Dress;

const MARK: Mark = Mark::AtLeast(99.5);

const COLUMNS: [Column; 3] =
    [column("64", 64, 500), column("256", 256, 500), column("4096", 4096, 200)];

pub(super) fn block(sources: &[Source]) -> Block {
    let kinds = Dress::ALL.into_iter().flat_map(|dress| sources.iter().map(move |s| (dress, s)));
    let rows = kinds.map(|(dress, source)| {
        let name = format!("{}, {}", dress.name(), source.name);
        let stream = source.stream.clone();
        let make: Maker = Box::new(move |rng, length| dress.snippet(&stream, rng, length));
        row(name, measure(source), MARK, COLUMNS.len(), Samples::Made(make))
    });
    let title = "Source code, HTML, subtitles, tables, by bytes: % right";
    Block { title, columns: COLUMNS.to_vec(), rows: rows.collect() }
}

const DAMAGED: [Column; 6] = [
    column("tail 64", 64, 1000),
    column("tail 256", 256, 1000),
    column("tail 4096", 4096, 200),
    column("wrong 4096", 4096, 500),
    column("wrong 16K", 16 << 10, 100),
    column("wrong 64K", 64 << 10, 50),
];

/// From this column on, bytes are wrong; before it, the tail is cut.
const WRONG: usize = 3;

pub(super) fn damaged(sources: &[Source]) -> Block {
    // Where a character has no bytes of its own, there is nothing inside which to cut.
    let cut = sources.iter().filter(|source| !is_stateful(source));
    let cut = cut.map(|source| {
        let stream = source.stream.clone();
        let make: Maker = Box::new(move |rng, length| {
            let snippet = stream.snippet(rng, length)?;
            cut_tail(snippet, rng)
        });
        (format!("tail cut, {}", source.name), source, make, 0..WRONG)
    });
    let wrong = sources.iter().map(|source| {
        let stream = source.stream.clone();
        let make: Maker = Box::new(move |rng, length| {
            let snippet = stream.snippet(rng, length)?;
            Some(wrong_bytes(snippet, rng))
        });
        (format!("wrong byte in 4 KB, {}", source.name), source, make, WRONG..DAMAGED.len())
    });
    let rows = cut.chain(wrong).map(|(name, source, make, range)| {
        let mut row = row(name, measure(source), MARK, DAMAGED.len(), Samples::Made(make));
        for (at, mark) in row.marks.iter_mut().enumerate() {
            *mark = mark.filter(|_| range.contains(&at));
        }
        row
    });
    let title = "A tail cut inside a character, one wrong byte in 4 KB, by bytes: % right";
    Block { title, columns: DAMAGED.to_vec(), rows: rows.collect() }
}

fn is_stateful(source: &Source) -> bool {
    matches!(source.name, "HZ" | "ISO-2022-CN")
}
