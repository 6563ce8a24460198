//! One article in each of the Chinese encodings: detected, decoded and converted to the same text,
//! whole and byte by byte, through the library and through the command.
#![cfg(feature = "cli")]

#[path = "support/codecs.rs"]
mod codecs;

use std::fs;

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin_cmd;
use jianfan::encoding::{AutoDecoder, Encoder, Malformed, Unmappable};
use jianfan::{Converter, Locale};
use tempfile::TempDir;

const TRADITIONAL: &str = include_str!("data/article.zh-TW.txt");
const SIMPLIFIED: &str = include_str!("data/article.zh-CN.txt");

/// What Big5 and Windows' Big5 lack and Big5-HKSCS has, and what only Big5-UAO has.
const CANTONESE: &str = "\n「佢哋喺度修咗成日嘢，啲嘢仲係好嘅。」香港來的朋友說。\n";
const BULLETIN: &str = "\n板上有人推文：「谢谢你们，东西修好了 ♡ ありがとう」\n";

/// An encoding, with or without a byte order mark, and the scripts of the article that it holds.
type Row = (&'static str, bool, &'static [Script]);

#[derive(Debug, Clone, Copy, PartialEq)]
enum Script {
    Hant,
    Hans,
}
use Script::{Hans, Hant};

const ROWS: [Row; 19] = [
    ("utf-8", false, &[Hant, Hans]),
    ("utf-8", true, &[Hant, Hans]),
    ("utf-16le", false, &[Hant, Hans]),
    ("utf-16le", true, &[Hant, Hans]),
    ("utf-16be", false, &[Hant, Hans]),
    ("utf-16be", true, &[Hant, Hans]),
    ("utf-32le", false, &[Hant, Hans]),
    ("utf-32le", true, &[Hant, Hans]),
    ("utf-32be", false, &[Hant, Hans]),
    ("utf-32be", true, &[Hant, Hans]),
    ("gb18030", false, &[Hant, Hans]),
    ("gbk", false, &[Hant, Hans]),
    ("iso-2022-cn", false, &[Hant, Hans]),
    ("hz-gb-2312", false, &[Hans]),
    ("big5", false, &[Hant]),
    ("cp950", false, &[Hant]),
    ("big5-hkscs", false, &[Hant]),
    ("big5-uao", false, &[Hant]),
    ("euc-tw", false, &[Hant]),
];

/// The article in an encoding.
struct Case {
    name: String,
    label: &'static str,
    bom: bool,
    script: Script,
    text: String,
    bytes: Vec<u8>,
}

fn cases() -> Vec<Case> {
    let case = |label, bom, script| {
        let text = article(label, script);
        let bytes = encoded(&text, label, bom);
        let mark = if bom { " with a mark" } else { "" };
        Case { name: format!("{script:?} in {label}{mark}"), label, bom, script, text, bytes }
    };
    let cases = ROWS
        .iter()
        .flat_map(|(label, bom, held)| held.iter().map(move |script| case(label, *bom, *script)));
    cases.collect()
}

fn article(label: &str, script: Script) -> String {
    match (script, label) {
        (Hans, _) => SIMPLIFIED.to_owned(),
        (Hant, "big5-hkscs") => [TRADITIONAL, CANTONESE].concat(),
        (Hant, "big5-uao") => [TRADITIONAL, BULLETIN].concat(),
        (Hant, _) => TRADITIONAL.to_owned(),
    }
}

fn encoded(text: &str, label: &str, bom: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(codecs::encoding(label), Unmappable::Error, bom);
    encoder.encode(text, &mut bytes).and_then(|()| encoder.finish(&mut bytes)).expect(label);
    bytes
}

impl Case {
    /// The place to convert the article to: the one that it is not from.
    fn target(&self) -> Locale {
        if self.script == Hant { Locale::ZhCn } else { Locale::ZhTw }
    }

    /// What converting the text itself gives.
    fn expected(&self) -> String {
        Converter::to(self.target()).convert(&self.text).into_owned()
    }

    /// The bytes detected, decoded and converted, in pieces.
    fn converted(&self, size: usize) -> String {
        let converter = Converter::to(self.target());
        let (mut decoder, mut stream) = (AutoDecoder::new(Malformed::Error), converter.stream());
        let (mut text, mut out) = (String::new(), String::new());
        for piece in self.bytes.chunks(size) {
            decoder.decode(piece, &mut text).expect(&self.name);
            stream.push(&text, &mut out);
            text.clear();
        }
        decoder.finish(&mut text).expect(&self.name);
        stream.push(&text, &mut out);
        stream.finish(&mut out);
        out
    }
}

fn assert_same(found: &str, expected: &str, name: &str) {
    let differing = found.lines().zip(expected.lines()).find(|(found, expected)| found != expected);
    assert!(found == expected, "{name}: {differing:?}");
}

/// Or all of this would show nothing.
#[test]
fn the_article_has_much_to_convert() {
    let words = |locale, text: &str, words: &[&str]| {
        let converted = Converter::to(locale).convert(text);
        words.iter().for_each(|word| assert!(converted.contains(word), "{word}"));
    };
    let simplified =
        ["打印机", "硬盘", "鼠标", "操作系统", "头发", "清干净", "后来", "面包机", "里长"];
    words(Locale::ZhCn, TRADITIONAL, &simplified);
    let traditional =
        ["印表機", "硬碟", "滑鼠", "作業系統", "頭髮", "清乾淨", "後來", "麵包機", "裡"];
    words(Locale::ZhTw, SIMPLIFIED, &traditional);
    let only: [(&str, &[&str]); 2] =
        [("big5-hkscs", &["big5", "cp950"]), ("big5-uao", &["big5", "cp950", "big5-hkscs"])];
    for (label, others) in only {
        for other in others {
            let mut encoder = Encoder::new(codecs::encoding(other), Unmappable::Error, false);
            let error = encoder.encode(&article(label, Hant), &mut Vec::new());
            assert!(error.is_err(), "{other} holds what {label} should alone");
        }
    }
}

#[test]
fn converted_whole_and_byte_by_byte() {
    for case in cases() {
        let expected = case.expected();
        for size in [case.bytes.len(), 1, 2, 3, 1000] {
            assert_same(&case.converted(size), &expected, &case.name);
        }
    }
}

/// In a folder of its own.
fn command(folder: &TempDir, arguments: &[&str]) -> Command {
    let mut command = cargo_bin_cmd!("jianfan");
    command.current_dir(folder).args(arguments);
    command
}

#[test]
fn converted_by_the_command() {
    let folder = TempDir::new().unwrap();
    for case in cases() {
        fs::write(folder.path().join("article.txt"), &case.bytes).unwrap();
        let arguments = ["-t", case.target().tag()];
        let file =
            command(&folder, &[&arguments[..], &["article.txt"]].concat()).assert().success();
        let piped = command(&folder, &arguments).write_stdin(&*case.bytes).assert().success();
        for run in [file, piped] {
            let out = String::from_utf8(run.get_output().stdout.clone()).unwrap();
            let expected = case.expected();
            assert_same(out.trim_start_matches('\u{feff}'), &expected, &case.name);
        }
    }
}

/// A word of the user's, so that even what holds one script alone holds the result. Which Big5 it
/// is can be told only where the variants differ, so that its name is given.
#[test]
fn changed_in_place_in_their_own_encoding() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("own.txt"), "志工\t義工\n志愿者\t义工\n").unwrap();
    for case in cases() {
        let file = folder.path().join("article.txt");
        fs::write(&file, &case.bytes).unwrap();
        let home = if case.script == Hant { Locale::ZhTw } else { Locale::ZhCn };
        let own = ["-t", home.tag(), "--table", "own.txt", "--output-encoding", "keep", "-w"];
        let label = if case.label == "big5-hkscs" { case.label } else { "auto" };
        let named = ["--encoding", label, "article.txt"];
        command(&folder, &[&own[..], &named].concat()).assert().success();
        let changed = fs::read(&file).unwrap();
        assert!(changed != case.bytes, "{}", case.name);
        let text = case.text.replace("志工", "義工").replace("志愿者", "义工");
        let text = Converter::to(home).convert(&text);
        assert!(changed == encoded(&text, case.label, case.bom), "{}", case.name);
    }
}
