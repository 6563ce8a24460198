//! `--engine opencc`: the command gives the same bytes through OpenCC as through jianfan, whatever
//! the input, the output and the config are.

#![cfg(all(feature = "opencc", feature = "cli"))]

#[path = "cli/support.rs"]
mod support;

use assert_cmd::assert::Assert;
use jianfan::Converter;
use support::{Folder, SIMPLIFIED};

const TRADITIONAL: &str = include_str!("data/sample.zh-TW.txt");

/// The two samples, and between them what is special to OpenCC or to jianfan's streams.
fn sample() -> String {
    format!("{SIMPLIFIED}\0头发\0\0乾隆 㑮𩥉 \u{f91b}\n{TRADITIONAL}")
}

fn run(folder: &Folder, arguments: &str, engine: &str, input: &[u8]) -> Assert {
    let mut command = folder.jianfan(&format!("{arguments} --engine {engine}"));
    command.write_stdin(input).assert()
}

fn stdout(folder: &Folder, arguments: &str, engine: &str, input: &[u8]) -> Vec<u8> {
    run(folder, arguments, engine, input).success().stderr("").get_output().stdout.clone()
}

/// Checks that both engines give the same, and returns that.
fn same(folder: &Folder, arguments: &str, input: &[u8]) -> Vec<u8> {
    let native = stdout(folder, arguments, "native", input);
    let opencc = stdout(folder, arguments, "opencc", input);
    assert!(native == opencc, "{arguments}: the engines differ");
    opencc
}

/// Checks that the arguments are refused with this one line.
fn refused(folder: &Folder, arguments: &str, message: &str) {
    let line = format!("jianfan: {message}\n");
    run(folder, arguments, "opencc", b"").code(2).stdout("").stderr(line);
}

#[test]
fn every_config() {
    let folder = Folder::with(&[]);
    let sample = sample();
    for (name, _) in Converter::configs() {
        let output = same(&folder, &format!("-c {name}"), sample.as_bytes());
        assert_eq!(output.iter().filter(|byte| **byte == 0).count(), 3, "{name} loses a NUL");
        same(&folder, &format!("-c {name}.json --include-tofu-risk-dictionaries"), &output);
    }
}

#[test]
fn pairs_of_locales() {
    let folder = Folder::with(&[]);
    for pair in ["-f ja -t tw", "-f tw -t ja", "-f ja -t ja"] {
        same(&folder, pair, sample().as_bytes());
    }
    // Between places jianfan reads, and OpenCC goes through the config that fits.
    let pairs = [("-f cn -t tw", "s2twp"), ("-f hk -t cn", "hk2sp"), ("-t tw", "s2twp")];
    for (pair, config) in pairs {
        let expected = stdout(&folder, &format!("-c {config}"), "native", SIMPLIFIED.as_bytes());
        assert!(stdout(&folder, pair, "opencc", SIMPLIFIED.as_bytes()) == expected, "{pair}");
    }
    assert_eq!(stdout(&folder, "-t tw", "opencc", b"abc"), b"abc");
    run(&folder, "-t tw -v", "opencc", "这里".as_bytes())
        .stdout("這裡")
        .stderr("jianfan: <stdin>: utf-8, zh-CN\n");
}

#[test]
fn tofu_risks_are_left_out_unless_asked_for() {
    let folder = Folder::with(&[]);
    let text = "㑮𩥉䯀䰾䲁".as_bytes();
    let without = same(&folder, "-c t2s", text);
    let with = same(&folder, "-c t2s --include-tofu-risk-dictionaries", text);
    assert_ne!(without, with);
}

/// Words lie across the edges of the chunks in which the input is read.
#[test]
fn a_text_of_many_chunks_is_converted_as_a_whole() {
    let folder = Folder::with(&[]);
    let text = format!("a{}", "头发里面".repeat(50_000));
    let expected = format!("a{}", "頭髮裡面".repeat(50_000));
    assert!(same(&folder, "-c s2tw", text.as_bytes()) == expected.as_bytes());
}

#[test]
fn encodings_are_jianfan_s() {
    let folder = Folder::with(&[]);
    let big5 = b"\xba~\xa6r\n";
    assert_eq!(same(&folder, "-c t2s --encoding big5", big5), "汉字\n".as_bytes());
    let kept = same(&folder, "-c s2t --output-encoding keep", b"\xff\xfe\x49\x6c");
    assert_eq!(kept, b"\xff\xfe\x22\x6f");
    assert_eq!(same(&folder, "-c s2t --output-encoding big5", "汉字\n".as_bytes()), big5);
    let cut = run(&folder, "-c s2t --encoding utf-8", "opencc", b"\xe5\xa4\xb4\xff").code(2);
    cut.stdout("頭").stderr(
        "jianfan: <stdin>: malformed utf-8 at byte 3; \
         name another --encoding, or use --malformed replace\n",
    );
    let binary = run(
        &folder,
        "-c s2t",
        "opencc",
        b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0\x01\0\0\0\xff",
    )
    .code(2);
    binary.stdout("");
}

#[test]
fn files() {
    let folder = Folder::with(&[("a.txt", "头发\n".as_bytes()), ("b.txt", b"abc\n")]);
    let opencc = |arguments| run(&folder, arguments, "opencc", b"");
    opencc("-c s2t --check a.txt b.txt").code(1).stdout("a.txt\n");
    let diff = "--- a.txt\n+++ a.txt\n@@ -1 +1 @@\n-头发\n+頭髮\n";
    opencc("-t tw --diff a.txt").success().stdout(diff);
    opencc("-c s2t a.txt -o out.txt").success();
    opencc("-t tw -w a.txt b.txt").success();
    assert_eq!(folder.read("out.txt") + &folder.read("a.txt"), "頭髮\n頭髮\n");
    assert_eq!(folder.names(), ["a.txt", "b.txt", "out.txt"]);
}

const CUSTOM: &str = r#"{
    // "segmentation" counts what is risky, too
    "name": "custom", "segmentation": { "type": "mmseg", "dict": RISKY },
    "conversion_chain": [
        { "dict": { "type": "group", "match_policy": "union", "dicts": [ RISKY, ] } },
        { "dict": RISKY },
        { "dict": { "type": "inline", "entries": { "bc": "X", "file": "F" } } },
        { "dict": { "type": "ocd2", "file": "STCharacters.ocd2" } },
    ],
}"#;

/// A config with a table of its own in another folder, a built-in one and comments.
fn custom() -> Folder {
    let risky = r#"{ "type": "text", "file": "risky.txt", "may_output_tofu": true }"#;
    let config = format!("\u{feff}{}", CUSTOM.replace("RISKY", risky));
    Folder::with(&[("c/own.json", config.as_bytes()), ("far/risky.txt", b"ab\tYY\n")])
}

#[test]
fn custom_configs() {
    let folder = custom();
    let text = "aabcbc file 汉".as_bytes();
    for config in ["c/own.json --path far", "own.json --path c --path far"] {
        let config = format!("-c {config}");
        assert_eq!(same(&folder, &config, text), "aabcX F 漢".as_bytes());
        let config = format!("{config} --include-tofu-risk-dictionaries");
        assert_eq!(same(&folder, &config, text), "aYYcX F 漢".as_bytes());
    }
}

#[test]
fn what_opencc_has_not_is_refused() {
    let folder = Folder::with(&[("house.txt", "头发\t毛髮\n".as_bytes())]);
    let tables = "--table: OpenCC knows no tables but those of a config; \
                  name yours in a config file (-c FILE), or leave --engine opencc out";
    refused(&folder, "-c s2t --table house.txt", tables);
    refused(&folder, "-t tw --table builtin:tw-tai", tables);
    let script = "--script-only: OpenCC has a config for that; \
                  name it (-c s2tw), or leave --engine opencc out";
    refused(&folder, "-t tw --script-only", script);
    let model = "--model: OpenCC reads no context; leave --model or --engine opencc out";
    refused(&folder, "-t tw --model house.txt", model);
    let explain = "--engine opencc: OpenCC does not tell which entries it used; \
                   leave the option out, jianfan uses the same ones";
    refused(&folder, "explain -c s2t", explain);
}

#[test]
fn configs_that_can_t_be_opened() {
    let lost = br#"{ "name": "lost", "conversion_chain": [
        { "dict": { "type": "text", "file": "no.txt" } } ] }"#;
    let folder = Folder::with(&[("bad.json", b"{\n  \"name\" 1 }"), ("lost.json", lost)]);
    refused(
        &folder,
        "-c s2tpw",
        "unknown config \u{201c}s2tpw\u{201d}; did you mean s2tw, s2twp, s2t?",
    );
    refused(&folder, "-c ./no.json", "can't read ./no.json: No such file or directory");
    refused(
        &folder,
        "-c bad.json",
        "bad.json:2:10: Expected colon after the string or word in object property",
    );
    let lost = run(&folder, "-c lost.json", "opencc", b"").code(2).stdout("");
    let stderr = String::from_utf8_lossy(&lost.get_output().stderr);
    assert!(stderr.starts_with("jianfan: OpenCC: no.txt ") && stderr.lines().count() == 1);
}
