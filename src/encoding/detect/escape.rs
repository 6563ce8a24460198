//! Encodings of seven bits, which give themselves away by their shifts.

use memchr::memchr2_iter;

use super::hz::is_hz;
use super::window::{ESCAPE, TILDE};
use crate::encoding::{Decoder, Encoding, Malformed};

/// How a sequence begins by which text goes over from ASCII, and in which encoding that is.
const SHIFTS: [(&[u8], Encoding); 9] = [
    (b"\x1B$B", Encoding::ISO_2022_JP),
    (b"\x1B$@", Encoding::ISO_2022_JP),
    (b"\x1B(J", Encoding::ISO_2022_JP),
    (b"\x1B(I", Encoding::ISO_2022_JP),
    (b"\x1B$)A", Encoding::ISO_2022_CN),
    (b"\x1B$)G", Encoding::ISO_2022_CN),
    (b"\x1B$*H", Encoding::ISO_2022_CN),
    (b"\x1B$)E", Encoding::ISO_2022_CN),
    (b"~{", Encoding::HZ_GB_2312),
];

/// The encoding whose shifts are in `bytes`, if these are text in it, with hardly anything wrong.
/// They may be cut off anywhere. Colours and the like, which terminals take as escape sequences
/// too, are no shifts.
pub(super) fn by_escapes(bytes: &[u8]) -> Option<Encoding> {
    let mut refuted = Vec::new();
    for place in memchr2_iter(ESCAPE, TILDE, bytes) {
        let shift = SHIFTS.iter().find(|(shift, _)| bytes[place..].starts_with(shift));
        let Some((_, encoding)) = shift.filter(|(_, encoding)| !refuted.contains(encoding)) else {
            continue;
        };
        if is_text(bytes, *encoding) {
            return Some(*encoding);
        }
        refuted.push(*encoding);
    }
    None
}

fn is_text(bytes: &[u8], encoding: Encoding) -> bool {
    if encoding == Encoding::HZ_GB_2312 { is_hz(bytes) } else { is_nearly_sound(bytes, encoding) }
}

/// Whether there are four characters beyond ASCII, or more, to each run of malformed sequences. One
/// wrong byte makes as many of these as the line has shifts to the set that it designated.
fn is_nearly_sound(bytes: &[u8], encoding: Encoding) -> bool {
    let mut text = String::new();
    let mut decoder = Decoder::new(encoding, Malformed::Replace);
    let decoded = decoder.decode(bytes, &mut text);
    let beyond_ascii = text.chars().filter(|character| !character.is_ascii()).count();
    let malformed =
        text.split(|it| it != char::REPLACEMENT_CHARACTER).filter(|run| !run.is_empty());
    decoded.is_ok() && malformed.count() * 4 <= beyond_ascii
}
