//! What an input is, by its beginning.

use std::io::{self, Read};

use crate::Locale;
use crate::encoding::{AutoDecoder, DecodeError, Detection, Malformed};
use crate::locale::{Evidence, Script};

/// How many bytes are looked at together.
const CHUNK: u64 = 64 * 1024;

/// So many ideographs tell script and locale: 60 KiB of Chinese text in UTF-8.
const ENOUGH: usize = 20_000;

/// Where looking ends if there are no ideographs: in ASCII, or in text of other scripts.
const LIMIT: u64 = 64 * 1024 * 1024;

/// What an input is: its encoding, and the script and the locale of its text.
///
/// ```
/// use jianfan::{Findings, Locale};
/// use jianfan::encoding::Encoding;
/// use jianfan::locale::Script;
///
/// let bytes = b"\xBB\xB6\xD3\xAD\xB7\xC3\xCE\xCA\xCE\xD2\xB5\xC4\xCD\xF8\xD5\xBE";
/// let findings = Findings::read(&bytes[..])?;
/// assert_eq!(findings.detection.encoding, Encoding::GB18030);
/// assert_eq!(findings.script, Script::Hans);
/// assert_eq!(findings.locale, Some(Locale::ZhCn));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Findings {
    /// The encoding, how sure that is, and whether it is text at all.
    pub detection: Detection,
    /// The script, as of [`Evidence::script`]; [`Script::None`] of binary data.
    pub script: Script,
    /// The locale, as of [`Evidence::locale`]; none of binary data.
    pub locale: Option<Locale>,
}

impl Findings {
    /// Finds out what `reader` reads, by as little of it as is needed: the detector's window for
    /// the encoding, from there on some 20,000 ideographs for script and locale, and never more
    /// than 64 MiB. Holds some hundred kilobytes at most.
    ///
    /// The result depends on the bytes alone, not on how many of them each read gives.
    ///
    /// # Errors
    ///
    /// What `reader` fails with.
    ///
    /// ```
    /// use jianfan::{Findings, Locale};
    ///
    /// let findings = Findings::read("我哋喺度".as_bytes())?;
    /// assert!(!findings.detection.bom && !findings.detection.binary);
    /// assert_eq!(findings.locale, None, "nothing here tells the script");
    /// let findings = Findings::read("我哋喺呢個網站".as_bytes())?;
    /// assert_eq!(findings.locale, Some(Locale::ZhHk));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn read(reader: impl Read) -> io::Result<Self> {
        Text::new(reader.take(LIMIT)).findings(&mut |_| {})
    }

    /// The same of an input that is read to its end: `each` gets all of the text, in pieces. Of
    /// binary data, that ends where it is known to be that.
    ///
    /// # Errors
    ///
    /// What `reader` fails with.
    ///
    /// ```
    /// use jianfan::Findings;
    ///
    /// let mut text = String::new();
    /// Findings::read_all("我哋喺度".as_bytes(), |piece| text += piece)?;
    /// assert_eq!(text, "我哋喺度");
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn read_all(reader: impl Read, mut each: impl FnMut(&str)) -> io::Result<Self> {
        let mut text = Text::new(reader);
        let findings = text.findings(&mut each)?;
        while !findings.detection.binary && !text.ended {
            each(text.next()?);
        }
        Ok(findings)
    }

    fn of(detection: Detection, evidence: &Evidence) -> Self {
        match detection.binary {
            true => Self { detection, script: Script::None, locale: None },
            false => Self { detection, script: evidence.script(), locale: evidence.locale() },
        }
    }
}

/// The text of an input, piece by piece.
struct Text<R> {
    reader: R,
    decoder: AutoDecoder,
    bytes: Vec<u8>,
    text: String,
    ended: bool,
}

impl<R: Read> Text<R> {
    fn new(reader: R) -> Self {
        let decoder = AutoDecoder::new(Malformed::Replace);
        Self { reader, decoder, bytes: Vec::new(), text: String::new(), ended: false }
    }

    /// Reads as much as is needed; `each` gets what was read.
    fn findings(&mut self, each: &mut impl FnMut(&str)) -> io::Result<Findings> {
        let mut evidence = Evidence::default();
        loop {
            let text = self.next()?;
            evidence.add(text);
            each(text);
            let is_enough =
                |found: &Detection| self.ended || found.binary || evidence.ideographs() >= ENOUGH;
            if let Some(detection) = self.decoder.detection().filter(|found| is_enough(found)) {
                return Ok(Findings::of(detection.clone(), &evidence));
            }
        }
    }

    fn next(&mut self) -> io::Result<&str> {
        self.bytes.clear();
        self.text.clear();
        let len = self.reader.by_ref().take(CHUNK).read_to_end(&mut self.bytes)?;
        self.ended = len == 0;
        let decoded = match self.ended {
            true => self.decoder.finish(&mut self.text),
            false => self.decoder.decode(&self.bytes, &mut self.text),
        };
        decoded.map_err(invalid_data)?;
        Ok(&self.text)
    }
}

/// Malformed bytes are replaced, so this does not come about.
fn invalid_data(error: DecodeError) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error)
}
