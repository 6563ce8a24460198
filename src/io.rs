//! Converting [`Read`]ers and [`Write`]rs of UTF-8 text.

use std::io::{self, Read, Write};

use crate::conversion::{Converter, StreamConverter};
use crate::encoding::{DecodeError, Decoder, Encoding, Malformed};

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
struct ByteStream {
    decoder: Decoder,
    stream: StreamConverter,
    text: String,
    /// The byte order mark, which the decoder keeps out of the text, has been passed on.
    marked: bool,
}

impl ByteStream {
    fn new(converter: &Converter) -> Self {
        let decoder = Decoder::new(Encoding::UTF_8, Malformed::Error);
        Self { decoder, stream: converter.stream(), text: String::new(), marked: false }
    }

    fn push(&mut self, bytes: &[u8], out: &mut String) -> io::Result<()> {
        let decoded = self.decoder.decode(bytes, &mut self.text);
        self.convert(out);
        decoded.map_err(invalid_data)
    }

    fn finish(&mut self, out: &mut String) -> io::Result<()> {
        let decoded = self.decoder.finish(&mut self.text);
        self.convert(out);
        self.stream.finish(out);
        decoded.map_err(invalid_data)
    }

    fn convert(&mut self, out: &mut String) {
        if self.decoder.bom() && !self.marked {
            out.push('\u{feff}');
            self.marked = true;
        }
        self.stream.push(&self.text, out);
        self.text.clear();
    }
}

fn invalid_data(error: DecodeError) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A reader that gives one byte at a time.
    struct Drip<'a>(&'a [u8]);

    impl Read for Drip<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let len = self.0.len().min(1).min(buffer.len());
            buffer[..len].copy_from_slice(&self.0[..len]);
            self.0 = &self.0[len..];
            Ok(len)
        }
    }

    fn s2t() -> Converter {
        Converter::config("s2t").expect("built in")
    }

    fn write_bytes(bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut writer = ConvertWriter::new(Vec::new(), &s2t());
        bytes.iter().try_for_each(|byte| writer.write_all(&[*byte]))?;
        writer.finish()
    }

    #[test]
    fn bytes_may_come_one_by_one() {
        let (source, expected) = ("\u{feff}头发\0a𠮷\r\n", "\u{feff}頭髮\0a𠮷\r\n");
        let mut out = String::new();
        ConvertReader::new(Drip(source.as_bytes()), &s2t()).read_to_string(&mut out).unwrap();
        assert_eq!(out, expected);
        assert_eq!(write_bytes(source.as_bytes()).unwrap(), expected.as_bytes());
    }

    #[test]
    fn what_comes_before_a_wrong_byte_is_delivered() {
        let mut reader = ConvertReader::new(&b"ab\xffcd"[..], &s2t());
        let mut out = Vec::new();
        let error = reader.read_to_end(&mut out).unwrap_err();
        assert_eq!((error.kind(), &out[..]), (io::ErrorKind::InvalidData, &b"ab"[..]));
    }

    #[test]
    fn a_text_that_ends_inside_a_character_is_an_error() {
        let cut = &"头".as_bytes()[..2];
        assert_eq!(write_bytes(cut).unwrap_err().kind(), io::ErrorKind::InvalidData);
        let error = ConvertReader::new(cut, &s2t()).read_to_string(&mut String::new()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
    }
}
