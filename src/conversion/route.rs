//! Which configs lead from one locale to another.

use crate::locale::Locale;
use Locale::*;

/// The built-in configs to pass through, in order.
///
/// Where a place has words of its own and OpenCC has a table of them, the table is used;
/// `zh-Hans` and `zh-Hant` ask for script alone. Between two Traditional places the way is
/// OpenCC's standard Traditional, not Simplified, which would lose characters.
pub(crate) fn route(from: Locale, to: Locale) -> &'static [&'static str] {
    match (from, to) {
        (ZhCn | ZhSg | ZhMy | ZhHans, _) => from_simplified(to),
        (ZhTw, _) => from_taiwan(to),
        (ZhHk | ZhMo, _) => from_hong_kong(to),
        (ZhHant, _) => from_traditional(to),
        (Ja, _) => from_japanese(to),
    }
}

fn from_simplified(to: Locale) -> &'static [&'static str] {
    match to {
        ZhCn | ZhSg | ZhMy | ZhHans => &[],
        ZhTw => &["s2twp"],
        ZhHk | ZhMo => &["s2hkp"],
        ZhHant => &["s2t"],
        Ja => &["s2t", "t2jp"],
    }
}

fn from_taiwan(to: Locale) -> &'static [&'static str] {
    match to {
        ZhCn | ZhSg | ZhMy => &["tw2sp"],
        ZhHans => &["tw2s"],
        ZhTw => &[],
        ZhHk | ZhMo => &["tw2t", "t2hk"],
        ZhHant => &["tw2t"],
        Ja => &["tw2t", "t2jp"],
    }
}

fn from_hong_kong(to: Locale) -> &'static [&'static str] {
    match to {
        ZhCn | ZhSg | ZhMy => &["hk2sp"],
        ZhHans => &["hk2s"],
        ZhTw => &["hk2t", "t2tw"],
        ZhHk | ZhMo => &[],
        ZhHant => &["hk2t"],
        Ja => &["hk2t", "t2jp"],
    }
}

fn from_traditional(to: Locale) -> &'static [&'static str] {
    match to {
        ZhCn | ZhSg | ZhMy | ZhHans => &["t2s"],
        ZhTw => &["t2tw"],
        ZhHk | ZhMo => &["t2hk"],
        ZhHant => &[],
        Ja => &["t2jp"],
    }
}

fn from_japanese(to: Locale) -> &'static [&'static str] {
    match to {
        ZhCn | ZhSg | ZhMy | ZhHans => &["jp2t", "t2s"],
        ZhTw => &["jp2t", "t2tw"],
        ZhHk | ZhMo => &["jp2t", "t2hk"],
        ZhHant => &["jp2t"],
        Ja => &[],
    }
}
