//! What does not belong to a locale, and where.

use serde::Serialize;

use crate::conversion::{Change, StageKind};

/// A word or a run of characters that does not belong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Counted from one.
    pub line: usize,
    /// In Unicode scalar values, from one; `end_column` is the one behind the last.
    pub column: usize,
    pub end_column: usize,
    /// In bytes of the text in UTF-8 without a byte order mark, from zero.
    pub start: usize,
    pub end: usize,
    /// What stands there.
    pub text: String,
    /// What to write instead.
    pub instead: String,
    pub rule: Rule,
    /// Why: the table that has the word, or what tells how the character is read.
    pub reason: String,
}

/// What is wrong; the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// Characters of another script, or as another place writes them
    Script,
    /// A word of another place
    Word,
    /// Either, where what stands around it makes it likely, but not certain
    Doubtful,
}

impl Rule {
    /// All of them, the gravest first.
    pub const ALL: [Self; 3] = [Self::Script, Self::Word, Self::Doubtful];

    /// Its name, as users write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Script => "script",
            Self::Word => "word",
            Self::Doubtful => "doubtful",
        }
    }

    /// What it finds.
    pub fn description(self) -> &'static str {
        match self {
            Self::Script => "Characters of another script, or as another place writes them",
            Self::Word => "A word of another place",
            Self::Doubtful => "A word or a character that probably does not belong here",
        }
    }
}

/// The best reading of a character is in doubt if another one is nearer than this, in nats.
const MARGIN: f32 = 2.0;

impl Finding {
    /// What a change of the converter shows; `is_certain` is whether it would be made anywhere.
    pub fn of(change: &Change<'_>, line: usize, column: usize, is_certain: bool) -> Self {
        let length = change.source.characters.len();
        let is_word = !is_reading(change) || !SPELLING.contains(&change.dictionary);
        let is_close = matches!(change.scores[..], [best, next, ..] if best - next < MARGIN);
        let rule = match (is_word, is_certain && !is_close) {
            (_, false) => Rule::Doubtful,
            (true, true) => Rule::Word,
            (false, true) => Rule::Script,
        };
        Self {
            line,
            column,
            end_column: column + length,
            start: change.source.bytes.start,
            end: change.source.bytes.end,
            text: change.source.text.to_owned(),
            instead: change.output.text.to_owned(),
            rule,
            reason: reason(change),
        }
    }

    /// Whether `next` goes on with this one.
    pub fn goes_on_with(&self, next: &Self) -> bool {
        self.rule == Rule::Script && next.rule == Rule::Script && self.end == next.start
    }

    /// Takes up `next`, which it goes on with.
    pub fn take_up(&mut self, next: &Self) {
        self.text += &next.text;
        self.instead += &next.instead;
        (self.end, self.end_column) = (next.end, next.end_column);
        if self.reason != next.reason {
            self.reason = SEVERAL.to_owned();
        }
    }

    /// What to do, on one line.
    pub fn message(&self) -> String {
        let Self { text, instead, rule, reason, .. } = self;
        let instead = match instead.is_empty() {
            true => "leave it out".to_owned(),
            false => format!("write {instead}"),
        };
        format!("{text}: {instead} ({}: {reason})", rule.name())
    }
}

/// What the names of the tables of words by field of life begin with.
const REGIONS: &str = "regions/";
/// What the reading names by which it wrote no other word.
const SPELLING: [&str; 3] = [CONTEXT, "characters", "orthography"];
const CONTEXT: &str = "context";
const SEVERAL: &str = "how the place writes it";

fn is_reading(change: &Change<'_>) -> bool {
    change.stage.kind == StageKind::Reading
}

fn reason(change: &Change<'_>) -> String {
    match change.dictionary.strip_prefix(REGIONS) {
        Some(table) => format!("words of {}", table.trim_end_matches(".tsv").replace('_', " ")),
        None if !is_reading(change) || !SPELLING.contains(&change.dictionary) => {
            format!("table {}", change.dictionary)
        }
        None if change.dictionary == CONTEXT => "read in its context".to_owned(),
        None => SEVERAL.to_owned(),
    }
}
