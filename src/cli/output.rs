//! Standard output; the comparison of what comes out with what went in.

use std::collections::VecDeque;
use std::io::{self, BufWriter, ErrorKind, StdoutLock, Write};

use anyhow::{Error, Result};

use super::atomic::CANT_WRITE;

/// Standard output.
pub struct Stdout {
    writer: BufWriter<StdoutLock<'static>>,
    block: usize,
}

impl Stdout {
    /// Standard output, locked.
    pub fn new() -> Self {
        Self::holding(64 * 1024)
    }

    /// The same, which of itself writes out whole blocks of so many bytes, however they come.
    pub fn holding(block: usize) -> Self {
        // One byte is never used: a writer that is full would write out what comes as it comes.
        Self { writer: BufWriter::with_capacity(block + 1, io::stdout().lock()), block }
    }

    /// Writes `bytes`, some time before [`flush`](Self::flush) returns.
    pub fn write(&mut self, mut bytes: &[u8]) -> Result<()> {
        while !bytes.is_empty() {
            let room = self.block - self.writer.buffer().len();
            let (now, later) = bytes.split_at(room.min(bytes.len()));
            self.writer.write_all(now).map_err(problem)?;
            if now.len() == room {
                self.flush()?;
            }
            bytes = later;
        }
        Ok(())
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
    ahead: VecDeque<u8>,
    differs: bool,
}

impl Comparison {
    /// Compares on.
    pub fn add(&mut self, input: &[u8], output: &[u8]) {
        if self.differs {
            return;
        }
        let (old, new) = output.split_at(output.len().min(self.ahead.len()));
        match input.strip_prefix(new) {
            Some(rest) if self.begins_with(old) => {
                self.ahead.drain(..old.len());
                self.ahead.extend(rest);
            }
            _ => {
                self.differs = true;
                self.ahead = VecDeque::new();
            }
        }
    }

    /// Whether what is ahead, which is no shorter, begins with `output`.
    fn begins_with(&self, output: &[u8]) -> bool {
        let (front, back) = self.ahead.as_slices();
        let (first, second) = output.split_at(output.len().min(front.len()));
        front.starts_with(first) && back.starts_with(second)
    }

    /// Whether they differ, all having been added.
    pub fn differs(&self) -> bool {
        self.differs || !self.ahead.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever comes first, and however far ahead the input is.
    #[test]
    fn comparison() {
        let differs = |steps: &[(&str, &str)]| {
            let mut comparison = Comparison::default();
            steps.iter().for_each(|(input, output)| {
                comparison.add(input.as_bytes(), output.as_bytes());
            });
            comparison.differs()
        };
        assert!(!differs(&[]) && !differs(&[("abc", "abc")]));
        assert!(!differs(&[("abc", ""), ("def", "ab"), ("", "cdef")]));
        assert!(!differs(&[("abc", "a"), ("def", "bcde"), ("g", "fg")]));
        assert!(differs(&[("abc", "ab")]) && differs(&[("ab", "abc")]));
        assert!(differs(&[("abc", "a"), ("def", "bcxe"), ("", "f")]));
        assert!(differs(&[("abc", "a"), ("def", "xc"), ("", "def")]));
        let mut comparison = Comparison::default();
        let text: Vec<u8> = (0..10_000_u32).map(|number| (number % 251) as u8).collect();
        for (number, piece) in text.chunks(100).enumerate() {
            let start = 90 * number;
            comparison.add(piece, &text[start..start + 90]);
        }
        comparison.add(b"", &text[9000..]);
        assert!(!comparison.differs());
    }
}
