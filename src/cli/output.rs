//! Standard output; the comparison of what comes out with what went in.

use std::io::{self, BufWriter, ErrorKind, StdoutLock, Write};

use anyhow::{Error, Result};

use super::atomic::CANT_WRITE;

/// Standard output.
pub struct Stdout {
    writer: BufWriter<StdoutLock<'static>>,
}

impl Stdout {
    /// Standard output, locked.
    pub fn new() -> Self {
        Self::holding(64 * 1024)
    }

    /// The same, which holds so many bytes before it writes them out of itself.
    pub fn holding(capacity: usize) -> Self {
        Self { writer: BufWriter::with_capacity(capacity, io::stdout().lock()) }
    }

    /// Writes `bytes`, some time before [`flush`](Self::flush) returns.
    pub fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.writer.write_all(bytes).map_err(problem)
    }

    /// Drops what has not been written out yet.
    pub fn discard(self) {
        drop(self.writer.into_parts());
    }

    /// Writes out what has not been yet.
    pub fn flush(&mut self) -> Result<()> {
        self.writer.flush().map_err(problem)
    }
}

/// The reader of standard output has gone: no error, but nothing is left to do.
#[derive(Debug, thiserror::Error)]
#[error("the reader of standard output has gone")]
pub struct ReaderGone;

/// What an error of standard output is to the command.
pub fn problem(error: io::Error) -> Error {
    match error.kind() {
        ErrorKind::BrokenPipe => ReaderGone.into(),
        _ => Error::new(error).context(CANT_WRITE).context("standard output"),
    }
}

/// Whether what comes out differs from what went in, as far as both have come.
#[derive(Default)]
pub struct Comparison {
    /// The input that the output has not come up to.
    ahead: Vec<u8>,
    differs: bool,
}

impl Comparison {
    /// Compares on.
    pub fn add(&mut self, input: &[u8], output: &[u8]) {
        if self.differs {
            return;
        }
        self.ahead.extend_from_slice(input);
        match self.ahead.strip_prefix(output) {
            Some(_) => drop(self.ahead.drain(..output.len())),
            None => self.differs = true,
        }
    }

    /// Whether they differ, all having been added.
    pub fn differs(&self) -> bool {
        self.differs || !self.ahead.is_empty()
    }
}
