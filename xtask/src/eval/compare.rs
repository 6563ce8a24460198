//! The first contestant against each of the others: the lines that one has
//! right and the other wrong.

use super::measure::Measured;
use super::set::Set;

/// The lines on which the first contestant and another one part.
#[derive(Default)]
pub struct Comparison {
    /// The first is wrong, the other right.
    lost: Lines,
    /// The other way about.
    won: Lines,
}

/// Lines that one of the two has wrong.
#[derive(Default)]
struct Lines {
    count: usize,
    /// The first of them, as they are printed.
    examples: Vec<String>,
}

/// What a contestant made of a set.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// A line for each row.
    pub outputs: &'a [String],
    /// Which of them are right.
    pub measured: &'a Measured,
}

impl Comparison {
    /// Adds a set that is called `name`; keeps `examples` examples each.
    pub fn add(&mut self, name: &str, set: &Set, [first, other]: [Side; 2], examples: usize) {
        for (index, row) in set.rows.iter().enumerate() {
            let (lines, wrong) = match [first, other].map(|s| s.measured.right_lines[index]) {
                [false, true] => (&mut self.lost, first),
                [true, false] => (&mut self.won, other),
                _ => continue,
            };
            lines.count += 1;
            if lines.examples.len() < examples {
                lines.examples.push(format!(
                    "  {name} {}\n    source {}\n    gold   {}\n    output {}",
                    row.id, row.input, row.gold, wrong.outputs[index]
                ));
            }
        }
    }

    /// Prints both counts with their examples.
    pub fn print(&self, first: &str, other: &str) {
        self.lost.print(first, other);
        self.won.print(other, first);
    }
}

impl Lines {
    fn print(&self, wrong: &str, right: &str) {
        println!("{} lines that {wrong} has wrong and {right} right", self.count);
        self.examples.iter().for_each(|example| println!("{example}"));
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::eval::measure::Ruler;

    #[test]
    fn lines_are_lost_and_won() {
        let rows = "a\t发\t發\nb\t发\t髮\nc\t发\t髮\nd\t好\t好\n";
        let set = Set::parse(Path::new("set.tsv"), rows, false).unwrap();
        let outputs = [["髮", "發", "髮", "好"], ["發", "髮", "發", "好"]];
        let outputs = outputs.map(|lines| lines.map(str::to_owned));
        let measured = outputs.each_ref().map(|lines| Ruler::default().measure(&set, lines));
        let side = |index: usize| Side { outputs: &outputs[index], measured: &measured[index] };
        let mut comparison = Comparison::default();
        comparison.add("set", &set, [side(0), side(1)], 1);
        assert_eq!((comparison.lost.count, comparison.won.count), (2, 1));
        let example = "  set a\n    source 发\n    gold   發\n    output 髮";
        assert_eq!(comparison.lost.examples, [example]);
        assert!(comparison.won.examples[0].ends_with("gold   髮\n    output 發"));
    }
}
