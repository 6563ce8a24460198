//! What tells encodings apart in some bytes: ASCII is the same in most of them.

use super::window::ESCAPE;

/// How much of a long run of ASCII is kept at either end of it: some trail bytes are ASCII.
const EDGE: usize = 4;

/// How long a run must be.
const LONG: usize = 2 * EDGE + 1;

/// The bytes without the inside of long runs of ASCII and without the escape sequences of
/// terminals, which may stand between the two bytes of a character. The first `whole` bytes are as
/// they were, for encodings in which ASCII is not the same.
pub(super) fn gist(bytes: &[u8], whole: usize) -> Vec<u8> {
    let (head, mut rest) = bytes.split_at(whole.min(bytes.len()));
    let mut gist = head.to_vec();
    while let Some(escape) = memchr::memchr(ESCAPE, rest) {
        add(&rest[..escape], &mut gist);
        rest = &rest[escape..];
        match sequence_len(rest) {
            Some(len) => rest = &rest[len..],
            None => {
                gist.push(ESCAPE);
                rest = &rest[1..];
            }
        }
    }
    add(rest, &mut gist);
    gist
}

fn add(bytes: &[u8], gist: &mut Vec<u8>) {
    let mut rest = bytes;
    while !rest.is_empty() {
        let (dense, behind) = rest.split_at(dense_up_to(rest));
        gist.extend_from_slice(dense);
        let (ascii, behind) = behind.split_at(encoding_rs::Encoding::ascii_valid_up_to(behind));
        add_run(ascii, gist);
        rest = behind;
    }
}

/// How many bytes at the beginning have no long run of ASCII.
fn dense_up_to(bytes: &[u8]) -> usize {
    let mut start = 0;
    // A long run that begins in the next few bytes has the last of them.
    while let Some(few) = bytes.get(start..start + LONG) {
        match few.iter().rposition(|byte| !byte.is_ascii()) {
            Some(last) => start += last + 1,
            None => return start,
        }
    }
    bytes.len()
}

fn add_run(run: &[u8], gist: &mut Vec<u8>) {
    if run.len() >= LONG {
        gist.extend_from_slice(&run[..EDGE]);
        gist.extend_from_slice(&run[run.len() - EDGE..]);
    } else {
        gist.extend_from_slice(run);
    }
}

/// The length of the control sequence that `bytes` begin with: `ESC [`, parameters, a letter.
fn sequence_len(bytes: &[u8]) -> Option<usize> {
    let parameters = bytes.strip_prefix(b"\x1B[")?;
    let end = parameters.iter().position(|byte| !matches!(byte, b'0'..=b'?'))?;
    parameters[end].is_ascii_alphabetic().then_some(end + 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_ascii_is_cut_out() {
        assert_eq!(gist(b"\xD6\xD0 a long run\xB9\xFA abc", 0), b"\xD6\xD0 a l run\xB9\xFA abc");
        assert_eq!(gist(b"a long beginning", 12), b"a long beginning");
        assert_eq!(gist(b"", 5), b"");
    }

    #[test]
    fn colours_are_cut_out() {
        assert_eq!(gist(b"\xA4\x1B[1;31m\xA4\x1B[mx\x1B", 0), b"\xA4\xA4x\x1B");
        assert_eq!(gist(b"\x1B[31", 0), b"\x1B[31");
    }
}
