//! What is not to be called Chinese: Western text, and ASCII.

use std::rc::Rc;

use anyhow::Result;
use fastrand::Rng;
use jianfan::encoding::Encoding;

use super::{Block, Column, LENGTHS, Mark, Measure, Samples, column, row};
use crate::detection::block::Maker;
use crate::detection::dress::Dress;
use crate::detection::snippet::Snippet;
use crate::detection::stream::Stream;
use crate::detection::texts::Texts;

/// All lengths together, for which the mark is.
const ALL: Column = column("all", ANY, 5000);

/// Stands for any of the other lengths up to 256.
const ANY: usize = 0;

const LATIN: &[(&str, &str)] = &[
    ("de", "windows-1252"),
    ("fr", "windows-1252"),
    ("es", "windows-1252"),
    ("pt", "windows-1252"),
    ("it", "windows-1252"),
    ("nl", "windows-1252"),
    ("sv", "windows-1252"),
    ("da", "windows-1252"),
    ("fi", "windows-1252"),
    ("nb", "windows-1252"),
    ("pl", "windows-1250"),
    ("cs", "windows-1250"),
    ("hu", "windows-1250"),
    ("sk", "windows-1250"),
    ("sl", "windows-1250"),
    ("hr", "windows-1250"),
    ("pl", "iso-8859-2"),
    ("cs", "iso-8859-2"),
    ("tr", "windows-1254"),
    ("lt", "windows-1257"),
    ("lv", "windows-1257"),
    ("et", "windows-1257"),
];

const CYRILLIC: &[(&str, &str)] = &[
    ("ru", "windows-1251"),
    ("ru", "koi8-r"),
    ("ru", "ibm866"),
    ("ru", "iso-8859-5"),
    ("uk", "windows-1251"),
    ("uk", "koi8-u"),
    ("bg", "windows-1251"),
    ("sr", "windows-1251"),
];

const OTHER: &[(&str, &str)] = &[
    ("el", "windows-1253"),
    ("he", "windows-1255"),
    ("ar", "windows-1256"),
    ("fa", "windows-1256"),
    ("th", "windows-874"),
    ("vi", "windows-1258"),
];

pub(super) fn blocks(texts: &Texts) -> Result<[Block; 2]> {
    let groups = [
        ("Latin", LATIN, Mark::AtMost(1.0)),
        ("Cyrillic", CYRILLIC, Mark::AtMost(1.0)),
        ("Greek, Hebrew, Arabic, Thai", OTHER, Mark::Any),
    ];
    let rows = groups.map(|(name, languages, mark)| {
        let streams = streams(texts, languages);
        let make: Maker = Box::new(move |rng, length| {
            let length = if length == ANY { rng.choice([4, 8, 16, 32, 64, 256])? } else { length };
            rng.choice(&streams)?.snippet(rng, length)
        });
        let samples = Samples::Made(make);
        let mut row = row(name.to_owned(), Measure::Cjk, Mark::Any, LENGTHS.len(), samples);
        row.marks.push(Some(mark));
        row
    });
    let western = Block {
        title: "Western text, by bytes: % called CJK or UTF-16",
        columns: LENGTHS.into_iter().chain([ALL]).collect(),
        rows: rows.into(),
    };
    Ok([western, ascii(texts)?])
}

/// Streams of which every snippet has a byte beyond ASCII.
fn streams(texts: &Texts, languages: &[(&str, &str)]) -> Vec<Stream> {
    let streams = languages.iter().filter_map(|(language, label)| {
        let encoding = Encoding::from_label(label)?;
        Stream::lines(texts.find(language)?, encoding).with_one_of(|c| !c.is_ascii())
    });
    streams.collect()
}

fn ascii(texts: &Texts) -> Result<Block> {
    let english = Rc::new(Stream::lines(texts.get("en")?, Encoding::ASCII));
    let code = english.clone();
    let dressed: Maker = Box::new(move |rng, length| {
        let file = Dress::Source.file(&code, rng, length);
        let start = rng.usize(..=file.len() - length);
        Snippet::of(&file[start..start + length], Encoding::ASCII)
    });
    let makers: [(&str, Maker); 3] = [
        ("ASCII, English", Box::new(move |rng, length| english.snippet(rng, length))),
        ("ASCII, source code", dressed),
        ("ASCII, digits and signs", Box::new(signs)),
    ];
    let rows = makers.map(|(name, make)| {
        let mark = Mark::AtMost(0.0);
        row(name.to_owned(), Measure::Utf16, mark, LENGTHS.len(), Samples::Made(make))
    });
    Ok(Block {
        title: "ASCII, by bytes: % called UTF-16",
        rows: rows.into(),
        columns: LENGTHS.to_vec(),
    })
}

/// Tables of numbers and the like, in lines or without.
fn signs(rng: &mut Rng, length: usize) -> Option<Snippet> {
    let alphabet = rng.choice([&b"0123456789"[..], b"0123456789abcdef", b"01 \n", b"-=+ |\n"])?;
    let bytes = (0..length).map(|_| alphabet[rng.usize(..alphabet.len())]).collect();
    Some(Snippet { bytes, encoding: Encoding::ASCII, unharmed: None })
}
