//! What is said of an input on standard error, besides an error.

use std::fmt::Display;

use super::conversion::Source;
use super::input::Input;
use super::message;
use crate::encoding::{AutoDecoder, Replaced};

/// Lines to be said when all of the input has been read, so that those of several inputs that are
/// read at once come in order.
#[derive(Debug, Default)]
pub struct Notes {
    lines: Vec<String>,
    /// The input has variation selectors, of which is spoken once a run.
    selectors: bool,
}

impl Notes {
    /// Adds a line.
    pub fn add(&mut self, line: impl Display) {
        self.lines.push(line.to_string());
    }

    /// Adds that the text has variation selectors.
    pub fn add_selectors(&mut self) {
        self.selectors = true;
    }

    /// Adds what was found out about an input.
    pub fn add_findings(&mut self, input: &Input, decoder: &AutoDecoder, source: Source) {
        let encoding = decoder.encoding().map(|encoding| encoding.name());
        let mark = decoder.bom().then_some("byte order mark");
        let locale = match source {
            Source::Given => None,
            Source::Sentences => Some("locale read off each sentence"),
            Source::Told(locale) => Some(locale.tag()),
            Source::Unknown => Some("locale unknown: text is left as it is"),
        };
        let findings = [encoding, mark, locale];
        let findings = findings.into_iter().flatten().collect::<Vec<_>>().join(", ");
        self.add(format_args!("{input}: {findings}"));
    }

    /// Adds that bytes of an input were no text.
    pub fn add_replaced(&mut self, input: &Input, replaced: Replaced) {
        let Replaced { count, first, .. } = replaced;
        let sequences = if count == 1 { "sequence" } else { "sequences" };
        self.add(format_args!(
            "{input}: {count} malformed {sequences} read as U+FFFD, the first at byte {first}"
        ));
    }

    /// Says all of it; `selectors` is whether variation selectors have been spoken of.
    pub fn tell(self, selectors: &mut bool) {
        self.lines.iter().for_each(message::note);
        if self.selectors && !std::mem::replace(selectors, true) {
            message::note(SELECTORS);
        }
    }
}

/// As OpenCC says it.
const SELECTORS: &str =
    "the input has variation selectors (U+FE00–FE0F, U+E0100–E01EF), which are left as they are";
