//! The files that a training reads, all of them before it begins.

use std::path::PathBuf;

use anyhow::{Context, Result};
use jianfan::dictionary::{Dictionary, text};

use crate::lexicon::Lexicon;
use crate::texts::{Text, TextFile, load_tests};

/// What to read.
#[derive(Debug, clap::Args)]
pub struct Files {
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
    /// Hold these texts out altogether
    #[arg(long = "test", value_name = "FILE")]
    tests: Vec<PathBuf>,
}

/// What was read.
#[derive(Debug)]
pub struct Inputs {
    pub texts: Vec<Text>,
    pub tests: Vec<Text>,
    pub lexicon: Lexicon,
    /// The Simplified characters with their candidates.
    pub characters: Dictionary,
}

impl Inputs {
    /// Reads all files.
    ///
    /// # Errors
    ///
    /// For a file that can't be read, that is not UTF-8 or that has nothing in it.
    pub fn read(files: &Files) -> Result<Self> {
        let name = files.characters.display().to_string();
        let bytes = std::fs::read(&files.characters).with_context(|| name.clone())?;
        Ok(Self {
            characters: text::parse(&name, &bytes)?,
            tests: load_tests(&files.tests)?,
            lexicon: Lexicon::read(&files.lexicons)?,
            texts: files.texts.iter().map(TextFile::read).collect::<Result<Vec<_>>>()?,
        })
    }
}
