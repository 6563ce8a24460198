//! Bytes to bytes: decoded, converted, encoded, in chunks.

use std::io::{ErrorKind, Read};

use anyhow::{Context, Result};

use super::content::Content;
use super::conversion::TextStream;
use super::input::{Binary, Input, refuse_binary};
use super::message;
use super::settings::{Settings, Writing};
use super::values::OutputEncoding;
use crate::encoding::{AutoDecoder, Encoder, Encoding};

/// How many bytes are read at a time.
const CHUNK: usize = 64 * 1024;

/// What came of some of the input; it may be nothing yet.
pub struct Chunk<'a> {
    pub input: &'a [u8],
    pub output: &'a [u8],
    /// Nothing more of the input has come so far.
    pub pause: bool,
}

/// Converts `input`, opened as `reader`, and gives the result to `sink`, chunk by chunk. Before an error, `sink` gets
/// all that came of the input up to there.
pub fn convert(
    settings: &Settings,
    input: &Input,
    mut reader: Box<dyn Read>,
    sink: &mut dyn FnMut(Chunk<'_>) -> Result<()>,
) -> Result<()> {
    let mut pipe = Pipe::new(settings, input);
    let mut bytes = vec![0; CHUNK];
    let mut output = Vec::new();
    loop {
        let read = match reader.read(&mut bytes) {
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            read => read.context("can't read it")?,
        };
        let input = &bytes[..read];
        output.clear();
        let result =
            if read == 0 { pipe.finish(&mut output) } else { pipe.push(input, &mut output) };
        sink(Chunk { input, output: &output, pause: read < CHUNK })?;
        result?;
        if read == 0 {
            break;
        }
    }
    if settings.verbose {
        message::findings(input, &pipe.decoder, pipe.stream.source());
    }
    settings.note(pipe.content);
    Ok(())
}

/// Converts one input that comes in chunks.
struct Pipe<'a> {
    input: &'a Input,
    decoder: AutoDecoder,
    stream: TextStream<'a>,
    writing: Writing,
    encoder: Option<Encoder>,
    content: Content,
    /// Decoded, but not converted yet.
    text: String,
    /// Converted, but not encoded yet.
    converted: String,
}

impl<'a> Pipe<'a> {
    fn new(settings: &'a Settings, input: &'a Input) -> Self {
        Self {
            input,
            decoder: settings.reading.decoder(input),
            stream: settings.conversion.stream(),
            writing: settings.writing,
            encoder: None,
            content: Content::default(),
            text: String::new(),
            converted: String::new(),
        }
    }

    fn push(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Result<()> {
        let decoded = self.decoder.decode(bytes, &mut self.text);
        self.inspect()?;
        self.convert()?;
        if let Err(error) = decoded {
            self.stream.finish(&mut self.converted)?;
            self.encode(out)?;
            return Err(error.into());
        }
        self.encode(out)
    }

    fn finish(&mut self, out: &mut Vec<u8>) -> Result<()> {
        let decoded = self.decoder.finish(&mut self.text);
        self.inspect()?;
        self.convert()?;
        self.stream.finish(&mut self.converted)?;
        self.encode(out)?;
        decoded?;
        Ok(self.encoder().finish(out)?)
    }

    /// Looks at what has been decoded.
    fn inspect(&mut self) -> Result<(), Binary> {
        self.content.look_at(&self.text);
        refuse_binary(&self.decoder, self.input, self.content)
    }

    fn convert(&mut self) -> Result<()> {
        self.stream.push(&self.text, &mut self.converted)?;
        self.text.clear();
        Ok(())
    }

    /// Encodes what is converted, if there is anything: not before that is it certain whether
    /// the input begins with a byte order mark.
    fn encode(&mut self, out: &mut Vec<u8>) -> Result<()> {
        let target = target(&self.decoder, self.writing);
        if self.converted.is_empty() || target.is_none() && !self.converted.is_ascii() {
            return Ok(());
        }
        let mut converted = std::mem::take(&mut self.converted);
        let encoded = self.encoder().encode(&converted, out);
        converted.clear();
        self.converted = converted;
        Ok(encoded?)
    }

    fn encoder(&mut self) -> &mut Encoder {
        let (decoder, writing) = (&self.decoder, self.writing);
        let encoder = self.encoder.get_or_insert_with(|| encoder(decoder, writing));
        encoder.switch_to(target(decoder, writing).unwrap_or(Encoding::ASCII));
        encoder
    }
}

/// The encoder for the result of what `decoder` decodes.
pub fn encoder(decoder: &AutoDecoder, writing: Writing) -> Encoder {
    let target = target(decoder, writing);
    let bom = decoder.bom() && decoder.encoding() == target;
    Encoder::new(target.unwrap_or(Encoding::ASCII), writing.unmappable, bom)
}

/// The output encoding; none as long as it is to be the input's and that is unknown, which is
/// then one that extends ASCII.
pub fn target(decoder: &AutoDecoder, writing: Writing) -> Option<Encoding> {
    match writing.encoding {
        OutputEncoding::Named(encoding) => Some(encoding),
        OutputEncoding::Keep => decoder.encoding().map(|encoding| match encoding {
            // Text that is ASCII by chance need not stay so.
            Encoding::ASCII => Encoding::UTF_8,
            // Their encoders would add a mark that the input has not.
            Encoding::UTF_16 => Encoding::UTF_16LE,
            Encoding::UTF_32 => Encoding::UTF_32LE,
            other => other,
        }),
    }
}
