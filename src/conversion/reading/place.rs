//! The places that tables of concepts have words of, and where their text goes.

use super::words::{Places, Sources};

/// Where text goes to: places that write alike have one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    Mainland,
    Taiwan,
    HongKong,
    Traditional,
}

/// A place that has a column in the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Mainland,
    Taiwan,
    HongKong,
    Singapore,
    Malaysia,
    Macau,
}

/// The columns of words, in their order.
pub(crate) const PLACES: [Place; 6] = [
    Place::Mainland,
    Place::Taiwan,
    Place::HongKong,
    Place::Singapore,
    Place::Malaysia,
    Place::Macau,
];

impl Place {
    /// Where text is from the place.
    pub fn source(self) -> Sources {
        match self {
            Self::Mainland => Sources(Sources::MAINLAND.0 | Sources::SIMPLIFIED.0),
            Self::Taiwan => Sources::TAIWAN,
            Self::HongKong => Sources::HONG_KONG,
            Self::Singapore => Sources::SINGAPORE,
            Self::Malaysia => Sources::MALAYSIA,
            Self::Macau => Sources::MACAU,
        }
    }

    /// The table of the place's script, and the place among those that share it.
    pub fn target(self) -> (Target, Places) {
        match self {
            Self::Mainland => (Target::Mainland, Places::FIRST),
            Self::Singapore => (Target::Mainland, Places::SECOND),
            Self::Malaysia => (Target::Mainland, Places::THIRD),
            Self::Taiwan => (Target::Taiwan, Places::FIRST),
            Self::HongKong => (Target::HongKong, Places::FIRST),
            Self::Macau => (Target::HongKong, Places::SECOND),
        }
    }

    /// The place whose words it has where it has none of its own.
    pub fn model(self) -> Option<Self> {
        match self {
            Self::Singapore | Self::Malaysia => Some(Self::Mainland),
            Self::Macau => Some(Self::HongKong),
            _ => None,
        }
    }

    /// The places whose words are replaced, too, in text that is from here and goes to `to`:
    /// mainland words come into all Chinese, those of Hong Kong into Taiwan's and the mainland's;
    /// Hong Kong uses some of Taiwan's, which stay there. Simplified text may have either's words.
    pub fn mends(self, to: Self) -> &'static [Self] {
        let goes_to_hong_kong = matches!(to, Self::HongKong | Self::Macau);
        match self {
            Self::Mainland if goes_to_hong_kong => &[Self::Taiwan],
            Self::Mainland => &[Self::HongKong],
            Self::Taiwan => &[Self::Mainland, Self::HongKong],
            Self::HongKong | Self::Macau if !goes_to_hong_kong => &[Self::Mainland, Self::Taiwan],
            _ => &[Self::Mainland],
        }
    }

    /// The text in which words of `other` are replaced that is from here. Those of Taiwan are left
    /// in what is known to be the mainland's; anything else may be taken for Taiwan's the next time.
    pub fn mended_source(self, other: Self) -> Sources {
        match (self, other) {
            (Self::Mainland, Self::Taiwan) => Sources::SIMPLIFIED,
            _ => self.source(),
        }
    }
}
