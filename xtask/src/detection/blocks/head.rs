//! Text behind a long head of ASCII.

use std::rc::Rc;

use jianfan::encoding::Encoding;

use super::{Block, Column, Mark, Samples, Source, column, measure, row};
use crate::detection::block::Maker;
use crate::detection::snippet::Snippet;
use crate::detection::stream::Stream;

const COLUMNS: [Column; 4] = [
    column("1K", 1 << 10, 500),
    column("16K", 16 << 10, 200),
    column("64K", 64 << 10, 100),
    column("200K", 200 << 10, 50),
];

/// How many bytes of text there are behind the head.
const TEXT: usize = 64;

pub(super) fn block(sources: &[Source], english: &str) -> Block {
    let ascii = Rc::new(Stream::lines(english, Encoding::ASCII));
    let extends_ascii = |source: &&Source| !source.name.starts_with("UTF-16");
    let rows = sources.iter().filter(extends_ascii).map(|source| {
        let (ascii, stream) = (ascii.clone(), source.stream.clone());
        let make: Maker = Box::new(move |rng, length| {
            let head = ascii.phrase(rng, length);
            let text = stream.snippet(rng, TEXT)?.text();
            Snippet::of(&format!("{head}\n{text}"), stream.encoding)
        });
        let name = format!("ASCII head, {}", source.name);
        let samples = Samples::Made(make);
        row(name, measure(source), Mark::AtLeast(99.5), COLUMNS.len(), samples)
    });
    let title = "64 bytes of text behind a head of ASCII, by bytes of the head: % right";
    Block { title, columns: COLUMNS.to_vec(), rows: rows.collect() }
}
