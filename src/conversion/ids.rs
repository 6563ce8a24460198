//! Ideographic description sequences: ⿰氵每 describes one character and is kept whole.
//!
//! The limits are OpenCC's: operators U+2FF0 to U+2FFF, nested 16 deep, 64 code points long.

const MAX_DEPTH: usize = 16;
const MAX_CODE_POINTS: usize = 64;

/// What stands at the beginning of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Description {
    /// A complete sequence of so many bytes.
    Complete(usize),
    /// The beginning of a sequence, which more text could complete.
    Open,
    /// No sequence, or one past the limits.
    None,
}

/// Reads the description sequence that `text` begins with.
pub(super) fn describe(text: &str) -> Description {
    let Some(first) = text.chars().next() else {
        return Description::None;
    };
    if operands(first) == 0 {
        return Description::None;
    }
    let mut rest = Rest { text, code_points: 0 };
    match rest.skip_description(MAX_DEPTH) {
        Description::Complete(_) => Description::Complete(text.len() - rest.text.len()),
        other => other,
    }
}

/// How many operands follow `character`; zero if it is no description operator.
fn operands(character: char) -> usize {
    match character {
        '⿲' | '⿳' => 3,
        '\u{2ffe}' | '\u{2fff}' => 1,
        '\u{2ff0}'..='\u{2ffd}' => 2,
        _ => 0,
    }
}

struct Rest<'a> {
    text: &'a str,
    code_points: usize,
}

impl Rest<'_> {
    fn skip_description(&mut self, depth_left: usize) -> Description {
        let Some(character) = self.text.chars().next() else {
            return Description::Open;
        };
        if depth_left == 0 || self.code_points >= MAX_CODE_POINTS {
            return Description::None;
        }
        self.code_points += 1;
        self.text = &self.text[character.len_utf8()..];
        for _ in 0..operands(character) {
            match self.skip_description(depth_left - 1) {
                Description::Complete(_) => {}
                other => return other,
            }
        }
        Description::Complete(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complete_sequences_are_measured() {
        assert_eq!(describe("⿰氵每海"), Description::Complete("⿰氵每".len()));
        assert_eq!(describe("⿱⿰木木⿲木木木木"), Description::Complete("⿱⿰木木⿲木木木".len()));
        assert_eq!(describe("\u{2ffe}木木"), Description::Complete("\u{2ffe}木".len()));
    }

    #[test]
    fn cut_sequences_are_open() {
        for cut in ["⿰", "⿰氵", "⿱⿰木木", "⿲木木"] {
            assert_eq!(describe(cut), Description::Open, "{cut}");
        }
    }

    #[test]
    fn other_text_is_none() {
        assert_eq!(describe(""), Description::None);
        assert_eq!(describe("木⿰木木"), Description::None);
    }

    #[test]
    fn limits_are_opencc_s() {
        let nested = |depth: usize| "\u{2ffe}".repeat(depth) + "木";
        assert_eq!(describe(&nested(15)), Description::Complete(3 * 16));
        assert_eq!(describe(&nested(16)), Description::None);
        // A full binary tree of depth 5 has 31 operators and 32 operands: 63 code points.
        fn tree(depth: usize) -> String {
            if depth == 0 { "木".to_owned() } else { format!("⿰{0}{0}", tree(depth - 1)) }
        }
        assert_eq!(describe(&tree(5)), Description::Complete(3 * 63));
        assert_eq!(describe(&format!("⿱{}木", tree(5))), Description::None);
    }
}
