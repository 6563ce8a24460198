//! The README's `console` examples do what they show.

#![cfg(all(unix, feature = "cli"))]

use std::fs;
use std::path::Path;
use std::process::Command;

/// A command line of the README and the output that it shows.
#[derive(Debug)]
struct Example<'a> {
    command: &'a str,
    output: String,
}

fn examples(readme: &str) -> Vec<Example<'_>> {
    let blocks = readme.split("```console\n").skip(1);
    let lines = blocks.flat_map(|block| block.split("```").next().unwrap_or_default().lines());
    let mut examples: Vec<Example<'_>> = Vec::new();
    for line in lines {
        match line.strip_prefix("$ ") {
            Some(command) => examples.push(Example { command, output: String::new() }),
            None => {
                let example = examples.last_mut().expect("a block begins with a command");
                example.output += line;
                example.output += "\n";
            }
        }
    }
    examples
}

/// The files that the examples speak of.
fn write_files(folder: &Path) {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let sample = fs::read(data.join("sample.zh-TW.txt")).expect("the sample");
    fs::write(folder.join("sample.zh-TW.txt"), sample).expect("a writable folder");
    let house = "# 我們的用詞\n软件\t軟件\n鼠标\t鼠標\n";
    fs::write(folder.join("house.txt"), house).expect("a writable folder");
    let terms = "concept\tcn\ttw\thk\tsg\tmy\tmo\twhen\tnote\n\
        video wall\t大屏墙\t電視牆\t=\t\t\t\t\t\n\
        client\t甲方?\t業主\t\t\t\t\t建筑/工地\tnot in contracts\n";
    fs::write(folder.join("terms.tsv"), terms).expect("a writable folder");
    write_project(&folder.join("book"));
    fs::write(folder.join("notes.txt"), "程序员用鼠标点击链接。\n").expect("a writable folder");
}

/// The project that they speak of.
fn write_project(folder: &Path) {
    let toml = r#"to = "zh-TW"
tables = ["words.tsv", "builtin:tw-tai"]
include = ["*.txt", "*.srt"]
exclude = ["/drafts/"]

[[override]]
files = ["subtitles/**/*.srt"]
to = "zh-HK"
encoding = "gbk"
output-encoding = "utf-8"
"#;
    let (subtitle, _, _) = encoding_rs::GBK.encode("香港的软件\n");
    let files: [(&str, &[u8]); 6] = [
        ("jianfan.toml", toml.as_bytes()),
        ("words.tsv", "软件\t軟件\n".as_bytes()),
        ("chapter.txt", "台湾的软件\n".as_bytes()),
        ("drafts/notes.txt", "台湾的软件\n".as_bytes()),
        ("subtitles/1.srt", &subtitle),
        ("cover.md", "台湾的软件\n".as_bytes()),
    ];
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a writable folder");
        fs::write(path, bytes).expect("a writable folder");
    }
}

/// The output without the scores of candidates, which are other ones with each model.
fn masked(output: &str) -> String {
    let is_score = |word: &str| word.trim_end_matches([',', ')']).parse::<f32>().is_ok();
    let mask = |word: &str| if is_score(word) { "0.0".to_owned() } else { word.to_owned() };
    let mask_line = |line: &str| match line.split_once("; candidates: ") {
        Some((before, scores)) => {
            let words: Vec<String> = scores.split(' ').map(mask).collect();
            format!("{before}; candidates: {}", words.join(" "))
        }
        None => line.to_owned(),
    };
    output.split('\n').map(mask_line).collect::<Vec<_>>().join("\n")
}

#[test]
fn console_examples() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write_files(folder.path());
    let jianfan = Path::new(env!("CARGO_BIN_EXE_jianfan"));
    let path = std::env::var("PATH").unwrap_or_default();
    let path = format!("{}:{path}", jianfan.parent().expect("a folder").display());
    let readme = include_str!("../README.md");
    let examples = examples(readme);
    assert!(examples.len() >= 10, "the README has lost its examples");
    for example in examples {
        let mut shell = Command::new("sh");
        shell.args(["-c", example.command]).current_dir(folder.path()).env("PATH", &path);
        let output = shell.output().expect("sh runs");
        let shown =
            String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        assert_eq!(masked(&shown), masked(&example.output), "$ {}", example.command);
    }
}
