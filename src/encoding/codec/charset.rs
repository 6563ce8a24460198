use std::sync::OnceLock;

/// A coded character set: a list of characters, each at the place that its code says.
///
/// `build/encodings.rs` writes the list: three bytes for each place, zero where there is no
/// character, with [`READ_ONLY`] where another place has the same one.
pub(super) struct Charset {
    units: &'static [[u8; 3]],
    places: OnceLock<Places>,
}

/// The character is not to be written with this code.
const READ_ONLY: u32 = 0x80_0000;

impl Charset {
    pub(super) const fn new(bytes: &'static [u8]) -> Self {
        Self { units: bytes.as_chunks().0, places: OnceLock::new() }
    }

    pub(super) fn character(&self, place: usize) -> Option<char> {
        self.units.get(place).and_then(|unit| character(number(unit) & !READ_ONLY))
    }

    /// Where `character` is. The first call takes a fraction of a millisecond.
    pub(super) fn place(&self, character: char) -> Option<usize> {
        self.places.get_or_init(|| self.written().collect()).get(character)
    }

    /// What can be written, with its places. A read-only unit is beyond all characters.
    fn written(&self) -> impl Iterator<Item = (char, usize)> {
        let characters = self.units.iter().map(|unit| character(number(unit)));
        characters.enumerate().filter_map(|(place, character)| Some((character?, place)))
    }
}

fn number(&[low, middle, high]: &[u8; 3]) -> u32 {
    u32::from_le_bytes([low, middle, high, 0])
}

fn character(number: u32) -> Option<char> {
    char::from_u32(number).filter(|character| *character != '\0')
}

/// The places of characters: a page of 256 for each block of characters that has any.
pub(in crate::encoding) struct Places {
    /// The page of each block; the first one is empty.
    blocks: Box<[u16; 0x1100]>,
    /// One more than the place, zero where there is none.
    pages: Vec<[u32; 256]>,
}

impl Places {
    pub(in crate::encoding) fn get(&self, character: char) -> Option<usize> {
        let number = character as usize;
        let page = usize::from(self.blocks[number >> 8]);
        (self.pages[page][number & 0xFF] as usize).checked_sub(1)
    }
}

impl FromIterator<(char, usize)> for Places {
    fn from_iter<T: IntoIterator<Item = (char, usize)>>(characters: T) -> Self {
        let (mut blocks, mut pages) = (Box::new([0; 0x1100]), vec![[0; 256]]);
        for (character, place) in characters {
            let number = character as usize;
            let page = &mut blocks[number >> 8];
            if *page == 0 {
                *page = pages.len() as u16;
                pages.push([0; 256]);
            }
            pages[usize::from(*page)][number & 0xFF] = place as u32 + 1;
        }
        Self { blocks, pages }
    }
}
