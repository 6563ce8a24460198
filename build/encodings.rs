//! The character sets of `dictionaries/encodings`, as bytes that `src/encoding/codec` uses where
//! they lie. `dictionaries/encodings/README.md` describes the tables.

use std::collections::HashMap;

/// The sign for a code without a character.
const HOLE: char = '.';

/// Marks a character that is not to be written with this code: a bit beyond all characters.
const READ_ONLY: u32 = 0x80_0000;

/// The list of CNS 11643: eight planes, each of 94 rows with 94 cells.
pub fn cns(text: &str) -> Vec<u8> {
    let place = |code: &str| {
        let mut parts = code.split('-');
        let plane = match parts.next()?.parse().ok()? {
            plane @ 1..=7 => plane - 1,
            15 => 7,
            _ => return None,
        };
        let number = |part| usize::from_str_radix(part, 16).ok()?.checked_sub(0x21);
        let row = number(parts.next()?)?;
        let cell = parts.next().map_or(Some(0), number)?;
        Some((plane * 94 + row) * 94 + cell)
    };
    Charset { units: vec![0; 8 * 94 * 94], row: 94, place }.read(text)
}

/// The list of a variant of Big5: 126 lead bytes, each with 157 trail bytes.
pub fn big5(text: &str) -> Vec<u8> {
    let place = |code: &str| {
        let (lead, trail) = match big5_code(code)? {
            lead @ ..0x100 => (lead, 0x40),
            code => (code >> 8, code & 0xFF),
        };
        let trail = match trail {
            0x40..=0x7E => trail - 0x40,
            0xA1..=0xFE => trail - 0xA1 + 63,
            _ => return None,
        };
        Some((lead.checked_sub(0x81)? * 157 + trail).into())
    };
    Charset { units: vec![0; 126 * 157], row: 157, place }.read(text)
}

/// The codes of a table of nothing but read-only ones, two bytes each.
pub fn read_only(text: &str) -> Vec<u8> {
    let lines = rows(text).flat_map(|(key, codes)| {
        assert_eq!(key, "read-only");
        codes.split(' ')
    });
    lines.flat_map(|code| big5_code(code).expect("a code").to_be_bytes()).collect()
}

fn big5_code(digits: &str) -> Option<u16> {
    u16::from_str_radix(digits, 16).ok()
}

/// The lines of a table, each cut at its first tab.
fn rows(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split_once('\t').expect("a tab"))
}

struct Charset<P> {
    /// What each place has: zero, or the number of a character.
    units: Vec<u32>,
    /// How many places a row has.
    row: usize,
    /// Where a code, or the first one of a row, has its place.
    place: P,
}

impl<P: Fn(&str) -> Option<usize>> Charset<P> {
    /// Three bytes for each place.
    fn read(mut self, text: &str) -> Vec<u8> {
        for (key, rest) in rows(text) {
            match key {
                "read-only" => {
                    for code in rest.split(' ') {
                        let place = self.at(code);
                        self.units[place] |= READ_ONLY;
                    }
                }
                "range" => self.range(rest),
                _ => self.fill(self.at(key), self.row, rest.chars().map(u32::from)),
            }
        }
        self.check();
        self.units.iter().flat_map(|unit| unit.to_le_bytes().into_iter().take(3)).collect()
    }

    fn at(&self, code: &str) -> usize {
        (self.place)(code).unwrap_or_else(|| panic!("{code} is no code"))
    }

    /// The first code, the last one, and the character of the first one.
    fn range(&mut self, range: &str) {
        let parts: Vec<&str> = range.split(' ').collect();
        let [first, last, character] = parts[..] else { panic!("no range: {range}") };
        let character = u32::from_str_radix(character, 16).expect("a hexadecimal number");
        let len = self.at(last) - self.at(first) + 1;
        self.fill(self.at(first), len, (character..).take(len));
    }

    fn fill(&mut self, start: usize, len: usize, characters: impl Iterator<Item = u32>) {
        let characters: Vec<u32> = characters.collect();
        assert_eq!(characters.len(), len, "characters at place {start}");
        for (unit, character) in self.units[start..][..len].iter_mut().zip(characters) {
            if character != u32::from(HOLE) {
                assert_eq!(*unit, 0, "U+{character:04X} stands where another one does");
                *unit = character;
            }
        }
    }

    /// Each character is to be written in one way.
    fn check(&self) {
        let mut written: HashMap<u32, usize> = HashMap::new();
        for unit in self.units.iter().filter(|unit| **unit != 0) {
            let count = written.entry(unit & !READ_ONLY).or_default();
            *count += usize::from(unit & READ_ONLY == 0);
        }
        for (character, count) in written {
            assert_eq!(count, 1, "codes that U+{character:04X} is written with");
        }
    }
}
