//! `-j`: one large file in several threads, with the same result as in one.

use std::fs::File;
use std::process::{Command, Output};
use std::sync::LazyLock;

use jianfan::{Converter, Locale};

use super::support::{Folder, SIMPLIFIED, encoded};

const TRADITIONAL: &str = include_str!("../data/sample.zh-TW.txt");

/// A thread converts less than half of it at a time.
const SIZE: usize = 5 << 18;

/// Both scripts, in stretches of different lengths, and sentences that tell nothing.
static TEXT: LazyLock<String> = LazyLock::new(|| {
    let mut text = String::new();
    for times in (1..20).cycle() {
        text += &SIMPLIFIED.repeat(times);
        text += &TRADITIONAL.repeat(times % 3);
        text += &"那座山高三公尺。".repeat(7 * times);
        if text.len() > SIZE {
            break;
        }
    }
    text
});

/// What the command says of a file `a.txt` with these bytes, named and redirected, and what it
/// writes: the same in one, two and five threads.
fn same_for_any_jobs(options: &str, bytes: &[u8]) -> (Output, Vec<u8>) {
    let [one, two, five] = [1, 2, 5].map(|jobs| {
        let folder = Folder::with(&[("a.txt", bytes)]);
        let run = |rest: &str| {
            let mut command = folder.jianfan(&format!("-j {jobs} {options} {rest}"));
            command.output().unwrap()
        };
        let named = run("a.txt");
        let mut command = Command::new(env!("CARGO_BIN_EXE_jianfan"));
        command.args(["-j", &jobs.to_string()]).args(options.split_whitespace());
        command.stdin(File::open(folder.path("a.txt")).unwrap());
        let redirected = command.output().unwrap();
        assert!(redirected.stdout == named.stdout, "-j {jobs} {options}");
        let checked = run("--check a.txt");
        let written = run("a.txt -o new.txt");
        let in_place = run("-w a.txt");
        let files = ["a.txt", "new.txt"].map(|name| std::fs::read(folder.path(name)).ok());
        (named, checked, written, in_place, files)
    });
    assert!(one == two && one == five, "{options}");
    (one.0, one.4[0].clone().unwrap())
}

#[test]
fn text() {
    let to = |locale| Converter::to(locale);
    for (options, converter) in [
        ("-t zh-TW", to(Locale::ZhTw)),
        ("-t zh-CN", to(Locale::ZhCn)),
        ("-c s2twp", Converter::config("s2twp").unwrap()),
    ] {
        let (stdout, file) = same_for_any_jobs(options, TEXT.as_bytes());
        let expected = converter.convert(&TEXT);
        assert!(stdout.status.success() && stdout.stdout == expected.as_bytes(), "{options}");
        assert!(file == expected.as_bytes(), "{options}");
    }
}

#[test]
fn text_that_stays() {
    let text = TRADITIONAL.repeat(SIZE / TRADITIONAL.len());
    let (stdout, file) = same_for_any_jobs("-c t2tw", text.as_bytes());
    assert!(stdout.stdout == text.as_bytes() && file == text.as_bytes());
}

#[test]
fn encodings() {
    for (label, bom) in [("gbk", false), ("utf-16le", true), ("utf-16be", false)] {
        let options = format!("-t zh-TW --encoding {label} --output-encoding keep");
        let (stdout, file) = same_for_any_jobs(&options, &encoded(&TEXT, label, bom));
        let expected = encoded(&Converter::to(Locale::ZhTw).convert(&TEXT), label, bom);
        assert!(stdout.stdout == expected && file == expected, "{label}");
    }
}

/// Of what was printed, whole megabytes, and what is said.
#[test]
fn characters_that_are_lacking() {
    let filler = "头发\n".repeat(SIZE / 5);
    let text = format!("{filler}㐀{filler}㐁{filler}");
    let (stdout, file) = same_for_any_jobs("-c s2t --output-encoding big5", text.as_bytes());
    assert!(stdout.stdout.len() == 1 << 20);
    let stderr = String::from_utf8(stdout.stderr).unwrap();
    assert!(
        stderr.contains("big5 lacks 2 characters of the result: 㐀 (U+3400) at line "),
        "{stderr}"
    );
    assert!(file == text.as_bytes());
}

#[test]
fn malformed_bytes() {
    let half = TEXT.floor_char_boundary(SIZE / 2);
    let bytes = [&TEXT.as_bytes()[..half], b"\xFF", &TEXT.as_bytes()[half..]].concat();
    let (stdout, file) = same_for_any_jobs("-t zh-TW --encoding utf-8", &bytes);
    assert!(stdout.stdout == Converter::to(Locale::ZhTw).convert(&TEXT[..half]).as_bytes());
    let stderr = String::from_utf8(stdout.stderr).unwrap();
    assert!(stderr.contains(&format!("malformed utf-8 at byte {half}")), "{stderr}");
    assert!(file == bytes);
}

/// Not before much that is ASCII does a file turn out to be no text.
#[test]
fn binary_data() {
    let head = "a text\n".repeat(SIZE / 7);
    let bytes = [head.as_bytes(), &b"\x81\x00\x01\xFE\xFF\x00".repeat(1000)].concat();
    let (stdout, file) = same_for_any_jobs("-t zh-TW", &bytes);
    assert_eq!(stdout.status.code(), Some(2));
    assert!(stdout.stdout.len() > SIZE / 2 && head.as_bytes().starts_with(&stdout.stdout));
    assert!(file == bytes);
}
