use std::ops::RangeInclusive;

use thiserror::Error;

use super::NAT;
use super::class::Class;
use super::hangul;
use super::layout::{
    CHARACTERS, HAN, HAN_LEAST, HAN_LEVELS, HAN_STEP, HAN_UNSEEN, HANGUL, IDEOGRAPHS, MAGIC,
    OUTLYING, SIZE, TRANSITIONS, cell, transition,
};
use super::script::Script;

/// The cost of a character that a script doesn't have, or that was never seen in it.
const UNSEEN: u32 = 17 * NAT;

/// Arrows, numbers in circles, lines and blocks; emoji. They are common, but there are many.
const PICTURES: [RangeInclusive<char>; 2] = ['\u{2190}'..='\u{27BF}', '\u{1F000}'..='\u{1FAFF}'];

/// What each of them costs.
const PICTURE: u32 = 160;

/// What the no-break space costs, of which the texts of the trainer have been cleaned.
const NO_BREAK_SPACE: u32 = 48;

/// What a letter costs more in a text of another script.
const FOREIGN: u32 = 64;

/// What Chinese characters cost more in Korean than in Traditional Chinese.
const HANJA: u32 = 16;

/// The table of costs, used where it lies.
///
/// ```
/// use jianfan::encoding::statistics::{Class, Script, Statistics};
///
/// let statistics = Statistics::builtin();
/// let cost = |script| statistics.character(script, Class::Han, '们');
/// assert!(cost(Script::Simplified) < cost(Script::Traditional));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Statistics<'a> {
    bytes: &'a [u8; SIZE],
}

/// What a character costs, looked up once for all scripts.
#[derive(Clone, Copy)]
pub(super) enum Price {
    /// The same in all of them.
    Everywhere(u32),
    /// More in others than in its own.
    Letter(Script, u32),
    /// A Chinese character's.
    Ideograph(Levels),
    /// One that only Traditional text has.
    Outlier(u32),
}

impl Price {
    /// What it is in `script`.
    #[inline]
    pub(super) fn within(self, script: Script) -> u32 {
        match self {
            Self::Everywhere(cost) => cost,
            Self::Letter(own, cost) if own == script => cost,
            Self::Letter(_, cost) => cost + FOREIGN,
            Self::Ideograph(levels) => levels.within(script),
            Self::Outlier(cost) if script == Script::Traditional => cost,
            Self::Outlier(_) => UNSEEN,
        }
    }
}

/// What a Chinese character costs in three scripts, five bits each.
#[derive(Clone, Copy)]
pub(super) struct Levels(u16);

impl Levels {
    /// The cost in `script`.
    #[inline]
    pub(super) fn within(self, script: Script) -> u32 {
        match script {
            Script::Simplified => self.cost(0),
            Script::Traditional => self.cost(5),
            Script::Japanese => self.cost(10),
            Script::Korean => self.cost(5) + HANJA,
            _ => UNSEEN,
        }
    }

    #[inline]
    fn cost(self, shift: u16) -> u32 {
        match u32::from(self.0 >> shift) % HAN_LEVELS {
            HAN_UNSEEN => UNSEEN,
            level => HAN_LEAST + HAN_STEP * level,
        }
    }
}

/// Bytes that are no table of [`Statistics`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error(
    "no table of the detector's statistics, or of another version; make it again with the trainer"
)]
pub struct StatisticsError;

impl Statistics<'static> {
    /// The built-in table; `dictionaries/detection/README.md` says what it was learned from.
    ///
    /// ```
    /// use jianfan::encoding::statistics::{Class, Script, Statistics};
    ///
    /// assert!(Statistics::builtin().character(Script::Traditional, Class::Han, '體') > 0);
    /// ```
    pub fn builtin() -> Self {
        const BYTES: &[u8; SIZE] = include_bytes!("../../../dictionaries/detection/model.bin");
        Self { bytes: BYTES }
    }
}

impl<'a> Statistics<'a> {
    /// A table that [`Counts::to_bytes`](super::Counts::to_bytes) made.
    ///
    /// # Errors
    ///
    /// If `bytes` are of another length, or don't begin as they should.
    ///
    /// ```
    /// use jianfan::encoding::statistics::{Counts, Statistics};
    ///
    /// let bytes = Counts::default().to_bytes();
    /// assert!(Statistics::from_bytes(&bytes).is_ok());
    /// assert!(Statistics::from_bytes(b"text").is_err());
    /// ```
    pub fn from_bytes(bytes: &'a [u8]) -> Result<Self, StatisticsError> {
        let bytes: &[u8; SIZE] = bytes.try_into().map_err(|_| StatisticsError)?;
        if bytes.starts_with(&MAGIC) { Ok(Self { bytes }) } else { Err(StatisticsError) }
    }

    /// What it costs that a character of the class `to` follows one of the class `from`.
    ///
    /// ```
    /// use jianfan::encoding::statistics::{Class, Script, Statistics};
    ///
    /// let cost = |to| Statistics::builtin().transition(Script::Japanese, Class::Kana, to);
    /// assert!(cost(Class::Kana) < cost(Class::Small));
    /// ```
    #[inline]
    pub fn transition(&self, script: Script, from: Class, to: Class) -> u32 {
        u32::from(self.bytes[TRANSITIONS.start + transition(script, from, to)])
    }

    /// What `character`, which is of `class`, costs among those of its class.
    ///
    /// ```
    /// use jianfan::encoding::statistics::{Class, Script, Statistics};
    ///
    /// let cost = |character| Statistics::builtin().character(Script::Korean, Class::Hangul, character);
    /// assert!(cost('다') < cost('뷁'));
    /// ```
    #[inline]
    pub fn character(&self, script: Script, class: Class, character: char) -> u32 {
        self.price(class, character).within(script)
    }

    /// What `character`, which is of `class`, costs in any script.
    #[inline]
    pub(super) fn price(&self, class: Class, character: char) -> Price {
        match class {
            Class::Han => match self.levels(character) {
                Some(levels) => Price::Ideograph(levels),
                None => Price::Outlier(self.outlier(character.into())),
            },
            Class::Hangul => {
                Price::Everywhere(self.cost_at(HANGUL.start, hangul::number(character)))
            }
            Class::Space if character == '\u{A0}' => Price::Everywhere(NO_BREAK_SPACE),
            Class::Other if PICTURES.iter().any(|range| range.contains(&character)) => {
                Price::Everywhere(PICTURE)
            }
            _ => {
                let cost = self.cost_at(CHARACTERS.start, cell(character.into()));
                match class {
                    Class::Alphabetic => Price::Letter(Script::of_letter(character), cost),
                    _ => Price::Everywhere(cost),
                }
            }
        }
    }

    #[inline]
    pub(super) fn levels(&self, character: char) -> Option<Levels> {
        let place = u32::from(character).wrapping_sub(HAN.start) as usize;
        let (levels, _) = self.bytes[IDEOGRAPHS].as_chunks::<2>();
        levels.get(place).map(|levels| Levels(u16::from_le_bytes(*levels)))
    }

    fn outlier(&self, character: u32) -> u32 {
        let (outliers, _) = self.bytes[OUTLYING].as_chunks::<4>();
        let place = outliers.binary_search_by_key(&character, |outlier| {
            u32::from_be_bytes([0, outlier[0], outlier[1], outlier[2]])
        });
        place.map_or(UNSEEN, |place| u32::from(outliers[place][3]))
    }

    #[inline]
    fn cost_at(&self, start: usize, number: Option<usize>) -> u32 {
        number.map_or(UNSEEN, |number| u32::from(self.bytes[start + number]))
    }
}
