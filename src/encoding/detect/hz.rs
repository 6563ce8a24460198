//! Text in HZ, told from source code and the like, in which `~{` means something else.

use memchr::memchr;

/// How much each thing in some bytes speaks for HZ: in steps of about two, by how much more often it
/// is in Chinese text than in code that is read as such.
const COMMON: i64 = 2;
const RARE: i64 = -2;
const WRONG: i64 = -5;
const CLOSED: i64 = 6;
const OPEN: i64 = -6;

/// Two common characters between `~{` and `~}`, or five where the end is cut off.
const ENOUGH: i64 = 10;

/// Whether `bytes`, which may be cut off anywhere, are text in HZ, with hardly anything wrong.
pub(super) fn is_hz(bytes: &[u8]) -> bool {
    score(bytes) >= ENOUGH
}

fn score(bytes: &[u8]) -> i64 {
    let mut score = 0;
    let mut rest = bytes;
    while let Some(tilde) = memchr(b'~', rest) {
        score += WRONG * beyond_ascii(&rest[..tilde]);
        rest = match &rest[tilde + 1..] {
            [b'{', stretch @ ..] => {
                let (stretch, behind) = score_stretch(stretch);
                score += stretch;
                behind
            }
            [b'~' | b'\r' | b'\n', behind @ ..] => behind,
            [] => &[],
            behind => {
                score += WRONG;
                behind
            }
        };
    }
    score + WRONG * beyond_ascii(rest)
}

/// The score of what is behind a `~{`, up to the end of the line if not before, and what follows.
fn score_stretch(stretch: &[u8]) -> (i64, &[u8]) {
    let (mut common, mut rare, mut wrong) = (0, 0, 0);
    let mut rest = stretch;
    let end = loop {
        match rest {
            [] | [b'~'] | [0x21..=0x7E] => {
                rest = &[];
                break 0;
            }
            [b'~', b'}', behind @ ..] => {
                rest = behind;
                break if common > 0 && wrong == 0 { CLOSED } else { 0 };
            }
            [b'\n' | b'}', ..] => break OPEN,
            _ => {}
        }
        let (count, len) = match rest {
            [row, 0x21..=0x7E, ..] if is_common(*row) => (&mut common, 2),
            [row, 0x21..=0x7E, ..] if is_in_use(*row) => (&mut rare, 2),
            _ => (&mut wrong, 1),
        };
        *count += 1;
        rest = &rest[len..];
    };
    (COMMON * common + RARE * rare + WRONG * wrong + end, rest)
}

/// Rows of punctuation, full-width forms and the first level of ideographs. Letters of code are
/// mostly small, which makes them rows of the second level.
fn is_common(row: u8) -> bool {
    matches!(row, 0x21 | 0x23 | 0x30..=0x57)
}

fn is_in_use(row: u8) -> bool {
    matches!(row, 0x21..=0x29 | 0x30..=0x77)
}

fn beyond_ascii(bytes: &[u8]) -> i64 {
    bytes.iter().filter(|byte| !byte.is_ascii()).count() as i64
}
