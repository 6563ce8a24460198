use super::Converter;
use super::fast::scan::Scanner;
use super::flow::{Piece, State, feed};
use super::pipeline::ComposedSteps;

/// Converts one text that comes in pieces.
///
/// The pieces may be cut anywhere: together the output is what [`Converter::convert`] gives for
/// the whole text. Held back between pieces is only the end that more text could change, at most
/// the longest key of each stage; what can be decided is written at once, so that a line is
/// usually out when its line feed has come in.
///
/// ```
/// let converter = jianfan::Converter::config("s2t").unwrap();
/// let mut stream = converter.stream();
/// let mut out = String::new();
/// stream.push("他的头", &mut out);
/// assert_eq!(out, "他的"); // 头 may be 頭, or begin 头发 = 頭髮
/// stream.push("发很长。", &mut out);
/// assert_eq!(out, "他的頭髮很長。");
/// stream.finish(&mut out);
/// assert_eq!(out, "他的頭髮很長。");
/// ```
#[derive(Debug, Clone)]
pub struct StreamConverter {
    converter: Converter,
    states: Vec<State>,
    /// What a scan has made for the steps behind; empty between pieces.
    made: String,
}

impl StreamConverter {
    pub(super) fn new(converter: Converter) -> Self {
        let states = vec![State::default(); converter.steps().len()];
        Self { converter, states, made: String::new() }
    }

    /// Converts the next piece of the text and appends to `out` what is certain by now.
    pub fn push(&mut self, text: &str, out: &mut String) {
        self.push_piece(text, false, out);
    }

    /// Converts the last piece of the text, and ends it.
    pub(super) fn push_last(&mut self, text: &str, out: &mut String) {
        self.push_piece(text, true, out);
        self.finish(out);
    }

    fn push_piece(&mut self, text: &str, is_last: bool, out: &mut String) {
        match self.converter.composed().cloned() {
            Some(composed) => self.push_fast(&composed, text, is_last, out),
            _ if text.is_empty() => {}
            _ => self.feed(Piece::Text(text), out),
        }
    }

    /// Lets the scanner convert what it can. Where it can't, the steps are asked, character by
    /// character, until all of those that it stands for stand at one place again.
    fn push_fast(
        &mut self,
        composed: &ComposedSteps,
        mut text: &str,
        is_last: bool,
        out: &mut String,
    ) {
        let scanner = composed.image.scanner();
        loop {
            if self.states[..composed.count].iter().all(State::is_empty) {
                text = &text[self.scan(scanner, composed.count, text, is_last, out)..];
            }
            let Some(character) = text.chars().next() else {
                return;
            };
            let (character, rest) = text.split_at(character.len_utf8());
            self.feed(Piece::Text(character), out);
            text = rest;
        }
    }

    /// Scans the beginning of `text` for the first `count` steps, and passes the result through those
    /// behind; returns its length.
    fn scan(
        &mut self,
        scanner: Scanner<'_>,
        count: usize,
        text: &str,
        is_last: bool,
        out: &mut String,
    ) -> usize {
        let behind = &self.converter.steps()[count..];
        if behind.is_empty() {
            return scanner.scan(text, is_last, out);
        }
        let mut made = std::mem::take(&mut self.made);
        let at = scanner.scan(text, is_last, &mut made);
        if !made.is_empty() {
            feed(behind, &mut self.states[count..], Piece::Text(&made), out);
        }
        made.clear();
        self.made = made;
        at
    }

    /// Ends the text: appends what was held back. The stream is ready for another text then.
    pub fn finish(&mut self, out: &mut String) {
        self.feed(Piece::End, out);
    }

    /// Whether this stream and another one of the same converter, both of which have come to one
    /// place of a text on ways of their own, write the same of whatever follows.
    ///
    /// `false` is no proof that they don't.
    #[cfg(feature = "cli")]
    pub(crate) fn goes_on_like(&self, other: &Self) -> bool {
        self.states == other.states
    }

    fn feed(&mut self, piece: Piece<'_>, out: &mut String) {
        feed(self.converter.steps(), &mut self.states, piece, out);
    }
}
