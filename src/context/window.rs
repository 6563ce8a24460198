//! What is seen around a character, and the n-grams that are made of it.

use super::code::END;

/// How many characters on either side are looked at.
pub const REACH: usize = 4;

/// How many n-grams are made of a window.
pub const TEMPLATES: usize = 16;

/// How many of them come first: those of the nearest neighbours.
const NEAR: usize = 7;

/// Stands for a neighbour of which nothing is known, where a word is learned without its context.
/// N-grams with it don't count.
pub const UNKNOWN: u16 = 0xffff;

/// The codes around a place: four before it, the nearest last, then four behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Window(pub [u16; 2 * REACH]);

/// The places of a window, relative to the character, of which each n-gram is made.
const OFFSETS: [&[i8]; TEMPLATES] = [
    &[-1],
    &[1],
    &[-2],
    &[2],
    &[-2, -1],
    &[-1, 1],
    &[1, 2],
    &[-3, -2, -1],
    &[-2, -1, 1],
    &[-1, 1, 2],
    &[1, 2, 3],
    &[-2, -1, 1, 2],
    &[-3, -2, -1, 1],
    &[-1, 1, 2, 3],
    &[-4, -3, -2, -1],
    &[1, 2, 3, 4],
];

impl Window {
    /// The window around `codes[at]`; nothing is seen beyond the end of a sentence.
    pub fn at(codes: &[u16], at: usize) -> Self {
        let mut window = [END; 2 * REACH];
        for distance in 1..=REACH.min(at) {
            let code = codes[at - distance];
            window[REACH - distance] = code;
            if code == END {
                break;
            }
        }
        for (place, &code) in window[REACH..].iter_mut().zip(&codes[at + 1..]) {
            *place = code;
            if code == END {
                break;
            }
        }
        Self(window)
    }

    /// The code before the character.
    pub fn before(&self) -> u16 {
        self.0[REACH - 1]
    }

    /// The code behind the character.
    pub fn behind(&self) -> u16 {
        self.0[REACH]
    }

    /// The hash of the n-gram of number `template` for a character of the class `class`; none if
    /// part of it is [`UNKNOWN`].
    pub fn feature(&self, class: u16, template: usize) -> Option<u64> {
        let places = OFFSETS[template].iter().map(|&offset| self.0[place(offset)]);
        let known = places.clone().all(|code| code != UNKNOWN);
        known.then(|| {
            let packed = places.fold(0, |packed: u64, code| packed << 16 | u64::from(code));
            mix(packed, class, template)
        })
    }

    /// The hashes of the n-grams of the two nearest neighbours on either side that are not longer
    /// than two, of a window in which everything is known.
    #[inline]
    pub(super) fn near(&self, class: u16) -> [u64; NEAR] {
        let [_, _, l2, l1, r1, r2, _, _] = self.0.map(u64::from);
        let packed = [l1, r1, l2, r2, l2 << 16 | l1, l1 << 16 | r1, r1 << 16 | r2];
        std::array::from_fn(|template| mix(packed[template], class, template))
    }

    /// The hashes of the other n-grams.
    #[inline]
    pub(super) fn far(&self, class: u16) -> [u64; TEMPLATES - NEAR] {
        let [l4, l3, l2, l1, r1, r2, r3, r4] = self.0.map(u64::from);
        let (left2, left3) = (l2 << 16 | l1, l3 << 32 | l2 << 16 | l1);
        let (right2, right3) = (r1 << 16 | r2, r1 << 32 | r2 << 16 | r3);
        let packed = [
            left3,
            left2 << 16 | r1,
            l1 << 32 | right2,
            right3,
            left2 << 32 | right2,
            left3 << 16 | r1,
            l1 << 48 | right3,
            l4 << 48 | left3,
            right3 << 16 | r4,
        ];
        std::array::from_fn(|index| mix(packed[index], class, NEAR + index))
    }
}

/// The index of the place at `offset`.
fn place(offset: i8) -> usize {
    let offset = isize::from(offset);
    let index = if offset < 0 { offset + REACH as isize } else { offset + REACH as isize - 1 };
    index as usize
}

/// The hash of an n-gram.
#[inline(always)]
fn mix(packed: u64, class: u16, template: usize) -> u64 {
    const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;
    let seed = (u64::from(class) << 8 | template as u64).wrapping_mul(GOLDEN);
    let hash = (packed ^ seed ^ packed >> 31).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ hash >> 29).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ hash >> 32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_seen_beyond_an_end() {
        let codes = [7, END, 3, 4, 5, END, 9];
        assert_eq!(Window::at(&codes, 3), Window([END, END, END, 3, 5, END, END, END]));
        assert_eq!(Window::at(&codes, 2), Window([END, END, END, END, 4, 5, END, END]));
    }

    #[test]
    fn both_ways_to_the_hashes_agree() {
        let window = Window([1, 2, 3, 4, 5, 6, 7, 8]);
        let one_by_one: Vec<u64> =
            (0..TEMPLATES).map(|template| window.feature(9, template).unwrap()).collect();
        assert_eq!([&window.near(9)[..], &window.far(9)[..]].concat(), one_by_one);
    }

    #[test]
    fn n_grams_with_an_unknown_neighbour_dont_count() {
        let window = Window([UNKNOWN, UNKNOWN, 3, 4, 5, 6, 7, 8]);
        assert!(window.feature(9, 4).is_some());
        assert_eq!(window.feature(9, 7), None);
    }
}
