//! The variants of Big5, in which most codes stand for the same.

use std::collections::HashSet;

use crate::encoding::Encoding;

/// The variants: HKSCS reads as [`Encoding::BIG5`].
pub(super) const VARIANTS: [Encoding; 3] =
    [Encoding::BIG5, Encoding::BIG5_HKSCS, Encoding::BIG5_UAO];

/// What is behind the first `start` bytes, but only the codes that variants read differently, each
/// between its neighbours: all others cost the same. Nor do they count again, since it is nothing
/// new if a text that has a rare word has it twice.
pub(super) fn telling(bytes: &[u8], start: usize) -> Vec<u8> {
    let mut begun = 0;
    while begun < start {
        begun += length(&bytes[begun..]);
    }
    let mut telling = bytes[start..begun].to_vec();
    let mut rest = &bytes[begun..];
    let mut known = HashSet::new();
    while !rest.is_empty() {
        let (last, end) = alike(rest);
        telling.extend_from_slice(&rest[..length(rest).min(last)]);
        let (codes, behind) = rest.split_at(end + length(&rest[end..]));
        if known.insert(&codes[end..]) {
            telling.extend_from_slice(&codes[last..]);
        }
        rest = behind;
    }
    telling
}

/// Where the codes at the beginning that all variants read alike end, and before that the place
/// where the last one of them begins.
fn alike(bytes: &[u8]) -> (usize, usize) {
    let (mut last, mut rest) = (bytes, bytes);
    while let [lead, behind @ ..] = rest {
        let behind = match behind {
            _ if lead.is_ascii() => behind,
            [trail, behind @ ..] if is_alike(*lead, *trail) => behind,
            _ => break,
        };
        (last, rest) = (rest, behind);
    }
    (bytes.len() - last.len(), bytes.len() - rest.len())
}

/// Whether there is a code that only HKSCS has.
pub(super) fn has_hkscs(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let [lead, behind @ ..] = rest {
        rest = match behind {
            [trail, behind @ ..] if is_code(*lead, *trail) => {
                if is_hkscs(*lead, *trail) {
                    return true;
                }
                behind
            }
            _ => behind,
        };
    }
    false
}

/// How long the first code is, or what is in the place of one.
fn length(bytes: &[u8]) -> usize {
    match *bytes {
        [] => 0,
        [lead, trail, ..] if is_code(lead, trail) => 2,
        _ => 1,
    }
}

/// Whether two bytes belong together, if only as two wrong ones.
fn is_code(lead: u8, trail: u8) -> bool {
    lead >= 0x80 && trail >= 0x40 && trail != 0x7F
}

/// Whether all variants have the same at that code, a character or nothing.
fn is_alike(lead: u8, trail: u8) -> bool {
    // In which half of a row it is is anybody's guess, and a branch for that takes long.
    let is_trail = matches!(trail, 0x40..=0x7E) | matches!(trail, 0xA1..=0xFE);
    match lead {
        0xA3 | 0xC6 | 0xF9 => {
            is_trail && !matches!((lead, trail), (0xA3, 0xE2..) | (0xC6, 0xCD) | (0xF9, 0xFE))
        }
        0xA1..=0xC7 | 0xC9..=0xF9 => is_trail,
        _ => false,
    }
}

/// The codes of HKSCS that neither Big5 nor the extension of Eten has, which everybody else uses.
fn is_hkscs(lead: u8, trail: u8) -> bool {
    match lead {
        0x87..=0xA0 | 0xC8 | 0xFA..=0xFE => matches!(trail, 0x40..=0x7E | 0xA1..=0xFE),
        0xC7 => matches!(trail, 0xF3..=0xFE),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(encoding: Encoding, code: [u8; 2]) -> Option<String> {
        let mut text = String::new();
        encoding.codec().decoder().decode(&code, true, &mut text).ok().map(|()| text)
    }

    #[test]
    fn what_is_alike_is_read_alike() {
        for lead in 0x81..=0xFE {
            for trail in (0x40..=0x7E).chain(0xA1..=0xFE) {
                let code = [lead, trail];
                let (one, other) = (read(Encoding::BIG5, code), read(Encoding::BIG5_UAO, code));
                assert!(!is_alike(lead, trail) || one == other, "{code:X?} {one:?} {other:?}");
                let is_common = matches!(lead, 0xA1..=0xC7 | 0xC9..=0xF9);
                assert!(is_alike(lead, trail) || !is_common || one != other, "{code:X?}");
            }
        }
    }

    #[test]
    fn codes_of_hkscs() {
        assert!(has_hkscs(b"\xA4\xA4 \xFB\xCA"));
        // 中文, ①, and a pair whose halves would be a code of HKSCS.
        assert!(!has_hkscs(b"a\xA4\xA4\xA4\xE5\xC6\xA1\xA4\xFA\xA4\x40"));
        assert!(!has_hkscs(b"\xFA"));
    }

    #[test]
    fn what_tells_variants_apart_keeps_its_neighbours() {
        let bytes = b"\xA4\xA4abc\xFA\xA1d e\x80f\x81\x40\xA4\xA4g\xA4\xA4";
        assert_eq!(telling(bytes, 0), b"\xA4\xA4c\xFA\xA1de\x80f\x81\x40\xA4\xA4\xA4\xA4");
        assert_eq!(telling(bytes, 1), b"\xA4ac\xFA\xA1de\x80f\x81\x40\xA4\xA4\xA4\xA4");
        assert_eq!(telling(bytes, bytes.len()), b"");
    }

    #[test]
    fn what_tells_variants_apart_tells_it_once() {
        let bytes = b"\xFA\xA1a b\xFA\xA2 b\xFA\xA1 c\xA4\xA4";
        assert_eq!(telling(bytes, 0), b"\xFA\xA1ab\xFA\xA2  \xA4\xA4");
    }

    #[test]
    fn a_character_that_begins_before_is_not_torn() {
        assert_eq!(telling(b"\xA4\xFA\xFA\xA1\xA4\xFA", 1), b"\xFA\xFA\xA1\xA4\xFA");
        assert_eq!(telling(b"\xA4", 1), b"");
    }
}
