/// A place in a text that is walked through in pieces.
#[derive(Debug, Clone, Copy)]
pub(super) struct Position {
    /// Characters before it.
    pub(super) offset: u64,
    /// Its line, counted from one.
    pub(super) line: u64,
    /// Its place in the line, in characters counted from one.
    pub(super) column: u64,
}

impl Position {
    pub(super) const START: Self = Self { offset: 0, line: 1, column: 1 };

    /// Moves behind `text`.
    pub(super) fn advance(&mut self, text: &str) {
        let characters = count(text);
        self.offset += characters;
        match text.rsplit_once('\n') {
            Some((lines, last)) => {
                self.line += 1 + lines.bytes().filter(|byte| *byte == b'\n').count() as u64;
                self.column = 1 + count(last);
            }
            None => self.column += characters,
        }
    }
}

fn count(text: &str) -> u64 {
    text.chars().count() as u64
}
