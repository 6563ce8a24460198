use super::piece;
use crate::encoding::position::Position;

/// Puts a text that comes in pieces of any size together to those that are looked at.
#[derive(Debug, Clone)]
pub(super) struct Held {
    /// The beginning of one that has not ended.
    text: String,
    /// Where it begins.
    position: Position,
}

impl Held {
    pub(super) const NOTHING: Self = Self { text: String::new(), position: Position::START };

    /// Takes the next part of the text and calls `look` with each piece that has ended, and where
    /// it begins.
    pub(super) fn push(&mut self, text: &str, mut look: impl FnMut(&str, Position)) {
        let mut rest = text;
        // Only what is held has to be copied; whole lines are looked at where they are.
        while !self.text.is_empty() && !rest.is_empty() {
            let part = rest.find('\n').map_or(rest.len(), |at| at + 1);
            let part = rest.floor_char_boundary(part.min(piece::LONGEST));
            self.text.push_str(&rest[..part]);
            rest = &rest[part..];
            let held = std::mem::take(&mut self.text);
            self.text = self.pass(&held, &mut look).to_owned();
        }
        let behind = self.pass(rest, &mut look);
        self.text.push_str(behind);
    }

    /// Ends the text: `look` gets what is left of it.
    pub(super) fn finish(&mut self, look: impl FnOnce(&str, Position)) {
        look(&self.text, self.position);
        *self = Self::NOTHING;
    }

    /// Passes the pieces of `text` that have ended; gives what is behind them.
    fn pass<'a>(&mut self, text: &'a str, mut look: impl FnMut(&str, Position)) -> &'a str {
        let mut rest = text;
        while let Some(end) = piece::end(rest) {
            let (piece, behind) = rest.split_at(end);
            look(piece, self.position);
            self.position.advance(piece);
            rest = behind;
        }
        rest
    }
}
