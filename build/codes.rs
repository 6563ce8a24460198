//! The codes of characters: `src/context/code.rs` reads what is written here.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::characters::Characters;

/// The code of what ends a sentence.
pub const END: u16 = 1;

/// What is not an ideograph and has the code of something else.
fn other(character: char) -> Option<u16> {
    let like = |model: char| Some(model as u16);
    match character {
        '\n' | '\r' | '。' | '！' | '？' | '!' | '?' => Some(END),
        '0'..='9' | '０'..='９' => like('0'),
        'a'..='z' | 'A'..='Z' | 'ａ'..='ｚ' | 'Ａ'..='Ｚ' => like('A'),
        '\t' | '\u{3000}' | '\u{a0}' => like(' '),
        '“' | '”' | '‘' | '’' | '「' | '」' | '『' | '』' => like('"'),
        '，' => like(','),
        '：' => like(':'),
        '；' => like(';'),
        '（' => like('('),
        '）' => like(')'),
        _ => None,
    }
}

/// The code of any character.
pub fn code(characters: &Characters, character: char) -> u16 {
    let beyond = |number: u32| 0xe000 | (number & 0xfff) as u16;
    other(character).unwrap_or_else(|| {
        let folded = characters.fold(character) as u32;
        u16::try_from(folded).unwrap_or_else(|_| beyond(folded))
    })
}

/// The bytes of `CODES`: for each 256 characters of the BMP the number of their page, then the
/// pages, two bytes for each character: zero where its number is its code.
pub fn table(characters: &Characters) -> Vec<u8> {
    let mut pages: BTreeMap<u32, Vec<u16>> = BTreeMap::new();
    for number in 0..=0xffff_u32 {
        let Some(character) = char::from_u32(number) else { continue };
        let code = code(characters, character);
        if u32::from(code) != number {
            pages.entry(number >> 8).or_insert_with(|| vec![0; 256])[number as usize & 0xff] = code;
        }
    }
    let mut directory = vec![0_u8; 256];
    let mut bytes = vec![0; 512];
    for (index, (page, codes)) in (1..).zip(pages) {
        directory[page as usize] = index;
        bytes.extend(codes.into_iter().flat_map(u16::to_le_bytes));
    }
    directory.extend(bytes);
    directory
}

/// The source of `BEYOND` and `CANONICAL`.
pub fn lists(characters: &Characters) -> String {
    let all = characters.all();
    let beyond: Vec<(char, u16)> = all
        .iter()
        .filter(|one| **one > '\u{ffff}')
        .map(|&one| (one, code(characters, one)))
        .collect();
    let canonical: Vec<(char, char)> =
        all.iter().map(|&one| (one, canonical(characters, one))).filter(|(a, b)| a != b).collect();
    let mut source = String::new();
    writeln!(source, "static BEYOND: [(char, u16); {}] = {beyond:?};", beyond.len()).expect("fits");
    writeln!(source, "static CANONICAL: [(char, char); {}] = {canonical:?};", canonical.len())
        .expect("fits");
    source
}

/// The form that stands for a Traditional character's free variants.
pub fn canonical(characters: &Characters, character: char) -> char {
    match characters.to_taiwan(character) {
        '臺' => '台',
        '枱' => '檯',
        other => other,
    }
}
