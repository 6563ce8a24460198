//! CNS 11643, the character set of Taiwan's standards bureau, planes 1 to 7 and 15.

use super::charset::Charset;

static CNS: Charset = Charset::new(include_bytes!(concat!(env!("OUT_DIR"), "/cns11643.bin")));

/// How many rows a plane has, and how many cells a row.
const SIDE: usize = 94;

/// The number of the first row and of the first cell.
const FIRST: u8 = 0x21;

/// The character at a place; rows and cells count from 0x21 to 0x7E.
pub(super) fn decode(plane: u8, row: u8, cell: u8) -> Option<char> {
    let plane = match plane {
        1..=7 => usize::from(plane) - 1,
        15 => 7,
        _ => return None,
    };
    let number = |byte: u8| byte.checked_sub(FIRST).map(usize::from).filter(|it| *it < SIDE);
    CNS.character((plane * SIDE + number(row)?) * SIDE + number(cell)?)
}

/// The plane, the row and the cell in which a character is written.
pub(super) fn encode(character: char) -> Option<(u8, u8, u8)> {
    let place = CNS.place(character)?;
    let number = |place: usize| FIRST + (place % SIDE) as u8;
    let plane = match place / (SIDE * SIDE) {
        7 => 15,
        plane => plane as u8 + 1,
    };
    Some((plane, number(place / SIDE), number(place)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let (mut read, mut back) = (0, 0);
        for (plane, row, cell) in (0..=255).flat_map(|plane| {
            (0x20..0x80).flat_map(move |row| (0x20..0x80).map(move |cell| (plane, row, cell)))
        }) {
            let Some(character) = decode(plane, row, cell) else { continue };
            read += 1;
            back += usize::from(encode(character) == Some((plane, row, cell)));
        }
        // Only 卄 stands twice.
        assert_eq!((read, back), (55_442, 55_441));
        assert_eq!((decode(3, 0x21, 0x38), encode('卄')), (Some('卄'), Some((1, 0x24, 0x3F))));
    }
}
