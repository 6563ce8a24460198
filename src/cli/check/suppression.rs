//! Places where nothing is to be found: allowed text, and where the text itself says so.
//!
//! Its marks stand anywhere in a line, so that any style of comment will do: `jianfan-off` and
//! `jianfan-on` around lines, `jianfan-ignore-line` in a line, `jianfan-ignore-next-line` before one.

use std::ops::Range;

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

/// Ranges of a text, in the order in which they end; none holds another.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Places(Vec<Range<usize>>);

/// Where the `allowed` texts stand in `text`, overlapping or not.
pub fn places_of(allowed: &[String], text: &str) -> Places {
    let mut all: Vec<Range<usize>> =
        allowed.iter().flat_map(|one| occurrences(one, text)).collect();
    all.sort_by_key(|place| (place.end, place.start));
    let mut places: Vec<Range<usize>> = Vec::new();
    for place in all {
        while places.last().is_some_and(|last| last.start >= place.start) {
            places.pop();
        }
        if places.last().is_none_or(|last| last.end < place.end) {
            places.push(place);
        }
    }
    Places(places)
}

/// All places where `wanted`, which is not empty, stands in `text`.
fn occurrences<'t>(wanted: &'t str, text: &'t str) -> impl Iterator<Item = Range<usize>> + use<'t> {
    let first = wanted.chars().next().map_or(1, char::len_utf8);
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + text.get(from..)?.find(wanted)?;
        from = start + first;
        Some(start..start + wanted.len())
    })
}

impl Places {
    /// Whether one of them holds `range`.
    pub fn hold(&self, range: &Range<usize>) -> bool {
        // What ends first of those that end late enough begins first, too.
        let first = self.0.partition_point(|place| place.end < range.end);
        self.0.get(first).is_some_and(|place| place.start <= range.start)
    }
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

    #[test]
    fn allowed_places() {
        let places = |allowed: &[&str], text: &str| {
            let allowed: Vec<String> = allowed.iter().map(|one| (*one).to_owned()).collect();
            places_of(&allowed, text)
        };
        assert_eq!(places(&["aa", "b"], "aaab"), Places(vec![0..2, 1..3, 3..4]));
        // Those within others say nothing of their own.
        assert_eq!(places(&["abc", "bc", "b", "ab"], "xabcab"), Places(vec![1..4, 4..6]));
        assert_eq!(places(&["软"], "a软软"), Places(vec![1..4, 4..7]));
        let held = places(&["abc", "cde"], "abcde");
        assert!(held.hold(&(1..3)) && held.hold(&(2..5)) && held.hold(&(2..3)));
        assert!(!held.hold(&(1..4)) && !Places::default().hold(&(0..0)));
    }
}
