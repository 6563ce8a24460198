//! The syllables of hangul that have costs of their own: those of KS X 1001, which are nearly all
//! that texts have.

use std::sync::LazyLock;

use super::layout::SYLLABLES;

/// The first syllable of Unicode, and how many there are.
const FIRST: u32 = 0xAC00;
const ALL: usize = 11_172;

/// In place of a number, that there is none.
const NONE: u16 = u16::MAX;

static NUMBERS: LazyLock<Box<[u16; ALL]>> = LazyLock::new(numbers);

/// The number of a syllable in KS X 1001, if it is there.
#[inline]
pub(super) fn number(syllable: char) -> Option<usize> {
    let place = u32::from(syllable).checked_sub(FIRST)?;
    let number = *NUMBERS.get(place as usize)?;
    (number != NONE).then_some(number.into())
}

/// KS X 1001 has them in the order of Unicode, in its rows 16 to 40.
fn numbers() -> Box<[u16; ALL]> {
    let bytes: Vec<u8> =
        (0xB0..=0xC8).flat_map(|row| (0xA1..=0xFE).flat_map(move |cell| [row, cell])).collect();
    let (text, _) = encoding_rs::EUC_KR.decode_without_bom_handling(&bytes);
    let mut numbers = Box::new([NONE; ALL]);
    for (number, syllable) in (0..).zip(text.chars().take(SYLLABLES)) {
        let place = u32::from(syllable).wrapping_sub(FIRST) as usize;
        if let Some(slot) = numbers.get_mut(place) {
            *slot = number;
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_of_the_standard_have_numbers() {
        assert_eq!(
            ('가'..='힣').filter_map(number).collect::<Vec<_>>(),
            (0..2350).collect::<Vec<_>>()
        );
        assert_eq!(
            [number('가'), number('힝'), number('뷁'), number('中')],
            [Some(0), Some(2349), None, None]
        );
    }
}
