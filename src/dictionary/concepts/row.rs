//! A row of a table of concepts, as its line has it.

use super::{COLUMNS, Cell, Concept, PLACES, Read, Word};

/// No word has more characters.
const LONGEST: usize = 60;

/// No condition has more bytes.
const LONGEST_CONDITION: usize = 16 * 1024;

impl Concept {
    /// Reads the line of that number.
    pub(super) fn parse(line: usize, text: &str) -> Result<Self, String> {
        if text.contains(['\r', '\0']) {
            return Err("a carriage return or NUL inside the line; take it out".to_owned());
        }
        let columns: Vec<&str> = text.split('\t').collect();
        let Ok([name, cells @ .., condition, _]) = <[&str; 9]>::try_from(columns.as_slice()) else {
            let count = columns.len();
            let names = COLUMNS.join(", ");
            return Err(format!(
                "{count} columns; write nine, with TABs between, empty or not: {names}"
            ));
        };
        if name.trim().is_empty() {
            return Err("names no concept; say in the first column what is meant".to_owned());
        }
        if condition.len() > LONGEST_CONDITION {
            return Err(format!(
                "when: has more than {LONGEST_CONDITION} bytes; write a shorter one"
            ));
        }
        let cells = read_cells(cells)?;
        let condition = condition.trim().to_owned();
        let concept = Self { line, name: name.to_owned(), cells, condition };
        concept.check()?;
        Ok(concept)
    }

    /// Whether the condition and the words that ask for it are both there, or both not.
    fn check(&self) -> Result<(), String> {
        let words = self.cells.iter().flat_map(Cell::words);
        let asks = words.filter(|word| word.read == Read::Sometimes).map(|word| &word.text).next();
        match (asks, self.condition.is_empty()) {
            (Some(word), true) => {
                Err(format!("{word}? asks for a condition; write one in the column when"))
            }
            (None, false) => {
                Err("has a condition for no word; mark the word that it is for with ?".to_owned())
            }
            _ => Ok(()),
        }
    }
}

fn read_cells(cells: [&str; PLACES]) -> Result<[Cell; PLACES], String> {
    let mut read = [const { Cell::Empty }; PLACES];
    for ((to, cell), column) in read.iter_mut().zip(cells).zip(&COLUMNS[1..]) {
        *to = Cell::parse(cell).map_err(|problem| format!("{column}: {problem}"))?;
    }
    match read[0] {
        Cell::Words(_) => Ok(read),
        _ => Err("cn: has no word; write the mainland's".to_owned()),
    }
}

impl Cell {
    fn parse(cell: &str) -> Result<Self, String> {
        match cell {
            "" => Ok(Self::Empty),
            "=" => Ok(Self::Mainland),
            cell => cell.split('|').map(Word::parse).collect::<Result<_, _>>().map(Self::Words),
        }
    }
}

impl Word {
    fn parse(word: &str) -> Result<Self, String> {
        let (text, read) = match (word.strip_suffix('?'), word.strip_suffix('!')) {
            (Some(text), _) => (text, Read::Sometimes),
            (_, Some(text)) => (text, Read::Never),
            _ => (word, Read::Everywhere),
        };
        if text.is_empty() || text.trim() != text {
            return Err(format!(
                "\u{201c}{word}\u{201d} is no word; write words with | between, without blanks"
            ));
        }
        if text.ends_with(['?', '!']) || text == "=" {
            return Err(format!(
                "\u{201c}{word}\u{201d}: a word has one mark, ? or !, and = stands alone"
            ));
        }
        if text.chars().count() > LONGEST {
            return Err(format!(
                "{text}: has more than {LONGEST} characters; write a shorter word"
            ));
        }
        Ok(Self { text: text.to_owned(), read })
    }
}
