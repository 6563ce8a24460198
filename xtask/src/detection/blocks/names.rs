//! Names of files.

use fastrand::Rng;

use super::{Block, Column, Mark, Samples, Source, column, measure, row};
use crate::detection::block::Maker;
use crate::detection::snippet::Snippet;
use crate::detection::stream::Stream;

const COLUMNS: [Column; 1] = [column("names", 0, 2000)];

/// `…` is text, `#` a digit. Every encoding here has the signs beyond ASCII.
const PATTERNS: &[&str] = &[
    "….txt",
    "….txt",
    "第##章 ….txt",
    "第#回 ….txt",
    "《…》.txt",
    "【…】….rmvb",
    "….doc",
    "….jpg",
    "….mp3",
    "….pdf",
    "….xls",
    "….rar",
    "…",
    "…",
    "##. ….mp3",
    "##-….txt",
    "# ….doc",
    "…##.jpg",
    "…_2008####.xls",
    "… (#).txt",
    "[…]….rar",
    "… - ….mp3",
    "… ….txt",
    "…(…).pdf",
    "…-v#.#.zip",
    "20##-##-## ….html",
];

pub(super) fn block(sources: &[Source]) -> Block {
    let is_for_names =
        |source: &&Source| !matches!(source.name, "HZ" | "ISO-2022-CN" | "UTF-16LE" | "UTF-16BE");
    let rows = sources.iter().filter(is_for_names).map(|source| {
        let stream = source.stream.clone();
        let make: Maker = Box::new(move |rng, _| name(&stream, rng));
        let label = format!("file names, {}", source.name);
        row(label, measure(source), Mark::AtLeast(98.0), COLUMNS.len(), Samples::Made(make))
    });
    let title = "Names of files with 2 to 12 characters of text: % right";
    Block { title, columns: COLUMNS.to_vec(), rows: rows.collect() }
}

fn name(stream: &Stream, rng: &mut Rng) -> Option<Snippet> {
    let mut name = String::new();
    for c in rng.choice(PATTERNS)?.chars() {
        match c {
            '…' => name.push_str(&word(stream, rng)?),
            '#' => name.push(rng.digit(10)),
            c => name.push(c),
        }
    }
    Snippet::of(&name, stream.encoding)
}

/// Letters without punctuation: 2 to 12 of them, as far as the text has so many together.
fn word(stream: &Stream, rng: &mut Rng) -> Option<String> {
    const TRIES: usize = 100;
    let mut words = (0..TRIES).map(|_| {
        let phrase = stream.phrase(rng, 40);
        let words = phrase.split(|c: char| !c.is_alphanumeric() && c != ' ').map(str::trim);
        let longest = words.max_by_key(|word| word.len()).unwrap_or_default();
        longest.chars().take(rng.usize(2..=12)).collect::<String>()
    });
    words.find(|word| word.chars().count() >= 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jianfan::encoding::Encoding;

    #[test]
    fn names_have_words_without_punctuation() {
        let text = "話說當日林沖正閒走間，忽然背後人叫。".repeat(9);
        let stream = Stream::pure(&text, Encoding::BIG5, |_| true);
        let mut rng = Rng::with_seed(1);
        for _ in 0..200 {
            let name = name(&stream, &mut rng).unwrap().text();
            let letters = name.chars().filter(|c| !c.is_ascii()).count();
            assert!((2..=28).contains(&letters), "{name}");
            assert!(!name.contains(['，', '。', '…', '#']), "{name}");
        }
    }
}
