//! Encodings with the codes of Big5: a lead byte from 0x81 to 0xFE, and a trail byte from 0x40 to
//! 0x7E or from 0xA1 to 0xFE.

use super::charset::Charset;
use super::multibyte::{ReadCode, Reading, WriteCode};

static CP950: Charset = Charset::new(include_bytes!(concat!(env!("OUT_DIR"), "/cp950.bin")));
static UAO: Charset = Charset::new(include_bytes!(concat!(env!("OUT_DIR"), "/big5-uao.bin")));

/// How many lead bytes there are.
pub(super) const LEADS: usize = 126;

/// How many trail bytes there are, and how many of them are below 0x80.
pub(super) const TRAILS: usize = 157;
const LOW_TRAILS: u8 = 63;

/// Where the character of two bytes is in the list of all.
fn place(lead: u8, trail: u8) -> Option<usize> {
    let trail = match trail {
        0x40..=0x7E => trail - 0x40,
        0xA1..=0xFE => trail - 0xA1 + LOW_TRAILS,
        _ => return None,
    };
    let lead = usize::from(lead).checked_sub(0x81)?;
    Some(lead * TRAILS + usize::from(trail))
}

/// The two bytes of a place in the list.
pub(super) fn code(place: usize) -> [u8; 2] {
    let trail = match (place % TRAILS) as u8 {
        low @ 0..LOW_TRAILS => low + 0x40,
        high => high - LOW_TRAILS + 0xA1,
    };
    [(place / TRAILS) as u8 + 0x81, trail]
}

/// Big5 with the characters of one of its variants.
pub(super) struct Big5(&'static Charset);

impl Big5 {
    /// Code page 950 of Windows.
    pub(super) const CP950: Self = Self(&CP950);
    /// Unicode-at-on 2.50.
    pub(super) const UAO: Self = Self(&UAO);
}

impl ReadCode for Big5 {
    fn read(&self, bytes: &[u8]) -> Reading {
        match *bytes {
            [0x81..=0xFE] => Reading::Unfinished,
            [lead @ 0x81..=0xFE, trail, ..] => {
                let place = place(lead, trail);
                Reading::whole(&bytes[..2], place.and_then(|place| self.0.character(place)))
            }
            _ => Reading::Malformed(1),
        }
    }
}

impl WriteCode for Big5 {
    fn write(&self, character: char, out: &mut Vec<u8>) -> Option<()> {
        out.extend_from_slice(&code(self.0.place(character)?));
        Some(())
    }
}
