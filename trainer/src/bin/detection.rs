//! Learns the statistics by which encodings are detected:
//! `cargo run --release -p trainer --bin detection -- --help`.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Parser;
use jianfan::encoding::statistics::{Counts, Script};
use jianfan::{Converter, Locale};
use trainer::{exit, output};

/// Learn the statistics by which encodings are detected.
///
/// Texts are UTF-8, in any number of lines. Each is named with its script: simplified, traditional,
/// japanese, korean, latin, cyrillic, greek, hebrew, arabic or thai. Traditional text is converted
/// to Simplified script too. The same texts give the same table.
#[derive(Debug, Parser)]
struct Arguments {
    /// A text, and the script that it is in; again and again
    #[arg(long = "text", value_name = "SCRIPT=FILE", required = true, value_parser = text)]
    texts: Vec<(Script, PathBuf)>,
    /// A list of words, one a line with a TAB and its frequency if that is known, and their script
    #[arg(long = "words", value_name = "SCRIPT=FILE", value_parser = text)]
    words: Vec<(Script, PathBuf)>,
    /// How much of each text to learn from, in bytes: lines from all over it
    #[arg(long, value_name = "BYTES", default_value_t = 8_000_000)]
    at_most: usize,
    /// Where to write the table
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

fn main() -> ExitCode {
    exit("detection", run(&Arguments::parse()))
}

fn run(arguments: &Arguments) -> Result<()> {
    output::check(&arguments.output)?;
    let simplified = Converter::between(Locale::ZhTw, Locale::ZhCn);
    let mut counts = Counts::default();
    for (script, path) in &arguments.texts {
        let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
        for line in lines(&text, arguments.at_most) {
            counts.add(*script, line);
            if *script == Script::Traditional {
                counts.add(Script::Simplified, &simplified.convert(line));
            }
        }
    }
    for (script, path) in &arguments.words {
        let list = fs::read_to_string(path).with_context(|| path.display().to_string())?;
        add_words(*script, &list, arguments.at_most as u64, &mut counts);
    }
    output::write(&arguments.output, &counts.to_bytes())
}

/// Counts the words of a list as often as it says, each of them once at least, but all of them no
/// more than a text of `at_most` bytes.
fn add_words(script: Script, list: &str, at_most: u64, counts: &mut Counts) {
    let rows = || {
        list.lines().map(|line| {
            let (word, rest) = line.split_once('\t').unwrap_or((line, ""));
            let frequency = rest.split('\t').next().and_then(|number| number.parse().ok());
            (word, frequency.unwrap_or(1_u64))
        })
    };
    let total: u64 = rows().map(|(word, frequency)| word.len() as u64 * frequency).sum();
    for (word, frequency) in rows() {
        let times = u128::from(frequency) * u128::from(at_most) / u128::from(total.max(at_most));
        counts.add_word(script, word, (times as u64).max(1));
    }
}

/// Lines of `text` in even distances, with their ends, of about `at_most` bytes.
fn lines(text: &str, at_most: usize) -> impl Iterator<Item = &str> {
    let step = text.len().div_ceil(at_most.max(1)).max(1);
    text.split_inclusive('\n').step_by(step)
}

/// Reads `SCRIPT=FILE`.
fn text(argument: &str) -> Result<(Script, PathBuf)> {
    let Some((name, path)) = argument.split_once('=') else {
        bail!("name the script and the file: traditional=FILE");
    };
    let script = Script::ALL.into_iter().find(|script| name_of(*script) == name);
    let names = || Script::ALL.map(name_of).join(", ");
    let script = script.with_context(|| format!("no script {name:?}; there are {}", names()))?;
    Ok((script, PathBuf::from(path)))
}

fn name_of(script: Script) -> &'static str {
    match script {
        Script::Simplified => "simplified",
        Script::Traditional => "traditional",
        Script::Japanese => "japanese",
        Script::Korean => "korean",
        Script::Latin => "latin",
        Script::Cyrillic => "cyrillic",
        Script::Greek => "greek",
        Script::Hebrew => "hebrew",
        Script::Arabic => "arabic",
        Script::Thai => "thai",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_from_all_over() {
        let taken = |at_most| lines("a\nb\nc\nd\n", at_most).collect::<String>();
        assert_eq!(taken(100), "a\nb\nc\nd\n");
        assert_eq!(taken(4), "a\nc\n");
    }

    #[test]
    fn a_text_has_a_script() {
        assert_eq!(text("thai=a=b").unwrap(), (Script::Thai, PathBuf::from("a=b")));
        assert!(text("a.txt").is_err());
        assert!(text("elvish=a.txt").unwrap_err().to_string().contains("simplified"));
    }
}
