//! Which fields of life a passage is about, by the words of their tables that it has.

/// The most fields.
pub(crate) const FIELDS: usize = 31;
/// What a word counts.
const WORD: u16 = 64;
/// So much makes running text one about a field: a word in every sixty characters, which debates
/// about technology don't have, and manuals do. Words that stay don't count, since many of them are
/// anybody's.
const ENOUGH: u32 = 8 * WORD as u32;
/// So much does in a list of short lines, as the messages of a program are.
const ENOUGH_IN_LINES: u32 = 3 * WORD as u32;
/// How many codes back a word is forgotten: half of it after two thirds of them.
const MEMORY: u32 = 512;

/// Beside the bits of fields: only in a list of short lines.
pub(crate) const LINES_ONLY: u32 = 1 << FIELDS;
/// The longest short line, in codes.
const SHORT: usize = 60;
/// So many of them in a row are a list, if nothing between them speaks for prose.
const LIST: u8 = 4;
/// More don't count.
const MOST: u8 = 12;

/// The fields that `#computing`, and each of these names, means; `#interface` in lists of lines
/// alone.
const COMPUTING: [&str; 3] = ["computing", "interface", "networking"];

/// The set of fields, a bit each, that a name behind `#` means; `fields` are the names of all.
pub(crate) fn set_of(name: &str, fields: &[impl AsRef<str>]) -> Option<u32> {
    let bit = |name: &str| fields.iter().position(|field| field.as_ref() == name).map(|at| 1 << at);
    if COMPUTING.contains(&name) {
        let lines = if name == "interface" { LINES_ONLY } else { 0 };
        Some(COMPUTING.iter().filter_map(|name| bit(name)).fold(lines, |set, bit| set | bit))
    } else {
        bit(name)
    }
}

/// How much speaks for each field, and how much for a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Evidence {
    words: [u16; FIELDS],
    lines: u8,
    /// Whether the line that the last sentence was in may go on.
    is_in_line: bool,
}

/// What a sentence is to the eye.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// It is long.
    Prose,
    /// It is short, and ends as sentences do. Alone in its line it may be a message of a list or
    /// what somebody says, and behind another one it is prose.
    Stop,
    /// It is a short line of its own, without a full stop.
    Line,
    /// It has nothing in it.
    Blank,
}

impl Shape {
    /// That of a sentence of `len` codes.
    #[inline(always)]
    pub fn of(text: &str, len: usize) -> Self {
        let line = text.trim_end_matches(['\n', '\r']);
        if line.trim_ascii().is_empty() {
            Self::Blank
        } else if len > SHORT {
            Self::Prose
        } else if line.ends_with(['。', '！', '？', '!', '?']) && line.len() == text.len() {
            Self::Stop
        } else {
            Self::Line
        }
    }
}

impl Evidence {
    /// A word of the field's table was seen.
    pub fn add(&mut self, field: u8) {
        if let Some(count) = self.words.get_mut(usize::from(field)) {
            *count = count.saturating_add(WORD);
        }
    }

    /// A sentence has ended: what was before it is further away, and its own words are added.
    pub fn end_sentence(&mut self, len: usize, sentence: &Self, shape: Shape) {
        let left = MEMORY - (len as u32).min(MEMORY);
        for (count, own) in self.words.iter_mut().zip(sentence.words) {
            *count = ((u32::from(*count) * left / MEMORY) as u16).saturating_add(own);
        }
        self.lines = match shape {
            Shape::Prose => self.lines.saturating_sub(2),
            Shape::Stop if self.is_in_line => self.lines.saturating_sub(2),
            Shape::Stop => self.lines.saturating_sub(1),
            Shape::Line => MOST.min(self.lines + 1),
            Shape::Blank => self.lines,
        };
        self.is_in_line = matches!(shape, Shape::Prose | Shape::Stop);
    }

    /// Whether this and the sentence's own words together speak enough for fields, a bit each, with
    /// [`LINES_ONLY`] or not.
    pub fn is_about(&self, fields: u32, sentence: &Self) -> bool {
        let members = (0..FIELDS).filter(|field| fields >> field & 1 != 0);
        let count = |field: usize| u32::from(self.words[field]) + u32::from(sentence.words[field]);
        let sum = members.map(count).sum::<u32>();
        if self.lines >= LIST {
            sum >= ENOUGH_IN_LINES
        } else {
            sum >= ENOUGH && fields & LINES_ONLY == 0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(fields: &[u8]) -> Evidence {
        let mut evidence = Evidence::default();
        fields.iter().for_each(|&field| evidence.add(field));
        evidence
    }

    fn words(count: u32) -> Vec<u8> {
        vec![1; (count / u32::from(WORD)) as usize]
    }

    #[test]
    fn so_many_words_are_enough() {
        let nothing = Evidence::default();
        let enough = seen(&words(ENOUGH));
        assert!(enough.is_about(0b110, &nothing) && !enough.is_about(0b100, &nothing));
        assert!(!enough.is_about(0b10 | LINES_ONLY, &nothing));
        assert!(!seen(&words(ENOUGH)[1..]).is_about(0b110, &nothing));
        assert!(seen(&words(ENOUGH)[3..]).is_about(0b110, &seen(&[2, 1, 2])));
    }

    #[test]
    fn fewer_are_enough_in_a_list() {
        let (mut passage, own) = (Evidence::default(), seen(&words(ENOUGH_IN_LINES)));
        for _ in 0..LIST {
            assert!(!passage.is_about(0b10 | LINES_ONLY, &own));
            passage.end_sentence(5, &Evidence::default(), Shape::Line);
        }
        assert!(passage.is_about(0b10 | LINES_ONLY, &own) && passage.is_about(0b10, &own));
        assert!(!passage.is_about(0b10, &seen(&words(ENOUGH_IN_LINES)[1..])));
        passage.end_sentence(5, &Evidence::default(), Shape::Prose);
        assert!(!passage.is_about(0b10, &own));
    }

    #[test]
    fn a_list_may_have_sentences() {
        let (nothing, own) = (Evidence::default(), seen(&words(ENOUGH_IN_LINES)));
        let is_list_after = |shapes: &[Shape]| {
            let mut passage = nothing;
            shapes.iter().for_each(|&shape| passage.end_sentence(5, &nothing, shape));
            passage.is_about(0b10 | LINES_ONLY, &own)
        };
        let (line, stop, blank) = ([Shape::Line], [Shape::Stop], [Shape::Blank]);
        // Each in a line of its own.
        let alone = [stop, blank].concat();
        assert!(is_list_after(&[&line.repeat(6)[..], &alone, &alone].concat()));
        assert!(!is_list_after(&alone.repeat(20)));
        assert!(!is_list_after(&[line.to_vec(), alone.clone()].concat().repeat(20)));
        // All in one line.
        assert!(!is_list_after(&[&line.repeat(6)[..], &stop.repeat(3)].concat()));
    }

    #[test]
    fn what_is_far_away_counts_less() {
        let nothing = Evidence::default();
        let mut passage = seen(&words(ENOUGH * 4 / 3));
        passage.end_sentence(100, &nothing, Shape::Prose);
        assert!(passage.is_about(0b10, &nothing));
        passage.end_sentence(100, &nothing, Shape::Prose);
        assert!(!passage.is_about(0b10, &nothing));
        passage.end_sentence(1000, &seen(&[2]), Shape::Prose);
        assert_eq!(passage.words, seen(&[2]).words);
    }

    #[test]
    fn no_count_overflows() {
        let mut evidence = seen(&[0; 2000]);
        evidence.end_sentence(0, &seen(&[0; 2000]), Shape::Line);
        assert!(evidence.is_about(1, &evidence));
        evidence.add(200);
    }

    #[test]
    fn shapes() {
        let shape = |text: &str| Shape::of(text, text.chars().count());
        assert_eq!(shape("打开文件\n"), Shape::Line);
        assert_eq!(shape("要打开文件吗？"), Shape::Stop);
        assert_eq!(shape(&"很长".repeat(40)), Shape::Prose);
        assert_eq!(shape(" \r\n"), Shape::Blank);
    }
}
