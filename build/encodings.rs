//! The character sets of `dictionaries/encodings`, as lists of units that
//! `src/encoding/codec/charset.rs` reads.

use std::collections::HashMap;

/// The sign for a code without a character.
const HOLE: char = '.';

/// Where a code stands in a character set's list.
type Place = fn(&str) -> Option<usize>;

/// The list of CNS 11643: eight planes, each of 94 rows with 94 cells.
pub fn cns(text: &str) -> Vec<u8> {
    let place = |code: &str| {
        let mut parts = code.split('-');
        let plane = match parts.next()?.parse().ok()? {
            plane @ 1..=7 => plane - 1,
            15 => 7,
            _ => return None,
        };
        let row = number(parts.next()?, 0x21..=0x7E)?;
        let cell = parts.next().map_or(Some(0), |cell| number(cell, 0x21..=0x7E))?;
        Some((plane * 94 + row) * 94 + cell)
    };
    units(text, place, 8 * 94 * 94, 94)
}

/// How far a hexadecimal number is behind the beginning of `range`.
fn number(digits: &str, range: std::ops::RangeInclusive<usize>) -> Option<usize> {
    let number = usize::from_str_radix(digits, 16).ok()?;
    range.contains(&number).then(|| number - range.start())
}

/// Three bytes for each place: the character's number, and the highest bit if it is read only.
fn units(text: &str, place: Place, len: usize, row: usize) -> Vec<u8> {
    let mut units = vec![0_u32; len];
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    for (key, rest) in lines.map(|line| line.split_once('\t').expect("a tab")) {
        let at = |code| place(code).unwrap_or_else(|| panic!("no code: {code}"));
        if key == "read-only" {
            rest.split(' ').for_each(|code| units[at(code)] |= 0x80_0000);
            continue;
        }
        assert_eq!(rest.chars().count(), row, "characters of row {key}");
        for (unit, character) in units[at(key)..].iter_mut().zip(rest.chars()) {
            assert_eq!(*unit, 0, "row {key} stands twice");
            *unit = if character == HOLE { 0 } else { u32::from(character) };
        }
    }
    check(&units);
    units.into_iter().flat_map(|unit| [unit as u8, (unit >> 8) as u8, (unit >> 16) as u8]).collect()
}

/// Each character is to be written in one way.
fn check(units: &[u32]) {
    let mut written: HashMap<u32, usize> = HashMap::new();
    for unit in units.iter().filter(|unit| **unit != 0) {
        let count = written.entry(unit & 0x1F_FFFF).or_default();
        *count += usize::from(unit & 0x80_0000 == 0);
    }
    for (character, count) in written {
        assert_eq!(count, 1, "codes that U+{character:04X} is written with");
    }
}
