//! Places where the text itself says that nothing is to be found.
//!
//! The marks stand anywhere in a line, so that any style of comment will do: `jianfan-off` and
//! `jianfan-on` around lines, `jianfan-ignore-line` in a line, `jianfan-ignore-next-line` before one.

const OFF: &str = "jianfan-off";
const ON: &str = "jianfan-on";
const THIS_LINE: &str = "jianfan-ignore-line";
const NEXT_LINE: &str = "jianfan-ignore-next-line";

/// For each line of `text` whether findings in it are left out; from that of `jianfan-off` to that of
/// `jianfan-on`, both included.
pub fn suppressed_lines(text: &str) -> Vec<bool> {
    let (mut is_off, mut is_next) = (false, false);
    let mark = |line: &str| {
        let was_off = is_off;
        // The last mark of a line counts for those behind it.
        is_off = match (line.rfind(OFF), line.rfind(ON)) {
            (None, None) => is_off,
            (off, on) => off > on,
        };
        let is_here = was_off || is_off || is_next || line.contains(THIS_LINE);
        is_next = line.contains(NEXT_LINE);
        is_here
    };
    text.split('\n').map(mark).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks() {
        let text = "a\n// jianfan-off\nb\n<!-- jianfan-on -->\nc\nd # jianfan-ignore-line\ne\n\
            # jianfan-ignore-next-line\nf\ng\njianfan-off jianfan-on\nh\n-- jianfan-off\ni";
        let suppressed: String = text
            .split('\n')
            .zip(suppressed_lines(text))
            .filter(|(line, is_suppressed)| *is_suppressed && line.len() == 1)
            .map(|(line, _)| line)
            .collect();
        assert_eq!(suppressed, "bfi");
    }
}
