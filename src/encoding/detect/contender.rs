//! The encodings that bytes may be in, each with the scripts that are written in it.

use super::big5;
use super::hint::{self, HINT};
use crate::encoding::Encoding;
use crate::encoding::codec::{Codec, Decode};
use crate::encoding::statistics::Script::{
    self, Arabic, Cyrillic, Greek, Hebrew, Japanese, Korean, Latin, Simplified, Thai, Traditional,
};
use crate::encoding::statistics::{Costs, NAT, Statistics};

/// What a sequence costs that no text has, more than any character does, but little enough that one
/// in some kilobytes makes no difference; and what one of Big5 costs that is like a character's, but
/// stands for none.
const FAULT: u32 = 22 * NAT;
const UNASSIGNED: u32 = 17 * NAT;

/// What each byte of another one right behind it costs: most likely they have one cause.
const NEXT_FAULT: u32 = 8 * NAT;

/// What a character costs that is not finished where the bytes end, and what one of UTF-16.
const UNFINISHED: u32 = 16 * NAT;
const UNFINISHED_UNIT: u32 = 30 * NAT;

/// What makes an encoding impossible.
const IMPOSSIBLE: u32 = 10_000 * NAT;

/// What a character of UTF-16 or UTF-32 costs at most, on average of a text. Of prose it is 3 to 8
/// nats, of numbers and machine code that pass for UTF-16 some 20.
const LIKELY: u64 = 12 * NAT as u64;

/// An encoding, the scripts of its texts, and how much rarer it is than UTF-8, in nats.
type Row = (Encoding, &'static [Script], u32);

static ROWS: &[Row] = &[
    (Encoding::UTF_8, &Script::ALL, 0),
    (Encoding::GB18030, &[Simplified, Traditional], 1),
    (Encoding::BIG5, &[Traditional], 2),
    (Encoding::BIG5_UAO, &[Traditional], 3),
    (Encoding::EUC_TW, &[Traditional], 3),
    (Encoding::SHIFT_JIS, &[Japanese], 3),
    (Encoding::EUC_JP, &[Japanese], 2),
    (Encoding::EUC_KR, &[Korean], 3),
    (Encoding::WINDOWS_1252, &[Latin], 0),
    (Encoding::legacy("windows-1250", encoding_rs::WINDOWS_1250), &[Latin], 1),
    (Encoding::legacy("windows-1251", encoding_rs::WINDOWS_1251), &[Cyrillic], 0),
    (Encoding::legacy("koi8-r", encoding_rs::KOI8_R), &[Cyrillic], 1),
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

/// Those in which a character beyond ASCII has an even number of bytes.
const IN_PAIRS: [Encoding; 6] = [
    Encoding::GB18030,
    Encoding::BIG5,
    Encoding::BIG5_UAO,
    Encoding::EUC_TW,
    Encoding::EUC_JP,
    Encoding::EUC_KR,
];

/// How rare one is that is in no table, but declared.
const OTHER: u32 = 4;

/// An encoding that the bytes so far may be in.
pub(super) struct Contender {
    pub(super) encoding: Encoding,
    decoder: Box<dyn Decode + Send>,
    costs: Costs<'static>,
    /// What it costs before anything is read.
    handicap: u64,
    /// How many bytes have been read.
    read: usize,
    text: String,
    /// Whether a fault was the last thing.
    faulty: bool,
    /// Whether it is the declared one, and has had no fault.
    trusted: bool,
}

/// How much rarer UTF-16 and UTF-32 are in bytes that are ASCII, too.
const ASCII: u32 = 14 * NAT;

/// All contenders for `bytes`: those that are no extension of ASCII only if `wide`, and the
/// `declared` one in any case.
pub(super) fn all(bytes: &[u8], wide: bool, declared: Option<Encoding>) -> Vec<Contender> {
    let rows = ROWS.iter().chain(if wide { WIDE_ROWS } else { &[] });
    let is_other = |one: &Encoding| rows.clone().all(|(encoding, ..)| encoding != one);
    let other = declared.filter(is_other).map(|one| (one, &Script::ALL[..], OTHER));
    let rows = rows.copied().chain(other);
    let mut contenders: Vec<Contender> = rows.map(|row| Contender::new(row, declared)).collect();
    if bytes.is_ascii() && !bytes.contains(&0) {
        let wide = contenders.iter_mut().filter(|contender| contender.encoding.is_wide());
        wide.for_each(|contender| contender.handicap += u64::from(ASCII));
    }
    contenders
}

impl Contender {
    fn new((encoding, scripts, rarity): Row, declared: Option<Encoding>) -> Self {
        let is_doubted = declared.is_some_and(|declared| hint::speaks_against(declared, encoding));
        let handicap = rarity * NAT + if is_doubted { HINT } else { 0 };
        Self {
            encoding,
            decoder: encoding.codec().decoder(),
            costs: Costs::new(Statistics::builtin(), scripts),
            handicap: handicap.into(),
            read: 0,
            text: String::new(),
            faulty: false,
            trusted: declared == Some(encoding),
        }
    }

    /// Reads on, until there is a fault and the cost is beyond `limit`.
    pub(super) fn push(&mut self, bytes: &[u8], limit: u64) {
        self.read += bytes.len();
        let mut rest = bytes;
        while let Err(fault) = self.decoder.decode(rest, false, &mut self.text) {
            let wrong = rest[..fault.read].last().copied();
            rest = &rest[fault.read..];
            if let [0x80..=0xFF, behind @ ..] = rest
                && fault.back == 1
                && wrong >= Some(0x80)
                && IN_PAIRS.contains(&self.encoding)
            {
                // A wrong byte in a pair must not make pairs of the halves behind it.
                rest = behind;
            }
            let cost = match (self.faulty && self.text.is_empty(), fault.back) {
                (true, len) => NEXT_FAULT * len as u32,
                (false, 2) if big5::VARIANTS.contains(&self.encoding) => UNASSIGNED,
                (false, _) => FAULT,
            };
            self.count();
            self.costs.interrupt(if self.is_utf_32() { IMPOSSIBLE } else { cost });
            self.faulty = true;
            self.distrust();
            if self.cost() > limit {
                return;
            }
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

    /// Adds a cost for something that is not in the text.
    pub(super) fn charge(&mut self, cost: u64) {
        self.handicap += cost;
    }

    /// A fault says more than a declaration.
    fn distrust(&mut self) {
        if std::mem::take(&mut self.trusted) {
            self.costs.interrupt(HINT);
        }
    }

    fn count(&mut self) {
        if self.encoding.is_wide() && self.text.contains('\0') {
            self.costs.interrupt(IMPOSSIBLE);
        }
        self.costs.push(&self.text);
        self.text.clear();
    }

    /// What the bytes cost.
    pub(super) fn cost(&self) -> u64 {
        self.text_cost() + self.handicap
    }

    /// What they cost but for how rare the encoding is: the same in those in which they read alike.
    pub(super) fn text_cost(&self) -> u64 {
        self.costs.least().1
    }

    /// Whether what it reads in UTF-16 or UTF-32 may be a text.
    pub(super) fn is_wide_text(&self) -> bool {
        let characters = self.read.div_ceil(if self.is_utf_32() { 4 } else { 2 });
        self.encoding.is_wide() && self.text_cost() <= LIKELY * characters as u64
    }

    fn is_utf_32(&self) -> bool {
        matches!(self.encoding, Encoding::UTF_32LE | Encoding::UTF_32BE)
    }
}
