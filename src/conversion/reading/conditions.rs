//! What must or must not stand around a word for a row to hold.
//!
//! A condition is written as tokens with blanks between them; `~` stands for the word:
//!
//! | token | holds if |
//! |---|---|
//! | `打开/保存~` | one of these stands directly before it, but for a space; `^` is the beginning of a sentence |
//! | `~夹/名` | one of these stands directly behind it; `$` is the end of a sentence |
//! | `下~本` | both |
//! | `打开…~`, `~…窗口` | one of these stands before it, behind it, in the sentence, with eight characters between at most |
//! | `服务器/数据库` | one of these stands in the sentence |
//! | `#computing` | the passage is about the field, by other words of its table |
//!
//! A token that begins with `-` must not hold. A condition holds if one of the other tokens does, or
//! if there are none.
//!
//! Conditions are written as codes, which are used where they lie: for each the number of its
//! tokens; for each token its kind, with [`NEGATIVE`] or not; then, for a field, the lower and the
//! upper half of a bit for each table, and for all others how many texts stand before and how many
//! behind, and for each text its length and its codes.

/// The code of what ends a sentence; beyond the end of a text there are no more.
const END: u16 = 1;
const SPACE: u16 = b' ' as u16;
/// How many characters stand between the word and what is near it at most.
const NEAR: usize = 8;

const NEGATIVE: u16 = 1 << 8;
const ADJACENT: u16 = 0;
const WITHIN: u16 = 1;
const ANYWHERE: u16 = 2;
const FIELD: u16 = 3;

/// The conditions of a table of words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Conditions<'a> {
    /// For each the number of its first code.
    pub starts: &'a [u32],
    pub codes: &'a [u16],
}

impl<'a> Conditions<'a> {
    /// That of the number, which counts from one; none if it is zero.
    pub fn get(self, number: u16) -> Option<&'a [u16]> {
        let start = self.starts[usize::from(number).checked_sub(1)?];
        Some(&self.codes[start as usize..])
    }
}

/// Where a word stands: its range among the codes of its sentence.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    pub sentence: &'a [u16],
    pub start: usize,
    pub end: usize,
}

/// Whether the condition that begins at `condition` holds at a place.
///
/// `is_about` says whether the passage is about one of the fields of a set, a bit each.
pub(crate) fn holds(
    condition: &[u16],
    place: Place<'_>,
    mut is_about: impl FnMut(u32) -> bool,
) -> bool {
    let mut reader = Reader(condition);
    let (mut asked, mut held) = (false, false);
    for _ in 0..reader.next() {
        let head = reader.next();
        let is_negative = head & NEGATIVE != 0;
        // What holds already isn't looked at again, but the token has to be passed over.
        let is_open = is_negative || !held;
        let holds = match head & !NEGATIVE {
            FIELD => {
                let fields = u32::from(reader.next()) | u32::from(reader.next()) << 16;
                is_open && is_about(fields)
            }
            kind => reader.token_holds(kind, place, is_open),
        };
        if is_negative && holds {
            return false;
        }
        asked |= !is_negative;
        held |= !is_negative && holds;
    }
    held || !asked
}

/// Reads a condition from its beginning to its end; beyond that there are zeros.
struct Reader<'a>(&'a [u16]);

impl<'a> Reader<'a> {
    fn next(&mut self) -> u16 {
        let Some((&first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        first
    }

    fn text(&mut self) -> &'a [u16] {
        let len = usize::from(self.next()).min(self.0.len());
        let (text, rest) = self.0.split_at(len);
        self.0 = rest;
        text
    }

    #[inline(always)]
    fn token_holds(&mut self, kind: u16, place: Place<'_>, is_open: bool) -> bool {
        let (before, behind) = (self.next(), self.next());
        let left = self.side_holds(before, is_open, |text| match kind {
            ADJACENT => place.follows(text),
            WITHIN => place.is_behind(text),
            _ => contains(place.sentence, text),
        });
        let right = self.side_holds(behind, is_open, |text| match kind {
            ADJACENT => place.precedes(text),
            _ => place.is_before(text),
        });
        left && right
    }

    /// Whether one of the next texts, so many, stands where it should; or there are none.
    fn side_holds(&mut self, count: u16, is_open: bool, stands: impl Fn(&[u16]) -> bool) -> bool {
        let mut holds = count == 0;
        for _ in 0..count {
            let text = self.text();
            holds = holds || is_open && stands(text);
        }
        holds
    }
}

impl Place<'_> {
    fn follows(self, text: &[u16]) -> bool {
        let before = &self.sentence[..self.start];
        let ends = |before: &[u16]| match text {
            [END] => before.is_empty() || before.ends_with(text),
            _ => before.ends_with(text),
        };
        ends(before) || before.strip_suffix(&[SPACE]).is_some_and(ends)
    }

    fn precedes(self, text: &[u16]) -> bool {
        let behind = &self.sentence[self.end..];
        let begins = |behind: &[u16]| match text {
            [END] => behind.is_empty() || behind.starts_with(text),
            _ => behind.starts_with(text),
        };
        begins(behind) || behind.strip_prefix(&[SPACE]).is_some_and(begins)
    }

    fn is_behind(self, text: &[u16]) -> bool {
        let from = self.start.saturating_sub(NEAR + text.len());
        contains(&self.sentence[from..self.start], text)
    }

    fn is_before(self, text: &[u16]) -> bool {
        let to = self.sentence.len().min(self.end + NEAR + text.len());
        contains(&self.sentence[self.end..to], text)
    }
}

fn contains(codes: &[u16], text: &[u16]) -> bool {
    let Some((first, rest)) = text.split_first() else { return false };
    let mut left = codes;
    while let Some(at) = left.iter().position(|code| code == first) {
        left = &left[at + 1..];
        if left.starts_with(rest) {
            return true;
        }
    }
    false
}

/// Why a condition can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ConditionError {
    /// A token has a part without text.
    Empty(String),
    /// There is no table of this name.
    Field(String),
}

impl std::fmt::Display for ConditionError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Empty(token) => {
                write!(out, "'{token}' has nothing on one side of a '/'; take it out")
            }
            Self::Field(token) => write!(
                out,
                "'{token}': no field has that name; fields are such as #computing or #law"
            ),
        }
    }
}

/// The codes of a condition.
///
/// `code` gives the code of a character, `fields` the set of fields, a bit each, that a name behind
/// `#` stands for.
///
/// # Errors
///
/// [`ConditionError`] if it is not written as this module says.
pub(crate) fn encode(
    condition: &str,
    code: &dyn Fn(char) -> u16,
    fields: &dyn Fn(&str) -> Option<u32>,
) -> Result<Vec<u16>, ConditionError> {
    let tokens: Vec<&str> = condition.split_ascii_whitespace().collect();
    let mut codes = vec![tokens.len() as u16];
    for token in tokens {
        let (sign, bare) = match token.strip_prefix('-') {
            Some(bare) => (NEGATIVE, bare),
            None => (0, token),
        };
        if let Some(name) = bare.strip_prefix('#') {
            let set = fields(name).ok_or_else(|| ConditionError::Field(token.to_owned()))?;
            codes.extend([FIELD | sign, set as u16, (set >> 16) as u16]);
            continue;
        }
        let Some((before, behind)) = bare.split_once('~') else {
            let texts = texts(token, bare)?;
            codes.extend([ANYWHERE | sign, texts.len() as u16, 0]);
            texts.iter().for_each(|text| push_text(&mut codes, text, code));
            continue;
        };
        let (left, right) = (before.trim_end_matches('…'), behind.trim_start_matches('…'));
        let kind = if left != before || right != behind { WITHIN } else { ADJACENT };
        let (left, right) = (texts(token, left)?, texts(token, right)?);
        codes.extend([kind | sign, left.len() as u16, right.len() as u16]);
        left.iter().chain(&right).for_each(|text| push_text(&mut codes, text, code));
    }
    Ok(codes)
}

fn texts<'t>(token: &str, part: &'t str) -> Result<Vec<&'t str>, ConditionError> {
    if part.is_empty() {
        return Ok(Vec::new());
    }
    let texts: Vec<&str> = part.split('/').collect();
    let is_whole = texts.iter().all(|text| !text.is_empty());
    is_whole.then_some(texts).ok_or_else(|| ConditionError::Empty(token.to_owned()))
}

fn push_text(codes: &mut Vec<u16>, text: &str, code: &dyn Fn(char) -> u16) {
    let text: Vec<u16> = match text {
        "^" | "$" => vec![END],
        text => text.chars().map(code).collect(),
    };
    codes.push(text.len() as u16);
    codes.extend(text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::code;

    /// Whether a condition holds for 文件 in a sentence, if the passage is about the field 2.
    fn at_file(condition: &str, sentence: &str) -> bool {
        let codes = |text: &str| text.chars().map(code).collect::<Vec<_>>();
        let (sentence, word) = (codes(sentence), codes("文件"));
        let start = sentence.windows(2).position(|window| window == word).unwrap();
        let place = Place { sentence: &sentence, start, end: start + 2 };
        let fields = |name: &str| match name {
            "computing" => Some(0b110),
            "law" => Some(0b1000),
            _ => None,
        };
        holds(&encode(condition, &code, &fields).unwrap(), place, |fields| fields & 0b100 != 0)
    }

    #[test]
    fn neighbours() {
        assert!(at_file("打开/保存~", "请保存文件。") && at_file("打开~", "請打開文件。"));
        assert!(at_file("~夹/名", "文件名") && at_file("~名", "文件 名"));
        assert!(!at_file("打开~", "打开新文件") && !at_file("~名", "名文件"));
        assert!(at_file("新~名", "新文件名") && !at_file("新~名", "新文件夹"));
    }

    #[test]
    fn ends_of_sentences() {
        assert!(
            at_file("^~$", "文件") && at_file("^~$", "好。文件。") && at_file("~$", "开文件\n")
        );
        assert!(!at_file("^~$", "文件夹") && !at_file("^~$", "开文件"));
    }

    #[test]
    fn near_and_anywhere() {
        assert!(at_file("打开…~", "打开一二三四五六七八文件"));
        assert!(!at_file("打开…~", "打开一二三四五六七八九文件"));
        assert!(at_file("~…窗口", "文件的窗口") && !at_file("~…窗口", "窗口的文件"));
        assert!(at_file("数据库/服务器", "在那台很远很远的服务器上有一个文件"));
    }

    #[test]
    fn negatives_and_fields() {
        assert!(at_file("-签署~", "文件") && !at_file("-签署~", "签署文件"));
        assert!(!at_file("~夹 -签署~", "文件") && !at_file("~夹 -签署~", "签署文件夹"));
        assert!(at_file("~夹 #computing", "文件") && !at_file("#law", "文件"));
        assert!(at_file("-#law", "文件") && !at_file("-#computing", "文件"));
    }

    #[test]
    fn faults_are_told() {
        let fault = |condition| encode(condition, &code, &|_| None).unwrap_err().to_string();
        assert_eq!(fault("打开/~"), "'打开/~' has nothing on one side of a '/'; take it out");
        assert_eq!(
            fault("-#lore"),
            "'-#lore': no field has that name; fields are such as #computing or #law"
        );
    }
}
