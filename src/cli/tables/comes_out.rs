//! Whether the words of tables of concepts come out as their rows say, and stay.

use std::collections::HashSet;

use anyhow::Result;

use super::concepts::{Row, key};
use crate::conversion::reading::directions::Pair;
use crate::conversion::reading::export::pairs_of;
use crate::conversion::reading::place::{PLACES, Place};
use crate::dictionary::concepts::{COLUMNS, Cell, ConceptTable, Read};
use crate::{Converter, Locale};

/// Converts each word that is read everywhere, in a sentence that says nothing about it, to each
/// other place, and what came out again; gives the numbers of rows with what went wrong. Nothing is
/// said of words that are `known` to be never read, by the number of the row.
///
/// # Errors
///
/// If a condition can't be read.
pub fn check(
    tables: &[ConceptTable],
    rows: &[Row<'_>],
    known: HashSet<(usize, String)>,
) -> Result<Vec<(usize, String)>> {
    let has_words =
        |place: &&Place| rows.iter().any(|row| row.concept.cells[**place as usize] != Cell::Empty);
    let places: Vec<Place> = PLACES.iter().filter(has_words).copied().collect();
    let ways: Vec<(Place, Place)> = places
        .iter()
        .flat_map(|&from| places.iter().map(move |&to| (from, to)))
        .filter(|(from, to)| from != to)
        .collect();
    let pairs = pairs_of(&tables.iter().collect::<Vec<_>>(), &ways)?;
    let mut told = known;
    let mut faults = Vec::new();
    for ((from, to), pairs) in ways.into_iter().zip(pairs) {
        let way = Way::new(tables, from, to)?;
        for pair in pairs.iter().filter(|pair| pair.read == Read::Everywhere && !pair.stays) {
            if !told.contains(&(pair.concept, pair.key.clone()))
                && let Some(fault) = way.fault(pair)
            {
                told.insert((pair.concept, pair.key.clone()));
                faults.push((pair.concept, fault));
            }
        }
    }
    Ok(faults)
}

/// From one place to another, with the tables.
struct Way {
    from: Place,
    to: Place,
    there: Converter,
    again: Converter,
}

impl Way {
    fn new(tables: &[ConceptTable], from: Place, to: Place) -> Result<Self> {
        let builder = tables
            .iter()
            .fold(Converter::builder(), |builder, table| builder.concepts(table.clone()));
        let there = builder.clone().locales(locale(from), locale(to)).build()?;
        let again = builder.locales(locale(to), locale(to)).build()?;
        Ok(Self { from, to, there, again })
    }

    /// What is wrong with what becomes of a word.
    fn fault(&self, pair: &Pair) -> Option<String> {
        let Pair { key: word, value, .. } = pair;
        let (made, by) = converted(&self.there, self.from, word);
        let (from, to) = (locale(self.from), locale(self.to));
        if key(&made) != key(value) {
            let column = COLUMNS[self.from as usize + 1];
            return Some(format!(
                "{column}: {word}: from {from} to {to} it becomes {made}, not {value}{by}"
            ));
        }
        self.change(&made).map(|(again, by)| {
            let column = COLUMNS[self.to as usize + 1];
            format!("{column}: {value}, from {word}: converted again it becomes {again}{by}")
        })
    }

    /// What becomes of what came out, the same way again or in text of the place, if it changes.
    fn change(&self, made: &str) -> Option<(String, String)> {
        let ways = [&self.there, &self.again].into_iter();
        let mut again = ways.map(|converter| converted(converter, self.to, made));
        again.find(|(again, _)| key(again) != key(made))
    }
}

/// What becomes of a word of a place in a sentence, and by which tables.
fn converted(converter: &Converter, place: Place, word: &str) -> (String, String) {
    let we = match place {
        Place::Mainland | Place::Singapore | Place::Malaysia => "我们看到",
        Place::Taiwan | Place::HongKong | Place::Macau => "我們看到",
    };
    let sentence = format!("{we}{word}了。");
    let trace = converter.trace(&sentence);
    let end = we.len() + word.len();
    let changes = trace
        .changes()
        .filter(|change| change.source.bytes.start < end && change.source.bytes.end > we.len());
    let mut tables: Vec<&str> = changes.map(|change| change.dictionary).collect();
    tables.dedup();
    let by = if tables.is_empty() { String::new() } else { format!(" (by {})", tables.join(", ")) };
    // What stands around the word has as many characters on either side.
    let output = trace.output().chars();
    let count = trace.output().chars().count();
    let made = output.skip(we.chars().count()).take(count.saturating_sub(we.chars().count() + 2));
    (made.collect(), by)
}

/// The locale of a place.
pub fn locale(place: Place) -> Locale {
    match place {
        Place::Mainland => Locale::ZhCn,
        Place::Taiwan => Locale::ZhTw,
        Place::HongKong => Locale::ZhHk,
        Place::Singapore => Locale::ZhSg,
        Place::Malaysia => Locale::ZhMy,
        Place::Macau => Locale::ZhMo,
    }
}
