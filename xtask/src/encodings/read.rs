//! The formats that the packages have their tables in.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use jianfan::encoding::{Decoder, Encoding, Malformed};

use super::Table;

/// The lines `<U4E00>     /xc4/xa1     NAME` of a POSIX charmap, without those that are marked as
/// irreversible and without single bytes.
pub fn charmap(text: &str) -> Result<Table> {
    let mut table = Table::new();
    for line in text.lines() {
        let mut columns = line.split_ascii_whitespace();
        let (Some(character), Some(code)) = (columns.next(), columns.next()) else { continue };
        let digits = character.strip_prefix("<U").and_then(|rest| rest.strip_suffix('>'));
        let (Some(digits), Some(code)) = (digits, code.strip_prefix("/x")) else { continue };
        let code = hex(&code.replace("/x", ""))?;
        if code > 0xFF {
            table.insert(code, character_of(digits)?);
        }
    }
    Ok(table)
}

/// Rows of JSON: a code, and what stands there and behind it: characters, or how many more of them
/// follow the last one in Unicode.
pub fn iconv_lite(text: &str) -> Result<Table> {
    let rows: Vec<Vec<serde_json::Value>> = serde_json::from_str(text)?;
    let mut table = Table::new();
    for row in &rows {
        let (start, parts) = row.split_first().context("an empty row")?;
        let start = hex(start.as_str().context("no code at the beginning of a row")?)?;
        let mut characters: Vec<char> = Vec::new();
        for part in parts {
            if let Some(text) = part.as_str() {
                characters.extend(text.chars());
            } else {
                let count = part.as_u64().context("neither text nor a number")? as usize;
                let last = *characters.last().context("a number at the beginning of a row")?;
                characters.extend((last..).skip(1).take(count));
            }
        }
        table.extend((start..).zip(characters).filter(|(code, _)| *code > 0xFF));
    }
    Ok(table)
}

/// Lines of a code and a character: `0x8140 0x4E17`; the code 0xFFFD says that there is none.
pub fn pairs(text: &str) -> Result<BTreeSet<(u32, char)>> {
    let lines = text.lines().map(str::trim);
    let lines = lines.filter(|line| line.starts_with("0x") && !line.starts_with("0xFFFD"));
    lines
        .map(|line| {
            let (code, character) = line.split_once(" 0x").context("not two numbers")?;
            Ok((hex(code.trim_start_matches("0x"))?, character_of(character)?))
        })
        .collect()
}

/// What our decoder reads as Big5, a character for each code.
pub fn web_big5() -> Table {
    let codes = super::write::big5_codes();
    let character = |code: u32| {
        let mut text = String::new();
        let mut decoder = Decoder::new(Encoding::BIG5, Malformed::Error);
        decoder.decode(&(code as u16).to_be_bytes(), &mut text).ok()?;
        decoder.finish(&mut text).ok()?;
        text.parse().ok().map(|character| (code, character))
    };
    codes.filter_map(character).collect()
}

fn hex(digits: &str) -> Result<u32> {
    u32::from_str_radix(digits, 16).with_context(|| format!("{digits} is no hexadecimal number"))
}

fn character_of(digits: &str) -> Result<char> {
    char::from_u32(hex(digits)?).with_context(|| format!("U+{digits} is no character"))
}
