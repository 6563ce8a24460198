//! Blocks of the table: rows are kinds of snippets, columns are lengths.

use fastrand::Rng;

use super::judge::{Measure, Said};
use super::snippet::Snippet;

/// Rows that have the same columns.
pub struct Block {
    pub title: &'static str,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
}

/// A length, and how many snippets to make of it.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    pub name: &'static str,
    /// In bytes; what it is the length of is for the row to say.
    pub length: usize,
    pub count: usize,
}

/// A kind of snippets.
pub struct Row {
    pub name: String,
    pub measure: Measure,
    /// One for each column; none where the column plays no part.
    pub marks: Vec<Option<Mark>>,
    pub samples: Samples,
}

/// Makes a snippet of a length; none if it can't be made.
pub type Maker = Box<dyn Fn(&mut Rng, usize) -> Option<Snippet>>;

/// Where the snippets come from.
pub enum Samples {
    Made(Maker),
    /// Given from outside, the same for every column.
    Given(Vec<Snippet>),
}

/// What a percentage has to be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Mark {
    AtLeast(f64),
    AtMost(f64),
    /// Anything: it is told for information.
    Any,
}

impl Mark {
    /// Whether it is met, by a percentage rounded to one digit as the marks are.
    pub fn is_met(self, percent: f64) -> bool {
        let percent = (percent * 10.0).round() / 10.0;
        match self {
            Self::AtLeast(mark) => percent >= mark,
            Self::AtMost(mark) => percent <= mark,
            Self::Any => true,
        }
    }
}

/// How many snippets counted, by each detector.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Cell {
    pub total: usize,
    pub by_jianfan: usize,
    pub by_chardetng: usize,
}

impl Cell {
    /// The percentage that counted by jianfan.
    pub fn jianfan(self) -> f64 {
        self.percent(self.by_jianfan)
    }

    /// The percentage that counted by chardetng.
    pub fn chardetng(self) -> f64 {
        self.percent(self.by_chardetng)
    }

    fn percent(self, count: usize) -> f64 {
        100.0 * count as f64 / self.total.max(1) as f64
    }
}

/// A snippet about which jianfan said something else than it should.
pub struct Miss {
    pub snippet: Snippet,
    pub said: Said,
}

impl Row {
    /// The snippets of a column, the same in every run.
    pub fn snippets(&self, column: &Column, seed: u64) -> Vec<Snippet> {
        match &self.samples {
            Samples::Given(snippets) => snippets.clone(),
            Samples::Made(make) => {
                let mut rng = Rng::with_seed(seed_of(seed, &self.name, column.name));
                (0..column.count).filter_map(|_| make(&mut rng, column.length)).collect()
            }
        }
    }

    /// Asks both detectors about every snippet.
    pub fn measure(&self, snippets: Vec<Snippet>, mark: Mark) -> (Cell, Vec<Miss>) {
        let wanted = !matches!(mark, Mark::AtMost(_));
        let mut cell = Cell { total: snippets.len(), ..Cell::default() };
        let mut misses = Vec::new();
        for snippet in snippets {
            let said = Said::by_jianfan(&snippet.bytes);
            let counts = self.measure.counts(said, &snippet);
            let other = Said::by_chardetng(&snippet.bytes);
            cell.by_jianfan += usize::from(counts);
            cell.by_chardetng += usize::from(self.measure.counts(other, &snippet));
            if counts != wanted {
                misses.push(Miss { snippet, said });
            }
        }
        (cell, misses)
    }
}

/// A seed that doesn't depend on which other rows and columns there are.
fn seed_of(seed: u64, row: &str, column: &str) -> u64 {
    let bytes = row.bytes().chain(column.bytes());
    bytes.fold(seed, |seed, byte| seed.wrapping_mul(31).wrapping_add(u64::from(byte)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jianfan::encoding::Encoding;

    fn row(text: &'static str, encoding: Encoding, measure: Measure) -> Row {
        let make: Maker = Box::new(move |rng, length| {
            let text = text.repeat(1 + rng.usize(..length));
            Snippet::of(&text, encoding)
        });
        Row { name: "row".to_owned(), measure, marks: Vec::new(), samples: Samples::Made(make) }
    }

    const COLUMN: Column = Column { name: "4", length: 4, count: 50 };

    #[test]
    fn snippets_are_the_same_in_every_run_and_others_with_another_seed() {
        let row = row("中文", Encoding::UTF_8, Measure::Text);
        assert_eq!(row.snippets(&COLUMN, 1), row.snippets(&COLUMN, 1));
        assert_ne!(row.snippets(&COLUMN, 1), row.snippets(&COLUMN, 2));
        let other = Column { name: "5", ..COLUMN };
        assert_ne!(row.snippets(&COLUMN, 1), row.snippets(&other, 1));
    }

    #[test]
    fn a_miss_is_what_should_have_counted_or_should_not() {
        let right = row("中文", Encoding::UTF_8, Measure::Text);
        let (cell, misses) = right.measure(right.snippets(&COLUMN, 1), Mark::AtLeast(100.0));
        assert_eq!((cell.total, cell.by_jianfan, misses.len()), (50, 50, 0));
        // Chinese is called Chinese, which it should not be.
        let alarm = row("中国人民", Encoding::GBK, Measure::Cjk);
        let (cell, misses) = alarm.measure(alarm.snippets(&COLUMN, 1), Mark::AtMost(1.0));
        assert!(cell.by_jianfan > 0);
        assert_eq!(misses.len(), cell.by_jianfan);
    }

    #[test]
    fn marks_are_met_by_rounded_percentages() {
        assert!(Mark::AtLeast(99.7).is_met(99.65));
        assert!(!Mark::AtLeast(99.7).is_met(99.64));
        assert!(!Mark::AtLeast(100.0).is_met(99.9));
        assert!(Mark::AtMost(1.0).is_met(1.04));
        assert!(!Mark::AtMost(0.0).is_met(0.05));
    }
}
