/// The longest piece, in bytes.
pub(super) const LONGEST: usize = 64 * 1024;

/// The pieces of a text that are looked at by themselves, each with its place: lines, and of very
/// long ones parts.
pub(super) struct Pieces<'a> {
    text: &'a str,
    start: usize,
}

impl<'a> Pieces<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self { text, start: 0 }
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<(usize, &'a str)> {
        let rest = &self.text[self.start..];
        if rest.is_empty() {
            return None;
        }
        let piece = (self.start, &rest[..end(rest).unwrap_or(rest.len())]);
        self.start += piece.1.len();
        Some(piece)
    }
}

/// Where the first piece of `text` ends, if that does not depend on what follows: behind a line
/// feed, or at the last place before [`LONGEST`] that is no part of a character in any encoding.
pub(super) fn end(text: &str) -> Option<usize> {
    let head = &text.as_bytes()[..text.len().min(LONGEST)];
    if let Some(feed) = head.iter().position(|byte| *byte == b'\n') {
        return Some(feed + 1);
    }
    if text.len() < LONGEST {
        return None;
    }
    // A byte from 0x40 may be the second one of a character.
    let part = head.iter().rposition(|byte| *byte < 0x40).map(|at| at + 1);
    let part = part.filter(|end| *end > LONGEST / 2);
    Some(part.unwrap_or_else(|| text.floor_char_boundary(LONGEST)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_parts_of_long_ones() {
        assert_eq!(end("中\n文"), Some(4));
        assert_eq!(end("中文"), None);
        let long = format!("{} {}", "a".repeat(LONGEST - 10), "中".repeat(20));
        assert_eq!(end(&long), Some(LONGEST - 9));
        assert_eq!(end(&"中".repeat(LONGEST)), Some(LONGEST - 1));
        let text = format!("{long}{long}\n中");
        assert_eq!(Pieces::of(&text).map(|(_, piece)| piece).collect::<String>(), text);
    }
}
