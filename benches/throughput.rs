//! Throughput of conversion and the time to open a converter; with the feature `opencc`, OpenCC
//! beside it in the same run.
//!
//!     JIANFAN_BENCH_TEXT=novel.txt cargo bench --features opencc
//!
//! The text is Simplified, UTF-8; without the variable the sample of the tests, repeated.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use jianfan::Converter;

fn main() {
    divan::main();
}

/// The configs compared, with the one that makes their input from Simplified text.
const CONFIGS: [(&str, Option<&str>); 4] =
    [("s2t", None), ("s2twp", None), ("t2s", Some("s2t")), ("tw2sp", Some("s2twp"))];

const SIZE: usize = 4 << 20;

fn configs() -> impl Iterator<Item = &'static str> {
    CONFIGS.iter().map(|(config, _)| *config)
}

/// The text that `config` converts.
fn text(config: &str) -> String {
    let simplified = match std::env::var_os("JIANFAN_BENCH_TEXT") {
        Some(path) => std::fs::read_to_string(path).expect("a readable UTF-8 text"),
        None => include_str!("../tests/data/sample.zh-CN.txt").to_owned(),
    };
    let text = simplified.repeat(SIZE.div_ceil(simplified.len()));
    let row = CONFIGS.iter().find(|(name, _)| *name == config);
    match row.and_then(|(_, from)| *from) {
        Some(from) => Converter::config(from).expect("built in").convert(&text).into_owned(),
        None => text,
    }
}

#[divan::bench(args = configs(), sample_count = 20)]
fn jianfan(bencher: Bencher<'_, '_>, config: &str) {
    let (text, converter) = (text(config), Converter::config(config).expect("built in"));
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| converter.convert(black_box(&text)).len());
}

#[cfg(feature = "opencc")]
#[divan::bench(args = configs(), sample_count = 20)]
fn opencc(bencher: Bencher<'_, '_>, config: &str) {
    use jianfan::conversion::TofuRisk;
    let text = text(config);
    let converter = jianfan::opencc::OpenCc::config(config, TofuRisk::Exclude).expect("built in");
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| converter.convert(black_box(&text)).map(|text| text.len()));
}

#[divan::bench(args = configs())]
fn open_jianfan(config: &str) -> Converter {
    Converter::config(black_box(config)).expect("built in")
}

#[cfg(feature = "opencc")]
#[divan::bench(args = configs(), sample_count = 5, sample_size = 1)]
fn open_opencc(config: &str) -> jianfan::opencc::OpenCc {
    use jianfan::conversion::TofuRisk;
    jianfan::opencc::OpenCc::config(black_box(config), TofuRisk::Exclude).expect("built in")
}
