//! Throughput of detection, on texts that must be scanned and on those that tell at once.
//!
//!     JIANFAN_BENCH_TEXT=novel.txt cargo bench --bench detection
//!
//! The text is Simplified, UTF-8; without the variable the articles of the tests, repeated.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use jianfan::Converter;
use jianfan::encoding::{Detector, Encoder, Unmappable};

fn main() {
    divan::main();
}

/// What an input is: its name, the encoding that it is in, and its text.
type Input = (&'static str, &'static str, fn() -> String);

const INPUTS: [Input; 9] = [
    ("gb18030", "gb18030", simplified),
    ("big5", "big5", traditional),
    ("euc-kr", "euc-kr", korean),
    ("windows-1252", "windows-1252", french),
    ("html-gbk", "gbk", html),
    ("ascii", "ascii", english),
    ("utf-8", "utf-8", simplified),
    ("utf-16le", "utf-16le", simplified),
    ("hz", "hz-gb-2312", simplified),
];

const SIZE: usize = 1 << 20;

/// The windows that the detector decides by.
const WINDOWS: [usize; 2] = [4 << 10, 64 << 10];

fn names() -> impl Iterator<Item = &'static str> {
    INPUTS.iter().map(|(name, ..)| *name)
}

fn simplified() -> String {
    match std::env::var_os("JIANFAN_BENCH_TEXT") {
        Some(path) => std::fs::read_to_string(path).expect("a readable UTF-8 text"),
        None => concat!(
            include_str!("../tests/data/article.zh-CN.txt"),
            include_str!("../tests/data/sample.zh-CN.txt")
        )
        .to_owned(),
    }
}

fn traditional() -> String {
    Converter::config("s2tw").expect("built in").convert(&simplified()).into_owned()
}

fn korean() -> String {
    "모든 사람은 태어날 때부터 자유롭고, 존엄과 권리에 있어 평등하다. 사람은 이성과 양심을 \
     부여받았으며 서로 형제애의 정신으로 대해야 한다.\n"
        .to_owned()
}

fn french() -> String {
    "Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués de \
     raison et doivent agir les uns envers les autres dans un esprit de fraternité.\n"
        .to_owned()
}

fn english() -> String {
    "All human beings are born free and equal in dignity and rights. They are endowed with reason \
     and conscience and should act towards one another in a spirit of brotherhood.\n"
        .to_owned()
}

/// A list of links, with some words of Chinese in each.
fn html() -> String {
    let row = |line: &str| {
        let head: String = line.chars().take(8).collect();
        format!("<li class=\"item\"><a href=\"/2025/03/index.html?from=list\">{head}</a></li>\n")
    };
    simplified().lines().filter(|line| !line.is_empty()).map(row).collect()
}

/// The input of that name, as many whole repetitions as make `size` bytes, or one more.
fn bytes(name: &str, size: usize) -> Vec<u8> {
    let (_, label, text) = INPUTS.iter().find(|(known, ..)| *known == name).expect("an input");
    let mut encoder = Encoder::new(label.parse().expect("known"), Unmappable::Entity, false);
    let mut bytes = Vec::new();
    encoder.encode(&text(), &mut bytes).and_then(|()| encoder.finish(&mut bytes)).expect("held");
    bytes.repeat(size.div_ceil(bytes.len()))
}

fn detect(bytes: &[u8]) -> Detector {
    let mut detector = Detector::new();
    detector.push(bytes);
    detector.finish();
    detector
}

/// An input as a whole, of which only what is needed is looked at.
#[divan::bench(args = names(), sample_count = 20)]
fn input(bencher: Bencher<'_, '_>, name: &str) {
    let bytes = bytes(name, SIZE);
    bencher.counter(BytesCount::of_slice(&bytes)).bench_local(|| detect(black_box(&bytes)));
}

/// A window that is scanned to its end, as Big5 may be Big5-UAO all along.
#[divan::bench(args = WINDOWS, sample_count = 50)]
fn window(bencher: Bencher<'_, '_>, size: usize) {
    let bytes = bytes("big5", size);
    let bytes = &bytes[..size - 1];
    bencher.counter(BytesCount::of_slice(bytes)).bench_local(|| detect(black_box(bytes)));
}
