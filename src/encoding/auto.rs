use super::{DecodeError, Decoder, Detection, Detector, Encoding, Malformed, Replaced};

/// Turns bytes into text, chunk by chunk, in whichever encoding they turn out to be.
///
/// A [`Detector`] looks at the input first. A long ASCII beginning passes on at once, as text is
/// ASCII in any encoding that is still possible then; from the first byte that says more, input
/// is held until the detector has decided, at most its window of 64 KiB. From there on it is
/// decoded as by a [`Decoder`], which names offsets from the beginning of the input.
///
/// Text, error and detection are the same however the bytes are cut into chunks. After an error
/// the decoder gives the same error again; after [`AutoDecoder::finish`] it is ready for another
/// input.
///
/// ```
/// use jianfan::encoding::{AutoDecoder, Encoding, Malformed};
///
/// let mut text = String::new();
/// let mut decoder = AutoDecoder::new(Malformed::Error);
/// decoder.decode("中文".as_bytes(), &mut text)?;
/// decoder.finish(&mut text)?;
/// assert_eq!(text, "中文");
/// assert_eq!(decoder.encoding(), Some(Encoding::UTF_8));
/// # Ok::<(), jianfan::encoding::DecodeError>(())
/// ```
pub struct AutoDecoder {
    malformed: Malformed,
    detection: Option<Detection>,
    state: State,
}

enum State {
    Detecting(Detector),
    Decoding(Decoder),
    /// At the end of an input whose encoding was detected, with what its decoder found.
    Finished {
        bom: bool,
        replaced: Option<Replaced>,
    },
}

impl AutoDecoder {
    /// A decoder at the beginning of an input of unknown encoding.
    ///
    /// ```
    /// use jianfan::encoding::{AutoDecoder, Malformed};
    ///
    /// assert_eq!(AutoDecoder::new(Malformed::Error).encoding(), None);
    /// ```
    pub fn new(malformed: Malformed) -> Self {
        Self { malformed, detection: None, state: State::Detecting(Detector::new()) }
    }

    /// Appends to `out` the text of `bytes`, as far as it is certain.
    ///
    /// # Errors
    ///
    /// As of [`Decoder::decode`].
    ///
    /// ```
    /// use jianfan::encoding::{AutoDecoder, Malformed};
    ///
    /// let mut text = String::new();
    /// let mut decoder = AutoDecoder::new(Malformed::Error);
    /// decoder.decode(&[b'-'; 100_000], &mut text)?;
    /// assert_eq!(text.len(), 100_000);
    /// # Ok::<(), jianfan::encoding::DecodeError>(())
    /// ```
    pub fn decode(&mut self, bytes: &[u8], out: &mut String) -> Result<(), DecodeError> {
        if let State::Finished { .. } = self.state {
            *self = Self::new(self.malformed);
        }
        let mut rest = bytes;
        if let State::Detecting(detector) = &mut self.state {
            rest =
                detector.advance(bytes, &mut |head| out.push_str(&String::from_utf8_lossy(head)));
            if let Some(detection) = detector.detection().cloned() {
                self.begin(detection, out)?;
            }
        }
        match &mut self.state {
            State::Decoding(decoder) => decoder.decode(rest, out),
            _ => Ok(()),
        }
    }

    /// Decides on the encoding, if that is still open, and appends to `out` what is left.
    ///
    /// # Errors
    ///
    /// As of [`Decoder::finish`], and as of [`AutoDecoder::decode`] for the bytes that were held.
    ///
    /// ```
    /// use jianfan::encoding::{AutoDecoder, Encoding, Malformed};
    ///
    /// let mut text = String::new();
    /// let mut decoder = AutoDecoder::new(Malformed::Error);
    /// decoder.decode(b"short", &mut text)?;
    /// decoder.finish(&mut text)?;
    /// assert_eq!((text.as_str(), decoder.encoding()), ("short", Some(Encoding::ASCII)));
    /// # Ok::<(), jianfan::encoding::DecodeError>(())
    /// ```
    pub fn finish(&mut self, out: &mut String) -> Result<(), DecodeError> {
        if let State::Detecting(detector) = &mut self.state {
            let detection = detector.finish();
            self.begin(detection, out)?;
        }
        if let State::Decoding(decoder) = &mut self.state {
            decoder.finish(out)?;
            if self.detection.is_some() {
                let (bom, replaced) = (decoder.bom(), decoder.replaced());
                self.state = State::Finished { bom, replaced };
            }
        }
        Ok(())
    }

    /// Whether the input began with a byte order mark; false as long as the encoding is unknown.
    ///
    /// ```
    /// use jianfan::encoding::{AutoDecoder, Malformed};
    ///
    /// let mut decoder = AutoDecoder::new(Malformed::Error);
    /// decoder.decode(b"\xEF\xBB\xBFtext", &mut String::new())?;
    /// assert!(decoder.bom());
    /// # Ok::<(), jianfan::encoding::DecodeError>(())
    /// ```
    pub fn bom(&self) -> bool {
        match &self.state {
            State::Detecting(_) => false,
            State::Decoding(decoder) => decoder.bom(),
            State::Finished { bom, .. } => *bom,
        }
    }

    /// What has been replaced, with [`Malformed::Replace`], if anything.
    ///
    /// ```
    /// use jianfan::encoding::{AutoDecoder, Malformed};
    ///
    /// let mut decoder = AutoDecoder::new(Malformed::Replace);
    /// decoder.decode("中文\n".as_bytes(), &mut String::new())?;
    /// decoder.decode(b"\xFF", &mut String::new())?;
    /// assert_eq!(decoder.replaced().unwrap().first, 7);
    /// # Ok::<(), jianfan::encoding::DecodeError>(())
    /// ```
    pub fn replaced(&self) -> Option<Replaced> {
        match &self.state {
            State::Detecting(_) => None,
            State::Decoding(decoder) => decoder.replaced(),
            State::Finished { replaced, .. } => *replaced,
        }
    }

    /// The encoding, once it is known: at the latest after [`AutoDecoder::finish`].
    ///
    /// As long as it is not, all text that came out is ASCII, of an input that extends ASCII.
    ///
    /// ```
    /// use jianfan::encoding::{AutoDecoder, Encoding, Malformed};
    ///
    /// let mut decoder = AutoDecoder::new(Malformed::Error);
    /// decoder.decode(b"\xFF\xFE\x2D\x4E", &mut String::new())?;
    /// assert_eq!(decoder.encoding(), Some(Encoding::UTF_16LE));
    /// # Ok::<(), jianfan::encoding::DecodeError>(())
    /// ```
    pub fn encoding(&self) -> Option<Encoding> {
        match &self.state {
            State::Decoding(decoder) => Some(decoder.encoding()),
            _ => self.detection.as_ref().map(|detection| detection.encoding),
        }
    }

    /// What the detector found, once it has decided; none if the encoding was named.
    ///
    /// ```
    /// use jianfan::encoding::{AutoDecoder, Malformed};
    ///
    /// let mut decoder = AutoDecoder::new(Malformed::Error);
    /// decoder.finish(&mut String::new())?;
    /// assert!(!decoder.detection().unwrap().binary);
    /// # Ok::<(), jianfan::encoding::DecodeError>(())
    /// ```
    pub fn detection(&self) -> Option<&Detection> {
        self.detection.as_ref()
    }

    /// Goes from detecting to decoding, by the bytes that the detector held.
    fn begin(&mut self, detection: Detection, out: &mut String) -> Result<(), DecodeError> {
        let State::Detecting(detector) = &mut self.state else {
            return Ok(());
        };
        let position = detector.passed();
        let held = detector.take_held();
        let mut decoder = if position == 0 {
            Decoder::new(detection.encoding, self.malformed)
        } else {
            Decoder::resume(detection.encoding, self.malformed, position)
        };
        let result = decoder.decode(&held, out);
        self.detection = Some(detection);
        self.state = State::Decoding(decoder);
        result
    }
}

/// Wraps a decoder of a named encoding, so that a caller needs one type for both cases.
impl From<Decoder> for AutoDecoder {
    fn from(decoder: Decoder) -> Self {
        Self { malformed: Malformed::default(), detection: None, state: State::Decoding(decoder) }
    }
}
