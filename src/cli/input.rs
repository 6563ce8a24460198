//! Inputs: standard input and files, read as bytes or as one text.

use std::fmt;
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::content::Content;
use super::profile::Reading;
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

/// Refuses an input that seems to be no text: a NUL among bytes of a guessed encoding; in a file
/// that nobody named any NUL, and other control characters if the encoding is guessed.
pub fn refuse_binary(decoder: &AutoDecoder, input: &Input, content: Content) -> Result<(), Binary> {
    let Some(detection) = decoder.detection() else {
        return Ok(());
    };
    let is_certain = detection.encoding == Encoding::ASCII || detection.encoding.is_unicode();
    let is_found = matches!(input, Input::Found(_));
    let is_binary = match is_certain {
        true => is_found && detection.binary,
        false => detection.binary || is_found && content.controls,
    };
    if is_binary { Err(Binary) } else { Ok(()) }
}

impl Input {
    /// The input that a PATH means.
    pub fn of(path: &Path) -> Self {
        if path == "-" { Self::Stdin } else { Self::File(path.to_owned()) }
    }

    /// The inputs that PATHs mean, in their order; standard input if there are none.
    pub fn all<'a>(paths: impl Iterator<Item = &'a PathBuf>) -> Vec<Self> {
        let named: Vec<Self> = paths.map(|path| Self::of(path)).collect();
        if named.is_empty() { vec![Self::Stdin] } else { named }
    }

    /// The file's path, if it is a file.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Stdin => None,
            Self::File(path) | Self::Found(path) => Some(path),
        }
    }

    /// Opens it.
    pub fn open(&self) -> Result<Box<dyn Read + Send>> {
        match self.path() {
            None => Ok(Box::new(io::stdin())),
            Some(path) => match File::open(path) {
                Err(error) if error.kind() == ErrorKind::PermissionDenied => {
                    bail!("{error}; make it readable, or leave it out")
                }
                file => Ok(Box::new(file?)),
            },
        }
    }

    /// Reads the whole text; gives the decoder too, for what it has found out.
    pub fn read_text(&self, reading: &Reading) -> Result<(String, AutoDecoder)> {
        let mut bytes = Vec::new();
        self.open()?.read_to_end(&mut bytes).context("can't read it")?;
        let mut text = String::with_capacity(bytes.len());
        let mut decoder = reading.decoder(self);
        let decoded = decoder.decode(&bytes, &mut text).and_then(|()| decoder.finish(&mut text));
        refuse_binary(&decoder, self, Content::of(&text))?;
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
