use super::NAT;
use super::class::Class;
use super::script::Script;
use super::table::Statistics;

/// What it costs that a character which is not Chinese is the one before again, as in a line of
/// dashes.
const REPEATED: u32 = NAT;

/// The costs of a text that comes in pieces, in each of several scripts.
///
/// ```
/// use jianfan::encoding::statistics::{Costs, Script, Statistics};
///
/// let scripts = &[Script::Simplified, Script::Traditional];
/// let mut costs = Costs::new(Statistics::builtin(), scripts);
/// costs.push("头");
/// costs.push("发");
/// assert_eq!(costs.least().0, Script::Simplified);
/// ```
#[derive(Debug, Clone)]
pub struct Costs<'a> {
    statistics: Statistics<'a>,
    scripts: &'static [Script],
    totals: [u64; Script::ALL.len()],
    before: Class,
    /// The last character, or one that texts don't have where it begins anew.
    last: char,
}

impl<'a> Costs<'a> {
    /// Costs of no text yet in `scripts`, of which there must be one at least.
    ///
    /// ```
    /// use jianfan::encoding::statistics::{Costs, Script, Statistics};
    ///
    /// let costs = Costs::new(Statistics::builtin(), &Script::ALL);
    /// assert_eq!(costs.least().1, 0);
    /// ```
    pub fn new(statistics: Statistics<'a>, scripts: &'static [Script]) -> Self {
        Self {
            statistics,
            scripts,
            totals: Default::default(),
            before: Class::Space,
            last: char::MAX,
        }
    }

    /// Adds what `text` costs behind what came before. The same character again costs next to
    /// nothing, if it is not Chinese.
    ///
    /// ```
    /// use jianfan::encoding::statistics::{Costs, Script, Statistics};
    ///
    /// let cost = |pieces: &[&str]| {
    ///     let mut costs = Costs::new(Statistics::builtin(), &[Script::Simplified]);
    ///     pieces.iter().for_each(|piece| costs.push(piece));
    ///     costs.least().1
    /// };
    /// assert_eq!(cost(&["te", "xt"]), cost(&["text"]));
    /// assert!(cost(&["你好"]) < cost(&["浣犲ソ"]));
    /// ```
    pub fn push(&mut self, text: &str) {
        for character in text.chars() {
            // Chinese text has mostly these, and their class is no question.
            if let Some(levels) = self.statistics.levels(character) {
                self.add(Class::Han, |script| levels.within(script));
                self.last = character;
                continue;
            }
            let class = Class::of(character);
            if self.last == character && class != Class::Han {
                self.totals.iter_mut().for_each(|total| *total += u64::from(REPEATED));
                continue;
            }
            self.last = character;
            let price = self.statistics.price(class, character);
            self.add(class, |script| price.within(script));
        }
    }

    /// Adds a character of `class`, which by itself costs `price` in a script.
    #[inline]
    fn add(&mut self, class: Class, price: impl Fn(Script) -> u32) {
        for (script, total) in self.scripts.iter().zip(&mut self.totals) {
            let transition = self.statistics.transition(*script, self.before, class);
            *total += u64::from(transition + price(*script));
        }
        self.before = class;
    }

    /// Adds `cost` in all scripts, for something that is no text; what follows begins anew.
    ///
    /// ```
    /// use jianfan::encoding::statistics::{Costs, Script, Statistics};
    ///
    /// let mut costs = Costs::new(Statistics::builtin(), &[Script::Latin]);
    /// costs.interrupt(160);
    /// assert_eq!(costs.least().1, 160);
    /// ```
    pub fn interrupt(&mut self, cost: u32) {
        for total in &mut self.totals {
            *total += u64::from(cost);
        }
        self.before = Class::Space;
        self.last = char::MAX;
    }

    /// The script in which the text costs least so far, and what.
    ///
    /// ```
    /// use jianfan::encoding::statistics::{Costs, Script, Statistics};
    ///
    /// let mut costs = Costs::new(Statistics::builtin(), &Script::ALL);
    /// costs.push("Это по-русски");
    /// assert_eq!(costs.least().0, Script::Cyrillic);
    /// ```
    pub fn least(&self) -> (Script, u64) {
        let costs = self.scripts.iter().copied().zip(self.totals);
        costs.min_by_key(|(_, cost)| *cost).unwrap_or((Script::Latin, 0))
    }
}
