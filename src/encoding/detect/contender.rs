//! The encodings that bytes may be in, each with the scripts that are written in it.

use crate::encoding::Encoding;
use crate::encoding::codec::{Codec, Decode};
use crate::encoding::statistics::Script::{
    self, Arabic, Cyrillic, Greek, Hebrew, Japanese, Korean, Latin, Simplified, Thai, Traditional,
};
use crate::encoding::statistics::{Costs, NAT, Statistics};

/// What a sequence costs that stands for no character: more than any character, but little enough
/// that one in some kilobytes makes no difference.
const FAULT: u32 = 22 * NAT;

/// What each byte of another one right behind it costs: most likely they have one cause.
const NEXT_FAULT: u32 = 6 * NAT;

/// What a character costs that is not finished where the bytes end, and what one of UTF-16.
const UNFINISHED: u32 = 12 * NAT;
const UNFINISHED_UNIT: u32 = 30 * NAT;

/// What makes an encoding impossible.
const IMPOSSIBLE: u32 = 10_000 * NAT;

/// An encoding, the scripts of its texts, and how much rarer it is than UTF-8, in nats.
type Row = (Encoding, &'static [Script], u32);

static ROWS: &[Row] = &[
    (Encoding::UTF_8, &Script::ALL, 0),
    (Encoding::GB18030, &[Simplified, Traditional], 0),
    (Encoding::BIG5, &[Traditional], 1),
    (Encoding::BIG5_UAO, &[Traditional], 4),
    (Encoding::EUC_TW, &[Traditional], 6),
    (Encoding::SHIFT_JIS, &[Japanese], 2),
    (Encoding::EUC_JP, &[Japanese], 2),
    (Encoding::EUC_KR, &[Korean], 2),
    (Encoding::WINDOWS_1252, &[Latin], 1),
    (Encoding::legacy("windows-1250", encoding_rs::WINDOWS_1250), &[Latin], 2),
    (Encoding::legacy("windows-1251", encoding_rs::WINDOWS_1251), &[Cyrillic], 2),
    (Encoding::legacy("koi8-r", encoding_rs::KOI8_R), &[Cyrillic], 3),
    (Encoding::legacy("ibm866", encoding_rs::IBM866), &[Cyrillic], 5),
    (Encoding::legacy("iso-8859-5", encoding_rs::ISO_8859_5), &[Cyrillic], 6),
    (Encoding::legacy("windows-1253", encoding_rs::WINDOWS_1253), &[Greek], 5),
    (Encoding::legacy("windows-1255", encoding_rs::WINDOWS_1255), &[Hebrew], 6),
    (Encoding::legacy("windows-1256", encoding_rs::WINDOWS_1256), &[Arabic], 6),
    (Encoding::legacy("windows-874", encoding_rs::WINDOWS_874), &[Thai], 6),
];

/// Those in which ASCII is not the same. Only the beginning of an input tells them.
static WIDE_ROWS: &[Row] = &[
    (Encoding::UTF_16LE, &Script::ALL, 4),
    (Encoding::UTF_16BE, &Script::ALL, 5),
    (Encoding::UTF_32LE, &Script::ALL, 5),
    (Encoding::UTF_32BE, &Script::ALL, 5),
];

/// An encoding that the bytes so far may be in.
pub(super) struct Contender {
    pub(super) encoding: Encoding,
    decoder: Box<dyn Decode + Send>,
    costs: Costs<'static>,
    text: String,
    /// Whether a fault was the last thing.
    faulty: bool,
}

/// All of them, those that are no extension of ASCII among them if `wide`.
pub(super) fn all(wide: bool) -> Vec<Contender> {
    let wide = if wide { WIDE_ROWS } else { &[] };
    ROWS.iter().chain(wide).map(Contender::new).collect()
}

impl Contender {
    fn new((encoding, scripts, rarity): &Row) -> Self {
        let mut costs = Costs::new(Statistics::builtin(), scripts);
        costs.interrupt(rarity * NAT);
        Self {
            encoding: *encoding,
            decoder: encoding.codec().decoder(),
            costs,
            text: String::new(),
            faulty: false,
        }
    }

    /// Reads on.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while let Err(fault) = self.decoder.decode(rest, false, &mut self.text) {
            rest = &rest[fault.read..];
            let cost = match self.text.is_empty() && self.faulty {
                true => NEXT_FAULT * fault.back as u32,
                false => FAULT,
            };
            self.count();
            self.costs.interrupt(if self.is_utf_32() { IMPOSSIBLE } else { cost });
            self.faulty = true;
        }
        self.faulty &= self.text.is_empty();
        self.count();
    }

    /// Ends the text.
    pub(super) fn finish(&mut self) {
        if self.decoder.decode(b"", true, &mut self.text).is_err() {
            self.costs.interrupt(match self.encoding.codec() {
                Codec::Utf32Le | Codec::Utf32Be => IMPOSSIBLE,
                Codec::Utf16Le | Codec::Utf16Be => UNFINISHED_UNIT,
                _ => UNFINISHED,
            });
        }
        self.count();
    }

    fn count(&mut self) {
        if self.encoding.is_wide() && self.text.contains('\0') {
            self.costs.interrupt(IMPOSSIBLE);
        }
        self.costs.push(&self.text);
        self.text.clear();
    }

    /// What the bytes cost, and in which script they do.
    pub(super) fn cost(&self) -> (Script, u64) {
        self.costs.least()
    }

    fn is_utf_32(&self) -> bool {
        matches!(self.encoding, Encoding::UTF_32LE | Encoding::UTF_32BE)
    }
}
