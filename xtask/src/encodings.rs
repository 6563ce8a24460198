//! `cargo xtask encodings`: the tables in `dictionaries/encodings` from the packages that have
//! them.

mod read;
mod sources;
mod write;

use std::collections::BTreeMap;

use anyhow::Result;

use crate::folder;
use sources::{GLIBC, ICONV_LITE, UAO_JS};

/// Imports mapping tables into dictionaries/encodings.
#[derive(clap::Args)]
pub struct Args {
    /// Write nothing; print what differs, one line each, and exit 1.
    #[arg(long)]
    check: bool,
}

const FOLDER: &str = "dictionaries/encodings";
/// The files in the folder that come from no package.
const OWN_FILES: [&str; 1] = ["README.md"];

const CNS11643: &str = "\
# CNS 11643, planes 1 to 7 and 15: a plane and a row, then the row's 94 characters.
# From glibc's charmap EUC-TW (LGPL-2.1-or-later), see SOURCES.toml. README.md says how to read this.
";

const CP950: &str = "\
# Code page 950, Big5 of Windows: a lead byte, then the characters of its 157 trail bytes.
# From iconv-lite (MIT), see SOURCES.toml; the private-use ranges, and which of several codes is
# written, as Microsoft has them. README.md says how to read this.
range\tFA40 FEFE E000
range\t8E40 A0FE E311
range\t8140 8DFE EEB8
range\tC6A1 C8FE F6B1
";

const BIG5_HKSCS: &str = "\
# Big5-HKSCS-2008: what is not written of all that the Encoding Standard reads as Big5.
# From glibc's charmap BIG5-HKSCS (LGPL-2.1-or-later), see SOURCES.toml. README.md says how to read
# this.
";

const BIG5_UAO: &str = "\
# Big5-UAO, Unicode-at-on 2.50: a lead byte, then the characters of its 157 trail bytes.
# From uao-js (MIT), see SOURCES.toml. README.md says how to read this.
";

/// Codes, as numbers, with their characters.
type Table = BTreeMap<u32, char>;

/// Runs the task; true if nothing differs any more.
pub fn run(args: &Args) -> Result<bool> {
    let files = [
        ("SOURCES.toml", sources::list()?),
        ("cns11643.txt", cns11643()?),
        ("cp950.txt", cp950()?),
        ("big5-hkscs.txt", big5_hkscs()?),
        ("big5-uao.txt", big5_uao()?),
    ];
    let wanted = files.map(|(name, text)| (name.to_owned(), text.into_bytes()));
    folder::sync(FOLDER, &wanted.into(), &OWN_FILES, args.check)
}

/// Of the codes of a character, glibc writes the first; so do we.
fn cns11643() -> Result<String> {
    let euc = read::charmap(&GLIBC.file(0)?)?;
    let cns = |(code, character): (&u32, &char)| {
        let (plane, place) = match code {
            0..0x1_0000 => (1, code & 0x7F7F),
            _ => (code >> 16 & 0x1F, code & 0x7F7F),
        };
        (plane << 16 | place, *character)
    };
    let table: Table = euc.iter().map(cns).collect();
    let read_only = read_only(&table, |_, codes| codes[0]);
    Ok(write::cns(CNS11643, &table, &read_only))
}

/// Microsoft's choice among the codes of a character, as ICU's windows-950-2000 has it; iconv-lite
/// only says what is read.
fn cp950() -> Result<String> {
    let table = read::iconv_lite(&ICONV_LITE.file(0)?)?;
    let read_only = read_only(&table, |character, codes| match character {
        '═' | '╞' | '╪' | '╡' | '十' | '卅' => codes[1],
        _ => codes[0],
    });
    Ok(write::big5(CP950, &table, &read_only))
}

/// Only which codes are not written: those that glibc does not write.
fn big5_hkscs() -> Result<String> {
    let glibc = read::charmap(&GLIBC.file(1)?)?;
    let read_only = read_only(&read::web_big5(), |_, codes| {
        let written = codes.iter().find(|code| glibc.contains_key(code));
        *written.unwrap_or(&codes[0])
    });
    Ok(write::big5(BIG5_HKSCS, &Table::new(), &read_only))
}

/// The table from Unicode says which of the codes of a character is written. Where it has
/// likenesses (the code of ￥ for ¥), they are left out.
fn big5_uao() -> Result<String> {
    let table = read::pairs(&UAO_JS.file(0)?)?;
    let written = read::pairs(&UAO_JS.file(1)?)?;
    let is_written = |code: &u32, character| written.contains(&(*code, character));
    let table: Table = table.into_iter().collect();
    let read_only = read_only(&table, |character, codes| {
        *codes.iter().find(|code| is_written(code, character)).unwrap_or(&codes[0])
    });
    Ok(write::big5(BIG5_UAO, &table, &read_only))
}

/// The codes of a table that are not written, where `choose` says which one of several is.
fn read_only(table: &Table, choose: impl Fn(char, &[u32]) -> u32) -> Vec<u32> {
    let mut codes: BTreeMap<char, Vec<u32>> = BTreeMap::new();
    for (code, character) in table {
        codes.entry(*character).or_default().push(*code);
    }
    let others = codes.iter().flat_map(|(character, codes)| {
        let chosen = choose(*character, codes);
        codes.iter().copied().filter(move |code| *code != chosen)
    });
    let mut others: Vec<u32> = others.collect();
    others.sort();
    others
}
