//! Converting [`Read`]ers and [`Write`]rs of UTF-8 text.

use std::io::{self, Read, Write};

use crate::conversion::{Converter, StreamConverter};

/// Bytes read from the inner reader at a time.
const CHUNK: usize = 64 * 1024;

/// A reader whose text is the converted text of another reader.
///
/// ```
/// use std::io::Read;
///
/// let converter = jianfan::Converter::config("s2t").unwrap();
/// let mut reader = jianfan::io::ConvertReader::new("头发".as_bytes(), &converter);
/// let mut text = String::new();
/// reader.read_to_string(&mut text).unwrap();
/// assert_eq!(text, "頭髮");
/// ```
///
/// Reading fails with [`io::ErrorKind::InvalidData`] where the input is not UTF-8; everything
/// before that place has been delivered then.
#[derive(Debug)]
pub struct ConvertReader<R> {
    inner: R,
    bytes: ByteStream,
    chunk: Box<[u8]>,
    out: String,
    delivered: usize,
    failure: Option<io::Error>,
    ended: bool,
}

impl<R: Read> ConvertReader<R> {
    /// A reader of what `inner` reads, converted.
    pub fn new(inner: R, converter: &Converter) -> Self {
        Self {
            inner,
            bytes: ByteStream::new(converter),
            chunk: vec![0; CHUNK].into(),
            out: String::new(),
            delivered: 0,
            failure: None,
            ended: false,
        }
    }

    /// Converts the next chunk of the inner reader into `self.out`.
    fn refill(&mut self) -> io::Result<()> {
        self.out.clear();
        self.delivered = 0;
        while self.out.is_empty() && !self.ended {
            if let Some(failure) = self.failure.take() {
                return Err(failure);
            }
            let read = self.inner.read(&mut self.chunk)?;
            let result = if read == 0 {
                self.ended = true;
                self.bytes.finish(&mut self.out)
            } else {
                self.bytes.push(&self.chunk[..read], &mut self.out)
            };
            self.failure = result.err();
        }
        Ok(())
    }
}

impl<R: Read> Read for ConvertReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        if self.delivered == self.out.len() {
            self.refill()?;
        }
        if self.out.is_empty()
            && let Some(failure) = self.failure.take()
        {
            return Err(failure);
        }
        let rest = &self.out.as_bytes()[self.delivered..];
        let len = rest.len().min(buffer.len());
        buffer[..len].copy_from_slice(&rest[..len]);
        self.delivered += len;
        Ok(len)
    }
}

/// A writer that converts what is written to it and passes it on.
///
/// Call [`finish`](Self::finish) at the end of the text: what more text could have changed is
/// held back until then, and is lost if the writer is dropped instead.
///
/// ```
/// use std::io::Write;
///
/// let converter = jianfan::Converter::config("s2t").unwrap();
/// let mut writer = jianfan::io::ConvertWriter::new(Vec::new(), &converter);
/// writer.write_all("头发".as_bytes()).unwrap();
/// assert_eq!(writer.finish().unwrap(), "頭髮".as_bytes());
/// ```
///
/// Writing fails with [`io::ErrorKind::InvalidData`] where the bytes are not UTF-8.
#[derive(Debug)]
pub struct ConvertWriter<W> {
    inner: W,
    bytes: ByteStream,
    out: String,
}

impl<W: Write> ConvertWriter<W> {
    /// A writer that converts and passes on to `inner`.
    pub fn new(inner: W, converter: &Converter) -> Self {
        Self { inner, bytes: ByteStream::new(converter), out: String::new() }
    }

    /// Ends the text, writes what was held back, flushes, and returns the inner writer.
    ///
    /// # Errors
    ///
    /// What the inner writer fails with; [`io::ErrorKind::InvalidData`] if the text ends inside
    /// a character.
    pub fn finish(mut self) -> io::Result<W> {
        let ended = self.bytes.finish(&mut self.out);
        self.pass_on()?;
        ended?;
        self.inner.flush()?;
        Ok(self.inner)
    }

    fn pass_on(&mut self) -> io::Result<()> {
        let written = self.inner.write_all(self.out.as_bytes());
        self.out.clear();
        written
    }
}

impl<W: Write> Write for ConvertWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let pushed = self.bytes.push(bytes, &mut self.out);
        self.pass_on()?;
        pushed?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Converts UTF-8 bytes that may be cut inside a character.
#[derive(Debug)]
struct ByteStream {
    stream: StreamConverter,
    /// The beginning of a character whose end has not come yet.
    cut: Vec<u8>,
    /// Bytes taken so far, those in `cut` not included.
    offset: u64,
}

impl ByteStream {
    fn new(converter: &Converter) -> Self {
        Self { stream: converter.stream(), cut: Vec::new(), offset: 0 }
    }

    fn push(&mut self, mut bytes: &[u8], out: &mut String) -> io::Result<()> {
        while !self.cut.is_empty() && !bytes.is_empty() {
            self.cut.push(bytes[0]);
            bytes = &bytes[1..];
            let cut = std::mem::take(&mut self.cut);
            self.push_whole(&cut, out)?;
        }
        self.push_whole(bytes, out)
    }

    /// Converts `bytes` and keeps a character that is cut at their end.
    fn push_whole(&mut self, bytes: &[u8], out: &mut String) -> io::Result<()> {
        let (valid, error) = match std::str::from_utf8(bytes) {
            Ok(valid) => (valid, None),
            Err(error) => {
                let valid = &bytes[..error.valid_up_to()];
                (std::str::from_utf8(valid).unwrap_or_default(), Some(error))
            }
        };
        self.stream.push(valid, out);
        self.offset += valid.len() as u64;
        match error {
            Some(error) if error.error_len().is_some() => Err(self.malformed()),
            _ => {
                self.cut.extend_from_slice(&bytes[valid.len()..]);
                Ok(())
            }
        }
    }

    fn finish(&mut self, out: &mut String) -> io::Result<()> {
        self.stream.finish(out);
        if self.cut.is_empty() { Ok(()) } else { Err(self.malformed()) }
    }

    fn malformed(&self) -> io::Error {
        let message = format!("not valid UTF-8 at byte {}", self.offset);
        io::Error::new(io::ErrorKind::InvalidData, message)
    }
}
