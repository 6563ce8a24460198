//! Files of sentences with what each becomes.

use jianfan::Locale;

use super::locales::rows;

/// A row of such a file. `\n` in a text is the end of a line.
pub struct Sentence {
    pub file: String,
    pub from: Locale,
    pub to: Locale,
    pub input: String,
    pub expected: String,
    /// Which trap is in it.
    pub why: String,
}

impl Sentence {
    /// Where it stands among those of its file.
    pub fn key(&self) -> (&'static str, &'static str, &str) {
        (self.from.tag(), self.to.tag(), &self.input)
    }
}

/// The sentences of a file of the folder of test data.
pub fn sentences(file: &str) -> Vec<Sentence> {
    rows(&format!("tests/data/{file}")).iter().map(|row| parse(file, row)).collect()
}

fn parse(file: &str, row: &[String]) -> Sentence {
    let [from, to, input, expected, why] = row else {
        panic!("{file}: five columns: {row:?}");
    };
    assert!(row.iter().all(|cell| !cell.is_empty() && cell.trim() == cell), "{file}: {row:?}");
    let locale = |tag: &String| tag.parse().unwrap_or_else(|error| panic!("{row:?}: {error}"));
    let [input, expected] = [input, expected].map(|text| text.replace("\\n", "\n"));
    let (from, to) = (locale(from), locale(to));
    Sentence { file: file.to_owned(), from, to, input, expected, why: why.clone() }
}
