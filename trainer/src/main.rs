//! Trains the context model: `cargo run --release -p trainer -- --help`.
//!
//! Text of one sentence per line, in Traditional script as natives write it, becomes
//! [examples]: each one-to-many character with what stands around it and the reading it
//! has. A [lexicon] gives words for the lattice, whose costs are [counted](segment) on the text. For
//! each class of characters a log-linear classifier is [learned](learn). The same input gives the
//! same bytes.

mod examples;
mod inputs;
mod learn;
mod lexicon;
mod report;
mod rng;
mod segment;
mod texts;
mod train;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;
use jianfan::context::Model;

use inputs::{Files, Inputs};
use train::{Options, train};
use trainer::{exit, output};

/// Train a model that reads one-to-many characters in their context.
///
/// Texts are UTF-8, one sentence per line, in Traditional script as natives write it, in any of
/// the places' forms. Lexicons are UTF-8, one Traditional word per line, with a TAB and its
/// frequency if that is known.
#[derive(Debug, Parser)]
struct Arguments {
    #[command(flatten)]
    files: Files,
    #[command(flatten)]
    options: Options,
    /// Where to write the model
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

fn main() -> ExitCode {
    exit("trainer", run(&Arguments::parse()))
}

fn run(arguments: &Arguments) -> Result<()> {
    output::check(&arguments.output)?;
    let inputs = Inputs::read(&arguments.files)?;
    let parameters = train(&inputs, &arguments.options)?;
    let bytes = parameters.to_bytes();
    let model = Model::from_bytes(bytes.clone())?;
    report::print(&model, &inputs.texts, &inputs.tests, arguments.options.hold_out);
    eprintln!(
        "{} weights, {} neighbours, {} bytes",
        parameters.weights.len(),
        parameters.evidence.len(),
        bytes.len()
    );
    output::write(&arguments.output, &bytes)
}

#[cfg(test)]
mod tests {
    use clap::error::ErrorKind;

    use super::*;

    fn parse(arguments: &[&str]) -> Result<Arguments, clap::Error> {
        Arguments::try_parse_from([&["trainer"], arguments].concat())
    }

    #[test]
    fn a_text_and_an_output_are_asked_for_before_any_work() {
        for missing in [&["--text", "a.txt"][..], &["-o", "model.bin"]] {
            let error = parse(missing).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::MissingRequiredArgument, "{error}");
        }
        assert!(parse(&["--text", "a.txt", "-o", "model.bin"]).is_ok());
    }

    #[test]
    fn a_folder_that_is_not_there_is_noticed_before_the_texts() {
        let arguments = parse(&["--text", "no such text", "-o", "no such folder/model.bin"]);
        let error = run(&arguments.unwrap()).unwrap_err().to_string();
        assert!(error.starts_with("no such folder/model.bin: "), "{error}");
    }

    #[test]
    fn settings_that_make_no_sense_are_refused() {
        let basic = ["--text", "a.txt", "-o", "model.bin"];
        for wrong in ["--epochs=0", "--dropout=1", "--rate=0", "--decay=-1", "--enough=0"] {
            assert!(parse(&[&basic[..], &[wrong]].concat()).is_err(), "{wrong}");
        }
    }
}
