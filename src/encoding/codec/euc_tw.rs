use super::cns;
use super::multibyte::{ReadCode, Reading, WriteCode};

/// EUC-TW: plane 1 of CNS 11643 in two bytes, any plane in four, of which the first is [`SHIFT`]
/// and the second the plane.
pub(super) struct EucTw;

const SHIFT: u8 = 0x8E;

impl ReadCode for EucTw {
    fn read(&self, bytes: &[u8]) -> Reading {
        let (plane, start) = match *bytes {
            [SHIFT] => return Reading::Unfinished,
            [SHIFT, plane @ (0xA1..=0xA7 | 0xAF), ..] => (plane - 0xA0, 2),
            [SHIFT, ..] => return Reading::whole(&bytes[..2], None),
            _ => (1, 0),
        };
        match bytes[start..] {
            [] | [0xA1..=0xFE] => Reading::Unfinished,
            [row @ 0xA1..=0xFE, cell @ 0xA1..=0xFE, ..] => {
                let character = cns::decode(plane, row - 0x80, cell - 0x80);
                Reading::whole(&bytes[..start + 2], character)
            }
            [0xA1..=0xFE, ..] => Reading::whole(&bytes[..start + 2], None),
            _ => Reading::whole(&bytes[..start + 1], None),
        }
    }
}

impl WriteCode for EucTw {
    fn write(&self, character: char, out: &mut Vec<u8>) -> Option<()> {
        let (plane, row, cell) = cns::encode(character)?;
        if plane != 1 {
            out.extend([SHIFT, plane + 0xA0]);
        }
        out.extend([row + 0x80, cell + 0x80]);
        Some(())
    }
}
