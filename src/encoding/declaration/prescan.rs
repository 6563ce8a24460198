//! Documents cut into pieces, as far as it takes to find declarations.

use std::ops::Range;

use super::attributes::{Attribute, attributes, is_space};
use crate::encoding::Encoding;

const CSS: &[u8] = b"@charset \"";
const XML: &[u8] = b"<?xml";
const COMMENT: &[u8] = b"<!--";

/// A tag, a comment, or what is between them.
pub(super) struct Piece {
    /// Where it ends.
    pub(super) end: usize,
    /// Where in it the label of an encoding stands, if it declares one that there is.
    pub(super) label: Option<Range<usize>>,
}

impl Piece {
    fn plain(end: usize) -> Self {
        Self { end, label: None }
    }
}

/// Where in a document a search for declarations is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Prescan {
    /// At its beginning: of which kind it is, if it is any document, is not known.
    Start,
    /// Between two pieces of HTML or XML.
    Inside,
    /// There can be no further declaration.
    Over,
}

impl Prescan {
    /// The piece that comes first in `bytes`, which are what is left of the document, and where
    /// the search is then; none if it takes more bytes to tell.
    pub(super) fn next(self, bytes: &[u8]) -> Option<(Piece, Self)> {
        match self {
            Self::Start if begins_with(bytes, CSS)? => Some((css(bytes)?, Self::Over)),
            Self::Start if is_xml(bytes)? => Some((xml(bytes)?, Self::Inside)),
            Self::Start if *bytes.trim_ascii_start().first()? != b'<' => {
                Some((Piece::plain(bytes.len()), Self::Over))
            }
            Self::Start | Self::Inside => Some((html(bytes)?, Self::Inside)),
            Self::Over => None,
        }
    }
}

/// Whether `bytes` begin with `word`; none if they are too short to tell.
fn begins_with(bytes: &[u8], word: &[u8]) -> Option<bool> {
    match bytes.get(..word.len()) {
        Some(start) => Some(start == word),
        None if word.starts_with(bytes) => None,
        None => Some(false),
    }
}

/// The form is exact: one space, double quotes, and the semicolon close behind them.
fn css(bytes: &[u8]) -> Option<Piece> {
    let rest = &bytes[CSS.len()..];
    let len = rest.iter().position(|byte| *byte == b'"' || !byte.is_ascii_graphic())?;
    let end = CSS.len() + len;
    if bytes[end] != b'"' || *bytes.get(end + 1)? != b';' {
        return Some(Piece::plain(end));
    }
    Some(Piece { end, label: known(bytes, CSS.len()..end) })
}

fn is_xml(bytes: &[u8]) -> Option<bool> {
    Some(begins_with(bytes, XML)? && is_space(*bytes.get(XML.len())?))
}

fn xml(bytes: &[u8]) -> Option<Piece> {
    let (attributes, end) = attributes(bytes, XML.len())?;
    let encoding = value_of(&attributes, b"encoding");
    Some(Piece { end, label: encoding.and_then(|value| known(bytes, value)) })
}

/// The next piece by the rules of the HTML Standard's prescan.
fn html(bytes: &[u8]) -> Option<Piece> {
    if *bytes.first()? != b'<' {
        let end = bytes.iter().position(|byte| *byte == b'<');
        return Some(Piece::plain(end.unwrap_or(bytes.len())));
    }
    if begins_with(bytes, COMMENT)? {
        // The dashes that open it may close it too.
        let close = bytes[2..].windows(3).position(|three| three == b"-->")?;
        return Some(Piece::plain(2 + close + 3));
    }
    let second = *bytes.get(1)?;
    let name = 1 + usize::from(second == b'/');
    if bytes.get(name)?.is_ascii_alphabetic() {
        tag(bytes, name)
    } else if matches!(second, b'!' | b'/' | b'?') {
        let end = bytes.iter().position(|byte| *byte == b'>')?;
        Some(Piece::plain(end + 1))
    } else {
        Some(Piece::plain(1))
    }
}

/// A tag whose name begins at `start`.
fn tag(bytes: &[u8], start: usize) -> Option<Piece> {
    let is_end = |byte: &u8| is_space(*byte) || matches!(byte, b'/' | b'>');
    let name_end = start + bytes[start..].iter().position(is_end)?;
    let (attributes, end) = attributes(bytes, name_end)?;
    let is_meta = bytes[..name_end].eq_ignore_ascii_case(b"<meta");
    let label = if is_meta { label_of_meta(bytes, &attributes) } else { None };
    Some(Piece { end, label })
}

fn label_of_meta(bytes: &[u8], attributes: &[Attribute<'_>]) -> Option<Range<usize>> {
    if let Some(charset) = value_of(attributes, b"charset") {
        return known(bytes, charset);
    }
    let pragma = value_of(attributes, b"http-equiv")?;
    if !bytes[pragma].eq_ignore_ascii_case(b"content-type") {
        return None;
    }
    let content = value_of(attributes, b"content")?;
    let label = label_in(&bytes[content.clone()])?;
    known(bytes, content.start + label.start..content.start + label.end)
}

/// Where the label stands in a `text/html; charset=…`.
fn label_in(content: &[u8]) -> Option<Range<usize>> {
    const NAME: &[u8] = b"charset";
    let mut names = content.windows(NAME.len()).enumerate();
    let start = names.find_map(|(at, name)| {
        let behind = at + NAME.len() + spaces(&content[at + NAME.len()..]);
        let is_set = name.eq_ignore_ascii_case(NAME) && content.get(behind) == Some(&b'=');
        is_set.then(|| behind + 1 + spaces(&content[behind + 1..]))
    })?;
    let value = &content[start..];
    match value.first()? {
        quote @ (b'"' | b'\'') => {
            let len = value[1..].iter().position(|byte| byte == quote)?;
            Some(start + 1..start + 1 + len)
        }
        _ => {
            let len = value.iter().position(|byte| is_space(*byte) || *byte == b';');
            Some(start..start + len.unwrap_or(value.len()))
        }
    }
}

fn spaces(bytes: &[u8]) -> usize {
    bytes.len() - bytes.trim_ascii_start().len()
}

/// The value of the first attribute of that name: further ones don't count.
fn value_of(attributes: &[Attribute<'_>], name: &[u8]) -> Option<Range<usize>> {
    let mut named = attributes.iter().filter(|one| one.name.eq_ignore_ascii_case(name));
    named.next().map(|one| one.value.clone())
}

/// The label in `range`, without white space, if it names an encoding.
fn known(bytes: &[u8], range: Range<usize>) -> Option<Range<usize>> {
    let value = &bytes[range.clone()];
    let start = range.start + spaces(value);
    let label = std::str::from_utf8(value.trim_ascii()).ok()?;
    Encoding::from_label(label).map(|_| start..start + label.len())
}
