//! The tables of regional words, `dictionaries/regions/*.tsv`: which word is replaced by which, on
//! the way from any place to any other.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::conversion::reading::words::{Entry, Kind, Places, Sources};
use crate::conversion::reading::{conditions, evidence};
use crate::forms::Target;
use crate::table::Row;

/// A place that has a column in the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Mainland,
    Taiwan,
    HongKong,
    Singapore,
    Malaysia,
    Macau,
}

/// The columns of words, in their order.
const PLACES: [Place; 6] = [
    Place::Mainland,
    Place::Taiwan,
    Place::HongKong,
    Place::Singapore,
    Place::Malaysia,
    Place::Macau,
];

impl Place {
    /// Where text is from the place.
    fn source(self) -> Sources {
        match self {
            Self::Mainland => Sources(Sources::MAINLAND.0 | Sources::SIMPLIFIED.0),
            Self::Taiwan => Sources::TAIWAN,
            Self::HongKong => Sources::HONG_KONG,
            Self::Singapore => Sources::SINGAPORE,
            Self::Malaysia => Sources::MALAYSIA,
            Self::Macau => Sources::MACAU,
        }
    }

    /// The table of the place's script, and the place among those that share it.
    fn target(self) -> (Target, Places) {
        match self {
            Self::Mainland => (Target::Mainland, Places::FIRST),
            Self::Singapore => (Target::Mainland, Places::SECOND),
            Self::Malaysia => (Target::Mainland, Places::THIRD),
            Self::Taiwan => (Target::Taiwan, Places::FIRST),
            Self::HongKong => (Target::HongKong, Places::FIRST),
            Self::Macau => (Target::HongKong, Places::SECOND),
        }
    }

    /// The place whose words it has where it has none of its own.
    fn model(self) -> Option<Self> {
        match self {
            Self::Singapore | Self::Malaysia => Some(Self::Mainland),
            Self::Macau => Some(Self::HongKong),
            _ => None,
        }
    }

    /// The places whose words are replaced, too, in text that is from here and goes to `to`:
    /// mainland words come into all Chinese, those of Hong Kong into Taiwan's and the mainland's;
    /// Hong Kong uses some of Taiwan's, which stay there. Simplified text may have either's words.
    fn mends(self, to: Self) -> &'static [Self] {
        let goes_to_hong_kong = matches!(to, Self::HongKong | Self::Macau);
        match self {
            Self::Mainland if goes_to_hong_kong => &[Self::Taiwan],
            Self::Mainland => &[Self::HongKong],
            Self::Taiwan => &[Self::Mainland, Self::HongKong],
            Self::HongKong | Self::Macau if !goes_to_hong_kong => &[Self::Mainland, Self::Taiwan],
            _ => &[Self::Mainland],
        }
    }

    /// The text in which words of `other` are replaced that is from here. Those of Taiwan are left
    /// in what is known to be the mainland's; anything else may be taken for Taiwan's the next time.
    fn mended_source(self, other: Self) -> Sources {
        match (self, other) {
            (Self::Mainland, Self::Taiwan) => Sources::SIMPLIFIED,
            _ => self.source(),
        }
    }
}

/// Where a word is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Read {
    Everywhere,
    /// Where the condition of its concept holds.
    Sometimes,
    Never,
}

/// A word of a cell.
#[derive(Debug, Clone)]
struct Word {
    text: String,
    codes: Vec<u16>,
    read: Read,
    /// The table has it in the characters of the place.
    is_given: bool,
}

/// A row of a table.
struct Concept {
    field: u8,
    condition: u16,
    /// The words of each place; none if they are not known.
    words: [Option<Vec<Word>>; PLACES.len()],
}

/// All tables.
pub struct Regions {
    concepts: Vec<Concept>,
    /// The names of the tables, without their extension.
    pub fields: Vec<String>,
    conditions: Vec<Vec<u16>>,
    /// The codes of the words that each place has of its own.
    own: [BTreeSet<Vec<u16>>; PLACES.len()],
    /// Those of them that are not read everywhere.
    vague: [BTreeSet<Vec<u16>>; PLACES.len()],
}

/// What the tables are read with.
pub struct Script<'a> {
    pub code: &'a dyn Fn(char) -> u16,
    /// A Simplified word in the characters of a target.
    pub in_script: &'a dyn Fn(&str, Target) -> String,
    /// A word of a target in the forms that it writes: 羣 for 群 in Hong Kong.
    pub in_form: &'a dyn Fn(&str, Target) -> String,
}

/// The tables that `#computing`, and each of these names, means; `#interface` in lists of lines
/// alone.
const COMPUTING: [&str; 3] = ["computing", "interface", "networking"];

impl Regions {
    /// Reads the tables of a folder.
    pub fn read(folder: &Path, script: &Script<'_>) -> Self {
        let files = crate::files(folder, "tsv");
        let stem = |path: &Path| path.file_stem().expect("a name").to_string_lossy().into_owned();
        let fields: Vec<String> = files.iter().map(|path| stem(path)).collect();
        assert!(fields.len() <= evidence::FIELDS, "no more tables than evidence has bits for");
        let mut regions = Self {
            concepts: Vec::new(),
            fields,
            conditions: Vec::new(),
            own: Default::default(),
            vague: Default::default(),
        };
        for (field, path) in files.iter().enumerate() {
            let text = std::fs::read_to_string(path).expect("a readable table");
            let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
            for line in lines {
                let concept = regions.concept(field as u8, line, script);
                regions.concepts.push(concept);
            }
        }
        for number in 0..PLACES.len() {
            let words =
                regions.concepts.iter().filter_map(|concept| concept.words[number].as_ref());
            for word in words.flatten() {
                regions.own[number].insert(word.codes.clone());
                if word.read != Read::Everywhere {
                    regions.vague[number].insert(word.codes.clone());
                }
            }
        }
        regions
    }

    fn concept(&mut self, field: u8, line: &str, script: &Script<'_>) -> Concept {
        let columns: Vec<&str> = line.split('\t').collect();
        let [_, cells @ .., condition, _] = &columns[..] else { panic!("{line}: nine columns") };
        assert_eq!(cells.len(), PLACES.len(), "{line}: nine columns");
        let mainland = cells[0];
        let words = std::array::from_fn(|number| {
            let (target, _) = PLACES[number].target();
            let cell = match cells[number] {
                "" => return None,
                "=" => split(mainland)
                    .map(|(text, read)| ((script.in_script)(text, target), read))
                    .collect(),
                cell => split(cell).map(|(text, read)| (text.to_owned(), read)).collect::<Vec<_>>(),
            };
            let word = |(text, read): (String, Read)| Word {
                codes: text.chars().map(script.code).collect(),
                text: (script.in_form)(&text, target),
                read,
                is_given: cells[number] != "=",
            };
            Some(cell.into_iter().map(word).collect())
        });
        Concept { field, condition: self.condition(condition, script), words }
    }

    /// Whether another place than that has the word and does not read it everywhere: text from there
    /// keeps it on its way to a third one, where it has to stay, then.
    fn is_vague_beyond(&self, place: Place, codes: &[u16]) -> bool {
        let others = PLACES.iter().zip(&self.vague).filter(|(other, _)| **other != place);
        others.map(|(_, vague)| vague).any(|vague| vague.contains(codes))
    }

    /// The number of a condition, from one, or zero if there is none.
    fn condition(&mut self, condition: &str, script: &Script<'_>) -> u16 {
        if condition.is_empty() {
            return 0;
        }
        let fields = |name: &str| self.set_of(name);
        let codes = conditions::encode(condition, script.code, &fields)
            .unwrap_or_else(|error| panic!("{condition}: {error}"));
        let known = self.conditions.iter().position(|other| *other == codes);
        let number = known.unwrap_or_else(|| {
            self.conditions.push(codes);
            self.conditions.len() - 1
        });
        u16::try_from(number + 1).expect("so few conditions")
    }

    /// The set of the tables that a name behind `#` means.
    fn set_of(&self, name: &str) -> Option<u32> {
        let bit = |name: &str| self.fields.iter().position(|field| field == name).map(|at| 1 << at);
        if COMPUTING.contains(&name) {
            let lines = if name == "interface" { evidence::LINES_ONLY } else { 0 };
            Some(COMPUTING.iter().filter_map(|name| bit(name)).fold(lines, |set, bit| set | bit))
        } else {
            bit(name)
        }
    }

    /// The conditions: for each the number of its first code, then their codes.
    pub fn condition_codes(&self) -> (Vec<u32>, Vec<u16>) {
        let (mut starts, mut codes) = (Vec::new(), Vec::new());
        for condition in &self.conditions {
            starts.push(codes.len() as u32);
            codes.extend(condition);
        }
        (starts, codes)
    }

    /// The rows of a target's table. Of two with one key the first counts: words that need a
    /// condition come first, then the other words of the place that the text is from, then what
    /// came there from elsewhere, at last what the target itself writes.
    pub fn rows(&self, target: Target) -> Vec<Row> {
        let mut rows = Rows::default();
        for (to, place) in PLACES.iter().enumerate() {
            let (table, places) = place.target();
            if table == target {
                for concept in &self.concepts {
                    self.add(&mut rows, concept, to, places);
                }
            }
        }
        rows.into_rows()
    }

    fn add(&self, rows: &mut Rows, concept: &Concept, to: usize, places: Places) {
        let Some(own) = concept.words_at(to) else { return };
        let Some(written) = own.first() else { return };
        let is_own = |word: &Word| own.iter().any(|other| other.codes == word.codes);
        let mut add = |rank: usize, word: &Word, from: Sources, condition: u16| {
            let same = own.iter().find(|other| other.codes == word.codes);
            let value = match same {
                Some(own) if own.is_given => &own.text,
                Some(_) => "",
                None => &written.text,
            };
            let stays = same.is_some();
            let entry = Entry {
                kind: Kind::Region,
                sources: from,
                places,
                field: concept.field,
                condition,
                stays,
            };
            rows.add(rank, &word.text, &word.codes, value, entry);
        };
        for (from, place) in PLACES.iter().enumerate() {
            let words = concept.words_at(from).or_else(|| concept.words_at(0)).unwrap_or(&[]);
            for word in words {
                match word.read {
                    Read::Everywhere => add(1, word, place.source(), 0),
                    Read::Sometimes if !is_own(word) => {
                        add(0, word, place.source(), concept.condition);
                    }
                    _ => {}
                }
            }
            for foreign in place.mends(PLACES[to]) {
                let words = concept.words[*foreign as usize].as_deref().unwrap_or(&[]);
                let is_mended = |word: &&Word| {
                    [from, to].iter().all(|place| !self.own[*place].contains(&word.codes))
                        && !self.is_vague_beyond(*foreign, &word.codes)
                };
                let source = place.mended_source(*foreign);
                for word in words.iter().filter(is_mended) {
                    match word.read {
                        Read::Everywhere => add(2, word, source, 0),
                        Read::Sometimes if source == Sources::SIMPLIFIED => {
                            add(0, word, source, concept.condition);
                        }
                        _ => {}
                    }
                }
            }
        }
        // What has been written is found again, and stays; what the place writes besides, too.
        let is_read = |word: &Word| word.read != Read::Never && !is_own(word);
        let is_written = concept.words.iter().flatten().flatten().any(is_read);
        let besides = own[1..].iter().filter(|word| word.read == Read::Everywhere);
        for word in is_written.then_some(written).into_iter().chain(besides) {
            let is_known = word.is_given || word.codes == written.codes;
            let entry = Entry {
                kind: Kind::Region,
                sources: Sources::ALL,
                places,
                field: concept.field,
                condition: 0,
                stays: true,
            };
            rows.add(3, &word.text, &word.codes, if is_known { &word.text } else { "" }, entry);
        }
    }
}

impl Concept {
    /// The words of the place of that number, its own or those of the place whose it has.
    fn words_at(&self, number: usize) -> Option<&[Word]> {
        let own = self.words[number].as_deref();
        own.or_else(|| self.words[PLACES[number].model()? as usize].as_deref())
    }
}

/// The words of a cell.
fn split(cell: &str) -> impl Iterator<Item = (&str, Read)> {
    cell.split('|').map(|word| match word.strip_suffix('?') {
        Some(text) => (text, Read::Sometimes),
        None => match word.strip_suffix('!') {
            Some(text) => (text, Read::Never),
            None => (word, Read::Everywhere),
        },
    })
}

/// Rows by rank; those that differ in their sources or in their places alone are one.
#[derive(Default)]
struct Rows {
    ranks: [Vec<Row>; 4],
    /// The number of a row in its rank, by all but its sources.
    known: BTreeMap<(usize, RowId, Places), usize>,
}

/// Key, value and condition of a row.
type RowId = (String, String, u16);

impl Rows {
    fn add(&mut self, rank: usize, key: &str, codes: &[u16], value: &str, entry: Entry) {
        let id = (rank, (key.to_owned(), value.to_owned(), entry.condition), entry.places);
        let rows = &mut self.ranks[rank];
        let number = *self.known.entry(id).or_insert(rows.len());
        match rows.get_mut(number) {
            Some(row) => row.entry.sources.0 |= entry.sources.0,
            None => rows.push(Row {
                key: key.to_owned(),
                codes: codes.to_owned(),
                value: value.to_owned(),
                entry,
            }),
        }
    }

    fn into_rows(self) -> Vec<Row> {
        self.ranks.into_iter().flat_map(join_places).collect()
    }
}

/// Rows that differ in their places alone become one.
fn join_places(rows: Vec<Row>) -> Vec<Row> {
    let mut joined: Vec<Row> = Vec::new();
    let mut known: BTreeMap<(RowId, Sources), usize> = BTreeMap::new();
    for row in rows {
        let id = ((row.key.clone(), row.value.clone(), row.entry.condition), row.entry.sources);
        let number = *known.entry(id).or_insert(joined.len());
        match joined.get_mut(number) {
            Some(other) => other.entry.places.0 |= row.entry.places.0,
            None => joined.push(row),
        }
    }
    joined
}
