//! Folding: what does not count as a difference is made the same.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Result, bail};

use super::tsv;

/// The characters that are free variants of another one.
#[derive(Default)]
pub struct Folding {
    /// What stands for a variant.
    canonical: HashMap<char, char>,
}

impl Folding {
    /// Reads a table of variants: rows of a canonical character and the
    /// variants that are folded to it, with spaces between them.
    pub fn read(path: &Path) -> Result<Self> {
        Ok(Self::new(tsv::read(path, parse_row)?))
    }

    /// The folding by a table of this text.
    #[cfg(test)]
    pub fn parse(text: &str) -> Self {
        Self::new(tsv::parse(Path::new("variants.tsv"), text, parse_row).unwrap())
    }

    fn new(rows: Vec<Vec<(char, char)>>) -> Self {
        Self { canonical: rows.into_iter().flatten().collect() }
    }

    /// `text` with its free variants, quotes and full-width punctuation
    /// folded; as many characters as it has.
    pub fn fold(&self, text: &str) -> Vec<char> {
        text.chars().map(|c| self.fold_char(c)).collect()
    }

    fn fold_char(&self, c: char) -> char {
        fold_punctuation(c).or_else(|| self.canonical.get(&c).copied()).unwrap_or(c)
    }
}

/// Pairs of a variant and its canonical character.
fn parse_row(columns: &[&str]) -> Result<Vec<(char, char)>> {
    let [canonical, variants, ..] = columns else {
        bail!("1 column: a row is a character, a tab, and its variants");
    };
    let canonical = tsv::single_char(canonical)?;
    variants.split_whitespace().map(|v| Ok((tsv::single_char(v)?, canonical))).collect()
}

/// Curved quotes as corner brackets, full-width punctuation as its half-width
/// twin; nothing for other characters.
fn fold_punctuation(c: char) -> Option<char> {
    const FULL_WIDTH_OFFSET: u32 = 0xFEE0;
    match c {
        '“' => Some('「'),
        '”' => Some('」'),
        '‘' => Some('『'),
        '’' => Some('』'),
        '！'..='～' => {
            char::from_u32(u32::from(c) - FULL_WIDTH_OFFSET).filter(char::is_ascii_punctuation)
        }
        _ => None,
    }
}

/// What is left of a folded text where spaces, quotes and the full stop at the
/// end don't count either, as in the labels of user interfaces.
pub fn loose(folded: &[char]) -> String {
    let counts = |c: &char| !c.is_whitespace() && !"\"'「」『』《》〈〉".contains(*c);
    let text: String = folded.iter().copied().filter(counts).collect();
    text.replace('…', "...").trim_end_matches(['.', '。']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(table: &str, text: &str) -> String {
        Folding::parse(table).fold(text).into_iter().collect()
    }

    #[test]
    fn variants_become_canonical() {
        assert_eq!(folded("裏\t裡\n淒\t凄 悽\n", "裡裏悽凄淒里"), "裏裏淒淒淒里");
    }

    #[test]
    fn quotes_and_full_width_punctuation_become_one() {
        assert_eq!(folded("", "“你”，‘好’！（１Ａ。、）"), "「你」,『好』!(１Ａ。、)");
    }

    #[test]
    fn folding_keeps_the_number_of_characters() {
        assert_eq!(Folding::parse("").fold("…「“𠮷").len(), 4);
    }

    #[test]
    fn loose_drops_spaces_quotes_and_the_last_stop() {
        let loose = |text| loose(&Folding::parse("").fold(text));
        assert_eq!(loose("“檔案” A…"), loose("檔案A..."));
        assert_eq!(loose("請登入 。"), "請登入");
        assert_ne!(loose("3.5"), loose("35"));
    }

    #[test]
    fn a_variant_of_two_characters_is_refused() {
        let rows = tsv::parse(Path::new("variants.tsv"), "裏\t裡\n爲\t為了\n", parse_row);
        let message = format!("{:#}", rows.unwrap_err());
        assert!(message.starts_with("variants.tsv:2: `為了`"), "{message}");
    }
}
