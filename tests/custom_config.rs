//! Custom configs from files: OpenCC's JSON with its comments, inline dictionaries, text and
//! .ocd2 dictionaries, and every way to get one wrong.

use std::fs;
use std::path::{Path, PathBuf};

use jianfan::Converter;
use jianfan::conversion::{ConfigError, TofuRisk};
use jianfan::load;
use tempfile::TempDir;

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, content) in files {
        fs::write(folder.path().join(name), content).expect("a writable folder");
    }
    folder
}

fn convert(folder: &Path, text: &str) -> String {
    let config = load::config(&folder.join("c.json"), TofuRisk::Exclude, &[]).expect("a config");
    let builder = Converter::builder().custom_config("c.json", config);
    builder.build().expect("small tables").convert(text).into_owned()
}

/// The message for a config that can't be opened, without the folder's name.
fn message(files: &[(&str, &str)]) -> String {
    let folder = folder(files);
    let error = load::config(&folder.path().join("c.json"), TofuRisk::Exclude, &[]).unwrap_err();
    let prefix = format!("{}{}", folder.path().display(), std::path::MAIN_SEPARATOR);
    error.to_string().replace(&prefix, "").replace(&folder.path().display().to_string(), "here")
}

fn chain(dict: &str) -> String {
    format!(r#"{{ "conversion_chain": [ {{ "dict": {dict} }} ] }}"#)
}

#[test]
fn comments_commas_inline_and_text_dictionaries() {
    let folder = folder(&[
        (
            "c.json",
            r#"{
                // ours
                "name": "house", /* with a title */
                "segmentation": { "type": "mmseg", "dict": { "type": "text", "file": "words.txt" } },
                "conversion_chain": [
                    { "dict": { "type": "group", "match_policy": "union", "dicts": [
                        { "type": "text", "file": "words.txt" },
                        { "type": "inline", "entries": { "网": "網", "页": "頁", } },
                    ] } },
                ],
            }"#,
        ),
        ("words.txt", "\u{feff}# words\r\n网络\t網路 網絡\r\n\r\n"),
    ]);
    assert_eq!(convert(folder.path(), "网络网页"), "網路網頁");
}

#[test]
fn a_config_may_name_built_in_tables_in_any_form() {
    for (kind, file) in
        [("text", "STCharacters.txt"), ("ocd2", "STCharacters.ocd2"), ("ocd", "STCharacters.ocd")]
    {
        let json = chain(&format!(r#"{{ "type": "{kind}", "file": "{file}" }}"#));
        let folder = folder(&[("c.json", &json)]);
        assert_eq!(convert(folder.path(), "汉"), "漢", "{kind}");
    }
}

#[test]
fn a_file_beside_the_config_wins_over_the_built_in_table() {
    let json = chain(r#"{ "type": "text", "file": "STCharacters.txt" }"#);
    let folder = folder(&[("c.json", &json), ("STCharacters.txt", "汉\tH\n")]);
    assert_eq!(convert(folder.path(), "汉"), "H");
}

#[test]
fn real_ocd2_files_are_read() {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/ocd2/village.ocd2");
    let json = chain(r#"{ "type": "ocd2", "file": "village.ocd2" }"#);
    let folder = folder(&[("c.json", &json)]);
    fs::copy(&fixture, folder.path().join("village.ocd2")).expect("a writable folder");
    let entries = load::table(&fixture).expect("a sound file");
    for entry in entries.entries() {
        assert_eq!(convert(folder.path(), &entry.key), entry.candidates[0], "{}", entry.key);
    }
}

#[test]
fn folders_are_searched_in_turn() {
    let tables = folder(&[("far.txt", "a\tb\n")]);
    let json = chain(r#"{ "type": "text", "file": "far.txt" }"#);
    let configs = folder(&[("c.json", &json)]);
    let path = configs.path().join("c.json");
    let found = load::config(&path, TofuRisk::Exclude, &[tables.path().to_owned()]);
    assert!(found.is_ok());
    let missing = load::config(&path, TofuRisk::Exclude, &[]);
    let message = missing.unwrap_err().to_string();
    assert!(message.contains("c.json:1:61: dictionary “far.txt” not found"), "{message}");
}

#[test]
fn tofu_risk_counts_in_conversion_and_not_in_segmentation() {
    let risky = r#"{ "type": "text", "file": "risky.txt", "may_output_tofu": true }"#;
    let json = format!(
        r#"{{ "segmentation": {{ "type": "mmseg", "dict": {risky} }}, "conversion_chain": [
            {{ "dict": {{ "type": "group", "dicts": [ {risky} ] }} }},
            {{ "dict": {{ "type": "inline", "entries": {{ "bc": "X" }} }} }} ] }}"#
    );
    let folder = folder(&[("c.json", &json), ("risky.txt", "ab\tYY\n")]);
    // Segments are a|ab|c: bc lies across an edge. What tofu empties vanishes.
    assert_eq!(convert(folder.path(), "aabcbc"), "aabcX");
    let path = folder.path().join("c.json");
    let config = load::config(&path, TofuRisk::Include, &[]).expect("a config");
    let converter = Converter::builder().custom_config("c", config).build().expect("small tables");
    assert_eq!(converter.convert("aabcbc"), "aYYcX");
}

#[test]
fn wrong_json_is_told_with_its_place() {
    let cases = [
        ("{ \"conversion_chain\": [ }", "c.json:1:25: "),
        ("{\n  'conversion_chain': [] }", "c.json:2:3: "),
        ("[]", "c.json:1:1: the config must be an object { … }"),
        ("{}", "c.json:1:1: \"conversion_chain\" is missing here"),
        (r#"{ "conversion_chain": 7 }"#, "c.json:1:23: expected a list [ … ] here"),
        (r#"{ "conversion_chain": [7] }"#, "c.json:1:24: expected an object { … } here"),
        (
            r#"{ "segmentation": { "type": "jieba" }, "conversion_chain": [] }"#,
            "c.json:1:29: unknown segmentation type \"jieba\"; expected \"mmseg\"",
        ),
    ];
    for (json, expected) in cases {
        let message = message(&[("c.json", json)]);
        assert!(message.starts_with(expected), "{json}: {message}");
    }
}

#[test]
fn wrong_dictionaries_are_told_with_their_place() {
    let cases = [
        (r#"{ "type": "texts", "file": "x" }"#, "unknown dictionary type \"texts\""),
        (r#"{ "type": "text" }"#, "\"file\" is missing here"),
        (r#"{ "type": "group", "dicts": [], "match_policy": "first" }"#, "unknown match_policy"),
        (r#"{ "type": "inline", "entries": { "a": "" } }"#, "must not be empty"),
        (r#"{ "type": "inline", "entries": { "": "a" } }"#, "must not be empty"),
        (r#"{ "type": "inline", "entries": { "a": "b", "a": "c" } }"#, "stands twice"),
        (r#"{ "type": "inline", "entries": {}, "may_output_tofu": true }"#, "can't have"),
        (r#"{ "type": "text", "file": "x", "may_output_tofu": 1 }"#, "expected true or false"),
        (r#"{ "type": "text", "file": "nowhere.txt" }"#, "looked in here, the working directory"),
        (r#"{ "type": "text", "file": "bad.txt" }"#, "bad.txt:2: no TAB after the key"),
        (r#"{ "type": "text", "file": "twice.txt" }"#, "twice.txt:3: the key “a” stands here"),
        (r#"{ "type": "text", "file": "latin.txt" }"#, "not valid UTF-8"),
        (r#"{ "type": "ocd2", "file": "cut.ocd2" }"#, "not a readable .ocd2 dictionary"),
        (r#"{ "type": "ocd2", "file": "empty.ocd2" }"#, "not a readable .ocd2 dictionary"),
        (r#"{ "type": "ocd2", "file": "text.ocd2" }"#, "not a readable .ocd2 dictionary"),
        (r#"{ "type": "ocd", "file": "bad.txt" }"#, "older .ocd format"),
    ];
    for (dict, expected) in cases {
        let json = chain(dict);
        let folder = [
            ("c.json", json.as_str()),
            ("bad.txt", "a\tb\nc d\n"),
            ("twice.txt", "a\tb\n\na\tc\n"),
            ("cut.ocd2", "OPENCC_MARISA_0.2.5We love"),
            ("empty.ocd2", ""),
            ("text.ocd2", "a\tb\n"),
        ];
        let message = match expected {
            "not valid UTF-8" => message_of_latin(&json),
            _ => message(&folder),
        };
        assert!(message.contains(expected), "{dict}: {message}");
    }
}

fn message_of_latin(json: &str) -> String {
    let folder = folder(&[("c.json", json)]);
    fs::write(folder.path().join("latin.txt"), b"a\tb\ncaf\xe9\tc\n").expect("a writable folder");
    let path = folder.path().join("c.json");
    load::config(&path, TofuRisk::Exclude, &[]).unwrap_err().to_string()
}

#[test]
fn deep_nesting_is_refused() {
    let mut dict = r#"{ "type": "inline", "entries": {} }"#.to_owned();
    for _ in 0..100_000 {
        dict = format!(r#"{{"type":"group","dicts":[{dict}]}}"#);
        if dict.len() > 1 << 20 {
            break;
        }
    }
    let message = message(&[("c.json", &chain(&dict))]);
    assert!(message.contains("nesting depth"), "{message}");
}

#[test]
fn a_config_that_is_a_folder_or_missing_is_an_error() {
    let folder = folder(&[]);
    let missing: PathBuf = folder.path().join("c.json");
    for path in [folder.path(), &missing] {
        let error = load::config(path, TofuRisk::Exclude, &[]).unwrap_err();
        assert!(matches!(error, ConfigError::Io { .. }), "{error}");
    }
}

#[test]
fn a_config_that_names_itself_as_dictionary_is_an_error() {
    let message = message(&[("c.json", &chain(r#"{ "type": "text", "file": "c.json" }"#))]);
    assert!(message.contains("c.json:1: no TAB after the key"), "{message}");
}
