use super::bom::{Sniffed, sniff};
use super::codec::{Decode, Fault};
use super::{DecodeError, Encoding};

/// What to do about bytes that are no text in the encoding.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Malformed {
    /// Stop with a [`DecodeError`] that says where.
    #[default]
    Error,
    /// Put U+FFFD in the place of each malformed sequence, as the Encoding Standard cuts them.
    Replace,
}

/// The malformed sequences that U+FFFD stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Replaced {
    /// How many there were, each of which became a U+FFFD.
    pub count: u64,
    /// Where the first one begins, in bytes from the beginning of the input.
    pub first: u64,
}

/// Turns bytes of a named encoding into text, chunk by chunk.
///
/// However the bytes are cut into chunks, the text is the same, and so is an error. NUL bytes are
/// kept. A byte order mark of the encoding at the beginning is no text: [`Decoder::bom`] reports
/// it. Between calls the decoder holds a few bytes at most.
///
/// After an error the decoder gives the same error again; after [`Decoder::finish`] it is ready
/// for another input.
///
/// ```
/// use jianfan::encoding::{Decoder, Encoding, Malformed};
///
/// let mut text = String::new();
/// let mut decoder = Decoder::new(Encoding::BIG5, Malformed::Error);
/// decoder.decode(b"\xA4\xA4\xA4", &mut text)?; // 中, and the first byte of 文
/// decoder.decode(b"\xE5", &mut text)?;
/// decoder.finish(&mut text)?;
/// assert_eq!(text, "中文");
/// # Ok::<(), jianfan::encoding::DecodeError>(())
/// ```
pub struct Decoder {
    asked: Encoding,
    malformed: Malformed,
    /// As asked, or with the byte order that the mark said.
    encoding: Encoding,
    bom: bool,
    /// How many bytes have been read.
    position: u64,
    replaced: Option<Replaced>,
    state: State,
}

enum State {
    /// The first bytes, as long as they may be the beginning of a byte order mark.
    Start(Vec<u8>),
    Running(Box<dyn Decode + Send>),
    Failed(DecodeError),
    Finished,
}

impl Decoder {
    /// A decoder at the beginning of an input in `encoding`.
    ///
    /// ```
    /// use jianfan::encoding::{Decoder, Encoding, Malformed};
    ///
    /// let mut text = String::new();
    /// let mut decoder = Decoder::new(Encoding::UTF_8, Malformed::Replace);
    /// decoder.decode(b"\xE4\xB8\xAD\xFF", &mut text)?;
    /// assert_eq!(text, "中\u{FFFD}");
    /// # Ok::<(), jianfan::encoding::DecodeError>(())
    /// ```
    pub fn new(encoding: Encoding, malformed: Malformed) -> Self {
        Self {
            asked: encoding,
            malformed,
            encoding,
            bom: false,
            position: 0,
            replaced: None,
            state: State::Start(Vec::new()),
        }
    }

    /// A decoder in the middle of an input, `position` bytes behind its beginning.
    pub(super) fn resume(encoding: Encoding, malformed: Malformed, position: u64) -> Self {
        Self {
            position,
            state: State::Running(encoding.codec().decoder()),
            ..Self::new(encoding, malformed)
        }
    }

    /// Appends to `out` the text of `bytes`, as far as it is complete.
    ///
    /// # Errors
    ///
    /// With [`Malformed::Error`], a malformed sequence; the text before it is in `out`.
    ///
    /// ```
    /// use jianfan::encoding::{Decoder, Encoding, Malformed};
    ///
    /// let mut text = String::new();
    /// let mut decoder = Decoder::new(Encoding::GB18030, Malformed::Error);
    /// let error = decoder.decode(b"\xD6\xD0\xFF\xFF", &mut text).unwrap_err();
    /// assert_eq!((text.as_str(), error.offset()), ("中", 2));
    /// ```
    pub fn decode(&mut self, bytes: &[u8], out: &mut String) -> Result<(), DecodeError> {
        if matches!(self.state, State::Finished) {
            *self = Self::new(self.asked, self.malformed);
        }
        let mut rest = bytes;
        while let (State::Start(held), Some((byte, behind))) = (&mut self.state, rest.split_first())
        {
            held.push(*byte);
            rest = behind;
            self.start(out)?;
        }
        self.run(rest, false, out)
    }

    /// Appends to `out` what is left at the end of the input.
    ///
    /// # Errors
    ///
    /// With [`Malformed::Error`], an unfinished character.
    ///
    /// ```
    /// use jianfan::encoding::{DecodeError, Decoder, Encoding, Malformed};
    ///
    /// let mut text = String::new();
    /// let mut decoder = Decoder::new(Encoding::UTF_8, Malformed::Error);
    /// decoder.decode(b"a\xE4\xB8", &mut text)?;
    /// let error = decoder.finish(&mut text).unwrap_err();
    /// assert!(matches!(error, DecodeError::Truncated { offset: 1, .. }));
    /// # Ok::<(), DecodeError>(())
    /// ```
    pub fn finish(&mut self, out: &mut String) -> Result<(), DecodeError> {
        if let State::Start(held) = &mut self.state {
            let held = std::mem::take(held);
            self.begin(self.asked, &held, out)?;
        }
        self.run(b"", true, out)?;
        self.state = State::Finished;
        Ok(())
    }

    /// Whether the input began with a byte order mark of its encoding.
    ///
    /// ```
    /// use jianfan::encoding::{Decoder, Encoding, Malformed};
    ///
    /// let mut text = String::new();
    /// let mut decoder = Decoder::new(Encoding::UTF_8, Malformed::Error);
    /// decoder.decode(b"\xEF\xBB\xBFtext", &mut text)?;
    /// assert!(decoder.bom());
    /// assert_eq!(text, "text");
    /// # Ok::<(), jianfan::encoding::DecodeError>(())
    /// ```
    pub fn bom(&self) -> bool {
        self.bom
    }

    /// What has been replaced, with [`Malformed::Replace`], if anything.
    ///
    /// ```
    /// use jianfan::encoding::{Decoder, Encoding, Malformed};
    ///
    /// let mut decoder = Decoder::new(Encoding::UTF_8, Malformed::Replace);
    /// decoder.decode(b"abc\xFF\xFF", &mut String::new())?;
    /// let replaced = decoder.replaced().unwrap();
    /// assert_eq!((replaced.count, replaced.first), (2, 3));
    /// # Ok::<(), jianfan::encoding::DecodeError>(())
    /// ```
    pub fn replaced(&self) -> Option<Replaced> {
        self.replaced
    }

    /// The encoding; for UTF-16 and UTF-32, once the mark is read, with the byte order it says.
    ///
    /// ```
    /// use jianfan::encoding::{Decoder, Encoding, Malformed};
    ///
    /// let mut decoder = Decoder::new(Encoding::UTF_16, Malformed::Error);
    /// decoder.decode(b"\xFE\xFF\x4E\x2D", &mut String::new())?;
    /// assert_eq!(decoder.encoding(), Encoding::UTF_16BE);
    /// # Ok::<(), jianfan::encoding::DecodeError>(())
    /// ```
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Begins as soon as the first bytes tell whether they are a byte order mark.
    fn start(&mut self, out: &mut String) -> Result<(), DecodeError> {
        let State::Start(held) = &mut self.state else {
            return Ok(());
        };
        match sniff(self.asked, held) {
            Sniffed::Unsure => Ok(()),
            Sniffed::Mark(encoding) => {
                self.bom = true;
                self.position = held.len() as u64;
                self.begin(encoding, b"", out)
            }
            Sniffed::Text => {
                let held = std::mem::take(held);
                self.begin(self.asked, &held, out)
            }
        }
    }

    fn begin(
        &mut self,
        encoding: Encoding,
        held: &[u8],
        out: &mut String,
    ) -> Result<(), DecodeError> {
        self.encoding = encoding;
        self.state = State::Running(encoding.codec().decoder());
        self.run(held, false, out)
    }

    fn run(&mut self, bytes: &[u8], last: bool, out: &mut String) -> Result<(), DecodeError> {
        let codec = match &mut self.state {
            State::Running(codec) => codec,
            State::Failed(error) => return Err(error.clone()),
            State::Start(_) | State::Finished => return Ok(()),
        };
        let mut rest = bytes;
        while let Err(fault) = codec.decode(rest, last, out) {
            rest = &rest[fault.read..];
            self.position += fault.read as u64;
            if self.malformed == Malformed::Error {
                let error = self.error(&fault, last);
                self.state = State::Failed(error.clone());
                return Err(error);
            }
            let first = self.position - fault.back as u64;
            self.replaced.get_or_insert(Replaced { count: 0, first }).count += 1;
            out.push(char::REPLACEMENT_CHARACTER);
        }
        self.position += rest.len() as u64;
        Ok(())
    }

    fn error(&self, fault: &Fault, last: bool) -> DecodeError {
        let encoding = self.encoding.name();
        let offset = self.position - fault.back as u64;
        if last {
            DecodeError::Truncated { encoding, offset }
        } else {
            DecodeError::Malformed { encoding, offset }
        }
    }
}
