use crate::encoding::Encoding;

/// Whether `bytes` are UTF-8 with at least one character beyond ASCII. The last one may be cut.
pub(super) fn is_utf_8(bytes: &[u8]) -> bool {
    match simdutf8::compat::from_utf8(bytes) {
        Ok(text) => !text.is_ascii(),
        Err(error) => error.error_len().is_none() && !bytes[..error.valid_up_to()].is_ascii(),
    }
}

/// Whether `bytes` begin with lines of UTF-8, one of them with a character of three bytes, before
/// the first NUL or escape. Lines of GBK or Big5 as long as a name pass for characters of two or
/// four bytes now and then (联通, 陳昇), but hardly ever for those.
pub(super) fn has_utf_8_line(bytes: &[u8]) -> bool {
    let special = bytes.iter().position(|byte| matches!(*byte, 0 | super::window::ESCAPE));
    let plain = &bytes[..special.unwrap_or(bytes.len())];
    let valid = match simdutf8::compat::from_utf8(plain) {
        Ok(text) => text.len(),
        Err(error) => error.valid_up_to(),
    };
    let lines = plain[..valid].iter().rposition(|byte| *byte == b'\n');
    lines.is_some_and(|end| plain[..end].iter().any(|byte| matches!(byte, 0xE0..=0xEF)))
}

/// UTF-16 or UTF-32 without a byte order mark, where NUL bytes make it evident.
///
/// `bytes` are the beginning of an input. The rule is to miss some rather than to take other text,
/// or no text, for it: all units must make sense, in one byte order only.
pub(super) fn utf_16_or_32(bytes: &[u8]) -> Option<Encoding> {
    if !bytes.contains(&0) {
        return None;
    }
    let orders = [
        (is_utf_32(bytes, u32::from_le_bytes), Encoding::UTF_32LE),
        (is_utf_32(bytes, u32::from_be_bytes), Encoding::UTF_32BE),
        (is_utf_16(bytes, u16::from_le_bytes), Encoding::UTF_16LE),
        (is_utf_16(bytes, u16::from_be_bytes), Encoding::UTF_16BE),
    ];
    let mut possible = orders.iter().filter(|(is, _)| *is);
    match (possible.next(), possible.next()) {
        (Some((_, encoding)), None) => Some(*encoding),
        _ => None,
    }
}

/// Two characters or more, none of them NUL or beyond the planes that are in use.
fn is_utf_32(bytes: &[u8], from_bytes: fn([u8; 4]) -> u32) -> bool {
    let (units, _) = bytes.as_chunks::<4>();
    let in_use = '\u{1}'..'\u{40000}';
    let is_character = |unit: &[u8; 4]| {
        char::from_u32(from_bytes(*unit)).is_some_and(|character| in_use.contains(&character))
    };
    units.len() >= 2 && units.iter().all(is_character)
}

/// Two units or more, well-formed, no NUL character, nine in ten of common scripts, and some of
/// the first 256 characters, whose high byte is NUL: where all bytes are ASCII, and so may be
/// ASCII text with NULs in it, three in four.
fn is_utf_16(bytes: &[u8], from_bytes: fn([u8; 2]) -> u16) -> bool {
    let (pairs, _) = bytes.as_chunks::<2>();
    let units = || pairs.iter().map(|pair| from_bytes(*pair));
    let count = |is: fn(u16) -> bool| units().filter(|unit| is(*unit)).count();
    let latin = count(|unit| unit < 0x100);
    let enough = if bytes.is_ascii() { pairs.len() * 3 / 4 } else { 1 };
    pairs.len() >= 2
        && latin >= enough.max(1)
        && count(|unit| unit == 0) == 0
        && count(is_common) * 10 >= pairs.len() * 9
        && is_well_formed(units())
}

fn is_well_formed(units: impl Iterator<Item = u16>) -> bool {
    let mut characters = char::decode_utf16(units).peekable();
    while let Some(character) = characters.next() {
        // A pair may be cut at the end.
        if character.is_err() && characters.peek().is_some() {
            return false;
        }
    }
    true
}

/// White space, and the scripts that texts are in: Latin to Arabic, punctuation, kana, Han,
/// Hangul, full-width forms, and surrogates.
fn is_common(unit: u16) -> bool {
    matches!(
        unit,
        0x09..=0x0D
            | 0x20..=0x7E
            | 0xA0..=0x06FF
            | 0x2000..=0x206F
            | 0x3000..=0x30FF
            | 0x3400..=0x9FFF
            | 0xAC00..=0xDFFF
            | 0xF900..=0xFAFF
            | 0xFF00..=0xFFEF
    )
}
