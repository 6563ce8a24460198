//! What a run did, in numbers.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

use serde::Serialize;

use super::outcome::{End, Outcome, Written};

/// What a run did, in numbers; as JSON, the object of `--summary json`.
#[derive(Debug, Default, Serialize)]
pub struct Summary {
    /// Files whose result was written, or would be.
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
            End::Unchanged => self.unchanged += 1,
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

    /// As one line for people, `verb` being what happened to what was converted.
    pub fn to_text(&self, verb: &str) -> String {
        let skipped = self.skipped.values().sum::<usize>();
        let mut text = format!("{} {verb}, {} unchanged", self.converted, self.unchanged);
        let counts = [
            (self.copied, "copied"),
            (self.renamed, "renamed"),
            (self.done_before, "done before"),
            (skipped, "skipped"),
            (self.failed, "failed"),
        ];
        for (count, what) in counts.into_iter().filter(|(count, _)| *count > 0) {
            // Writing to a string can't fail.
            let _ = write!(text, ", {count} {what}");
            if what == "skipped" {
                let _ = write!(text, " ({})", listed(&self.skipped));
            }
        }
        if !self.encodings.is_empty() {
            let _ = write!(text, "; encodings: {}", listed(&self.encodings));
        }
        text
    }
}

/// As in "3 binary, 1 symbolic link": the names with their numbers, the largest first.
fn listed(counts: &BTreeMap<&'static str, usize>) -> String {
    let mut counts: Vec<_> = counts.iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    counts.iter().map(|(name, count)| format!("{count} {name}")).collect::<Vec<_>>().join(", ")
}
