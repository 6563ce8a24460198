//! Figures: how many of how many are right.

use std::ops::AddAssign;

use serde::Serialize;

/// So many right of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Share {
    /// How many are right.
    pub right: usize,
    /// How many there are.
    pub total: usize,
}

impl Share {
    /// Counts one more.
    pub fn count(&mut self, right: bool) {
        *self += Self { right: right.into(), total: 1 };
    }

    /// How many are wrong.
    pub fn wrong(self) -> usize {
        self.total - self.right
    }

    /// The share in percent with `digits` decimals, `-` where there is nothing.
    pub fn percent(self, digits: usize) -> String {
        match self.total {
            0 => "-".to_owned(),
            total => format!("{:.digits$}", 100.0 * (self.right as f64 / total as f64)),
        }
    }
}

impl AddAssign for Share {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.total += other.total;
    }
}

/// What is measured of a set, or of several. `folded` figures are those with a
/// `~` in the tables: free variants, quotes and the width of punctuation don't
/// count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Figures {
    /// Lines that equal the gold.
    pub exact: Share,
    /// The same, folded; in sets with vocabulary without spaces and quotes.
    pub exact_folded: Share,
    /// Characters of the gold.
    pub character: Share,
    /// The same, folded.
    pub character_folded: Share,
    /// Ambiguous characters, folded.
    pub ambiguous: Share,
    /// Those of them whose reading is not the usual one.
    pub minor: Share,
    /// Terms: words for which the other place has another word.
    pub term: Share,
}

impl AddAssign for Figures {
    fn add_assign(&mut self, other: Self) {
        self.exact += other.exact;
        self.exact_folded += other.exact_folded;
        self.character += other.character;
        self.character_folded += other.character_folded;
        self.ambiguous += other.ambiguous;
        self.minor += other.minor;
        self.term += other.term;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_is_of_the_total() {
        assert_eq!(Share { right: 2, total: 3 }.percent(2), "66.67");
        assert_eq!(Share { right: 3, total: 3 }.percent(0), "100");
        assert_eq!(Share::default().percent(2), "-");
    }

    #[test]
    fn counting() {
        let mut share = Share::default();
        [true, false, true].into_iter().for_each(|right| share.count(right));
        assert_eq!(share, Share { right: 2, total: 3 });
        assert_eq!(share.wrong(), 1);
    }
}
