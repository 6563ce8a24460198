//! Trains the context model: `cargo run --release -p trainer -- --help`.
//!
//! Text of one sentence per line, in Traditional script as natives write it, becomes
//! [examples](examples): each one-to-many character with what stands around it and the reading it
//! has. A [lexicon] gives words for the lattice, whose costs are [counted](segment) on the text. For each class of
//! characters a log-linear classifier is [learned](learn). The same input gives the same bytes.

mod examples;
mod learn;
mod lexicon;
mod report;
mod rng;
mod segment;
mod texts;

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::Parser;
use jianfan::context::{Model, Parameters};

use examples::Examples;
use learn::Settings;
use lexicon::Lexicon;
use segment::Segmenter;
use texts::TextFile;

/// Train a model that reads one-to-many characters in their context.
///
/// Texts are UTF-8, one sentence per line, in Traditional script as natives write it, in any of
/// the places' forms. Lexicons are UTF-8, one Traditional word per line, with a TAB and its
/// frequency if that is known.
#[derive(Debug, Parser)]
struct Arguments {
    /// A text; WEIGHT is what each of its characters counts (1), SHARE which part of its lines is
    /// used, in thousandths (1000); may be repeated
    #[arg(long = "text", value_name = "FILE[=WEIGHT[/SHARE]]", required = true)]
    texts: Vec<TextFile>,
    /// A list of words; may be repeated
    #[arg(long = "lexicon", value_name = "FILE")]
    lexicons: Vec<PathBuf>,
    /// The table of Simplified characters and their Traditional candidates
    #[arg(long, default_value = "dictionaries/opencc/STCharacters.txt", value_name = "FILE")]
    characters: PathBuf,
    /// Hold one line in so many out, and report the accuracy on them
    #[arg(long, value_name = "LINES", default_value_t = 40)]
    hold_out: u64,
    /// Hold these texts out altogether
    #[arg(long = "test", value_name = "FILE")]
    tests: Vec<PathBuf>,
    /// Keep so many words at most
    #[arg(long, default_value_t = 130_000)]
    most_words: usize,
    /// Keep so many weights at most
    #[arg(long, default_value_t = 800_000)]
    most_weights: usize,
    #[command(flatten)]
    settings: Settings,
    /// Where to write the model
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let texts = arguments.texts.iter().map(TextFile::read).collect::<Result<Vec<_>>>()?;
    let lexicon = Lexicon::read(&arguments.lexicons)?;
    let segmenter = Segmenter::train(&lexicon, &texts);
    let mut classes = examples::classes(&arguments.characters, &texts)?;
    let words = segmenter.words(&lexicon, &classes, arguments.most_words);
    eprintln!("{} classes, {} words in the lattice", classes.len(), words.len());
    classes.sort_by_key(|class| class.code);
    let mut parameters = Parameters { classes, words, ..Parameters::default() };
    let lattice = Model::from_bytes(parameters.to_bytes())?;
    let tests = texts::load_tests(&arguments.tests)?;
    let examples = Examples::collect(
        &lattice,
        &parameters.classes,
        &texts,
        &tests,
        &lexicon,
        arguments.hold_out,
    );
    let learned = learn::all(&parameters.classes, &examples, &arguments.settings);
    learn::put_together(&mut parameters, learned, arguments.most_weights);
    let bytes = parameters.to_bytes();
    let model = Model::from_bytes(bytes.clone())?;
    report::print(&model, &texts, &tests, arguments.hold_out);
    eprintln!(
        "{} weights, {} neighbours, {} bytes",
        parameters.weights.len(),
        parameters.evidence.len(),
        bytes.len()
    );
    let Some(output) = arguments.output else {
        bail!("nothing written: name the model's file with -o");
    };
    std::fs::write(&output, bytes).with_context(|| format!("{}: can't write", output.display()))
}
