//! The tables of regional words, read again as their README says.

use std::collections::BTreeMap;

use jianfan::Converter;

use super::locales::{read, rows};

/// Where a word is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Read {
    Everywhere,
    Sometimes,
    Never,
}

#[derive(Debug, Clone)]
pub struct Word {
    pub text: String,
    pub read: Read,
}

/// A row: the words of zh-CN, zh-TW, zh-HK, zh-SG, zh-MY and zh-MO.
#[derive(Debug, Clone)]
pub struct Concept {
    pub name: String,
    pub words: [Option<Vec<Word>>; 6],
    pub condition: String,
}

impl Concept {
    /// The words of one place that are replaced everywhere on the way to another, with what is
    /// written there.
    pub fn replacements(&self, from: usize, to: usize) -> Vec<(&str, &str)> {
        let (Some(from), Some(to)) = (&self.words[from], &self.words[to]) else {
            return Vec::new();
        };
        let codes = |text: &str| text.chars().map(jianfan::context::code).collect::<Vec<_>>();
        let stays = |word: &Word| to.iter().any(|own| codes(&own.text) == codes(&word.text));
        let read = from.iter().filter(|word| word.read == Read::Everywhere && !stays(word));
        read.map(|word| (word.text.as_str(), to[0].text.as_str())).collect()
    }
}

/// The rows of each table, by its file.
pub fn concepts() -> BTreeMap<String, Vec<Concept>> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("dictionaries/regions");
    let entries = std::fs::read_dir(folder).expect("the folder can be listed");
    let names = entries.map(|entry| entry.expect("an entry").file_name().into_string());
    let tables = names.map(|name| name.expect("ASCII")).filter(|name| name.ends_with(".tsv"));
    let in_script = ["s2tw", "s2hk"].map(|name| Converter::config(name).expect("built in"));
    tables
        .map(|name| {
            let path = format!("dictionaries/regions/{name}");
            assert!(!read(&path).contains('\r'), "{path}: lines end in LF");
            let concepts = rows(&path).iter().map(|row| concept(row, &in_script)).collect();
            (path, concepts)
        })
        .collect()
}

fn concept(row: &[String], in_script: &[Converter; 2]) -> Concept {
    assert_eq!(row.len(), 9, "nine columns: {row:?}");
    let words = std::array::from_fn(|number| match row[1 + number].as_str() {
        "" => None,
        "=" => {
            let converter = &in_script[number - 1];
            let own =
                |word: Word| Word { text: converter.convert(&word.text).into_owned(), ..word };
            Some(split(&row[1]).map(own).collect())
        }
        cell => Some(split(cell).collect()),
    });
    Concept { name: row[0].clone(), words, condition: row[7].clone() }
}

fn split(cell: &str) -> impl Iterator<Item = Word> + '_ {
    cell.split('|').map(move |word| {
        let text = word.trim_end_matches(['?', '!']);
        let read = match &word[text.len()..] {
            "" => Read::Everywhere,
            "?" => Read::Sometimes,
            "!" => Read::Never,
            other => panic!("{word}: {other}"),
        };
        assert!(!text.is_empty() && text.trim() == text, "a word in {cell}");
        Word { text: text.to_owned(), read }
    })
}
