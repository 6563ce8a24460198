use crate::encoding::{Decoder, Encoding, Malformed};

/// The escape sequences by which ISO-2022-JP goes over to other character sets than ASCII.
const DESIGNATIONS: [&[u8]; 4] = [b"\x1B$B", b"\x1B$@", b"\x1B(J", b"\x1B(I"];

/// The encoding whose escape sequences are in `bytes`, if they are otherwise ASCII and well-formed.
/// Colours and the like, which terminals take as escape sequences too, are not.
pub(super) fn by_escapes(bytes: &[u8]) -> Option<Encoding> {
    let designated = || bytes.windows(3).any(|three| DESIGNATIONS.contains(&three));
    let well_formed = || {
        let mut decoder = Decoder::new(Encoding::ISO_2022_JP, Malformed::Error);
        decoder.decode(bytes, &mut String::new()).is_ok()
    };
    let found = bytes.is_ascii() && designated() && well_formed();
    found.then_some(Encoding::ISO_2022_JP)
}
