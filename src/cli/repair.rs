//! `--repair`: what was decoded wrongly once is undone before it is converted.

use std::borrow::Cow;

use super::input::Input;
use super::message::counted;
use super::notes::Notes;
use super::settings::Settings;
use crate::encoding::{RepairReport, RepairStream};

/// Repairs one text that comes in pieces, if that was asked for.
pub struct Repair {
    stream: Option<RepairStream>,
}

impl Repair {
    /// Repairs if `is_wanted`.
    pub fn new(is_wanted: bool) -> Self {
        Self { stream: is_wanted.then(RepairStream::new) }
    }

    /// What is repaired by now, `text` being the next piece and perhaps the `last` one.
    pub fn piece<'a>(&mut self, text: &'a str, last: bool) -> Cow<'a, str> {
        let Some(stream) = &mut self.stream else {
            return text.into();
        };
        let mut repaired = String::with_capacity(text.len());
        stream.push(text, &mut repaired);
        if last {
            stream.finish(&mut repaired);
        }
        repaired.into()
    }

    /// Notes what was done, if asked to be verbose, and what was left, unless asked to be quiet.
    pub fn tell(&self, settings: &Settings, input: &Input, notes: &mut Notes) {
        let Some(report) = self.stream.as_ref().map(RepairStream::report) else {
            return;
        };
        if settings.verbose && !report.repaired.is_empty() {
            notes.add(format_args!("{input}: repaired {}", kinds(report)));
        }
        if settings.quiet {
            return;
        }
        if report.lost > 0 {
            let characters = counted(report.lost, "character");
            notes.add(format_args!(
                "{input}: {characters} of what was repaired is lost, now U+FFFD"
            ));
        }
        if let Some(first) = &report.first_left {
            let (line, column, kind) = (first.line, first.column, first.kind);
            let more = match report.left - 1 {
                0 => "it stays as it is".to_owned(),
                more => format!("it and {} stay as they are", counted(more, "more place")),
            };
            notes.add(format_args!("{input}:{line}:{column}: seems to be {kind}; {more}"));
        }
    }
}

/// How many places of each kind.
fn kinds(report: &RepairReport) -> String {
    let kinds = report.repaired.iter();
    let kinds = kinds.map(|(kind, times)| format!("{} ({kind})", counted(*times, "place")));
    kinds.collect::<Vec<_>>().join(", ")
}
