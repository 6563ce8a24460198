//! Configs, text tables and compiled dictionaries of any content are read or refused.
#![no_main]

use jianfan::conversion::{Config, TofuRisk};
use jianfan::dictionary::{ocd2, text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = text::parse("fuzz.txt", bytes);
    let _ = text::parse_strict("fuzz.txt", bytes);
    let _ = ocd2::parse("fuzz.ocd2", bytes);
    if let Ok(json) = std::str::from_utf8(bytes) {
        let mut load = |_, file: &str| Ok(text::parse(file, b"a\tb\n")?.into());
        let _ = Config::parse("fuzz.json", json, TofuRisk::Include, &mut load);
    }
});
