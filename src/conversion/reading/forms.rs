//! What becomes of each character on the way to a place, where nothing depends on its context.

use super::form::Form;

/// The table of one target, as `build/forms.rs` lays it out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Forms {
    directory: &'static [u8; 256],
    pages: &'static [[u8; PAGE]],
    beyond: &'static [u8],
    /// The readings that the place writes in another form than the model names them by.
    readings: &'static [(char, char)],
}

/// Bytes of a page, of a form in it, and of one beyond the BMP, behind its number.
const PAGE: usize = 256 * FORM;
const FORM: usize = 8;
const BEYOND: usize = 4 + FORM;

impl Forms {
    pub fn new(bytes: &'static [u8], readings: &'static [(char, char)]) -> Self {
        let (count, rest) = bytes.split_at(4);
        let count = u32::from_le_bytes([count[0], count[1], count[2], count[3]]) as usize;
        let (directory, rest) = rest.split_first_chunk().expect("the directory");
        let (pages, beyond) = rest.split_at(count * PAGE);
        Self { directory, pages: pages.as_chunks().0, beyond, readings }
    }

    /// What is known of `character`.
    #[inline(always)]
    pub fn get(&self, character: char) -> Form {
        let number = u32::from(character);
        let Ok(short) = u16::try_from(number) else {
            return self.get_beyond(character);
        };
        self.get_short(short).unwrap_or_else(|| Form::new(character, short, 0))
    }

    /// What is known of the character of that number; nothing if it stays and tells nothing.
    #[inline(always)]
    pub fn get_short(&self, number: u16) -> Option<Form> {
        let page = &self.pages[usize::from(self.directory[usize::from(number >> 8)])];
        let (forms, _) = page.as_chunks::<FORM>();
        let form = u64::from_le_bytes(forms[usize::from(number & 0xff)]);
        (form != 0).then_some(Form(form))
    }

    #[cold]
    fn get_beyond(&self, character: char) -> Form {
        let number = u32::from(character);
        let (rows, _) = self.beyond.as_chunks::<BEYOND>();
        let number_of = |row: &[u8; BEYOND]| u32::from_le_bytes([row[0], row[1], row[2], row[3]]);
        match rows.binary_search_by_key(&number, number_of) {
            Ok(found) => {
                let form = rows[found].last_chunk().map_or(0, |form| u64::from_le_bytes(*form));
                Form(form)
            }
            Err(_) => Form::new(character, crate::context::code(character), 0),
        }
    }

    /// The form that the place writes of a reading.
    pub fn reading(&self, reading: char) -> char {
        let found = self.readings.binary_search_by_key(&reading, |pair| pair.0);
        found.map_or(reading, |found| self.readings[found].1)
    }
}
