//! Inputs: standard input and files, read as bytes or as one text.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::settings::Reading;
use crate::encoding::{AutoDecoder, Encoding};

/// Where text comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Standard input.
    Stdin,
    /// A file that was named.
    File(PathBuf),
    /// A file that was found below a folder.
    Found(PathBuf),
}

/// The input seems to be a program, a picture or an archive.
#[derive(Debug, thiserror::Error)]
#[error("looks like binary data; if it is text, name its encoding with --encoding")]
pub struct Binary;

/// Refuses an input that the decoder found to be no text: a NUL among bytes of a guessed
/// encoding, and any NUL in a file that nobody named.
pub fn refuse_binary(decoder: &AutoDecoder, input: &Input) -> Result<(), Binary> {
    let Some(detection) = decoder.detection().filter(|detection| detection.binary) else {
        return Ok(());
    };
    let is_unicode = detection.encoding == Encoding::ASCII || detection.encoding.is_unicode();
    if is_unicode && !matches!(input, Input::Found(_)) { Ok(()) } else { Err(Binary) }
}

impl Input {
    /// The input that a PATH means.
    pub fn of(path: &Path) -> Self {
        if path == "-" { Self::Stdin } else { Self::File(path.to_owned()) }
    }

    /// The file's path, if it is a file.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Stdin => None,
            Self::File(path) | Self::Found(path) => Some(path),
        }
    }

    /// Opens it.
    pub fn open(&self) -> Result<Box<dyn Read>> {
        match self.path() {
            None => Ok(Box::new(io::stdin().lock())),
            Some(path) => Ok(Box::new(File::open(path)?)),
        }
    }

    /// Reads the whole text; gives the decoder too, for what it has found out.
    pub fn read_text(&self, reading: &Reading) -> Result<(String, AutoDecoder)> {
        let mut bytes = Vec::new();
        self.open()?.read_to_end(&mut bytes).context("can't read it")?;
        let mut text = String::with_capacity(bytes.len());
        let mut decoder = reading.decoder(self);
        let decoded = decoder.decode(&bytes, &mut text).and_then(|()| decoder.finish(&mut text));
        refuse_binary(&decoder, self)?;
        decoded?;
        Ok((text, decoder))
    }
}

/// As messages call it.
impl fmt::Display for Input {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path() {
            None => formatter.write_str("<stdin>"),
            Some(path) => path.display().fmt(formatter),
        }
    }
}
