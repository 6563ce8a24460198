//! Standard output, and whether an output is what the input was.

use std::io::{self, BufWriter, StdoutLock, Write};

use anyhow::{Context, Result};

/// Standard output.
pub struct Stdout {
    writer: BufWriter<StdoutLock<'static>>,
}

impl Stdout {
    /// Standard output, locked.
    pub fn new() -> Self {
        Self { writer: BufWriter::with_capacity(64 * 1024, io::stdout().lock()) }
    }

    /// Writes `bytes`, some time before [`flush`](Self::flush) returns.
    pub fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.writer.write_all(bytes).context(CANT_WRITE)
    }

    /// Writes out what has not been yet.
    pub fn flush(&mut self) -> Result<()> {
        self.writer.flush().context(CANT_WRITE)
    }
}

const CANT_WRITE: &str = "can't write to standard output";

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
