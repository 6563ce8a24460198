use super::window::ESCAPE;

/// How many characters of two bytes are no accident.
const ENOUGH: usize = 8;

/// Whether `bytes` are UTF-8 with characters beyond ASCII, and no accident: short text in GBK or
/// Big5 passes for characters of two bytes now and then. The last character may be cut.
pub(super) fn is_certainly_utf_8(bytes: &[u8]) -> bool {
    let valid = match simdutf8::compat::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => valid_part(bytes, error.valid_up_to()),
        Err(_) => return false,
    };
    let mut beyond = valid.chars().filter(|character| !character.is_ascii()).take(ENOUGH);
    let mut count = 0;
    beyond.any(|character| {
        count += 1;
        character.len_utf8() > 2 || count == ENOUGH
    })
}

/// The first bytes, which are valid.
fn valid_part(bytes: &[u8], len: usize) -> &str {
    std::str::from_utf8(&bytes[..len]).unwrap_or_default()
}

/// Whether `bytes` begin with lines of UTF-8, one of them with a character of three bytes, before
/// the first NUL or escape. Lines of GBK or Big5 as long as a name pass for characters of two or
/// four bytes now and then (联通, 陳昇), but hardly ever for those.
pub(super) fn has_utf_8_line(bytes: &[u8]) -> bool {
    let valid = match simdutf8::compat::from_utf8(bytes) {
        Ok(text) => text.len(),
        Err(error) => error.valid_up_to(),
    };
    let special = memchr::memchr2(0, ESCAPE, &bytes[..valid]);
    let plain = &bytes[..special.unwrap_or(valid)];
    let lines = plain.iter().rposition(|byte| *byte == b'\n');
    lines.is_some_and(|end| plain[..end].iter().any(|byte| matches!(byte, 0xE0..=0xEF)))
}
