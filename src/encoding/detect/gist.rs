//! What tells encodings apart in some bytes: ASCII is the same in most of them.

use super::window::ESCAPE;

/// How much of a long run of ASCII is kept at either end of it: some trail bytes are ASCII.
const EDGE: usize = 4;

/// The bytes without the inside of long runs of ASCII and without the escape sequences of
/// terminals, which may stand between the two bytes of a character. The first `whole` bytes are as
/// they were, for encodings in which ASCII is not the same.
pub(super) fn gist(bytes: &[u8], whole: usize) -> Vec<u8> {
    let (head, mut rest) = bytes.split_at(whole.min(bytes.len()));
    let mut gist = head.to_vec();
    while !rest.is_empty() {
        let (dense, behind) = rest.split_at(dense_up_to(rest));
        gist.extend_from_slice(dense);
        let (ascii, behind) = behind.split_at(encoding_rs::Encoding::ascii_valid_up_to(behind));
        add_ascii(ascii, &mut gist);
        rest = behind;
    }
    gist
}

/// How many bytes at the beginning have neither a long run of ASCII nor an escape.
fn dense_up_to(bytes: &[u8]) -> usize {
    let mut run = 0;
    let end = bytes.iter().position(|byte| {
        run = if byte.is_ascii() { run + 1 } else { 0 };
        run > 2 * EDGE || *byte == ESCAPE
    });
    end.map_or(bytes.len(), |end| end + 1 - run)
}

fn add_ascii(ascii: &[u8], gist: &mut Vec<u8>) {
    let mut rest = ascii;
    while let Some(place) = memchr::memchr(ESCAPE, rest)
        && let Some(len) = sequence_len(&rest[place..])
    {
        add_run(&rest[..place], gist);
        rest = &rest[place + len..];
    }
    add_run(rest, gist);
}

fn add_run(run: &[u8], gist: &mut Vec<u8>) {
    if run.len() > 2 * EDGE {
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
