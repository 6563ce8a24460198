//! Between places, where the text is cut plays no part, the script is settled the second time, and
//! a model that somebody has made up does no harm.
#![no_main]

use std::sync::LazyLock;

use jianfan::Converter;
use jianfan::Locale::{self, *};
use jianfan::context::{Model, code};
use jianfan::conversion::ConverterBuilder;
use libfuzzer_sys::fuzz_target;

/// The ways, and whether a text that has gone them has nothing left to change in its script.
const WAYS: [(Option<Locale>, Locale, bool); 12] = [
    (Some(ZhCn), ZhTw, true),
    (Some(ZhTw), ZhTw, true),
    (Some(ZhHk), ZhTw, false),
    (Some(ZhCn), ZhHk, true),
    (Some(ZhTw), ZhHk, false),
    (Some(ZhTw), ZhCn, true),
    (Some(ZhHk), ZhCn, false),
    (Some(ZhHans), ZhHant, true),
    (None, ZhTw, false),
    (None, ZhHk, false),
    (None, ZhCn, false),
    (None, ZhHant, false),
];

fn builder((from, to, _): (Option<Locale>, Locale, bool)) -> ConverterBuilder {
    match from {
        Some(from) => Converter::builder().locales(from, to),
        None => Converter::builder().to(to),
    }
}

/// Each way, with the words and without.
static CONVERTERS: LazyLock<Vec<(Converter, Converter)>> = LazyLock::new(|| {
    let build = |builder: ConverterBuilder| builder.build().expect("no tables");
    let pair = |way| (build(builder(way)), build(builder(way).script_only(true)));
    WAYS.into_iter().map(pair).collect()
});

/// A model's bytes around the parts that vary, so that some are whole.
fn model_bytes(classes: &[u8], weights: &[u8], words: &[u8], beginnings: u8) -> Vec<u8> {
    let classes = &classes[..classes.len() / 64 * 64];
    let beginnings = vec![0xff; 1 << (beginnings % 8)];
    let evidence = vec![0xff; 1 << 16];
    let parts = [classes, &evidence, weights, words, &beginnings];
    let lengths = parts.iter().map(|part| part.len() as u32);
    let header = std::iter::once(u32::from_le_bytes(*b"JFC1")).chain(lengths);
    header.flat_map(u32::to_le_bytes).chain(parts.concat()).collect()
}

fuzz_target!(|input: (u8, u8, String, Option<(Vec<u8>, Vec<u8>, Vec<u8>, u8)>)| {
    let (number, cut, text, model) = input;
    let number = usize::from(number) % WAYS.len();
    let (words, script) = &CONVERTERS[number];
    check_cuts(words, &text, cut);
    let once = script.convert(&text);
    // What is another character now, to the eyes of its neighbours, may be read anew.
    let codes = |text: &str| text.chars().map(code).collect::<Vec<u16>>();
    if WAYS[number].2 && codes(&once) == codes(&text) {
        assert_eq!(script.convert(&once), once);
    }
    if let Some((classes, weights, words, beginnings)) = model {
        assert!(Model::from_bytes(classes.clone()).is_err() || classes.starts_with(b"JFC1"));
        let Ok(model) = Model::from_bytes(model_bytes(&classes, &weights, &words, beginnings))
        else {
            return;
        };
        let codes = codes(&text);
        for at in 0..codes.len().min(30) {
            model.decide(&codes, at, None);
            model.vote(&codes, at);
            model.is_torn(&codes, at, codes.len().min(at + 3));
        }
        let converter = builder(WAYS[number]).model(model).build().expect("no tables");
        check_cuts(&converter, &text, cut);
    }
});

fn check_cuts(converter: &Converter, text: &str, cut: u8) {
    let expected = converter.convert(text);
    let (mut stream, mut out, mut rest) = (converter.stream(), String::new(), text);
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.ceil_char_boundary(1 + usize::from(cut)));
        stream.push(piece, &mut out);
        rest = after;
    }
    stream.finish(&mut out);
    assert_eq!(out, expected);
    assert_eq!(converter.trace(text).output(), expected);
}
