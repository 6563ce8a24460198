//! Alignment: which characters of the gold an output reproduces, and where.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// An output held against the gold, character by character.
pub struct Alignment {
    /// For each character of the gold.
    places: Vec<Place>,
    /// The characters of the output.
    output_len: usize,
}

/// What the output has for a character of the gold.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Place {
    /// The same, at this index.
    Right(usize),
    /// Another character, at this index.
    Wrong(usize),
    /// Nothing that could be told.
    None,
}

impl Place {
    fn index(self) -> Option<usize> {
        match self {
            Self::Right(index) | Self::Wrong(index) => Some(index),
            Self::None => None,
        }
    }
}

impl Alignment {
    /// Aligns `output` to `gold`: index by index if they are equally long and
    /// agree at half of the indices at least, else by a diff.
    pub fn new(output: &[char], gold: &[char]) -> Self {
        let places = by_index(output, gold).unwrap_or_else(|| by_diff(output, gold));
        Self { places, output_len: output.len() }
    }

    /// Whether the character of the gold at `index` is right.
    pub fn is_right(&self, index: usize) -> bool {
        matches!(self.places[index], Place::Right(_))
    }

    /// Whether the range `of` the gold is right, and in one piece.
    pub fn is_right_word(&self, of: Range<usize>) -> bool {
        let places = &self.places[of];
        let start = places.first().and_then(|place| place.index()).unwrap_or(0);
        places.iter().zip(start..).all(|(place, index)| *place == Place::Right(index))
    }

    /// How many characters of the gold are right.
    pub fn count_right(&self) -> usize {
        (0..self.places.len()).filter(|&index| self.is_right(index)).count()
    }

    /// The indices of the characters of the gold that are wrong.
    pub fn wrong(&self) -> impl Iterator<Item = usize> {
        (0..self.places.len()).filter(|&index| !self.is_right(index))
    }

    /// The range of the output that stands for the range `of` of the gold. It
    /// reaches up to what the characters beside `of` became, where those in it
    /// have no place.
    pub fn output(&self, of: Range<usize>) -> Range<usize> {
        let end_of = |place: &Place| place.index().map(|index| index + 1);
        let before = self.places[..of.start].iter().rev().find_map(end_of).unwrap_or(0);
        let after = self.places[of.end..].iter().find_map(|place| place.index());
        let own = &self.places[of];
        let first = own.first().and_then(|place| place.index());
        let last = own.last().and_then(end_of);
        first.unwrap_or(before)..last.or(after).unwrap_or(self.output_len)
    }
}

fn by_index(output: &[char], gold: &[char]) -> Option<Vec<Place>> {
    if output.len() != gold.len() {
        return None;
    }
    let right = |index| output[index] == gold[index];
    let agreeing = (0..gold.len()).filter(|&index| right(index)).count();
    let place = |index| if right(index) { Place::Right(index) } else { Place::Wrong(index) };
    (agreeing * 2 >= gold.len()).then(|| (0..gold.len()).map(place).collect())
}

/// By the shortest edit script: the most characters that can be right.
fn by_diff(output: &[char], gold: &[char]) -> Vec<Place> {
    let mut places = vec![Place::None; gold.len()];
    for op in capture_diff_slices(Algorithm::RawMyers, output, gold) {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            for (place, index) in places[new_index..][..len].iter_mut().zip(old_index..) {
                *place = Place::Right(index);
            }
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    /// The gold with its wrong characters as dots.
    fn aligned(output: &str, gold: &str) -> String {
        let gold = chars(gold);
        let alignment = Alignment::new(&chars(output), &gold);
        let mark = |(index, c): (usize, &char)| if alignment.is_right(index) { *c } else { '.' };
        gold.iter().enumerate().map(mark).collect()
    }

    fn output_of(output: &str, gold: &str, of: Range<usize>) -> String {
        let output = chars(output);
        output[Alignment::new(&output, &chars(gold)).output(of)].iter().collect()
    }

    #[test]
    fn equal_lengths_are_held_index_by_index() {
        assert_eq!(aligned("頭發好", "頭髮好"), "頭.好");
        // A diff would find 好 again.
        assert_eq!(aligned("好頭發的", "頭好發的"), "..發的");
    }

    #[test]
    fn equal_lengths_that_hardly_agree_are_diffed() {
        assert_eq!(aligned("一二三四", "二三四一"), "二三四.");
    }

    #[test]
    fn other_lengths_are_diffed() {
        assert_eq!(aligned("打開文件夾", "開啟資料夾"), "開...夾");
        assert_eq!(aligned("無法解析檔案", "無法解析檔"), "無法解析檔");
        assert_eq!(aligned("", "好"), ".");
        assert_eq!(aligned("好", ""), "");
    }

    #[test]
    fn a_word_is_right_in_one_piece_only() {
        let right = |output, of| Alignment::new(&chars(output), &chars("開檔案")).is_right_word(of);
        assert!(right("開啟檔案", 1..3));
        assert!(!right("開檔或案", 1..3));
        assert!(!right("開檔啊", 1..3));
        assert!(!right("開", 1..3));
    }

    #[test]
    fn figures_of_an_alignment() {
        let alignment = Alignment::new(&chars("頭發好"), &chars("頭髮好"));
        assert_eq!(alignment.count_right(), 2);
        assert_eq!(alignment.wrong().collect::<Vec<_>>(), [1]);
    }

    #[test]
    fn a_range_has_its_counterpart_in_the_output() {
        assert_eq!(output_of("頭發好", "頭髮好", 0..2), "頭發");
        assert_eq!(output_of("開文檔了", "開檔案夾了", 0..5), "開文檔了");
        assert_eq!(output_of("請打開文件吧", "請打開檔案夾吧", 3..6), "文件");
        assert_eq!(output_of("文件", "檔案夾", 0..3), "文件");
        assert_eq!(output_of("開了檔案", "開檔案", 1..3), "檔案");
        assert_eq!(output_of("請打開", "請打開檔案", 3..5), "");
    }
}
