use std::fmt;
use std::str::FromStr;

use crate::suggest::nearest;

/// Where text comes from or goes to: a BCP 47 tag that jianfan knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Locale {
    /// Mainland China, `zh-CN`: Simplified, with the mainland's words.
    ZhCn,
    /// Singapore, `zh-SG`: Simplified.
    ZhSg,
    /// Malaysia, `zh-MY`: Simplified.
    ZhMy,
    /// Taiwan, `zh-TW`: Traditional, with Taiwan's words and character forms.
    ZhTw,
    /// Hong Kong, `zh-HK`: Traditional, with Hong Kong's words and character forms.
    ZhHk,
    /// Macao, `zh-MO`: Traditional, written as in Hong Kong.
    ZhMo,
    /// Simplified script, `zh-Hans`, of no particular place: words stay as they are.
    ZhHans,
    /// Traditional script, `zh-Hant`, in OpenCC's standard forms: words stay as they are.
    ZhHant,
    /// Japanese kanji, `ja`, in the new forms.
    Ja,
}

/// A locale with its tag, and what else it is called.
const NAMES: [(Locale, &[&str]); 9] = [
    (Locale::ZhCn, &["zh-CN", "cn", "zh-Hans-CN", "zh"]),
    (Locale::ZhSg, &["zh-SG", "sg", "zh-Hans-SG"]),
    (Locale::ZhMy, &["zh-MY", "my", "zh-Hans-MY"]),
    (Locale::ZhTw, &["zh-TW", "tw", "zh-Hant-TW"]),
    (Locale::ZhHk, &["zh-HK", "hk", "zh-Hant-HK"]),
    (Locale::ZhMo, &["zh-MO", "mo", "zh-Hant-MO"]),
    (Locale::ZhHans, &["zh-Hans", "hans", "chs", "zh-chs"]),
    (Locale::ZhHant, &["zh-Hant", "hant", "cht", "zh-cht"]),
    (Locale::Ja, &["ja", "jp", "ja-JP", "jpn"]),
];

impl Locale {
    /// Every locale, in the order of the documentation.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|(locale, _)| *locale)
    }

    /// The BCP 47 tag.
    ///
    /// ```
    /// assert_eq!(jianfan::Locale::ZhTw.tag(), "zh-TW");
    /// ```
    pub fn tag(self) -> &'static str {
        self.names()[0]
    }

    /// The tag and the aliases that [`Locale::from_str`] takes.
    pub fn names(self) -> &'static [&'static str] {
        let row = NAMES.iter().find(|(locale, _)| *locale == self);
        row.map_or(&[], |(_, names)| names)
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.tag())
    }
}

impl FromStr for Locale {
    type Err = UnknownLocale;

    /// Reads a tag or an alias; upper and lower case, `-` and `_` are alike.
    ///
    /// ```
    /// use jianfan::Locale;
    ///
    /// assert_eq!("zh_Hant_tw".parse(), Ok(Locale::ZhTw));
    /// assert_eq!("HK".parse(), Ok(Locale::ZhHk));
    /// assert!("zh-XX".parse::<Locale>().is_err());
    /// ```
    fn from_str(name: &str) -> Result<Self, UnknownLocale> {
        let wanted = name.replace('_', "-");
        let is_wanted = |known: &&str| known.eq_ignore_ascii_case(&wanted);
        let row = NAMES.iter().find(|(_, names)| names.iter().any(is_wanted));
        row.map(|(locale, _)| *locale)
            .ok_or_else(|| UnknownLocale { name: name.to_owned(), near: near(&wanted) })
    }
}

fn near(wanted: &str) -> Vec<&'static str> {
    let near = nearest(wanted, Locale::all().map(Locale::tag));
    if near.is_empty() { Locale::all().map(Locale::tag).collect() } else { near }
}

/// No locale has this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown locale \u{201c}{name}\u{201d}; did you mean {}?", .near.join(", "))]
pub struct UnknownLocale {
    /// The name that was asked for.
    pub name: String,
    /// The tags closest to it, or all of them if none is close.
    pub near: Vec<&'static str>,
}
