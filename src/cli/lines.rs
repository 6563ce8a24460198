//! Lines and columns of places in a text.

use crate::conversion::Span;

/// Where the lines of a text begin, in bytes and in characters.
pub struct Lines {
    starts: Vec<(usize, usize)>,
}

impl Lines {
    /// Those of `text`.
    pub fn of(text: &str) -> Self {
        let after_line_feed = |(characters, (bytes, character))| {
            (character == '\n').then_some((bytes + 1, characters + 1))
        };
        let behind = text.char_indices().enumerate().filter_map(after_line_feed);
        Self { starts: std::iter::once((0, 0)).chain(behind).collect() }
    }

    /// The line and the column, in characters, at which `span` begins, both counted from one.
    pub fn position(&self, span: &Span<'_>) -> (usize, usize) {
        let line = self.starts.partition_point(|(bytes, _)| *bytes <= span.bytes.start);
        let (_, line_start) = self.starts[line - 1];
        (line, 1 + span.characters.start - line_start)
    }
}
