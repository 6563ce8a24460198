//! Snippets that came to harm.

use fastrand::Rng;

use super::snippet::Snippet;

/// Cuts the end off, inside the last character; none if that has only one byte.
pub fn cut_tail(snippet: Snippet, rng: &mut Rng) -> Option<Snippet> {
    let text = snippet.text();
    let (last, _) = text.char_indices().last()?;
    let whole = Snippet::of(&text[..last], snippet.encoding)?.bytes.len();
    let length = snippet.bytes.len();
    let width = length.checked_sub(whole).filter(|width| *width > 1)?;
    let bytes = snippet.bytes[..length - rng.usize(1..width)].to_vec();
    Some(Snippet { bytes, ..snippet })
}

/// Puts a wrong byte somewhere into every 4 KiB: one beyond ASCII, as control characters would make
/// text binary.
pub fn wrong_bytes(mut snippet: Snippet, rng: &mut Rng) -> Snippet {
    snippet.unharmed = Some(snippet.bytes.clone());
    for part in snippet.bytes.chunks_mut(4096) {
        let at = rng.usize(..part.len());
        let right = part[at];
        while part[at] == right {
            part[at] = rng.u8(0x80..);
        }
    }
    snippet
}

#[cfg(test)]
mod tests {
    use super::*;
    use jianfan::encoding::Encoding;

    #[test]
    fn a_cut_tail_has_a_part_of_the_last_character() {
        let mut rng = Rng::with_seed(1);
        for (encoding, lengths) in [(Encoding::BIG5, 3..=3), (Encoding::UTF_8, 4..=5)] {
            for _ in 0..20 {
                let snippet = Snippet::of("山神", encoding).unwrap();
                let cut = cut_tail(snippet, &mut rng).unwrap();
                assert!(lengths.contains(&cut.bytes.len()));
                assert!(cut.text().starts_with('山'));
            }
        }
        let ascii = Snippet::of("a", Encoding::UTF_8).unwrap();
        assert_eq!(cut_tail(ascii, &mut rng), None);
    }

    #[test]
    fn at_most_one_byte_in_four_kilobytes_is_wrong() {
        let mut rng = Rng::with_seed(1);
        let whole = Snippet::of(&"山".repeat(4096), Encoding::BIG5).unwrap();
        let wrong = wrong_bytes(whole.clone(), &mut rng);
        let differ = |part: usize| {
            let range = 4096 * part..4096 * (part + 1);
            let bytes = whole.bytes[range.clone()].iter().zip(&wrong.bytes[range]);
            bytes.filter(|(a, b)| a != b).count()
        };
        assert_eq!((wrong.bytes.len(), differ(0), differ(1)), (8192, 1, 1));
    }
}
