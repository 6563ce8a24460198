//! Bytes to bytes: decoded, converted, encoded, in chunks.

use std::borrow::Cow;
use std::io::{ErrorKind, Read};

use anyhow::{Context, Result};

use super::content::Content;
use super::conversion::TextStream;
use super::input::{Input, refuse_binary};
use super::notes::Notes;
use super::output::Comparison;
use super::plan::Job;
use super::profile::{Profile, Writing};
use super::repair::Repair;
use super::settings::Settings;
use super::values::OutputEncoding;
use crate::encoding::{AutoDecoder, DecodeError, EncodeError, Encoder, Encoding, Relabel};

/// How many bytes are read at a time.
const CHUNK: usize = 64 * 1024;

/// What came of some of the input; it may be nothing yet.
pub struct Chunk<'a> {
    pub output: &'a [u8],
    /// Nothing more of the input has come so far, and no character is lacking.
    pub pause: bool,
}

/// What is known of an input that has been converted.
#[derive(Debug, Clone, Copy)]
pub struct Converted {
    /// Whether the result differs from it.
    pub differs: bool,
    /// How it was read.
    pub encoding: Option<Encoding>,
}

/// Converts the input of `job`, opened as `reader`, and gives the result to `sink`, chunk by chunk;
/// what there is to say goes to `notes`. The text is converted in so many `threads`.
///
/// Before an error, `sink` gets all that came of the input up to there, whatever the threads and
/// the chunks; but if the output encoding lacks a character, what stands before that, and the rest
/// of the input is only looked through for more such characters.
pub fn convert(
    settings: &Settings,
    job: &Job,
    mut reader: Box<dyn Read + Send>,
    threads: usize,
    notes: &mut Notes,
    sink: &mut dyn FnMut(Chunk<'_>) -> Result<()>,
) -> Result<Converted> {
    let Job { input, profile, .. } = job;
    let mut pipe = Pipe::new(profile, input, threads);
    let mut comparison = Comparison::default();
    let mut bytes = vec![0; CHUNK];
    let mut output = Vec::new();
    loop {
        let read = match reader.read(&mut bytes) {
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            read => read.context("can't read it")?,
        };
        output.clear();
        let result = match &bytes[..read] {
            [] => pipe.finish(&mut output),
            bytes => pipe.push(bytes, &mut output),
        };
        comparison.add(&bytes[..read], &output);
        sink(Chunk { output: &output, pause: read < CHUNK && !pipe.lacks })?;
        result?;
        if read == 0 {
            break;
        }
    }
    if settings.verbose {
        notes.add_findings(input, &pipe.decoder, pipe.stream.source());
    }
    settings.note(input, &pipe.decoder, pipe.content, notes);
    pipe.repair.tell(settings, input, notes);
    // What is kept is kept as it is, even where there are several ways to write it.
    let is_kept = profile.writing.encoding == OutputEncoding::Keep;
    let differs = comparison.differs() && (!is_kept || pipe.comparison.differs());
    Ok(Converted { differs, encoding: pipe.decoder.encoding() })
}

/// Converts one input that comes in chunks.
struct Pipe<'a> {
    input: &'a Input,
    decoder: AutoDecoder,
    repair: Repair,
    relabel: Option<Relabel>,
    stream: TextStream<'a>,
    writing: Writing,
    encoder: Option<Encoder>,
    /// The output encoding lacks a character.
    lacks: bool,
    content: Content,
    /// Of the text as it came with the text as it goes.
    comparison: Comparison,
    /// Decoded, but not converted yet.
    text: String,
    /// Converted, but not encoded yet.
    converted: String,
}

impl<'a> Pipe<'a> {
    fn new(profile: &'a Profile, input: &'a Input, threads: usize) -> Self {
        Self {
            input,
            decoder: profile.reading.decoder(input),
            repair: Repair::new(profile.repair),
            relabel: profile.relabel.map(Relabel::new),
            stream: profile.conversion.stream(threads),
            writing: profile.writing,
            encoder: None,
            lacks: false,
            content: Content::default(),
            comparison: Comparison::default(),
            text: String::new(),
            converted: String::new(),
        }
    }

    fn push(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Result<()> {
        let decoded = self.decoder.decode(bytes, &mut self.text);
        self.inspect(out)?;
        if decoded.is_err() {
            return self.end(decoded, out);
        }
        self.convert(false)?;
        self.encode(out)
    }

    fn finish(&mut self, out: &mut Vec<u8>) -> Result<()> {
        let decoded = self.decoder.finish(&mut self.text);
        self.inspect(out)?;
        self.end(decoded, out)
    }

    /// Writes what is left, at the end of the input or before what could not be decoded.
    fn end(&mut self, decoded: Result<(), DecodeError>, out: &mut Vec<u8>) -> Result<()> {
        self.convert(true)?;
        self.encode(out)?;
        self.encoder().finish(out)?;
        Ok(decoded?)
    }

    /// Looks at what has been decoded. If that is no text, only what was before it is written.
    fn inspect(&mut self, out: &mut Vec<u8>) -> Result<()> {
        self.content.look_at(&self.text);
        if let Err(binary) = refuse_binary(&self.decoder, self.input, self.content) {
            self.text.clear();
            self.convert(true)?;
            self.encode(out)?;
            return Err(binary.into());
        }
        Ok(())
    }

    fn convert(&mut self, last: bool) -> Result<()> {
        let before = self.converted.len();
        let text = std::mem::take(&mut self.text);
        let repaired = self.repair.piece(&text, last);
        let relabelled = relabelled(self.relabel.as_mut(), &repaired, &self.decoder, last);
        self.stream.push(&relabelled, &mut self.converted)?;
        if last {
            self.stream.finish(&mut self.converted)?;
        }
        self.comparison.add(text.as_bytes(), &self.converted.as_bytes()[before..]);
        self.text = text;
        self.text.clear();
        Ok(())
    }

    /// Encodes what is converted, if there is anything: not before that is it certain whether
    /// the input begins with a byte order mark. From the first character that is lacking on,
    /// nothing comes out, and the error waits for the end, unless it can say no more.
    fn encode(&mut self, out: &mut Vec<u8>) -> Result<()> {
        let target = target(&self.decoder, self.writing);
        if self.converted.is_empty() || target.is_none() && !self.converted.is_ascii() {
            return Ok(());
        }
        let mut converted = std::mem::take(&mut self.converted);
        let encoded = self.encoder().encode(&converted, out);
        converted.clear();
        self.converted = converted;
        if let Err(error) = encoded {
            self.lacks = true;
            let EncodeError::Unmappable { missing, .. } = &error;
            if missing.others {
                return Err(error.into());
            }
        }
        Ok(())
    }

    fn encoder(&mut self) -> &mut Encoder {
        let (decoder, writing) = (&self.decoder, self.writing);
        let encoder = self.encoder.get_or_insert_with(|| encoder(decoder, writing));
        encoder.switch_to(target(decoder, writing).unwrap_or(Encoding::ASCII));
        encoder
    }
}

/// A piece of text, perhaps the `last` one, with the declarations that the result is to have.
pub fn relabelled<'a>(
    relabel: Option<&mut Relabel>,
    text: &'a str,
    decoder: &AutoDecoder,
    last: bool,
) -> Cow<'a, str> {
    let Some(relabel) = relabel.filter(|relabel| !relabel.is_over()) else {
        return text.into();
    };
    let mut relabelled = String::with_capacity(text.len());
    relabel.push(text, decoder.encoding(), &mut relabelled);
    if last {
        relabel.finish(decoder.encoding(), &mut relabelled);
    }
    relabelled.into()
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
