//! What a run did, in numbers.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Serialize;

use super::outcome::{End, Outcome, Written};

/// What a run did, in numbers; as JSON, the object of `--summary json`.
#[derive(Debug, Default, Serialize)]
pub struct Summary {
    /// Files whose result differs and was written, or would be.
    pub converted: usize,
    /// Files whose result is what they were already.
    pub unchanged: usize,
    /// Files that are no text, and links, copied as they are.
    pub copied: usize,
    /// Files that an earlier run of the same command had done.
    pub done_before: usize,
    /// What can't be converted: how many, by the reason.
    pub skipped: BTreeMap<&'static str, usize>,
    /// Files that something went wrong with; it was reported.
    pub failed: usize,
    /// Files and folders with another name.
    pub renamed: usize,
    /// How much was read, in bytes.
    pub bytes: u64,
    /// Files by the encoding that they were in.
    pub encodings: BTreeMap<&'static str, usize>,
    /// Whether the run was stopped before its end.
    pub stopped: bool,
    /// Where it is noted what was done, if that is wanted any longer.
    pub journal: Option<PathBuf>,
}

impl Summary {
    /// Counts what became of an input.
    pub fn add(&mut self, outcome: &Outcome) {
        match &outcome.end {
            End::Staged(..) => {}
            End::Done(Written::Text) => self.converted += 1,
            End::Done(Written::Copy) => self.copied += 1,
            End::Done(Written::Same) | End::Unchanged => self.unchanged += 1,
            End::DoneBefore => self.done_before += 1,
            End::Skipped(reason) => *self.skipped.entry(reason).or_default() += 1,
            End::Failed(_) => self.failed += 1,
            End::Stopped => self.stopped = true,
        }
        if matches!(outcome.end, End::Done(_) | End::Unchanged) {
            self.bytes += outcome.bytes;
        }
        if let Some(encoding) = outcome.encoding {
            *self.encodings.entry(encoding.name()).or_default() += 1;
        }
    }

    /// As one line for people; `would` goes before what happens to files.
    pub fn to_text(&self, would: &str) -> String {
        let skipped = self.skipped.values().sum::<usize>();
        let mut text = format!("{} {would}converted, {} unchanged", self.converted, self.unchanged);
        let reasons = format!("skipped ({})", listed(&self.skipped, "s"));
        let counts = [
            (self.copied, format!("{would}copied")),
            (self.renamed, format!("{would}renamed")),
            (self.done_before, "done before".to_owned()),
            (skipped, reasons),
            (self.failed, "failed".to_owned()),
        ];
        for (count, what) in counts.into_iter().filter(|(count, _)| *count > 0) {
            text += &format!(", {count} {what}");
        }
        if !self.encodings.is_empty() {
            text += &format!("; encodings: {}", listed(&self.encodings, ""));
        }
        text
    }
}

/// As in "3 binary files, 1 symbolic link": the names with their numbers, the largest first;
/// `plural` goes behind a name of which there are several.
fn listed(counts: &BTreeMap<&'static str, usize>, plural: &str) -> String {
    let mut counts: Vec<_> = counts.iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let text = |(name, count): &(&&str, &usize)| match count {
        1 => format!("1 {name}"),
        count => format!("{count} {name}{plural}"),
    };
    counts.iter().map(text).collect::<Vec<_>>().join(", ")
}
