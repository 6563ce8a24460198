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
    last: Option<char>,
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
        Self { statistics, scripts, totals: Default::default(), before: Class::Space, last: None }
    }

    /// Adds what `text` costs behind what came before. The same character again costs next to
    /// nothing, if it is not Chinese.
    ///
    /// ```
    /// use jianfan::encoding::statistics::{Costs, Script, Statistics};
    ///
    /// let mut costs = Costs::new(Statistics::builtin(), &[Script::Latin]);
    /// costs.push("text");
    /// assert_eq!(costs.least().1, Statistics::builtin().cost(Script::Latin, "text"));
    /// ```
    pub fn push(&mut self, text: &str) {
        for character in text.chars() {
            let class = Class::of(character);
            if self.last == Some(character) && class != Class::Han {
                self.totals.iter_mut().for_each(|total| *total += u64::from(REPEATED));
                continue;
            }
            self.last = Some(character);
            for (script, total) in self.scripts.iter().zip(&mut self.totals) {
                *total += u64::from(
                    self.statistics.transition(*script, self.before, class)
                        + self.statistics.character(*script, class, character),
                );
            }
            self.before = class;
        }
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
        self.last = None;
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
