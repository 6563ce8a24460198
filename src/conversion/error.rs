use std::path::PathBuf;

use thiserror::Error;

use crate::context::ModelError;
use crate::dictionary::DictionaryError;

/// Why a conversion can't be set up.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// No built-in config has this name.
    #[error("unknown config \u{201c}{name}\u{201d}; {}", did_you_mean(.near))]
    UnknownConfig {
        /// The name that was asked for.
        name: String,
        /// The built-in names closest to it, the closest first.
        near: Vec<String>,
    },
    /// The JSON of a config is malformed, or does not describe a pipeline.
    #[error("{file}:{line}:{column}: {problem}")]
    Json {
        /// The config's name.
        file: String,
        /// The line, counted from one.
        line: usize,
        /// The column in characters, counted from one.
        column: usize,
        /// What is wrong there, and what is expected.
        problem: String,
    },
    /// A config names a dictionary file that is nowhere to be found.
    #[error("dictionary \u{201c}{file}\u{201d} not found; looked in {}", .searched.join(", "))]
    DictionaryNotFound {
        /// The file as the config names it.
        file: String,
        /// Where it was looked for.
        searched: Vec<String>,
    },
    /// A dictionary can't be read.
    #[error(transparent)]
    Dictionary(#[from] DictionaryError),
    /// A table of concepts is to take part in a conversion that is not between places of Chinese.
    #[error(
        "{file}: a table of concepts works between places of Chinese, with no config and no \
         Japanese; name a place to convert to, or write a phrase table"
    )]
    Concepts {
        /// The table's name.
        file: String,
    },
    /// A file is no context model.
    #[error("{file}: {error}")]
    Model {
        /// The file.
        file: String,
        /// Why.
        error: ModelError,
    },
    /// A file can't be read.
    #[error("can't read {}: {source}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

fn did_you_mean(near: &[String]) -> String {
    if near.is_empty() {
        "name a built-in config such as s2t, t2s or s2twp, or the path of a .json file".to_owned()
    } else {
        format!("did you mean {}?", near.join(", "))
    }
}
