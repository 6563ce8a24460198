//! The format of our tables; `dictionaries/encodings/README.md` describes it.

use super::Table;

/// The sign for a code without a character.
const HOLE: char = '.';

/// How many codes a line of codes has.
const CODES: usize = 12;

/// The rows of CNS 11643 by plane, row and cell, one byte each in a code.
pub fn cns(header: &str, table: &Table, read_only: &[u32]) -> String {
    let rows = (1..=15).flat_map(|plane| (0x21..=0x7E).map(move |row| (plane, row)));
    let rows = rows.filter_map(|(plane, row)| {
        let cells = (0x21..=0x7E).map(|cell| plane << 16 | row << 8 | cell);
        line(&format!("{plane}-{row:02X}"), cells, table)
    });
    let name = |code: u32| format!("{}-{:02X}-{:02X}", code >> 16, code >> 8 & 0xFF, code & 0xFF);
    header.to_owned() + &rows.collect::<String>() + &codes(read_only, name)
}

/// The rows of a variant of Big5, one for each lead byte.
pub fn big5(header: &str, table: &Table, read_only: &[u32]) -> String {
    let rows = LEADS.filter_map(|lead| {
        line(&format!("{lead:02X}"), trails().map(|trail| lead << 8 | trail), table)
    });
    header.to_owned() + &rows.collect::<String>() + &codes(read_only, |code| format!("{code:04X}"))
}

const LEADS: std::ops::RangeInclusive<u32> = 0x81..=0xFE;

fn trails() -> impl Iterator<Item = u32> {
    (0x40..=0x7E).chain(0xA1..=0xFE)
}

/// Every code of two bytes that Big5 may have.
pub fn big5_codes() -> impl Iterator<Item = u32> {
    LEADS.flat_map(|lead| trails().map(move |trail| lead << 8 | trail))
}

/// A row of the table, if there is any character in it.
fn line(name: &str, codes: impl Iterator<Item = u32>, table: &Table) -> Option<String> {
    let row: String = codes.map(|code| table.get(&code).copied().unwrap_or(HOLE)).collect();
    let is_empty = row.chars().all(|character| character == HOLE);
    (!is_empty).then(|| format!("{name}\t{row}\n"))
}

/// The codes that are not written.
fn codes(codes: &[u32], name: impl Fn(u32) -> String) -> String {
    let lines = codes.chunks(CODES).map(|codes| {
        let names: Vec<String> = codes.iter().map(|code| name(*code)).collect();
        format!("read-only\t{}\n", names.join(" "))
    });
    lines.collect()
}
