//! Makes rows of a table of words, from key to value, of tables of concepts: which word is replaced
//! by which on the way from any place to any other.

use std::collections::{BTreeMap, BTreeSet};

use super::conditions;
use super::layout::Row;
use super::place::{PLACES, Place, Target};
use super::words::{Entry, Kind, Places, Sources};
use crate::dictionary::DictionaryError;
use crate::dictionary::concepts::{self, Cell, ConceptTable, Read};

/// A word of a cell.
#[derive(Debug, Clone)]
struct Word {
    text: String,
    codes: Vec<u16>,
    read: Read,
    /// The table has it in the characters of the place.
    is_given: bool,
}

/// A row of a table of concepts.
struct Concept {
    /// The number of the table.
    table: u8,
    condition: u16,
    /// The words of each place; none if they are not known.
    words: [Option<Vec<Word>>; PLACES.len()],
}

/// All rows of some tables.
pub(crate) struct Directions<'a> {
    basis: &'a Basis<'a>,
    concepts: Vec<Concept>,
    conditions: Conditions,
    /// The codes of the words that each place has of its own.
    own: [BTreeSet<Vec<u16>>; PLACES.len()],
    /// Those of them that are not read everywhere.
    vague: [BTreeSet<Vec<u16>>; PLACES.len()],
}

/// A word of a place with what another one writes for it.
#[cfg(feature = "cli")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pair {
    /// The number of its concept, counted through all tables.
    pub concept: usize,
    pub key: String,
    pub value: String,
    pub read: Read,
    /// The other place has the word, too.
    pub stays: bool,
}

/// What concepts are read with.
pub(crate) struct Basis<'a> {
    pub code: &'a dyn Fn(char) -> u16,
    /// A Simplified word in the characters of a target.
    pub in_script: &'a dyn Fn(&str, Target) -> String,
    /// A word of a target in the forms that it writes: 羣 for 群 in Hong Kong.
    pub in_form: &'a dyn Fn(&str, Target) -> String,
    /// The fields, a bit each, that a name behind `#` means.
    pub fields: &'a dyn Fn(&str) -> Option<u32>,
    /// Whether a place has a word of its own beside those of the tables.
    pub is_own: &'a dyn Fn(Place, &[u16]) -> bool,
    /// Whether it has it without reading it everywhere.
    pub is_vague: &'a dyn Fn(Place, &[u16]) -> bool,
}

impl<'a> Directions<'a> {
    /// Those of `tables`, whose numbers are the fields of the rows.
    ///
    /// # Errors
    ///
    /// [`DictionaryError`] for a condition that can't be read, and for more tables or conditions
    /// than have numbers.
    pub fn of(tables: &[&ConceptTable], basis: &'a Basis<'a>) -> Result<Self, DictionaryError> {
        let mut made = Self {
            basis,
            concepts: Vec::new(),
            conditions: Conditions::default(),
            own: Default::default(),
            vague: Default::default(),
        };
        for (number, table) in tables.iter().enumerate() {
            let number = u8::try_from(number)
                .map_err(|_| DictionaryError::TooLarge { what: "the tables of concepts" })?;
            for concept in table.concepts() {
                let read = made.concept(number, concept);
                let read = read.map_err(|problem| table.error(concept, problem))?;
                made.concepts.push(read);
            }
        }
        for number in 0..PLACES.len() {
            let words = made.concepts.iter().filter_map(|concept| concept.words[number].as_ref());
            for word in words.flatten() {
                made.own[number].insert(word.codes.clone());
                if word.read != Read::Everywhere {
                    made.vague[number].insert(word.codes.clone());
                }
            }
        }
        Ok(made)
    }

    fn concept(&mut self, table: u8, concept: &concepts::Concept) -> Result<Concept, String> {
        let words = std::array::from_fn(|number| {
            let (target, _) = PLACES[number].target();
            let word = |text: &str, read: Read, is_given: bool| Word {
                codes: text.chars().map(self.basis.code).collect(),
                text: (self.basis.in_form)(text, target),
                read,
                is_given,
            };
            match &concept.cells[number] {
                Cell::Empty => None,
                Cell::Mainland => {
                    let words = concept.cells[0].words().iter();
                    let in_script = |text: &str| (self.basis.in_script)(text, target);
                    Some(words.map(|one| word(&in_script(&one.text), one.read, false)).collect())
                }
                Cell::Words(words) => {
                    Some(words.iter().map(|one| word(&one.text, one.read, true)).collect())
                }
            }
        });
        let condition = self.conditions.number(&concept.condition, self.basis)?;
        Ok(Concept { table, condition, words })
    }

    /// The conditions: for each the number of its first code, then their codes.
    pub fn condition_codes(&self) -> (Vec<u32>, Vec<u16>) {
        let (mut starts, mut codes) = (Vec::new(), Vec::new());
        for condition in &self.conditions.all {
            starts.push(codes.len() as u32);
            codes.extend(condition);
        }
        (starts, codes)
    }

    /// The words that a place has of its own, by their codes.
    #[allow(dead_code, reason = "the build uses it")]
    pub fn own(&self, place: Place) -> &BTreeSet<Vec<u16>> {
        &self.own[place as usize]
    }

    /// The words that a place has without reading them everywhere, by their codes.
    #[allow(dead_code, reason = "the build uses it")]
    pub fn vague(&self, place: Place) -> &BTreeSet<Vec<u16>> {
        &self.vague[place as usize]
    }

    /// Whether another place than that has the word and does not read it everywhere: text from there
    /// keeps it on its way to a third one, where it has to stay, then.
    fn is_vague_beyond(&self, place: Place, codes: &[u16]) -> bool {
        PLACES.into_iter().filter(|other| *other != place).any(|other| {
            self.vague[other as usize].contains(codes) || (self.basis.is_vague)(other, codes)
        })
    }

    /// Whether a place has the word of its own.
    fn has(&self, place: Place, codes: &[u16]) -> bool {
        self.own[place as usize].contains(codes) || (self.basis.is_own)(place, codes)
    }

    /// The rows for a target. Of two with one key the first counts: words that need a condition come
    /// first, then the other words of the place that the text is from, then what came there from
    /// elsewhere, at last what the target itself writes; of one kind those of earlier tables.
    pub fn rows(&self, target: Target) -> Vec<Row> {
        let mut rows = Rows::default();
        for (to, place) in PLACES.iter().enumerate() {
            let (own_target, places) = place.target();
            if own_target == target {
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
                field: concept.table,
                condition,
                stays,
            };
            rows.add(rank, &word.text, &word.codes, value, entry);
        };
        for (from, place) in PLACES.iter().enumerate() {
            for word in concept.words_from(from) {
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
                    [*place, PLACES[to]].iter().all(|place| !self.has(*place, &word.codes))
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
                sources: self.staying(word, PLACES[to]),
                places,
                field: concept.table,
                condition: 0,
                stays: true,
            };
            rows.add(3, &word.text, &word.codes, if is_known { &word.text } else { "" }, entry);
        }
    }

    /// The words of one place with what another one writes for them, concept by concept.
    #[cfg(feature = "cli")]
    pub fn pairs(&self, from: Place, to: Place) -> Vec<Pair> {
        let mut pairs = Vec::new();
        for (number, concept) in self.concepts.iter().enumerate() {
            let own = concept.words_at(to as usize).unwrap_or(&[]);
            let Some(written) = own.first() else { continue };
            pairs.extend(concept.words_from(from as usize).iter().map(|word| {
                let same = own.iter().find(|other| other.codes == word.codes);
                Pair {
                    concept: number,
                    key: word.text.clone(),
                    value: same.unwrap_or(written).text.clone(),
                    read: word.read,
                    stays: same.is_some(),
                }
            }));
        }
        pairs
    }

    /// Where text may be from for a word of `to` to be found again, and to stay: from all places but
    /// those that have it of their own, by other tables, in whatever sense.
    fn staying(&self, word: &Word, to: Place) -> Sources {
        let has_it = |place: &Place| *place != to && (self.basis.is_own)(*place, &word.codes);
        let owners = PLACES.into_iter().filter(has_it);
        Sources(owners.fold(Sources::ALL.0, |sources, place| sources & !place.source().0))
    }
}

impl Concept {
    /// The words of the place of that number, its own or those of the place whose it has.
    fn words_at(&self, number: usize) -> Option<&[Word]> {
        let own = self.words[number].as_deref();
        own.or_else(|| self.words[PLACES[number].model()? as usize].as_deref())
    }

    /// The words that are read in text from the place of that number: the mainland's, if no others
    /// are known.
    fn words_from(&self, number: usize) -> &[Word] {
        self.words_at(number).or_else(|| self.words_at(0)).unwrap_or(&[])
    }
}

/// Conditions by their numbers, which count from one.
#[derive(Default)]
struct Conditions {
    all: Vec<Vec<u16>>,
    numbers: BTreeMap<Vec<u16>, u16>,
}

impl Conditions {
    /// The number of a condition; zero if there is none.
    fn number(&mut self, condition: &str, basis: &Basis<'_>) -> Result<u16, String> {
        if condition.is_empty() {
            return Ok(0);
        }
        let codes = conditions::encode(condition, basis.code, basis.fields);
        let codes = codes.map_err(|error| format!("when: {error}"))?;
        if let Some(&number) = self.numbers.get(&codes) {
            return Ok(number);
        }
        let number = u16::try_from(self.all.len() + 1)
            .map_err(|_| "when: there are too many conditions; split the table".to_owned())?;
        self.numbers.insert(codes.clone(), number);
        self.all.push(codes);
        Ok(number)
    }
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
