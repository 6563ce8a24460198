//! The files of a shelf.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use fastrand::Rng;
use jianfan::encoding::{Encoder, Unmappable};

/// A file of the shelf.
#[derive(Clone)]
pub struct Book {
    /// From the tree on.
    pub path: PathBuf,
    pub kind: Kind,
    /// In bytes.
    pub size: usize,
}

/// What a file holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text in the encoding of this name, which both `iconv` and jianfan know.
    Text(&'static str),
    /// Text of another language.
    Code,
    Binary,
}

/// The kinds of twenty files.
const KINDS: [(Kind, usize); 7] = [
    (Kind::Text("GBK"), 6),
    (Kind::Text("BIG5"), 4),
    (Kind::Text("UTF-8"), 5),
    (Kind::Text("UTF-16LE"), 1),
    (Kind::Text("UTF-16BE"), 1),
    (Kind::Code, 1),
    (Kind::Binary, 2),
];

/// Simplified and Traditional text, and another.
struct Texts {
    hans: String,
    hant: String,
    en: String,
}

/// Builds a tree of so many files of `size` bytes together, of the texts in the folder `texts`.
pub fn build(root: &Path, texts: &Path, files: usize, size: usize, seed: u64) -> Result<Vec<Book>> {
    ensure!(files > 0, "a shelf has files");
    let read = |name: &str| {
        let path = texts.join(name);
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
    };
    let texts = Texts { hans: read("hans.txt")?, hant: read("hant.txt")?, en: read("en.txt")? };
    let mut rng = Rng::with_seed(seed);
    let kinds: Vec<Kind> =
        KINDS.iter().flat_map(|&(kind, count)| std::iter::repeat_n(kind, count)).collect();
    (0..files)
        .map(|number| {
            let kind = kinds[number % kinds.len()];
            // Most books are short, and some are long.
            let size = (-rng.f64().max(1e-9).ln() * (size / files) as f64) as usize;
            let bytes = bytes(kind, size.max(200), number, &texts, &mut rng)?;
            let path =
                PathBuf::from(format!("{:02}/{}/{}", number % 37, number % 7, name(kind, number)));
            let full = root.join(&path);
            fs::create_dir_all(full.parent().unwrap_or(root))?;
            fs::write(&full, &bytes).with_context(|| full.display().to_string())?;
            Ok(Book { path, kind, size: bytes.len() })
        })
        .collect()
}

fn name(kind: Kind, number: usize) -> String {
    match kind {
        Kind::Text(_) => format!("书{number}.txt"),
        Kind::Code => format!("{number}.md"),
        Kind::Binary => format!("{number}.png"),
    }
}

/// So many bytes of a kind, or somewhat more or less.
fn bytes(kind: Kind, size: usize, number: usize, texts: &Texts, rng: &mut Rng) -> Result<Vec<u8>> {
    let label = match kind {
        Kind::Text(label) => label,
        Kind::Code => return Ok(passage(&texts.en, size, rng).as_bytes().to_owned()),
        Kind::Binary => {
            let noise = (0..size).map(|_| rng.u8(..));
            return Ok(b"\x89PNG\r\n\x1A\n\0\0\0\r".iter().copied().chain(noise).collect());
        }
    };
    let text = match label {
        "GBK" => &texts.hans,
        "BIG5" => &texts.hant,
        _ if number.is_multiple_of(2) => &texts.hant,
        _ => &texts.hans,
    };
    // Three bytes of UTF-8 are two of the others.
    let text = passage(text, if label == "UTF-8" { size } else { size / 2 * 3 }, rng);
    let mut bytes = Vec::new();
    let bom = label.starts_with("UTF-16");
    let mut encoder = Encoder::new(label.parse()?, Unmappable::Geta, bom);
    encoder.encode(text, &mut bytes)?;
    encoder.finish(&mut bytes)?;
    Ok(bytes)
}

/// A part of so many bytes, of text that is as long, from any place on.
fn passage<'a>(text: &'a str, size: usize, rng: &mut Rng) -> &'a str {
    let start = text.ceil_char_boundary(rng.usize(..=text.len().saturating_sub(size)));
    let end = text.floor_char_boundary((start + size).min(text.len()));
    &text[start..end.max(start)]
}

/// So many of the books.
pub fn sample(books: &[Book], count: usize, seed: u64) -> Vec<Book> {
    let mut rng = Rng::with_seed(seed);
    rng.choose_multiple(books.iter(), count.min(books.len())).into_iter().cloned().collect()
}
