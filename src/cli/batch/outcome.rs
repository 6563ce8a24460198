//! What became of one input.

use anyhow::Error;

use crate::cli::atomic::Staged;
use crate::cli::notes::Notes;
use crate::encoding::Encoding;

/// What became of one input, and what there is to say and to print about it.
#[derive(Debug)]
pub struct Outcome {
    pub notes: Notes,
    /// For standard output.
    pub output: Vec<u8>,
    pub end: End,
    /// How it was read, as far as it was.
    pub encoding: Option<Encoding>,
    /// How large it was, in bytes.
    pub bytes: u64,
}

/// How the work on an input ended.
#[derive(Debug)]
pub enum End {
    /// The result is whole, but not in its place.
    Staged(Box<Staged>, Written),
    /// The result is where it belongs, or was printed; or it would be written if it might.
    Done(Written),
    /// Nothing was to be done.
    Unchanged,
    /// An earlier run has done it.
    DoneBefore,
    /// It can't be converted, for this reason.
    Skipped(&'static str),
    /// What went wrong.
    Failed(Error),
    /// The run was stopped before it was done.
    Stopped,
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// Converted text.
    Text,
    /// Text that is as it was.
    Same,
    /// What is no text, as it was.
    Copy,
}

impl Written {
    /// Text, which `differs` from what it was made from or does not.
    pub fn text(differs: bool) -> Self {
        if differs { Self::Text } else { Self::Same }
    }
}

impl Outcome {
    /// An outcome of which there is nothing to say.
    pub fn of(end: End) -> Self {
        Self { notes: Notes::default(), output: Vec::new(), end, encoding: None, bytes: 0 }
    }
}
