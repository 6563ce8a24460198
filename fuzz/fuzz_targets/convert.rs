//! The fast path gives what the steps give, whole and in pieces, in every built-in config.
#![no_main]

use std::sync::LazyLock;

use jianfan::Converter;
use jianfan::dictionary::{Dictionary, Entry};
use libfuzzer_sys::fuzz_target;

/// Each config with and without a table of the user's, which keeps it to the steps; the table's
/// key is in no text that is tried.
static CONVERTERS: LazyLock<Vec<(Converter, Converter)>> = LazyLock::new(|| {
    let table = Dictionary::new("none", [Entry::new(NEVER, "x")]).expect("one entry");
    let pair = |(name, _)| {
        let builder = Converter::builder().config(name).expect("built in");
        let fast = builder.clone().build().expect("no table");
        (fast, builder.table(table.clone()).build().expect("a small table"))
    };
    Converter::configs().map(pair).collect()
});

const NEVER: &str = "\u{10ffff}\u{10fffe}\u{10fffd}";

fuzz_target!(|input: (u8, u8, String)| {
    let (config, cut, text) = input;
    if text.contains(NEVER) {
        return;
    }
    let (fast, steps) = &CONVERTERS[usize::from(config) % CONVERTERS.len()];
    let expected = steps.convert(&text);
    assert_eq!(fast.convert(&text), expected);
    let (mut stream, mut out, mut rest) = (fast.stream(), String::new(), text.as_str());
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.ceil_char_boundary(1 + usize::from(cut)));
        stream.push(piece, &mut out);
        rest = after;
    }
    stream.finish(&mut out);
    assert_eq!(out, expected);
});
