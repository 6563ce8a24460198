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
        let mut reader = reader.take(LIMIT);
        let mut decoder = AutoDecoder::new(Malformed::Replace);
        let mut evidence = Evidence::default();
        let (mut bytes, mut text) = (Vec::new(), String::new());
        let detection = loop {
            bytes.clear();
            text.clear();
            let len = reader.by_ref().take(CHUNK).read_to_end(&mut bytes)?;
            let decoded = match len {
                0 => decoder.finish(&mut text),
                _ => decoder.decode(&bytes, &mut text),
            };
            decoded.map_err(invalid_data)?;
            evidence.add(&text);
            let is_enough =
                |found: &Detection| len == 0 || found.binary || evidence.ideographs() >= ENOUGH;
            if let Some(detection) = decoder.detection().filter(|found| is_enough(found)) {
                break detection.clone();
            }
        };
        Ok(Self::of(detection, &evidence))
    }

    fn of(detection: Detection, evidence: &Evidence) -> Self {
        match detection.binary {
            true => Self { detection, script: Script::None, locale: None },
            false => Self { detection, script: evidence.script(), locale: evidence.locale() },
        }
    }
}

/// Malformed bytes are replaced, so this does not come about.
fn invalid_data(error: DecodeError) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error)
}
