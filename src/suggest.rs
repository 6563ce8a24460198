//! Names that a mistyped one may have meant.

/// The `candidates` that look like `input`, the closest first, three at most.
///
/// Close means two edits or fewer, or one in three characters of a long name; upper and lower
/// case are alike.
pub(crate) fn nearest<'a>(
    input: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Vec<&'a str> {
    let input = input.to_lowercase();
    let most = (input.chars().count() / 3).max(2);
    let mut near: Vec<(usize, &str)> = candidates
        .into_iter()
        .map(|name| (strsim::osa_distance(&input, &name.to_lowercase()), name))
        .filter(|(edits, name)| *edits <= most && *edits < name.chars().count())
        .collect();
    near.sort();
    near.dedup();
    near.into_iter().take(3).map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closest_come_first() {
        assert_eq!(nearest("S2TW", ["t2s", "s2twp", "s2tw"]), ["s2tw", "s2twp"]);
    }

    #[test]
    fn nothing_is_near_to_nonsense() {
        assert!(nearest("what is this", ["s2t", "t2s"]).is_empty());
    }
}
