//! The built-in configs as their files say, and text that is hard on them.

use std::path::Path;
use std::sync::Arc;

use jianfan::conversion::{Config, TofuRisk};
use jianfan::dictionary::text;
use proptest::prelude::*;

/// Few characters, so that keys collide: an operator and a selector among them, ASCII, and
/// characters of one, two, three and four bytes.
pub const ALPHABET: &[&str] =
    &["a", "b", "é", "中", "发", "⿰", "\u{2ffe}", "𠮷", "\u{fe00}", "里"];

/// How many cases to try: `usual`, or as many times more as `JIANFAN_THOROUGH` says.
pub fn cases(usual: u32) -> u32 {
    let times = std::env::var("JIANFAN_THOROUGH").ok().and_then(|times| times.parse().ok());
    usual * times.unwrap_or(1)
}

/// A built-in config as its JSON and its text tables say.
pub fn parse_builtin(name: &str, tofu_risk: TofuRisk) -> Config {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("dictionaries/opencc");
    let read = |file: String| std::fs::read(folder.join(file)).expect("a file of the package");
    let json = String::from_utf8(read(format!("config/{name}.json"))).expect("UTF-8");
    let mut load = |_, file: &str| {
        let table = text::parse(file, &read(file.to_owned()));
        Ok(Arc::new(table.expect("a well-formed table")))
    };
    Config::parse(name, &json, tofu_risk, &mut load).expect("a well-formed config")
}

/// Generates text out of a config's own keys, whole and cut, and characters of all kinds. Each
/// of the config's dictionaries counts the same, however many entries it has.
pub fn text_of_keys(config: &Config) -> impl Strategy<Value = String> + use<> {
    let groups = config.normalization.iter().chain(&config.segmentation);
    let dictionaries =
        groups.chain(&config.conversion_chain).flat_map(|group| group.dictionaries());
    let keys: Vec<Vec<String>> = dictionaries
        .map(|dictionary| dictionary.entries().iter().map(|entry| entry.key.clone()).collect())
        .collect();
    let cut = |(key, len): (String, usize)| key.chars().take(len).collect::<String>();
    // By number: to select from a selected list would copy that list for each key.
    let keys: Arc<[Vec<String>]> = keys.into();
    let number = any::<prop::sample::Index>;
    let key = (number(), number()).prop_map(move |(dictionary, key)| {
        let keys = &keys[dictionary.index(keys.len())];
        keys[key.index(keys.len())].clone()
    });
    let piece = prop_oneof![
        12 => key.clone(),
        4 => (key, 1_usize..4).prop_map(cut),
        1 => any::<char>().prop_map(String::from),
        1 => prop::sample::select(ALPHABET).prop_map(str::to_owned),
        1 => "[ -~]{1,12}",
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}
