//! The word tables of each target: rows of `dictionaries/regions` and `dictionaries/orthography`,
//! and OpenCC's phrases where a place's spelling is theirs.

use std::path::Path;

use crate::characters::{Characters, read};
use crate::codes;
use crate::conversion::reading::directions::Directions;
use crate::conversion::reading::layout::Row;
use crate::conversion::reading::words::{Entry, Kind, Places, Sources};
use crate::dictionary::{DictionaryGroup, MatchPolicy, Table, compile};
use crate::forms::Target;

/// Text that is from the place of `target` itself.
fn own(target: Target) -> Option<Sources> {
    match target {
        Target::Mainland => Some(Sources::MAINLAND),
        Target::Taiwan => Some(Sources::TAIWAN),
        Target::HongKong => Some(Sources::HONG_KONG),
        Target::Traditional => None,
    }
}

/// Makes the rows of each target.
pub struct Words<'a> {
    characters: &'a Characters,
    /// OpenCC's phrases and characters, for words that a table gives in Simplified only.
    to_traditional: Table,
}

impl<'a> Words<'a> {
    pub fn new(characters: &'a Characters, opencc: &Path) -> Self {
        let table = |name: &str| DictionaryGroup::from(read(&opencc.join(name)));
        let children = vec![table("STPhrases.txt"), table("STCharacters.txt")];
        let group = DictionaryGroup::new(MatchPolicy::Union, children);
        let to_traditional = Table::from(compile(&group).expect("the tables fit"));
        Self { characters, to_traditional }
    }

    /// The rows for text that goes to `target`, regional words first.
    pub fn rows(&self, dictionaries: &Path, regions: &Directions, target: Target) -> Vec<Row> {
        let spelled = self.spelled(dictionaries, target);
        let kept: Vec<Row> =
            spelled.iter().filter_map(|row| self.kept_at_home(row, target)).collect();
        [regions.rows(target), spelled, kept].concat()
    }

    /// The rows that say how `target` writes a word.
    fn spelled(&self, dictionaries: &Path, target: Target) -> Vec<Row> {
        let (orthography, opencc) = (dictionaries.join("orthography"), dictionaries.join("opencc"));
        let mut rows;
        match target {
            Target::Mainland => {
                rows = self.orthography(&orthography.join("zh-CN.txt"), target);
                rows.extend(self.kept_in_simplified(&opencc));
            }
            Target::Taiwan => {
                rows = self.orthography(&orthography.join("zh-TW.txt"), target);
                let mut others =
                    self.orthography(&orthography.join("zh-TW.traditional.txt"), target);
                others.iter_mut().for_each(|row| row.entry.sources.0 &= !Sources::MAINLAND.0);
                rows.extend(others);
            }
            Target::HongKong => {
                rows = self.orthography(&orthography.join("zh-HK.txt"), target);
                rows.extend(self.kept_in_traditional(&opencc, target));
            }
            Target::Traditional => rows = self.kept_in_traditional(&opencc, target),
        }
        rows
    }

    /// What keeps the value of a row in text from the place itself: a word that came out once stays.
    fn kept_at_home(&self, row: &Row, target: Target) -> Option<Row> {
        let sources = own(target).filter(|own| !row.entry.sources.meets(*own))?;
        let entry = Entry { sources, stays: true, ..row.entry };
        (self.codes(&row.value) == row.codes).then(|| Row { entry, ..row.clone() })
    }

    fn codes(&self, word: &str) -> Vec<u16> {
        word.chars().map(|one| codes::code(self.characters, one)).collect()
    }

    fn row(&self, key: &str, value: &str, sources: Sources) -> Row {
        let codes = self.codes(key);
        let kind = Kind::Orthography;
        let entry =
            Entry { kind, sources, places: Places::ALL, field: 0, condition: 0, stays: false };
        Row { key: key.to_owned(), codes, value: value.to_owned(), entry }
    }

    fn orthography(&self, path: &Path, target: Target) -> Vec<Row> {
        let sources = Sources(0x0f & !own(target).map_or(0, |own| own.0));
        let table = read(path);
        let phrases = table.entries().iter().filter(|entry| entry.key.chars().count() > 1);
        phrases.map(|entry| self.row(&entry.key, &entry.candidates[0], sources)).collect()
    }

    /// Words in which 著 乾 瞭 and others are not what they mostly are: Traditional to Simplified.
    fn kept_in_simplified(&self, opencc: &Path) -> Vec<Row> {
        let sources = Sources(0x0f & !Sources::MAINLAND.0);
        let phrases = read(&opencc.join("TSPhrases.txt"));
        let rows = phrases.entries().iter().filter(|entry| entry.key.chars().count() > 1);
        let mut rows: Vec<Row> =
            rows.map(|entry| self.row(&entry.key, &entry.candidates[0], sources)).collect();
        let simplify = |text: &str| -> String {
            let keep = |one| if one == '著' { one } else { self.characters.to_simplified(one) };
            text.chars().map(keep).collect()
        };
        let zhu = self.words_with_zhu(opencc);
        rows.extend(zhu.iter().map(|word| self.row(word, &simplify(word), Sources::TAIWAN)));
        rows
    }

    /// Words with 著, where it is not 着: Taiwan to Hong Kong.
    fn kept_in_traditional(&self, opencc: &Path, target: Target) -> Vec<Row> {
        let form = |text: &str| -> String {
            let keep = |one| if one == '著' { one } else { target.form(self.characters, one) };
            text.chars().map(keep).collect()
        };
        let zhu = self.words_with_zhu(opencc);
        zhu.iter().map(|word| self.row(word, &form(word), Sources::TAIWAN)).collect()
    }

    /// The words in which OpenCC's standard form of Taiwan's 著 is 著, and not 着, too.
    fn words_with_zhu(&self, opencc: &Path) -> Vec<String> {
        let phrases = read(&opencc.join("TWVariantsRevPhrases.txt"));
        let values = phrases.entries().iter().map(|entry| entry.candidates[0].clone());
        let is_zhu = |word: &String| word.contains('著') && word.chars().count() > 1;
        values.filter(is_zhu).collect()
    }

    /// A Simplified word in the script of the target.
    pub fn in_script(&self, word: &str, target: Target) -> String {
        if target == Target::Mainland {
            return word.to_owned();
        }
        let (mut out, mut rest) = (String::new(), word);
        while !rest.is_empty() {
            let len = match self.to_traditional.longest(rest).matched {
                Some((len, number)) => {
                    let value = self.to_traditional.default(number);
                    out.extend(value.chars().map(|one| target.form(self.characters, one)));
                    len
                }
                None => {
                    let one = rest.chars().next().expect("not empty");
                    out.push(one);
                    one.len_utf8()
                }
            };
            rest = &rest[len..];
        }
        out
    }
}
