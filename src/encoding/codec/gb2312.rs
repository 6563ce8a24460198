//! GB 2312-80: the 682 symbols and 6,763 ideographs of the standard, and nothing that GBK added.
//!
//! Rows and cells are as in seven-bit text, from 0x21 to 0x7E. The characters are those that GBK
//! has at the same places, as Windows, browsers and ICU read GB 2312; glibc and Python have `・` and
//! `―` where these have `·` and `—`, which is what people write.

use std::sync::LazyLock;

use encoding_rs::GBK;

use super::charset::Places;

/// How many rows there are, and how many cells in a row.
const SIDE: usize = 94;

/// The number of the first row and of the first cell.
const FIRST: u8 = 0x21;

/// The characters row by row.
static CHARACTERS: LazyLock<Vec<Option<char>>> = LazyLock::new(|| {
    let places = (0..SIDE * SIDE).map(place);
    places.map(|(row, cell)| character(row, cell)).collect()
});

static PLACES: LazyLock<Places> = LazyLock::new(|| {
    let characters = CHARACTERS.iter().enumerate();
    characters.filter_map(|(index, character)| Some(((*character)?, index))).collect()
});

/// The character at a place of the standard, if there is one.
pub(super) fn decode(row: u8, cell: u8) -> Option<char> {
    let number = |byte: u8| byte.checked_sub(FIRST).map(usize::from).filter(|it| *it < SIDE);
    CHARACTERS[number(row)? * SIDE + number(cell)?]
}

/// The row and cell of a character, if the standard has it.
pub(super) fn encode(character: char) -> Option<(u8, u8)> {
    PLACES.get(character).map(place)
}

fn place(index: usize) -> (u8, u8) {
    let number = |index: usize| FIRST + (index % SIDE) as u8;
    (number(index / SIDE), number(index))
}

fn character(row: u8, cell: u8) -> Option<char> {
    let pair = [row | 0x80, cell | 0x80];
    let text = GBK.decode_without_bom_handling_and_without_replacement(&pair)?;
    text.chars().next().filter(|_| is_in_use(row, cell))
}

/// Whether the standard has a character there.
fn is_in_use(row: u8, cell: u8) -> bool {
    // As the standard counts, from 1.
    let (row, cell) = (row.wrapping_sub(0x20), cell.wrapping_sub(0x20));
    match row {
        1 | 3 | 16..=54 | 56..=87 => matches!(cell, 1..=94),
        2 => matches!(cell, 17..=66 | 69..=78 | 81..=92),
        4 => matches!(cell, 1..=83),
        5 => matches!(cell, 1..=86),
        6 => matches!(cell, 1..=24 | 33..=56),
        7 => matches!(cell, 1..=33 | 49..=81),
        8 => matches!(cell, 1..=26 | 37..=73),
        9 => matches!(cell, 4..=79),
        55 => matches!(cell, 1..=89),
        _ => false,
    }
}
