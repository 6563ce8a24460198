//! What only one of the Traditional places writes.
//!
//! Their standard forms alone don't tell: Taiwan writes 台 more often than 臺, and Hong Kong 說 as
//! often as 説. What is here is hardly ever written in the other place, by laws, minutes and
//! programs from Taiwan, and by conversations (the Hong Kong Cantonese Corpus) and programs from
//! Hong Kong.

/// Hong Kong's forms that Taiwan doesn't write, then the characters of Cantonese.
const HONG_KONG: &str = "裏着説温脱税悦鋭閲衞綫鈎醖藴蜕敍兑卧枱枴揾緼葱氲糭羣峯牀麪賬\
                         嘅咗喺啲嘢冇佢哋唔噉咁嗰咩喎囖嚟攞乜瞓嘞嗱嚹諗睇啱啫㗎孭嬲𡃉";

const TAIWAN: &str = "裡著汙洩痺";

/// What counts as Simplified by the tables, though people in Taiwan or Hong Kong write it, too.
const SHARED: &str = "群峰床秘恒灶霉虱粽痴晒吓糍温脱税悦蜕兑卧揾葱氲";

const HONG_KONG_WORDS: [&str; 10] =
    ["網絡", "軟件", "硬件", "熒幕", "屏幕", "質素", "私隱", "數碼", "打印", "泊車"];

const TAIWAN_WORDS: [&str; 10] =
    ["網路", "軟體", "硬體", "數位", "品質", "行銷", "影印", "志工", "線上", "公車"];

/// Whether Hong Kong, but not Taiwan, writes `character`, or the word that ends with it, if it is
/// one of two characters and `before` stands before it.
pub(super) fn is_hong_kong(before: char, character: char) -> bool {
    HONG_KONG.contains(character) || has(&HONG_KONG_WORDS, before, character)
}

/// The same for Taiwan, but not Hong Kong.
pub(super) fn is_taiwan(before: char, character: char) -> bool {
    TAIWAN.contains(character) || has(&TAIWAN_WORDS, before, character)
}

/// Whether `character` is no sign of Simplified text, whatever the tables say.
pub(super) fn is_shared(character: char) -> bool {
    SHARED.contains(character)
}

fn has(words: &[&str], before: char, character: char) -> bool {
    words.iter().any(|word| word.chars().eq([before, character]))
}
