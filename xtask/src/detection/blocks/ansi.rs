//! Pages of bulletin boards: pictures of blocks and lines, with colours.

use std::path::Path;
use std::rc::Rc;

use anyhow::Result;
use fastrand::Rng;

use super::files::read_all;
use super::{Block, Column, Mark, Measure, Samples, Source, column, row};
use crate::detection::block::Maker;
use crate::detection::snippet::{Snippet, encode};
use crate::detection::stream::Stream;

const COLUMNS: [Column; 3] =
    [column("256", 256, 500), column("1K", 1024, 500), column("4096", 4096, 200)];

const MARK: Mark = Mark::AtLeast(75.0);

/// What pictures are made of.
const BLOCKS: [char; 26] = [
    '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█', '▉', '▊', '▋', '▌', '▍', '▎', '▏', '◢', '◣', '◤', '◥',
    '─', '│', '╭', '╮', '╰', '╯', '　',
];

/// Made pages, in any Big5 that has text.
pub(super) fn made(sources: &[Source]) -> Block {
    let sources = sources.iter().filter(|source| source.name.starts_with("Big5"));
    let rows = sources.map(|source| {
        let stream: Rc<Stream> = source.stream.clone();
        let make: Maker = Box::new(move |rng, length| page(&stream, rng, length));
        let name = format!("made pages, {}", source.name);
        row(name, Measure::Big5, MARK, COLUMNS.len(), Samples::Made(make))
    });
    let title = "Made bulletin board pages, by bytes: % of the family of Big5";
    Block { title, columns: COLUMNS.to_vec(), rows: rows.collect() }
}

/// Real pages, of a folder.
pub(super) fn given(folder: &Path) -> Result<Block> {
    let samples = Samples::Given(read_all(folder, jianfan::encoding::Encoding::BIG5)?);
    Ok(Block {
        title: "Real bulletin board pages: % of the family of Big5",
        columns: vec![column("files", 0, 0)],
        rows: vec![row("pages".to_owned(), Measure::Big5, MARK, 1, samples)],
    })
}

/// Part of a page: stretches of a picture and of text, each in a colour, and some changes of
/// colour between the two bytes of a character, which then has a half of each.
fn page(stream: &Stream, rng: &mut Rng, length: usize) -> Option<Snippet> {
    let mut bytes = Vec::new();
    while bytes.len() < length {
        if rng.usize(..3) > 0 {
            colour(rng, &mut bytes);
        }
        let stretch = match rng.usize(..10) {
            0..=5 => (0..rng.usize(2..12)).map(|_| BLOCKS[rng.usize(..BLOCKS.len())]).collect(),
            6..=8 => stream.phrase(rng, 12).to_owned(),
            _ => "\r\n".to_owned(),
        };
        for c in stretch.chars() {
            // Not every Big5 has every sign.
            let Some(code) = encode(c.encode_utf8(&mut [0; 4]), stream.encoding) else { continue };
            bytes.push(code[0]);
            if code.len() > 1 && rng.usize(..20) == 0 {
                colour(rng, &mut bytes);
            }
            bytes.extend_from_slice(&code[1..]);
        }
    }
    Some(Snippet { bytes, encoding: stream.encoding, unharmed: None })
}

/// A change of colour, as terminals take it.
fn colour(rng: &mut Rng, bytes: &mut Vec<u8>) {
    let (text, ground) = (rng.u8(30..=37), rng.u8(40..=47));
    let sequence = match rng.u8(..5) {
        0 => "\x1B[m".to_owned(),
        1 => format!("\x1B[{text}m"),
        2 => format!("\x1B[1;{text}m"),
        3 => format!("\x1B[{ground}m"),
        _ => format!("\x1B[1;{text};{ground}m"),
    };
    bytes.extend_from_slice(sequence.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use jianfan::encoding::Encoding;

    #[test]
    fn a_page_has_colours_pictures_text_and_split_characters() {
        let text = "話說當日林沖正閒走間，忽然背後人叫。".repeat(9);
        let stream = Stream::pure(&text, Encoding::BIG5, |_| true);
        let page = page(&stream, &mut Rng::with_seed(1), 20_000).unwrap();
        let text = page.text();
        assert!(text.contains('█') && text.contains("林沖") && text.contains("\x1B[m"));
        assert!(text.contains('\u{FFFD}'), "a change of colour splits some characters");
    }
}
