/// The code of a sentence's end: line feeds, full stops, and what lies beyond a text.
pub const END: u16 = 1;

// `CODES`: the codes of the characters that don't have their own number, as `build/codes.rs` lays
// them out; `CANONICAL: [(char, char); _]`, sorted.
include!(concat!(env!("OUT_DIR"), "/codes.rs"));

/// The code of a character: one for all its forms.
///
/// The number of the Simplified form for ideographs, of a digit, a letter, a quotation mark for
/// any of these, [`END`] for what ends a sentence. Characters beyond the BMP share the codes of
/// the private use area, two of them may have one.
///
/// ```
/// use jianfan::context::code;
///
/// assert_eq!(code('髮'), code('发'));
/// assert_ne!(code('发'), code('法'));
/// assert_eq!(code('7'), code('３'));
/// ```
pub fn code(character: char) -> u16 {
    let number = u32::from(character);
    match u16::try_from(number) {
        Ok(number) => {
            let page = usize::from(CODES[usize::from(number >> 8)]);
            let at = 256 + 512 * page + 2 * usize::from(number & 0xff);
            match u16::from_le_bytes([CODES[at], CODES[at + 1]]) {
                0 => number,
                code => code,
            }
        }
        Err(_) => {
            let beyond = BEYOND.binary_search_by_key(&character, |pair| pair.0);
            beyond.map_or(0xe000 | (number & 0xfff) as u16, |found| BEYOND[found].1)
        }
    }
}

/// The form of a Traditional character that stands for its free variants: Taiwan's, and 台 for 臺.
///
/// ```
/// use jianfan::context::canonical;
///
/// assert_eq!(['裏', '裡', '説', '臺', '發'].map(canonical), ['裡', '裡', '說', '台', '發']);
/// ```
pub fn canonical(character: char) -> char {
    let found = CANONICAL.binary_search_by_key(&character, |pair| pair.0);
    found.map_or(character, |found| CANONICAL[found].1)
}
