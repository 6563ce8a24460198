//! How likely a text is, in nats: by which characters it has and what stands beside what.
//!
//! A character costs as many nats as it is rare in the texts that have its script, and a step from
//! one script to another costs some more. That is enough to tell text from what becomes of it when
//! it is misread, which is rare characters of several scripts side by side.

use std::sync::LazyLock;

use crate::encoding::Encoding;
use crate::encoding::statistics::{Class as Statistic, NAT, Script, Statistics};

/// What an ideograph costs at most, in nats.
const RARE: f32 = 15.0;

/// What U+FFFD costs, in text as found and as repaired: about what the character costs that stands
/// in the place of bytes that made sense once.
const REPLACEMENT: f32 = 12.0;

/// How many different characters are remembered.
const RECENT: usize = 8;

/// What one of them costs at most.
const AGAIN: f32 = 4.0;

/// By how many nats a stretch must be unlikely for a line to be worth a closer look.
const UNLIKELY: f32 = 10.0;

/// What a letter of a long text costs at most, on average, in nats. In texts it is 6.2 to 7; in
/// characters taken at random from the common ones it is 9. It keeps lists of rare characters
/// from becoming lists of less rare ones.
const TEXT: f32 = 7.2;

/// By how much more a short text may exceed that, times the square root of its letters: twice what
/// costs differ by from one letter to the next.
const SPREAD: f32 = 4.0;

/// What kind of writing a character belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Spaces, digits, punctuation: beside anything.
    Neutral,
    /// A letter of ASCII.
    Ascii,
    /// A letter of the Latin script beyond ASCII.
    Latin,
    Han,
    Hiragana,
    Katakana,
    HalfKatakana,
    Hangul,
    Bopomofo,
    /// Another script, by the beginning of its block.
    Other(u8),
    /// What no text has: controls, characters for private use, unassigned ones.
    Odd,
}

/// Adds up what the characters of a text cost.
#[derive(Debug, Clone, Copy)]
pub(super) struct Meter {
    last: Class,
    /// The last characters: one that came already may well come again.
    recent: [char; RECENT],
    next: usize,
    /// What a letter of another script costs.
    other: f32,
}

impl Meter {
    /// For a text as it stands: any script is as good as those that are known here.
    pub(super) const FOUND: Self = Self::new(4.0);

    /// For what a text may be repaired to: the scripts that are known here, others hardly.
    pub(super) const REPAIRED: Self = Self::new(8.0);

    const fn new(other: f32) -> Self {
        Self { last: Class::Neutral, recent: ['\0'; RECENT], next: 0, other }
    }

    /// What the next character costs behind those before it.
    pub(super) fn cost(&mut self, character: char) -> f32 {
        let (class, cost) = rate(character);
        let cost = if matches!(class, Class::Other(_)) { self.other } else { cost };
        let step = step(std::mem::replace(&mut self.last, class), class);
        if self.recent.contains(&character) {
            return cost.min(AGAIN) + step;
        }
        self.recent[self.next] = character;
        self.next = (self.next + 1) % RECENT;
        cost + step
    }

    /// What `text` costs.
    pub(super) fn sum(mut self, text: &str) -> f32 {
        text.chars().map(|character| self.cost(character)).sum()
    }
}

/// Whether `text` is in a script in which people write in `encoding`: Japanese has kana, Korean
/// Hangul, Chinese neither, and none of them more signs than letters.
pub(super) fn fits(text: &str, encoding: Encoding) -> bool {
    let count = |classes: &[Class]| {
        text.chars().filter(|character| classes.contains(&rate(*character).0)).count()
    };
    let han = count(&[Class::Han]);
    let kana = count(&[Class::Hiragana, Class::Katakana]);
    let hangul = count(&[Class::Hangul]);
    let others =
        text.chars().filter(|character| !character.is_ascii()).count() - han - kana - hangul;
    if others > han + kana + hangul && encoding != Encoding::UTF_8 {
        return false;
    }
    match encoding.name() {
        "gbk" | "big5" => han > kana + hangul,
        "shift_jis" | "euc-jp" => kana * 6 > han,
        "euc-kr" => hangul > han + kana,
        _ => true,
    }
}

/// Whether some stretch of `line` is less likely than texts are. It is a quick look: most lines are
/// sound, and need no other.
pub(super) fn is_unlikely(line: &str) -> bool {
    let mut meter = Meter::FOUND;
    let mut sum: f32 = 0.0;
    !line.is_ascii()
        && line.chars().any(|character| {
            let usual = match character {
                '\0'..='\u{7F}' => 4.5,
                '\u{80}'..='\u{2FF}' => 3.0,
                '\u{300}'..='\u{30FF}' | '\u{FF61}'..='\u{FF9F}' => 4.0,
                _ => 7.5,
            };
            sum = (sum + meter.cost(character) - usual).max(0.0);
            sum >= UNLIKELY
        })
}

/// Whether the character is a letter or an ideograph beyond ASCII.
pub(super) fn is_foreign_letter(character: char) -> bool {
    !matches!(rate(character).0, Class::Neutral | Class::Ascii)
}

/// Whether the letters beyond ASCII in `text` are no rarer than in texts, however often they come.
pub(super) fn is_usual(text: &str) -> bool {
    let letters = text.chars().filter(|character| is_foreign_letter(*character));
    let count = |(count, sum), letter| (count + 1.0, sum + rate(letter).1);
    let (letters, cost): (f32, f32) = letters.fold((0.0, 0.0), count);
    cost <= TEXT * letters + SPREAD * letters.sqrt()
}

/// Whether texts of East Asia have much of `character`.
pub(super) fn is_common(character: char) -> bool {
    let (class, cost) = rate(character);
    let is_asian = matches!(class, Class::Han | Class::Hiragana | Class::Katakana | Class::Hangul);
    (is_asian || character >= '\u{3000}' && class == Class::Neutral) && cost < 9.0
}

/// What a step from one class to the next costs.
fn step(from: Class, to: Class) -> f32 {
    use Class::{Ascii, Han, Hangul, Hiragana, Katakana, Latin, Neutral};
    match (from, to) {
        (Neutral, _) | (_, Neutral) => 0.0,
        (Latin, Latin) => 1.5,
        _ if from == to => 0.0,
        (Ascii, Latin) | (Latin, Ascii) => 0.0,
        (Han | Katakana, Hiragana) | (Hiragana, Han | Katakana) => 1.0,
        (Ascii, Han | Hangul | Hiragana | Katakana)
        | (Han | Hangul | Hiragana | Katakana, Ascii) => 3.0,
        (Han, Katakana) | (Katakana, Han) => 3.0,
        _ => 5.0,
    }
}

/// The class of a character and what it costs by itself.
#[inline]
fn rate(character: char) -> (Class, f32) {
    RATES.get(character as usize).copied().unwrap_or_else(|| rated(character))
}

/// Those of the Basic Multilingual Plane, by their code points: they are asked for all the time.
static RATES: LazyLock<Box<[(Class, f32)]>> = LazyLock::new(|| {
    (0..=0xFFFF).map(|code| rated(char::from_u32(code).unwrap_or('\0'))).collect()
});

fn rated(character: char) -> (Class, f32) {
    use Class::{
        Ascii, Bopomofo, HalfKatakana, Han, Hangul, Hiragana, Katakana, Latin, Neutral, Odd,
    };
    match character {
        'a'..='z' => (Ascii, 3.0),
        'A'..='Z' => (Ascii, 4.0),
        ' '..='~' | '\t' | '\r' | '\n' => (Neutral, 3.5),
        '\0'..='\u{1F}' | '\u{7F}' => (Odd, 8.0),
        '\u{80}'..='\u{9F}' => (Odd, 14.0),
        '\u{A0}' | '«' | '»' | '°' | '©' | '·' => (Neutral, 6.0),
        '\u{A1}'..='¿' | '×' | '÷' => (Neutral, 8.0),
        'À'..='Þ' => (Latin, 6.5),
        'ß'..='ÿ' => (Latin, 5.5),
        '\u{100}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => (Latin, 6.5),
        '\u{250}'..='\u{36F}' => (Latin, 7.0),
        '—' | '‘'..='”' | '…' => (Neutral, 4.5),
        '\u{2000}'..='\u{206F}' => (Neutral, 8.0),
        '，' | '。' | '、' => (Neutral, 3.5),
        '\u{3001}'..='\u{3011}' | '！' | '（' | '）' | '：' | '；' | '？' => (Neutral, 4.5),
        '\u{3000}' => (Neutral, 3.5),
        '\u{2500}'..='\u{26FF}' => (Neutral, 6.0),
        '\u{2070}'..='\u{2BFF}' | '\u{3000}'..='\u{303F}' => (Neutral, 8.0),
        'ぁ'..='ゟ' => (Hiragana, 4.3),
        '゠'..='ヿ' => (Katakana, 5.0),
        'ㄅ'..='ㄯ' => (Bopomofo, 4.5),
        '\u{3200}'..='\u{33FF}' | '\u{1F000}'..='\u{1FAFF}' => (Neutral, 8.0),
        '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' => (Han, ideograph(character)),
        '\u{20000}'..='\u{3FFFF}' => (Han, 15.0),
        '가'..='힣' => (Hangul, hangul(character)),
        '\u{FF00}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}' => (Neutral, 6.0),
        '\u{FE30}'..='\u{FE4F}' => (Neutral, 7.0),
        '\u{FF10}'..='\u{FF60}' => (Neutral, 7.0),
        '\u{FF61}'..='\u{FF9F}' => (HalfKatakana, 7.0),
        char::REPLACEMENT_CHARACTER => (Neutral, REPLACEMENT),
        '\u{E000}'..='\u{F8FF}' => (Odd, 14.0),
        '\u{370}'..='\u{1FFF}' => (Class::Other((character as u32 >> 8) as u8), 4.0),
        _ if character.is_alphabetic() => (Class::Other((character as u32 >> 8) as u8), 4.0),
        _ => (Odd, 12.0),
    }
}

/// What an ideograph costs in that script which has it most.
fn ideograph(character: char) -> f32 {
    let cost = |script| Statistics::builtin().character(script, Statistic::Han, character);
    let scripts = [Script::Simplified, Script::Traditional, Script::Japanese];
    nats(scripts.map(cost).into_iter().min().unwrap_or_default()).min(RARE)
}

fn hangul(character: char) -> f32 {
    nats(Statistics::builtin().character(Script::Korean, Statistic::Hangul, character)).min(RARE)
}

fn nats(cost: u32) -> f32 {
    cost as f32 / NAT as f32
}
