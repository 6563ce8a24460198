//! Composes the steps of a config into one: what each character becomes, and which keys of the
//! input have to be looked at.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::conversion::lookup::{Found, Lookup};
use crate::dictionary::{DictionaryError, DictionaryGroup, Table, compile, prefixes};

/// The steps of a config as one.
#[derive(Debug, Default)]
pub(crate) struct Composed {
    /// The characters that don't stay as they are.
    pub characters: BTreeMap<char, Character>,
    /// Every key that makes a difference, in no order.
    pub records: Vec<Record>,
}

/// What becomes of a character at which no record matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Character {
    /// Another character.
    To(char),
    /// The steps have to be asked.
    Ask,
}

/// A key of the input, and what it becomes where it matches.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Record {
    /// Which of the records that match at one place counts: the lowest rank, then the longest.
    pub rank: Rank,
    pub key: String,
    /// The result, after which all steps stand at the key's end; or else the steps are asked.
    pub value: Option<String>,
    /// The result holds only if no key of the segmentation and no unit of the first stage matches
    /// inside of the key.
    pub check: bool,
}

/// Where a record comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    /// A key of the segmentation, or of the only stage.
    Segment,
    /// A key of the first stage next to what may go with it into a key of the second.
    Entangled,
    /// A key of the first stage.
    First,
    /// Characters that the first stage makes a key of the second.
    Lifted,
}

/// What ideographic description sequences begin with. The steps alone know these; the scanner is
/// right about other text only if no entry takes part in one.
const DESCRIPTION_OPERATORS: std::ops::RangeInclusive<char> = '\u{2ff0}'..='\u{2fff}';

/// Whether `text` has one of those.
pub(super) fn is_description(text: &str) -> bool {
    text.chars().any(|one| DESCRIPTION_OPERATORS.contains(&one))
}

fn has_description_operator(group: &DictionaryGroup) -> bool {
    group.pairs().into_iter().any(|(key, value)| is_description(key) || is_description(value))
}

/// Whether a character is a compatibility ideograph, the only kind that may be normalized: the
/// scanner leaves text with any of them to the steps.
fn is_compatibility(character: char) -> bool {
    matches!(character, '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}')
}

/// More keys than this for one key of the second stage are not worth a table.
const MOST_LIFTED: usize = 4096;

/// If more than this may stand behind a key of the first stage to make a difference, the steps are
/// asked in any case.
const MOST_CONTINUED: usize = 64;

/// Composes the steps, or gives `None` for a config that is not of a form that can be: more than
/// two stages, keys without segmentation in two stages, ASCII that converts.
pub(crate) fn compose(
    normalization: &[DictionaryGroup],
    segmentation: Option<&DictionaryGroup>,
    chain: &[DictionaryGroup],
) -> Result<Option<Composed>, DictionaryError> {
    let mut groups = normalization.iter().chain(segmentation).chain(chain);
    if groups.any(has_description_operator) {
        return Ok(None);
    }
    let composed = match (segmentation, chain) {
        (None, [stage]) => Some(single(&Stage::new(stage)?)),
        (Some(segmentation), [first, second]) => {
            two(&Stage::new(segmentation)?, &Stage::new(first)?, &Stage::new(second)?)
        }
        _ => None,
    };
    let Some(mut composed) = composed else {
        return Ok(None);
    };
    for group in normalization {
        for key in Stage::new(group)?.entries.keys() {
            let Some(character) = only(key).filter(|one| is_compatibility(*one)) else {
                return Ok(None);
            };
            composed.characters.insert(character, Character::Ask);
        }
    }
    composed.ask_about_descriptions();
    Ok(composed.is_supported().then_some(composed))
}

/// A step that changes nothing.
pub(super) fn nothing() -> Composed {
    let mut composed = Composed::default();
    composed.ask_about_descriptions();
    composed
}

impl Composed {
    fn ask_about_descriptions(&mut self) {
        let operators = DESCRIPTION_OPERATORS.map(|operator| (operator, Character::Ask));
        self.characters.extend(operators);
    }

    /// Whether characters of one or two bytes stay as they are, but in keys that have others, too.
    /// NUL is in no key, so that it can stand for the end of a text.
    fn is_supported(&self) -> bool {
        let is_short = |character: char| character.len_utf8() < 3;
        let is_good =
            |record: &Record| !record.key.chars().all(is_short) && !record.key.contains('\0');
        !self.characters.keys().any(|character| is_short(*character))
            && self.records.iter().all(is_good)
    }

    /// What the characters of `text` become one by one, if all of them become characters of the
    /// same length.
    pub fn by_characters(&self, text: &str) -> Option<String> {
        text.chars().map(|one| self.becomes(one)).collect()
    }

    /// What a character becomes by itself, if that is a character of the same length.
    pub fn becomes(&self, from: char) -> Option<char> {
        match self.characters.get(&from) {
            None => Some(from),
            Some(Character::To(to)) if from.len_utf8() == 3 && to.len_utf8() == 3 => Some(*to),
            Some(_) => None,
        }
    }
}

/// A group as the composition needs it.
struct Stage {
    entries: BTreeMap<String, String>,
    lookup: Lookup,
}

impl Stage {
    fn new(group: &DictionaryGroup) -> Result<Self, DictionaryError> {
        let pairs = group.pairs();
        let entries = pairs.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned()));
        Ok(Self { entries: entries.collect(), lookup: Lookup::new(Table::from(compile(group)?)) })
    }

    /// The entries with keys of two characters and more.
    fn phrases(&self) -> impl Iterator<Item = (&String, &String)> {
        self.entries.iter().filter(|(key, _)| only(key).is_none())
    }

    /// The entries from one character to one.
    fn characters(&self) -> impl Iterator<Item = (char, char)> {
        self.entries.iter().filter_map(|(key, value)| Some((only(key)?, only(value)?)))
    }

    fn is_character(key: &str, value: &str) -> bool {
        only(key).is_some() && only(value).is_some()
    }

    /// The text after the stage, and the ends of the text with which a longer key could begin.
    fn rewrite<'t>(&self, text: &'t str) -> (String, Vec<&'t str>) {
        let (mut out, mut open, mut at) = (String::new(), Vec::new(), 0);
        while at < text.len() {
            let rest = &text[at..];
            if self.lookup.find(rest, false) == Found::Open {
                open.push(rest);
            }
            let len = match self.lookup.find(rest, true) {
                Found::Match(found) => {
                    out.push_str(found.value);
                    found.len
                }
                Found::Copy { len } => {
                    out.push_str(&rest[..len]);
                    len
                }
                Found::Open => rest.len(),
            };
            at += len;
        }
        (out, open)
    }
}

/// The only character of `text`.
fn only(text: &str) -> Option<char> {
    let mut characters = text.chars();
    characters.next().filter(|_| characters.next().is_none())
}

/// One stage over the whole text: its entries are the records.
fn single(stage: &Stage) -> Composed {
    let mut composed = Composed::default();
    for (key, value) in &stage.entries {
        match (only(key), only(value)) {
            (Some(from), Some(to)) => drop(composed.characters.insert(from, Character::To(to))),
            (Some(from), None) => drop(composed.characters.insert(from, Character::Ask)),
            (None, _) => composed.push(Rank::Segment, key.clone(), Some(value.clone())),
        }
    }
    composed
}

/// Segmentation and two stages.
fn two(segmentation: &Stage, first: &Stage, second: &Stage) -> Option<Composed> {
    if segmentation.entries.keys().any(|key| only(key).is_some()) {
        return None;
    }
    let mut composed = Composed { characters: both_characters(first, second), records: Vec::new() };
    for key in segmentation.entries.keys() {
        let value = second.rewrite(&first.rewrite(key).0).0;
        composed.push(Rank::Segment, key.clone(), Some(value));
    }
    let run = Run::new(segmentation, first);
    for (key, value) in run.units.iter().filter(|(key, _)| only(key).is_none()) {
        let (result, open) = second.rewrite(value);
        let continued = run.go_on(second, &open);
        let is_known = continued.len() <= MOST_CONTINUED;
        for next in continued.into_iter().filter(|_| is_known) {
            composed.push(Rank::Entangled, format!("{key}{next}"), None);
        }
        let value = is_known.then_some(result);
        composed.push_checked(Rank::First, (*key).clone(), value, run.is_disturbed(key));
    }
    for (key, value) in second.phrases() {
        for lifted in run.lift(key)? {
            let check = run.is_disturbed(&lifted);
            composed.push_checked(Rank::Lifted, lifted, Some(value.clone()), check);
        }
        for entangled in run.entangle(key)? {
            composed.push(Rank::Entangled, entangled, None);
        }
    }
    Some(composed)
}

impl Composed {
    fn push(&mut self, rank: Rank, key: String, value: Option<String>) {
        self.push_checked(rank, key, value, false);
    }

    fn push_checked(&mut self, rank: Rank, key: String, value: Option<String>, check: bool) {
        self.records.push(Record { rank, key, value, check });
    }
}

fn both_characters(first: &Stage, second: &Stage) -> BTreeMap<char, Character> {
    let mut characters = BTreeMap::new();
    let keys = first.entries.keys().chain(second.entries.keys()).filter_map(|key| only(key));
    for character in keys.collect::<BTreeSet<char>>() {
        let (text, _) = first.rewrite(character.encode_utf8(&mut [0; 4]));
        let (text, _) = second.rewrite(&text);
        let is_unit = first.entries.get(&String::from(character)).is_none_or(|v| only(v).is_some());
        let result = match only(&text) {
            Some(to) if is_unit => Character::To(to),
            _ => Character::Ask,
        };
        characters.insert(character, result);
    }
    characters
}

/// What can happen in a run of characters in which no key of the segmentation matches.
struct Run<'a> {
    /// The entries of the first stage that are not from one character to one, and that the
    /// segmentation does not forestall.
    units: BTreeMap<&'a String, &'a String>,
    /// The characters that the first stage makes a character from.
    origins: HashMap<char, Vec<char>>,
    first: &'a Stage,
    /// The keys of the segmentation and of `units`, and all beginnings of these.
    keys: HashSet<&'a str>,
    beginnings: HashSet<&'a str>,
    segments: HashSet<&'a str>,
}

impl<'a> Run<'a> {
    fn new(segmentation: &'a Stage, first: &'a Stage) -> Self {
        let segments: HashSet<&str> = segmentation.entries.keys().map(String::as_str).collect();
        let forestalled = |key: &str| prefixes(key).any(|prefix| segments.contains(prefix));
        let units: BTreeMap<&String, &String> = first
            .entries
            .iter()
            .filter(|(key, value)| !Stage::is_character(key, value) && !forestalled(key))
            .collect();
        let mut keys = segments.clone();
        keys.extend(units.keys().map(|key| key.as_str()));
        let beginnings = keys.iter().flat_map(|key| prefixes(key)).collect();
        let mut origins: HashMap<char, Vec<char>> = HashMap::new();
        for (from, to) in first.characters() {
            origins.entry(to).or_default().push(from);
        }
        Self { units, origins, first, keys, beginnings, segments }
    }

    /// The characters that the first stage turns into `character`.
    fn origins(&self, character: char) -> Vec<char> {
        let mut origins = self.origins.get(&character).cloned().unwrap_or_default();
        if !self.first.entries.contains_key(&String::from(character)) {
            origins.push(character);
        }
        origins
    }

    /// The texts that the first stage turns into `key` character by character, but for those at
    /// whose beginning the segmentation matches.
    fn lift(&self, key: &str) -> Option<Vec<String>> {
        let mut lifted = vec![String::new()];
        for character in key.chars() {
            let origins = self.origins(character);
            lifted = lifted
                .iter()
                .flat_map(|start| origins.iter().map(move |one| format!("{start}{one}")))
                .collect();
            if lifted.len() > MOST_LIFTED {
                return None;
            }
        }
        lifted.retain(|text| !prefixes(text).any(|prefix| self.segments.contains(prefix)));
        Some(lifted)
    }

    /// The texts that the first stage turns into a beginning of `key` character by character,
    /// followed by a unit whose value may go on with `key`.
    fn entangle(&self, key: &str) -> Option<Vec<String>> {
        let mut entangled = Vec::new();
        for (split, _) in key.char_indices().skip(1) {
            let (start, rest) = key.split_at(split);
            for (unit, _) in self.units.iter().filter(|(_, value)| are_compatible(rest, value)) {
                entangled.extend(self.lift(start)?.into_iter().map(|start| start + unit));
            }
        }
        Some(entangled)
    }

    /// The characters and units behind which the first stage has made one of `beginnings` go on as a
    /// key of the second.
    fn go_on(&self, second: &Stage, beginnings: &[&str]) -> BTreeSet<String> {
        let behind = |key: &str| {
            let ends = beginnings.iter().filter_map(|start| key.strip_prefix(start));
            ends.filter_map(|end| end.chars().next()).collect::<Vec<char>>()
        };
        let next: BTreeSet<char> = second.entries.keys().flat_map(|key| behind(key)).collect();
        let characters = next.iter().flat_map(|&one| self.origins(one)).map(String::from);
        let begins = |value: &str| value.chars().next().is_some_and(|one| next.contains(&one));
        let units = self.units.iter().filter(|(_, value)| begins(value));
        characters.chain(units.map(|(key, _)| (*key).clone())).collect()
    }

    /// Whether a key of the segmentation or a unit can begin inside of `text`.
    fn is_disturbed(&self, text: &str) -> bool {
        let mut ends = text.char_indices().skip(1).map(|(at, _)| &text[at..]);
        ends.any(|end| {
            self.beginnings.contains(end) || prefixes(end).any(|prefix| self.keys.contains(prefix))
        })
    }
}

/// Whether one text begins with the other.
fn are_compatible(a: &str, b: &str) -> bool {
    a.starts_with(b) || b.starts_with(a)
}
