use super::codec::{Encode, Miss};
use super::position::Position;
use super::{EncodeError, Encoding, Missing};

/// What to do about a character that the encoding lacks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Unmappable {
    /// Write nothing from there on; an [`EncodeError`] says which and where.
    #[default]
    Error,
    /// Write a hexadecimal character reference, `&#x5187;` for 冇.
    Entity,
    /// Write the geta mark 〓, or `?` where the encoding lacks that too.
    Geta,
}

/// Turns text into bytes of an encoding, chunk by chunk.
///
/// However the text is cut into chunks, the bytes are the same. What can be written can be read
/// back: a character that the Encoding Standard would write as another one (`¥` as `\` in
/// Shift_JIS) is unmappable here.
///
/// After an error nothing more is written. Further text is only looked through for more characters
/// that the encoding lacks, and the error that [`Encoder::finish`] gives, of the whole text, does
/// not depend on the chunks either. After a finish without error the encoder is ready for another
/// text.
///
/// ```
/// use jianfan::encoding::{Encoder, Encoding, Unmappable};
///
/// let mut bytes = Vec::new();
/// let mut encoder = Encoder::new(Encoding::UTF_16LE, Unmappable::Error, true);
/// encoder.encode("中", &mut bytes)?;
/// encoder.finish(&mut bytes)?;
/// assert_eq!(bytes, b"\xFF\xFE\x2D\x4E");
/// # Ok::<(), jianfan::encoding::EncodeError>(())
/// ```
pub struct Encoder {
    encoding: Encoding,
    unmappable: Unmappable,
    bom: bool,
    codec: Box<dyn Encode + Send>,
    position: Position,
    started: bool,
    /// What has been lacking, where that is an error.
    missing: Missing,
}

impl Encoder {
    /// An encoder at the beginning of a text.
    ///
    /// With `bom` it writes the byte order mark first, even if no text follows, where the
    /// encoding has one ([`Encoding::bom`]). [`Encoding::UTF_16`] and [`Encoding::UTF_32`] always
    /// begin with their mark.
    ///
    /// ```
    /// use jianfan::encoding::{Encoder, Encoding, Unmappable};
    ///
    /// let mut bytes = Vec::new();
    /// Encoder::new(Encoding::UTF_8, Unmappable::Error, true).encode("text", &mut bytes)?;
    /// assert_eq!(bytes, b"\xEF\xBB\xBFtext");
    /// # Ok::<(), jianfan::encoding::EncodeError>(())
    /// ```
    pub fn new(encoding: Encoding, unmappable: Unmappable, bom: bool) -> Self {
        Self {
            encoding,
            unmappable,
            bom: bom || matches!(encoding, Encoding::UTF_16 | Encoding::UTF_32),
            codec: encoding.codec().encoder(),
            position: Position::START,
            started: false,
            missing: Missing::default(),
        }
    }

    /// Appends to `out` the bytes of `text`.
    ///
    /// # Errors
    ///
    /// With [`Unmappable::Error`], characters that the encoding lacks, of this text or an earlier
    /// one: the first ten of those that have come, and whether there is one more, in which case
    /// looking on would find nothing that the error could say. The text before the first of them
    /// is in `out`.
    ///
    /// ```
    /// use jianfan::encoding::{EncodeError, Encoder, Encoding, Unmappable};
    ///
    /// let mut bytes = Vec::new();
    /// let mut encoder = Encoder::new(Encoding::BIG5, Unmappable::Error, false);
    /// let EncodeError::Unmappable { missing, .. } =
    ///     encoder.encode("中文\n简头简中", &mut bytes).unwrap_err()
    /// else {
    ///     unreachable!()
    /// };
    /// let [first, second] = missing.first[..] else { unreachable!() };
    /// assert_eq!((first.character, first.line, first.column, first.offset), ('简', 2, 1, 3));
    /// assert_eq!((second.character, second.line, second.column), ('头', 2, 2));
    /// assert_eq!(bytes, b"\xA4\xA4\xA4\xE5\n");
    ///
    /// bytes.clear();
    /// Encoder::new(Encoding::BIG5, Unmappable::Entity, false).encode("简", &mut bytes)?;
    /// assert_eq!(bytes, b"&#x7B80;");
    /// # Ok::<(), EncodeError>(())
    /// ```
    pub fn encode(&mut self, text: &str, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        self.begin(out);
        let mut rest = text;
        while !self.missing.others
            && let Err(Miss { read, character }) = self.write(rest, out)
        {
            let (before, missed) = rest[..read].split_at(read - character.len_utf8());
            self.advance(before);
            match self.unmappable {
                Unmappable::Error => self.miss(character),
                Unmappable::Entity => {
                    self.substitute(&format!("&#x{:X};", u32::from(character)), out);
                }
                Unmappable::Geta => self.substitute("〓", out),
            }
            self.advance(missed);
            rest = &rest[read..];
        }
        self.advance(rest);
        self.check()
    }

    /// Appends to `out` what the encoding wants at the end: in ISO-2022-JP, the return to ASCII.
    ///
    /// # Errors
    ///
    /// With [`Unmappable::Error`], the characters that the encoding lacks in the whole text.
    ///
    /// ```
    /// use jianfan::encoding::{Encoder, Encoding, Unmappable};
    ///
    /// let mut bytes = Vec::new();
    /// let mut encoder = Encoder::new(Encoding::ISO_2022_JP, Unmappable::Error, false);
    /// encoder.encode("中", &mut bytes)?;
    /// encoder.finish(&mut bytes)?;
    /// assert_eq!(bytes, b"\x1B$BCf\x1B(B");
    /// # Ok::<(), jianfan::encoding::EncodeError>(())
    /// ```
    pub fn finish(&mut self, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        self.check()?;
        self.begin(out);
        self.codec.finish(out);
        *self = Self::new(self.encoding, self.unmappable, self.bom);
        Ok(())
    }

    /// Goes on in another encoding, when an [`AutoDecoder`](super::AutoDecoder) has found out in
    /// which one the input is and the output is to be in the same.
    ///
    /// Sound as long as what was written is the same bytes in both: ASCII, in encodings that
    /// extend ASCII. That is so if the encoder began with [`Encoding::ASCII`]. Without effect on
    /// positions, and if `encoding` is the present one.
    ///
    /// ```
    /// use jianfan::encoding::{Encoder, Encoding, Unmappable};
    ///
    /// let mut bytes = Vec::new();
    /// let mut encoder = Encoder::new(Encoding::ASCII, Unmappable::Error, false);
    /// encoder.encode("<p>", &mut bytes)?;
    /// encoder.switch_to(Encoding::GB18030);
    /// encoder.encode("中", &mut bytes)?;
    /// assert_eq!(bytes, b"<p>\xD6\xD0");
    /// # Ok::<(), jianfan::encoding::EncodeError>(())
    /// ```
    pub fn switch_to(&mut self, encoding: Encoding) {
        if encoding != self.encoding {
            self.encoding = encoding;
            self.codec = encoding.codec().encoder();
        }
    }

    fn begin(&mut self, out: &mut Vec<u8>) {
        if self.bom && !self.started {
            out.extend_from_slice(self.encoding.bom());
        }
        self.started = true;
    }

    /// Appends `text` to `out`, or after an error to nothing, up to a character that is lacking.
    fn write(&mut self, text: &str, out: &mut Vec<u8>) -> Result<(), Miss> {
        if self.missing.first.is_empty() {
            self.codec.encode(text, out)
        } else {
            self.codec.encode(text, &mut Vec::new())
        }
    }

    /// Takes note of `character`. The encoder begins anew, for what it has written is no more at
    /// the end of what it appends to.
    fn miss(&mut self, character: char) {
        self.missing.add(character, self.position);
        self.codec = self.encoding.codec().encoder();
    }

    fn substitute(&mut self, substitute: &str, out: &mut Vec<u8>) {
        if self.codec.encode(substitute, out).is_err() {
            out.push(b'?');
        }
    }

    fn check(&self) -> Result<(), EncodeError> {
        if self.missing.first.is_empty() {
            return Ok(());
        }
        let encoding = self.encoding.name();
        Err(EncodeError::Unmappable { encoding, missing: self.missing.clone() })
    }

    /// Keeps the position, unless nothing can fail and no one will ask.
    fn advance(&mut self, text: &str) {
        if !self.encoding.is_unicode() {
            self.position.advance(text);
        }
    }
}
