//! What the command looks for in a text before it is converted.

/// What the text held so far.
#[derive(Debug, Clone, Copy, Default)]
pub struct Content {
    /// Variation selectors, U+FE00–FE0F or U+E0100–E01EF.
    pub selectors: bool,
    /// Control characters that texts don't have.
    pub controls: bool,
}

impl Content {
    /// What the whole of `text` holds.
    pub fn of(text: &str) -> Self {
        let mut content = Self::default();
        content.look_at(text);
        content
    }

    /// Looks at the next piece of the text.
    pub fn look_at(&mut self, text: &str) {
        self.selectors = self.selectors || has_selectors(text.as_bytes());
        self.controls = self.controls || has_controls(text.as_bytes());
    }
}

/// Without branches, so that it becomes vector code.
fn has_selectors(bytes: &[u8]) -> bool {
    let (Some(second), Some(third)) = (bytes.get(1..), bytes.get(2..)) else {
        return false;
    };
    bytes.iter().zip(second).zip(third).fold(false, |found, ((one, two), three)| {
        let is_short = (*one == 0xEF) & (*two == 0xB8) & (*three & 0xF0 == 0x80);
        let is_long = (*one == 0xF3) & (*two == 0xA0) & (*three & 0xFC == 0x84);
        found | is_short | is_long
    })
}

/// Texts have TAB, LF, FF, CR and ESC; those of DOS end with SUB. Without branches too.
fn has_controls(bytes: &[u8]) -> bool {
    bytes.iter().fold(false, |found, byte| {
        let is_space = (*byte == 0x09) | (*byte == 0x0A) | (*byte == 0x0C) | (*byte == 0x0D);
        found | ((*byte < 0x20) & !is_space & (*byte != 0x1A) & (*byte != 0x1B))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selectors() {
        for text in ["\u{fe00}", "a\u{fe0f}", "葛\u{e0100}", "\u{e01ef}，"] {
            assert!(Content::of(text).selectors, "{text:?}");
        }
        for text in ["", "a", "頭，髮", "\u{fe10}\u{fdff}\u{e00ff}\u{e0200}︿"] {
            assert!(!Content::of(text).selectors, "{text:?}");
        }
    }

    #[test]
    fn controls() {
        assert!(Content::of("a\u{1}").controls && Content::of("\0").controls);
        assert!(!Content::of("\t\r\n\u{c}\u{1b}$B\u{7f}頭\u{1a}").controls);
    }
}
