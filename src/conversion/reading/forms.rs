//! What becomes of each character on the way to a place, where nothing depends on its context.

/// The table of one target, as `build/forms.rs` lays it out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Forms {
    directory: &'static [u8],
    pages: &'static [u8],
    beyond: &'static [u8],
    /// The readings that the place writes in another form than the model names them by.
    readings: &'static [(char, char)],
}

/// Bytes of a character in a page, and beyond the BMP.
const ENTRY: usize = 8;
const BEYOND: usize = 12;

/// What is known of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Form {
    entry: u32,
    /// Its code.
    pub code: u16,
}

impl Form {
    /// What becomes of it.
    #[inline(always)]
    pub fn character(self) -> char {
        char::from_u32(self.entry & 0x1f_ffff).unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    /// Only Simplified text has it.
    #[inline(always)]
    pub fn is_simplified(self) -> bool {
        self.entry >> 24 & 1 != 0
    }

    /// What it tells of where the text is from: a bit each for what only Simplified text has, only
    /// Traditional text, only Taiwan's of the Traditional places, only Hong Kong's.
    #[inline(always)]
    pub fn tells(self) -> usize {
        (self.entry >> 24 & 0x0f) as usize
    }

    /// Whether it may have several readings, is kept, or is a word by itself.
    #[inline(always)]
    pub fn is_special(self) -> bool {
        self.entry & (0b11 << 28 | 1 << 21) != 0
    }

    /// Whether it may have several readings.
    #[inline(always)]
    pub fn is_ambiguous(self) -> bool {
        self.entry >> 21 & 1 != 0
    }

    /// Whether a key of the target's word table begins with it.
    #[inline(always)]
    pub fn is_first(self) -> bool {
        self.entry >> 22 & 1 != 0
    }

    /// Whether it is the second character of such a key.
    #[inline(always)]
    pub fn is_second(self) -> bool {
        self.entry >> 23 & 1 != 0
    }

    /// It is a key of the target's word table by itself.
    #[inline(always)]
    pub fn is_word(self) -> bool {
        self.entry >> 29 & 1 != 0
    }

    /// In Simplified text, it stays as it is.
    #[inline(always)]
    pub fn is_kept(self) -> bool {
        self.entry >> 28 & 1 != 0
    }
}

impl Forms {
    pub fn new(bytes: &'static [u8], readings: &'static [(char, char)]) -> Self {
        let (count, rest) = bytes.split_at(4);
        let count = u32::from_le_bytes([count[0], count[1], count[2], count[3]]) as usize;
        let (directory, rest) = rest.split_at(256);
        let (pages, beyond) = rest.split_at(count * 256 * ENTRY);
        Self { directory, pages, beyond, readings }
    }

    /// What is known of `character`.
    #[inline(always)]
    pub fn get(&self, character: char) -> Form {
        let number = u32::from(character);
        let Ok(short) = u16::try_from(number) else {
            return self.get_beyond(character);
        };
        let page = usize::from(self.directory[usize::from(short >> 8)]);
        let at = ENTRY * (256 * page + usize::from(short & 0xff));
        let entry =
            self.pages[at..].first_chunk::<ENTRY>().map_or(0, |row| u64::from_le_bytes(*row));
        if entry == 0 {
            return Form { entry: number, code: short };
        }
        Form { entry: entry as u32, code: (entry >> 32) as u16 }
    }

    #[cold]
    fn get_beyond(&self, character: char) -> Form {
        let number = u32::from(character);
        let (rows, _) = self.beyond.as_chunks::<BEYOND>();
        let word = |row: &[u8; BEYOND], at: usize| {
            u32::from_le_bytes([row[at], row[at + 1], row[at + 2], row[at + 3]])
        };
        match rows.binary_search_by_key(&number, |row| word(row, 0)) {
            Ok(found) => Form { entry: word(&rows[found], 4), code: word(&rows[found], 8) as u16 },
            Err(_) => Form { entry: number, code: crate::context::code(character) },
        }
    }

    /// The form that the place writes of a reading.
    pub fn reading(&self, reading: char) -> char {
        let found = self.readings.binary_search_by_key(&reading, |pair| pair.0);
        found.map_or(reading, |found| self.readings[found].1)
    }
}
