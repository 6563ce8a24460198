//! Sentences in the words of another place, as its editors would print them: `data/sentences/` says
//! what each becomes, and which word changes or must not.

mod support;

use std::collections::BTreeSet;
use std::path::Path;

use jianfan::Converter;
use jianfan::Locale::{self, *};
use support::sentences::{Sentence, sentences};
use support::stream::{character_by_character, streamed};

/// What is still wrong, in the columns of the other files. A sentence that has come right must leave
/// this one.
const KNOWN: &str = "known.tsv";

/// The files of what is right.
fn files() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/sentences");
    let entries = std::fs::read_dir(folder).expect("the folder can be listed");
    let names = entries.map(|entry| entry.expect("an entry").file_name().into_string());
    names.map(|name| name.expect("ASCII")).filter(|name| name != KNOWN).collect()
}

/// The sentences of a file.
fn read(file: &str) -> Vec<Sentence> {
    sentences(&format!("sentences/{file}"))
}

/// Those of all files that go between two kinds of places.
fn ways(is_way: impl Fn(Locale, Locale) -> bool) -> Vec<Sentence> {
    let all = files().into_iter().flat_map(|file| read(&file));
    all.filter(|one| is_way(one.from, one.to)).collect()
}

impl Sentence {
    /// The sentence in the words of the place, and what is wrong with how it got there.
    fn convert(&self) -> (String, Vec<String>) {
        let converter = Converter::between(self.from, self.to);
        let output = converter.convert(&self.input).into_owned();
        let again = Converter::between(self.to, self.to).convert(&output).into_owned();
        let same_way = converter.convert(&output).into_owned();
        let middle = self.input.len() / 2;
        let results = [
            ("converted again, as text of the place", again),
            ("converted again", same_way),
            ("in two pieces", streamed(&converter, &self.input, &[middle, middle + 1, middle + 2])),
            ("character by character", character_by_character(&converter, &self.input)),
        ];
        let differs = results.into_iter().filter(|(_, result)| *result != output);
        let faults = differs.map(|(how, result)| format!("{how}: {result}")).collect();
        (output, faults)
    }

    /// What is wrong with it, if anything is.
    fn report(&self) -> Option<String> {
        let (output, mut faults) = self.convert();
        if folded(&output) != folded(&self.expected) {
            faults.insert(0, format!("must be {}", self.expected));
        }
        let Sentence { file, from, to, input, why, .. } = self;
        let all = faults.join("\n  ");
        (!faults.is_empty()).then(|| {
            format!("{file}, {from} to {to}: {input}\n  is      {output}\n  {all}\n  ({why})")
        })
    }
}

/// A text with the form folded on which publishers in Taiwan differ.
fn folded(text: &str) -> String {
    text.replace('臺', "台")
}

fn assert_right(sentences: &[Sentence]) {
    assert!(!sentences.is_empty(), "there are sentences of this way");
    let wrong: Vec<_> = sentences.iter().filter_map(Sentence::report).collect();
    let (count, all) = (wrong.len(), sentences.len());
    assert!(wrong.is_empty(), "{count} of {all} are wrong:\n{}", wrong.join("\n"));
}

#[test]
fn from_the_mainland_to_taiwan() {
    assert_right(&ways(|from, to| (from, to) == (ZhCn, ZhTw)));
}

#[test]
fn from_taiwan_to_the_mainland() {
    assert_right(&ways(|from, to| (from, to) == (ZhTw, ZhCn)));
}

#[test]
fn to_and_from_other_places() {
    let is_main = |place| matches!(place, ZhCn | ZhTw);
    assert_right(&ways(|from, to| !(is_main(from) && is_main(to))));
}

#[test]
fn foreign_words_are_mended() {
    assert_right(&ways(|from, to| from == to));
}

/// Known failures do fail, but even they come out the same in pieces and a second time.
#[test]
fn known_failures_still_fail() {
    for one in read(KNOWN) {
        let (output, faults) = one.convert();
        assert!(faults.is_empty(), "{}\n  {}", one.input, faults.join("\n  "));
        assert_ne!(
            folded(&output),
            folded(&one.expected),
            "is right now, so no longer a known failure"
        );
    }
}

#[test]
fn files_are_sorted_and_have_each_sentence_once() {
    let mut seen = BTreeSet::new();
    for file in files().into_iter().chain([KNOWN.to_owned()]) {
        let sentences = read(&file);
        let is_sorted = sentences.is_sorted_by(|one, other| one.key() <= other.key());
        assert!(is_sorted, "{file}: by from, to and input");
        for one in sentences {
            let (from, to, input) = one.key();
            assert!(seen.insert((from, to, input.to_owned())), "{file}: {input} is there twice");
        }
    }
}
